"""Folders that another program carries away: known by their names, by what their programs leave in them, by the system's word.

A sync program copies the store in the middle of a change, brings an older one back, or keeps two that each hold half of the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

_NAMES = (
    # 国内
    "坚果云", "我的坚果云", "坚果云同步", "nutstore", "nutstore files", "百度网盘", "百度云", "百度云盘", "百度云同步盘",
    "百度网盘同步空间", "baidusyncdisk", "baidunetdisk", "baidunetdiskdownload", "baiduyun", "baiduyundownload",
    "微云", "腾讯微云", "微云同步助手", "weiyun",
    "阿里云盘", "aliyundrive", "adrive", "天翼云盘", "cloud189", "ecloud", "和彩云", "移动云盘", "中国移动云盘", "mcloud", "联通沃云",
    "115", "115网盘", "115pan", "123云盘", "123pan", "夸克网盘", "quarkclouddrive", "360云盘", "360安全云盘", "华为云空间", "华为云盘",
    "wps云盘", "wps网盘", "wps云文档", "wpsdrive", "wps cloud files", "金山快盘", "够快云库", "gokuai", "亿方云", "fangcloud",
    "燕麦云", "oatos",
    "企业微信微盘", "微盘", "钉钉云盘", "飞书云盘", "曙光网盘", "奶牛快传",
    # 其他
    "onedrive", "dropbox", "google drive", "googledrive", "google 云端硬盘", "我的云端硬盘", "icloud", "icloud drive", "iclouddrive",
    "icloud云盘", "mobile documents", "com~apple~clouddocs", "box sync", "mega", "megasync", "pcloud", "pcloud drive", "yandex.disk",
    "nextcloud", "owncloud", "syncthing", "seafile", "seadrive", "resilio sync", "synologydrive", "synology drive", "cloudstation",
    "sugarsync", "spideroak hive", "tresorit", "kdrive", "proton drive", "cozy drive",
)  # fmt: skip
_WHOLE = frozenset(("115", "mega", "微云", "微盘", "ecloud", "mcloud", "adrive"))
"""Only as the whole name: with something behind it they may be anything."""
_AGAIN = re.compile("(?:" + "|".join(re.escape(n) for n in _NAMES if n not in _WHOLE) + r")[\s\-_(（\d].*")
_LEFT_THERE = (
    ".dropbox.cache", ".stfolder", ".owncloudsync.log", ".nextcloudsync.log", ".sync_*.db", "._sync_*.db", ".seafile-data",
    ".tmp.drivedownload", ".tmp.driveupload", ".849C9593-D756-4E56-8D6E-42412F2A707B", ".SynologyWorkingDirectory", ".megaignore",
)  # fmt: skip
"""In the folder itself. What a program keeps in the user's home (``.dropbox``, ``.nutstore``) says nothing about that."""
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def named_like_one(folder: PurePath) -> str | None:
    """The part of the path that is named like a sync folder; ``Dropbox (办公室)`` and ``OneDrive - 某局`` are, ``OneDriver`` is not."""
    return next((part for part in folder.parts if _is_name(part.casefold().strip())), None)


def _is_name(name: str) -> bool:
    return name in _NAMES or _AGAIN.fullmatch(name) is not None


def told_by_system(folder: PurePath, environ: Mapping[str, str]) -> str | None:
    """The folder that the system names as its sync folder and that holds this one, whatever it is called."""
    told = (environ[name] for name in _VARIABLES if environ.get(name))
    return next((one for one in told if folder.is_relative_to(type(folder)(one))), None)


def marked(folder: Path) -> str | None:
    """The folder here or above in which a sync program keeps its books."""
    return next((str(one) for one in (folder, *folder.parents) if _has_mark(one)), None)


def _has_mark(folder: Path) -> bool:
    try:
        return any(True for _ in _marks(folder))
    except OSError:
        return False


def _marks(folder: Path) -> Iterable[Path]:
    for pattern in _LEFT_THERE:
        if "*" in pattern:
            yield from folder.glob(pattern)
        elif (folder / pattern).exists():
            yield folder / pattern
