"""A project form of each edition, filled from empty with keys only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from perfdesk.derive import derive
from perfdesk.model.filing import depth, leaves
from ui import messages as say

if TYPE_CHECKING:
    from tests.ui.driver import Driver

KEY, HELD = Qt.Key, Qt.KeyboardModifier
EDITIONS = ("hebei-2021", "hebei-2022", "national-2015", "national-2021")
TEXT, NUMBER, TARGET = "整治老旧小区", "100", "95%"


def new_project(driver: Driver, form: Any) -> None:
    """From the list of projects: the edition from the menu, the name, and into the form."""
    driver.key(KEY.Key_P, HELD.AltModifier)
    driver.key(KEY.Key_Space)
    menu: Any = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    wanted = say.form_choice(form.scheme_name, form.title)
    for _ in menu.actions():
        driver.qtbot.keyClick(menu, KEY.Key_Down)
        if menu.activeAction().text() == wanted:
            break
    driver.qtbot.keyClick(menu, KEY.Key_Return)
    driver.compose(TEXT)
    driver.key(KEY.Key_Return)
    driver.qtbot.waitUntil(lambda: [i.name for i in driver.space.infos() if i.name] == [TEXT])
    driver.key(KEY.Key_Return)
    assert driver.window.middle.currentWidget() is driver.window.editor
    assert driver.filing.form == form.id


def turn_to(driver: Driver, section: str) -> None:
    for _ in driver.window.editor.pages:
        if driver.page.section.id == section:
            return
        driver.ctrl(KEY.Key_PageDown)
    assert driver.page.section.id == section


def fill_fields(driver: Driver, section: Any) -> None:
    """Every field of the section, from one to the next with Tab."""
    while driver.page.isAncestorOf(driver.focus()):
        driver.key(KEY.Key_Backtab, HELD.ShiftModifier)
    driver.key(KEY.Key_Tab)
    for _ in section.fields:
        if section.id != "basic":
            driver.type(NUMBER)
        elif not written(driver.focus()):
            driver.compose(TEXT)
        driver.key(KEY.Key_Tab)


def written(editor: Any) -> str:
    return editor.toPlainText() if hasattr(editor, "toPlainText") else editor.text()


def fill_tree(driver: Driver, _section: Any) -> None:
    """One indicator in every group: Ctrl+Enter on the group, then cell after cell with Tab."""
    done: set[str] = set()
    driver.ctrl(KEY.Key_Home)
    for _ in range(80):
        row = driver.here()
        if depth(row) == 2 and row.id not in done:
            done.add(row.id)
            driver.ctrl(KEY.Key_Return)
            fill_leaf(driver)
            continue
        before = driver.grid.currentIndex()
        driver.key(KEY.Key_Down)
        if driver.grid.currentIndex() == before:
            return


def fill_leaf(driver: Driver) -> None:
    """From the name on, and down with Enter; the sign comes with the value."""
    kinds = [c.kind for c in driver.page.model.columns]
    last = max(n for n, kind in enumerate(kinds) if kind in ("value", "field"))
    for number, kind in enumerate(kinds[: last + 1]):
        if kind == "sign":
            driver.key(KEY.Key_Right)
            continue
        driver.compose(TARGET if kind == "value" else TEXT)
        driver.key(KEY.Key_Return if number == last else KEY.Key_Tab)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_form_is_filled_from_empty_with_keys_only(driver: Driver, edition: str) -> None:
    form = driver.space.catalog.form(f"{edition}/project-target")
    new_project(driver, form)
    for section in form.sections:
        turn_to(driver, section.id)
        (fill_tree if section.kind == "tree" else fill_fields)(driver, section)
    driver.key(KEY.Key_Escape)
    driver.qtbot.waitUntil(
        lambda: derive(form, driver.on_disk()).filled == derive(form, driver.filing).filled
    )
    filing = driver.on_disk()
    values = derive(form, filing)
    for section in form.sections:
        if section.kind == "fields":
            for field in section.fields:
                assert filing.cell(f"{section.id}/{field.id}"), field.id
    found = list(leaves(filing, form.tree.id))
    assert len(found) == len(form.tree.groups)
    assert {one.row.get("level3") for one in found} == {TEXT}
    assert values.filled == values.wanted
