"""Filing × form → document: the form as it is drawn in its TOML, filled with what was entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from perfdesk.column_widths import fitted_widths
from perfdesk.document.blocks import Block, Document, Heading, Page, Paragraph, Table
from perfdesk.document.grid import Cell, Grid, Value, grid
from perfdesk.model.filing import Filing, Row, tree_records
from perfdesk.model.form import Form, Part, Section
from perfdesk.values import parse_amount

Address = tuple[int, int, int]
"""Number of the table in the document, row and column of a cell."""


@dataclass(frozen=True, slots=True)
class Composed:
    """``bindings``: cell of a table → (row id, column) of the filing that it shows."""

    document: Document
    bindings: Mapping[Address, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One square of the drawing: equal neighbours become one cell. ``key`` tells them apart; ``bound`` is what it shows."""

    key: tuple[str, ...]
    value: Value = ""
    style: str = "body"
    bound: tuple[str, str] | None = None


def compose(form: Form, filing: Filing, draft: bool = False) -> Composed:
    """The printed form. Amounts that parse cleanly are numbers, all else is the text as written."""
    tables: list[Grid] = []
    bindings: dict[Address, tuple[str, str]] = {}
    widths = fitted_widths(form, filing)
    for parts in _tables(form.paper.parts):
        head = len(parts[0].head) if parts[0].repeat_head else 0
        squares = [line for part in parts for line in _draw_part(form, filing, part)]
        made, bound = _merge(widths, squares, head)
        bindings |= {(len(tables), *place): cell for place, cell in bound.items()}
        tables.append(made)
    blocks: list[Block] = [*_heading(form, filing)]
    blocks += [Table(t, attached=n > 0, name=form.sections[0].label) for n, t in enumerate(tables)]
    blocks += [Paragraph(note, "note") for note in form.paper.notes]
    page = Page(width=297.0, height=210.0) if form.paper.landscape else Page()
    title = f"{filing.unit_name}{filing.title or form.title}"
    return Composed(Document(page, tuple(blocks), title, draft), MappingProxyType(bindings))


def _heading(form: Form, filing: Filing) -> Iterable[Block]:
    if form.paper.annex:
        yield Paragraph(form.paper.annex, "annex")
    yield Heading(filing.title or form.title, 1, "title")
    if filing.year is not None:
        yield Paragraph(form.paper.year_line.format(year=filing.year), "year")
    if form.paper.unit_line:
        yield Paragraph(form.paper.unit_line, "unit_line")


def _tables(parts: tuple[Part, ...]) -> list[list[Part]]:
    """Parts that print as one table; a part whose head repeats on every page begins a table of its own."""
    groups: list[list[Part]] = []
    for part in parts:
        if not groups or part.repeat_head:
            groups.append([])
        groups[-1].append(part)
    return groups


def _draw_part(form: Form, filing: Filing, part: Part) -> list[list[_Drawn]]:
    section = form.section(part.section)
    lines = [_draw_line(form, filing, section, areas, {}, f"head{n}") for n, areas in enumerate(part.head)]
    for n, rows in enumerate(_records(filing, section, part)):
        lines += [_draw_line(form, filing, section, areas, rows, f"row{n}") for areas in part.rows]
    return lines


def _records(filing: Filing, section: Section, part: Part) -> list[dict[str, Row]]:
    """Per printed record the row that each column shows (empty dict: a blank record)."""
    if section.kind == "tree":
        records = tree_records(filing, section)
    else:
        records = [{f.id: row for f in section.fields} for row in filing.section(section.id)]
    return [*records, *({} for _ in range(part.min_rows - len(records)))]


def _draw_line(
    form: Form, filing: Filing, section: Section, areas: tuple[str, ...], rows: Mapping[str, Row], line: str
) -> list[_Drawn]:
    return [_square(form, filing, section, area, rows, line) for area in areas]


def _square(
    form: Form, filing: Filing, section: Section, area: str, rows: Mapping[str, Row], line: str
) -> _Drawn:
    if area.startswith("#"):
        return _Drawn((area,), section.label, "label")
    field = section.field(area.lstrip("@"))
    if field is None:
        raise KeyError(area)
    if area.startswith("@"):
        return _Drawn((area, line), _label(form, filing, field.label), _label_style(section, field.kind))
    row = rows.get(field.id)
    if row is None:
        return _Drawn((area, line), "", _value_style(field.kind, field.id))
    value: Value = row.get(field.id)
    if field.kind == "money":
        amount = parse_amount(row.get(field.id), filing.amount_unit or form.amount_unit)
        value = amount.value if amount.value is not None and amount.problem is None else value
    return _Drawn((area, row.id), value, _value_style(field.kind, field.id), (row.id, field.id))


def _label(form: Form, filing: Filing, label: str) -> str:
    """The label with the unit of amounts that this filing counts in."""
    return (
        label.replace(f"（{form.amount_unit}）", f"（{filing.amount_unit}）") if filing.amount_unit else label
    )


def _label_style(section: Section, kind: str) -> str:
    if section.kind != "fields":
        return "head"
    return "label_left" if kind == "money" else "label"


def _value_style(kind: str, column: str) -> str:
    if column in ("level1", "level2"):
        return "level"
    return {"money": "amount", "target": "value", "unit": "value", "note": "small"}.get(kind, "body")


def _merge(
    widths: tuple[float, ...], squares: list[list[_Drawn]], head: int
) -> tuple[Grid, dict[tuple[int, int], tuple[str, str]]]:
    """Squares with the same key that touch become one cell (rectangles: to the right first, then down)."""
    cells: list[Cell] = []
    bound: dict[tuple[int, int], tuple[str, str]] = {}
    done: set[tuple[int, int]] = set()
    for r, line in enumerate(squares):
        for c, square in enumerate(line):
            if (r, c) in done:
                continue
            cell = _grown(squares, r, c)
            done |= {(i, j) for i in range(r, r + cell.rowspan) for j in range(c, c + cell.colspan)}
            cells.append(cell)
            if square.bound:
                bound[r, c] = square.bound
    return grid(widths, len(squares), cells, head), bound


def _grown(squares: list[list[_Drawn]], r: int, c: int) -> Cell:
    square = squares[r][c]
    right = c + 1
    while right < len(squares[r]) and squares[r][right].key == square.key:
        right += 1
    down = r + 1
    while down < len(squares) and all(s.key == square.key for s in squares[down][c:right]):
        down += 1
    cell = Cell(r, c, square.value, down - r, right - c, style=square.style)
    return replace(cell, format="amount") if square.style == "amount" else cell
