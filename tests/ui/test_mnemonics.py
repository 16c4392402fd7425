"""Menus by their letters; what shares the actions with them does not notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

if TYPE_CHECKING:
    from tests.ui.driver import Driver


def letters(menu: QMenu) -> list[str]:
    return [a.text().partition("(&")[2][:1] for a in menu.actions() if not a.isSeparator()]


def test_every_entry_of_the_bars_menus_has_a_letter_of_its_own(driver: Driver) -> None:
    top = driver.window.top
    for menu in (top.export.menu(), top.unit.menu(), top.year.menu(), driver.window.status.help.menu()):
        menu.aboutToShow.emit()
        assert "" not in letters(menu) and len(set(letters(menu))) == len(letters(menu))
        menu.aboutToHide.emit()
        assert not any("&" in a.text() for a in menu.actions())


def test_a_letter_picks_the_entry(driver: Driver) -> None:
    menu, shown = driver.window.status.help.menu(), []
    action = next(a for a in menu.actions() if a.objectName() == "keys")
    action.triggered.disconnect()
    action.triggered.connect(lambda: shown.append("keys"))
    menu.popup(QPoint(0, 0))
    driver.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)
    driver.qtbot.keyClick(menu, Qt.Key.Key_K)
    assert shown == ["keys"] and not menu.isVisible()


def test_buttons_and_find_keep_their_words_while_a_menu_is_open(driver: Driver) -> None:
    before = [b.text() for b in driver.window.findChildren(QToolButton)]
    menu = driver.window.top.export.menu()
    menu.aboutToShow.emit()
    assert [b.text() for b in driver.window.findChildren(QToolButton)] == before
    menu.aboutToHide.emit()
    action = driver.window.actions_by_id["print"]
    assert action.text() == "打印…"
    action.setText("打印")
    assert action.iconText() == "打印"
