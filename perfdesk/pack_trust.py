"""Whose packs are taken: keys that ship with the program, and those that the user confirmed by their fingerprints."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from perfdesk import paths
from perfdesk.file_names import plain_stem
from perfdesk.formats.atomic import free_name, write_atomically
from perfdesk.signing import fingerprint, public_of, public_pem

OWNERS_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Key:
    """``name``: whose it is, by the name of its file; ``shipped``: it came with the program."""

    name: str
    public: bytes
    shipped: bool


def own_keys(data: Path) -> Path:
    """Where the keys that a user confirmed are, below the folder of data."""
    return data / "keys"


def trusted(data: Path, shipped: Path | None = None) -> Mapping[str, Key]:
    """By fingerprint; files that are no public Ed25519 keys (``.pem``) count for nothing."""
    found: dict[str, Key] = {}
    for folder, own in ((own_keys(data), True), (shipped or paths.resources() / "keys", False)):
        for path in sorted(folder.glob("*.pem")):
            with suppress(OSError):
                if (public := public_of(path.read_bytes())) is not None:
                    found[fingerprint(public)] = Key(path.stem, public, not own)
    return found


def trust(data: Path, name: str, public: bytes) -> None:
    """From now on packs signed with this key are taken."""
    folder = own_keys(data)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"{plain_stem(name)}.pem"
    write_atomically(free_name(target) if target.exists() else target, public_pem(public), OWNERS_FILE)
