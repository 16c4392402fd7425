"""Grids with random spans, written by others' libraries and as raw XML, come back equal: places, spans and texts."""

from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.document.grid import Cell, Grid, covered, grid
from perfdesk.formats.child import read_file
from tests.formats.hostile import c, docx, sheet_xml, xlsx

LETTERS = st.text(st.sampled_from("预算绩效≥95%,.= +-@<>&\"'_x000D_\t元１２①㎡"), min_size=1, max_size=12)
TEXTS = st.lists(LETTERS.map(str.strip).filter(bool), min_size=1, max_size=3).map("\n".join)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Up to 6 × 5 places, cut into spans at random, each with a text (so that no edge of it is out of use)."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    free = {(r, col) for r in range(height) for col in range(width)}
    cells: list[Cell] = []
    for row, col in sorted(free):
        if (row, col) not in free:
            continue
        cell = Cell(
            row, col, draw(TEXTS), draw(st.integers(1, height - row)), draw(st.integers(1, width - col))
        )
        if not set(covered(cell)) <= free:
            cell = Cell(row, col, cell.text)
        free -= set(covered(cell))
        cells.append(cell)
    return grid([0.0] * width, height, cells)


def read_back(folder: Path, content: bytes) -> Grid:
    file = folder / "roundtrip"
    file.write_bytes(content)
    source = read_file(file)
    assert source.leftovers == ()
    (table,) = source.tables
    return table


def spans(table: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(s.row, s.col, s.rowspan, s.colspan, s.text) for s in table.cells]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("roundtrip")


def by_python_docx(table: Grid) -> bytes:
    document = python_docx.Document()
    made = document.add_table(table.height, table.width)
    for s in table.cells:
        made.cell(s.row, s.col).merge(made.cell(s.row + s.rowspan - 1, s.col + s.colspan - 1)).text = s.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def by_word_xml(table: Grid) -> bytes:
    """As Word writes: a span across as gridSpan, a span down as vMerge, lines as paragraphs, no grid of columns."""
    starts = {(s.row + down, s.col): (s, down) for s in table.cells for down in range(s.rowspan)}
    rows = ""
    for row in range(table.height):
        rows += "<w:tr>"
        for (at, _), (s, down) in sorted(starts.items()):
            if at == row:
                merge = '<w:vMerge w:val="restart"/>' if down == 0 else "<w:vMerge/>"
                lines = s.text.split("\n") if down == 0 else [""]
                body = "".join(
                    f'<w:p><w:r><w:t xml:space="preserve">{escaped(t)}</w:t></w:r></w:p>' for t in lines
                )
                span = f'<w:gridSpan w:val="{s.colspan}"/>' if s.colspan > 1 else ""
                rows += f"<w:tc><w:tcPr>{span}{merge if s.rowspan > 1 else ''}</w:tcPr>{body}</w:tc>"
        rows += "</w:tr>"
    columns = '<w:gridCol w:w="1000"/>' * table.width
    return docx(f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>")


def by_openpyxl(table: Grid) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for s in table.cells:
        cell = sheet.cell(s.row + 1, s.col + 1)
        cell.value, cell.data_type = s.text, "s"
        if s.rowspan * s.colspan > 1:
            sheet.merge_cells(None, s.row + 1, s.col + 1, s.row + s.rowspan, s.col + s.colspan)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(table: Grid) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    ruled = book.add_format({"border": 1})
    for s in table.cells:
        if s.rowspan * s.colspan > 1:
            sheet.merge_range(s.row, s.col, s.row + s.rowspan - 1, s.col + s.colspan - 1, "", ruled)
        sheet.write_string(s.row, s.col, s.text, ruled)
    book.close()
    return out.getvalue()


def by_sheet_xml(table: Grid) -> bytes:
    """Raw inline strings without a dimension; lines ends as Excel may escape them."""
    merges = ""
    rows: dict[int, str] = {}
    for s in table.cells:
        name = f"{'ABCDE'[s.col]}{s.row + 1}"
        rows[s.row] = rows.get(s.row, "") + c(
            name, escaped(s.text.replace("_x", "_x005F_x")).replace("\n", "_x000D_\n")
        )
        if s.rowspan * s.colspan > 1:
            merges += f'<mergeCell ref="{name}:{"ABCDE"[s.col + s.colspan - 1]}{s.row + s.rowspan}"/>'
    cells = "".join(f'<row r="{n + 1}">{cells}</row>' for n, cells in sorted(rows.items()))
    return xlsx(sheet_xml(cells, f"<mergeCells>{merges}</mergeCells>"))


@given(grids())
def test_tables_of_python_docx_come_back(folder: Path, table: Grid) -> None:
    assert spans(read_back(folder, by_python_docx(table))) == spans(table)


@given(grids())
def test_tables_of_word_come_back(folder: Path, table: Grid) -> None:
    assert spans(read_back(folder, by_word_xml(table))) == spans(table)


@given(grids())
def test_sheets_of_openpyxl_come_back(folder: Path, table: Grid) -> None:
    assert spans(read_back(folder, by_openpyxl(table))) == spans(table)


@given(grids())
def test_sheets_of_xlsxwriter_come_back(folder: Path, table: Grid) -> None:
    assert spans(read_back(folder, by_xlsxwriter(table))) == spans(table)


@given(grids())
def test_sheets_of_raw_xml_come_back(folder: Path, table: Grid) -> None:
    assert spans(read_back(folder, by_sheet_xml(table))) == spans(table)
