"""A page of boxes: those of one section, and with them those of other sections that belong beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from perfdesk.model.finding import Place
from ui.evaluation.boxes import Group
from ui.form.page import Page
from ui.scroll import scrolled

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace


class BoxesPage(Page):
    """Subclasses make the groups."""

    def __init__(self, section: Section, workspace: Workspace, look: Look) -> None:
        super().__init__(section, workspace, look)
        self.groups = list(self.make_groups())
        self.boxes = [box for group in self.groups for box in group.boxes]
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        for widget in (*self.above(), *self.groups):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner, fields=True))
        editors = [box.editor for box in self.boxes]
        for editor, after in zip(editors, [*editors[1:], editors[0]], strict=True):
            editor.returnPressed.connect(after.setFocus)
            editor.focus_came.connect(lambda: self.placed.emit(self.place()))
        look.changed.connect(self.measure)
        self.measure()

    def first(self) -> QWidget:
        return self.boxes[0].editor

    def make_groups(self) -> Sequence[Group]:
        raise NotImplementedError

    def above(self) -> Sequence[QWidget]:
        """What stands above the groups."""
        return ()

    def measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(0, px(4), px(12), px(8))
        self._column.setSpacing(px(10))

    def load(self) -> None:
        for box in self.boxes:
            box.binding.revert()
            box.editor.setReadOnly(self.workspace.archived)
        self.show_computed()

    def update_cells(self) -> None:
        for box in self.boxes:
            box.binding.follow()
        self.show_computed()

    def show_computed(self) -> None:
        """What is computed may be different."""
        for box in self.boxes:
            box.show_computed()

    def remark(self) -> None:
        self.show_computed()

    # --- places ---

    def show_place(self, place: Place) -> bool:
        if place.row != self.section.id:
            return False
        own = [box for box in self.boxes if box.row == place.row]
        box = next((b for b in own if b.field.id == place.column), own[0])
        box.show()
        box.editor.setFocus()
        return True

    def place(self) -> Place | None:
        box = next((b for b in self.boxes if b.editor.hasFocus()), self.boxes[0])
        return Place(box.row, box.field.id)

    # --- what is being typed ---

    def pending(self) -> bool:
        return any(box.binding.pending() for box in self.boxes)

    def commit(self) -> None:
        for box in self.boxes:
            if box.binding.pending():
                box.binding.commit()

    def revert(self) -> None:
        for box in self.boxes:
            if box.binding.pending():
                box.binding.revert()
