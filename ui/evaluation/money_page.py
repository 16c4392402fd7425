"""The budget of a self-evaluation: amounts line by line as on its paper, and the execution that is scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from perfdesk.model.evaluation import NOTE
from ui.evaluation.boxes import Box, Group
from ui.evaluation.boxes_page import BoxesPage
from ui.messages import evaluation as words

if TYPE_CHECKING:
    from perfdesk.model.form import Form, Section


def lines_of(form: Form, section: Section) -> Iterator[tuple[str, list[str]]]:
    """The lines of the form's paper that hold two or more of the section's cells: what each is called there, and its columns."""
    known = {f.id: f for f in section.fields}
    for part in form.paper.parts:
        for areas in part.rows:
            own = [a.removeprefix(f"{section.id}.") for a in areas if part.section == section.id or "." in a]
            cells = [c for c in dict.fromkeys(own) if c in known]
            if len(cells) > 1:
                yield _said(areas, section), cells


def _said(areas: Sequence[str], section: Section) -> str:
    """The words before the first number of the line."""
    for area in reversed([a for a in areas if a.startswith(("@", "="))]):
        if area.startswith("="):
            return area[1:]
        if field := section.field(area[1:].removeprefix(f"{section.id}.")):
            return field.label
    return section.label


class MoneyPage(BoxesPage):
    def make_groups(self) -> Sequence[Group]:
        form, section = self.workspace.form, self.section
        left = {f.id: Box(section.id, f, self.workspace, self.look, f.id == NOTE) for f in section.fields}
        note = left.pop(NOTE, None)
        groups: list[tuple[str, list[Box]]] = []
        for head, columns in lines_of(form, section) if form else ():
            boxes = [left.pop(c) for c in columns if c in left]
            if boxes:
                groups.append((head, boxes))
        if left or not groups:
            groups.append((section.label, list(left.values())))
        self.note = note
        if note is not None:
            # It says why the execution of the budget is scored otherwise: beside the score.
            scored = next((g for g in groups if any(b.field.id == "score" for b in g[1])), groups[0])
            scored[1].append(note)
        return [Group(self.look, head, boxes) for head, boxes in groups]

    def topic(self) -> str:
        return "scores"

    def show_computed(self) -> None:
        super().show_computed()
        values = self.workspace.values
        item = values.evaluated.item(None) if values and values.evaluated else None
        if self.note is not None:
            due = bool(item and item.refused)
            self.note.setVisible(
                due or bool(self.note.binding.stored().strip()) or self.note.binding.pending()
            )
            self.note.editor.setPlaceholderText(words.NOTE_DUE if due else "")
        for group in self.groups:
            if any(box.field.id == "score" for box in group.boxes):
                group.say([item.reason] if item else [])
