"""The other end of ``forking_child``: starts jobs, kills them at moments that were drawn, reads what they answered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def kill_within(process: int, seconds: float) -> None:
    """A step takes a few milliseconds and its commit a part of that: the moment is drawn so that any part can be hit."""
    moment = time.perf_counter() + seconds
    while time.perf_counter() < moment:
        pass
    os.kill(process, signal.SIGKILL)


class Forking:
    """One driver process for all jobs."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.end_to_end.forking_child"]
        self._driver = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )

    def __enter__(self) -> Forking:
        return self

    def __exit__(self, *error: object) -> None:
        assert self._driver.stdin is not None
        self._driver.stdin.close()
        self._driver.wait()

    def start(self, *words: object) -> int:
        """Starts a job; its process id. The one before must be at its end."""
        assert self._driver.stdin is not None
        assert self._driver.stdout is not None
        self._driver.stdin.write(" ".join(map(str, words)) + "\n")
        self._driver.stdin.flush()
        verb, number = self._driver.stdout.readline().split()
        assert verb == "PID"
        return int(number)

    def answers(self) -> Iterator[str]:
        """The lines of the job, up to its end. A killed process may leave a piece of a line: it is no answer."""
        assert self._driver.stdout is not None
        for line in self._driver.stdout:
            if line.endswith("END\n"):
                return
            yield line
