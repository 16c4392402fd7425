"""A scrolling area that shows the ground of what it stands in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(inner: QWidget, fields: bool = False) -> QScrollArea:
    """``inner`` as wide as there is room, scrolled up and down only. ``fields``: it is full of them, and follows the one that has the
    cursor; anything else is a stop for Tab itself, so that keys can scroll it."""
    inner.setObjectName("scrolled")
    area = QScrollArea()
    area.setObjectName("scrollArea")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    if fields:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area
