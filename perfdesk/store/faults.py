"""What SQLite and the system report, said as one sentence that tells the user what to do."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from perfdesk.errors import StoreRefused

DAMAGED = "数据文件已损坏；请从最近的备份恢复（perfdesk restore，或窗口里的“备份与恢复”）。"
_SQLITE: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: (
        "disk-full",
        "磁盘已满，这一步没有保存；请清理出空间后再试，已保存的内容不受影响。",
    ),
    sqlite3.SQLITE_READONLY: (
        "read-only",
        "数据文件夹是只读的，这一步没有保存；请取消只读或检查权限后再试。",
    ),
    sqlite3.SQLITE_PERM: ("no-permission", "没有数据文件夹的读写权限；请检查权限后再试。"),
    sqlite3.SQLITE_AUTH: ("no-permission", "没有数据文件夹的读写权限；请检查权限后再试。"),
    sqlite3.SQLITE_CANTOPEN: ("no-permission", "打不开数据文件；请检查数据文件夹是否还在、是否有读写权限。"),
    sqlite3.SQLITE_BUSY: ("locked", "数据正被另一个程序占用；请关闭它后再试。"),
    sqlite3.SQLITE_LOCKED: ("locked", "数据正被另一个程序占用；请关闭它后再试。"),
    sqlite3.SQLITE_IOERR: (
        "io-error",
        "读写磁盘时出错，这一步没有保存；请检查磁盘后再试，已保存的内容不受影响。",
    ),
    sqlite3.SQLITE_CORRUPT: ("damaged", DAMAGED),
    sqlite3.SQLITE_NOTADB: ("damaged", DAMAGED),
    sqlite3.SQLITE_TOOBIG: ("too-big", "这一步的内容太大，没有保存；请分几次进行。"),
    sqlite3.SQLITE_NOMEM: ("no-memory", "内存不足，这一步没有保存；请关闭其他程序后再试。"),
}
_BROKEN_TEXTS = ("Could not decode to UTF-8", "malformed JSON")
"""What a flipped byte inside a text comes to; SQLite has no code for it."""
_SYSTEM: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("disk-full", "磁盘已满；请清理出空间后再试。"),
    errno.EDQUOT: ("disk-full", "磁盘配额已用完；请清理出空间后再试。"),
    errno.EFBIG: ("disk-full", "文件超过了允许的大小；请清理出空间后再试。"),
    errno.EROFS: ("read-only", "所在的磁盘是只读的；请取消只读后再试。"),
    errno.EACCES: ("no-permission", "没有读写权限；请检查权限后再试。"),
    errno.EPERM: ("no-permission", "没有读写权限；请检查权限后再试。"),
    errno.ENOENT: ("gone", "文件或文件夹不存在；请检查位置是否正确。"),
    errno.EIO: ("io-error", "读写磁盘时出错；请检查磁盘后再试。"),
}


def sqlite_refusal(error: sqlite3.Error | UnicodeDecodeError) -> StoreRefused:
    """The refusal for an error of SQLite; ``detail`` keeps SQLite's own words. A name in the file that is no text raises the other."""
    extended: int = getattr(error, "sqlite_errorcode", 0) or 0
    code, message = _SQLITE.get(
        extended & 0xFF, ("store-fault", "数据文件读写失败，这一步没有保存；请稍后再试。")
    )
    if isinstance(error, UnicodeDecodeError) or any(sign in str(error) for sign in _BROKEN_TEXTS):
        code, message = "damaged", DAMAGED
    return StoreRefused(code, message, f"{getattr(error, 'sqlite_errorname', type(error).__name__)}: {error}")


def system_refusal(error: OSError, path: Path) -> StoreRefused:
    """The refusal for an error of the system at ``path``."""
    code, message = _SYSTEM.get(error.errno or 0, ("io-error", "读写失败；请检查后再试。"))
    return StoreRefused(code, f"{path}：{message}", str(error))
