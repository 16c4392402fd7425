"""Where a cell stands, in the words of its form: ``年度主要任务 2 · 主要内容``, ``预算执行率 · 指标值``."""

from __future__ import annotations

from collections.abc import Mapping

from perfdesk.model.filing import Filing, Row, depth, numbered_rows
from perfdesk.model.form import LEVELS, Form, Section

SEPARATOR = " · "
_MOST = 24


def rows_words(form: Form, filing: Filing) -> Mapping[str, str]:
    """Row id → what a person calls the row; empty for the row of single cells."""
    found: dict[str, str] = {}
    for section in form.sections:
        for path, row in numbered_rows(filing, section.id):
            found[row.id] = _row(section, row, path)
    return found


def _row(section: Section, row: Row, path: str) -> str:
    if section.kind == "fields":
        return ""
    if section.kind == "ledger":
        return " ".join(t for t in (row.get("code"), row.get("name")) if t)
    name = row.get(LEVELS[depth(row) - 1]) if section.kind in ("tree", "goals") else ""
    short = " ".join(name.split())
    short = short if len(short) <= _MOST else f"{short[: _MOST - 1]}…"
    return short or f"{section.label} {path.rpartition('/')[2]}"


def cell_words(form: Form, words: Mapping[str, str], row: Row, column: str) -> str:
    """``words``: those of ``rows_words``."""
    section = form.section(row.section)
    field = section.field(column)
    label = field.name if field else column
    return SEPARATOR.join(part for part in (words.get(row.id, ""), label) if part)
