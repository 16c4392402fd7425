"""Where a store may live: not on a share, in a sync folder or on a stick."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.errors import StoreRefused
from perfdesk.store import Store
from perfdesk.store.places import Mount, mount_of, mount_reason, read_mounts, refuse_unsafe

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
]


@pytest.mark.parametrize("name", SYNC)
def test_a_sync_folder_is_refused_with_advice_and_nothing_is_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreRefused) as refused:
        Store.open(tmp_path / name / "PerfDesk")
    assert (refused.value.code, name in refused.value.message) == ("unsafe-place", True)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["绩效", "OneDriver", "dropboxes", "微云山中心", "坚果云雾"])
def test_a_name_that_only_resembles_one_is_fine(tmp_path: Path, name: str) -> None:
    refuse_unsafe(tmp_path / name)


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
tmpfs /tmp tmpfs rw 0 0
"""


@pytest.fixture
def blocks(tmp_path: Path) -> Path:
    """The system's folder of disks: sdc is removable, sda is not; partitions lie inside their disk."""
    for disk, flag in (("sda", "0"), ("sdc", "1")):
        for part in ("1", "2"):
            (tmp_path / "devices" / disk / f"{disk}{part}").mkdir(parents=True)
        (tmp_path / "devices" / disk / "removable").write_text(f"{flag}\n")
    links = tmp_path / "block"
    links.mkdir()
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
