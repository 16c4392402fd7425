"""Find and replace over the open filing: what is listed, what is left alone, one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt

from perfdesk.catalog import new_filing
from perfdesk.model.change import apply
from tests.making import catalog, counter
from ui.form.replacing import find, replace

if TYPE_CHECKING:
    from tests.ui.driver import Driver
    from ui.dialogs.replace import ReplaceDialog

KEY = Qt.Key
FORM = catalog().form("zhengzhou-2021/overall-target")


def dialog(driver: Driver) -> ReplaceDialog:
    driver.ctrl(KEY.Key_H)
    box = driver.window.library._replace
    assert box is not None and box.isVisible()
    return box


def holding(driver: Driver, words: str) -> set[tuple[str, str]]:
    """(row, column) of every cell that is no amount and holds the words."""
    return {
        (row.id, column)
        for row in driver.filing.rows
        if row.section != "budget"
        for column, text in row.cells.items()
        if words in text
    }


def test_all_texts_that_hold_the_words_are_listed_but_fixed_names(driver: Driver) -> None:
    box = dialog(driver)
    box.words.setText("租赁")
    assert {s.key for s in box.model.spots.cells} == holding(driver, "租赁")
    assert box.model.spots.fixed == 0
    box.words.setText("预算执行率")
    assert box.model.spots.cells == ()
    assert box.model.spots.fixed == 1
    assert not box.do.isEnabled()


def test_the_ticked_places_are_replaced_in_one_step_that_can_be_taken_back(driver: Driver) -> None:
    before = driver.filing
    box = dialog(driver)
    box.words.setText("租赁")
    box.by.setText("出租")
    first = box.model.spots.cells[0]
    box.model.setData(box.model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    driver.qtbot.mouseClick(box.do, Qt.MouseButton.LeftButton)
    assert holding(driver, "租赁") == {first.key}
    assert driver.on_disk().rows == driver.filing.rows
    box.close()
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.rows == before.rows


def test_enter_replaces_and_says_how_many(driver: Driver) -> None:
    places = len(holding(driver, "小区"))
    box = dialog(driver)
    box.words.setText("小区")
    box.by.setText("院落")
    driver.qtbot.keyClick(box.by, KEY.Key_Return)
    assert holding(driver, "小区") == set()
    assert str(places) in box.said.text()
    assert box.isVisible()


def test_what_is_being_typed_is_kept_and_replaced_too(driver: Driver) -> None:
    box = dialog(driver)
    box.words.setText("租赁")
    driver.field("basic", "unit_name").setText("租赁中心")
    box.by.setText("出租")
    box.replace()
    assert driver.filing.unit_name == "出租中心"


def test_amounts_are_left_alone(driver: Driver) -> None:
    budget = driver.filing.row("budget")
    box = dialog(driver)
    box.words.setText("0")
    box.by.setText("9")
    box.replace()
    assert driver.filing.row("budget") == budget


def test_case_counts_only_where_it_is_asked_for(driver: Driver) -> None:
    driver.space.set_cell("basic", "goal", "Word 文件和 word 文件")
    box = dialog(driver)
    box.words.setText("word")
    assert box.model.spots.cells[0].times == 2
    box.case.setChecked(True)
    assert box.model.spots.cells[0].times == 1


def test_one_tick_chooses_all_and_none(driver: Driver) -> None:
    box = dialog(driver)
    box.words.setText("租赁")
    assert box.all.isChecked()
    mark = QPoint(8, box.all.height() // 2)
    driver.qtbot.mouseClick(box.all, Qt.MouseButton.LeftButton, pos=mark)
    assert box.model.chosen() == ()
    assert not box.do.isEnabled()
    driver.qtbot.mouseClick(box.all, Qt.MouseButton.LeftButton, pos=mark)
    assert len(box.model.chosen()) == len(box.model.spots.cells)


def test_the_list_follows_the_filing(driver: Driver) -> None:
    box = dialog(driver)
    box.words.setText("只在这里")
    assert box.model.spots.cells == ()
    driver.space.set_cell("basic", "goal", "只在这里出现")
    assert [s.key for s in box.model.spots.cells] == [("basic", "goal")]


def test_opened_again_the_list_is_that_of_the_filing_as_it_is_now(driver: Driver) -> None:
    box = dialog(driver)
    box.words.setText("只在这里")
    box.close()
    driver.space.set_cell("basic", "goal", "只在这里出现")
    assert dialog(driver) is box
    assert [s.key for s in box.model.spots.cells] == [("basic", "goal")]


def test_the_model_keeps_the_rules_of_models(driver: Driver, qtmodeltester: object) -> None:
    box = dialog(driver)
    box.words.setText("率")
    qtmodeltester.check(box.model)  # type: ignore[attr-defined]


@given(
    st.text("ab租(.*)\\1 ", max_size=20),
    st.text("ab租.*\\", min_size=1, max_size=3),
    st.text("ab租\\1g<0>", max_size=4),
)
def test_words_are_taken_literally(text: str, words: str, by: str) -> None:
    """The same as the language's own replace: nothing typed here is a pattern."""
    filing = new_filing(FORM, 2024, text.strip(), counter())
    spots = find(FORM, filing, words, by, case=True)
    step = replace(spots.cells, words, by)
    after = apply(filing, step.changes)[0] if step else filing
    assert after.unit_name == text.strip().replace(words, by).strip()
