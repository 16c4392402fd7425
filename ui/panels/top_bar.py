"""The bar at the top: which unit and year; find, import, check, export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton

from ui import messages as say
from ui.fitting import fit

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
        self.left = self._icon(actions["panel-left"])
        self.right = self._icon(actions["panel-right"])
        self.finder = self._button(say.FIND_HINT, actions["find"], "ghost")
        self.bring = self._button(say.IMPORT_BUTTON, actions["import-file"])
        self.check = self._button(say.CHECK_BUTTON, actions["check"])
        self.preview = self._button(say.PREVIEW_BUTTON, actions["preview"])
        self.export = QPushButton(say.EXPORT_BUTTON)
        self.export.setObjectName("primary")
        self.export.setMenu(_export_menu(self, actions))
        self._row = QHBoxLayout(self)
        for widget in (self.left, self.logo, self.unit, self.year, self.scheme):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        for widget in (self.finder, self.bring, self.check, self.preview, self.export, self.right):
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

    def _icon(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setObjectName("ghost")
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def _measure(self) -> None:
        px, look = self.look.px, self.look
        self.setFixedHeight(px(48))
        self.logo.setFont(look.font(15, bold=True))
        self.logo.setContentsMargins(0, 0, px(8), 0)
        for button in (self.unit, self.year):
            button.setIcon(look.icon("chevron-down", "quiet", 12))
            button.setIconSize(look.pixmap("chevron-down", "quiet", 12).deviceIndependentSize().toSize())
        self.export.setIcon(look.icon("chevron-down", "on_accent", 12))
        self.export.setIconSize(self.unit.iconSize())
        for button in (self.left, self.right, self.finder, self.bring, self.check, self.preview):
            button.setIconSize(QSize(px(16), px(16)))
        self.export.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _space(self, edge: int, gap: int) -> None:
        self._row.setContentsMargins(self.look.px(edge), 0, self.look.px(edge), 0)
        self._row.setSpacing(self.look.px(gap))

    def _fit(self) -> None:
        """A narrow bar says less: first without the keys, the scheme and the name of the program, then with short names."""
        space = self.workspace
        unit = self.unit.toolTip()
        buttons = (
            (self.bring, say.IMPORT_BUTTON),
            (self.check, say.CHECK_BUTTON),
            (self.preview, say.PREVIEW_BUTTON),
        )

        def say_all() -> None:
            self._space(14, 10)
            self.preview.show()
            self.export.setText(say.EXPORT_BUTTON)
            self.year.setText(say.year_text(space.year) if space.years() else say.NO_YEAR)
            self.finder.setText(say.FIND_HINT)
            self.scheme.setVisible(space.form is not None)
            self.logo.setVisible(True)
            self.unit.setText(_elided(unit, 18))
            self.finder.setIcon(QIcon())
            for button, text in buttons:
                button.setText(text)
                button.setIcon(QIcon())

        def say_bare() -> None:
            self.logo.setVisible(False)
            for button, text in buttons:
                button.setText(text.split()[0])

        def say_icons() -> None:
            for button, name in ((self.finder, "search"), (self.bring, "import"), (self.preview, "preview")):
                button.setText("")
                button.setIcon(self.look.icon(name))

        def say_least() -> None:
            self._space(4, 2)
            # The preview is a tab of the column at the right, too.
            self.preview.hide()
            self.export.setText("")
            self.check.setText("")
            self.check.setIcon(self.look.icon("check"))
            self.year.setText(str(space.year or ""))
            self.unit.setText(_elided(unit, 2))

        short = [lambda most=most: self.unit.setText(_elided(unit, most)) for most in (12, 8, 5)]
        less = (lambda: self.finder.setText(say.FIND_SHORT), lambda: self.scheme.setVisible(False), say_bare)
        fit(self, self._row, (say_all, *less, *short[:2], say_icons, short[2], say_least))

    def show_state(self) -> None:
        space = self.workspace
        units, years = space.units(), space.years()
        unit = (space.unit or say.UNNAMED_UNIT) if space.unit is not None else say.NO_UNIT
        self.unit.setToolTip(unit)
        self.unit.setEnabled(bool(units))
        self.year.setEnabled(bool(years))
        self.scheme.setText(space.form.scheme_name if space.form else "")
        self.export.setEnabled(space.filing is not None)
        self.check.setEnabled(space.filing is not None)
        self.preview.setEnabled(space.filing is not None)
        self._fit()
        self._fill(self.unit, [(u or say.UNNAMED_UNIT, u, space.year) for u in units], unit)
        self._fill(
            self.year, [(say.year_text(y), space.unit or "", y) for y in years], say.year_text(space.year)
        )

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
