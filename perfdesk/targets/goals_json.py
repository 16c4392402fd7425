"""Goals in the shape of ``read --json``: each with its indicators inside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any, cast

from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.form import LEVELS, Field, Section
from perfdesk.values import clean_text, parse_target, target_json


def goals_json(section: Section, filing: Filing, ids: bool) -> list[dict[str, Any]]:
    """``[{name, goal, indicators: [{name, description, target}]}]``; ``ids``: each with its row id."""
    goals: list[dict[str, Any]] = []
    for row in filing.children(section.id, None):
        below = [_json(section, r, ids) for r in filing.children(section.id, row.id)]
        goals.append(_json(section, row, ids) | {"indicators": below})
    return goals


def _json(section: Section, row: Row, ids: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"id": row.id} if ids else {}
    for field in section.at_level(depth(row)):
        text = row.get(field.id)
        data[_key(field)] = target_json(parse_target(text)) if field.kind == "target" else text
    return data


def _key(field: Field) -> str:
    return "name" if field.id in LEVELS else field.id


def goals_rows(section: Section, content: Sequence[dict[str, Any]], new_id: Callable[[], str]) -> list[Row]:
    """The rows of such a list; AttributeError, KeyError or TypeError where it is none."""
    rows: list[Row] = []
    for goal in content:
        above = _row(section, goal, 1, None, new_id)
        rows.append(above)
        rows += [_row(section, one, 2, above.id, new_id) for one in goal.get("indicators", ())]
    return rows


def _row(
    section: Section, data: dict[str, Any], level: int, parent: str | None, new_id: Callable[[], str]
) -> Row:
    texts = {f.id: _text(data.get(_key(f))) for f in section.at_level(level)}
    cells = {c: t for c, t in texts.items() if t or c in LEVELS}
    return Row(new_id(), section.id, MappingProxyType(cells), parent)


def _text(value: Any) -> str:
    return clean_text(cast("dict[str, str]", value)["text"] if isinstance(value, dict) else value or "")
