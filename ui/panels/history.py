"""What was changed and when, newest first; a click leads to the place, a button back to the point after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.errors import UserError
from perfdesk.model.change import Step
from perfdesk.model.finding import Place
from ui import messages as say
from ui.messages import deeds as deeds
from ui.messages import units as words
from ui.models.past import Past, back_to, lines, with_seals
from ui.option import has_state, rect_of

if TYPE_CHECKING:
    from perfdesk.store import Seal
    from ui.look import Look
    from ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
PLACE, TIME, QUIET, PAST = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3, 4))
MOST = 300
"""So many steps are listed; older ones stay in the journal."""


class LineDelegate(QStyledItemDelegate):
    """The time at the right, the label in two lines at most."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.look.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, px = self.look, self.look.px
        heading = index.data(TIME) is None
        painter.save()
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        if not heading and (chosen or has_state(option, QStyle.StateFlag.State_MouseOver)):
            painter.fillRect(rect_of(option), look.colour("accent_ground" if chosen else "hover"))
        rect = rect_of(option).adjusted(px(2), 0, -px(4), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font(11.5))
        painter.setPen(look.colour("muted"))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, index.data(TIME) or "")
        font = look.font(11 if heading else 13)
        font.setStrikeOut(bool(index.data(QUIET)))
        painter.setFont(font)
        painter.setPen(look.colour("muted" if heading or index.data(QUIET) else "ink"))
        room = rect.adjusted(0, 0, -px(48), 0)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class HistoryPanel(QWidget):
    """``jumped``: to what a step touched; ``returned``: back to a point, by this step."""

    jumped = Signal(Place)
    returned = Signal(Step)

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.place: Place | None = None
        self.only = QPushButton(words.ONLY_THIS_CELL)
        self.only.setObjectName("filter")
        self.only.setCheckable(True)
        self.only.toggled.connect(self.show_state)
        self.list = QListWidget()
        self.list.setItemDelegate(LineDelegate(look, self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(say.HISTORY_TAB)
        self.list.itemClicked.connect(self._jump)
        self.list.itemActivated.connect(self._jump)
        self.list.currentItemChanged.connect(self._offer)
        self.back = QPushButton(words.GO_BACK)
        self.back.setToolTip(words.GO_BACK_TIP)
        self.back.clicked.connect(self.go_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.addWidget(self.only, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        workspace.opened.connect(self.show_state)
        workspace.changed.connect(lambda _changes: self.show_state())
        look.changed.connect(self._redraw)
        self._offer()

    def _redraw(self) -> None:
        self.back.setIcon(self.look.icon("history"))
        self.list.doItemsLayout()

    def stand_at(self, place: Place | None) -> None:
        """The cell with the cursor: what ``only`` filters by."""
        if place != self.place:
            self.place = place
            if self.only.isChecked():
                self.show_state()

    def show_state(self) -> None:
        """Only when it is seen: a long journal costs."""
        if not self.isVisible():
            return
        entries = self.workspace.history()
        only = self.place if self.only.isChecked() else None
        found = lines(entries, only)
        found = (found if only else with_seals(found, self._seals()))[:MOST]
        self._redraw()
        self.list.clear()
        if not found:
            self.list.addItem(_line(words.NO_HISTORY_HERE if only else say.NO_HISTORY, None, None))
        day: date | None = None
        for past in found:
            if past.at.date() != day:
                day = past.at.date()
                self.list.addItem(_line(say.day_text(day, date.today()), None, None))
            item = _line(past.label, past.time, past.place, past.undone)
            item.setData(PAST, past)
            at = f"{past.at:%Y-%m-%d %H:%M:%S}"
            item.setToolTip(deeds.history_tip(past.label, at, past.who, past.undone))
            self.list.addItem(item)
        self._offer()

    def _seals(self) -> Sequence[Seal]:
        """When the open filing was handed in, and opened again."""
        space = self.workspace
        return space.store.office.seals(space.open_id) if space.store and space.open_id is not None else ()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.show_state()

    def _jump(self, item: QListWidgetItem) -> None:
        if place := item.data(PLACE):
            self.jumped.emit(place)

    def _offer(self) -> None:
        past = self._chosen()
        self.back.setEnabled(past is not None and past.reachable and not self.workspace.archived)

    def _chosen(self) -> Past | None:
        item = self.list.currentItem()
        return item.data(PAST) if item else None

    def go_back(self) -> None:
        """To the state after the chosen step."""
        past, filing = self._chosen(), self.workspace.filing
        if past is None or filing is None or not self.back.isEnabled():
            return
        try:
            self.returned.emit(back_to(self.workspace.history(), past.number, filing))
        except UserError as error:
            self.workspace.refused.emit(error)


def _line(text: str, time: str | None, place: Place | None, quiet: bool = False) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setData(TIME, time)
    item.setData(PLACE, place)
    item.setData(QUIET, quiet)
    if time is None:
        item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
