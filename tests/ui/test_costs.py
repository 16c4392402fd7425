"""What an edit of one cell costs does not depend on how many rows there are: counted, not timed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench.content import long as large_filing
from perfdesk.catalog import new_filing
from perfdesk.model.change import InsertRow, apply
from perfdesk.model.filing import Row, depth, leaves
from tests.bounds import LEAVES_CHECKED_PER_EDIT, ROWS_DRAWN_PER_EDIT, STATEMENTS_PER_EDIT
from tests.counting import calls_of, statements
from tests.ui.driver import Driver
from ui.finding_column import PORTION
from ui.form.binding import Binding

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

FEW, MANY = 60, 2000


@dataclass
class Cost:
    """``calls``: functions of Python; ``told``: rows that the views were told to draw anew; ``looked_at``: leaves that the rules
    looked at."""

    calls: int
    statements: list[str]
    told: int
    looked_at: int


def cost_of_a_cell(qtbot: QtBot, folder: Path, rows: int, text: str) -> Cost:
    """Of the third edit: the first ones make what is made once."""
    driver = Driver(qtbot, folder, sample=False)
    space = driver.space
    space.open(space.store.add(large_filing(rows), "导入"))
    own = [x.row.id for x in leaves(space.filing, space.form.tree.id) if x.row.id.startswith("x")]
    for row in own[4:6]:
        leave_a_cell(driver, row, "8")
    told: list[int] = []

    def count(first: QModelIndex, last: QModelIndex, *_: object) -> None:
        told.append(last.row() - first.row() + 1)

    driver.page.model.dataChanged.connect(count)
    with statements() as found:
        calls = calls_of(lambda: leave_a_cell(driver, own[6], text))
    driver.page.model.dataChanged.disconnect(count)
    row = driver.on_disk().row(own[6])
    assert row
    assert row.get("target").endswith(text)
    cost = Cost(calls, found, sum(told), space._checked.looked_at)
    driver.close()
    return cost


def leave_a_cell(driver: Driver, row: str, text: str) -> None:
    model, grid = driver.page.model, driver.grid
    grid.select(model.index_of(row, model.column_of("target")))
    QTest.keyClicks(grid.viewport(), text[0])
    QTest.keyClicks(driver.cell_editor(), text[1:])
    QTest.keyClick(driver.cell_editor(), Qt.Key.Key_Return)
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("text", ["77", ">"])
def test_an_edit_costs_as_much_among_many_rows_as_among_few(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    few = cost_of_a_cell(qtbot, tmp_path / "few", FEW, text)
    many = cost_of_a_cell(qtbot, tmp_path / "many", MANY, text)
    assert many.statements == few.statements
    assert len(many.statements) <= STATEMENTS_PER_EDIT, "\n".join(many.statements)
    assert sum("FROM filing JOIN unit" in s for s in many.statements) == 1, "the list of filings is read once"
    assert many.told == few.told <= ROWS_DRAWN_PER_EDIT
    assert many.looked_at == few.looked_at == LEAVES_CHECKED_PER_EDIT
    assert many.calls - few.calls < MANY - FEW, "less than a call a row: only headings are gone through"


def test_many_findings_come_in_portions_that_one_asks_for(qtbot: QtBot, tmp_path: Path) -> None:
    driver = Driver(qtbot, tmp_path / "unit", sample=False)
    space = driver.space
    space.open(space.store.add(large_filing(4000), "导入"))
    driver.settle()
    column = driver.window.findings.column
    waiting = [*space.findings]
    assert len(waiting) > 2 * PORTION
    assert [c.finding for c in column.cards] == waiting[:PORTION]
    more = column.heads[-1]
    assert str(len(waiting) - PORTION) in more.text()
    more.click()
    assert [c.finding for c in column.cards] == waiting[: 2 * PORTION]
    driver.close()


def test_an_edit_elsewhere_shows_no_field_anew(qtbot: QtBot, tmp_path: Path) -> None:
    driver = Driver(qtbot, tmp_path / "unit", sample=False)
    space = driver.space
    space.open(space.store.add(large_filing(FEW), "导入"))
    own = [x.row.id for x in leaves(space.filing, space.form.tree.id) if x.row.id.startswith("x")]
    bindings = [b for page in driver.window.editor.pages for b in page.findChildren(Binding)]
    assert bindings
    anew: list[str] = []
    for binding in bindings:
        binding.typed.connect(lambda b=binding: anew.append(b.column))
    leave_a_cell(driver, own[4], "77")
    assert anew == []
    space.set_cell("basic", "unit_name", "另一个单位")
    assert anew == ["unit_name"]
    driver.close()


def cost_of_a_result(qtbot: QtBot, folder: Path, rows: int) -> tuple[int, list[str]]:
    """Calls and statements of the third result typed into a self-evaluation of so many indicators."""
    driver = Driver(qtbot, folder, sample=False)
    space = driver.space
    form = space.catalog.form("national-2020/self-evaluation")
    filing = new_filing(form, 2022, "示例市公园管理中心", space.store.new_id)
    groups = [r.id for r in filing.section("indicators") if depth(r) == 2]
    new = [
        InsertRow(
            Row(f"x{n}", "indicators", {"level3": f"指标{n}", "target": "≥10", "actual": "9"}, groups[n % 6]),
            None,
        )
        for n in range(rows)
    ]
    space.open(space.store.add(apply(filing, new)[0], "导入"))
    driver.settle()
    page = driver.page
    page.load()

    def leave(row: str) -> None:
        driver.grid.select(page.model.index_of(row, page.model.column_of("actual")))
        QTest.keyClicks(driver.grid.viewport(), "8")
        QTest.keyClick(driver.cell_editor(), Qt.Key.Key_Return)
        for _ in range(4):
            QApplication.processEvents()

    leave("x1")
    leave("x2")
    with statements() as found:
        calls = calls_of(lambda: leave("x3"))
    row = driver.on_disk().row("x3")
    assert row is not None and row.get("actual") == "8"
    driver.close()
    return calls, found


def test_a_result_of_a_self_evaluation_costs_no_more_a_row_among_many(qtbot: QtBot, tmp_path: Path) -> None:
    """All scores are computed anew, each once: four times the rows are four times the work, not sixteen times."""
    few, some, many = (cost_of_a_result(qtbot, tmp_path / str(n), n) for n in (30, 90, 210))
    assert len(few[1]) == len(some[1]) == len(many[1])
    assert many[0] - some[0] < 2.4 * (some[0] - few[0])
