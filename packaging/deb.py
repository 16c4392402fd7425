"""The .deb: the built folder under /usr/lib, a menu entry, icons, the file type of packages, a man page; nothing runs at installing.

The same tree and the same SOURCE_DATE_EPOCH give the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import icons
import libraries
import project

HERE = Path(__file__).resolve().parent
PLACE = Path("usr") / "lib" / project.NAME
SHARE = Path("usr") / "share"
_OWN_DEPENDENCIES = ("run", "desktop")

_CONTROL = """Package: {name}
Version: {version}
Architecture: {architecture}
Section: misc
Priority: optional
Maintainer: {maker} <perfdesk@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: libreoffice-calc, libreoffice-writer
Description: {title} – budget performance forms, offline
 {description}。
 .
 Fills, checks, imports, scores and exports the budget performance forms of
 Chinese local government, all on this one computer.
"""


def packages() -> list[tuple[str, str, str]]:
    """(section, package, what proves that it is there) of system-packages.txt."""
    import prepare

    return prepare.listed_packages()


def depends(folder: Path) -> list[str]:
    """What the built folder asks of the system, as Debian's packages; ValueError where a library is in no list."""
    files = libraries.elf_files(folder)
    inside = {file.name for file in folder.rglob("*.so*")} | {file.name for file in files}
    asked = {name for file in files for name in libraries.needed(file)} - inside
    listed = {
        probe: name.replace(",", " | ") for section, name, probe in packages() if section in _OWN_DEPENDENCIES
    }
    if unknown := sorted(name for name in asked if name not in listed and not _of_glibc(name)):
        raise ValueError(f"system-packages.txt names no package for: {', '.join(unknown)}")
    (major, minor), _ = libraries.newest_glibc(files)
    data = {name for probe, name in listed.items() if probe.startswith("/")}
    return [f"libc6 (>= {major}.{minor})", *sorted({listed[name] for name in asked if name in listed} | data)]


def _of_glibc(name: str) -> bool:
    return name.split(".so")[0].split("-")[0] in {
        "libc",
        "libm",
        "libdl",
        "librt",
        "libpthread",
        "libutil",
        "libresolv",
        "ld",
    }


def build(folder: Path, target: Path, work: Path) -> Path:
    """The package's file, in ``target``; ``work`` is emptied and used."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(folder, work / PLACE, symlinks=True)
    _share(work)
    link = work / "usr" / "bin" / project.NAME
    link.parent.mkdir(parents=True)
    link.symlink_to(Path("/") / PLACE / project.NAME)
    control = work / "DEBIAN"
    control.mkdir()
    architecture = _told("dpkg", "--print-architecture")
    (control / "md5sums").write_text("".join(_sums(work)), encoding="utf-8")
    (control / "control").write_text(_control(folder, work, architecture), encoding="utf-8")
    for path in work.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    made = target / f"{project.NAME}_{project.version()}_{architecture}.deb"
    _told("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(work), str(made))
    return made


def _control(folder: Path, work: Path, architecture: str) -> str:
    told = project.described()
    return _CONTROL.format(
        name=project.NAME,
        version=told["version"],
        architecture=architecture,
        maker=project.MAKER,
        size=sum(f.lstat().st_size for f in work.rglob("*") if not f.is_dir()) // 1024 + 1,
        depends=", ".join(depends(folder)),
        title=f"{project.TITLE} {project.ENGLISH}",
        description=told["description"],
    )


def _share(work: Path) -> None:
    share, doc = work / SHARE, work / SHARE / "doc" / project.NAME
    hicolor = share / "icons" / "hicolor"
    for size in icons.SIZES:
        _put(hicolor / f"{size}x{size}" / "apps" / f"{project.NAME}.png", icons.png(size))
    for kind in ("apps", "mimetypes"):
        name = project.NAME if kind == "apps" else "application-x-perfdesk-pack"
        _put(hicolor / "scalable" / kind / f"{name}.svg", icons.SVG.read_bytes())
    _put(
        share / "applications" / f"{project.NAME}.desktop", (HERE / "linux" / "perfdesk.desktop").read_bytes()
    )
    _put(
        share / "mime" / "packages" / f"{project.NAME}.xml",
        (HERE / "linux" / "perfdesk-mime.xml").read_bytes(),
    )
    manual = (HERE / "linux" / "perfdesk.1").read_text(encoding="utf-8").replace("VERSION", project.version())
    _put(share / "man" / "man1" / f"{project.NAME}.1.gz", _packed(manual.encode()))
    _put(doc / "copyright", copyright_page().encode())
    _put(doc / "changelog.gz", _packed((project.ROOT / "CHANGELOG.md").read_bytes()))


def copyright_page() -> str:
    ours = (project.ROOT / "LICENSE").read_text(encoding="utf-8")
    return f"{project.ENGLISH}\n\n{ours}\nWhat others wrote, and their licences: /{PLACE}/THIRD-PARTY.md, /{PLACE}/licenses/\n"


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _sums(work: Path) -> Iterable[str]:
    for file in sorted(work.rglob("*")):
        if file.is_file() and not file.is_symlink() and "DEBIAN" not in file.parts:
            yield f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(work)}\n"


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
