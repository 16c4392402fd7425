"""Between the tables' text and the program's values: cells, changes, times."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from perfdesk.model.change import Change, change_from_json, change_json
from perfdesk.model.filing import Row


def json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def changes_text(changes: Iterable[Change]) -> str:
    return json_text([change_json(c) for c in changes])


def changes_of(text: str) -> tuple[Change, ...]:
    """ValueError, KeyError or TypeError where the text is not a list of changes."""
    return tuple(change_from_json(data) for data in json.loads(text))


def row_of(row_id: str, section: str, parent: str | None, cells: str) -> Row:
    return Row(row_id, section, MappingProxyType(json.loads(cells)), parent)


def time_text(at: datetime) -> str:
    """UTC, sortable as text (``2026-03-01T08:00:00.250000+00:00``; stores of version 2 and older hold whole seconds)."""
    return at.astimezone(UTC).isoformat()


def time_of(text: str) -> datetime:
    return datetime.fromisoformat(text)
