"""What a person does in the bureau's place, in the words of the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt

from tests.ui.driver import PATIENCE

if TYPE_CHECKING:
    from perfdesk.store import Store
    from tests.ui.driver import Driver


class Bench:
    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.qtbot = driver.qtbot
        self.qtbot.waitUntil(lambda: self.window.middle.currentWidget().objectName() == "bureauPage")
        self.rest()

    @property
    def window(self) -> Any:
        return self.driver.window

    @property
    def commands(self) -> Any:
        return self.window.office.bureau

    @property
    def page(self) -> Any:
        return self.commands.page

    @property
    def store(self) -> Store:
        store = self.driver.space.store
        assert store is not None
        return store

    def rest(self) -> None:
        """Until everything that was asked of the store is there."""
        self.qtbot.waitUntil(lambda: self.commands.year.is_idle(), timeout=PATIENCE)

    def work(self) -> None:
        """Until what runs in the background has ended, and what it changed is read."""
        self.qtbot.waitUntil(lambda: self.window.files.task is None, timeout=PATIENCE)
        self.driver.settle()
        self.rest()

    # --- the tree ---

    @property
    def tree(self) -> Any:
        return self.page.units.tree

    def names(self) -> list[str]:
        """What the tree shows, folded or not, from top to bottom."""
        model, found = self.tree.units, list[str]()

        def walk(above: QModelIndex) -> None:
            for row in range(model.rowCount(above)):
                here = model.index(row, 0, above)
                found.append(here.data())
                walk(here)

        walk(QModelIndex())
        return found

    def told(self, key: str, column: int) -> str:
        return str(self.tree.units.index_of(key).siblingAtColumn(column).data())

    def look_for(self, words: str) -> None:
        self.page.units.search.setText(words)
        self.page.units.narrow()

    def filter(self, number: int) -> None:
        self.qtbot.mouseClick(self.page.units.filters.button(number), Qt.MouseButton.LeftButton)

    # --- one unit ---

    def open(self, key: str) -> Any:
        """By the keyboard, with its first paper on the screen."""
        self.tree.go_to(key)
        self.tree.setFocus()
        self.qtbot.keyClick(self.tree, Qt.Key.Key_Return)
        unit = self.page.unit
        if unit.read.papers:
            self.laid()
        return unit

    def laid(self) -> None:
        pages = self.page.unit.pane.pages
        self.qtbot.waitUntil(lambda: pages.is_idle() and pages.printed is not None, timeout=PATIENCE)
