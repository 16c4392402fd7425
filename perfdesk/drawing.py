"""A part of a form drawn on squares: equal neighbours become one cell. What the composing of every kind of form shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from perfdesk.document.grid import Cell, Grid, Term, Value, covered, grid
from perfdesk.model.filing import Filing, Row, tree_records
from perfdesk.model.form import Form, Part, Section
from perfdesk.values import parse_amount


@dataclass(frozen=True, slots=True)
class Square:
    """One square of the drawing: equal neighbours become one cell. ``key`` tells them apart; ``bound`` is what it shows."""

    key: tuple[str, ...]
    value: Value = ""
    style: str = "body"
    bound: tuple[str, str] | None = None
    total_of: tuple[Term, ...] = ()


def draw_part(form: Form, filing: Filing, part: Part) -> list[list[Square]]:
    section = form.section(part.section)
    lines = [_draw_line(form, filing, section, areas, {}, f"head{n}") for n, areas in enumerate(part.head)]
    for n, rows in enumerate(_records(filing, section, part)):
        lines += [_draw_line(form, filing, section, areas, rows, f"row{n}") for areas in part.rows]
    return [_dashes(line, n) for n, line in enumerate(lines)]


def _dashes(line: list[Square], number: int) -> list[Square]:
    """Dashes stand each in a cell of its own, whatever is above; side by side they are one."""
    return [replace(s, key=("-", str(number))) if s.key == ("-",) else s for s in line]


def _records(filing: Filing, section: Section, part: Part) -> list[dict[str, Row]]:
    """Per printed record the row that each column shows (empty dict: a blank record)."""
    if section.kind == "tree":
        records = tree_records(filing, section)
    else:
        records = [{f.id: row for f in section.fields} for row in filing.section(section.id)]
    return [*records, *({} for _ in range(part.min_rows - len(records)))]


def _draw_line(
    form: Form, filing: Filing, section: Section, areas: tuple[str, ...], rows: Mapping[str, Row], line: str
) -> list[Square]:
    """Names of amounts stand at the left before an amount, in the middle above a column of them."""
    squares = [_square(form, filing, section, area, rows, line) for area in areas]
    amounts = any(s.style == "amount" for s in squares)
    head = all(s.bound is None for s in squares) and not amounts
    return [
        replace(s, style="label" if head else "label_left")
        if s.style == "label_left" or (amounts and area[0] == "=" and s.style == "label")
        else s
        for s, area in zip(squares, areas, strict=True)
    ]


def _square(
    form: Form, filing: Filing, section: Section, area: str, rows: Mapping[str, Row], line: str
) -> Square:
    if area.startswith("#"):
        return Square((area,), _label(form, filing, form.section(area[1:]).label), "label")
    if area == "-":
        return Square((area,), "—", "value")
    if area.startswith("="):
        return Square((area,), area[1:], "value" if area[1:].isdigit() else "label")
    own, _, column = area.lstrip("@").rpartition(".")
    if own:
        section = form.section(own)
        rows = {column: row} if (row := filing.row(own)) else {}
    field = section.field(column)
    if field is None:
        raise KeyError(area)
    if area.startswith("@"):
        return Square((area, line), _label(form, filing, field.label), _label_style(section, field.kind))
    row = rows.get(field.id)
    if row is None:
        return Square((area, line), "", _value_style(field.kind, field.id))
    value: Value = row.get(field.id)
    if field.kind == "money":
        amount = parse_amount(row.get(field.id), filing.amount_unit or form.amount_unit)
        value = amount.value if amount.value is not None and amount.problem is None else value
    return Square((area, row.id), value, _value_style(field.kind, field.id), (row.id, field.id))


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
    if column.endswith("_target"):  # of another period, beside the target itself
        return "value"
    styles = {"money": "amount", "number": "value", "target": "value", "unit": "value", "note": "small"}
    return styles.get(kind, "body")


def merge(
    widths: tuple[float, ...], squares: list[list[Square]], head: int
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
            if cell.rowspan > 1 or cell.colspan > 1:
                done.update(covered(cell))
            cells.append(cell)
            if square.bound:
                bound[r, c] = square.bound
    return grid(widths, len(squares), cells, head), bound


def _grown(squares: list[list[Square]], r: int, c: int) -> Cell:
    line, square = squares[r], squares[r][c]
    key, right, down = square.key, c + 1, r + 1
    while right < len(line) and line[right].key == key:
        right += 1
    while down < len(squares) and squares[down][c].key == key and _all_of(squares[down], c, right, key):
        down += 1
    format = "amount" if square.style.startswith("amount") else "text"
    return Cell(r, c, square.value, down - r, right - c, format, square.style, total_of=square.total_of)


def _all_of(line: list[Square], first: int, end: int, key: tuple[str, ...]) -> bool:
    return all(square.key == key for square in line[first:end])
