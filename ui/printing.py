"""Paper out of a real printer: the page pictures at the printer's own resolution, in bands so that memory stays small."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from perfdesk.errors import UserError
from ui import messages as say
from ui.messages import paper as words

if TYPE_CHECKING:
    from ui.models.pages import Printed

LEAST, MOST = 300, 600
"""Dots per inch of the pictures: letters are clean from the first on, more than the second nobody sees."""
BAND = 512
SAME_PAPER = 6.0
"""Paper that differs by less than this (in pt) is the same paper."""


def new_printer(shown: Printed, name: str) -> QPrinter:
    """The system's usual printer, set to the first page's own paper. ``name``: what the queue shows."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setCreator(say.PRODUCT)
    width, height = shown.sizes[0]
    size = QPageSize(
        QSizeF(min(width, height), max(width, height)),
        QPageSize.Unit.Point,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    printer.setPageLayout(QPageLayout(size, _way(shown.sizes[0]), QMarginsF()))
    printer.setFullPage(True)
    return printer


def _way(size: tuple[float, float]) -> QPageLayout.Orientation:
    return QPageLayout.Orientation.Landscape if size[0] > size[1] else QPageLayout.Orientation.Portrait


def picture_dpi(resolution: int) -> int:
    """The printer's resolution, divided or multiplied by a whole number: bands then meet without a seam."""
    if resolution < LEAST:
        return resolution * ceil(LEAST / max(1, resolution))
    return resolution // ceil(resolution / MOST)


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages that the dialogue was told to print (from 0), in the order in which they leave the printer."""
    numbers = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        numbers = [n for n in numbers if printer.fromPage() <= n + 1 <= (printer.toPage() or count)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    if printer.supportsMultipleCopies() or printer.copyCount() <= 1:
        return numbers
    copies = printer.copyCount()
    return numbers * copies if printer.collateCopies() else [n for n in numbers for _ in range(copies)]


def print_pages(
    shown: Printed, printer: QPrinter, numbers: Sequence[int], cancelled: Callable[[], bool]
) -> int:
    """On any thread; each page on paper that lies as the page does. How many sheets were painted; 0 where it was cancelled (nothing is
    printed then). UserError ``print-failed``."""
    painter = QPainter()
    if numbers:
        printer.setPageOrientation(_way(shown.sizes[numbers[0]]))
    if not numbers or not painter.begin(printer):
        raise _failed(printer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    try:
        for place, number in enumerate(numbers):
            if place and not _turn(printer, shown.sizes[number]):
                raise _failed(printer)
            if not _paint(shown, printer, painter, number, cancelled):
                printer.abort()
                return 0
    finally:
        painter.end()
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise _failed(printer)
    return len(numbers)


def _turn(printer: QPrinter, size: tuple[float, float]) -> bool:
    """To the next sheet. Only how the paper lies may change while a printer is at work, not which paper it is."""
    if printer.pageLayout().orientation() != _way(size):
        printer.setPageOrientation(_way(size))
    return printer.newPage()


def _paint(
    shown: Printed, printer: QPrinter, painter: QPainter, number: int, cancelled: Callable[[], bool]
) -> bool:
    from perfdesk.formats.pdf_picture import picture, picture_height

    size = shown.sizes[number]
    width = round(size[0] / 72 * picture_dpi(printer.resolution()))
    height = picture_height(size, width)
    page = target(size, printer)
    scale = page.width() / width
    for top in range(0, height, BAND):
        if cancelled():
            return False
        band = picture(shown.pdf, number, width, (top, min(BAND, height - top)))
        image = QImage(
            band.pixels, band.width, band.height, band.width * 4, QImage.Format.Format_RGB32
        ).convertToFormat(QImage.Format.Format_RGB888)
        place = QRectF(page.x(), page.y() + top * scale, page.width(), band.height * scale)
        painter.drawImage(place, image)
    return True


def target(size: tuple[float, float], printer: QPrinter) -> QRectF:
    """Where the page goes on the paper, in dots: as large as it is, made smaller and centred only on smaller paper."""
    paper = printer.paperRect(QPrinter.Unit.Point)
    fitting = min(1.0, paper.width() / size[0], paper.height() / size[1])
    if abs(paper.width() - size[0]) < SAME_PAPER and abs(paper.height() - size[1]) < SAME_PAPER:
        fitting = 1.0
    dots = printer.resolution() / 72
    width, height = size[0] * fitting * dots, size[1] * fitting * dots
    left, top = (paper.width() * dots - width) / 2, (paper.height() * dots - height) / 2
    exact = fitting == 1.0
    return QRectF(max(0.0, left) if not exact else left, max(0.0, top) if not exact else top, width, height)


def _failed(printer: QPrinter) -> UserError:
    name = printer.printerName() or printer.outputFileName()
    return UserError("print-failed", words.print_failed(name), f"{printer.printerState()}")
