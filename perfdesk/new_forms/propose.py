"""A blank that fits no form → the form it could be: its title and lines, its sections and columns, and how its table is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perfdesk.document.grid import Grid
from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.errors import InputRefused
from perfdesk.filling.marks import rooms
from perfdesk.model.form import Form
from perfdesk.new_forms.cells import RowCells, rows_of
from perfdesk.new_forms.draft import DraftSection, FormDraft
from perfdesk.new_forms.regions import Region, regions_of
from perfdesk.new_forms.sections import Sections
from perfdesk.new_forms.widths import common_edges, widths_of
from perfdesk.new_forms.words import UNIT_NAME, known_ids
from perfdesk.recognise.labels import ANNEX, YEAR, amount_unit
from perfdesk.values import one_line

_TITLE = re.compile(r".{2,60}(?:表|书|单|目录|清单|台账)(?:[(（][^()（）]*[)）])?")
_UNITS = re.compile(r"单位[:：]\s*(万元|元)")
_NOTES = re.compile(r"(?:注|说明|备注|填表说明)\s*[\d一二三]?\s*[:：]")
_SHORTEST = 4
"""A form has so many rows at least."""
_WIDE = 9
"""A table of so many columns is printed across."""


@dataclass(slots=True)
class _Lines:
    """What stands above and below the table."""

    title: str = ""
    annex: str = ""
    year_line: str = ""
    unit_line: str = ""
    amount_unit: str = ""
    year: int | None = None
    names_unit: bool = False
    notes: tuple[str, ...] = ()


def sheets_of(source: Source) -> tuple[str, ...]:
    """The sheets of a workbook, of which one is taken in; of a document, which is taken whole, nothing."""
    tables = [i for i in source.items if isinstance(i, SourceTable)]
    return tuple(t.where for t in tables) if source.format == "xlsx" else ()


def propose(source: Source, forms: Iterable[Form], name: str, sheet: int = 0) -> FormDraft:
    """``name`` of the file, for a blank without a title. InputRefused ``no-table`` where there is no table to fill in."""
    tables, texts, below = _chosen(source, sheet)
    rows = rows_of(tables)
    lines = _Lines()
    head = 0
    while head < len(rows) and _is_heading(rows[head], rows, head):
        texts.append("　".join(s.text for s in rows[head].labels))
        head += 1
    end = len(rows)
    while end > head and _is_note(rows[end - 1]):
        end -= 1
        below.insert(0, rows[end].labels[0].text)
    for text in texts:
        _read_line(lines, text)
    lines.notes = tuple(t for t in below if _NOTES.match(t))
    body = _once(rows[head:end])
    found = regions_of(body)
    if not any(r.cells for r in found):
        raise InputRefused("no-table", f"“{name}”里没有可以填写的空格，不能认作表样。请选一份有表格的空表。")
    return _draft(lines, found, tables, body, known_ids(forms), name)


def _once(rows: list[RowCells]) -> list[RowCells]:
    """A file may hold the same form many times, one for each project: up to where it begins again."""
    first = next((n for n, row in enumerate(rows) if row.labels), 0)
    said = [[one_line(s.text) for s in row.labels] for row in rows]
    wide = 1 if rows and len(said[first]) > 1 else 2
    again = (
        n for n in range(first + _SHORTEST, len(rows)) if said[n : n + wide] == said[first : first + wide]
    )
    return rows[: next(again, len(rows))]


def _chosen(source: Source, sheet: int) -> tuple[list[Grid], list[str], list[str]]:
    """The tables, the texts above the first and those below the last."""
    if source.format == "xlsx":
        return list(source.tables[max(sheet, 0) :][:1]), [], []
    texts, below = list[str](), list[str]()
    for item in source.items:
        if isinstance(item, SourceText):
            below.append(item.text)
        elif not texts:
            texts, below = below or [""], []
    return list(source.tables), [t for t in texts if t], below


def _is_heading(row: RowCells, rows: Sequence[RowCells], at: int) -> bool:
    """A title, a line of the year or of the unit: nothing but a text, and no cell to fill in beside it but at the title's right."""
    if len(row.labels) == 1 and len(row.own) == 1:
        return True
    plain = [one_line(s.text) for s in row.labels]
    if not plain:
        return not any(r.labels for r in rows[:at])
    told = all(_is_line(text) for text in plain)
    return told and (len(row.labels) < len(row.own) or all(":" in t for t in plain))


def _is_line(plain: str) -> bool:
    year = any(r.year for r in rooms(plain, True)) or bool(YEAR.search(plain) and len(plain) <= 16)
    return bool(ANNEX.fullmatch(plain) or year or _UNITS.search(plain) or _TITLE.fullmatch(plain))


def _is_note(row: RowCells) -> bool:
    return len(row.labels) == 1 == len(row.own) and _NOTES.match(row.labels[0].text) is not None


def _read_line(lines: _Lines, text: str) -> None:
    plain = one_line(text)
    if ANNEX.fullmatch(plain):
        lines.annex = text.strip()
        return
    if unit := _UNITS.search(plain):
        lines.amount_unit = unit[1]
    if year := YEAR.search(plain):
        lines.year = int(year[1])
    is_year = any(r.year for r in rooms(text, True)) or (year and len(plain) <= 16)
    label = plain.partition(":")[0]
    if is_year:
        lines.year_line = "（{year}年度）"
    elif ":" in plain and UNIT_NAME.match(label):
        lines.names_unit = True
        lines.unit_line = f"{re.split('[:：]', text.strip())[0]}：{{unit_name}}"
    elif not lines.title and _TITLE.fullmatch(plain):
        lines.title = re.sub(r"[(（]?20\d{2}年度?[)）]?", "", plain)


def _draft(
    lines: _Lines,
    found: list[Region],
    tables: list[Grid],
    body: list[RowCells],
    known: dict[tuple[str, str], str],
    name: str,
) -> FormDraft:
    made = Sections(known, common_edges(tables))
    for region in found:
        made.add(region)
    made.name_unit()
    unit = lines.amount_unit or _unit_in(body) or "万元"
    if lines.amount_unit:
        lines.unit_line = f"{lines.unit_line}　　单位：{{amount_unit}}".lstrip("　")
    landscape = max(t.width for t in tables) >= _WIDE
    title = lines.title or re.sub(r"\.[^.]*$", "", name)
    return FormDraft(
        title=title,
        scheme_name=title,
        amount_unit=unit,
        sections=_in_order(made.sections),
        parts=tuple(made.parts),
        widths=widths_of(tables, made.edges, 257.0 if landscape else 170.0),
        annex=lines.annex,
        year_line=lines.year_line,
        unit_line=lines.unit_line,
        notes=lines.notes,
        landscape=landscape,
        year=lines.year,
        source=name,
    )


def _in_order(sections: list[DraftSection]) -> tuple[DraftSection, ...]:
    """The unit's own first."""
    return tuple(sorted(sections, key=lambda s: s.id != "basic"))


def _unit_in(body: list[RowCells]) -> str:
    units = [u for row in body for s in row.labels if (u := amount_unit(s.text)) in ("元", "万元")]
    return max(set(units), key=units.count) if units else ""
