"""Totals in Excel files: formulas where they come to the printed number, plain numbers where they would not."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perfdesk.document.blocks import Document, Page, PageBreak, Table
from perfdesk.document.grid import Cell, Term, Value, grid
from perfdesk.formats.child import read_file
from perfdesk.formats.write import write_bytes
from tests.formats.written import paper, whole_set

Sums = dict[tuple[int, int], list[Term]]


def amounts(*rows: Sequence[Value | int], name: str = "", sums: Sums | None = None) -> Table:
    """A table of these values; whole numbers are amounts."""
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c, raw in enumerate(row):
            value = Decimal(raw) if isinstance(raw, int) else raw
            cells.append(
                Cell(
                    r, c, value, format="amount", style="amount", total_of=tuple((sums or {}).get((r, c), ()))
                )
            )
    return Table(grid([170 / len(rows[0])] * len(rows[0]), len(rows), cells), name=name)


def column(*values: Value | int, of: list[Term]) -> Table:
    """One column whose first cell is the sum of ``of``."""
    return amounts(*([v] for v in values), sums={(0, 0): of})


def opened(*tables: Table | PageBreak) -> Any:
    return openpyxl.load_workbook(BytesIO(write_bytes(paper(*tables), "xlsx")))


def first_cell(*values: Value | int, of: list[Term]) -> Any:
    return opened(column(*values, of=of)).worksheets[0]["A1"].value


# --- what is written -------------------------------------------------------------------------------------------------


def test_cells_below_each_other_are_a_range_and_single_ones_are_added() -> None:
    assert first_cell(9, 2, 3, 4, of=[Term(1, 0), Term(2, 0), Term(3, 0)]) == "=SUM(A2:A4)"
    assert first_cell(6, 2, 3, 4, of=[Term(3, 0), Term(1, 0)]) == "=A2+A4"
    assert first_cell(2, 2, of=[Term(1, 0)]) == "=A2"
    assert first_cell(20, 1, 9, 2, 9, 3, 9, 14, of=[Term(r, 0) for r in (1, 3, 5, 7)]) == "=SUM(A2,A4,A6,A8)"


def test_signs_take_off() -> None:
    assert first_cell(1, 2, 3, 4, of=[Term(1, 0), Term(2, 0), Term(3, 0, -1)]) == "=SUM(A2:A3)-A4"
    assert first_cell(-9, 2, 3, 4, of=[Term(r, 0, -1) for r in (1, 2, 3)]) == "=-SUM(A2:A4)"


def test_cells_beside_each_other_and_whole_blocks_are_ranges() -> None:
    block = [Term(r, c) for r in (1, 2) for c in (1, 2, 3)]
    row = [Term(0, col) for col in (1, 2, 3)]
    made = amounts([6, 1, 2, 3], [21, 1, 2, 3], ["", 4, 5, 6], sums={(0, 0): row, (1, 0): block})
    sheet = opened(made).worksheets[0]
    assert (sheet["A1"].value, sheet["A2"].value) == ("=SUM(B1:D1)", "=SUM(B2:D3)")


def test_a_cell_that_counts_twice_is_there_twice() -> None:
    assert first_cell(4, 2, of=[Term(1, 0), Term(1, 0)]) == "=A2+A2"


def test_empty_parts_count_as_nothing() -> None:
    assert first_cell(2, 2, "", of=[Term(1, 0), Term(2, 0)]) == "=SUM(A2:A3)"


def test_the_stored_result_is_the_exact_number_and_is_what_is_read_back(tmp_path: Path) -> None:
    made = column(Decimal("86991.86"), Decimal("53440.88"), Decimal("33550.98"), of=[Term(1, 0), Term(2, 0)])
    data = write_bytes(paper(made), "xlsx")
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert "<f>SUM(A2:A3)</f><v>86991.86</v>" in file.read("xl/worksheets/sheet1.xml").decode()
    (tmp_path / "a.xlsx").write_bytes(data)
    assert read_file(tmp_path / "a.xlsx").tables[0].texts()[0] == ["86991.86"]


@pytest.mark.parametrize(
    ("values", "of"),
    [
        ((10, 2, 3), [Term(1, 0), Term(2, 0)]),
        ((5, 2, "见说明"), [Term(1, 0), Term(2, 0)]),
        ((2, 2, "/"), [Term(1, 0), Term(2, 0)]),
        ((2, 2), [Term(7, 0)]),
        ((0, 2), [Term(7, 0)]),
        ((0, 2), [Term(0, 0)]),
        ((2, 2), [Term(1, 0, 1, "没有的表")]),
    ],
)
def test_a_total_that_would_come_to_another_number_stays_a_number(values: Any, of: list[Term]) -> None:
    assert first_cell(*values, of=of) == values[0]


def test_a_word_in_the_place_of_a_total_stays_a_word() -> None:
    assert first_cell("待定", 2, of=[Term(1, 0)]) == "待定"


def test_totals_in_a_circle_and_what_rests_on_them_stay_numbers() -> None:
    made = amounts([5], [5], [5], [5], sums={(0, 0): [Term(1, 0)], (1, 0): [Term(0, 0)], (2, 0): [Term(1, 0)], (3, 0): []})  # fmt: skip
    sheet = opened(made).worksheets[0]
    assert [sheet[f"A{n}"].value for n in (1, 2, 3)] == [5, 5, 5]


def test_totals_of_totals_are_formulas_however_deep() -> None:
    chain = {(row, 0): [Term(row + 1, 0)] for row in range(2000)}
    sheet = opened(amounts(*([7] for _ in range(2001)), sums=chain)).worksheets[0]
    assert [sheet[f"A{n}"].value for n in (1, 2000, 2001)] == ["=A2", "=A2001", 7]


def test_many_scattered_parts_go_into_several_sums_and_far_too_many_leave_the_number() -> None:
    def total(parts: int) -> Any:
        values = [n for _ in range(parts) for n in (1, 9)]
        return first_cell(parts, *values, of=[Term(1 + 2 * n, 0) for n in range(parts)])

    assert total(450).count("SUM(") == 3
    assert all(len(group.split(",")) <= 255 for group in re.findall(r"\((.*?)\)", total(450)))
    assert total(2500) == 2500


# --- over tables and sheets ------------------------------------------------------------------------------------------


def test_cells_of_another_table_are_named_with_its_sheet() -> None:
    income = amounts([5], [2], [3], name="收入'总表")
    total = column(5, of=[Term(1, 0, 1, "收入'总表"), Term(2, 0, 1, "收入'总表")])
    book = opened(income, PageBreak(), total)
    assert book.worksheets[1]["A1"].value == "=SUM('收入''总表'!A2:A3)"
    together = opened(income, Table(total.grid, attached=True)).worksheets[0]
    assert together["A4"].value == "=SUM(A2:A3)"


def test_a_name_that_two_tables_have_leads_to_neither() -> None:
    one = amounts([5], name="表")
    assert (
        opened(one, PageBreak(), one, PageBreak(), column(5, of=[Term(0, 0, 1, "表")]))
        .worksheets[2]["A1"]
        .value
        == 5
    )


def test_a_sheet_called_like_a_function_is_still_only_a_sheet() -> None:
    book = opened(amounts([5], name="SORT(1"), PageBreak(), column(5, of=[Term(0, 0, 1, "SORT(1")]))
    assert book.worksheets[1]["A1"].value == 5


# --- in an office program --------------------------------------------------------------------------------------------

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def random_budget(seed: int) -> Document:
    """Ledgers of classes, sections and items in amounts of 分, totals of totals, a summary over all sheets."""
    chance = random.Random(seed)
    blocks: list[Table | PageBreak] = []
    totals: list[Decimal] = []
    for sheet in range(8):
        rows: list[list[Value | int]] = [[""]]
        sums: Sums = {(0, 0): []}
        for _ in range(chance.randint(1, 12)):
            top = len(rows)
            rows.append([""])
            sums[0, 0].append(Term(top, 0))
            sums[top, 0] = []
            for _ in range(chance.randint(1, 9)):
                sums[top, 0].append(Term(len(rows), 0))
                rows.append([Decimal(chance.randint(-(10**9), 10**10)) / 100])
        for place in sorted(sums, reverse=True):
            rows[place[0]] = [sum((Decimal(str(rows[t.row][0])) for t in sums[place]), Decimal(0))]
        totals.append(Decimal(str(rows[0][0])))
        blocks += [amounts(*rows, name=f"第{sheet}表", sums=sums), PageBreak()]
    of = [Term(0, 0, -1 if n == 3 else 1, f"第{n}表") for n in range(8)]
    grand = sum((term.sign * value for term, value in zip(of, totals, strict=True)), Decimal(0))
    return Document(Page(), (*blocks, column(grand, of=of)))


def without_results(data: bytes) -> bytes:
    """The workbook with every stored result of a formula wiped out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            xml = old.read(name).decode()
            new.writestr(name, re.sub(r"</f><v>[^<]*</v>", "</f><v>0</v>", xml))
    return out.getvalue()


def test_what_libreoffice_calculates_is_what_the_program_computed(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("没有安装 LibreOffice（soffice），跳过用办公软件打开的测试")
    (tmp_path / "profile/user").mkdir(parents=True)
    (tmp_path / "profile/user/registrymodifications.xcu").write_text(RECALCULATE)
    documents = {f"b{n}.xlsx": random_budget(n) for n in range(3)} | {"set.xlsx": whole_set(2)}
    for name, document in documents.items():
        (tmp_path / name).write_bytes(without_results(write_bytes(document, "xlsx")))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "out"), *(str(tmp_path / name) for name in documents)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    for name, document in documents.items():
        ours = openpyxl.load_workbook(BytesIO(write_bytes(document, "xlsx")))
        stored = openpyxl.load_workbook(BytesIO(write_bytes(document, "xlsx")), data_only=True)
        theirs = openpyxl.load_workbook(tmp_path / "out" / name, data_only=True)
        compared = 0
        for sheet in ours:
            for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
                found = theirs[sheet.title][cell.coordinate].value
                assert Decimal(f"{found:.15g}") == Decimal(str(stored[sheet.title][cell.coordinate].value))
                compared += 1
        assert compared >= 16


def test_every_total_of_the_random_budgets_is_a_formula() -> None:
    for seed in range(3):
        document = random_budget(seed)
        book = openpyxl.load_workbook(BytesIO(write_bytes(document, "xlsx")))
        written = sum(c.data_type == "f" for sheet in book for row in sheet.iter_rows() for c in row)
        assert written == sum(bool(c.total_of) for table in document.tables for c in table.cells)
