"""Where a store may live: not on a share, in a sync folder or on a stick."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from perfdesk.errors import StoreRefused
from perfdesk.store import Store
from perfdesk.store.places import (
    Mount,
    drive_reason,
    drive_root,
    mount_of,
    mount_reason,
    read_mounts,
    refuse_unsafe,
)
from perfdesk.store.sync_folders import told_by_system

SYNC = [
    "OneDrive",
    "OneDrive - 某局",
    "Dropbox",
    "Dropbox (办公室)",
    "坚果云",
    "我的坚果云",
    "百度网盘",
    "BaiduSyncdisk",
    "iCloud Drive",
    "百度网盘同步空间",
    "Nutstore Files",
    "Nextcloud2",
    "WPS云盘",
    "我的云端硬盘",
    "天翼云盘",
    "115",
]


@pytest.mark.parametrize("name", SYNC)
def test_a_sync_folder_is_refused_with_advice_and_nothing_is_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreRefused) as refused:
        Store.open(tmp_path / name / "PerfDesk")
    assert (refused.value.code, name in refused.value.message) == ("unsafe-place", True)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    "name", ["绩效", "OneDriver", "dropboxes", "微云山中心", "坚果云雾", "115 中心", "box", "2023"]
)
def test_a_name_that_only_resembles_one_is_fine(tmp_path: Path, name: str) -> None:
    refuse_unsafe(tmp_path / name)


@pytest.mark.parametrize(
    "mark",
    [".stfolder/", ".dropbox.cache/", "._sync_3f2a.db", ".sync_0a.db", ".owncloudsync.log", ".seafile-data/"],
)
def test_a_sync_folder_of_any_name_is_known_by_what_its_program_left_there(tmp_path: Path, mark: str) -> None:
    place = tmp_path / "同事共用"
    data = place / "绩效" / "2026"
    data.mkdir(parents=True)
    refuse_unsafe(data)
    (place / mark).mkdir() if mark.endswith("/") else (place / mark).touch()
    with pytest.raises(StoreRefused, match="同步文件夹"):
        refuse_unsafe(data)


def test_the_books_that_sync_programs_keep_at_home_make_no_sync_folder(tmp_path: Path) -> None:
    for name in (".dropbox", ".nutstore", ".config/Nextcloud"):
        (tmp_path / name).mkdir(parents=True)
    refuse_unsafe(tmp_path / "data")


def test_the_folder_that_the_system_names_for_onedrive_is_one_whatever_it_is_called() -> None:
    told = {"OneDriveCommercial": r"D:\某局共享", "OneDrive": ""}
    assert told_by_system(PureWindowsPath(r"d:\某局共享\绩效"), told) == r"D:\某局共享"
    assert told_by_system(PureWindowsPath(r"D:\某局"), told) is None


@pytest.mark.parametrize(
    ("folder", "asked", "kind", "word"),
    [
        (r"C:\Users\a\AppData\Local\PerfDesk", "C:\\", 3, ""),
        (r"\\?\C:\很长的路径", "C:\\", 3, ""),
        (r"E:\PerfDesk", "E:\\", 2, "可移动"),
        (r"Z:\PerfDesk", "Z:\\", 4, "网络"),
        (r"\\server\share\PerfDesk", "\\\\server\\share\\", 3, "网络"),
        (r"\\?\UNC\server\share\PerfDesk", "\\\\server\\share\\", 3, "网络"),
        (r"F:\PerfDesk", "F:\\", 5, "光盘"),
        (r"R:\PerfDesk", "R:\\", 6, "内存"),
    ],
)
def test_windows_is_asked_about_the_drive_and_its_answer_counts(
    folder: str, asked: str, kind: int, word: str
) -> None:
    path = PureWindowsPath(folder)
    assert drive_root(path) == asked
    reason = drive_reason(path, kind)
    assert (word in reason) if word else reason == ""


def test_a_link_into_a_sync_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(StoreRefused):
        refuse_unsafe(tmp_path / "data")


TABLE = r"""
overlay / overlay rw 0 0
/dev/sda2 /work-disk ext4 rw 0 0
//server/share /work-disk/a/share cifs rw 0 0
server:/export /work-disk/a/nfs nfs4 rw 0 0
/dev/sdb1 /run/media/a/USB\040DISK vfat rw 0 0
/dev/sdc1 /stick vfat rw 0 0
/dev/sdd1 /case ext4 rw 0 0
/dev/sr0 /disc iso9660 ro 0 0
u@h:/x /far fuse.sshfs rw 0 0
tmpfs /tmp tmpfs rw 0 0
"""


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """The system's folder of disks: sdc is removable, sda is not, sdd is in a USB case; partitions lie inside their disk."""
    for disk, flag in (("sda", "0"), ("sdc", "1")):
        for part in ("1", "2"):
            (tmp_path / "devices" / disk / f"{disk}{part}").mkdir(parents=True)
        (tmp_path / "devices" / disk / "removable").write_text(f"{flag}\n")
    links = tmp_path / "block"
    links.mkdir()
    (tmp_path / "devices" / "usb2" / "sdd" / "sdd1").mkdir(parents=True)
    (tmp_path / "devices" / "usb2" / "sdd" / "removable").write_text("0\n")
    (links / "sdd1").symlink_to(tmp_path / "devices" / "usb2" / "sdd" / "sdd1")
    for disk in ("sda", "sdc"):
        for part in ("1", "2"):
            (links / f"{disk}{part}").symlink_to(tmp_path / "devices" / disk / f"{disk}{part}")
    return links


@pytest.mark.parametrize(
    ("folder", "word"),
    [
        ("/work-disk/a/data", ""),
        ("/tmp/data", ""),
        ("/srv/data", ""),
        ("/work-disk/a/share/data", "网络"),
        ("/work-disk/a/nfs", "网络"),
        ("/run/media/a/USB DISK/data", "可移动"),
        ("/stick/data", "可移动"),
        ("/case/data", "可移动"),
        ("/disc/data", "光盘"),
        ("/far/data", "网络"),
    ],
)
def test_the_mount_of_a_folder_tells_whether_it_may_hold_a_store(
    blocks: Path, folder: str, word: str
) -> None:
    mount = mount_of(Path(folder), read_mounts(TABLE))
    assert mount is not None
    reason = mount_reason(mount, blocks)
    assert (word in reason) if word else reason == ""


def test_of_two_mounts_on_one_point_the_later_counts() -> None:
    mounts = (Mount("a", "/data", "ext4"), Mount("b", "/data", "nfs"))
    assert mount_of(Path("/data/x"), mounts) == mounts[1]


def test_a_reader_may_look_at_a_store_anywhere(tmp_path: Path) -> None:
    with Store.open(tmp_path / "Dropbox" / "copy", read_only=True) as reader:
        assert reader.filings() == ()
