"""The papers of one handing: each with a dot for what the check found, and its points where it has some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.messages import bureau as words
from ui.option import has_state, rect_of

if TYPE_CHECKING:
    from perfdesk.model.bureau import PaperInfo
    from ui.bureau.unit_read import UnitRead
    from ui.look import Look

PAPER, DOT, COUNT, MORE = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3, 4))
LINE = 32
Index = QModelIndex | QPersistentModelIndex


class PaperDelegate(QStyledItemDelegate):
    """Dot, name, how many findings wait."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.look.px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, px, rect = self.look, self.look.px, rect_of(option)
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(look.colour("accent_ground"))
            painter.drawRoundedRect(rect.adjusted(px(4), 1, -px(4), -1), px(6), px(6))
        painter.setBrush(look.colour(index.data(DOT)))
        painter.drawEllipse(QRect(rect.left() + px(14), rect.center().y() - px(4) + 1, px(8), px(8)))
        middle, count = Qt.AlignmentFlag.AlignVCenter, index.data(COUNT)
        painter.setFont(look.font(11))
        painter.setPen(look.colour("muted"))
        painter.drawText(rect.adjusted(0, 0, -px(12), 0), middle | Qt.AlignmentFlag.AlignRight, count)
        taken = painter.fontMetrics().horizontalAdvance(count)
        painter.setFont(look.font(13, bold=chosen))
        painter.setPen(look.colour("accent_deep" if chosen else "ink"))
        room = rect.adjusted(px(30), 0, -px(18) - taken, 0)
        name = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, max(room.width(), 0)
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, name)
        room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(name) + px(8))
        painter.setFont(look.font(11))
        painter.setPen(look.colour("muted"))
        more = painter.fontMetrics().elidedText(
            index.data(MORE), Qt.TextElideMode.ElideRight, max(room.width(), 0)
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, more if room.width() > px(40) else "")
        painter.restore()


class PapersList(QListWidget):
    """``shown``: a paper is wanted (``PaperInfo``)."""

    shown = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(words.PAPERS)
        self.setItemDelegate(PaperDelegate(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(lambda item, _before: item and self.shown.emit(item.data(PAPER)))

    def show_papers(self, read: UnitRead, keep: int) -> None:
        """``keep``: the number of the paper where one is; another where it is not there."""
        self.blockSignals(True)
        self.clear()
        for paper in read.papers:
            waiting = read.waiting(paper.number)
            item = QListWidgetItem(name_of(paper))
            item.setData(PAPER, paper)
            item.setData(MORE, paper.title if paper.name else "")
            item.setData(DOT, next((s for s in ("error", "warning") if waiting[s]), "good"))
            told = words.found(waiting["error"], waiting["warning"])
            item.setData(COUNT, words.scored(paper.total, told))
            item.setToolTip("\n".join(part for part in (name_of(paper), paper.title, told) if part))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name_of(paper)} {told}")
            self.addItem(item)
        self.blockSignals(False)
        numbers = [p.number for p in read.papers]
        if numbers:
            self.setCurrentRow(numbers.index(keep) if keep in numbers else 0)

    def go_to(self, number: int) -> None:
        """The paper of that number."""
        for row in range(self.count()):
            if self.item(row).data(PAPER).number == number:
                self.setCurrentRow(row)


def name_of(paper: PaperInfo) -> str:
    """The project that it is about, else its title."""
    return paper.name or paper.title
