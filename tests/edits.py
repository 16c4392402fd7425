"""Random edits of any filing, drawn step by step, with the words that rules listen to."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from perfdesk.errors import ChangeRefused
from perfdesk.model.change import Change, InsertRow, MoveRow, RemoveRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.form import LEVELS, Form

TARGETS = ("", "≥95%", "≤95", "≥", "100", "≥120%", "5以上", "……", "完整", "12 个")
TEXTS = ("", "XX", "（）", "一件事", "12.3", "约12", "100万元", "-3", "/")
OWN = ("", "游客满意度", "投诉率", "养护数量", "及时率", "产出指标")


def step(draw: Any, form: Form, filing: Filing, number: int) -> tuple[Change, ...]:
    """One to three changes, each fitting the state that the one before leaves. ``number`` keeps new ids apart."""
    changes: list[Change] = []
    for part in range(draw(st.integers(1, 3))):
        change = _change(draw, form, filing, f"new{number}-{part}")
        try:
            filing, _ = apply(filing, (change,))
        except ChangeRefused:
            continue
        changes.append(change)
    return tuple(changes)


def _change(draw: Any, form: Form, filing: Filing, new_id: str) -> Change:
    row = draw(st.sampled_from(filing.rows))
    if form.section(row.section).kind == "fields":  # one row for good
        return _cell(draw, form, row)
    match draw(st.sampled_from(("cell", "cell", "cell", "insert", "remove", "move"))):
        case "cell":
            return _cell(draw, form, row)
        case "insert":
            return _insert(draw, form, filing, row, new_id)
        case "remove":
            return RemoveRow(row.id)
        case _:
            other = draw(st.sampled_from([r for r in filing.rows if r.section == row.section]))
            return MoveRow(row.id, other.parent, draw(st.sampled_from((None, other.id))))


def _cell(draw: Any, form: Form, row: Row) -> SetCell:
    section = form.section(row.section)
    columns = [f.id for f in section.at_level(depth(row))]
    column = draw(st.sampled_from(columns))
    return SetCell(row.id, column, draw(st.sampled_from(_texts(form, column))))


def _texts(form: Form, column: str) -> tuple[str, ...]:
    tree = form.tree
    named = {
        "level1": tuple(g.level1 for g in tree.groups),
        "level2": tuple(g.level2 for g in tree.groups),
        "level3": tuple(f.standard.name for f in tree.fixed),
    }
    return (*named[column], *OWN) if column in named else TARGETS if column == "target" else TEXTS


def _insert(draw: Any, form: Form, filing: Filing, row: Row, new_id: str) -> InsertRow:
    lowest = {"tree": 3, "goals": 2}.get(form.section(row.section).kind)
    if lowest is None:
        return InsertRow(Row(new_id, row.section, MappingProxyType({"name": "新的"})), None)
    below = depth(row) < lowest and draw(st.booleans())
    level = LEVELS[depth(row) - 1 + below]
    cells = {level: draw(st.sampled_from(_texts(form, level)))}
    parent, after = (row.id, None) if below else (row.parent, draw(st.sampled_from((None, row.id))))
    return InsertRow(Row(new_id, row.section, MappingProxyType(cells), parent), after)
