"""Between the tables' text and the program's values: cells, changes, times."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from perfdesk.errors import StoreRefused
from perfdesk.model.change import Change, change_from_json, change_json
from perfdesk.model.filing import Row
from perfdesk.store.faults import DAMAGED

# Made once: json.dumps makes one for every cell.
_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def json_text(value: Any) -> str:
    return _PLAIN.encode(value)


def changes_text(changes: Iterable[Change]) -> str:
    return json_text([change_json(c) for c in changes])


def changes_of(text: str) -> tuple[Change, ...]:
    with unreadable_is_damaged():
        return tuple(change_from_json(data) for data in json.loads(text))


def row_of(row_id: str, section: str, parent: str | None, cells: str) -> Row:
    return Row(row_id, section, MappingProxyType(record_of(cells)), parent)


def record_of(text: str) -> dict[str, str]:
    """Texts by their names."""
    with unreadable_is_damaged():
        return {**json.loads(text)}


def texts_of(text: str) -> tuple[str, ...]:
    with unreadable_is_damaged():
        return tuple(map(str, json.loads(text)))


def time_text(at: datetime) -> str:
    """UTC, sortable as text (``2026-03-01T08:00:00.250000+00:00``; stores of version 2 and older hold whole seconds)."""
    return at.astimezone(UTC).isoformat()


def time_of(text: str) -> datetime:
    with unreadable_is_damaged():
        return datetime.fromisoformat(text)


@contextmanager
def unreadable_is_damaged() -> Generator[None]:
    """What the program wrote and cannot read is the disk's doing: a flipped byte inside a text is found only when it is read."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreRefused("damaged", DAMAGED, f"{type(error).__name__}: {error}") from error
