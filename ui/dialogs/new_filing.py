"""A new filing: which unit, which form, which year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model.form import Form
from ui import messages as say
from ui.choice import Choice, YearChoice
from ui.messages import blanks

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace


class NewFilingDialog(QDialog):
    """``wants_form``: none of the forms was the one; a blank is to be taken in as a new one."""

    def __init__(self, workspace: Workspace, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say.NEW_TITLE)
        self.forms = sorted(workspace.catalog.forms.values(), key=lambda f: f.id, reverse=True)
        self.unit = Choice(look)
        self.unit.setEditable(True)
        self.unit.addItems(list(workspace.all_units()))
        self.unit.setEditText(workspace.unit or "")
        if line := self.unit.lineEdit():
            line.setPlaceholderText(say.UNIT_PLACEHOLDER)
            line.setAccessibleName(say.NEW_UNIT)
        self.form = Choice(look)
        for form in self.forms:
            self.form.addItem(say.form_choice(form.scheme_name, form.title))
        this = workspace.year or date.today().year
        self.year = YearChoice(look, this + 1 if workspace.filing or not workspace.year else this)
        self.wants_form = False
        self.warning = QLabel()
        self.warning.setObjectName("warningText")
        self._lay_out(look)
        self.unit.editTextChanged.connect(self._judge)
        self.form.currentIndexChanged.connect(self._judge)
        self.year.currentIndexChanged.connect(self._judge)
        self._choose_form(workspace.form)
        self._judge()

    def _lay_out(self, look: Look) -> None:
        px = look.px
        self.setMinimumWidth(px(520))
        fields = QFormLayout()
        fields.setVerticalSpacing(px(10))
        fields.setHorizontalSpacing(px(14))
        for label, editor in (
            (say.NEW_UNIT, self.unit),
            (say.NEW_FORM, self.form),
            (say.NEW_YEAR, self.year),
        ):
            fields.addRow(label, editor)
        self.make = QPushButton(say.NEW_CREATE)
        self.make.setObjectName("primary")
        self.make.setDefault(True)
        self.make.clicked.connect(self.accept)
        cancel = QPushButton(say.CANCEL)
        cancel.clicked.connect(self.reject)
        self.from_blank = QPushButton(blanks.NEW_FROM_BLANK)
        self.from_blank.setToolTip(blanks.TAKE_TIP)
        self.from_blank.setAutoDefault(False)
        self.from_blank.clicked.connect(self._turn_to_blank)
        row = QHBoxLayout()
        row.addWidget(self.from_blank)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.make)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(14))
        column.addLayout(fields)
        column.addWidget(self.warning)
        column.addLayout(row)

    def _turn_to_blank(self) -> None:
        self.wants_form = True
        self.reject()

    def _choose_form(self, open_form: Form | None) -> None:
        """The edition of the open filing, else the newest that is meant for the year."""
        fitting = [f for f in self.forms if _meant_for(f, self.year.year())]
        chosen = open_form if open_form in fitting else next(iter(fitting), open_form or self.forms[0])
        if chosen in self.forms:
            self.form.setCurrentIndex(self.forms.index(chosen))

    def _judge(self) -> None:
        self.make.setEnabled(bool(self.chosen_unit()))
        wrong = not _meant_for(self.chosen_form(), self.year.year())
        self.warning.setText(say.FORM_MISSING_YEAR if wrong else "")

    def chosen_unit(self) -> str:
        return self.unit.currentText().strip()

    def chosen_form(self) -> Form:
        return self.forms[max(self.form.currentIndex(), 0)]

    def chosen_year(self) -> int:
        return self.year.year()


def _meant_for(form: Form, year: int) -> bool:
    first, last = form.years
    return (first is None or first <= year) and (last is None or year <= last)
