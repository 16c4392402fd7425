"""Units and years at the window: every deed is one click, and one click takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from ui.dialogs.units import CODE, NAME, YEAR
from ui.messages import units as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfdesk.errors import UserError
    from tests.ui.driver import Driver


@pytest.fixture
def dialog(driver: Driver) -> Iterator[Any]:
    found = driver.window.office.units_dialog()
    assert found is not None
    driver.qtbot.addWidget(found)
    found.show()
    yield found
    found.close()


def choose(dialog: Any, year: int | None = None) -> Any:
    """The first unit, or one of its years."""
    unit = dialog.tree.topLevelItem(0)
    years = [unit.child(n) for n in range(unit.childCount())]
    item = unit if year is None else next(y for y in years if y.data(NAME, YEAR) == (year,))
    dialog.tree.setCurrentItem(item)
    return item


def click(driver: Driver, button: Any) -> None:
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def names(dialog: Any) -> list[str]:
    return [dialog.tree.topLevelItem(n).text(NAME) for n in range(dialog.tree.topLevelItemCount())]


def test_a_unit_is_made_and_named_in_place_and_undone(driver: Driver, dialog: Any) -> None:
    before = names(dialog)
    click(driver, dialog.new_unit)
    dialog.tree.currentItem().setText(NAME, "第二个单位")
    assert sorted(names(dialog)) == sorted([*before, "第二个单位"])
    assert dialog.undo.text() == "撤销：单位改名为“第二个单位”"
    click(driver, dialog.undo)
    click(driver, dialog.undo)
    assert names(dialog) == before


def test_a_renamed_unit_is_renamed_in_the_top_bar_and_its_filings_stay(driver: Driver, dialog: Any) -> None:
    filing = driver.filing.id
    choose(dialog).setText(NAME, "改了名的单位")
    choose(dialog).setText(CODE, "101")
    assert driver.window.top.unit.toolTip() == "改了名的单位"
    assert driver.filing.id == filing
    assert [(u.name, u.code) for u in driver.space.store.units()] == [("改了名的单位", "101")]


def test_a_name_that_is_taken_is_told_and_the_old_one_stands(driver: Driver, dialog: Any) -> None:
    told: list[UserError] = []
    dialog.refused.disconnect()
    dialog.refused.connect(told.append)
    driver.space.store.office.create_unit("别的")
    before = choose(dialog).text(NAME)
    choose(dialog).setText(NAME, "别的")
    assert [e.code for e in told] == ["unit-exists"]
    assert before in names(dialog)


def test_an_archived_year_says_so_and_the_notice_takes_it_out(driver: Driver, dialog: Any) -> None:
    choose(dialog, driver.filing.year)
    click(driver, dialog.archive)
    assert dialog.tree.currentItem().data(NAME, YEAR) == (driver.filing.year,)
    assert dialog.archive.text() == words.UNARCHIVE
    assert driver.window.editor.archived.isVisible()
    dialog.close()
    click(driver, driver.window.editor.archived.button)
    assert not any(i.archived for i in driver.space.store.filings())
    assert driver.space.set_cell(driver.leaf(1).id, "target", "5")


def test_a_deleted_year_leaves_every_list_and_comes_back(driver: Driver, dialog: Any) -> None:
    filing, year = driver.filing.id, driver.filing.year
    choose(dialog, year)
    click(driver, dialog.delete)
    assert filing not in {i.id for i in driver.space.infos()}
    assert driver.filing.id != filing
    for _ in driver.space.store.office.deleted():
        dialog.recent.setCurrentRow(0)
        click(driver, dialog.back)
    assert filing in {i.id for i in driver.space.infos()}
    assert driver.space.store.office.deleted() == ()


def test_deleting_the_last_unit_leaves_an_empty_window_and_undo_fills_it(driver: Driver, dialog: Any) -> None:
    rows = driver.filing.rows
    choose(dialog)
    click(driver, dialog.delete)
    assert driver.space.filing is None
    assert driver.window.middle.currentWidget() is not driver.window.editor
    click(driver, dialog.undo)
    assert driver.space.filing is not None
    assert any(driver.space.store.filing(i.id).rows == rows for i in driver.space.infos())


def test_the_pickers_offer_new_filings_and_the_dialogue(driver: Driver) -> None:
    for button in (driver.window.top.unit, driver.window.top.year):
        actions = button.menu().actions()
        assert driver.window.actions_by_id["units"] in actions
        assert driver.window.actions_by_id["new"] in actions
