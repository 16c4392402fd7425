"""A reading child that stays: asked one job after the other, started again when a file was its end.

The same walls as in ``read``: this process never parses a file, keeps the time, and kills.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from perfdesk.errors import InputRefused
from perfdesk.formats.read import ANSWER_BYTES, STILL_SECONDS, next_answer, pipe_of, started


class Staying:
    """``head``: the first line that every such child is told, before any job. To be used by one thread at a time."""

    def __init__(
        self, command: Sequence[str], head: Mapping[str, Any], still_seconds: float = STILL_SECONDS
    ) -> None:
        self._command, self._still = command, still_seconds
        self._head = json.dumps(dict(head)).encode() + b"\n"
        self._life = ExitStack()
        self._talk: _Talk | None = None

    def ask(
        self, job: Mapping[str, Any], name: str, cancelled: Callable[[], bool]
    ) -> dict[str, Any] | InputRefused:
        """The answer to one job on the file ``name``, or why there is none."""
        talk = self._talk or self._begin()
        talk.say(json.dumps(dict(job)).encode() + b"\n")
        found, alive = next_answer(talk, name, cancelled, self._still, _plain)
        if not alive:
            self.close()
        return found

    def _begin(self) -> _Talk:
        child = self._life.enter_context(started(self._command))
        talk = self._talk = _Talk(child, self._head)
        self._life.callback(talk.end)
        return talk

    def close(self) -> None:
        """The child ends, whatever it is doing; the next job starts another."""
        self._talk = None
        self._life.close()


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return data


class _Talk:
    """A thread writes each job and listens until it is answered, so that neither side can wait for the other for ever."""

    def __init__(self, child: subprocess.Popen[bytes], head: bytes) -> None:
        self._child, self._head = child, head
        self._jobs: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._serve, name="staying child", daemon=True).start()

    def say(self, job: bytes) -> None:
        self._jobs.put(job)

    def end(self) -> None:
        self._jobs.put(None)

    def next(self, seconds: float) -> bytes | None:
        """See ``formats.read.Heard``."""
        try:
            return self._lines.get(timeout=seconds)
        except queue.Empty:
            return None

    def _serve(self) -> None:
        stdin, stdout = pipe_of(self._child.stdin), pipe_of(self._child.stdout)
        head = self._head
        try:
            while (job := self._jobs.get()) is not None:
                stdin.write(head + job)
                stdin.flush()
                head = b""
                line = b".\n"
                while line == b".\n":
                    line = stdout.readline(ANSWER_BYTES)
                    self._lines.put(line)
                if not line:
                    return
        except (OSError, ValueError):  # the child was killed, or its pipe closed under us
            self._lines.put(b"")
