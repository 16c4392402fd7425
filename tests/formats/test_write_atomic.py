"""A file that goes out appears whole or not at all, and every fault has one sentence that says what to do."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfdesk.errors import ExportRefused
from perfdesk.formats.atomic import free_name, write_atomically

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX 的权限和资源限制")


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Files of more than 1000 bytes cannot be written, as on a full disk; the limit is the process's own."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def refused(path: Path, data: bytes = b"new") -> ExportRefused:
    with pytest.raises(ExportRefused) as caught:
        write_atomically(path, data)
    return caught.value


def test_a_new_file_and_a_replaced_one_hold_exactly_the_bytes(tmp_path: Path) -> None:
    file = tmp_path / "表.docx"
    write_atomically(file, b"one, longer")
    write_atomically(file, b"two")
    assert file.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["表.docx"]


@ON_POSIX
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, small_disk: None) -> None:
    file = tmp_path / "表.pdf"
    file.write_bytes(b"old")
    fault = refused(file, b"x" * 5000)
    assert fault.code == "disk-full"
    assert "空间不足" in fault.message
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["表.pdf"]


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    sync, replace = os.fsync, os.replace

    def watched_sync(handle: int) -> None:
        seen.append(
            "folder synced"
            if stat.S_ISDIR(os.fstat(handle).st_mode)
            else f"{os.fstat(handle).st_size} bytes synced"
        )
        sync(handle)

    def watched_replace(source: Path, target: Path) -> None:
        seen.append("replaced")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", watched_sync)
    monkeypatch.setattr(os, "replace", watched_replace)
    write_atomically(tmp_path / "表.docx", b"12345")
    folder = [] if sys.platform == "win32" else ["folder synced"]
    assert seen == ["5 bytes synced", "replaced", *folder]


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EACCES, "target-locked"), (errno.EPERM, "target-locked"), (errno.ENOSPC, "disk-full"), (errno.EROFS, "read-only"),
     (errno.EIO, "write-failed")],
)  # fmt: skip
def test_a_fault_at_the_last_step_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    """Windows refuses the last step while Word or WPS has the file open; here the system's answer is put in its place."""
    file = tmp_path / "表.docx"
    file.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", fail)
    fault = refused(file)
    assert fault.code == code
    assert "表.docx" in fault.message or code == "read-only"
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["表.docx"]


def test_a_locked_file_gets_another_name_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "表.docx"
    file.write_bytes(b"old")
    (tmp_path / "表（2）.docx").write_bytes(b"other")

    def fail(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(os, "replace", fail)
    assert "表（3）.docx" in refused(file).message


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    fault = refused(tmp_path / "没有" / "表.docx")
    assert fault.code == "no-folder"
    assert "没有" in fault.message


def test_a_folder_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "表.docx"
    folder.mkdir()
    assert refused(folder).code == "is-folder"
    assert folder.is_dir()
    assert os.listdir(tmp_path) == ["表.docx"]


@ON_POSIX
def test_a_name_that_the_system_cannot_hold_is_told(tmp_path: Path) -> None:
    for name in ("很长" * 200, "甲\0乙", "甲\ud800乙"):
        assert refused(tmp_path / f"{name}.docx").code == "bad-name"
    for name in ("换\n行", "👍", "-rf", " 空", "引'号\"", "甲\udcff乙"):
        write_atomically(tmp_path / f"{name}.docx", b"x")
        assert (tmp_path / f"{name}.docx").read_bytes() == b"x"


@ON_POSIX
def test_a_new_file_has_the_rights_of_the_umask_and_a_replaced_one_its_own(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new", b"")
        write_atomically(tmp_path / "private", b"", mode=0o600)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600
    (tmp_path / "new").chmod(0o604)
    write_atomically(tmp_path / "new", b"again")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o604


@ON_POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_free_name_is_one_that_nothing_has(tmp_path: Path) -> None:
    assert free_name(tmp_path / "表.docx").name == "表（2）.docx"
