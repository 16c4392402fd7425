"""Runs every job in a process of its own, forked from this one, so that it can be killed or starved at any moment.

The program is imported once: starting the interpreter for each try would take longer than the tries. A job is a line of JSON,
``[name, word, …]``. Its process says ``PID n`` and waits at a gate; what it says goes over a socket, so that a disk on which
nothing can be written does not silence it. ``END`` follows when it is gone.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO

from perfdesk import catalog
from perfdesk.__main__ import main
from perfdesk.commands.saying import counter
from perfdesk.errors import UserError
from perfdesk.model.filing import Filing
from perfdesk.sample import sample_filings
from perfdesk.store import Store
from tests.store.sample import set_goal
from tests.torture import stand_ins
from tests.torture.racing import race

UNCONFIRMED = "REFUSED unconfirmed"


class Talk:
    """What a job says, and the gates at which it waits."""

    def __init__(self, port: socket.socket) -> None:
        self._port = port
        self._known = False
        self.out: IO[str] = port.makefile("w", buffering=1, encoding="utf-8")

    def say(self, text: str) -> None:
        self.out.write(f"{' '.join(text.split())}\n")
        self.out.flush()

    def pause(self) -> None:
        """A gate on the way, told before."""
        self.say("GATE")
        self.gate()

    def gate(self) -> None:
        """The first gate is told with the process's number: whoever wants to trace it finds it waiting, with nothing under way."""
        if not self._known:
            self._known = True
            self.say(f"PID {os.getpid()}")
        if self._port.recv(1) != b"+":
            os._exit(1)


def command(talk: Talk, file: str, *words: str) -> None:
    """``perfdesk WORDS`` with FILE as its input; then ``EXIT`` with the code, what went to stderr, and a traceback if there was one."""
    sys.stdout, sys.stderr = talk.out, io.StringIO()  # type: ignore[assignment]
    with open(file or os.devnull, encoding="utf-8") as sys.stdin:
        talk.gate()
        code, trouble = None, ""
        try:
            code = main(list(words))
        except BaseException:
            trouble = traceback.format_exc()
    said = {"code": code, "stderr": sys.stderr.getvalue(), "trouble": trouble}
    talk.say(f"EXIT {json.dumps(said, ensure_ascii=False)}")


def session(talk: Talk, folder: str, deed: str, *words: str) -> None:
    """A store that stays open: the deed is done, then (behind a second gate) once more by somebody who was told that it failed."""
    with Store.open(Path(folder)) as store:
        talk.gate()
        told = _attempt(store, deed, words)
        talk.say(told)
        talk.pause()
        if told.startswith("REFUSED") and UNCONFIRMED not in told:
            talk.say(told := _attempt(store, deed, words))
        if UNCONFIRMED in told:
            talk.say("OK")  # it is there, and nobody does it again


def _attempt(store: Store, deed: str, words: tuple[str, ...]) -> str:
    try:
        DEEDS[deed](store, *words)
    except UserError as error:
        return f"REFUSED {error.code} {error.message}"
    except BaseException:
        return f"TROUBLE {traceback.format_exc()}"
    return "OK"


def two_more() -> list[Filing]:
    return [*sample_filings(catalog.load(), counter("s"))[1:3]]


DEEDS: dict[str, Callable[..., object]] = {
    "edit": lambda store: store.apply(1, set_goal("这一步")),
    "long": lambda store: store.apply(1, set_goal("很长的目标" * 4000)),
    "undo": lambda store: store.undo(1),
    "come": lambda store: store.add_all(two_more(), "导入两份"),
    "delete": lambda store: store.office.delete_filings([1]),
    "backup": lambda store: store.backup(),
    "restore": lambda store, path: store.restore(Path(path)),
}


def usual_command(talk: Talk, file: str, *words: str) -> None:
    stand_ins.with_usual_settings()
    command(talk, file, *words)


JOBS: dict[str, Callable[..., None]] = {
    "command": command,
    "usual-command": usual_command,
    "session": session,
    "race": race,
    **stand_ins.JOBS,
}


def warm_up() -> None:
    """Everything that is imported when it is first needed, so that no job reads the program from disk."""
    quiet, sys.stdout = sys.stdout, io.StringIO()
    with tempfile.TemporaryDirectory() as name:
        with Store.open(Path(name)) as store:
            first = sample_filings(catalog.load(), store.new_id)[0]
            store.add(first, "导入")
            for deed in ("edit", "undo", "backup", "come", "delete"):
                DEEDS[deed](store)
            store.restore(store.backup())
            store.verify()
        exports = [["export", "1", "--draft", "--to", f"{name}/1.{kind}"] for kind in ("docx", "xlsx", "pdf")]
        for words in (
            *exports,
            ["import", f"{name}/1.docx"],
            ["list"],
            ["apply", "1"],
            ["backup", "--to", f"{name}/b.db"],
        ):
            sys.stdin = io.StringIO("{}\n")
            main(["--data", name, *words])
    sys.stdout, sys.stdin = quiet, sys.__stdin__


def _done(talk: Talk, name: str, words: list[str]) -> None:
    try:
        JOBS[name](talk, *words)
    except BaseException:
        talk.say(f"TROUBLE {traceback.format_exc()}")


def _may_be_traced() -> None:
    """By a process that is not its parent; many systems allow that only where it is said (Yama)."""
    if sys.platform == "linux":
        set_ptracer, anybody = 0x59616D61, ctypes.c_ulong(-1)
        ctypes.CDLL(None).prctl(set_ptracer, anybody, 0, 0, 0)


def serve(port: socket.socket) -> None:
    warm_up()
    with port.makefile("r", encoding="utf-8") as orders:
        for line in orders:
            child = os.fork()
            if child == 0:
                _may_be_traced()
                talk = Talk(port)
                name, *words = json.loads(
                    line.lstrip("+")
                )  # a job that was killed at its gate did not take it
                _done(talk, name, words)
                os._exit(0)
            os.waitpid(child, 0)
            port.sendall(b"END\n")


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
