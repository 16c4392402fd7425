"""Export: which formats, which forms, where, under which names – and what stands in the way, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.file_names import PATTERN, unknown_fields
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Place
from perfdesk.model.form import Form
from perfdesk.titles import name_of
from ui import messages as say
from ui.evaluation.report_beside import beside
from ui.fitting import open_at
from ui.messages import blanks
from ui.messages import paper as words
from ui.models.exports import FORMATS, Job, Surveyed, jobs, set_jobs, survey
from ui.scroll import scrolled
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.errors import UserError
    from ui.look import Look
    from ui.workspace import Workspace

SHOWN_NAMES, SHOWN_TROUBLES = 4, 12


class ExportSheet(QDialog):
    """What the dialog is made of: the choices of last time, and room for the answers."""

    def __init__(
        self,
        workspace: Workspace,
        year: int | None,
        count: int,
        folder: str,
        look: Look,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.EXPORT_TITLE)
        self.workspace = workspace
        self.look = look
        self.several = count > 1
        self._make_choices(folder, year, count)
        self._make_answers()
        self._lay_out()

    def _make_choices(self, folder: str, year: int | None, count: int) -> None:
        space = self.workspace
        kept = (space.setting("export/formats") or "docx").split()
        self.formats = {name: QCheckBox(words.EXPORT_FORMATS[name]) for name in FORMATS}
        for name, box in self.formats.items():
            box.setChecked(name in kept)
        self.this = QRadioButton(words.EXPORT_THIS)
        self.all = QRadioButton(words.export_year(say.year_text(year), count))
        self.set = QRadioButton(words.EXPORT_SET)
        self.set.setToolTip(words.EXPORT_SET_TIP)
        self.this.setChecked(True)
        self.folder = QLineEdit(folder)
        self.folder.setAccessibleName(words.EXPORT_FOLDER)
        self.choose = QPushButton(words.EXPORT_CHOOSE)
        self.pattern = QLineEdit(space.setting("export/pattern") or PATTERN)
        self.pattern.setAccessibleName(words.EXPORT_NAME)
        self.draft = QCheckBox(words.EXPORT_ALL_DRAFT)
        self.open_after = QCheckBox(words.EXPORT_OPEN)
        self.open_after.setChecked(space.setting("export/open") == "1")

    def _make_answers(self) -> None:
        self.names = self._label("quiet")
        self.names.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict = self._label("muted")
        self.troubles = self._label("")
        self.troubles.setTextFormat(Qt.TextFormat.RichText)
        self.troubles.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.fonts = self._label("muted")
        self.start = QPushButton(words.EXPORT_START)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        self.cancel = QPushButton(say.CANCEL)
        self.blank = QPushButton(blanks.EXPORT_LINK)
        self.blank.setToolTip(blanks.TIP)

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        return label

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(620), px(540))
        fields = QFormLayout()
        fields.setVerticalSpacing(px(10))
        fields.setHorizontalSpacing(px(14))
        fields.addRow(words.EXPORT_FORMAT, self._row(*self.formats.values()))
        fields.addRow(words.EXPORT_SCOPE, self._row(self.this, self.all, self.set))
        fields.setRowVisible(1, self.several)
        place = QHBoxLayout()
        place.setSpacing(px(8))
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose)
        fields.addRow(words.EXPORT_FOLDER, place)
        name = QVBoxLayout()
        name.setSpacing(px(4))
        hint = self._label("muted")
        hint.setText(words.EXPORT_FIELDS)
        name.addWidget(self.pattern)
        name.addWidget(hint)
        fields.addRow(words.EXPORT_NAME, name)
        inner = QWidget()
        answers = QVBoxLayout(inner)
        answers.setContentsMargins(0, 0, px(8), 0)
        answers.setSpacing(px(10))
        for label in (self.names, self.verdict, self.troubles, self.fonts):
            answers.addWidget(label)
        answers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addLayout(fields)
        column.addWidget(self.draft)
        column.addWidget(scrolled(inner), 1)
        foot = self._row(self.open_after)
        foot.addWidget(self.blank)
        foot.addWidget(self.cancel)
        foot.addWidget(self.start)
        column.addLayout(foot)

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.look.px(16))
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        return row


class ExportDialog(ExportSheet):
    """``here`` is the open filing, ``year`` all of its year. After the dialog: ``jump``, the place a person wants to mend, or
    ``wants_blank``, where the bureau's own file is to be filled instead."""

    def __init__(
        self,
        workspace: Workspace,
        here: tuple[Form, Filing],
        year: Sequence[tuple[Form, Filing]],
        folder: str,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        self._filings = (here, *(one for one in year if one[1].id != here[1].id))
        self._order = {one[1].id: number for number, one in enumerate(year)}
        super().__init__(workspace, here[1].year, len(self._filings), folder, look, parent)
        self.jump: Place | None = None
        self.wants_blank = False
        self._surveyed: tuple[Surveyed, ...] = ()
        self._tasks: set[Task] = set()
        self._wants_draft = False
        self._connect()
        self._judge()
        self._look_through()

    def _connect(self) -> None:
        for box in (*self.formats.values(), self.this, self.all):
            box.toggled.connect(self._judge)
        self.draft.clicked.connect(self._want_draft)
        self.folder.textChanged.connect(self._judge)
        self.pattern.textChanged.connect(self._judge)
        self.choose.clicked.connect(self._choose_folder)
        self.troubles.linkActivated.connect(self._follow)
        self.start.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.blank.clicked.connect(self._turn_to_blank)

    # --- what it says ---

    def _look_through(self) -> None:
        """Findings, fonts and glyphs of all the filings, off the window's thread."""
        filings = self._filings
        off = self.workspace.switched.off
        known = [(*one, off, beside(self.workspace, *one)) for one in filings]
        task = Task(lambda task: tuple(survey(*one) for one in known if not task.cancelled()))
        self._tasks.add(task)
        task.done.connect(self._on_surveyed)
        task.failed.connect(self._on_unknown)
        task.ended.connect(lambda: self._tasks.discard(task))
        self.finished.connect(lambda _how: task.cancel() if task in self._tasks else None)
        task.start()

    def _on_surveyed(self, surveyed: tuple[Surveyed, ...]) -> None:
        self._surveyed = surveyed
        self._judge()

    def _on_unknown(self, error: UserError) -> None:
        self.verdict.setText(error.message)

    def _chosen(self) -> tuple[Surveyed, ...]:
        if self.set.isChecked():
            return tuple(sorted(self._surveyed, key=lambda one: self._order.get(one.filing.id, -1)))
        return self._surveyed if self.all.isChecked() else self._surveyed[:1]

    def jobs(self) -> tuple[Job, ...]:
        """The files that would be written as things stand."""
        formats = [name for name, box in self.formats.items() if box.isChecked()]
        folder = Path(self.folder.text().strip()).expanduser()
        plan = set_jobs if self.set.isChecked() else jobs
        return plan(self._chosen(), formats, folder, self._pattern(), self.draft.isChecked())

    def _pattern(self) -> str:
        return self.pattern.text().strip() or PATTERN

    def _want_draft(self, wanted: bool) -> None:
        self._wants_draft = wanted
        self._judge()

    def _judge(self) -> None:
        chosen = self._chosen()
        drafts = [one for one in chosen if one.errors]
        only = bool(chosen) and len(drafts) == len(chosen)
        self.draft.setEnabled(not only)
        self.draft.setChecked(only or self._wants_draft)
        planned = self.jobs()
        self._show_names(planned)
        self.verdict.setText(self._verdict(chosen, drafts))
        lines = [line for one in chosen for line in self._troubles_of(one)]
        self.troubles.setText("<br>".join(lines[:SHOWN_TROUBLES] + self._more(len(lines))))
        self.troubles.setVisible(bool(lines))
        self.fonts.setText(self._fonts(chosen))
        self.start.setEnabled(bool(planned) and bool(self.folder.text().strip()))

    def _more(self, count: int) -> list[str]:
        return [words.export_more(count - SHOWN_TROUBLES)] if count > SHOWN_TROUBLES else []

    def _show_names(self, planned: Sequence[Job]) -> None:
        lines = [
            words.export_replaces(job.target.name) if job.target.exists() else job.target.name
            for job in planned[:SHOWN_NAMES]
        ]
        if len(planned) > SHOWN_NAMES:
            lines.append(words.export_more(len(planned) - SHOWN_NAMES))
        if unknown := unknown_fields(self._pattern()):
            lines.append(words.export_unknown(unknown))
        self.names.setText("\n".join([words.export_will_write(len(planned)), *lines]) if planned else "")

    def _verdict(self, chosen: Sequence[Surveyed], drafts: Sequence[Surveyed]) -> str:
        if not chosen:
            return words.EXPORT_LOOKING
        if not drafts:
            return words.EXPORT_CLEAR
        return (
            words.export_only_draft(len(drafts[0].errors))
            if len(chosen) == 1
            else words.export_drafts(len(drafts))
        )

    def _troubles_of(self, one: Surveyed) -> list[str]:
        """Of the open filing every error with the way to it, of the others how many."""
        here, title = one.filing.id == self._filings[0][1].id, escape(name_of(one.form, one.filing))
        lines: list[str] = []
        if here:
            told = [(words.export_error(f.title, f.message), f.place) for f in one.errors]
            lines += [escape(text) + self._link(place) for text, place in told]
        elif one.errors:
            lines.append(words.export_errors_in(title, len(one.errors)))
        if one.missing and self.formats["pdf"].isChecked():
            text = escape(words.export_missing(name_of(one.form, one.filing), one.missing))
            lines.append(text + self._link(one.missing_at if here else None))
        if one.too_long and self.formats["xlsx"].isChecked():
            text = words.export_too_long(title)
            lines.append(text + self._link(one.too_long if here else None))
        return lines

    def _link(self, place: Place | None) -> str:
        if place is None or place.row is None:
            return ""
        colour = self.look.theme.colour("accent")
        address = escape(f"{place.row}/{place.column or ''}")
        return f'　<a href="{address}" style="color:{colour};text-decoration:none">{say.JUMP}</a>'

    def _fonts(self, chosen: Sequence[Surveyed]) -> str:
        """Which faces a PDF embeds, and which Word and Excel files name."""
        used = {font.face: font for one in chosen for font in one.fonts}.values()
        here = [font.official for font in used if not font.substitute]
        instead = [(f.official, f.used) for f in used if f.substitute]
        pdf = self.formats["pdf"].isChecked()
        office = any(self.formats[name].isChecked() for name in ("docx", "xlsx"))
        return words.export_fonts(here, instead, pdf, office) if used else ""

    # --- what one does ---

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, words.EXPORT_FOLDER, self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _turn_to_blank(self) -> None:
        self.wants_blank = True
        self.reject()

    def _follow(self, address: str) -> None:
        row, _, column = address.partition("/")
        self.jump = Place(row, column or None)
        self.reject()

    def accept(self) -> None:
        """The choices are remembered when they were used."""
        space = self.workspace
        chosen = [name for name, box in self.formats.items() if box.isChecked()]
        space.set_setting("export/formats", " ".join(chosen))
        space.set_setting("export/pattern", self._pattern())
        space.set_setting("export/open", "1" if self.open_after.isChecked() else "")
        space.set_setting("folder/export", self.folder.text().strip())
        super().accept()
