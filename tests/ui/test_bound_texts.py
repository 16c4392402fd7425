"""An accountant in the explanation of a budget: numbers of the tables as chips among words that are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu

from ui.dialogs.quote import QuoteDialog

if TYPE_CHECKING:
    from tests.ui.driver import Driver

KEY = Qt.Key
HELD = Qt.KeyboardModifier
INCOME = "{{收支总表/收入总计}}"


@pytest.fixture
def budget(driver: Driver) -> Driver:
    """The sample's budget of 2022."""
    driver.space.open(next(i.id for i in driver.space.infos() if "budget" in i.form and i.year == 2022))
    driver.settle()
    return driver


def written(driver: Driver, text: str, column: str = "overview") -> Any:
    """The editor of a chapter that holds this text, with the cursor at its end."""
    driver.space.set_cell("explanation", column, text)
    editor = driver.field("explanation", column)
    driver.settle()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    return editor


def stored(driver: Driver, column: str = "overview") -> str:
    driver.window.editor.commit()
    return driver.on_disk().cell(f"explanation/{column}")


def total(driver: Driver) -> str:
    """What the first table says of all income, without zeros at the end."""
    cell = driver.space.values.budget.view("收支总表").cell("income_total", "income_amount")
    return cell.text.rstrip("0").rstrip(".")


def middle_of(editor: Any, position: int) -> QPoint:
    """The middle of a character on the screen."""
    cursor = QTextCursor(editor.document())
    cursor.setPosition(position)
    left = editor.cursorRect(cursor)
    cursor.setPosition(position + 1)
    right = editor.cursorRect(cursor)
    return QPoint((left.left() + right.left()) // 2, left.center().y())


# --- reading ---


def test_no_chapter_shows_braces_and_each_is_read_as_it_is_printed(budget: Driver) -> None:
    page: Any = budget.turn_to("explanation")
    assert any("{{" in budget.filing.cell(f"explanation/{f.field.id}") for f in page.fields)
    for field in page.fields:
        assert "{{" not in field.editor.toPlainText() + field.editor.shown()
        assert field.editor.raw() == budget.filing.cell(f"explanation/{field.field.id}")
    income = next(f for f in page.fields if f.field.id == "income").editor
    assert income.shown().startswith(f"2022年预算收入{total(budget)}万元，其中：")


def test_the_count_against_the_limit_is_of_what_is_printed(budget: Driver) -> None:
    written(budget, f"收入{INCOME}万元")
    field = next(f for f in budget.page.fields if f.field.id == "overview")
    assert field.counts.text() == f"{len(f'收入{total(budget)}万元')} / 10000 字"


def test_headings_stand_as_they_are_printed_and_fields_are_as_high_as_their_texts(budget: Driver) -> None:
    short = written(budget, "一句话。").height()
    lines = short / 2
    assert written(budget, "\n".join("句" for _ in range(6))).height() > 2 * lines
    high = written(budget, "\n".join("句" for _ in range(12))).height()
    assert written(budget, "\n".join("句" for _ in range(60))).height() == high
    page = budget.page
    assert next(f for f in page.fields if f.field.id == "income").label.text() == "1、收入说明"
    assert [h.text() for h in page._headings] == ["一、部门职责及机构设置情况"]


def test_find_and_history_show_no_braces(budget: Driver) -> None:
    from ui.models.found import Finds, Ways
    from ui.models.library import source_of
    from ui.models.past import lines

    written(budget, f"年收入{INCOME}整")
    finds = Finds(budget.space, Ways(print, print, {}), source_of(budget.space).pinyin)
    assert f"年收入{total(budget)}整" in [f.text for f in finds.search(f"年收入{total(budget)}")]
    assert lines(budget.space.history())[0].label.endswith("→ 年收入〔收入总计〕整")


# --- what is bound stays bound ---


def test_a_value_follows_the_tables_at_once(budget: Driver) -> None:
    editor = written(budget, f"收入{INCOME}万元")
    before, row = total(budget), budget.rows("spending")[0]
    budget.space.set_cell(row.id, "project.general", "999999")
    assert total(budget) != before
    assert editor.shown() == f"收入{total(budget)}万元"
    budget.ctrl(KEY.Key_Z)
    assert editor.shown() == f"收入{before}万元"


def test_a_page_that_is_not_shown_has_todays_values_when_it_comes(budget: Driver) -> None:
    editor = written(budget, f"收入{INCOME}万元")
    budget.turn_to("spending")
    budget.space.set_cell(budget.rows("spending")[0].id, "project.general", "999999")
    budget.turn_to("explanation")
    assert editor.shown() == f"收入{total(budget)}万元"


def test_words_are_typed_around_a_chip_and_it_is_one_character_for_the_cursor(budget: Driver) -> None:
    written(budget, f"收入{INCOME}万元")
    for _ in "万元":
        budget.key(KEY.Key_Left)
    budget.compose("共")
    budget.key(KEY.Key_Left)
    budget.key(KEY.Key_Left)
    budget.compose("约")
    assert stored(budget) == f"收入约{INCOME}共万元"
    budget.key(KEY.Key_Delete)
    assert stored(budget) == "收入约共万元"


def test_selecting_over_a_chip_takes_it_whole(budget: Driver) -> None:
    written(budget, f"收入{INCOME}万元")
    budget.key(KEY.Key_Home)
    for _ in "收入□":
        budget.key(KEY.Key_Right, HELD.ShiftModifier)
    budget.compose("共")
    assert stored(budget) == "共万元"


def test_braces_that_are_typed_become_a_chip(budget: Driver) -> None:
    editor = written(budget, "𠮷收入")
    budget.type("{{")
    budget.compose("收支总表/收入总计")
    budget.type("}}")
    assert editor.shown() == f"𠮷收入{total(budget)}"
    assert stored(budget) == f"𠮷收入{INCOME}"


def test_an_unknown_name_stays_as_it_is_written_and_says_so(budget: Driver) -> None:
    editor = written(budget, "收入{{收支总表/没有}}万元")
    assert "不对应任何数据" in editor.tip_at(middle_of(editor, 2))
    budget.compose("。")
    assert stored(budget) == "收入{{收支总表/没有}}万元。"


def test_a_chip_says_where_it_comes_from_and_leads_there(budget: Driver) -> None:
    editor = written(budget, f"收入{INCOME}万元")
    assert editor.tip_at(middle_of(editor, 2)).startswith("收支总表 收入总计")
    assert editor.tip_at(middle_of(editor, 1)) == editor.finding
    budget.qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(editor, 2))
    budget.ctrl(KEY.Key_J)
    assert budget.page.section.id == "收支总表"
    place = budget.page.place()
    assert (place.row, place.column) == ("收支总表!income_total", "income_amount")


# --- putting in and taking out ---


def offered(driver: Driver) -> QuoteDialog:
    driver.ctrl(KEY.Key_I)
    dialog = driver.window.findChild(QuoteDialog)
    assert dialog is not None
    return dialog


def test_a_number_is_found_by_pinyin_and_put_in_where_the_cursor_is(budget: Driver) -> None:
    editor = written(budget, "收入万元", "income")
    budget.key(KEY.Key_Left)
    budget.key(KEY.Key_Left)
    dialog = offered(budget)
    assert [dialog.list.item(0).text(), dialog.list.item(1).text()] == ["预算收入", "一般公共预算收入"]
    budget.qtbot.keyClicks(dialog.words, "srzj")
    assert dialog.list.item(0).text() == "预算收入"
    budget.qtbot.keyClick(dialog.words, KEY.Key_Return)
    editor.setFocus()
    assert stored(budget, "income") == f"收入{INCOME}万元"
    assert editor.shown() == f"收入{total(budget)}万元"


def test_a_chip_becomes_the_number_as_typed(budget: Driver) -> None:
    written(budget, f"收入{INCOME}")
    budget.key(KEY.Key_I, HELD.ControlModifier | HELD.ShiftModifier)
    assert stored(budget) == f"收入{total(budget)}"


def test_the_menu_offers_what_can_be_done_with_the_chip_under_the_pointer(budget: Driver) -> None:
    editor = written(budget, f"收入{INCOME}万元")
    menu: QMenu = editor.make_menu()
    assert not editor.unbind_action.isEnabled()
    menu.aboutToHide.emit()
    editor.setTextCursor(editor._chosen(2))
    menu = editor.make_menu()
    assert [a.text() for a in menu.actions() if a.isEnabled()][:3] == [
        "插入表中数据…",
        "改为文字",
        "跳到出处",
    ]
    editor.unbind_action.trigger()
    assert stored(budget) == f"收入{total(budget)}万元"


# --- clipboard ---


def test_other_programs_get_the_values_and_this_one_the_chips(budget: Driver) -> None:
    written(budget, f"收入{INCOME}万元")
    budget.ctrl(KEY.Key_A)
    budget.ctrl(KEY.Key_C)
    assert QGuiApplication.clipboard().text() == f"收入{total(budget)}万元"
    written(budget, "", "others")
    budget.ctrl(KEY.Key_V)
    assert stored(budget, "others") == f"收入{INCOME}万元"


def test_text_from_elsewhere_comes_in_without_its_looks(budget: Driver) -> None:
    editor = written(budget, "甲")
    data = QMimeData()
    data.setHtml('<b style="color:red">乙</b><img src="x.png">')
    data.setText("乙\r\n丙")
    editor.insertFromMimeData(data)
    assert stored(budget) == "甲乙\n丙"
    assert "font-weight:700" not in editor.toHtml() and "red" not in editor.toHtml()


# --- typing ---


def test_a_half_typed_word_of_an_input_method_is_kept_when_the_field_is_left(budget: Driver) -> None:
    written(budget, f"收入{INCOME}")
    budget.preedit("wan")
    budget.compose("万元")
    budget.preedit("yuan")
    budget.turn_to("spending")
    assert stored(budget) == f"收入{INCOME}万元yuan"


def test_long_typing_is_on_the_disk_after_two_seconds_and_is_one_step(budget: Driver) -> None:
    editor = written(budget, f"收入{INCOME}")
    before = len(budget.space.history())
    budget.compose("万")
    budget.qtbot.waitUntil(lambda: budget.on_disk().cell("explanation/overview").endswith("万"), timeout=4000)
    budget.compose("元")
    budget.window.editor.commit()
    assert len(budget.space.history()) == before + 1
    budget.ctrl(KEY.Key_Z)
    assert editor.raw() == f"收入{INCOME}" == stored(budget)


def test_an_archived_text_is_read_and_copied_but_takes_nothing(budget: Driver) -> None:
    editor = written(budget, f"收入{INCOME}")
    store = budget.space.store
    store.office.archive_year(store.units()[0].id, 2022)
    budget.space.refresh()
    budget.field("explanation", "overview")
    budget.compose("五")
    budget.type("5")
    budget.ctrl(KEY.Key_I)
    assert QApplication.activeModalWidget() is None
    editor.unbind()
    budget.ctrl(KEY.Key_V)
    budget.ctrl(KEY.Key_A)
    budget.ctrl(KEY.Key_C)
    assert editor.raw() == f"收入{INCOME}" == stored(budget)
    assert QGuiApplication.clipboard().text() == f"收入{total(budget)}"
