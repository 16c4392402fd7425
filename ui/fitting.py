"""A bar that says less, step by step, until it fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLayout, QWidget


def fit(bar: QWidget, row: QLayout, steps: Sequence[Callable[[], object]]) -> None:
    """Begin with the first of ``steps`` (everything said) and go on while the row needs more room than the bar has."""
    for step in steps:
        step()
        row.invalidate()
        if row.minimumSize().width() <= bar.width():
            return
