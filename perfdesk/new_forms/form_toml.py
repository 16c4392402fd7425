"""A draft as the text of a form file (templates/README.md says how one is written)."""

from __future__ import annotations

from collections.abc import Iterable

import tomlkit
from tomlkit.items import AoT, Array, InlineTable, Table

from perfdesk.new_forms.draft import Areas, Column, DraftPart, DraftSection, FormDraft

YEARS = 2000, 2099
"""The years of a form whose blank names none."""


def form_text(draft: FormDraft, scheme: str, kind: str) -> str:
    """The whole file ``<scheme>/<kind>.toml``."""
    file = tomlkit.document()
    file.add(tomlkit.comment("由空表认出的表样，可以手工修改。写法见程序的 templates/README.md。"))
    values = {
        "format": 1,
        "id": f"{scheme}/{kind}",
        "scheme_name": draft.scheme_name,
        "kind": kind,
        "title": draft.title,
        "amount_unit": draft.amount_unit,
        "years": [draft.year or YEARS[0], YEARS[1]],
        "source": draft.source or draft.title,
    }
    for key, value in values.items():
        file.add(key, tomlkit.item(value))
    file.add("sections", _tables(_section(s) for s in draft.sections))
    file.add("paper", _paper(draft))
    return tomlkit.dumps(file)


def _tables(tables: Iterable[Table]) -> AoT:
    made = tomlkit.aot()
    for table in tables:
        made.append(table)  # pyright: ignore[reportUnknownMemberType]
    return made


def _section(section: DraftSection) -> Table:
    table = tomlkit.table()
    for key, value in (("id", section.id), ("label", section.label), ("kind", section.kind)):
        table.add(key, value)
    table.add("fields", _lines(_column(c) for c in section.columns))
    if section.groups:
        rows = section.rows or ((),) * len(section.groups)
        table.add("groups", _tables(_group(*g, r) for g, r in zip(section.groups, rows, strict=True)))
    return table


def _column(column: Column) -> InlineTable:
    table = tomlkit.inline_table()
    table.add("id", column.id)
    table.add("label", column.label)
    if column.kind != "text":
        table.add("kind", column.kind)
    if column.required:
        table.add("required", True)
    return table


def _group(level1: str, level2: str, rows: tuple[str, ...]) -> Table:
    table = tomlkit.table()
    for key, value in (("level1", level1), ("level2", level2), ("open", True), ("optional", True)):
        table.add(key, value)
    if rows:
        table.add("rows", _lines(rows))
    return table


def _lines(items: Iterable[object]) -> Array:
    made = tomlkit.array()
    for item in items:
        made.append(item)  # pyright: ignore[reportUnknownMemberType]
    return made.multiline(True)


def _paper(draft: FormDraft) -> Table:
    table = tomlkit.table()
    texts = (
        ("annex", draft.annex),
        ("title", draft.title),
        ("year_line", draft.year_line),
        ("unit_line", draft.unit_line),
    )
    for key, text in texts:
        if text:
            table.add(key, text)
    table.add("widths", list(draft.widths))
    if draft.landscape:
        table.add("landscape", True)
    if draft.notes:
        table.add("notes", _lines(draft.notes))
    drawn = {p.section for p in draft.parts}
    if unprinted := [s.id for s in draft.sections if s.id not in drawn]:
        table.add("unprinted", unprinted)
    table.add("parts", _tables(_part(p, draft.section(p.section)) for p in draft.parts))
    return table


def _part(part: DraftPart, section: DraftSection) -> Table:
    table = tomlkit.table()
    table.add("section", part.section)
    if part.min_rows > 1:
        table.add("min_rows", part.min_rows)
    if section.kind == "tree":
        table.add("repeat_head", True)
    if part.head:
        table.add("head", _lines(_row(a) for a in part.head))
    table.add("rows", _lines(_row(a) for a in part.rows))
    return table


def _row(areas: Areas) -> str:
    return " ".join(areas)
