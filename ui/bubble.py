"""A bubble with a few words beside a widget: it stands above the window's parts and never takes the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.messages import first as words

if TYPE_CHECKING:
    from ui.look import Look

POINTER, GAP, EDGE, WIDTH = 8, 2, 6, 240
Side = Literal["below", "above", "right", "left", "inside"]


def place(
    target: QRect, size: QSize, room: QRect, sides: tuple[Side, ...], cursor: QRect
) -> tuple[QPoint, Side]:
    """Top left of a bubble of this size inside the room: beside the target, and not over the ``cursor``. ``inside``: in a corner of
    the target or of the room, where there is no room beside it."""
    low = QPoint(target.center().x() - size.width() // 2, target.center().y() - size.height() // 2)
    beside: dict[Side, QPoint] = {
        "below": QPoint(low.x(), target.bottom() + GAP),
        "above": QPoint(low.x(), target.top() - GAP - size.height()),
        "right": QPoint(target.right() + GAP, low.y()),
        "left": QPoint(target.left() - GAP - size.width(), low.y()),
    }
    for side in sides:
        at = _into(QRect(beside[side], size), room)
        if not at.intersects(target) and not at.intersects(cursor):
            return at.topLeft(), side
    right, low_edge = target.right() - size.width(), target.bottom() - size.height()
    corners = (
        QPoint(right, low_edge),
        QPoint(target.left(), low_edge),
        QPoint(right, room.top()),
        room.topLeft(),
    )
    spots = [_into(QRect(corner, size), room) for corner in corners]
    free = next((spot for spot in spots if not spot.intersects(cursor)), spots[0])
    return free.topLeft(), "inside"


def _into(rect: QRect, room: QRect) -> QRect:
    """Moved as little as needed to stand in the room; where it is too large, its top left does."""
    x = max(min(rect.left(), room.right() - rect.width() + 1), room.left())
    y = max(min(rect.top(), room.bottom() - rect.height() + 1), room.top())
    return QRect(QPoint(x, y), rect.size())


class Bubble(QWidget):
    """Words, and two buttons that never take the focus. ``side`` of the target it stands at; ``tip``: the target's middle, seen
    from it."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.look = look
        self.side: Side = "inside"
        self.tip = QPoint()
        self.text, self.count = QLabel(), QLabel()
        self.text.setWordWrap(True)
        self.count.setObjectName("muted")
        self.stop, self.next = QPushButton(words.TOUR_STOP), QPushButton(words.TOUR_NEXT)
        self.stop.setObjectName("ghost")
        self.next.setObjectName("primary")
        foot = QHBoxLayout()
        foot.addWidget(self.count)
        foot.addStretch(1)
        for button in (self.stop, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            foot.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.text)
        self._column.addLayout(foot)
        self.measure()
        self.hide()

    def measure(self) -> None:
        px = self.look.px
        edge = px(POINTER)
        self._column.setContentsMargins(edge + px(12), edge + px(10), edge + px(12), edge + px(10))
        self._column.setSpacing(px(8))

    def fit(self, room: int) -> None:
        """As wide as drawn, or as the room is; as high as the words want."""
        width = min(self.look.px(WIDTH) + 2 * self.look.px(POINTER), room)
        margins = self._column.contentsMargins()
        inner = width - margins.left() - margins.right()
        self.text.setMinimumHeight(0)
        self.text.setFixedHeight(self.text.heightForWidth(inner))
        self.setFixedWidth(width)
        self._column.invalidate()
        self.setFixedHeight(self._column.minimumSize().height())

    def say(self, text: str, number: int, count: int) -> None:
        self.text.setText(text)
        self.count.setText(words.hint_count(number, count))
        self.next.setText(words.TOUR_LAST if number == count else words.TOUR_NEXT)

    def stand(self, at: QPoint, side: Side, target: QPoint) -> None:
        self.move(at)
        self.side = side
        self.tip = target - at
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, edge = self.look, self.look.px(POINTER)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("accent"))
        painter.setBrush(look.colour("paper"))
        body = self.rect().adjusted(edge, edge, -edge - 1, -edge - 1)
        painter.drawRoundedRect(body, look.px(6), look.px(6))
        if self.side != "inside":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawPolygon(self._pointer(body, edge))

    def _pointer(self, body: QRect, edge: int) -> QPolygonF:
        """A triangle from the edge towards the target; its tip stands as near to the target's middle as the corners allow."""
        x = min(max(self.tip.x(), body.left() + 2 * edge), body.right() - 2 * edge)
        y = min(max(self.tip.y(), body.top() + 2 * edge), body.bottom() - 2 * edge)
        ends = {
            "below": ((x, 0), (x - edge, edge), (x + edge, edge)),
            "above": ((x, self.height()), (x - edge, body.bottom()), (x + edge, body.bottom())),
            "right": ((0, y), (edge, y - edge), (edge, y + edge)),
            "left": ((self.width(), y), (body.right(), y - edge), (body.right(), y + edge)),
        }
        return QPolygonF([QPointF(*end) for end in ends[self.side]])
