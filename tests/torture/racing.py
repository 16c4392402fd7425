"""Processes that open one store at the same moment: the part of ``instances`` that runs in a forked process."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

from perfdesk.errors import UserError
from perfdesk.store import Store
from tests.torture import stand_ins


def race(talk: Any, folder: str, count: str, guard: str) -> None:
    """Says what became of each (``writer`` or the code of the refusal), kills the writers, and says what becomes of one more."""
    if guard == "unguarded":
        stand_ins.nothing_is_locked()
    flag, start = os.pipe()
    answers, say = os.pipe()
    racers = [_racer(Path(folder), (flag, start), say) for _ in range(int(count))]
    talk.gate()
    os.close(start)  # all of them are waiting for this
    told: list[str] = []
    for _ in racers:
        told.append(os.read(answers, 64).decode().strip())
    for racer in racers:
        os.kill(racer, signal.SIGKILL)
        os.waitpid(racer, 0)
    talk.say(json.dumps(told))
    talk.say(_opened(Path(folder))[0])


def _racer(folder: Path, flag: tuple[int, int], say: int) -> int:
    """A process that opens the store when the flag falls, and holds it until it is killed."""
    racer = os.fork()
    if racer == 0:
        os.close(flag[1])
        os.read(flag[0], 1)
        word, _held = _opened(folder)
        os.write(say, word.encode().ljust(64))
        signal.pause()
    return racer


def _opened(folder: Path) -> tuple[str, Store | None]:
    try:
        return "writer", Store.open(folder)
    except UserError as error:
        return error.code, None
