"""What entry sheets and printed tables have in common to look at: the grid, the unit one looks in, the sum of what is selected."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from perfdesk.budget.budgeted import Budgeted
from ui.form import exchange
from ui.form.page import Page
from ui.form.row_tools import RowTools
from ui.ledger.grid import LedgerGrid
from ui.ledger.units import UnitSwitch
from ui.messages import ledger as say
from ui.mnemonics import Mnemonics
from ui.models.viewing import viewing_of

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.models.budget_table import TableModel
    from ui.models.ledger import LedgerModel
    from ui.workspace import Workspace

Actions = Mapping[str, QAction]


class SheetPage(Page):
    """Pages that are not shown follow when they are."""

    TOOLS: tuple[str, ...] = ()
    MENU: tuple[str, ...] = ()

    def __init__(
        self,
        section: Section,
        workspace: Workspace,
        look: Look,
        model: LedgerModel | TableModel,
        actions: Actions,
    ) -> None:
        super().__init__(section, workspace, look)
        self.model = model
        self.actions_by_id = actions
        self.viewing = viewing_of(workspace)
        self._behind: Literal["", "load", "follow"] = ""
        self.grid = LedgerGrid(look, model, lambda: model.heads if model.columns else ())
        self.grid.setAccessibleName(section.label)
        self.empty = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self.tools = QHBoxLayout()
        self.tools.addWidget(RowTools(look, self.TOOLS, actions), 1)
        self.unit_switch = UnitSwitch(self.viewing)
        self.tools.addWidget(self.unit_switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.tools)
        for widget in self.notes():
            column.addWidget(widget)
        column.addWidget(self.empty)
        column.addWidget(self.grid, 1)
        self._connect()

    def first(self) -> QWidget:
        return self.grid

    def notes(self) -> tuple[QWidget, ...]:
        """What stands between the tools and the grid."""
        return ()

    def _connect(self) -> None:
        grid = self.grid
        grid.customContextMenuRequested.connect(self._menu)
        grid.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit(*self.selection()))
        grid.selectionModel().currentChanged.connect(lambda *_: self.placed.emit(self.place()))
        grid.resized.connect(self.measure)
        self.look.changed.connect(self.measure)
        self.viewing.changed.connect(self._look_anew)

    def _menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        Mnemonics(menu)
        for name in self.MENU:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self.actions_by_id[name])
        menu.exec(self.grid.viewport().mapToGlobal(point))

    # --- showing ---

    def load(self) -> None:
        self.grid.revert()
        self._behind = "load"
        if self.isVisible():
            self.catch_up()

    def catch_up(self) -> None:
        """What happened while the page was not shown."""
        behind, self._behind = self._behind, ""
        if behind:
            self.grid.close_to_typing(self.workspace.archived)
        if behind == "load":
            self.model.load()
            self.reshaped()
            self.start()
        elif behind:
            self.follow()
            self.model.remark()
        if behind:
            self.follow_up()

    def start(self) -> None:
        """Where the cursor stands first."""
        if self.model.rowCount():
            self.grid.select(self.model.index(0, 0))

    def update_cells(self) -> None:
        self._behind = self._behind or "follow"
        if self.isVisible():
            self.catch_up()

    def follow(self) -> None:
        self.model.update()

    def reshaped(self) -> None:
        """The columns are others."""
        self.unit_switch.show_state()
        self.measure()

    def follow_up(self) -> None:
        """The model has followed: everything beside it does, too."""
        self.empty.setVisible(not self.has_lines())
        self.grid.measure_again()

    def has_lines(self) -> bool:
        return self.model.rowCount() > 0

    def showEvent(self, event: QShowEvent) -> None:
        self.catch_up()
        super().showEvent(event)
        self.measure()

    def _look_anew(self) -> None:
        """In another unit, or with other columns."""
        self.grid.commit()
        if not self.isVisible():
            self._behind = "load"
            return
        place = self.place()
        self.model.load()
        self.reshaped()
        self.follow_up()
        if place:
            self.show_place(place)

    def remark(self) -> None:
        if self.isVisible():
            self.model.remark()
        else:
            self._behind = self._behind or "follow"

    def measure(self) -> None:
        """Room for the columns."""

    def topic(self) -> str:
        return "ledger"

    def has_rows(self) -> bool:
        return True

    def pending(self) -> bool:
        return self.grid.pending()

    def commit(self) -> None:
        self.grid.commit()

    def keep(self) -> None:
        self.grid.keep()

    def revert(self) -> None:
        self.grid.revert()

    def selection(self) -> tuple[int, Decimal | None]:
        chosen = exchange.selected(self.grid)
        amounts = [self.viewing.exact(a) for i in chosen if (a := self.model.amount_at(i)) is not None]
        return len({i.row() for i in chosen}), say.shown_sum(amounts)

    @property
    def budgeted(self) -> Budgeted | None:
        return self.workspace.values.budget if self.workspace.values else None
