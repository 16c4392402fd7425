"""A store that takes nothing for a while: told once, what is typed stays, and it is saved by itself when the cause is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from perfdesk.errors import ChangeRefused
from ui import messages as say
from ui.messages import faults as words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver

KEY = Qt.Key


@pytest.fixture
def told(driver: Driver) -> list[str]:
    """The messages that would stand in a dialogue; nobody takes the extra button."""
    messages: list[str] = []

    def tell(error, extra="") -> bool:
        messages.append(error.message)
        return False

    driver.window.saving.tell = tell
    driver.window.saving._timer.setInterval(100)
    return messages


def pulled(driver: Driver) -> Path:
    """The stick is out: the file is not where it was."""
    file, elsewhere = driver.folder / "perfdesk.db", driver.folder / "pulled.db"
    file.rename(elsewhere)
    return elsewhere


def put_back(driver: Driver) -> None:
    (driver.folder / "pulled.db").rename(driver.folder / "perfdesk.db")


def test_a_long_text_is_told_once_however_often_it_is_tried_and_saved_by_itself(
    driver: Driver, told: list[str]
) -> None:
    editor = driver.field("basic", "goal")
    editor.selectAll()
    pulled(driver)
    page = driver.page
    binding = next(f.binding for f in page.fields if f.field.id == "goal")
    for word in ("one", " two", " three"):
        driver.type(word)
        binding.write_through()
        driver.window.saving.try_again()
    assert len(told) == 1 and "不见了" in told[0]
    assert editor.toPlainText() == "one two three" and editor.hasFocus()
    status = driver.window.status
    assert status.unsaved.isVisible() and not status.saved.isVisible() and not status.tick.isVisible()
    put_back(driver)
    driver.qtbot.waitUntil(lambda: driver.window.saving.fault is None, timeout=10_000)
    assert driver.on_disk().cell("basic/goal") == "one two three"
    assert status.saved.text() == say.saved(driver.space.saved_at) and status.saved.isVisible()
    assert not status.unsaved.isVisible()
    driver.type(" four")
    assert editor.toPlainText() == "one two three four"


def test_a_cell_of_a_grid_is_saved_by_itself_and_typing_goes_on_in_it(
    driver: Driver, told: list[str]
) -> None:
    row = driver.leaf(4)
    driver.at(row, driver.column("value"))
    pulled(driver)
    driver.type("88")
    driver.key(KEY.Key_Return)
    driver.settle()
    driver.window.saving.try_again()
    assert len(told) == 1
    assert driver.cell_editor().toPlainText() == "88"
    put_back(driver)
    driver.qtbot.waitUntil(lambda: driver.window.saving.fault is None, timeout=10_000)
    assert driver.on_disk().row(row.id).get("target") == "≥88"
    driver.cell_editor().moveCursor(driver.cell_editor().textCursor().MoveOperation.End)
    driver.type("8")
    driver.window.editor.commit()
    assert driver.on_disk().row(row.id).get("target") == "≥888"


def test_another_filing_is_not_opened_over_what_cannot_be_written(driver: Driver, told: list[str]) -> None:
    here = driver.filing.id
    other = next(i.id for i in driver.space.infos() if i.id != here)
    editor = driver.field("basic", "unit_name")
    editor.selectAll()
    pulled(driver)
    driver.type("new")
    driver.window.open_filing(other)
    assert driver.filing.id == here and editor.text() == "new" and len(told) == 1
    assert driver.window.notice.text.text() == words.HELD
    put_back(driver)
    driver.window.open_filing(other)
    assert driver.filing.id == other
    driver.window.open_filing(here)
    assert driver.on_disk().cell("basic/unit_name") == "new"


@pytest.mark.parametrize("where", ["field", "cell"])
def test_the_window_does_not_close_over_what_cannot_be_written_unless_one_says_so(
    driver: Driver, told: list[str], where: str
) -> None:
    if where == "field":
        driver.field("basic", "unit_name").selectAll()
    else:
        driver.at(driver.leaf(4), driver.column("value"))
    pulled(driver)
    driver.type("77")
    assert not driver.window.close()
    assert driver.window.isVisible() and driver.window.editor.pending()
    assert len(told) == 2 and told[0] in told[1]
    driver.window.saving.tell = lambda error, extra="": extra == words.GIVE_UP
    assert driver.window.close()
    put_back(driver)


def test_what_makes_no_sense_is_told_every_time(driver: Driver, told: list[str]) -> None:
    for _ in range(2):
        driver.space.refused.emit(ChangeRefused("wrong-level", "no"))
    assert told == ["no", "no"]
    assert driver.window.saving.fault is None
