"""Ctrl+Z and Ctrl+Y reach everything that was done, edits and deeds, in the order it was done, and the menus say what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from tests.ui.driver import Driver

KEY = Qt.Key


def undo_text(driver: Driver) -> str:
    return driver.window.actions_by_id["undo"].text()


def redo_text(driver: Driver) -> str:
    return driver.window.actions_by_id["redo"].text()


def deed(driver: Driver, what: str, *arguments: object) -> None:
    """As the dialogue of units and years does it."""
    getattr(driver.space.store.office, what)(*arguments)
    driver.space.refresh()


def test_the_menu_says_what_comes_next_and_the_keys_do_it(driver: Driver) -> None:
    row, before = driver.leaf(1), driver.leaf(1).get("target")
    unit = driver.space.store.units()[0].id
    driver.space.set_cell(row.id, "target", "11")
    step = undo_text(driver)
    assert step.startswith("撤销：修改“")
    deed(driver, "rename_unit", unit, "改了名的单位")
    assert undo_text(driver) == "撤销：单位改名为“改了名的单位”"
    driver.ctrl(KEY.Key_Z)
    assert driver.space.unit != "改了名的单位"
    assert driver.leaf(1).get("target") == "11"
    assert (undo_text(driver), redo_text(driver)) == (step, "重做：单位改名为“改了名的单位”")
    driver.ctrl(KEY.Key_Z)
    assert driver.leaf(1).get("target") == before
    driver.ctrl(KEY.Key_Y)
    driver.ctrl(KEY.Key_Y)
    assert (driver.leaf(1).get("target"), driver.space.unit) == ("11", "改了名的单位")
    assert not driver.window.actions_by_id["redo"].isEnabled()


def test_the_deleted_filing_that_was_open_comes_back_and_is_open_again(driver: Driver) -> None:
    filing, rows = driver.filing.id, driver.filing.rows
    year = [i.id for i in driver.space.infos() if i.year == driver.filing.year]
    deed(driver, "delete_filings", year)
    assert driver.filing.id not in year
    driver.ctrl(KEY.Key_Z)
    assert (driver.filing.id, driver.filing.rows) == (filing, rows)
    driver.ctrl(KEY.Key_Y)
    assert driver.filing.id not in year


def test_what_was_done_is_taken_back_after_a_restart_too(driver: Driver) -> None:
    filing = driver.filing.id
    driver.space.set_cell(driver.leaf(1).id, "target", "11")
    deed(driver, "delete_filings", [filing])
    driver.close()
    from tests.ui.driver import Driver as Again

    again = Again(driver.qtbot, driver.folder, sample=False)
    try:
        again.ctrl(KEY.Key_Z)
        assert again.filing.id == filing
        again.ctrl(KEY.Key_Z)
        assert again.leaf(1).get("target") != "11"
    finally:
        again.close()


def test_the_last_filing_taken_back_is_brought_back_after_a_restart(nobody: Driver) -> None:
    form = next(iter(nobody.space.catalog.forms.values()))
    made = nobody.window.files.create(form, 2026, "某单位")
    nobody.ctrl(KEY.Key_Z)
    assert nobody.space.filing is None
    assert redo_text(nobody).startswith("重做：新建")
    nobody.close()
    from tests.ui.driver import Driver as Again

    again = Again(nobody.qtbot, nobody.folder, sample=False)
    try:
        assert redo_text(again).startswith("重做：新建")
        again.window.actions_by_id[
            "redo"
        ].trigger()  # the keys belong to the line that asks for the unit's name
        assert again.filing.id == made
    finally:
        again.close()


def test_typing_that_was_saved_twice_in_one_stay_is_one_line_of_the_history(driver: Driver) -> None:
    editor = driver.field("basic", "goal")
    before, steps = driver.filing.cell("basic/goal"), len(driver.space.history())
    binding = next(f.binding for f in driver.page.fields if f.field.id == "goal")
    for word in ("new ", "words ", "here"):
        driver.type(word)
        binding.write_through()
    assert "here" in driver.on_disk().cell("basic/goal")
    assert len(driver.space.history()) == steps + 1
    editor.clearFocus()
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.cell("basic/goal") == before
