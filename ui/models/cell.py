"""What the grids show in one cell; the one custom role that models answer and the delegate draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt

from perfdesk.model.form import Severity

CELL = Qt.ItemDataRole.UserRole + 1
WHOLE = Qt.ItemDataRole.UserRole + 2
"""The text of a cell whose editor begins empty because it shows what is computed: what is copied, filled down and added up."""
Tone = Literal["ink", "quiet", "muted", "faint", "error", "warning_text"]


@dataclass(frozen=True, slots=True)
class Cell:
    """``ground`` is a colour's name; ``edge`` the severity drawn at the left edge; ``indent`` in pixels of the drawing;
    ``parent``: the row can be folded (its arrow stands before the text); ``lines``: no more lines than these are shown (0: all);
    ``beside``: another text that stands against ``text`` until one of them is taken; ``typed``: it was
    typed over what is computed for it, and the colour of the corner that says so (empty: it was not); ``then``: what stands quietly below
    the text: last year's value, in words."""

    text: str
    right: bool = False
    tone: Tone = "ink"
    bold: bool = False
    ground: str = "paper"
    edge: Severity | None = None
    indent: int = 8
    parent: bool = False
    locked: bool = False
    lines: int = 0
    beside: str = ""
    typed: str = ""
    then: str = ""
