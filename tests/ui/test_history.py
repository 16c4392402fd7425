"""The history tells what, when and where; it can be narrowed to a cell, and any point is one new step away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from perfdesk.model.finding import Place
from ui.panels.history import PAST

if TYPE_CHECKING:
    from tests.ui.driver import Driver


@pytest.fixture
def history(driver: Driver) -> Any:
    """Seen, with three edits behind it."""
    rows = driver.leaf(1), driver.leaf(2)
    for row, text in ((rows[0], "11"), (rows[1], "22"), (rows[0], "33")):
        driver.space.set_cell(row.id, "target", text)
    stack = driver.window.history.parentWidget()
    stack.setCurrentWidget(driver.window.history)
    driver.settle()
    return driver.window.history


def told(history: Any) -> list[str]:
    items = (history.list.item(n) for n in range(history.list.count()))
    return [i.text() for i in items if i.data(PAST)]


def choose(history: Any, number: int) -> None:
    """The step with that number in the journal."""
    items = (history.list.item(n) for n in range(history.list.count()))
    history.list.setCurrentItem(next(i for i in items if i.data(PAST) and i.data(PAST).number == number))


def test_the_newest_step_stands_first_and_says_what_the_cell_became(history: Any) -> None:
    assert [text[-2:] for text in told(history)[:3]] == ["33", "22", "11"]


def test_the_history_can_be_narrowed_to_the_cell_with_the_cursor(driver: Driver, history: Any) -> None:
    history.stand_at(Place(driver.leaf(1).id, "target"))
    driver.qtbot.mouseClick(history.only, Qt.MouseButton.LeftButton)
    assert [text[-2:] for text in told(history)[:2]] == ["33", "11"]
    history.stand_at(Place(driver.leaf(2).id, "target"))
    assert told(history)[0].endswith("22")
    driver.qtbot.mouseClick(history.only, Qt.MouseButton.LeftButton)
    assert len(told(history)) == 4


def test_going_back_is_one_step_that_undo_takes_back(driver: Driver, history: Any) -> None:
    now, steps = driver.filing, len(driver.space.history())
    choose(history, 2)
    driver.qtbot.mouseClick(history.back, Qt.MouseButton.LeftButton)
    assert [driver.leaf(n).get("target") for n in (1, 2)] == [
        "11",
        driver.on_disk().row(driver.leaf(2).id).get("target"),
    ]
    assert driver.leaf(2).get("target") != "22"
    assert len(driver.space.history()) == steps + 1
    driver.space.undo()
    assert driver.filing.rows == now.rows


def test_one_can_go_forward_to_an_undone_step_but_not_to_one_that_was_overtaken(
    driver: Driver, history: Any
) -> None:
    driver.space.undo()
    choose(history, 4)
    history.go_back()
    assert driver.leaf(1).get("target") == "33"
    choose(history, 4)
    assert not history.back.isEnabled()


def test_a_click_goes_to_the_cell_and_the_first_step_brings_the_filing_as_it_came(
    driver: Driver, history: Any
) -> None:
    first = driver.space.store.history(driver.filing.id)[0].changes
    choose(history, 1)
    history.go_back()
    assert {r.id for r in driver.filing.rows} == {c.row.id for c in first}
    driver.turn_to("basic")
    choose(history, 4)
    history.list.itemClicked.emit(history.list.currentItem())
    assert driver.here().id == driver.leaf(1).id


def test_a_line_says_who_made_the_step_and_an_older_one_that_nobody_wrote_it_down(
    driver: Driver, history: Any
) -> None:
    from perfdesk.store.scribe import login
    from ui.messages import deeds as words

    tips = [history.list.item(n).toolTip() for n in range(history.list.count())]
    assert sum(login() in tip for tip in tips) == 4
    assert words.history_tip("改", "2026-03-02 09:00:00", "", False).endswith("未记录")
