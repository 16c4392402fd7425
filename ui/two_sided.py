"""Lists whose lines have a name at the left and quiet words at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.option import has_state, rect_of

if TYPE_CHECKING:
    from ui.look import Look

RIGHT = Qt.ItemDataRole.UserRole + 2
ICON = Qt.ItemDataRole.UserRole + 3
LINE = 30


class TwoSided(QStyledItemDelegate):
    """``RIGHT``: the words at the right; ``ICON``: the name of an icon before the line."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self.look.px(200), self.look.px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, rect = self.look, rect_of(option)
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, look.colour("accent_ground"))
        inner = rect.adjusted(look.px(10), 0, -look.px(10), 0)
        if icon := index.data(ICON):
            side = look.px(14)
            spot = QRect(inner.left(), inner.center().y() - side // 2, side, side)
            painter.drawPixmap(spot, look.icon(icon, "muted", 14).pixmap(side, side))
            inner.setLeft(spot.right() + look.px(9))
        left, right = self._shared(index, inner.width())
        painter.setFont(look.font(12))
        painter.setPen(look.colour("muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
        painter.setFont(look.font())
        painter.setPen(look.colour("accent_deep" if chosen else "ink"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, left)
        painter.restore()

    def _shared(self, index: QModelIndex | QPersistentModelIndex, width: int) -> tuple[str, str]:
        """Both sides cut to fit: the right one gets what the left one leaves, but at least two fifths."""
        name, note = str(index.data(Qt.ItemDataRole.DisplayRole) or ""), str(index.data(RIGHT) or "")
        large, small = QFontMetrics(self.look.font()), QFontMetrics(self.look.font(12))
        gap = self.look.px(14) if note else 0
        least = min(small.horizontalAdvance(note), int(width * 0.4))
        name = large.elidedText(name, Qt.TextElideMode.ElideRight, width - least - gap)
        rest = width - large.horizontalAdvance(name) - gap
        return name, small.elidedText(note, Qt.TextElideMode.ElideRight, rest)
