"""A department budget as its document: contents, each table on its own page, the explanation with the tables that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from perfdesk.bound import show_bound
from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.tables import Shown, TableRow, View
from perfdesk.budget.words import resolver
from perfdesk.document.blocks import Block, Contents, Heading, Page, PageBreak, Paragraph, Table
from perfdesk.document.grid import Grid, Term, Value
from perfdesk.document.number_room import with_room
from perfdesk.drawing import Square, draw_part, merge
from perfdesk.model.chapter import Chapter
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.ledger import BudgetTable, Column

Binding = tuple[str, str]

SMALL_WIDTH = 190.0
"""A table wider than so many mm, or with more than nine columns, is set in the small styles."""

PAGE = Page()
TURNED = PAGE.turned()


@dataclass(slots=True)
class Paper:
    """The blocks so far; ``bindings``: cell of a table → (row id, column). A cell of a computed table is named ``<table>!<row key>``.
    ``targets_at``: the number of the block before which the year's targets would stand (None: nowhere)."""

    form: Form
    filing: Filing
    budgeted: Budgeted
    blocks: list[Block] = field(default_factory=list[Block])
    bindings: dict[tuple[int, int, int], Binding] = field(default_factory=dict[tuple[int, int, int], Binding])
    count: int = 0
    targets_at: int | None = None

    def add_table(self, grid: Grid, bound: dict[tuple[int, int], Binding], name: str) -> None:
        self.bindings |= {(self.count, *place): cell for place, cell in bound.items()}
        self.blocks.append(Table(grid, name=name))
        self.count += 1


def compose_budget(form: Form, filing: Filing, budgeted: Budgeted) -> Paper:
    """The whole document's blocks, beginning on an upright page."""
    paper = Paper(form, filing, budgeted)
    year = f"{filing.year}年" if filing.year is not None else ""
    paper.blocks += [
        Paragraph(f"{year}{filing.title or form.title}", "cover_title"),
        Paragraph(filing.unit_name, "cover_unit"),
        PageBreak(Page(numbered=False)),
        Contents(),
    ]
    inside = {t for c in budgeted.budget.chapters for t in c.tables}
    first = True
    for table in budgeted.budget.tables:
        if table.id not in inside:
            page = TURNED if table.landscape else PAGE
            paper.blocks.append(PageBreak(_numbered(page) if first else page))
            first = False
            _table(paper, table)
    if budgeted.budget.chapters:
        paper.blocks += [
            PageBreak(PAGE),
            Heading(f"{filing.unit_name}{year}部门预算信息公开情况说明", 1, "part"),
        ]
        for chapter in budgeted.budget.chapters:
            _chapter(paper, chapter)
    return paper


def _numbered(page: Page) -> Page:
    """The body's first page is number 1."""
    return Page(page.width, page.height, first_number=1)


# --- tables -----------------------------------------------------------------------------------------------------------


def _table(paper: Paper, table: BudgetTable) -> None:
    paper.blocks.append(Heading(table.title, 2 if _in_chapter(paper, table) else 1, "caption"))
    paper.blocks.append(Paragraph(_unit_line(paper, table), "table_line"))
    small = "_small" if sum(table.widths) > SMALL_WIDTH or len(table.widths) > 9 else ""
    head = _heads(paper, table, small)
    rows = _part_rows(paper, table, small) if table.part else _rows(paper.budgeted.view(table.id), small)
    empty = not rows
    if empty:
        rows = [[Square((f"blank{c}", "0"), "", f"body{small}") for c in range(len(table.widths))]]
    grid, bound = merge(table.widths, [*head, *rows], len(head))
    paper.add_table(with_room(grid), bound, table.id)
    if table.below:
        paper.blocks.append(Paragraph(table.below, "note"))
    if empty and table.note:
        paper.blocks.append(Paragraph(table.note, "note"))


def _in_chapter(paper: Paper, table: BudgetTable) -> bool:
    return any(table.id in c.tables for c in paper.budgeted.budget.chapters)


def _unit_line(paper: Paper, table: BudgetTable) -> str:
    """``502 某局　　预算年度：2022`` at the left edge, the unit of amounts at the right one; the year gives way to a closing date."""
    filing = paper.filing
    unit = f"{filing.cell('basic/unit_code')} {filing.unit_name}".strip()
    date = filing.cell(table.date) if table.date else ""
    time = f"截止时间：{date}" if date else f"预算年度：{filing.year}" if filing.year is not None else ""
    return "　　".join(x for x in (unit, time) if x) + f"\t单位：{paper.budgeted.unit}"


def _heads(paper: Paper, table: BudgetTable, small: str) -> list[list[Square]]:
    """Equal neighbours become one cell; a text that stands elsewhere again is another cell."""

    def filled(text: str) -> str:
        year = "" if paper.filing.year is None else str(paper.filing.year)
        return text.replace("{year}", year).replace("{unit}", paper.budgeted.unit)

    return [[Square(("head", text), filled(text), f"head{small}") for text in line] for line in table.heads]


def _part_rows(paper: Paper, table: BudgetTable, small: str) -> list[list[Square]]:
    part = table.part
    if part is None:
        return []
    rows = [
        [replace(s, style=s.style + small) for s in line]
        for line in draw_part(paper.form, paper.filing, part)
    ]
    if table.kind == "list" and table.total and rows:
        from perfdesk.budget.lists import total_row

        return [total_row(paper.form, paper.filing, table, rows), *rows]
    return rows


def _rows(view: View, small: str) -> list[list[Square]]:
    if view.table.kind == "lines":
        return list(_lines(view, small))
    places = {key: n for n, key in enumerate(view.keys)}
    return [_code_row(view, view.row(key), places, small) for key in view.keys]


def _code_row(view: View, row: TableRow, places: dict[str, int], small: str) -> list[Square]:
    at = places[row.key] + len(view.table.heads)
    texts = {"number": str(places[row.key] + 1), "code": row.code, "name": row.name}
    line: list[Square] = []
    for n, column in enumerate(view.table.columns):
        if column.kind == "money":
            line.append(_money(view, row, column, (at, n), _below(view, row, places, n), small))
        else:
            style = {"number": "value", "name": f"name{max(1, min(row.level, 3))}"}.get(column.kind, "code")
            text = (
                texts.get(column.kind, "")
                if column.kind == "name"
                else row.written.get(column.id) or texts[column.kind]
            )
            line.append(
                Square((column.id, row.key), text, f"{style}{small}", (_row_id(view, row), column.id))
            )
    return line


def _below(view: View, row: TableRow, places: dict[str, int], column: int) -> tuple[Term, ...]:
    return tuple(Term(places[k] + len(view.table.heads), column) for k in row.below if k in places)


def _lines(view: View, small: str) -> Iterator[list[Square]]:
    """Printed rows: at each place the line of that place, blank where there is none."""
    at = {(x.column, x.row): x.id for x in view.table.lines}
    for number in range(1, max(x.row for x in view.table.lines) + 1):
        line: list[Square] = []
        key: str | None = None
        for n, column in enumerate(view.table.columns):
            if column.kind == "line":
                key = at.get((column.id, number))
            row = view.row(key) if key else None
            if column.kind == "number":
                line.append(Square((column.id, str(number)), str(number), f"value{small}"))
            elif row is None:
                line.append(Square((column.id, f"blank{number}"), "", f"body{small}"))
            elif column.kind == "line":
                line.append(
                    Square((column.id, row.key), row.name, f"body{small}", (_row_id(view, row), column.id))
                )
            else:
                terms = _line_terms(view, row, n)
                line.append(_money(view, row, column, (number - 1 + len(view.table.heads), n), terms, small))
        yield line


def _line_terms(view: View, row: TableRow, column: int) -> tuple[Term, ...]:
    lines = (view.table.line(k) for k in row.below)
    return tuple(Term(x.row - 1 + len(view.table.heads), column) for x in lines if x)


def _money(
    view: View, row: TableRow, column: Column, at: tuple[int, int], below: tuple[Term, ...], small: str
) -> Square:
    """A total says what it adds up: what stands below it, else the columns beside it."""
    cell = row.cells.get(column.id, Shown())
    beside = tuple(Term(at[0], _index(view, c)) for c in column.sum)
    return Square(
        (column.id, row.key), _value(cell), f"amount{small}", (_row_id(view, row), column.id), below or beside
    )


def _index(view: View, column: str) -> int:
    return next(n for n, c in enumerate(view.table.columns) if c.id == column)


def _value(cell: Shown) -> Value:
    if cell.printed is not None:
        amount = cell.amount("")
        return amount.value if amount.value is not None and amount.problem is None else cell.printed
    return "" if cell.computed is None else cell.computed


def _row_id(view: View, row: TableRow) -> str:
    return f"{view.table.id}!{row.key}"


# --- the explanation --------------------------------------------------------------------------------------------------


def _chapter(paper: Paper, chapter: Chapter) -> None:
    if chapter.level:
        paper.blocks.append(Heading(chapter.heading, chapter.level, f"heading{min(chapter.level, 3)}"))
    if chapter.text:
        text = show_bound(paper.filing.cell(chapter.text), resolver(paper.form, paper.filing, paper.budgeted))
        paper.blocks += [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]
    for name in chapter.tables:
        table = paper.budgeted.budget.table(name)
        if table.landscape:
            paper.blocks.append(PageBreak(TURNED))
        _table(paper, table)
        if table.landscape:
            paper.blocks.append(PageBreak(PAGE))
    if chapter.targets:
        paper.targets_at = len(paper.blocks)
