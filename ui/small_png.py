"""A picture of the window as a small file: a table of the colours that are seen most, a thin frame around it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

COLOURS = 256
FRAME = "#C4CBD6"


def write_small(image: QImage, file: Path) -> None:
    """As PNG with at most 256 colours; windows have few, and letters' edges take the nearest."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setPen(QColor(FRAME))
    painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
    painter.end()
    seen = Counter(memoryview(image.constBits()).cast("B").cast("I"))
    table = [colour for colour, _ in seen.most_common(COLOURS)]
    small = image.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)
    small.save(str(file), quality=0)
