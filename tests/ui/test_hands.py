"""What hands have learnt at the spreadsheet: tables from Word and Excel, filling down, several rows at once, narrow windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.form.html_table import parse_html, show_html
from ui.side import PREVIEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfdesk.model.filing import Row
    from tests.ui.driver import Driver

KEY, HELD = Qt.Key, Qt.KeyboardModifier

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {mso-style-parent:style0;}</style></head>
<body><!--StartFragment--><table border=0><col width=72><tr height=19><td x:str class=xl65>走访
  户数</td><td class=xl66>≥300</td><td>户&nbsp;</td></tr>
<tr><td rowspan=2>甲<br>
    乙</td><td colspan=2>合并</td></tr><tr><td>1&amp;2</td><td>3</td></tr>
<tr height=0 style='display:none'><td width=72>x</td></tr></table><!--EndFragment--></body></html>"""

WORD = """<html><body><p class=MsoNormal>表前的话</p><table class=MsoNormalTable><tr><td><p class=MsoNormal>第一段<o:p></o:p></p>
<p>第二段</p></td><td valign=top><p>≥95%</p></td></tr></table><p>&nbsp;</p></body></html>"""


def test_a_table_of_excel_is_read_with_its_merged_cells_and_without_its_hidden_row() -> None:
    assert parse_html(EXCEL) == [
        ["走访户数", "≥300", "户"],
        ["甲\n乙", "合并", ""],
        ["", "1&2", "3"],
    ]


def test_a_table_of_word_keeps_its_paragraphs_and_the_words_before_it() -> None:
    assert parse_html(WORD) == [["表前的话", ""], ["第一段\n第二段", "≥95%"]]


@pytest.mark.parametrize("html", ["", "<p>一句话</p>", "<table></table>", "<table><tr></tr></table>"])
def test_what_holds_no_cells_is_no_table(html: str) -> None:
    assert parse_html(html) is None


@given(st.text(st.sampled_from('<>/ tdrable="9&;'), max_size=60))
def test_no_text_makes_the_reader_of_tables_fail(text: str) -> None:
    parse_html(f"<table><tr><td colspan=99999999>{text}")


words = st.text(st.sampled_from("a<&>\"'9.年≥%"), max_size=6)
lines = st.lists(words, min_size=1, max_size=2).map("\n".join).filter(lambda t: t == t.strip("\n"))


@given(
    st.integers(1, 3).flatmap(
        lambda n: st.lists(st.lists(lines, min_size=n, max_size=n), min_size=1, max_size=4)
    )
)
def test_a_block_shown_as_a_table_is_read_as_it_was(block: list[list[str]]) -> None:
    assert parse_html(show_html(block)) == block


def test_a_code_with_zeros_in_front_stays_text_in_excel_and_a_number_stays_a_number() -> None:
    table = show_html([["007", "3.5"]])
    assert "mso-number-format:'\\@'\">007" in table
    assert '<td align="right">3.5' in table


# --- in the window ---


def clip(html: str, text: str) -> None:
    held = QMimeData()
    held.setHtml(html)
    held.setText(text)
    QGuiApplication.clipboard().setMimeData(held)


def reach_down(driver: Driver, rows: int) -> None:
    for _ in range(rows):
        driver.key(KEY.Key_Down, HELD.ShiftModifier)


def targets(driver: Driver, rows: Sequence[Row]) -> list[str]:
    return [driver.on_disk().row(r.id).get("target") for r in rows]


def test_a_cell_of_several_paragraphs_from_word_stays_one_cell(driver: Driver) -> None:
    driver.turn_to("tasks")
    row = driver.rows("tasks")[0]
    had = len(driver.rows("tasks"))
    driver.at(row, 1)
    clip("<table><tr><td><p>甲</p></td><td><p>做甲</p><p>再做甲</p></td></tr></table>", "甲\t做甲\n再做甲\n")
    driver.ctrl(KEY.Key_V)
    assert driver.on_disk().row(row.id).get("content") == "做甲\n再做甲"
    assert len(driver.rows("tasks")) == had


def test_what_is_copied_is_a_table_and_a_text(driver: Driver) -> None:
    row = driver.leaf(-1)
    driver.at(row, driver.column("name"))
    driver.key(KEY.Key_Right, HELD.ShiftModifier)
    driver.ctrl(KEY.Key_C)
    held = QGuiApplication.clipboard().mimeData()
    sign = row.get("target")[0]
    assert held.text() == f"{row.get('level3')}\t{sign}"
    assert parse_html(held.html()) == [[row.get("level3"), sign]]


def test_ctrl_d_fills_the_first_value_down_in_one_step(driver: Driver) -> None:
    rows = [driver.leaf(n) for n in (4, 5, 6)]
    before = driver.filing.rows
    driver.at(rows[0], driver.column("value"))
    reach_down(driver, 2)
    driver.ctrl(KEY.Key_D)
    number = rows[0].get("target").lstrip("≥≤=")
    assert [t.lstrip("≥≤=") for t in targets(driver, rows)] == [number] * 3
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.rows == before


def test_ctrl_d_on_one_cell_takes_the_value_above(driver: Driver) -> None:
    above, row = driver.leaf(4), driver.leaf(5)
    driver.at(row, driver.page.model.column_of("unit"))
    driver.type("x")
    driver.key(KEY.Key_Return)
    driver.at(row, driver.page.model.column_of("unit"))
    driver.ctrl(KEY.Key_D)
    assert driver.on_disk().row(row.id).get("unit") == above.get("unit")


def test_filling_down_leaves_the_names_that_the_form_fixes_and_says_so(driver: Driver) -> None:
    before = driver.filing
    driver.at(driver.leaf(4), 0)
    reach_down(driver, 1)
    driver.ctrl(KEY.Key_D)
    assert driver.filing is before
    assert "1 格" in driver.window.notice.text.text()


def free_group(driver: Driver, least: int) -> tuple[Row, ...]:
    """The rows of a group that a person may move."""
    filing, model = driver.filing, driver.page.model
    for group in (r for r in driver.rows("indicators") if filing.children("indicators", r.id)):
        rows = filing.children("indicators", group.id)
        free = [r for r in rows if r.get("level3") and not model.is_locked(r.id)]
        if len(free) >= least and len(free) == len(rows):
            return rows
    raise AssertionError("no group with so many free rows")


def test_several_rows_move_together_in_one_step_and_stay_selected(driver: Driver) -> None:
    rows = free_group(driver, 3)
    driver.at(rows[0], 0)
    reach_down(driver, 1)
    driver.key(KEY.Key_Down, HELD.AltModifier)
    moved = [r.id for r in driver.on_disk().children("indicators", rows[0].parent)]
    assert moved[:3] == [rows[2].id, rows[0].id, rows[1].id]
    assert driver.grid.selected_rows() == [rows[0].id, rows[1].id]
    driver.key(KEY.Key_Up, HELD.AltModifier)
    assert driver.filing.children("indicators", rows[0].parent) == rows
    driver.ctrl(KEY.Key_Z)
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.children("indicators", rows[0].parent) == rows


def test_several_rows_are_deleted_in_one_step(driver: Driver) -> None:
    rows = free_group(driver, 3)
    before = driver.filing.rows
    driver.at(rows[0], 0)
    reach_down(driver, 1)
    driver.key(KEY.Key_Delete, HELD.ControlModifier | HELD.ShiftModifier)
    assert driver.on_disk().children("indicators", rows[0].parent) == rows[2:]
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.rows == before


@pytest.mark.parametrize("section", ["indicators", "tasks"])
def test_the_context_menu_says_what_the_keys_do(driver: Driver, section: str) -> None:
    driver.turn_to(section)
    names = set(driver.page.MENU) - {"-"}
    keys = {"row-add", "copy", "paste", "fill-down", "row-up", "row-down", "row-remove"}
    assert keys <= names
    assert all(not driver.window.actions_by_id[n].shortcut().isEmpty() for n in keys)


# --- narrow and wide windows ---


def cut(driver: Driver) -> list[str]:
    """Buttons and labels of the bar that have less room than their words need, or stand outside of the window."""
    bar = driver.window.top
    shown = [w for w in bar.findChildren(QWidget) if w.isVisible() and w.parent() is bar]
    outside = [w for w in shown if w.geometry().right() > bar.width() or w.geometry().left() < 0]
    tight = [w for w in shown if w.width() < w.minimumSizeHint().width()]
    return [str(w.property("text")) for w in (*outside, *tight)]


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(800, 600), (1360, 850), (3840, 2160)])
def test_nothing_is_cut_at_any_size(driver: Driver, size: tuple[int, int], zoom: float) -> None:
    driver.desk.look.wear(zoom=zoom)
    driver.window.resize(*size)
    driver.settle()
    window = driver.window
    assert (window.width(), window.height()) == size
    assert cut(driver) == []
    assert window.editor.isVisible()
    shown = [w for w in (window.navigation, window.middle, window.side) if w.isVisible()]
    assert all(w.width() >= w.minimumWidth() for w in shown)
    assert sum(w.width() for w in shown) <= size[0]


def test_in_a_small_window_the_list_is_away_and_a_key_or_button_brings_it(driver: Driver) -> None:
    window = driver.window
    window.resize(800, 600)
    driver.settle()
    assert not window.navigation.isVisible()
    driver.key(KEY.Key_B, HELD.ControlModifier | HELD.ShiftModifier)
    assert window.navigation.isVisible()
    driver.qtbot.mouseClick(window.top.left, Qt.MouseButton.LeftButton)
    assert not window.navigation.isVisible()
    window.resize(1360, 850)
    driver.settle()
    assert window.navigation.isVisible()
    assert window.side.isVisible()


def test_where_there_is_room_for_one_only_the_findings_take_the_editors_place_until_one_is_used(
    driver: Driver,
) -> None:
    window = driver.window
    driver.desk.look.wear(zoom=1.5)
    window.resize(800, 600)
    driver.settle()
    assert window.editor.isVisible()
    assert not window.side.isVisible()
    driver.key(KEY.Key_F, HELD.ControlModifier | HELD.ShiftModifier)
    assert window.side.isVisible()
    window.findings.jumped.emit(driver.space.findings[0].place)
    assert window.editor.isVisible()
    assert not window.side.isVisible()


def test_in_a_small_window_the_check_leads_to_the_first_problem_in_the_editor(driver: Driver) -> None:
    driver.desk.look.wear(zoom=1.5)
    driver.window.resize(800, 600)
    driver.settle()
    driver.key(KEY.Key_F8)
    assert driver.window.editor.isVisible()


def test_the_preview_comes_into_sight_in_a_small_window_too(driver: Driver) -> None:
    driver.desk.look.wear(zoom=1.5)
    driver.window.resize(800, 600)
    driver.settle()
    assert not driver.window.side.isVisible()
    driver.key(KEY.Key_F9)
    assert driver.window.side.isVisible()
    assert driver.window.side.current() == PREVIEW
