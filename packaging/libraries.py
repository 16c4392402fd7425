"""What shared libraries say of themselves (Linux, by binutils' readelf): which others they ask for, which glibc they want."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)")


def is_elf(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def needed(file: Path) -> list[str]:
    """The loader's names of the libraries that the file asks for."""
    return _NEEDED.findall(_readelf("-d", file))


def glibc(file: Path) -> tuple[int, int]:
    """The newest glibc whose symbols the file wants; (0, 0) where it wants none."""
    found = [(int(major), int(minor)) for major, minor in _GLIBC.findall(_readelf("-V", file))]
    return max(found, default=(0, 0))


def has_debug_information(file: Path) -> bool:
    return ".debug_info" in _readelf("-S", file)


def newest_glibc(files: Iterable[Path]) -> tuple[tuple[int, int], Path | None]:
    """The newest glibc that any of the files wants, and the file that does."""
    wants = [(glibc(file), file) for file in files]
    return max(wants, default=((0, 0), None), key=lambda want: want[0])


def elf_files(folder: Path) -> list[Path]:
    """Each once, links apart."""
    return sorted(file for file in folder.rglob("*") if not file.is_symlink() and is_elf(file))


@cache
def _readelf(option: str, file: Path) -> str:
    done = subprocess.run(["readelf", "-W", option, file], capture_output=True, text=True, check=True)
    return done.stdout
