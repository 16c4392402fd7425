"""The other end of ``forked``: starts jobs in processes that cost milliseconds, lets them go, reads what they say."""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def no_fork() -> str | None:
    return None if hasattr(os, "fork") else "SIGKILL 与 fork 只有 POSIX 系统才有"


def kill_within(process: int, seconds: float) -> None:
    """A step takes a few milliseconds and its commit a part of that: the moment is drawn so that any part can be hit."""
    moment = time.perf_counter() + seconds
    while time.perf_counter() < moment:
        pass
    os.kill(process, signal.SIGKILL)


class Forking:
    """One driver process for all jobs, one job at a time. A job waits at its gates until it is let ``go``."""

    def __init__(self) -> None:
        self._port, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.torture.forked", str(theirs.fileno())]
        self._driver = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, cwd=ROOT, pass_fds=[theirs.fileno()]
        )
        theirs.close()
        self._lines = self._port.makefile("r", encoding="utf-8")

    def close(self) -> None:
        self._lines.close()
        self._port.close()
        self._driver.wait()

    def start(self, words: Sequence[object]) -> int:
        """Starts a job; its process id. The one before must be at its end."""
        self._port.sendall(json.dumps([str(word) for word in words]).encode() + b"\n")
        verb, number = self._lines.readline().split()
        assert verb == "PID"
        return int(number)

    def go(self) -> None:
        """Opens the next gate of the job."""
        self._port.sendall(b"+")

    def line(self) -> str | None:
        """The next line of the job, None at its end. A killed process may leave a piece of a line: it is no answer."""
        line = self._lines.readline()
        assert line, "the driver has died"
        return None if line.endswith("END\n") else line.rstrip("\n")

    def rest(self) -> Iterator[str]:
        """All that is still said; gates on the way are opened at once."""
        while (line := self.line()) is not None:
            if line == "GATE":
                self.go()
            else:
                yield line


@cache
def driver() -> Forking:
    """The one driver of this process: it takes a second to warm up."""
    forking = Forking()
    atexit.register(forking.close)
    return forking
