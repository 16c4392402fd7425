"""Files that come in, read in a child process: this one never parses a file, keeps the time, and kills.

    source = read("last-year.docx")

The reader has ``STILL_SECONDS`` without a sign of progress, not a total: a large file may take its time. A crash, a kill or an
answer that is none costs the one file at which it happened.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

from perfdesk.document.source import Source, source_from_json
from perfdesk.errors import InputRefused

T = TypeVar("T")
STILL_SECONDS = 10.0
ANSWER_BYTES = 256 << 20
READ_CHILD = "--read-child"
"""The hidden first argument with which the frozen program becomes its own reading child (``child.child_main``)."""

_LOOK_SECONDS = 0.05
_START = "import sys; sys.path.insert(0, {root!r}); from perfdesk.formats.child import child_main; sys.exit(child_main())"


def read(path: str | Path, cancelled: Callable[[], bool] | None = None) -> Source:
    """The texts and tables of one file; InputRefused with one clear sentence where there is nothing to be had (code
    ``cancelled`` where ``cancelled()`` became true)."""
    result = read_many([path], cancelled)[0]
    if isinstance(result, InputRefused):
        raise result
    return result


def read_many(
    paths: Sequence[str | Path],
    cancelled: Callable[[], bool] | None = None,
    *,
    command: Sequence[str] | None = None,
    still_seconds: float = STILL_SECONDS,
) -> list[Source | InputRefused]:
    """One result for each path, in order, from one child as long as it lives. ``command`` starts another child than our own."""
    names = [os.fspath(p) for p in paths]
    results: list[Source | InputRefused] = []
    while len(results) < len(names):
        rest = names[len(results) :]
        with started(command or child_command()) as child:
            lines = _Lines(child, rest)
            for path in rest:
                result, alive = next_answer(
                    lines, Path(path).name, cancelled or _never, still_seconds, _source
                )
                results.append(result)
                if not alive:
                    break
    return results


def ask(job: Mapping[str, Any], name: str, cancelled: Callable[[], bool] | None = None) -> dict[str, Any]:
    """The answer of a child to one job on the file ``name`` (see ``fill_job``); InputRefused as ``read``."""
    found: list[dict[str, Any]] = []

    def kept(data: dict[str, Any]) -> None:
        found.append(data)

    with started(child_command()) as child:
        refused, _ = next_answer(_Lines(child, [dict(job)]), name, cancelled or _never, STILL_SECONDS, kept)
    if isinstance(refused, InputRefused):
        raise refused
    return found[0]


def child_command() -> list[str]:
    """Our own program again: frozen with a hidden argument, else the same Python, deaf to the environment and to the folder
    it is started in (a file ``lxml.py`` lying there must not be run)."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READ_CHILD]
    root = str(Path(__file__).resolve().parents[2])
    return [sys.executable, "-I", "-X", "utf8", "-c", _START.format(root=root)]


def _never() -> bool:
    return False


def _source(data: dict[str, Any]) -> Source:
    return source_from_json(data["source"])


def next_answer(
    lines: Heard,
    name: str,
    cancelled: Callable[[], bool],
    still: float,
    understood: Callable[[dict[str, Any]], T],
) -> tuple[T | InputRefused, bool]:
    """(what came of the next file, whether the child can go on). ``understood`` makes it of the answer's data."""
    heard = time.monotonic()
    while True:
        if cancelled():
            return InputRefused("cancelled", f"已取消读取“{name}”。"), False
        line = lines.next(_LOOK_SECONDS)
        if line is None:
            if time.monotonic() - heard > still:
                message = f"读取“{name}”时 {still:g} 秒没有进展，已停止。请用 WPS 或 Office 打开它，只保留要用的表格，另存后再试。"
                return InputRefused("no-progress", message), False
        elif line == b".\n":
            heard = time.monotonic()
        else:
            return _understood(line, name, understood)


def _understood(
    line: bytes, name: str, understood: Callable[[dict[str, Any]], T]
) -> tuple[T | InputRefused, bool]:
    """The child's answer; an empty line is its end."""
    try:
        data = json.loads(line)
        if "refused" in data:
            told = data["refused"]
            return InputRefused(str(told["code"]), str(told["message"]), str(told["detail"])), True
        return understood(data), True
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        detail = f"{type(error).__name__}: {error}" if line else "the reading process ended"
        message = (
            f"文件“{name}”读到一半，读取程序意外停止，文件可能已损坏。请用 WPS 或 Office 打开它，另存后再试。"
        )
        return InputRefused("reader-stopped", message, detail), False


class Heard(Protocol):
    def next(self, seconds: float) -> bytes | None:
        """A line of what the child says; empty at the end; None where none came in time."""
        ...


class _Lines:
    """What the child says, line by line, with a time limit on waiting: a thread of its own listens, as pipes on Windows
    cannot be waited for otherwise. The paths are written by it, too, so that neither side can wait for the other for ever."""

    def __init__(self, child: subprocess.Popen[bytes], paths: Sequence[str | dict[str, Any]]) -> None:
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._child = child
        threading.Thread(target=self._listen, args=(json.dumps(list(paths)).encode(),), daemon=True).start()

    def next(self, seconds: float) -> bytes | None:
        """See ``Heard``."""
        try:
            return self._lines.get(timeout=seconds)
        except queue.Empty:
            return None

    def _listen(self, paths: bytes) -> None:
        stdin, stdout = pipe_of(self._child.stdin), pipe_of(self._child.stdout)
        try:
            with stdin:
                stdin.write(paths)
            while line := stdout.readline(ANSWER_BYTES):
                self._lines.put(line)
        except (OSError, ValueError):  # the child was killed, or its pipe closed under us
            pass
        self._lines.put(b"")


def pipe_of(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError("the child has no pipe")
    return stream


@contextmanager
def started(command: Sequence[str]) -> Generator[subprocess.Popen[bytes]]:
    """A child in a group of its own, gone with all it may have started when the block ends."""
    child = subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        yield child
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
