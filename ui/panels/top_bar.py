"""The bar at the top: which unit and year; find, import, check, export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton

from ui import messages as say
from ui.fitting import fit
from ui.mnemonics import Mnemonics
from ui.sizes import TOP

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace


MANAGE = ("new", "carry", "compare", "import-file", "take-form", "form-packs", "bureau", "units", "backups")
"""What stands below the units in their menu."""
MOST_NAME, LEAST_NAME = 18, 6
"""Letters of the unit's name: so many at most, and so many before whole buttons give way."""


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
        self.unit = _pick(say.PICK_UNIT)
        self.year = _pick(say.PICK_YEAR)
        self.scheme = QLabel()
        self.scheme.setObjectName("chip")
        self._manage = tuple(actions[name] for name in MANAGE)
        self.left = _tool(actions["panel-left"])
        self.right = _tool(actions["panel-right"])
        self.finder = _button(say.FIND_HINT, actions["find"], "ghost")
        self.bring = _button(say.IMPORT_BUTTON, actions["import-last-year"])
        self.check = _button(say.CHECK_BUTTON, actions["check"])
        self.preview = _button(say.PREVIEW_BUTTON, actions["preview"])
        self.export = QPushButton(say.EXPORT_BUTTON)
        self.export.setObjectName("primary")
        self.export.setMenu(_export_menu(self, actions))
        self.export.setAccessibleName(say.EXPORT_BUTTON)
        self.more = _more()
        self._movable = {
            self.bring: actions["import-last-year"],
            self.preview: actions["preview"],
            self.check: actions["check"],
        }
        self._icons = {
            self.finder: (say.FIND_HINT, "search"),
            self.bring: (say.IMPORT_BUTTON, "import"),
            self.preview: (say.PREVIEW_BUTTON, "preview"),
            self.check: (say.CHECK_BUTTON, "check"),
            self.export: (say.EXPORT_BUTTON, "export"),
        }
        self._lay_out()
        workspace.listed.connect(self.show_state)
        workspace.opened.connect(self.show_state)
        look.changed.connect(self._measure)
        self._measure()
        self.show_state()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        for widget in (self.left, self.logo, self.unit, self.year, self.scheme):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        for widget in (
            self.finder,
            self.bring,
            self.check,
            self.preview,
            self.more,
            self.export,
            self.right,
        ):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _chevron(self) -> QIcon:
        return self.look.icon("chevron-down", "on_accent", 12)

    def _measure(self) -> None:
        px, look = self.look.px, self.look
        self.setFixedHeight(px(TOP))
        self.logo.setFont(look.font(15, bold=True))
        self.logo.setContentsMargins(0, 0, px(8), 0)
        for button in (self.unit, self.year):
            button.setIcon(look.icon("chevron-down", "quiet", 12))
            button.setIconSize(look.pixmap("chevron-down", "quiet", 12).deviceIndependentSize().toSize())
        self.more.setIcon(look.icon("more"))
        for button in (self.left, self.right, self.more, *self._icons):
            button.setIconSize(QSize(px(16), px(16)))
        self.export.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _space(self, edge: int, gap: int) -> None:
        self._row.setContentsMargins(self.look.px(edge), 0, self.look.px(edge), 0)
        self._row.setSpacing(self.look.px(gap))

    def _fit(self) -> None:
        """A narrow bar gives way step by step: first words that stand elsewhere, then words that have an icon, then whole
        buttons, which go into a menu. What is left over at the end belongs to the unit's name."""
        bar, icon = self, self._say_icon
        fit(
            self,
            self._row,
            (
                self._say_all,
                lambda: bar.finder.setText(say.FIND_SHORT),
                bar.scheme.hide,
                self._say_bare,
                *(lambda most=most: bar._name_unit(most) for most in (12, LEAST_NAME)),
                *(lambda button=button: icon(button) for button in self._icons),
                lambda: bar.year.setText(str(bar.workspace.year or say.NO_YEAR)),
                lambda: bar._space(6, 5),
                *(lambda button=button: bar._put_away(button) for button in self._movable),
                lambda: bar._name_unit(2),
            ),
        )
        self._give_rest()

    def _say_all(self) -> None:
        space = self.workspace
        self._space(14, 10)
        self.more.hide()
        self.more.menu().clear()
        self.logo.show()
        self.scheme.setVisible(space.form is not None)
        self.year.setText(say.year_text(space.year) if space.years() else say.NO_YEAR)
        self._name_unit(MOST_NAME)
        for button, (text, _) in self._icons.items():
            button.setText(text)
            button.setIcon(QIcon() if button is not self.export else self._chevron())
            button.show()

    def _say_bare(self) -> None:
        """Without the name of the program and the keys, which the tips have."""
        self.logo.hide()
        for button in self._movable:
            button.setText(button.text().split()[0])

    def _name_unit(self, most: int) -> None:
        self.unit.setText(_elided(self.unit.toolTip(), most))

    def _say_icon(self, button: QPushButton) -> None:
        button.setText("")
        button.setIcon(
            self.look.icon(self._icons[button][1], "on_accent" if button is self.export else "quiet")
        )

    def _put_away(self, button: QPushButton) -> None:
        button.hide()
        self.more.menu().addAction(self._movable[button])
        self.more.show()

    def _give_rest(self) -> None:
        """One letter more of the unit's name as long as it fits."""
        for most in range(len(self.unit.text()) + 1, min(len(self.unit.toolTip()), MOST_NAME) + 1):
            before = self.unit.text()
            self._name_unit(most)
            self._row.invalidate()
            if self._row.minimumSize().width() > self.width():
                self.unit.setText(before)
                self._row.invalidate()
                return

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


def _pick(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName("pick")
    button.setAccessibleName(name)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    button.setMenu(QMenu(button))
    Mnemonics(button.menu())
    return button


def _button(text: str, action: QAction, name: str = "") -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(action.toolTip())
    button.setAccessibleName(text)
    button.clicked.connect(action.trigger)
    return button


def _more() -> QPushButton:
    """What a narrow bar has no room for."""
    button = QPushButton()
    button.setAccessibleName(say.MORE)
    button.setToolTip(say.MORE)
    button.setMenu(QMenu(button))
    Mnemonics(button.menu())
    button.hide()
    return button


def _tool(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName("ghost")
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    return button


def _elided(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _export_menu(parent: QFrame, actions: Mapping[str, QAction]) -> QMenu:
    menu = QMenu(parent)
    Mnemonics(menu)
    menu.addAction(actions["export-files"])
    menu.addAction(actions["print"])
    menu.addSeparator()
    for name in ("export-docx", "export-xlsx", "export-pdf"):
        menu.addAction(actions[name])
    menu.addSeparator()
    menu.addAction(actions["export-draft"])
    menu.addAction(actions["fill-blank"])
    menu.addSeparator()
    menu.addAction(actions["hand-in"])
    return menu
