"""Pages of paper one below the other: scrolled, zoomed, with a soft outline round the cell that is being edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from perfdesk.model.finding import Place
from ui.models.pages import Pages, Spot
from ui.models.sheets import Fit, Sheet, Stack, stack
from ui.theme import LIGHT

if TYPE_CHECKING:
    from ui.look import Look

SMALLEST, LARGEST, STEP = 0.25, 4.0, 1.2
GAP = 12
NO_SHEET = Sheet(0, 1, 1, 1.0)
KEYS = Qt.Key


class PaperStack(QAbstractScrollArea):
    """Where the pages lie and how large they are. ``moved``: another page is on top, or the size is another."""

    moved = Signal()

    def __init__(self, pages: Pages, look: Look) -> None:
        super().__init__()
        self.pages = pages
        self.look = look
        self.fit: Fit = "width"
        self.factor = 1.0
        self.sheets = Stack()
        self.setObjectName("paper")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.horizontalScrollBar().setSingleStep(20)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        pages.laid.connect(self.lay_out)

    # --- sizes ---

    def count(self) -> int:
        return len(self.pages.printed.sizes) if self.pages.printed else 0

    def sheet(self, number: int) -> Sheet:
        """Page ``number`` (from 0) as it lies now; where there is none, a sheet of nothing."""
        sheets = self.sheets.sheets
        return sheets[number] if 0 <= number < len(sheets) else NO_SHEET

    def percent(self, number: int | None = None) -> int:
        """How large that page is (None: the one in the middle of the view)."""
        scale = self.sheet(self.current() if number is None else number).scale
        return round(scale * 72 / self.logicalDpiX() * 100)

    def page_rect(self, number: int) -> QRectF:
        """In the viewport; narrower pages stand in the middle of the widest."""
        sheet, room = self.sheet(number), max(self.viewport().width(), self.sheets.width)
        left = max(self.sheets.gap, (room - sheet.width) // 2) - self.horizontalScrollBar().value()
        return QRectF(left, sheet.top - self.verticalScrollBar().value(), sheet.width, sheet.height)

    def spot_rect(self, spot: Spot) -> QRectF:
        page, scale, box = self.page_rect(spot.page), self.sheet(spot.page).scale, spot.box
        return QRectF(
            page.x() + box.x() * scale, page.y() + box.y() * scale, box.width() * scale, box.height() * scale
        )

    def lay_out(self) -> None:
        gap, room = self.look.px(GAP), self.viewport()
        # Fitted into the room beside a scroll bar, whether it is shown or not: else it would come and go for ever.
        wide = self.width() - 2 * gap - self.verticalScrollBar().sizeHint().width()
        sizes = self.pages.printed.sizes if self.pages.printed else ()
        factor = self.factor * self.logicalDpiX() / 72
        self.sheets = stack(sizes, (wide, self.height() - 2 * gap), self.fit, factor, gap)
        for bar, size, shown in (
            (self.verticalScrollBar(), self.sheets.height, room.height()),
            (self.horizontalScrollBar(), 0 if self.fit else self.sheets.width, room.width()),
        ):
            bar.setPageStep(shown)
            bar.setRange(0, max(0, size - shown))
        self._wish()
        self.moved.emit()
        room.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        at = self._anchor(QPointF(0, 0))
        self.lay_out()
        if self.fit:
            self._hold(at, QPointF(0, 0))

    # --- zooming ---

    def middle(self) -> QPointF:
        """What stays where it is when the size changes and nobody points anywhere."""
        return QPointF(self.viewport().rect().center())

    def set_fit(self, fit: Fit) -> None:
        self._zoomed(fit, self.factor, self.middle())

    def zoom_to(self, factor: float, about: QPointF | None = None) -> None:
        self._zoomed("", min(LARGEST, max(SMALLEST, factor)), about or self.middle())

    def zoom_by(self, steps: float, about: QPointF | None = None) -> None:
        """From the size of the page that is pointed at."""
        number = self._anchor(about or self.middle())[0]
        self.zoom_to(self.percent(number) / 100 * STEP**steps, about)

    def _zoomed(self, fit: Fit, factor: float, about: QPointF) -> None:
        at = self._anchor(about)
        self.fit, self.factor = fit, factor
        self.lay_out()
        self._hold(at, about)

    def _anchor(self, about: QPointF) -> tuple[int, float, float]:
        """The page under a point of the viewport and where on it, in parts of its size."""
        number = min(max(0, self._page_under(about.y())), max(0, self.count() - 1))
        page = self.page_rect(number)
        return number, (about.x() - page.x()) / page.width(), (about.y() - page.y()) / page.height()

    def _hold(self, at: tuple[int, float, float], about: QPointF) -> None:
        page = self.page_rect(at[0])
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + round(page.x() + at[1] * page.width() - about.x()))
        down.setValue(down.value() + round(page.y() + at[2] * page.height() - about.y()))

    # --- which pages ---

    def _page_under(self, y: float) -> int:
        return self.sheets.under(y + self.verticalScrollBar().value())

    def seen(self) -> range:
        first = max(0, self._page_under(0))
        return range(first, min(self.count(), max(first, self._page_under(self.viewport().height())) + 1))

    def current(self) -> int:
        """The page that has the middle of the view (from 0)."""
        return min(max(0, self._page_under(self.viewport().height() / 2)), max(0, self.count() - 1))

    def show_page(self, number: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(round(bar.value() + self.page_rect(number).y() - self.look.px(GAP)))

    def _on_scrolled(self) -> None:
        self._wish()
        self.moved.emit()

    def _wish(self) -> None:
        """The pages in sight and, after them, their neighbours."""
        if not self.isVisible() or not self.count():
            return
        seen = self.seen()
        near = [n for n in (seen.stop, seen.start - 1) if 0 <= n < self.count()]
        ratio = self.devicePixelRatioF()
        self.pages.wish([(n, round(self.sheet(n).width * ratio)) for n in (*seen, *near)])


class PaperView(PaperStack):
    """``picked``: a place on paper was clicked."""

    picked = Signal(Place)

    def __init__(self, pages: Pages, look: Look) -> None:
        super().__init__(pages, look)
        self.marked: tuple[Spot, ...] = ()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        pages.drawn.connect(lambda _page: self.viewport().update())

    # --- the cell that is edited ---

    def mark(self, spots: tuple[Spot, ...], follow: bool = True) -> None:
        """Outline these; ``follow``: bring the first into sight, moving no more than it needs."""
        self.marked = spots
        if spots and follow:
            self._reveal(self.spot_rect(spots[0]))
        self.viewport().update()

    def middle(self) -> QPointF:
        """The outlined cell while it is in sight."""
        marked = self.spot_rect(self.marked[0]).center() if self.marked else QPointF(-1, -1)
        return marked if self.viewport().rect().contains(marked.toPoint()) else super().middle()

    def _reveal(self, box: QRectF) -> None:
        room, margin = self.viewport(), self.look.px(40)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if box.top() < 0 or box.bottom() > room.height():
            fits = box.height() + 2 * margin < room.height()
            centred = box.center().y() - room.height() / 2
            down.setValue(round(down.value() + (centred if fits else box.top() - margin)))
        if across.maximum() and (box.left() < 0 or box.right() > room.width()):
            across.setValue(round(across.value() + box.left() - margin))

    # --- drawing ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in self.seen():
            page = self.page_rect(number)
            painter.fillRect(page, Qt.GlobalColor.white)
            if image := self.pages.picture(number):
                painter.drawImage(page, image)
            painter.setPen(QPen(self.look.colour("field"), 1))
            painter.drawRect(page.adjusted(-0.5, -0.5, 0.5, 0.5))
        self._outline(painter)

    def _outline(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, fill = QColor(LIGHT["accent"]), QColor(LIGHT["accent"])  # paper is white in the dark, too
        line.setAlpha(200)
        fill.setAlpha(26)
        painter.setPen(QPen(line, self.look.px(2)))
        painter.setBrush(fill)
        radius = self.look.px(3)
        for spot in self.marked:
            painter.drawRoundedRect(self.spot_rect(spot), radius, radius)

    # --- hands ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (
            place := self.place_at(event.position().toPoint())
        ):
            self.picked.emit(place)
        event.accept()

    def place_at(self, point: QPoint) -> Place | None:
        printed, number = self.pages.printed, self._page_under(point.y())
        page, scale = self.page_rect(number), self.sheet(number).scale
        if printed is None or not page.contains(QPointF(point)):
            return None
        return printed.place_at(number, (point.x() - page.x()) / scale, (point.y() - page.y()) / scale)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / 120, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (KEYS.Key_Home, KEYS.Key_End):
            self.show_page(0 if key == KEYS.Key_Home else self.count() - 1)
        elif key in (KEYS.Key_Plus, KEYS.Key_Equal, KEYS.Key_Minus):
            self.zoom_by(-1 if key == KEYS.Key_Minus else 1)
        else:
            super().keyPressEvent(event)
