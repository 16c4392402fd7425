"""Counting what a deed costs, the same on every machine: functions of Python, statements of SQL."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


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
