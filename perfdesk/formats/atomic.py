"""A file appears whole or not at all: written beside, synced, put in place in one step."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from perfdesk.errors import ExportRefused

USERS_FILE = 0o644
"""Exports belong to the user, who hands them on; the process's umask takes its part away."""
OWNERS_FILE = 0o600
"""What the program keeps in the folder of data is nobody else's."""

BAD_NAME = "文件名太长或含有系统不允许的字符，文件没有写成。请换一个较短的名称。"


def write_atomically(path: Path, data: bytes, mode: int = USERS_FILE) -> None:
    """Puts ``data`` at ``path``; a file that is replaced keeps its rights, a new one gets ``mode`` less the umask.

    On any failure the old file, if there was one, is untouched and nothing new stays behind. ExportRefused with one sentence
    that says what to do: no folder, no permission, file in use, disk full, read-only, name not possible.
    """
    try:
        target = Path(os.path.realpath(path))
    except ValueError as fault:
        raise ExportRefused("bad-name", BAD_NAME, f"{type(fault).__name__}: {fault}") from fault
    try:
        _write(target, data, mode)
    except OSError as fault:
        raise _refusal(target, fault) from fault


def _write(target: Path, data: bytes, mode: int) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder has this name")
    beside = target.with_name(f".perfdesk-{secrets.token_hex(6)}.tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            os.chmod(beside, target.stat().st_mode & 0o777)
        os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the new name last; Windows has no such call and some shares refuse it, the file itself is safe there."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refusal(target: Path, fault: OSError) -> ExportRefused:
    name, folder = target.name, target.parent
    other = free_name(target).name
    code, message = "write-failed", f"“{name}”没有写成：系统报告写入失败。请换一个位置再导出。"
    match fault.errno:
        case errno.ENOENT | errno.ENOTDIR:
            code, message = (
                "no-folder",
                f"文件夹“{folder}”不存在，“{name}”没有写成。请先建立该文件夹或另选位置。",
            )
        case errno.EISDIR:
            code, message = (
                "is-folder",
                f"“{name}”是一个文件夹，不能写成文件。请换一个文件名，例如“{other}”。",
            )
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            code, message = (
                "disk-full",
                f"磁盘空间不足，“{name}”没有写成，原有文件未动。请清理空间或换一个磁盘再导出。",
            )
        case errno.EROFS:
            code, message = "read-only", f"“{folder}”所在的磁盘是只读的，“{name}”没有写成。请另选位置。"
        case errno.ENAMETOOLONG | errno.EINVAL:
            code, message = "bad-name", BAD_NAME
        case errno.EACCES | errno.EPERM | errno.EBUSY | errno.ETXTBSY if target.exists():
            code = "target-locked"
            message = f"“{name}”正被其他程序（如 WPS、Word）打开，或不允许改写，原文件未动。请关闭后再导出，或改名为“{other}”。"
        case errno.EACCES | errno.EPERM:
            code, message = "no-permission", f"没有权限在“{folder}”里写文件，“{name}”没有写成。请另选位置。"
        case _:
            pass
    return ExportRefused(code, message, f"{type(fault).__name__}: {fault}")


def free_name(target: Path) -> Path:
    """A name beside ``target`` that nothing has yet: ``表（2）.docx``, ``表（3）.docx`` …"""
    number = 2
    while os.path.exists(other := target.with_name(f"{target.stem}（{number}）{target.suffix}")):
        number += 1
    return other
