"""Fields with their names above, side by side as far as there is room: amounts, counts, and what is computed where nothing is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import messages as say
from ui.form.binding import Binding, MoneyBinding
from ui.form.fields_page import mark_editor
from ui.form.typing import Line
from ui.messages import evaluation as words

if TYPE_CHECKING:
    from perfdesk.model.form import Field
    from ui.look import Look
    from ui.workspace import Workspace

WIDTH, GAP = 148, 14
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Box(QWidget):
    """One cell: its name, the editor, below it what the check says, what would be computed, or what is proposed."""

    def __init__(self, row: str, field: Field, workspace: Workspace, look: Look, wide: bool = False) -> None:
        super().__init__()
        self.row, self.field, self.workspace, self.look, self.wide = row, field, workspace, look, wide
        self.label = _label("quiet")
        self.label.setText(say.required(field.name) if field.required else field.name)
        self.editor = Line()
        self.editor.setToolTip(field.help)
        if not wide:
            self.editor.setAlignment(RIGHT)
        self.label.setBuddy(self.editor)
        kind = MoneyBinding if field.kind == "money" else Binding
        self.binding = kind(self.editor, row, field.id, workspace)
        self.says = _label("muted")
        self.offer = QPushButton()
        self.offer.setObjectName("link")
        self.offer.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.label, self.editor, self.says, self.offer):
            self._column.addWidget(widget)
        self._column.addStretch(1)

    def measure(self) -> None:
        self._column.setSpacing(self.look.px(3))
        self.editor.setMinimumHeight(self.look.px(28))

    # --- what is computed for it ---

    def computed(self) -> str:
        values = self.workspace.values
        known = values.evaluated if values else None
        return known.cells.get((self.row, self.field.id), "") if known and self.field.computed else ""

    def show_computed(self) -> None:
        """Muted in the empty field; beside a typed one as what it stands against."""
        computed = self.computed()
        self.editor.setPlaceholderText(computed)
        typed = bool(self.field.computed and self.binding.stored().strip())
        if self.editor.property("typed") != typed:
            self.editor.setProperty("typed", typed)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)
        self.mark(words.against(computed) if typed else "")

    def mark(self, otherwise: str = "") -> None:
        marks = self.workspace.marks
        severity = marks.severity(self.row, self.field.id)
        sentence = marks.sentence(self.row, self.field.id)
        mark_editor(self.editor, severity)
        told = sentence or otherwise
        self.says.setText(told)
        self.says.setVisible(bool(told))
        tone = {"error": "errorText", "warning": "warningText"}.get(severity or "", "muted")
        if self.says.objectName() != tone:
            self.says.setObjectName(tone)
            self.says.style().unpolish(self.says)
            self.says.style().polish(self.says)

    # --- what is proposed for it ---

    def propose(self, number: int | None, take: Callable[[str, str, str], object]) -> None:
        """A number that the year's filings give; nothing to offer where it stands there already."""
        wanted = number is not None and self.binding.stored().strip() != str(number)
        self.offer.setVisible(wanted and not self.workspace.archived)
        if number is None or not wanted:
            return
        self.offer.setText(words.propose(number))
        self.offer.setToolTip(words.proposed_tip(self.field.name, number))
        self.offer.setAccessibleName(words.proposed_tip(self.field.name, number))
        self.offer.disconnect(self)
        self.offer.clicked.connect(lambda: take(self.row, self.field.id, str(number)))


class Group(QFrame):
    """A card with a heading, its boxes, and lines of words below them."""

    def __init__(self, look: Look, head: str, boxes: Sequence[Box]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.look = look
        self.boxes = list(boxes)
        self.head = _label("groupHead")
        self.head.setText(head)
        self.lines = _label("quiet")
        self.lines.hide()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        self._column.addLayout(self._grid)
        self._column.addWidget(self.lines)
        look.changed.connect(self.measure)
        self.measure()

    def measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(px(16), px(10), px(16), px(12))
        self._column.setSpacing(px(8))
        self._grid.setHorizontalSpacing(px(GAP))
        self._grid.setVerticalSpacing(px(8))
        for box in self.boxes:
            box.measure()
        self._place()

    def say(self, texts: Sequence[str]) -> None:
        self.lines.setText("\n".join(texts))
        self.lines.setVisible(bool(texts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        px = self.look.px
        room = self.width() - 2 * px(16) + px(GAP)
        across = max(1, room // (px(WIDTH) + px(GAP)))
        for box in self.boxes:
            self._grid.removeWidget(box)
        row = column = 0
        for box in self.boxes:
            span = across if box.wide else 1
            if column + span > across:
                row, column = row + 1, 0
            self._grid.addWidget(box, row, column, 1, span)
            column += span
        for n in range(self._grid.columnCount()):
            self._grid.setColumnStretch(n, 1 if n < across else 0)


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    # Its own wish would push the card out of a narrow window.
    label.setMinimumWidth(1)
    return label
