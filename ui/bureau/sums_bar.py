"""Above the sums: of which units, of which form and table; into files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from ui.choice import Choice
from ui.messages import bureau_sums as words
from ui.mnemonics import Mnemonics

if TYPE_CHECKING:
    from ui.bureau.sums_read import Sight
    from ui.look import Look

WITH_MONEY = ("sums", "differences", "heat")


class SumsBar(QWidget):
    """``exported``: "all" or "form"; ``formed``, ``parted``: another form, another table of it."""

    exported = Signal(str)
    formed = Signal()
    parted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.of, self.export, self.amounts = QPushButton(), QPushButton(words.EXPORT), QLabel()
        self.form, self.part = Choice(look), Choice(look)
        self.amounts.setObjectName("muted")
        self.of.setAccessibleName(words.OF_WHOM)
        self.of.setToolTip(words.OF_WHOM)
        self.of.setObjectName("pick")
        self.export.setObjectName("primary")
        for choice, name, letters in ((self.form, words.FORM, 30), (self.part, words.TABLE, 18)):
            choice.setAccessibleName(name)
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(letters)
            choice.setMinimumWidth(look.px(90))
        menu = QMenu(self)
        for what, text in (("all", words.EXPORT_ALL), ("form", words.EXPORT_FORM)):
            menu.addAction(text, lambda w=what: self.exported.emit(w))
        Mnemonics(menu)
        self.export.setMenu(menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.of, self.form, self.part):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for widget in (self.amounts, self.export):
            self._row.addWidget(widget)
        self.form.activated.connect(lambda _number: self.formed.emit())
        self.part.activated.connect(lambda _number: self.parted.emit())
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._row.setSpacing(self.look.px(8))
        for button, colour in ((self.of, "quiet"), (self.export, "on_accent")):
            button.setIcon(self.look.icon("chevron-down", colour, 12))
            button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def show_sight(self, seen: Sight) -> None:
        self.of.setText(words.shortened(seen.of))
        self.of.setToolTip(f"{words.OF_WHOM}\n{seen.of}")
        self.form.clear()
        for form in seen.forms:
            self.form.addItem(words.form_choice(form.title, form.scheme_name), form.id)
        self.form.setCurrentIndex(seen.forms.index(seen.form) if seen.form else -1)
        self.form.setToolTip(self.form.currentText())
        self.form.setVisible(seen.want.view != "standings" and bool(seen.forms))
        self._offer_parts(seen)
        self.export.setEnabled(seen.form is not None)
        money = seen.form.amount_unit if seen.form and seen.want.view in WITH_MONEY else ""
        self.amounts.setText(words.money_unit(money))

    def _offer_parts(self, seen: Sight) -> None:
        """The tables of the form; of scores those of departments and of projects."""
        if seen.want.view == "standings":
            texts = [words.KINDS[one.scope] for one in seen.standings]
        else:
            texts = [table.title for table in seen.sums.tables] if seen.sums and not seen.heat else []
        here = self.part.currentText()
        self.part.clear()
        self.part.addItems(texts)
        self.part.setCurrentIndex(texts.index(here) if here in texts else 0 if texts else -1)
        self.part.setVisible(len(texts) > 1)

    def form_id(self) -> str:
        return str(self.form.currentData() or "")

    def part_number(self) -> int:
        return max(self.part.currentIndex(), 0)
