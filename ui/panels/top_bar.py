"""The bar at the top: which unit and year; find, import, check, export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton

from ui import messages as say

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace


class TopBar(QFrame):
    """``picked``: a person chose another unit and year."""

    picked = Signal(str, object)

    def __init__(self, workspace: Workspace, look: Look, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self.workspace = workspace
        self.look = look
        self.logo = QLabel(say.PRODUCT)
        self.logo.setObjectName("logo")
        self.unit = self._pick(say.PICK_UNIT)
        self.year = self._pick(say.PICK_YEAR)
        self.scheme = QLabel()
        self.scheme.setObjectName("chip")
        self._manage = actions["new"], actions["units"]
        self.finder = self._button(say.FIND_HINT, actions["find"], "ghost")
        self.bring = self._button(say.IMPORT_BUTTON, actions["import-file"])
        self.check = self._button(say.CHECK_BUTTON, actions["check"])
        self.preview = self._button(say.PREVIEW_BUTTON, actions["preview"])
        self.export = QPushButton(say.EXPORT_BUTTON)
        self.export.setObjectName("primary")
        self.export.setMenu(_export_menu(self, actions))
        self._row = QHBoxLayout(self)
        for widget in (self.logo, self.unit, self.year, self.scheme):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        for widget in (self.finder, self.bring, self.check, self.preview, self.export):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        workspace.listed.connect(self.show_state)
        workspace.opened.connect(self.show_state)
        look.changed.connect(self._measure)
        self._measure()
        self.show_state()

    def _pick(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName("pick")
        button.setAccessibleName(name)
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setMenu(QMenu(button))
        return button

    def _button(self, text: str, action: QAction, name: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        return button

    def _measure(self) -> None:
        px, look = self.look.px, self.look
        self.setFixedHeight(px(48))
        self._row.setContentsMargins(px(14), 0, px(14), 0)
        self._row.setSpacing(px(10))
        self.logo.setFont(look.font(15, bold=True))
        self.logo.setContentsMargins(0, 0, px(8), 0)
        for button in (self.unit, self.year):
            button.setIcon(look.icon("chevron-down", "quiet", 12))
            button.setIconSize(look.pixmap("chevron-down", "quiet", 12).deviceIndependentSize().toSize())
        self.export.setIcon(look.icon("chevron-down", "on_accent", 12))
        self.export.setIconSize(self.unit.iconSize())
        self.export.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow bar says less."""
        super().resizeEvent(event)
        self.finder.setText(say.FIND_HINT if self.width() > self.look.px(1080) else say.FIND_SHORT)

    def show_state(self) -> None:
        space = self.workspace
        units, years = space.units(), space.years()
        unit = (space.unit or say.UNNAMED_UNIT) if space.unit is not None else say.NO_UNIT
        self.unit.setText(_elided(unit, 18))
        self.unit.setToolTip(unit)
        self.unit.setEnabled(bool(units))
        self.year.setText(say.year_text(space.year) if years else say.NO_YEAR)
        self.year.setEnabled(bool(years))
        self.scheme.setVisible(space.form is not None)
        self.scheme.setText(space.form.scheme_name if space.form else "")
        self.export.setEnabled(space.filing is not None)
        self.check.setEnabled(space.filing is not None)
        self.preview.setEnabled(space.filing is not None)
        self._fill(self.unit, [(u or say.UNNAMED_UNIT, u, space.year) for u in units], unit)
        self._fill(self.year, [(say.year_text(y), space.unit or "", y) for y in years], self.year.text())

    def _fill(self, button: QPushButton, choices: list[tuple[str, str, int | None]], here: str) -> None:
        menu = button.menu()
        menu.clear()
        for text, unit, year in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(text == here)
            action.triggered.connect(lambda _=False, u=unit, y=year: self.picked.emit(u, y))
        menu.addSeparator()
        menu.addActions(list(self._manage))


def _elided(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _export_menu(parent: QFrame, actions: Mapping[str, QAction]) -> QMenu:
    menu = QMenu(parent)
    menu.addAction(actions["export-files"])
    menu.addAction(actions["print"])
    menu.addSeparator()
    for name in ("export-docx", "export-xlsx", "export-pdf"):
        menu.addAction(actions[name])
    menu.addSeparator()
    menu.addAction(actions["export-draft"])
    return menu
