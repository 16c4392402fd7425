"""Counting what a deed costs, the same on every machine: functions of Python, lines of the program, statements of SQL."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Engine, event

ROOT = Path(__file__).resolve().parent.parent
_OURS = (
    f"{ROOT / 'perfdesk'}{os.sep}",
    f"{ROOT / 'ui'}{os.sep}",
    str(Path(__file__).with_name("test_growth.py")),
)


def calls_of(deed: Callable[[], Any]) -> int:
    """How many functions of Python ran; each step of a generator is one."""
    count = 0

    def look(_frame: object, kind: str, _arg: object) -> None:
        nonlocal count
        count += kind == "call"

    sys.setprofile(look)
    try:
        deed()
    finally:
        sys.setprofile(None)
    return count


def work_of(deed: Callable[[], Any]) -> int:
    """Functions that ran, those of libraries and those in C, too, and lines of the program: a loop counts each time round. What a single
    call in C goes through (a name looked for in a list) is not seen."""
    count = 0

    def called(_frame: object, kind: str, _arg: object) -> None:
        nonlocal count
        count += kind in ("call", "c_call")

    def line(_frame: FrameType, kind: str, _arg: object) -> Any:
        nonlocal count
        count += kind == "line"
        return line

    def entered(frame: FrameType, _kind: str, _arg: object) -> Any:
        return line if frame.f_code.co_filename.startswith(_OURS) else None

    sys.setprofile(called)
    sys.settrace(entered)
    try:
        deed()
    finally:
        sys.settrace(None)
        sys.setprofile(None)
    return count


def growth(made: Callable[[int], Callable[[], Any]], few: int) -> float:
    """How much more the second doubling adds than the first: 2 where the work is as much as there is, 4 where all is compared with all.
    ``made``: so much of it → the deed, the first of which is done once before anything is counted. Each begins with nothing remembered of
    texts."""
    made(few)()
    one, two, four = (_afresh(made(few * times)) for times in (1, 2, 4))
    return (four - two) / (two - one)


def _afresh(deed: Callable[[], Any]) -> int:
    re.purge()
    for name, module in [*sys.modules.items()]:
        if name.startswith("perfdesk."):
            for known in [x for x in vars(module).values() if isinstance(x, _lru_cache_wrapper)]:
                known.cache_clear()
    return work_of(deed)


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL statements run meanwhile; one run with many records stands there once for each of them."""
    found: list[str] = []

    def note(_c: object, _cur: object, sql: str, records: Any, _x: object, many: bool) -> None:
        found.extend([sql] * (len(records) if many else 1))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)
