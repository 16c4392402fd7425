"""A filing with everything it has – row ids, raw texts, order – as plain data and back; ``filing_json`` is made to be read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.forest import flaws
from perfdesk.model.form import LEVELS, Form
from perfdesk.model.reminder import SECTION as CARRIED
from perfdesk.values import clean_text


def whole_json(filing: Filing) -> dict[str, Any]:
    """Everything but ``id``, which is the store's own number."""
    return {
        "form": filing.form,
        "title": filing.title,
        "year": filing.year,
        "amount_unit": filing.amount_unit,
        "sections": list(filing.sections),
        "rows": [
            {"id": r.id, "section": r.section, "parent": r.parent, "cells": dict(r.cells)}
            for r in filing.rows
        ],
    }


def whole_filing(data: Mapping[str, Any], form: Form) -> Filing:
    """The very filing again. ValueError says what is wrong where the data are none of that form."""
    rows = tuple(_row(one) for one in _list(data.get("rows")))
    year = data.get("year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise ValueError("year")
    if data.get("amount_unit") not in ("", "元", "万元"):
        raise ValueError("amount_unit")
    sections = tuple(_text(name) for name in _list(data.get("sections")))
    filing = Filing(form.id, _text(data.get("title")), year, rows, sections, None, data["amount_unit"])
    if wrong := _misfits(filing, form):
        raise ValueError(wrong)
    return filing


def unknown_columns(filing: Filing, form: Form) -> tuple[str, ...]:
    """``section/column`` of cells with a text that the form, as it is here, has no column for."""
    known = {s.id: {f.id for f in s.fields} for s in form.sections if s.kind not in ("ledger", "table")}
    found = (
        f"{r.section}/{c}"
        for r in filing.rows
        for c, text in r.cells.items()
        if text and r.section in known and c not in known[r.section]
    )
    return tuple(dict.fromkeys(found))


def _row(data: Any) -> Row:
    if not isinstance(data, dict):
        raise ValueError("row")
    one = cast("dict[str, Any]", data)
    cells = one.get("cells")
    if not isinstance(cells, dict):
        raise ValueError("cells")
    texts = {_text(k): _text(v) for k, v in cast("dict[str, Any]", cells).items()}
    parent = one.get("parent")
    return Row(
        _text(one.get("id")),
        _text(one.get("section")),
        MappingProxyType(texts),
        None if parent is None else _text(parent),
    )


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("list")
    return cast("list[Any]", value)


def _text(value: Any) -> str:
    """A text as filings keep it: none of ours holds a control character."""
    if not isinstance(value, str):
        raise ValueError(f"text: {value!r}"[:80])
    if clean_text(value) != value.strip():
        raise ValueError(f"characters: {value!r}"[:80])
    return value


def _misfits(filing: Filing, form: Form) -> str:
    """The first thing by which it cannot be a filing of that form; empty where it is one."""
    known = {s.id for s in form.sections} | {CARRIED}
    if strange := sorted({r.section for r in filing.rows} - known):
        return f"section {strange[0]}"
    here = {r.id for r in filing.rows if r.id == r.section}
    if gone := [s.id for s in form.sections if s.kind == "fields" and s.id not in here]:
        return f"no row {gone[0]}"
    if wrong := flaws(filing):
        return wrong[0]
    depths: dict[str | None, int] = {None: 0}
    for row in filing.rows:
        levels = [name for name in LEVELS if name in row.cells]
        depths[row.id] = depth(row) if levels else depths[row.parent] + 1
        if len(levels) > 1 or (levels and depths[row.id] != depths[row.parent] + 1):
            return f"level of {row.id}"
    return ""
