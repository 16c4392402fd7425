"""The explanation of a budget: its chapters under the headings they are printed with, numbers of the tables as chips."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from perfdesk.quoted import quotable
from ui.form.binding import Binding
from ui.form.bound_texts import BoundTexts
from ui.form.fields_page import FieldEditor, FieldsPage
from ui.messages import texts as say

if TYPE_CHECKING:
    from perfdesk.model.chapter import Chapter
    from perfdesk.model.form import Field, Form, Section
    from perfdesk.quotable import Quotable
    from ui.form.typing import Editor
    from ui.look import Look
    from ui.workspace import Workspace

SIZES = {0: 13.0, 1: 15.0, 2: 13.5}
"""Of a heading by its level, in pixels of the drawing; 0 is a name that is not printed."""


def chapters_of(form: Form | None, section: Section) -> dict[str, Chapter]:
    """The fields of the section that are texts of chapters."""
    chapters = form.chapters if form else ()
    own = ((c.text.partition("/"), c) for c in chapters)
    return {column: c for (row, _, column), c in own if row == section.id}


class BoundBinding(Binding):
    """Of a text with bound values: kept with their names, read with what they are now."""

    def text(self) -> str:
        return self.editor.raw() if isinstance(self.editor, BoundTexts) else super().text()

    def shown(self) -> str:
        return self.editor.shown() if isinstance(self.editor, BoundTexts) else super().shown()

    def _replace(self, text: str) -> None:
        if isinstance(self.editor, BoundTexts):
            self.editor.set_raw(text)


class ChapterField(FieldEditor):
    """``sought``: the place that a chip comes from was asked for."""

    sought = Signal(object)

    def __init__(
        self, chapter: Chapter, section: str, field: Field, workspace: Workspace, look: Look
    ) -> None:
        self.chapter = chapter
        self.texts = BoundTexts(look, self._words)
        super().__init__(section, field, workspace, look)
        self.label.setText(chapter.heading)
        self.label.setObjectName("chapter" if chapter.level else "groupHead")
        self.label.setWordWrap(True)
        self.texts.wanted.connect(self._offer)
        self.texts.sought.connect(self._seek)

    def make_editor(self) -> Editor:
        return self.texts

    def make_binding(self) -> Binding:
        return BoundBinding(self.texts, self.row, self.field.id, self.workspace)

    def _measure(self) -> None:
        super()._measure()
        self.label.setFont(self.look.font(SIZES.get(self.chapter.level, 13), bold=True))
        self.texts.fit()

    def renew(self) -> None:
        """What the names mean in the open filing, as it is now."""
        if known := self._quotable():
            self.texts.chips.resolve = known.resolve
            self.texts.renew()
            self._count()

    def mark(self) -> None:
        super().mark()
        self.texts.finding = self.texts.toolTip()

    def _words(self, name: str) -> str:
        known = self._quotable()
        return known.words(name) if known else name

    def _quotable(self) -> Quotable | None:
        space = self.workspace
        if space.form is None or space.filing is None or space.values is None:
            return None
        return quotable(space.form, space.filing, space.values)

    def _seek(self, name: str) -> None:
        known = self._quotable()
        if known and (place := known.place(name)):
            self.sought.emit(place)

    def _offer(self) -> None:
        """What can be put in, to choose from."""
        from ui.dialogs.quote import QuoteDialog

        known = self._quotable()
        if self.texts.isReadOnly() or known is None:
            return
        found = known.quotes(self.chapter)
        values = [(q, self.texts.chips.resolve(q.name) or "") for q in found]
        dialog = QuoteDialog(values, self.workspace, self.look, self.window())
        dialog.picked.connect(self.texts.insert_name)
        dialog.open()


class ExplanationPage(FieldsPage):
    """``sought``: a place outside this page."""

    sought = Signal(object)

    def __init__(self, section: Section, workspace: Workspace, look: Look) -> None:
        self._chapters = chapters_of(workspace.form, section)
        self._behind = True
        self._headings: list[QLabel] = []
        super().__init__(section, workspace, look)
        hint = QLabel(say.HINT)
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        if layout := self.layout():
            layout.addWidget(hint)
        look.changed.connect(self._measure)
        self._measure()

    def make_field(self, field: Field) -> FieldEditor:
        chapter = self._chapters.get(field.id)
        if chapter is None:
            return super().make_field(field)
        made = ChapterField(chapter, self.section.id, field, self.workspace, self.look)
        made.sought.connect(self.sought)
        return made

    def headings(self, field: Field) -> Iterable[QWidget]:
        """Printed headings without a text of their own, right above the chapter."""
        form, own = self.workspace.form, self._chapters.get(field.id)
        chapters = form.chapters if form else ()
        bare: list[Chapter] = []
        for chapter in chapters:
            if chapter is own:
                break
            bare = [] if chapter.text else [*bare, chapter]
        for chapter in bare:
            label = QLabel(chapter.heading)
            label.setObjectName("chapter")
            label.setWordWrap(True)
            self._headings.append(label)
            yield label

    def _measure(self) -> None:
        for label in self._headings:
            label.setFont(self.look.font(SIZES[1], bold=True))

    def load(self) -> None:
        self._renew()
        super().load()

    def update_cells(self) -> None:
        super().update_cells()
        self._behind = True
        if self.isVisible():
            self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        if self._behind:
            self._renew()
        super().showEvent(event)

    def _renew(self) -> None:
        """While the page is not shown its chips may be behind."""
        self._behind = False
        for field in self.fields:
            if isinstance(field, ChapterField):
                field.renew()
