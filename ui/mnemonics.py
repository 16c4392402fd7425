"""Letters that pick a menu's entries while it is open. Between menus the shared actions have their plain texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.messages import mnemonics as say

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu


class Mnemonics(QObject):
    """Lives as long as its menu. An action with a name has its own letter where that is free, the others are numbered."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        self._menu = menu
        self._plain: list[tuple[QAction, str]] = []
        menu.aboutToShow.connect(self.put)
        menu.aboutToHide.connect(self.take_away)

    def put(self) -> None:
        self.take_away()
        free = list(say.NUMBERS)
        taken: set[str] = set()
        for action in self._menu.actions():
            if action.isSeparator() or not action.text() or "&" in action.text():
                continue
            letter = say.LETTERS.get(action.objectName(), "")
            if not letter or letter in taken:
                letter = free.pop(0) if free else ""
            if letter:
                taken.add(letter)
                plain = action.text()
                self._plain.append((action, plain))
                action.setIconText(action.iconText())  # buttons keep their words
                action.setText(say.lettered(plain, letter))

    def take_away(self) -> None:
        for action, plain in self._plain:
            action.setIconText("")
            # One whose text has become another meanwhile keeps that.
            if say.is_lettered(action.text(), plain):
                action.setText(plain)
        self._plain = []
