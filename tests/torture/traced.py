"""A process under strace: which calls it makes on files, and what happens when one of them fails or is its last."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MAKING = "mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,chmod,fchmod,fchmodat,link,linkat"
WRITING = "write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,sendfile,copy_file_range"
CALLS = f"?openat,?open,{','.join(f'?{name}' for name in f'{MAKING},{WRITING}'.split(','))}"
"""Every call that changes what is on disk; ``?``: not every machine has each of them."""

_LINE = re.compile(r"(\w+)\((.*)")
_OPENED_TO_READ = re.compile(r"\bO_RDONLY\b(?!.*\bO_CREAT\b)")


@cache
def no_strace() -> str | None:
    """Why no process can be traced here."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return "没有 strace"
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True)
    return None if tried.returncode == 0 else "这里不允许跟踪进程"


@dataclass(frozen=True, slots=True)
class Call:
    """The ``nth`` call of that name which the process makes, counted from 1."""

    name: str
    nth: int
    text: str

    @property
    def opens_to_read(self) -> bool:
        return self.name.startswith("open") and bool(_OPENED_TO_READ.search(self.text))

    def __str__(self) -> str:
        return f"{self.name}#{self.nth} {self.text[:120]}"


class Traced:
    """Traces a running process from ``__init__`` on, until it ends or ``stop``.

    ``inject`` as strace understands it. ``whole``: with every byte that is written, with what is closed and what is said.
    """

    def __init__(self, process: int, log: Path, inject: tuple[str, ...] = (), *, whole: bool = False) -> None:
        faults = [word for one in inject for word in ("-e", f"inject={one}")]
        traced = f"trace={CALLS},?close,?sendto" if whole else f"trace={CALLS}"
        how = ["-xx", "-s", str(1 << 24)] if whole else ["-y"]
        self._strace = subprocess.Popen(
            ["strace", "-p", str(process), *how, "-o", str(log), "-e", traced, *faults],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._strace.stderr is not None
        told = self._strace.stderr.readline()
        assert "attached" in told, told

    def stop(self) -> None:
        """Lets the process go on alone; where it has ended, waits for the end of the log."""
        self._strace.terminate()
        self.wait()

    def wait(self) -> None:
        self._strace.communicate()


def calls(log: Path) -> list[Call]:
    """All that the log tells of, in their order."""
    counts: dict[str, int] = {}
    found: list[Call] = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := _LINE.match(line):
            name = match[1]
            counts[name] = counts.get(name, 0) + 1
            found.append(Call(name, counts[name], match[2]))
    return found
