"""Roomy editors for texts: one labelled line or several lines, with the count of characters and what the check says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perfdesk.model.finding import Place
from ui import messages as say
from ui.form.binding import Binding
from ui.form.page import Page
from ui.form.typing import Editor, Line, Texts
from ui.scroll import scrolled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.model.form import Field, Section
    from ui.look import Look
    from ui.workspace import Workspace

LONG = 120
"""A text that may have more characters than this gets several lines."""


def mark_editor(editor: Editor, severity: str | None) -> None:
    """The coloured left edge of an editor with a finding."""
    if editor.property("severity") != (severity or ""):
        editor.setProperty("severity", severity or "")
        editor.style().unpolish(editor)
        editor.style().polish(editor)


class FieldEditor(QWidget):
    """Label above, editor, below it the finding at the left and the count at the right."""

    def __init__(self, section: str, field: Field, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.field = field
        self.row = section
        self.workspace = workspace
        self.look = look
        self.editor = self.make_editor()
        self.binding = self.make_binding()
        self.label = QLabel(say.required(field.label) if field.required else field.label)
        self.label.setObjectName("groupHead")
        self.label.setBuddy(self.editor)
        self.says = QLabel()
        self.says.setWordWrap(True)
        self.counts = QLabel()
        self._lay_out()
        self.binding.typed.connect(self._count)
        look.changed.connect(self._measure)
        self._measure()

    def make_editor(self) -> Editor:
        short = self.field.kind not in ("text", "note")
        return Line() if short or (self.field.limit is not None and self.field.limit <= LONG) else Texts()

    def make_binding(self) -> Binding:
        return Binding(self.editor, self.row, self.field.id, self.workspace)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.says, 1)
        foot.addWidget(self.counts, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(self.editor)
        column.addLayout(foot)

    def _measure(self) -> None:
        self.editor.setFont(self.look.font(13 if isinstance(self.editor, Line) else 13.5))
        if isinstance(self.editor, Texts):
            self.editor.setMinimumHeight(self.look.px(240))

    def _count(self) -> None:
        length, limit = len(self.binding.shown().strip()), self.field.limit
        over = limit is not None and length > limit
        self.counts.setText(say.characters(length, limit))
        self._name(self.counts, "errorText" if over else "muted")

    def mark(self) -> None:
        marks = self.workspace.marks
        severity = marks.severity(self.row, self.field.id)
        sentence = marks.sentence(self.row, self.field.id)
        mark_editor(self.editor, severity)
        self.editor.setToolTip(sentence)
        self.says.setText(sentence or self._before())
        self.says.setToolTip(self.workspace.last_year.cell(self.row, self.field.id))
        self._name(self.says, {"error": "errorText", "warning": "warningText"}.get(severity or "", "muted"))

    def _before(self) -> str:
        """How last year's text begins, where it is another."""
        return self.workspace.last_year.tip(self.row, self.field.id, self.binding.shown())

    def _name(self, label: QLabel, name: str) -> None:
        if label.objectName() != name:
            label.setObjectName(name)
            label.style().unpolish(label)
            label.style().polish(label)


class FieldsPage(Page):
    """A section of texts (``basic``)."""

    def __init__(self, section: Section, workspace: Workspace, look: Look) -> None:
        super().__init__(section, workspace, look)
        self.fields = [self.make_field(f) for f in section.fields]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 4, 12, 8)
        column.setSpacing(14)
        for field in self.fields:
            for heading in self.headings(field.field):
                column.addWidget(heading)
            column.addWidget(field, 1 if isinstance(field.editor, Texts) else 0)
        if not any(isinstance(f.editor, Texts) for f in self.fields):
            column.addStretch(1)
        area = scrolled(inner, fields=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        for field in self.fields:
            field.editor.focus_came.connect(lambda: self.placed.emit(self.place()))

    def first(self) -> QWidget:
        return self.fields[0].editor

    def make_field(self, field: Field) -> FieldEditor:
        return FieldEditor(self.section.id, field, self.workspace, self.look)

    def headings(self, field: Field) -> Iterable[QWidget]:
        """What stands above a field besides its name."""
        return ()

    def load(self) -> None:
        for field in self.fields:
            field.binding.revert()
            field.editor.setReadOnly(self.workspace.archived)

    def update_cells(self) -> None:
        for field in self.fields:
            field.binding.follow()

    def remark(self) -> None:
        for field in self.fields:
            field.mark()

    def show_place(self, place: Place) -> bool:
        if place.row != self.section.id:
            return False
        field = next((f for f in self.fields if f.field.id == place.column), self.fields[0])
        field.editor.setFocus()
        return True

    def place(self) -> Place | None:
        field = next((f for f in self.fields if f.editor.hasFocus()), self.fields[0])
        return Place(self.section.id, field.field.id)

    def pending(self) -> bool:
        return any(f.binding.pending() for f in self.fields)

    def commit(self) -> None:
        for field in self.fields:
            if field.binding.pending():
                field.binding.commit()

    def revert(self) -> None:
        for field in self.fields:
            if field.binding.pending():
                field.binding.revert()
