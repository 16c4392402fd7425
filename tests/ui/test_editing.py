"""Typing, keys and undo in the grids and fields: what a person types is on disk and can be taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from tests.ui.driver import Driver

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def test_typing_replaces_a_value_and_enter_keeps_it_on_disk_and_goes_down(driver: Driver) -> None:
    row, below = driver.leaf(4), driver.leaf(5)
    driver.at(row, driver.column("value"))
    driver.type("97")
    driver.key(KEY.Key_Return)
    assert driver.on_disk().row(row.id).get("target") == "≥97"
    assert driver.here().id == below.id
    assert driver.grid.currentIndex().column() == driver.column("value")


def test_a_sign_typed_with_the_number_replaces_the_sign(driver: Driver) -> None:
    row = driver.leaf(4)
    driver.at(row, driver.column("value"))
    driver.type("<=8")
    driver.key(KEY.Key_Tab)
    assert driver.filing.row(row.id).get("target") == "≤8"
    assert driver.grid.currentIndex().column() == driver.column("value") + 1


def test_the_sign_cell_changes_only_the_sign(driver: Driver) -> None:
    row = driver.leaf(4)
    driver.at(row, driver.column("sign"))
    driver.type(">")
    driver.key(KEY.Key_Return)
    assert driver.filing.row(row.id).get("target") == ">95"


def test_words_stay_words(driver: Driver) -> None:
    row = driver.leaf(4)
    driver.at(row, driver.column("value"))
    driver.compose("完整")
    driver.key(KEY.Key_Return)
    assert driver.filing.row(row.id).get("target") == "完整"


def test_f2_edits_the_text_that_is_there(driver: Driver) -> None:
    row = driver.leaf(-1)
    driver.at(row, 0)
    name = row.get("level3")
    driver.key(KEY.Key_F2)
    driver.key(KEY.Key_End)
    driver.type("A")
    driver.key(KEY.Key_Return)
    assert driver.filing.row(row.id).get("level3") == f"{name}A"


def test_escape_gives_up_what_was_typed(driver: Driver) -> None:
    before = driver.filing
    driver.at(driver.leaf(4), driver.column("value"))
    driver.type("1")
    driver.key(KEY.Key_Escape)
    assert driver.filing is before
    assert driver.grid.cells.editor is None


def test_the_name_of_a_fixed_row_cannot_be_typed_over(driver: Driver) -> None:
    before = driver.filing
    driver.at(driver.leaf(4), 0)
    driver.type("x")
    driver.key(KEY.Key_Return)
    assert driver.filing is before


def test_delete_clears_the_selected_cells_in_one_step(driver: Driver) -> None:
    rows = [driver.leaf(4), driver.leaf(5)]
    driver.at(rows[0], driver.column("value"))
    driver.key(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    driver.key(KEY.Key_Delete)
    assert [driver.filing.row(r.id).get("target") for r in rows] == ["≥", "≥"]
    driver.ctrl(KEY.Key_Z)
    assert [driver.filing.row(r.id).get("target") for r in rows] == [r.get("target") for r in rows]


# --- undo ---


def test_undo_from_inside_a_cell_first_takes_back_the_typing_then_the_step(driver: Driver) -> None:
    row = driver.leaf(4)
    old = row.get("target")
    index = driver.at(row, driver.column("value"))
    driver.type("97")
    driver.key(KEY.Key_Return)
    driver.at(row, index.column())
    driver.type("5")
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.row(row.id).get("target") == "≥97"
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.row(row.id).get("target") == old
    driver.ctrl(KEY.Key_Y)
    assert driver.on_disk().row(row.id).get("target") == "≥97"


@pytest.mark.parametrize(
    ("section", "column"), [("basic", "unit_name"), ("basic", "goal"), ("budget", "total")]
)
def test_undo_works_inside_a_focused_field(driver: Driver, section: str, column: str) -> None:
    old = driver.filing.cell(f"{section}/{column}")
    editor = driver.field(section, column)
    editor.selectAll()
    driver.type("77")
    driver.window.editor.commit()
    assert driver.on_disk().cell(f"{section}/{column}") == "77"
    driver.type("8")
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.cell(f"{section}/{column}") == "77"
    driver.ctrl(KEY.Key_Z)
    assert driver.on_disk().cell(f"{section}/{column}") == old


def test_undo_goes_to_the_place_it_changed(driver: Driver) -> None:
    row = driver.leaf(10)
    driver.at(row, driver.column("value"))
    driver.type("3")
    driver.key(KEY.Key_Return)
    driver.turn_to("basic")
    driver.ctrl(KEY.Key_Z)
    assert driver.page.section.id == "indicators"
    assert driver.here().id == row.id


def test_long_typing_is_written_every_two_seconds_and_undone_in_one_go(driver: Driver) -> None:
    old = driver.filing.cell("basic/goal")
    driver.field("basic", "goal").selectAll()
    driver.type("one")
    driver.qtbot.waitUntil(lambda: driver.on_disk().cell("basic/goal") == "one", timeout=4000)
    driver.type(" two")
    driver.qtbot.waitUntil(lambda: driver.on_disk().cell("basic/goal") == "one two", timeout=4000)
    driver.turn_to("tasks")
    driver.ctrl(KEY.Key_Z)
    assert driver.on_disk().cell("basic/goal") == old
    driver.ctrl(KEY.Key_Y)
    assert driver.on_disk().cell("basic/goal") == "one two"


def test_what_the_last_undo_withdrew_redo_brings_back(driver: Driver) -> None:
    here = driver.filing.id
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.id != here
    driver.ctrl(KEY.Key_Y)
    assert driver.filing.id == here


# --- rows ---


def test_ctrl_enter_adds_an_indicator_below_and_opens_its_name(driver: Driver) -> None:
    row = driver.leaf(-1)
    driver.at(row, driver.column("value"))
    driver.ctrl(KEY.Key_Return)
    driver.type("new")
    driver.key(KEY.Key_Return)
    new = driver.leaf(-1)
    assert (new.get("level3"), new.parent) == ("new", row.parent)


def test_nothing_is_added_to_a_group_that_the_form_fixes_and_the_window_says_why(driver: Driver) -> None:
    before = driver.filing
    driver.at(driver.leaf(4), driver.column("value"))
    driver.ctrl(KEY.Key_Return)
    assert driver.filing is before
    assert driver.window.notice.isVisible()


def test_alt_arrows_move_a_row_among_its_siblings_and_into_the_next_group(driver: Driver) -> None:
    own = [leaf for leaf in driver.leaves_shown() if not driver.page.model.is_locked(leaf.id)]
    first, second = own[0], own[1]
    driver.at(first, driver.column("value"))
    driver.key(KEY.Key_Down, ALT)
    ids = [r.id for r in driver.leaves_shown()]
    assert ids.index(second.id) + 1 == ids.index(first.id)
    assert driver.here().id == first.id
    driver.key(KEY.Key_Up, ALT)
    driver.key(KEY.Key_Up, ALT)
    assert driver.filing.row(first.id).parent != first.parent


def test_fixed_rows_are_neither_moved_nor_removed_and_the_window_says_so(driver: Driver) -> None:
    before = driver.filing
    driver.at(driver.leaf(4), driver.column("value"))
    driver.key(KEY.Key_Down, ALT)
    driver.key(KEY.Key_Delete, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert driver.filing is before
    assert driver.window.notice.isVisible()


def test_a_row_of_the_unit_is_removed_and_undo_puts_it_back_in_place(driver: Driver) -> None:
    row = driver.leaf(-2)
    before = driver.filing.rows
    driver.at(row, driver.column("value"))
    driver.key(KEY.Key_Delete, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert driver.on_disk().row(row.id) is None
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.rows == before


def test_a_name_alone_changes_its_level_and_a_leaf_with_a_value_does_not(driver: Driver) -> None:
    row = driver.leaf(-1)
    driver.at(row, 0)
    driver.ctrl(KEY.Key_Left)
    assert driver.filing.row(row.id).parent == row.parent
    assert driver.window.notice.isVisible()
    driver.ctrl(KEY.Key_Return)
    driver.type("group")
    driver.key(KEY.Key_Return)
    new = driver.leaf(-1)
    driver.at(new, 0)
    driver.ctrl(KEY.Key_Left)
    assert driver.filing.row(new.id).cells == {"level2": "group"}
    driver.ctrl(KEY.Key_Right)
    assert driver.filing.row(new.id).cells == {"level3": "group"}


def test_tasks_are_added_typed_and_moved(driver: Driver) -> None:
    driver.turn_to("tasks")
    rows = driver.rows("tasks")
    driver.at(rows[-1], 1)
    driver.ctrl(KEY.Key_Return)
    driver.type("task")
    driver.key(KEY.Key_Tab)
    driver.type("content")
    driver.key(KEY.Key_Return)
    new = driver.rows("tasks")[-1]
    assert dict(new.cells) == {"name": "task", "content": "content"}
    driver.at(new, 1)
    driver.key(KEY.Key_Up, ALT)
    assert driver.rows("tasks")[-2].id == new.id


def test_an_amount_is_kept_as_typed_and_shown_with_separators(driver: Driver) -> None:
    editor = driver.field("budget", "total")
    editor.selectAll()
    driver.type("1234567.5")
    driver.key(KEY.Key_Return)
    assert driver.on_disk().cell("budget/total") == "1234567.5"
    assert editor.text() == "1,234,567.50"
    editor.setFocus()
    assert editor.text() == "1234567.5"


def test_a_wrong_amount_stays_and_is_marked_with_its_reason(driver: Driver) -> None:
    driver.field("budget", "fiscal").selectAll()
    driver.compose("待定")
    driver.key(KEY.Key_Return)
    row = driver.page.rows["fiscal"]
    driver.qtbot.waitUntil(lambda: row.editor.property("severity") == "error")
    assert row.editor.text() == "待定"
    assert row.says.text() == driver.space.marks.sentence("budget", "fiscal") != ""


def test_saved_is_said_only_after_a_step_is_on_disk(driver: Driver) -> None:
    assert driver.space.saved_at is None
    said = driver.window.status.saved.text()
    driver.at(driver.leaf(4), driver.column("value"))
    driver.type("97")
    assert driver.window.status.saved.text() == said
    driver.key(KEY.Key_Return)
    assert driver.window.status.saved.text() != said


def test_shift_and_arrows_select_a_block_of_cells_and_the_status_line_sums_it(driver: Driver) -> None:
    row = driver.leaf(4)
    driver.at(row, driver.column("value"))
    driver.key(KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    driver.key(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = {
        (driver.page.model.row_at(i).id, i.column()) for i in driver.grid.selectionModel().selectedIndexes()
    }
    columns = (driver.column("sign"), driver.column("value"))
    assert chosen == {(r.id, c) for r in (row, driver.leaf(5)) for c in columns}
    assert driver.page.selection() == (2, Decimal(95 + 9))
    assert "104.00" in driver.window.status.selection.text()
