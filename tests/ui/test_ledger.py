"""An accountant at a department budget: codes by pinyin, amounts, blocks from Excel, and what the tables make of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication

from perfdesk.catalog import new_filing
from perfdesk.model.change import InsertRow, Step
from perfdesk.model.filing import Row, in_order
from perfdesk.model.finding import Place
from tests.making import catalog
from tests.ui.seen import nameless, troubles
from ui.dialogs.finder import Finder
from ui.form.cells import halves
from ui.models.ledger_lines import NEW

if TYPE_CHECKING:
    from tests.ui.driver import Driver

KEY = Qt.Key
HELD = Qt.KeyboardModifier
FORM = next(f for f in catalog().forms.values() if f.budget)
SPENDING = "spending"
TABLE = "支出总表"

ROWS = {
    "2080505": {"basic.general": "180.76"},
    "2120109": {"basic.general": "1069.15"},
    "2120199": {"project.general": "1768.61", "project.other": "1550.98"},
}
PRINTED = {
    "212": {"total": "4382.67"},
    "2120109": {"basic": "1060"},
    "2120199": {"total": "3313.52"},
}


def opened(driver: Driver, rows: dict[str, dict[str, str]], printed: dict[str, dict[str, str]]) -> Driver:
    numbers = count(1)
    made = new_filing(FORM, 2022, "示例市住房保障中心", lambda: f"r{next(numbers)}")
    own = [Row(f"s{c}", SPENDING, MappingProxyType({"code": c, **cells})) for c, cells in rows.items()]
    odd = [Row(f"d{c}", TABLE, MappingProxyType({"row": c, **cells})) for c, cells in printed.items()]
    driver.space.add(replace(made, rows=in_order(FORM, made.rows + tuple(own + odd))), "导入")
    driver.settle()
    return driver


@pytest.fixture
def empty(nobody: Driver) -> Driver:
    """A budget in which nothing has been typed, at its first entry sheet."""
    return opened(nobody, {}, {})


@pytest.fixture
def filled(nobody: Driver) -> Driver:
    return opened(nobody, ROWS, {})


@pytest.fixture
def imported(nobody: Driver) -> Driver:
    """A budget whose file printed other numbers in three cells, at that table."""
    opened(nobody, ROWS, PRINTED)
    nobody.turn_to(TABLE)
    return nobody


def at(driver: Driver, key: str, column: str) -> QModelIndex:
    """Click a cell."""
    model, grid = driver.page.model, driver.page.grid
    place = [c.id for c in model.columns].index(column)
    index = model.index_of(key, place)
    grid.scrollTo(index)
    driver.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(index).center())
    assert grid.currentIndex() == index
    return index


def here(driver: Driver) -> tuple[str, str]:
    """Code (or key) of the line and column of the cell with the cursor."""
    index = driver.page.grid.currentIndex()
    line = driver.page.model.row_at(index)
    return getattr(line, "code", line.id) or line.id, driver.page.model.columns[index.column()].id


def shown(driver: Driver, key: str, column: str) -> str:
    model = driver.page.model
    return model.index_of(key, [c.id for c in model.columns].index(column)).data()


def facts(driver: Driver) -> dict[str, dict[str, str]]:
    """What stands on the disk."""
    rows = driver.on_disk().section(SPENDING)
    return {r.get("code"): {c: t for c, t in r.cells.items() if "." in c and t} for r in rows}


def paste(driver: Driver, text: str) -> None:
    QGuiApplication.clipboard().setText(text.replace("|", "\t"))
    driver.ctrl(KEY.Key_V)


def notice(driver: Driver) -> str:
    return driver.window.notice.text.text() if driver.window.notice.isVisible() else ""


# --- codes ---


def test_a_code_by_initials_finds_its_place_and_its_parents_come_with_it(empty: Driver) -> None:
    empty.ctrl(KEY.Key_Return)
    empty.type("zfgjj")
    empty.key(KEY.Key_Return)
    assert here(empty)[0] == "2210201"
    empty.type("135.57")
    empty.key(KEY.Key_Return)
    assert facts(empty) == {"2210201": {"basic.general": "135.57"}}
    lines = [x.code for x in empty.page.model.rows()]
    assert lines == ["", "221", "22102", "2210201", ""]
    assert shown(empty, "=221", "basic.general") == "135.57"
    assert shown(empty, "total", "total") == "135.57"


def test_what_is_typed_shows_in_every_table_and_undo_takes_it_back(filled: Driver) -> None:
    at(filled, "s2080505", "basic.general")
    filled.type("200")
    filled.key(KEY.Key_Return)
    filled.turn_to("收支总表")
    view = filled.space.values.budget.view("收支总表")
    line = next(x.id for x in view.table.lines if x.codes == ("208",))
    row = filled.page.model.line_of(line)
    assert shown(filled, row, "expenditure_amount") == "200.00"
    filled.turn_to(SPENDING)
    filled.ctrl(KEY.Key_Z)
    assert shown(filled, "s2080505", "basic.general") == "180.76"
    filled.turn_to("收支总表")
    assert shown(filled, row, "expenditure_amount") == "180.76"


def test_a_code_that_is_there_is_gone_to_and_nothing_is_added(filled: Driver) -> None:
    before = filled.filing
    at(filled, NEW, "code")
    filled.type("2120109")
    filled.key(KEY.Key_Return)
    assert filled.filing is before
    assert here(filled)[0] == "2120109"
    assert "2120109" in notice(filled)


def test_a_code_above_others_takes_no_row(filled: Driver) -> None:
    before = filled.filing
    at(filled, NEW, "code")
    filled.type("212")
    filled.key(KEY.Key_Escape)
    filled.key(KEY.Key_Return)
    assert filled.filing is before
    assert here(filled)[0] == "212"
    assert "212" in notice(filled)


def test_an_unknown_code_is_taken_and_marked(filled: Driver) -> None:
    at(filled, NEW, "code")
    filled.type("2129977")
    filled.key(KEY.Key_Return)
    assert "2129977" in facts(filled)
    line = filled.page.model.line_of("2129977")
    cell = filled.page.model.cells.cell(line, 0)
    assert cell.edge == "warning"


def test_letters_that_mean_no_code_stay_in_their_editor_and_that_is_said(filled: Driver) -> None:
    before = filled.filing
    at(filled, NEW, "code")
    filled.type("qqqqq")
    filled.key(KEY.Key_Return)
    filled.settle()
    assert filled.filing is before
    assert filled.page.grid.cells.editor.toPlainText() == "qqqqq"
    assert notice(filled)


def test_another_code_keeps_the_amounts_and_the_cursor(filled: Driver) -> None:
    at(filled, "s2120109", "code")
    filled.type("2120301")
    filled.key(KEY.Key_Return)
    assert facts(filled)["2120301"] == {"basic.general": "1069.15"}
    assert "2120109" not in facts(filled)
    assert here(filled)[0] == "2120301"


def test_rows_are_removed_with_the_parents_that_stood_for_them_alone(filled: Driver) -> None:
    at(filled, "s2080505", "basic.general")
    filled.key(KEY.Key_Delete, HELD.ControlModifier | HELD.ShiftModifier)
    assert [x.code for x in filled.page.model.rows()][1:-1] == ["212", "21201", "2120109", "2120199"]
    filled.ctrl(KEY.Key_Z)
    assert "2080505" in facts(filled)


def test_a_parent_is_not_removed_and_the_window_says_why(filled: Driver) -> None:
    before = filled.filing
    at(filled, "=212", "code")
    filled.key(KEY.Key_Delete, HELD.ControlModifier | HELD.ShiftModifier)
    assert filled.filing is before
    assert notice(filled)


def test_computed_cells_open_no_editor(filled: Driver) -> None:
    before = filled.filing
    for key, column in (("=212", "basic.general"), ("total", "basic.general"), ("s2120109", "total")):
        at(filled, key, column)
        filled.type("1")
        assert filled.page.grid.cells.editor is None
    assert filled.filing is before


def test_an_own_name_is_kept_and_the_standard_one_comes_back_when_it_is_emptied(filled: Driver) -> None:
    standard = shown(filled, "=212", "name")
    at(filled, "=212", "name")
    filled.compose("城建")
    filled.key(KEY.Key_Return)
    assert shown(filled, "=212", "name") == "城建"
    at(filled, "=212", "name")
    filled.key(KEY.Key_Delete)
    at(filled, "=212", "name")
    filled.compose(standard)
    filled.key(KEY.Key_Return)
    assert shown(filled, "=212", "name") == standard


# --- blocks ---


def test_a_block_with_codes_becomes_rows_and_differing_sums_are_told(empty: Driver) -> None:
    at(empty, NEW, "code")
    paste(empty, "2120109|住宅建设与房地产市场监管|9|5|4\n2120199|其他|3|1|2\n212|城乡社区支出|99|6|6")
    assert facts(empty) == {
        "2120109": {"basic.general": "5", "project.general": "4"},
        "2120199": {"basic.general": "1", "project.general": "2"},
    }
    assert "99.00" in notice(empty)
    assert "12.00" in notice(empty)
    empty.ctrl(KEY.Key_Z)
    assert facts(empty) == {}


def test_what_is_copied_comes_back_the_same(filled: Driver) -> None:
    before = facts(filled)
    at(filled, "total", "code")
    filled.ctrl(KEY.Key_A)
    filled.ctrl(KEY.Key_C)
    block = QGuiApplication.clipboard().text()
    assert "2120199\t" in block
    filled.page.remove_rows()
    assert facts(filled) == {}
    at(filled, NEW, "code")
    paste(filled, block)
    assert facts(filled) == before


def test_delete_empties_amounts_and_leaves_what_is_computed(filled: Driver) -> None:
    at(filled, "s2120109", "total")
    filled.key(KEY.Key_Right, HELD.ShiftModifier)
    filled.key(KEY.Key_Delete)
    assert facts(filled)["2120109"] == {}
    assert notice(filled)


def test_the_status_line_sums_selected_amounts(filled: Driver) -> None:
    at(filled, "s2120109", "basic.general")
    filled.key(KEY.Key_Up, HELD.ShiftModifier)
    filled.key(KEY.Key_Up, HELD.ShiftModifier)
    assert filled.page.selection() == (3, Decimal("1069.15") * 3)


# --- units and columns ---


def test_another_unit_changes_what_is_seen_and_nothing_else(filled: Driver) -> None:
    before = filled.filing
    filled.qtbot.mouseClick(filled.page.unit_switch.buttons["元"], Qt.MouseButton.LeftButton)
    assert shown(filled, "s2080505", "basic.general") == "1,807,600.00"
    assert filled.filing is before
    at(filled, "s2080505", "basic.general")
    filled.type("1234567.89")
    filled.key(KEY.Key_Return)
    assert facts(filled)["2080505"] == {"basic.general": "123.456789"}


def test_a_rounded_number_replaces_a_more_exact_one_only_when_typed_twice(nobody: Driver) -> None:
    opened(nobody, ROWS, {})
    space = nobody.space
    yuan = replace(space.filing, amount_unit="元", id=None)
    space.add(yuan, "导入")
    nobody.settle()
    at(nobody, "s2080505", "basic.general")
    nobody.type("123456.78")
    nobody.key(KEY.Key_Return)
    nobody.qtbot.mouseClick(nobody.page.unit_switch.buttons["万元"], Qt.MouseButton.LeftButton)
    assert shown(nobody, "s2080505", "basic.general") == "12.35"
    for wanted in ("123456.78", "123500"):
        at(nobody, "s2080505", "basic.general")
        nobody.type("12.35")
        nobody.key(KEY.Key_Return)
        assert facts(nobody)["2080505"] == {"basic.general": wanted}


def test_what_rounded_parts_miss_of_a_rounded_total_is_told_beside_the_table(nobody: Driver) -> None:
    opened(
        nobody,
        {"a": {"code": "2080505", "basic.general": "140"}, "b": {"code": "2101101", "basic.general": "140"}},
        {},
    )
    space = nobody.space
    space.add(replace(space.filing, amount_unit="元", id=None), "导入")
    nobody.settle()
    page = nobody.turn_to("支出总表")
    assert not page.tails.isVisible()
    nobody.qtbot.mouseClick(page.unit_switch.buttons["万元"], Qt.MouseButton.LeftButton)
    assert page.tails.isVisible() and "差 0.01" in page.tails.text()
    nobody.qtbot.mouseClick(page.unit_switch.buttons["元"], Qt.MouseButton.LeftButton)
    assert not page.tails.isVisible()


def test_unused_columns_go_and_come(filled: Driver) -> None:
    assert "project.fund" in [c.id for c in filled.page.model.columns]
    filled.page.used_only.click()
    assert [c.id for c in filled.page.model.columns][3:] == [
        "basic.general",
        "project.general",
        "project.other",
    ]
    filled.page.used_only.click()
    assert "project.fund" in [c.id for c in filled.page.model.columns]


def test_codes_and_names_stay_in_sight_and_a_code_is_typed_where_it_stands(filled: Driver) -> None:
    grid = filled.page.grid
    at(filled, "s2080505", "basic.general")
    for _ in range(14):
        filled.key(KEY.Key_Right)
    assert grid.horizontalScrollBar().value() > 0
    assert grid.over.isVisible()
    for _ in range(12):
        assert grid.visualRect(grid.currentIndex()).left() >= grid.frozen_width()
        filled.key(KEY.Key_Left)
    filled.qtbot.mouseClick(
        grid.over.viewport(),
        Qt.MouseButton.LeftButton,
        pos=grid.over.visualRect(filled.page.model.index_of("s2120109", 1)).center(),
    )
    assert here(filled) == ("2120109", "name")
    filled.key(KEY.Key_F2)
    filled.settle()
    assert grid.horizontalScrollBar().value() == 0
    assert grid.cells.editor.geometry().left() >= 0
    assert not grid.over.isVisible()


# --- printed tables ---


def test_an_amount_typed_in_a_table_is_the_fact_behind_it_and_undo_stays_there(filled: Driver) -> None:
    filled.turn_to(TABLE)
    at(filled, "2120109", "basic")
    filled.type("1000")
    filled.key(KEY.Key_Return)
    assert facts(filled)["2120109"] == {"basic.general": "1000"}
    assert shown(filled, "212", "total") == "4,319.59"
    filled.ctrl(KEY.Key_Z)
    assert filled.page.section.id == TABLE
    assert here(filled) == ("2120109", "basic")
    assert facts(filled)["2120109"] == {"basic.general": "1069.15"}


def test_a_sum_of_several_facts_is_not_typed_in_a_table(filled: Driver) -> None:
    filled.turn_to(TABLE)
    at(filled, "2120199", "project")
    filled.type("1")
    assert filled.page.grid.cells.editor is None


def test_both_numbers_are_seen_and_a_click_takes_the_computed_one(imported: Driver) -> None:
    index = at(imported, "212", "total")
    cell = imported.page.model.cells.cell(imported.page.model.row_at(index), index.column())
    assert (cell.text, cell.beside) == ("4,382.67", "4,388.74")
    grid = imported.page.grid
    lower = halves(grid.visualRect(index).adjusted(8, 0, -8, -1))[1]
    tick = QPoint(lower.left() + 6, lower.center().y())
    imported.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    assert shown(imported, "212", "total") == "4,388.74"
    assert [r.get("row") for r in imported.on_disk().section(TABLE)] == ["2120109", "2120199"]


def test_keys_take_the_computed_number_or_the_printed_one(imported: Driver) -> None:
    at(imported, "2120109", "basic")
    imported.ctrl(KEY.Key_2)
    assert facts(imported)["2120109"] == {"basic.general": "1060.00"}
    at(imported, "2120199", "total")
    imported.ctrl(KEY.Key_1)
    assert shown(imported, "2120199", "total") == "3,319.59"
    assert [r.get("row") for r in imported.on_disk().section(TABLE)] == ["212"]


def test_everything_is_settled_at_once_and_taken_back_at_once(imported: Driver) -> None:
    assert imported.page.bar.isVisible()
    imported.window.actions_by_id["take-all"].trigger()
    assert imported.on_disk().section(TABLE) == ()
    assert not imported.page.bar.isVisible()
    imported.ctrl(KEY.Key_Z)
    assert len(imported.on_disk().section(TABLE)) == 3
    assert imported.page.bar.isVisible()


def test_a_finding_in_a_table_leads_to_its_cell(imported: Driver) -> None:
    imported.turn_to("basic")
    found = next(f for f in imported.space.findings if "!" in (f.place.row or ""))
    imported.window.commands.jump(found.place)
    assert imported.page.section.id == TABLE
    assert Place(f"{TABLE}!{here(imported)[0]}", here(imported)[1]) == found.place


def test_a_block_on_a_table_comes_to_the_facts(filled: Driver) -> None:
    filled.turn_to(TABLE)
    at(filled, "2120109", "basic")
    paste(filled, "1000|50")
    assert facts(filled)["2120109"] == {"basic.general": "1000", "project.general": "50"}


# --- tabs ---


def test_every_part_is_reached_by_keys_and_by_the_menu(filled: Driver) -> None:
    editor = filled.window.editor
    for _ in range(len(editor.pages)):
        filled.ctrl(KEY.Key_PageDown)
        tab = editor.tabs.tab(editor.stack.currentIndex())
        seen = tab.mapTo(editor.tabs, tab.rect().center()).x()
        assert 0 < seen < editor.tabs.width()
    assert editor.page.section.id == SPENDING
    menu = editor.tabs.all.menu()
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert editor.page is editor.pages[-1]


@pytest.mark.parametrize(("size", "zoom"), [((800, 600), 1.5), ((1360, 850), 1.0), ((1920, 1080), 1.5)])
def test_nothing_is_cut_or_nameless_on_any_page(imported: Driver, size: tuple[int, int], zoom: float) -> None:
    imported.desk.look.wear(zoom=zoom)
    imported.window.resize(*size)
    imported.settle()
    for number in range(len(imported.window.editor.pages)):
        imported.window.editor.turn_to(number)
        imported.settle()
        assert troubles(imported.window.editor.page.window()) == [], imported.page.section.id
        assert nameless(imported.window) == [], imported.page.section.id


def test_find_goes_to_a_code_and_to_the_part_that_it_names(filled: Driver) -> None:
    filled.turn_to("basic")
    goto(filled, "2120109")
    assert here(filled)[0] == "2120109"
    assert filled.page.section.id == SPENDING
    goto(filled, FORM.section(TABLE).label)
    assert filled.page.section.id == TABLE


def goto(driver: Driver, words: str) -> None:
    driver.window.commands.find()
    finder = driver.window.findChildren(Finder)[-1]
    finder.words.setText(words)
    driver.settle()
    driver.qtbot.keyClick(finder.words, KEY.Key_Return)
    driver.settle()


def test_rows_are_as_high_as_their_texts_and_the_same_in_both_views(filled: Driver) -> None:
    page = filled.turn_to("财政拨款“三公”经费支出表")
    filled.settle()
    texts = [shown(filled, line.id, "item") for line in page.model.rows()]
    heights = {
        page.grid.visualRect(page.model.index(n, 1)).height() for n, t in enumerate(texts) if len(t) < 12
    }
    assert len(heights) == 1
    page = filled.turn_to(SPENDING)
    page.grid.horizontalScrollBar().setValue(120)
    filled.settle()
    both = [
        (page.grid.visualRect(page.model.index(n, 0)), page.grid.over.visualRect(page.model.index(n, 0)))
        for n in range(page.model.rowCount())
    ]
    assert all((a.top(), a.height()) == (b.top(), b.height()) for a, b in both)


def test_a_second_row_of_a_code_and_an_amount_above_others_are_lines_of_their_own(filled: Driver) -> None:
    rows = {"again": "2120109", "above": "21201"}
    for name, code in rows.items():
        cells = MappingProxyType({"code": code, "basic.general": "1"})
        filled.space.apply(Step("", (InsertRow(Row(name, SPENDING, cells), None),)))
    lines = {x.id: x.kind for x in filled.page.model.rows()}
    assert (lines["again"], lines["above"]) == ("leaf", "uncounted")
    assert shown(filled, "=21201", "basic.general") == "1,070.15"
