"""What was changed and when, newest first; a click leads to the place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model.change import InsertRow, SetCell
from perfdesk.model.finding import Place
from ui import messages as say
from ui.option import has_state, rect_of

if TYPE_CHECKING:
    from perfdesk.store import HistoryEntry
    from ui.look import Look
    from ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
PLACE, TIME, QUIET = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
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
        if has_state(option, QStyle.StateFlag.State_MouseOver) and not heading:
            painter.fillRect(rect_of(option), look.colour("hover"))
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
    jumped = Signal(Place)

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.workspace = workspace
        self.list = QListWidget()
        self.list.setItemDelegate(LineDelegate(look, self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._jump)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.list)
        workspace.opened.connect(self.show_state)
        workspace.changed.connect(lambda _changes: self.show_state())
        look.changed.connect(self.list.doItemsLayout)

    def show_state(self) -> None:
        """Only when it is seen: a long journal costs."""
        if not self.isVisible():
            return
        self.list.clear()
        entries = self.workspace.history()
        if not entries:
            self.list.addItem(_line(say.NO_HISTORY, None, None))
        day: date | None = None
        for entry in reversed(entries[-MOST:]):
            at = entry.at.astimezone()
            if at.date() != day:
                day = at.date()
                self.list.addItem(_line(say.day_text(day, date.today()), None, None))
            item = _line(entry.label, say.clock_text(at), _place(entry), entry.undone)
            item.setToolTip(f"{entry.label}\n{say.UNDONE}" if entry.undone else entry.label)
            self.list.addItem(item)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.show_state()

    def _jump(self, item: QListWidgetItem) -> None:
        if place := item.data(PLACE):
            self.jumped.emit(place)


def _line(text: str, time: str | None, place: Place | None, quiet: bool = False) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setData(TIME, time)
    item.setData(PLACE, place)
    item.setData(QUIET, quiet)
    return item


def _place(entry: HistoryEntry) -> Place | None:
    """The first cell or row that the step touched."""
    for change in entry.changes:
        match change:
            case SetCell(row, column, _):
                return Place(row, column)
            case InsertRow(row, _):
                return Place(row.id)
            case _:
                continue
    return None
