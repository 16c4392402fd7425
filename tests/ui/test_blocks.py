"""Blocks of cells to and from Excel, and rows that are dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication

from perfdesk.errors import ChangeRefused
from ui.form import edits
from ui.form.blocks import parse_block, parse_lines, show_block

if TYPE_CHECKING:
    from tests.ui.driver import Driver

KEY = Qt.Key

cells = st.text(st.sampled_from('ab"\n\t ≥9%'), max_size=6)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=1, max_size=4)
    )
)
def test_a_block_shown_and_parsed_is_the_same_up_to_empty_last_rows(block: list[list[str]]) -> None:
    wanted = [list(row) for row in block]
    while wanted and wanted[-1] == [""]:
        wanted.pop()
    assert parse_block(show_block(block)) == wanted


def test_excel_puts_a_cell_with_a_line_break_in_quotes() -> None:
    assert parse_block('a\t"b\r\n""c"""\r\nd\t\r\n') == [["a", 'b\n"c"'], ["d", ""]]


def test_lines_of_a_pdf_viewer_are_rows_where_they_are_alike_and_hold_numbers() -> None:
    rows = [["预算执行率", "≥95%", "%"], ["结转结余率", "≤5%", "%"]]
    assert parse_lines("预算执行率 ≥95% %\n结转结余率 ≤5% %\n") == rows
    assert parse_lines("预算执行率 ≥95% %") is None
    assert parse_lines("预算执行率 ≥95% %\n其他") is None
    assert parse_lines("加强 管理 服务\n提高 质量 水平") is None
    assert parse_lines("完成 3项\n完成 5项") is None
    assert parse_lines("a b\tc 1\nd e\tf 2") is None


def clip(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def test_a_column_of_values_fills_the_rows_below_across_groups(driver: Driver) -> None:
    rows = [driver.leaf(n) for n in range(2, 6)]
    driver.at(rows[0], driver.column("value"))
    clip("合理\n完整\n91\n≥92")
    driver.ctrl(KEY.Key_V)
    assert [driver.on_disk().row(r.id).get("target") for r in rows] == ["合理", "完整", "≥91", "≥92"]
    driver.ctrl(KEY.Key_Z)
    assert [driver.filing.row(r.id) for r in rows] == rows


def test_a_block_from_the_printed_form_on_a_group_becomes_its_new_rows(driver: Driver) -> None:
    last = driver.leaf(-1)
    group = driver.filing.row(last.parent)
    driver.at(group, 0)
    clip("走访户数\t≥300\t户\n满意率\t≥95%\t%")
    driver.ctrl(KEY.Key_V)
    new = driver.on_disk().children("indicators", group.id)[-2:]
    assert [(r.get("level3"), r.get("target"), r.get("unit")) for r in new] == [
        ("走访户数", "≥300", "户"),
        ("满意率", "≥95%", "%"),
    ]


def test_what_of_a_block_does_not_fit_is_told_and_not_dropped_in_silence(driver: Driver) -> None:
    row = driver.leaf(4)
    driver.at(row, driver.column("name"))
    clip("别的名称\t≥\t91\t%\t\t\t\tzuviel")
    driver.ctrl(KEY.Key_V)
    assert driver.filing.row(row.id).get("target") == "≥91"
    assert driver.filing.row(row.id).get("level3") == row.get("level3")
    told = driver.window.notice.text.text()
    assert driver.window.notice.isVisible()
    assert "1 格" in told
    assert "1 列" in told


def test_values_beyond_the_last_row_are_told(driver: Driver) -> None:
    driver.at(driver.leaf(-1), driver.column("value"))
    clip("1\n2\n3")
    driver.ctrl(KEY.Key_V)
    assert "2 行" in driver.window.notice.text.text()


def test_characters_that_nobody_sees_are_taken_away_and_told(driver: Driver) -> None:
    row = driver.leaf(-1)
    driver.at(row, driver.column("value"))
    clip("完\x07整\ud800\t\x1b个")
    driver.ctrl(KEY.Key_V)
    assert driver.on_disk().row(row.id).get("target") == "完整"
    assert "控制字符" in driver.window.notice.text.text()
    driver.window.notice.clear()
    assert driver.space.set_cell("basic", "goal", "目\x00标")
    assert driver.on_disk().cell("basic/goal") == "目标"
    assert "1 个" in driver.window.notice.text.text() and "控制字符" in driver.window.notice.text.text()


def test_copied_cells_pasted_elsewhere_are_the_same(driver: Driver) -> None:
    source, target = driver.leaf(-1), driver.leaf(-2)
    driver.at(source, driver.column("sign"))
    driver.key(KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    driver.key(KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    driver.ctrl(KEY.Key_C)
    driver.at(target, driver.column("sign"))
    driver.ctrl(KEY.Key_V)
    pasted = driver.filing.row(target.id)
    assert (pasted.get("target"), pasted.get("unit")) == (source.get("target"), source.get("unit"))


def test_one_cell_fills_the_whole_selection(driver: Driver) -> None:
    rows = [driver.leaf(4), driver.leaf(5)]
    driver.at(rows[0], driver.column("value"))
    driver.key(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    clip("66")
    driver.ctrl(KEY.Key_V)
    assert [driver.filing.row(r.id).get("target") for r in rows] == ["≥66", "≥66"]


def test_rows_of_tasks_from_excel_become_tasks(driver: Driver) -> None:
    driver.turn_to("tasks")
    had = len(driver.rows("tasks"))
    driver.at(driver.rows("tasks")[-1], 1)
    clip("甲\t做甲\n乙\t做乙\n丙\t做丙")
    driver.ctrl(KEY.Key_V)
    assert len(driver.rows("tasks")) == had + 2
    assert [r.get("content") for r in driver.rows("tasks")[-3:]] == ["做甲", "做乙", "做丙"]


# --- dragging ---


def test_a_dropped_row_stands_where_it_fell_and_undo_puts_it_back(driver: Driver) -> None:
    moved, there = driver.leaf(-1), driver.leaf(-6)
    before = driver.filing.rows
    driver.at(moved, 0)
    drop(driver, there.id, 0.9)
    siblings = [r.id for r in driver.on_disk().children("indicators", there.parent)]
    assert siblings.index(moved.id) == siblings.index(there.id) + 1
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.rows == before


def test_a_row_dropped_where_its_level_cannot_stand_stays_and_this_is_told(driver: Driver) -> None:
    before = driver.filing
    moved = driver.leaf(-1)
    top = next(r for r in driver.rows("indicators") if r.parent is None)
    driver.at(moved, 0)
    drop(driver, top.id, 0.5)
    assert driver.filing is before
    assert driver.window.notice.isVisible()


def drop(driver: Driver, target: str, height: float) -> None:
    """Let the selected rows fall on a row, at a part of its height."""
    grid = driver.grid
    index = driver.page.model.index_of(target)
    grid.scrollTo(index)
    rect = grid.visualRect(index)
    point = QPointF(rect.left() + 80, rect.top() + rect.height() * height)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(point, Qt.DropAction.MoveAction, QMimeData(), left, none)
    event.source = lambda: grid  # type: ignore[method-assign]
    grid.dropEvent(event)


@pytest.mark.parametrize("where", ["above", "below", "on"])
def test_rows_moved_by_any_drop_are_all_still_there(driver: Driver, where: str) -> None:
    filing, form = driver.filing, driver.space.form
    rows = driver.rows("indicators")
    for row in rows[::5]:
        for target in rows[::7]:
            try:
                step = edits.move_to(form, filing, [row.id], target.id, where)
            except ChangeRefused:
                continue
            if step and driver.space.apply(step):
                assert sorted(r.id for r in driver.filing.rows) == sorted(r.id for r in filing.rows)
                driver.space.undo()
                assert driver.filing.rows == filing.rows
