"""Files of other programs, converted by LibreOffice where it is installed: .doc, .wps, .rtf, .odt, .ods, .xlsb and their like.

Runs inside the reading child process, so that the parent kills it with the child. LibreOffice gets a profile of its own that is thrown
away, runs no macros and loads nothing that a document links to.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from perfdesk.document.source import Source
from perfdesk.errors import InputRefused

CONVERTED = frozenset({"old-word", "old-excel", "rtf", "opendocument", "xlsb", "xml-2003", "flat-xml"})
SECONDS = 60.0
MEMORY = 4 << 30
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">{}</item>
</oor:items>
"""
_SWITCHES = ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "DisableActiveContent")
_SWITCH = '<prop oor:name="{}" oor:op="fuse"><value>true</value></prop>'


def office_program() -> str | None:
    """LibreOffice's program; None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    linux = sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
    return found or next((str(p) for p in (*map(Path, _PLACES), *linux) if p.is_file()), None)


def read_converted(
    path: str, told: InputRefused, progress: Callable[[], None], read: Callable[[Path], Source]
) -> Source:
    """The file converted and read, where ``told`` (why it cannot be read as it is) names what it could be saved as; else ``told``."""
    program = office_program()
    ending = told.detail.removeprefix(".")
    if told.code not in CONVERTED or ending not in ("docx", "xlsx") or program is None:
        raise told
    with TemporaryDirectory(prefix="perfdesk-") as folder:
        made = _converted(program, Path(path), ending, Path(folder), progress)
        if made is None:
            message = f"{told.message.rstrip('。')}（已试过用 LibreOffice 转换，没有成功）。"
            raise InputRefused(told.code, message, told.detail)
        source = read(made)
    note = f"这个文件由 LibreOffice 转成 .{ending} 后读取，请对照原文"
    return replace(source, path=path, leftovers=(*source.leftovers, note))


def _converted(
    program: str, path: Path, ending: str, folder: Path, progress: Callable[[], None]
) -> Path | None:
    """The converted copy; None where nothing came of it in time."""
    # LibreOffice goes by the name's ending; the copy also keeps its lock file out of the user's folder.
    source = folder / "in" / f"source{path.suffix}"
    source.parent.mkdir()
    shutil.copyfile(path, source)
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE.format("".join(map(_SWITCH.format, _SWITCHES))), encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
    ]
    command += ["--convert-to", ending, "--outdir", str(folder / "out"), str(source)]
    if not _done(command, folder, progress):
        return None
    made = folder / "out" / f"source.{ending}"
    return made if made.is_file() and made.stat().st_size else None


def _done(command: list[str], folder: Path, progress: Callable[[], None]) -> bool:
    """Runs it, telling the parent meanwhile that work goes on."""
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_more_memory if sys.platform != "win32" else None,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    end = time.monotonic() + SECONDS
    while child.poll() is None and time.monotonic() < end:
        progress()
        time.sleep(0.05)
    if child.poll() is None:
        child.kill()
    return child.wait() == 0


def _more_memory() -> None:
    """An office program needs more room than our reader; the limit is there again for what it starts."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
