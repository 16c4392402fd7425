"""Many files written by several processes at once: Python uses one core a process, and fifty forms shall not wait for one.

The parent sends jobs one at a time to whoever is free, and gets back what became of each. The processes are our own program again,
started for one batch and gone with it. What they are sent is pickled by us for ourselves; nothing from outside goes this way.
"""

from __future__ import annotations

import io
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, cast

from perfdesk.errors import ExportRefused, UserError
from perfdesk.export import Job, write_job
from perfdesk.model.form import Form
from perfdesk.switched_off import Off

WRITE_CHILD = "--write-child"
"""The hidden first argument with which the program becomes one of its own writing processes (``crew_main``)."""
ENOUGH = 24
"""Fewer files than this are written faster by the process that is there than by starting others."""
MOST = 4
AHEAD = 2
"""Jobs that a process has: the one it writes, and the next, for which it shall not wait."""

_START = "import sys; sys.path.insert(0, {root!r}); from perfdesk.export_crew import crew_main; sys.exit(crew_main())"
_LENGTH = struct.Struct(">Q")
_LOOK_SECONDS = 0.05


def hands(jobs: int) -> int:
    """How many processes are worth starting for so many files; 0: none."""
    cores = os.cpu_count() or 1
    return min(cores, MOST) if cores > 1 and jobs >= ENOUGH else 0


def write_together(
    jobs: Sequence[Job],
    off: Mapping[str, Off],
    count: int,
    say: Callable[[int, Path], None],
    cancelled: Callable[[], bool],
) -> Iterator[tuple[int, UserError | None]]:
    """Writes with ``count`` processes; yields each job's number (from 0) and None, or why it was not written, in the order in which they
    are done. ``say``: number (from 1) and file, when one is begun. ``cancelled``: what is begun is finished, nothing more is begun. A
    file at which its process stopped is written by this one, and so is the one that waited for it."""
    done: queue.SimpleQueue[tuple[_Hand, int, UserError | None, bool]] = queue.SimpleQueue()
    waiting = iter(enumerate(jobs))
    with _crew(count, jobs, off, done) as crew:
        rounds = (hand for _ in range(AHEAD) for hand in crew)
        busy = sum(hand.begin(waiting, say) for hand in rounds if not cancelled())
        while busy:
            hand, number, error, alive = done.get()
            if alive:
                yield number, error
                busy -= 1
                busy += hand.begin(waiting, say) if not cancelled() else 0
                continue
            for left in (number, *hand.left()):
                yield left, _refusal(jobs[left], off)
                busy -= 1
        for number, job in waiting if not cancelled() else ():  # all processes stopped
            say(number + 1, job.target)
            yield number, _refusal(job, off)


def _refusal(job: Job, off: Mapping[str, Off]) -> UserError | None:
    try:
        write_job(job, off)
    except UserError as error:
        return error
    return None


class _Hand:
    """One process, and the thread that waits for its answers."""

    def __init__(
        self,
        child: subprocess.Popen[bytes],
        head: bytes,
        forms: Mapping[int, int],
        done: queue.SimpleQueue[tuple[_Hand, int, UserError | None, bool]],
    ) -> None:
        self._child, self._forms, self._done = child, forms, done
        self._tasks: queue.SimpleQueue[tuple[int, bytes] | None] = queue.SimpleQueue()
        self._head = head
        threading.Thread(target=self._serve, daemon=True).start()

    def begin(self, waiting: Iterator[tuple[int, Job]], say: Callable[[int, Path], None]) -> int:
        """Takes the next job; 1, or 0 where there is none."""
        if (task := next(waiting, None)) is None:
            return 0
        say(task[0] + 1, task[1].target)
        self._tasks.put((task[0], _pickled(task[1], self._forms)))
        return 1

    def left(self) -> list[int]:
        """Of a process that is gone: the numbers of the jobs that nobody has written."""
        found: list[int] = []
        while not self._tasks.empty():
            if task := self._tasks.get():
                found.append(task[0])
        return found

    def leave(self) -> None:
        """There is nothing more to do."""
        self._tasks.put(None)

    def _serve(self) -> None:
        head = self._head
        while task := self._tasks.get():
            number, job = task
            try:
                assert self._child.stdin is not None and self._child.stdout is not None
                _send(self._child.stdin, head, job)
                told = pickle.loads(_received(self._child.stdout))
                head = b""
            except (OSError, EOFError, ValueError, pickle.UnpicklingError):
                self._done.put((self, number, None, False))
                return
            self._done.put((self, number, ExportRefused(*told) if told else None, True))


@contextmanager
def _crew(
    count: int, jobs: Sequence[Job], off: Mapping[str, Off], done: queue.SimpleQueue[Any]
) -> Generator[list[_Hand]]:
    forms = {id(form): form for job in jobs for form in job.forms()}
    numbers = {key: number for number, key in enumerate(forms)}
    head = _framed(_pickled((dict(off), list(forms.values())), {}))
    children = [_started() for _ in range(count)]
    crew = [_Hand(child, head, numbers, done) for child in children]
    try:
        yield crew
    finally:
        for hand in crew:
            hand.leave()
        for child in children:
            child.kill()
            child.wait()
            for stream in (child.stdin, child.stdout):
                with suppress(OSError):
                    if stream is not None:
                        stream.close()


def _started() -> subprocess.Popen[bytes]:
    """As the reading child: deaf to the environment and to what lies in the folder it is started in."""
    if getattr(sys, "frozen", False):
        command = [sys.executable, WRITE_CHILD]
    else:
        root = str(Path(__file__).resolve().parents[1])
        command = [sys.executable, "-I", "-X", "utf8", "-c", _START.format(root=root)]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def crew_main() -> int:
    """One of the processes: writes what stdin says until it ends."""
    with open(0, "rb", closefd=False) as stdin, open(1, "wb", closefd=False) as stdout:
        try:
            off, forms = _Reader(_received(stdin), ()).load()
            while True:
                job = _Reader(_received(stdin), forms).load()
                error = _refusal(job, off)
                _send(stdout, b"", pickle.dumps((error.code, error.message, error.detail) if error else None))
        except (EOFError, BrokenPipeError):
            return 0


# --- what goes through the pipes: a length, then so many bytes ---


class _Writer(pickle.Pickler):
    """Forms, which are large and few, are sent once; afterwards by their number. Mappings that cannot be changed are sent as such."""

    def __init__(self, file: IO[bytes], forms: Mapping[int, int]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._forms = forms

    def persistent_id(self, obj: Any) -> int | None:
        return self._forms.get(id(obj)) if isinstance(obj, Form) else None

    def reducer_override(self, obj: Any) -> Any:
        if not isinstance(obj, MappingProxyType):
            return NotImplemented
        return _unchangeable, (dict(cast(Mapping[Any, Any], obj)),)


def _unchangeable(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


class _Reader(pickle.Unpickler):
    def __init__(self, data: bytes, forms: Sequence[Form]) -> None:
        super().__init__(io.BytesIO(data))
        self._known = forms

    def persistent_load(self, pid: Any) -> Form:
        number: int = pid
        return self._known[number]


def _pickled(obj: object, forms: Mapping[int, int]) -> bytes:
    out = io.BytesIO()
    _Writer(out, forms).dump(obj)
    return out.getvalue()


def _framed(data: bytes) -> bytes:
    return _LENGTH.pack(len(data)) + data


def _send(pipe: IO[bytes], head: bytes, data: bytes) -> None:
    pipe.write(head + _framed(data))
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes:
    """EOFError at the end, also in the middle of a message."""
    (size,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
