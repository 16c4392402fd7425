"""Where installed packs of forms lie: ``packs/<name>-<release>/`` below the folder of data, laid out like ``templates/``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

ABOUT = "pack.json"


@dataclass(frozen=True, slots=True)
class Pack:
    """An installed pack. ``release``: ``2027.1``; ``made`` and ``installed``: days; ``fingerprint``: of the key it is signed with;
    ``origin``: the name of the file that it came in."""

    folder: Path
    name: str
    title: str
    release: str
    publisher: str
    made: str
    installed: str
    fingerprint: str
    origin: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Ids of the forms it brings."""
        found = sorted((self.folder / "forms").glob("*/*.toml"))
        return tuple(f"{path.parent.name}/{path.stem}" for path in found)


def order_of(release: str) -> tuple[int, ...]:
    """2027.10 comes after 2027.9."""
    return tuple(int(part) for part in release.split("."))


def packs_folder(data: Path) -> Path:
    return data / "packs"


def installed(data: Path) -> tuple[Pack, ...]:
    """By name, an older release before a newer; what is no pack of ours is left out. A folder that no disk can have holds none: the store,
    which is opened there next, says why."""
    try:
        abouts = list(packs_folder(data).glob(f"*/{ABOUT}"))
    except OSError:
        abouts = []
    found = map(_pack, abouts)
    return tuple(sorted((p for p in found if p), key=lambda p: (p.name, order_of(p.release))))


def roots(data: Path | None, packs: Sequence[Path] | None = None) -> tuple[Path, ...]:
    """Folders to read after ``templates/``: of the packs installed in ``data``, or those of ``packs`` where it is given."""
    if packs is not None:
        return tuple(packs)
    return tuple(p.folder for p in installed(data)) if data else ()


def _pack(about: Path) -> Pack | None:
    try:
        data = cast("dict[str, Any]", json.loads(about.read_text(encoding="utf-8")))
        keys = ("name", "title", "release", "publisher", "made", "installed", "fingerprint", "origin")
        pack = Pack(about.parent, *(str(data[key]) for key in keys))
        order_of(pack.release)
        return pack
    except (OSError, ValueError, KeyError, TypeError):
        return None
