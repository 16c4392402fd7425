"""Which targets get a self-evaluation now, and with which form and scheme where there is a choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import messages as say
from ui.choice import Choice
from ui.fitting import open_at
from ui.messages import evaluation as words

if TYPE_CHECKING:
    from perfdesk.model.form import Form
    from perfdesk.model.scheme import Scheme, Scope
    from ui.look import Look

TICKED = Qt.CheckState.Checked


@dataclass(frozen=True, slots=True)
class Kept:
    """What was chosen last for a scope, by id; empty: nothing yet."""

    form: str = ""
    scheme: str = ""


class ScopeChoice:
    """Form and scheme for the targets of one scope; a choice of one is not shown."""

    def __init__(
        self, scope: Scope, forms: Sequence[Form], kept: Kept, look: Look, rows: QFormLayout
    ) -> None:
        self.forms = forms
        self._schemes: list[Scheme] = []
        self.form, self.scheme = Choice(look), Choice(look)
        for choice in (self.form, self.scheme):
            choice.setMinimumContentsLength(16)
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for form in forms:
            self.form.addItem(say.form_choice(form.scheme_name, form.title))
        ids = [f.id for f in forms]
        self.form.setCurrentIndex(ids.index(kept.form) if kept.form in ids else 0)
        self._offer(kept.scheme)
        self.form.currentIndexChanged.connect(lambda _: self._offer(""))
        if len(forms) > 1:
            rows.addRow(words.FORM_OF[scope], self.form)
        if any(f.evaluation and len(f.evaluation.schemes) > 1 for f in forms):
            rows.addRow(words.SCHEME_OF[scope], self.scheme)

    def _offer(self, kept: str) -> None:
        evaluation = self.chosen_form().evaluation
        self._schemes = list(evaluation.schemes) if evaluation else []
        self.scheme.clear()
        self.scheme.addItems([s.name for s in self._schemes])
        ids = [s.id for s in self._schemes]
        own = evaluation.scheme if evaluation else ""
        self.scheme.setCurrentIndex(ids.index(kept if kept in ids else own))

    def chosen_form(self) -> Form:
        return self.forms[max(self.form.currentIndex(), 0)]

    def chosen_scheme(self) -> str:
        return self._schemes[max(self.scheme.currentIndex(), 0)].id


class MakeDialog(QDialog):
    """``targets``: scope and name of each; ``offers``: the forms for each scope that is among them."""

    def __init__(
        self,
        targets: Sequence[tuple[Scope, str]],
        offers: Mapping[Scope, Sequence[Form]],
        kept: Mapping[Scope, Kept],
        look: Look,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.MAKE_TITLE)
        px = look.px
        open_at(self, px(580), px(480))
        self.list = QListWidget()
        self.list.setAccessibleName(words.MAKE_HEAD)
        for scope, name in targets:
            item = QListWidgetItem(words.target_line(scope, name))
            item.setCheckState(TICKED)
            item.setToolTip(name)
            self.list.addItem(item)
        self.all = QCheckBox(words.MAKE_ALL)
        self.all.clicked.connect(self._tick)
        rows = QFormLayout()
        rows.setVerticalSpacing(px(10))
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.choices = {s: ScopeChoice(s, forms, kept[s], look, rows) for s, forms in offers.items()}
        self.start = QPushButton(words.MAKE_START)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        self.start.clicked.connect(self.accept)
        self.list.itemChanged.connect(self._judge)
        self._lay_out(rows, look)
        self._judge()
        self.start.setFocus()

    def _lay_out(self, rows: QFormLayout, look: Look) -> None:
        px = look.px
        head = QLabel(words.MAKE_HEAD)
        head.setWordWrap(True)
        cancel = QPushButton(say.CANCEL)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(head)
        column.addWidget(self.all)
        column.addWidget(self.list, 1)
        column.addLayout(rows)
        column.addLayout(foot)

    def _tick(self, on: bool) -> None:
        for number in range(self.list.count()):
            self.list.item(number).setCheckState(TICKED if on else Qt.CheckState.Unchecked)

    def _judge(self) -> None:
        chosen = len(self.numbers())
        self.start.setEnabled(chosen > 0)
        self.all.setChecked(chosen == self.list.count())

    def numbers(self) -> list[int]:
        """Of the ticked targets, from 0."""
        return [n for n in range(self.list.count()) if self.list.item(n).checkState() == TICKED]

    def chosen(self, scope: Scope) -> tuple[Form, str]:
        """The form, and the id of the scheme."""
        choice = self.choices[scope]
        return choice.chosen_form(), choice.chosen_scheme()
