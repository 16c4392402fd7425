"""Where files, folders and sticks can be dropped to be taken in: the whole page, with an edge while something hangs over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.dropped import local_files

if TYPE_CHECKING:
    from ui.look import Look


class DropArea(QWidget):
    """``dropped``: the files, outside the drop itself, so that whoever dragged them is free again."""

    dropped = Signal(list)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._over = False
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._turn(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._turn(False)

    def dropEvent(self, event: QDropEvent) -> None:
        from PySide6.QtCore import QTimer

        self._turn(False)
        event.acceptProposedAction()
        files = local_files(event.mimeData())
        QTimer.singleShot(0, self, lambda: self.dropped.emit(files))

    def _turn(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._over:
            painter = QPainter(self)
            painter.setPen(QPen(self.look.colour("accent"), self.look.px(2), Qt.PenStyle.DashLine))
            painter.setBrush(self.look.colour("accent_ground"))
            edge = self.look.px(3)
            painter.drawRect(QRect(self.rect()).adjusted(edge, edge, -edge, -edge))
