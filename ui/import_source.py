"""The file of an import as it is: its pages, or its tables and paragraphs, with the place marked that one looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from perfdesk.document.source import Box, Source
from ui.import_html import MARK, source_html
from ui.messages import importing as words
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.formats.page_pictures import PagePicture
    from perfdesk.source_places import Spot
    from ui.look import Look

SHARP = 1_400
"""Pixels that a page is drawn wide."""


class SourceView(QWidget):
    """``mark`` shows a place of the file. A file without pages is shown as tables and paragraphs."""

    def __init__(self, source: Source, look: Look) -> None:
        super().__init__()
        self.source = source
        self.look = look
        self.pages = PageView(source, look) if source.format == "pdf" else None
        self.text = QTextBrowser()
        self.text.setObjectName("help")
        self.text.setAccessibleName(words.SOURCE)
        self.text.setOpenLinks(False)
        stack = QStackedLayout(self)
        stack.addWidget(self.pages or self.text)
        self.mark(None)

    def mark(self, spot: Spot | None) -> None:
        """None: nothing is marked, and what is shown stays."""
        if self.pages is not None:
            self.pages.mark(_boxes(self.source, spot))
            return
        if spot is None and not self.text.document().isEmpty():
            return
        colours = self.look.theme.colours
        self.text.setHtml(source_html(self.source, spot, colours["line"], colours["current"]))
        if spot is not None:
            self.text.scrollToAnchor(MARK)


def _boxes(source: Source, spot: Spot | None) -> list[Box]:
    if spot is None:
        return []
    return [b for b in source.items[spot.item].boxes if (b.row, b.col) == (spot.row, spot.col)]


class PageView(QWidget):
    """One page at a time, drawn by another process, with ways to the others."""

    def __init__(self, source: Source, look: Look) -> None:
        super().__init__()
        self.look = look
        self.path = source.path
        self.count = 1 + max((b.page for item in source.items for b in item.boxes), default=0)
        self.number = -1
        self._tasks: dict[int, Task] = {}
        self._drawn: dict[int, tuple[QImage, float]] = {}
        self._boxes: list[Box] = []
        self.sheet = _Sheet(look)
        self.said = QLabel()
        self.before, self.after = QPushButton(words.PAGE_BEFORE), QPushButton(words.PAGE_AFTER)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setObjectName("paper")
        self.area.setWidget(self.sheet)
        self._lay_out()
        self.before.clicked.connect(lambda: self.turn_to(self.number - 1))
        self.after.clicked.connect(lambda: self.turn_to(self.number + 1))

    def _lay_out(self) -> None:
        self.said.setObjectName("muted")
        bar = QHBoxLayout()
        bar.addWidget(self.said)
        bar.addStretch(1)
        for button in (self.before, self.after):
            button.setAutoDefault(False)
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area, 1)
        column.addLayout(bar)

    def mark(self, boxes: list[Box]) -> None:
        self._boxes = boxes
        self.turn_to(boxes[0].page if boxes else max(0, self.number))

    def turn_to(self, number: int) -> None:
        self.number = min(max(0, number), self.count - 1)
        self.before.setEnabled(self.number > 0)
        self.after.setEnabled(self.number < self.count - 1)
        self.said.setText(words.page_of(self.number + 1, self.count))
        here = [b for b in self._boxes if b.page == self.number]
        self.sheet.show_page(self._drawn.get(self.number), here)
        if self.number not in self._drawn:
            self.sheet.tell(words.DRAWING)
            if self.number not in self._tasks:
                self._draw(self.number)
        elif here:
            self._bring(here[0])

    def _draw(self, number: int) -> None:
        from perfdesk.formats.page_pictures import page_picture

        task = Task(lambda task: page_picture(self.path, number, SHARP, task.cancelled), self)
        task.done.connect(lambda found: self._keep(number, found))
        task.failed.connect(lambda error: self.sheet.tell(error.message) if number == self.number else None)
        self._tasks[number] = task
        task.start()

    def _keep(self, number: int, found: PagePicture) -> None:
        drawn, form = found.picture, QImage.Format.Format_RGB32
        image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.width * 4, form)
        self._drawn[number] = image.copy(), found.scale
        if number == self.number:
            self.turn_to(number)

    def _bring(self, box: Box) -> None:
        place = self.sheet.placed(box)
        middle = place.center()
        self.area.ensureVisible(round(middle.x()), round(middle.y()), 0, self.area.viewport().height() // 3)


class _Sheet(QWidget):
    """The picture as wide as there is room, the marked boxes outlined."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._image: QImage | None = None
        self._scale = 1.0
        self._boxes: list[Box] = []
        self._said = ""

    def show_page(self, drawn: tuple[QImage, float] | None, boxes: list[Box]) -> None:
        """The picture and its pixels a pt."""
        self._image, self._scale = drawn or (None, 1.0)
        self._boxes, self._said = boxes, ""
        self._fit()
        self.update()

    def tell(self, words: str) -> None:
        self._said = words
        self.update()

    def placed(self, box: Box) -> QRectF:
        """Where a box of the page (in pt) lies in this widget."""
        scale = self._scale * self.width() / self._image.width() if self._image else 1.0
        size = (box.right - box.left) * scale, (box.bottom - box.top) * scale
        return QRectF(box.left * scale, box.top * scale, *size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image is not None:
            self.setMinimumHeight(round(self._image.height() * self.width() / self._image.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None:
            painter.setPen(self.look.colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._said)
            return
        painter.drawImage(QRectF(0, 0, self.width(), self.minimumHeight()), self._image)
        shade = self.look.colour("warning")
        painter.setPen(QPen(shade, self.look.px(2)))
        shade.setAlpha(50)
        painter.setBrush(shade)
        for box in self._boxes:
            painter.drawRect(self.placed(box))
