"""Law 1: read(write(document)).tables == document.tables, up to the losses a format declares.

Losses: every format gives texts (a number comes back as the text that paper shows, from Excel as the number it is), no styles and no
widths; Excel puts all tables and lines of a sheet into one grid; of contents only the title comes back; plain text knows no spans
and no lines inside a cell. PDF loses blanks and line ends, and rows and columns in which no cell begins: they are not on paper.
A chart is a picture in Word (not read), a table of its values in Excel and plain text.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from perfdesk.document.blocks import (
    Bar,
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    Table,
)
from perfdesk.document.grid import Cell, Grid, grid
from perfdesk.formats.child import read_file
from perfdesk.formats.write import FileFormat, write_bytes
from perfdesk.values import clean_text

_TEXT = st.text(alphabet="一二甲乙≥%（）。 \nab12=+-@'<&>\"\t", max_size=12).map(clean_text)
_VALUES = _TEXT | st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 5))
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for r in range(height):
        for c in range(width):
            if (r, c) in taken:
                continue
            down, right = draw(st.integers(1, min(3, height - r))), draw(st.integers(1, min(3, width - c)))
            covered = {(i, j) for i in range(r, r + down) for j in range(c, c + right)}
            if covered & taken:
                down = right = 1
                covered = {(r, c)}
            taken |= covered
            value = draw(_VALUES)
            style, format = ("amount", "amount") if isinstance(value, Decimal) else ("body", "text")
            cells.append(Cell(r, c, value, down, right, format, style))
    return grid([170 / width] * width, height, cells, draw(st.integers(0, 1)))


def through(document: Document, format: FileFormat) -> tuple[Grid, ...]:
    endings = {"docx": "docx", "xlsx": "xlsx", "pdf": "pdf", "text": "txt"}
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"x.{endings[format]}"
        path.write_bytes(write_bytes(document, format))
        return read_file(path).tables


def shape(table: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in table.cells]


_BETWEEN = st.sampled_from([PageBreak(), PageBreak(Page(297, 210)), PageBreak(Page(first_number=1)), Contents(), Contents("", 1),
                            Heading("一、收支情况", 1), Heading("部门预算收入总表", 2), Paragraph("单位：万元", "unit_line"),
                            Chart(("2022年",), (Bar("合计", (Decimal(1),)),))])  # fmt: skip


@given(st.lists(st.tuples(st.lists(_BETWEEN, max_size=3), grids()), min_size=1, max_size=3))
@settings(max_examples=60)
def test_word_gives_back_every_table_with_its_spans_whatever_stands_between(
    parts: list[tuple[list[Block], Grid]],
) -> None:
    tables = [t for _, t in parts]
    document = Document(Page(), tuple(block for before, t in parts for block in (*before, Table(t))))
    assert [shape(t) for t in through(document, "docx")] == [shape(t) for t in tables]


@given(grids())
@settings(max_examples=60)
def test_excel_gives_back_every_cell_with_its_span_and_numbers_as_numbers(table: Grid) -> None:
    def number(text: str) -> str:
        plain = text.replace(",", "")
        return str(Decimal(plain).normalize()) if plain.lstrip("-").replace(".", "", 1).isdigit() else text

    assume(any(c.text for c in table.cells))  # a sheet without a text is no table
    (sheet,) = through(Document(Page(), (Table(table),)), "xlsx")
    numbers = {(c.row, c.col) for c in table.cells if isinstance(c.value, Decimal)}
    for cell in table.cells:
        if not (cell.text or cell.rowspan > 1 or cell.colspan > 1):
            continue
        back = next(c for c in sheet.cells if (c.row, c.col) == (cell.row, cell.col))
        exact = (cell.row, cell.col) in numbers
        assert (number(back.text) if exact else back.text) == (number(cell.text) if exact else cell.text)
        assert (back.rowspan, back.colspan) == (cell.rowspan, cell.colspan)


@given(grids())
@settings(max_examples=60)
def test_plain_text_gives_back_every_text_in_its_column(table: Grid) -> None:
    (back, *_) = through(Document(Page(), (Table(table),)), "text") or (grid([0.0], 1, []),)
    flat = [[" ".join(t.split()) for t in row] for row in table.texts()]
    got = [[" ".join(t.split()) for t in row] for row in back.texts()]
    assert [row for row in got if any(row)] == [row for row in flat if any(row)]


def on_paper(table: Grid) -> list[tuple[int, int, int, int, str]]:
    """The cells without rows and columns in which none begins, texts without blanks."""
    rows = sorted({c.row for c in table.cells}) + [table.height]
    columns = sorted({c.col for c in table.cells}) + [table.width]
    found: list[tuple[int, int, int, int, str]] = []
    for c in table.cells:
        top, bottom = rows.index(c.row), sum(1 for r in rows if r < c.row + c.rowspan)
        left, right = columns.index(c.col), sum(1 for k in columns if k < c.col + c.colspan)
        found.append((top, left, bottom - top, right - left, "".join(c.text.split())))
    return sorted(found)


@given(grids())
@settings(max_examples=60)
def test_pdf_gives_back_every_cell_that_is_on_paper(table: Grid) -> None:
    assume(len(table.cells) > 1 and any(c.text.strip() for c in table.cells))
    (back,) = through(Document(Page(), (Table(table),)), "pdf")
    assert on_paper(back) == on_paper(table)
