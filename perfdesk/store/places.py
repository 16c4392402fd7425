"""Folders where a store must not live: network shares, sync folders, removable sticks.

Locks and flushes are not kept there, or another program copies the file in the middle of a change.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from perfdesk.errors import StoreRefused
from perfdesk.store.sync_folders import marked, named_like_one, told_by_system

_NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "davfs", "gfs2", "glusterfs", "lustre", "beegfs",
     "orangefs", "vboxsf", "vmhgfs", "prl_fs", "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse",
     "fuse.glusterfs", "fuse.s3fs", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.vmhgfs-fuse", "fuse.ceph", "fuse.juicefs", "fuse.onedriver",
     "fuse.google-drive-ocamlfuse", "fuse.jmtpfs", "fuse.simple-mtpfs", "fuse.ifuse", "fuse.kio-fuse", "fuse.portal")
)  # fmt: skip
_DISCS = frozenset(("iso9660", "udf"))
_STICKS = ("/media/", "/run/media/", "/Volumes/")
_ADVICE = "请把数据放在本机硬盘上（用 --data 指定），要带走或共享时用“备份”或“上报包”。"
_ON_SHARE, _ON_STICK, _ON_DISC = "在网络共享上", "在可移动磁盘上", "在光盘上"


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the system's table of mounts."""

    device: str
    point: str
    kind: str


def refuse_unsafe(folder: Path) -> None:
    """StoreRefused ``unsafe-place`` with the reason and what to do instead."""
    if reason := unsafe_place(folder):
        from perfdesk.store import local_copy

        local = local_place(folder).place
        advice = local_copy.advice(folder, local) if local else _ADVICE
        raise StoreRefused("unsafe-place", f"数据文件夹 {folder} {reason}，在那里可能丢失数据；{advice}")


def unsafe_place(folder: Path) -> str:
    """Why a store must not live there; empty: it may."""
    folder = folder.absolute().resolve()
    sync = named_like_one(folder) or told_by_system(folder, os.environ) or marked(folder)
    return f"在同步文件夹“{sync}”里" if sync else _system_reason(folder)


@dataclass(frozen=True, slots=True)
class Local:
    """Where on this computer the data of an unsafe folder belong; ``place`` None: this computer has no safe place by itself.
    ``has_data``: they were copied there before. ``to_copy``: the unsafe folder has data."""

    place: Path | None
    has_data: bool
    to_copy: bool


def local_place(folder: Path) -> Local:
    from perfdesk.store import local_copy  # with the library of the store, which looking at a place needs not

    place = local_copy.place_for(folder)
    has_data, to_copy = local_copy.has_data(place), local_copy.has_data(folder)
    return Local(None if unsafe_place(place) else place, has_data, to_copy)


def copy_folder(source: Path, target: Path) -> None:
    """The data of a folder where they must not lie, into one where they may and that has none yet; see ``local_copy``."""
    from perfdesk.store import local_copy

    refuse_unsafe(target)
    local_copy.make(source, target)


def _system_reason(folder: Path) -> str:
    if sys.platform == "win32":
        return _windows_reason(folder)
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return _ON_STICK if str(folder).startswith(_STICKS) else ""
    mount = mount_of(folder, read_mounts(mounts.read_text(encoding="utf-8", errors="replace")))
    return "" if mount is None else mount_reason(mount, Path("/sys/class/block"))


def read_mounts(text: str) -> tuple[Mount, ...]:
    """The mounts of ``/proc/mounts``; blanks in a path are written there as octal escapes."""
    lines = (line.split(" ") for line in text.splitlines())
    return tuple(Mount(parts[0], _unescaped(parts[1]), parts[2]) for parts in lines if len(parts) >= 3)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def mount_of(folder: Path, mounts: tuple[Mount, ...]) -> Mount | None:
    """The mount that ``folder`` is on: the longest that leads to it, of equal ones the last."""
    found = [m for m in mounts if folder.is_relative_to(m.point)]
    return max(reversed(found), key=lambda m: len(m.point), default=None)


def mount_reason(mount: Mount, blocks: Path) -> str:
    """Why a store must not be on this mount; empty: it may. ``blocks``: where the system tells which disks are removable. The disk that
    the system itself runs from is where its owner wants to work, whatever it is."""
    if mount.point == "/":
        return ""
    if mount.kind in _NETWORK or mount.device.startswith("//"):
        return _ON_SHARE
    if mount.kind in _DISCS:
        return _ON_DISC
    removable = f"{mount.point}/".startswith(_STICKS) or _removable(mount.device, blocks)
    return _ON_STICK if removable else ""


def _removable(device: str, blocks: Path) -> bool:
    block = blocks / Path(device).name
    if not device.startswith("/dev/") or not block.exists():
        return False
    # A partition lies inside its disk's folder, and only the disk says whether it is removable. Disks in a USB case say that they
    # are not; they are pulled out all the same.
    where = block.resolve()
    flags = (where / "removable", where.parent / "removable")
    return "usb" in re.split(r"[/\d]", str(where)) or any(
        flag.is_file() and flag.read_text().strip() == "1" for flag in flags
    )


def _windows_reason(folder: Path) -> str:
    import ctypes

    windll = getattr(ctypes, "windll", None)
    root = drive_root(PureWindowsPath(folder))
    return drive_reason(PureWindowsPath(folder), windll.kernel32.GetDriveTypeW(root) if windll else 0)


def drive_root(folder: PureWindowsPath) -> str:
    """What Windows wants to be asked about: ``C:\\``, or a share with its server."""
    return f"{_plain_drive(folder)}\\"


def drive_reason(folder: PureWindowsPath, kind: int) -> str:
    """``kind`` as GetDriveTypeW answers: 2 removable, 3 fixed, 4 remote, 5 disc, 6 in memory."""
    if _plain_drive(folder).startswith("\\\\"):
        return _ON_SHARE
    return {2: _ON_STICK, 4: _ON_SHARE, 5: _ON_DISC, 6: "在内存盘上（关机即清空）"}.get(kind, "")


def _plain_drive(folder: PureWindowsPath) -> str:
    r"""Without the marks of long paths: ``\\?\C:`` is C:, ``\\?\UNC\server\share`` is ``\\server\share``."""
    drive = folder.drive
    if drive[:8].upper() == "\\\\?\\UNC\\":
        return f"\\\\{drive[8:]}"
    return drive[4:] if drive.startswith(("\\\\?\\", "\\\\.\\")) else drive
