"""THIRD-PARTY.md and licenses/ of the built folder: everything inside that others wrote, each with its text.

Made from what the build really took (``build/inside.json``): a file belongs to an installed distribution, to Python, or, on
Linux, to a package of the system; one that belongs to nobody ends the build.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path, PurePosixPath

TEXTS = Path(__file__).resolve().parent / "licenses"
OURS = ("perfdesk", "ui", "resources", "templates")
QT = ("PySide6_Essentials", "shiboken6")
_LICENCE_NAMES = ("licen", "copying", "notice", "authors")


class Unowned(Exception):
    """Files inside that no licence was found for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``target``: where the file stands in the built folder; ``source``: where the build took it from."""

    target: str
    source: str
    kind: str


@dataclass(frozen=True, slots=True)
class Part:
    """Something that others wrote. ``texts``: the files of its licence (and whole folders of them)."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def parts(entries: Iterable[Entry]) -> list[Part]:
    """All that is inside, by name; Unowned where a file's origin is unknown."""
    found = {part.name: part for part in (*of_files(entries), of_python(), _bootloader())}
    return sorted(found.values(), key=lambda part: part.name.lower())


def of_files(entries: Iterable[Entry]) -> list[Part]:
    """Those that the files belong to; Unowned where one belongs to nobody."""
    owned = _owners()
    found: dict[str, Part] = {}
    lost: list[str] = []
    for entry in entries:
        if entry.kind == "SYMLINK" or PurePosixPath(_plain(entry.target)).parts[0] in OURS:
            continue
        part = _part(entry, owned)
        if part is None:
            lost.append(f"{entry.target} ({entry.source})")
        else:
            found.setdefault(part.name, part)
    if lost:
        raise Unowned("\n".join(lost))
    return list(found.values())


def _plain(target: str) -> str:
    """One spelling for a module's source and its compiled form."""
    path = PurePosixPath(target.replace("\\", "/"))
    return str(path.with_suffix("")) if path.suffix in (".py", ".pyc") else str(path)


def _owners() -> dict[str, Distribution]:
    """A file's place in the built folder (that of site-packages) → the distribution that brought it."""
    return {_plain(str(file)): dist for dist in distributions() for file in dist.files or ()}


def _part(entry: Entry, owned: dict[str, Distribution]) -> Part | None:
    if dist := owned.get(_plain(entry.target)) or owned.get(_plain(_in_site_packages(entry.source))):
        return of_distribution(dist)
    if entry.target.endswith(".pyc") or _under(entry.source, sys.base_prefix) or "python3" in entry.source:
        return of_python()
    if sys.platform == "win32":
        return of_python()  # its DLLs and Microsoft's runtime come with it, and its licence names them
    return _system_package(Path(entry.source))


def _in_site_packages(source: str) -> str:
    return source.replace("\\", "/").rpartition("site-packages/")[2]


def _under(source: str, folder: str) -> bool:
    place = os.path.realpath(folder)
    return place not in ("/usr", "/") and os.path.realpath(source).startswith(place + os.sep)


def of_distribution(dist: Distribution) -> Part:
    name = dist.metadata["Name"]
    if name in QT:
        texts = tuple(TEXTS / file for file in ("Qt.md", "LGPL-3.0.txt", "GPL-3.0.txt", "PCRE2.txt"))
        return Part(name, dist.version, "LGPL-3.0-only", texts)
    files = [f for f in dist.files or () if ".dist-info" in str(f) and _is_licence(str(f))]
    return Part(name, dist.version, _named(dist), tuple(Path(str(dist.locate_file(f))) for f in files))


def _is_licence(file: str) -> bool:
    name = PurePosixPath(file).name.lower()
    return "/licenses/" in file or any(word in name for word in (*_LICENCE_NAMES, "licence"))


def _named(dist: Distribution) -> str:
    """The shortest true name that the distribution's own data give."""
    for key in ("License-Expression", "License"):
        if (told := dist.metadata[key]) and "\n" not in told:
            return told
    classes = [c for c in dist.metadata.get_all("Classifier") or () if c.startswith("License ::")]
    return "; ".join(c.rpartition(":: ")[2] for c in classes)


def of_python() -> Part:
    home = Path(os.__file__).parent
    places = (home / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt")
    version = sys.version.split()[0]
    system = Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")
    texts = [place for place in (*places, system, TEXTS / "Python.txt") if place.is_file()]
    return Part("Python", version, "PSF-2.0", tuple(texts[:1]))


def _bootloader() -> Part:
    """The few lines of C with which the program starts."""
    part = of_distribution(distribution("pyinstaller"))
    return Part(part.name, part.version, "GPL-2.0-or-later WITH Bootloader-exception", part.texts)


def _system_package(source: Path) -> Part | None:
    """The Debian package that a library of the system belongs to."""
    real = os.path.realpath(source)
    for path in (real, real.removeprefix("/usr"), "/usr" + real):
        done = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            name = done.stdout.partition(":")[0]
            query = ["dpkg-query", "-W", "-f", "${Version}", f"{name}"]
            version = subprocess.run(query, capture_output=True, text=True, check=False).stdout
            text = Path("/usr/share/doc") / name / "copyright"
            return Part(name, version, "see its text", (text,)) if text.is_file() else None
    return None


def write(folder: Path, found: list[Part], shipped: str) -> None:
    """``THIRD-PARTY.md`` and ``licenses/<name>/``; ``shipped``: what SOURCES.md says of fonts and icons."""
    home = folder / "licenses"
    shutil.rmtree(home, ignore_errors=True)
    for part in found:
        if not part.texts:
            raise Unowned(f"{part.name}: no licence text")
        for text in part.texts:
            target = home / part.name / _below_licenses(text)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, target)
    (folder / "THIRD-PARTY.md").write_text(page(found, shipped), encoding="utf-8")


def _below_licenses(text: Path) -> Path:
    """Texts of a distribution keep their folders, for two may have one name."""
    whole = text.as_posix()
    return Path(whole.partition(".dist-info/licenses/")[2] or text.name)


def page(found: list[Part], shipped: str) -> str:
    rows = [f"| {p.name} | {p.version} | {p.licence} | `licenses/{p.name}/` |" for p in found]
    head = "# 本程序包含的第三方组件 · Third-party parts of this program\n\n本程序自身的许可见 LICENSE。\n\n"
    table = "| 组件 | 版本 | 许可 | 许可全文 |\n| --- | --- | --- | --- |\n" + "\n".join(rows)
    return f"{head}{table}\n\n{shipped}"


def shipped_resources(root: Path) -> str:
    """Fonts and icons: the page on their origin, with places as they are in the built folder."""
    told = (root / "resources" / "SOURCES.md").read_text(encoding="utf-8")
    return told.replace(
        "# Where the files in this folder come from", "# Fonts and icons (_internal/resources/)"
    )
