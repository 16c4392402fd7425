"""The line at the bottom: saved when, offline, counts, what is selected, zoom."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton

from perfdesk.model.finding import errors
from ui import messages as say
from ui.fitting import fit
from ui.messages import deeds as words
from ui.messages import faults
from ui.mnemonics import Mnemonics
from ui.sizes import LINE
from ui.workspace import Changes

if TYPE_CHECKING:
    from ui.explained import Explained
    from ui.look import Look
    from ui.saving import Saving
    from ui.workspace import Workspace


class StatusBar(QFrame):
    """``counted``: a person clicked the counts; ``zoomed``: the percentage; ``told``: asks why the last backup failed."""

    counted = Signal()
    zoomed = Signal()
    told = Signal()

    def __init__(
        self, workspace: Workspace, look: Look, saving: Saving, help_actions: Sequence[QAction] = ()
    ) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self.workspace = workspace
        self.saving = saving
        self.look = look
        self.tick = QLabel()
        self.saved = QLabel(say.LOADING)
        self.offline = QLabel(say.OFFLINE)
        self.counts = QPushButton()
        self.counts.clicked.connect(self.counted)
        self.backup = QPushButton(words.BACKUP_FAILED)
        self.backup.setObjectName("trouble")
        self.backup.hide()
        self.unsaved = QPushButton(faults.UNSAVED)
        self.unsaved.setObjectName("trouble")
        self.unsaved.hide()
        self._explained: Explained | None = None
        self.last = QLabel()
        self.selection = QLabel()
        self.zoom = QPushButton()
        self.zoom.clicked.connect(self.zoomed)
        self.help = QPushButton(say.ACTIONS["help"])
        menu = QMenu(self.help)
        menu.addActions(list(help_actions))
        Mnemonics(menu)
        self.help.setMenu(menu)
        self._row = QHBoxLayout(self)
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.tick)
        first.addWidget(self.saved)
        first.addWidget(self.unsaved)
        self._row.addLayout(first)
        for widget in (self.backup, self.offline, self.counts, self.last):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for widget in (self.selection, self.help, self.zoom):
            self._row.addWidget(widget)
        self._connect()
        self._measure()

    def _connect(self) -> None:
        space = self.workspace
        space.opened.connect(self.show_state)
        space.changed.connect(self._on_change)
        self.backup.clicked.connect(self.told)
        self.look.changed.connect(self._measure)

    def follow(self, explained: Explained) -> None:
        """What is counted, and what is settled."""
        self._explained = explained
        explained.changed.connect(self._count)

    def _measure(self) -> None:
        px, look = self.look.px, self.look
        self.setFixedHeight(px(LINE))
        self._row.setContentsMargins(px(14), 0, px(10), 0)
        self._row.setSpacing(px(18))
        for widget in (
            self.saved,
            self.unsaved,
            self.backup,
            self.offline,
            self.counts,
            self.last,
            self.selection,
            self.help,
            self.zoom,
        ):
            widget.setFont(look.font(12))
        self.tick.setPixmap(look.icon("tick", "good", 13).pixmap(px(13), px(13)))
        self.zoom.setText(say.zoom(look.theme.zoom))
        self.show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What never changes gives way first."""
        fit(self, self._row, (self._say_all, self.offline.hide, self.help.hide, self.selection.hide))

    def _say_all(self) -> None:
        self.offline.show()
        self.help.show()
        self.last.setVisible(bool(self.last.text()))
        self.selection.setVisible(self.workspace.filing is not None)

    def _on_change(self, changes: Changes) -> None:
        if changes.origin == "edit":
            self.last.clear()
        self.show_state()

    def tell(self, text: str) -> None:
        """What was just done; it stays until the next edit."""
        self.last.setText(text)
        self._fit()

    def show_state(self) -> None:
        """``已保存`` only with a time: that of the last commit on disk."""
        space = self.workspace
        fault = self.saving.fault
        self.tick.setVisible(space.is_open and fault is None)
        self.saved.setVisible(fault is None)
        self.unsaved.setVisible(fault is not None)
        self.unsaved.setToolTip(fault.message if fault else "")
        if not space.is_open:
            self.saved.setText(say.NOT_OPENED if space.problem else say.LOADING)
        else:
            self.saved.setText(say.saved(space.saved_at) if space.saved_at else say.NOT_SAVED_YET)
        failed = space.is_open and space.store is not None and space.store.vault.problem is not None
        self.backup.setVisible(failed)
        self._count()

    def _count(self) -> None:
        waiting = self._explained.open if self._explained else self.workspace.findings
        warnings = sum(1 for f in waiting if f.severity == "warning")
        told = [say.counts(errors(waiting), warnings)]
        if self._explained and self._explained.settled:
            told.append(words.settled(len(self._explained.settled)))
        self.counts.setVisible(self.workspace.filing is not None and self.workspace.marks.are_known)
        self.counts.setText(say.SEPARATOR.join(told))
        self._fit()

    def show_selection(self, rows: int, total: Decimal | None) -> None:
        self.selection.setText(say.selection(rows, total) if rows else "")
        self._fit()
