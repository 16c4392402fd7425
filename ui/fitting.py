"""What does not fit: a bar says less, step by step; a dialogue is no larger than the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QLayout, QWidget

EDGE = 40
"""Pixels that a window's frame and title take."""


def fit(bar: QWidget, row: QLayout, steps: Sequence[Callable[[], object]]) -> None:
    """Begin with the first of ``steps`` (everything said) and go on while the row needs more room than the bar has."""
    for step in steps:
        step()
        row.invalidate()
        if row.minimumSize().width() <= bar.width():
            return


def open_at(dialog: QDialog, width: int, height: int) -> None:
    """As large as drawn, where the screen has that room."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width()), min(height, room.height() - EDGE))
