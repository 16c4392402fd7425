"""Folders where a store must not live: network shares, sync folders, removable sticks.

Locks and flushes are not kept there, or another program copies the file in the middle of a change.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from perfdesk.errors import StoreRefused

_SYNC = (
    "onedrive", "dropbox", "坚果云", "nutstore", "我的坚果云", "百度网盘", "百度云", "baidusyncdisk", "baidunetdisk", "baiduyun",
    "google drive", "googledrive", "icloud", "mobile documents", "微云", "阿里云盘", "天翼云盘", "wps云盘", "wpsdrive", "wps cloud files",
    "nextcloud", "owncloud", "syncthing", "seafile",
)  # fmt: skip
_NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "davfs", "glusterfs", "lustre", "fuse.sshfs", "fuse.davfs",
     "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.s3fs", "fuse.smbnetfs", "fuse.curlftpfs")
)  # fmt: skip
_STICKS = ("/media/", "/run/media/", "/Volumes/")
_ADVICE = "请把数据放在本机硬盘上（用 --data 指定），要带走或共享时用“备份”或“上报包”。"


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the system's table of mounts."""

    device: str
    point: str
    kind: str


def refuse_unsafe(folder: Path) -> None:
    """StoreRefused ``unsafe-place`` with the reason and what to do instead."""
    folder = folder.absolute().resolve()
    reason = _sync_reason(folder) or _system_reason(folder)
    if reason:
        raise StoreRefused("unsafe-place", f"数据文件夹 {folder} {reason}，在那里可能丢失数据；{_ADVICE}")


def _sync_reason(folder: Path) -> str:
    for part in folder.parts:
        name = part.casefold()
        if any(name == sync or re.match(re.escape(sync) + r"[\s\-_(（]", name) for sync in _SYNC):
            return f"在同步文件夹“{part}”里"
    return ""


def _system_reason(folder: Path) -> str:
    if sys.platform == "win32":
        return _windows_reason(folder)
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "在可移动磁盘上" if str(folder).startswith(_STICKS) else ""
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
    """Why a store must not be on this mount; empty: it may. ``blocks``: where the system tells which disks are removable."""
    if mount.kind in _NETWORK or mount.device.startswith("//"):
        return "在网络共享上"
    if f"{mount.point}/".startswith(_STICKS):
        return "在可移动磁盘上"
    return "在可移动磁盘上" if mount.point != "/" and _removable(mount.device, blocks) else ""


def _removable(device: str, blocks: Path) -> bool:
    block = blocks / Path(device).name
    if not device.startswith("/dev/") or not block.exists():
        return False
    # A partition lies inside its disk's folder, and only the disk says whether it is removable.
    flags = (block.resolve() / "removable", block.resolve().parent / "removable")
    return any(flag.is_file() and flag.read_text().strip() == "1" for flag in flags)


def _windows_reason(folder: Path) -> str:
    if folder.drive.startswith("\\\\"):
        return "在网络共享上"
    import ctypes

    windll = getattr(ctypes, "windll", None)
    kind = windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") if windll else 0
    return {2: "在可移动磁盘上", 4: "在网络共享上", 5: "在光盘上"}.get(kind, "")
