"""What the program writes about itself into ``log/`` of the data folder: what was done, by the names of actions, and mistakes of the
program with their places. Nothing that anybody typed, no name of a file, a unit or a form."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from perfdesk.errors import UserError

UNEXPECTED = "unexpected"
FOLDER, NAME, CRASHES = "log", "perfdesk.log", "crash.log"
LARGEST = 1 << 18
"""Bytes; then the log becomes the old one, and the one before that goes."""
REMEMBERED = 40
MOST = 4000
"""Letters of crashes in a report."""
_FILE = re.compile('"([^"]+)"')


class FaultLog:
    """``folder``: of the data, None before it is known. A log that cannot be written is no reason to disturb anybody."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.deeds: deque[str] = deque(maxlen=REMEMBERED)
        self.faults: list[str] = []
        self._crashes: TextIO | None = None

    def note(self, deed: str) -> None:
        """A deed by its name, such as ``export-docx``; kept in memory until something goes wrong."""
        self.deeds.append(f"{_now()} {deed}")

    def told(self, error: UserError) -> None:
        """A message that a person saw, by its code; of a mistake of the program also where it was."""
        self.note(error.code)
        if error.code == UNEXPECTED and not any(error.detail in fault for fault in self.faults):
            self.add(error.detail)

    def add(self, where: str) -> None:
        """A mistake of the program, as ``perfdesk.traces.trace`` tells it."""
        text = f"{_now()}\n{where}"
        self.faults.append(text)
        self._write([f"== {text}", *(f"   {deed}" for deed in self.deeds)])

    def guard(self) -> None:
        """From now on a crash of the whole process leaves its places, too: the system's libraries raise nothing when they fail."""
        if self.folder is None or not self.folder.is_dir():
            return
        try:
            self._crashes = os.fdopen(self._open(CRASHES), "a")
        except OSError:
            return
        import faulthandler

        faulthandler.enable(self._crashes)

    def crashes(self) -> str:
        """What crashes of this and of earlier runs left, the last at the end; of files only what belongs to the program."""
        if self.folder is None:
            return ""
        try:
            text = (self.folder / FOLDER / CRASHES).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        from perfdesk.traces import short

        return _FILE.sub(lambda found: f'"{short(found[1])}"', text[-MOST:]).strip()

    def _open(self, name: str) -> int:
        """A file of the log's to write on in, its owner's alone; a large one becomes the old one."""
        assert self.folder is not None
        home = self.folder / FOLDER
        home.mkdir(mode=0o700, exist_ok=True)
        file = home / name
        if file.exists() and file.stat().st_size > LARGEST:
            os.replace(file, home / f"{name}.old")
        return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def _write(self, lines: Iterable[str]) -> None:
        if self.folder is None:
            return
        try:
            with os.fdopen(self._open(NAME), "a", encoding="utf-8", errors="backslashreplace") as log:
                log.write("\n".join(lines) + "\n")
        except OSError:
            return


def _now() -> str:
    return f"{datetime.now():%Y-%m-%d %H:%M:%S}"
