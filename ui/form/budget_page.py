"""Money in aligned rows: the total, then each group of its parts with the computed sum below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from perfdesk.model.finding import Place
from perfdesk.values import show_amount
from ui import messages as say
from ui.drawings import Parts
from ui.form.binding import MoneyBinding
from ui.form.fields_page import mark_editor
from ui.form.page import Page
from ui.form.typing import Line
from ui.messages import carry as carry_words
from ui.messages import units as words
from ui.models.year_amounts import splits
from ui.scroll import scrolled

if TYPE_CHECKING:
    from perfdesk.model.form import Balance, Field, Section
    from ui.look import Look
    from ui.workspace import Workspace

NARROW = 540
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MoneyRow:
    """Label, amount at the right, and behind it what the check says."""

    def __init__(self, section: str, field: Field, workspace: Workspace) -> None:
        self.field = field
        self.row = section
        self.workspace = workspace
        self.label = QLabel(say.required(field.name) if field.required else field.name)
        self.editor = Line()
        self.editor.setAlignment(RIGHT)
        self.editor.setAccessibleName(field.name)
        self.binding = MoneyBinding(self.editor, section, field.id, workspace)
        self.says = QLabel()
        self.says.setWordWrap(True)
        # It takes what room there is; its own wish would push the card out of a narrow window.
        self.says.setMinimumWidth(1)

    def mark(self) -> None:
        marks = self.workspace.marks
        severity = marks.severity(self.row, self.field.id)
        sentence = marks.sentence(self.row, self.field.id)
        mark_editor(self.editor, severity)
        if self.editor.toolTip() != sentence:  # the toolkit tells every reader of the screen, changed or not
            self.editor.setToolTip(sentence)
        self.says.setText(sentence or self._before())
        tone = {"error": "errorText", "warning": "warningText"}.get(severity or "", "muted")
        if self.says.objectName() != tone:
            self.says.setObjectName(tone)
            self.says.style().unpolish(self.says)
            self.says.style().polish(self.says)

    def _before(self) -> str:
        """Last year's amount."""
        space = self.workspace
        if space.form is None or space.filing is None:
            return ""
        return carry_words.before(space.last_year.amount(space.form, space.filing, self.row, self.field.id))


class SumRow:
    """The computed sum of one group: grey, its formula in the tooltip, below it a bar of what it is made of."""

    def __init__(self, balance: Balance, place: int, names: list[str], look: Look) -> None:
        self.balance = balance
        self.place = place
        self.label = QLabel(say.SUM)
        self.label.setObjectName("muted")
        self.value = QLabel()
        self.value.setObjectName("computed")
        self.value.setAlignment(RIGHT)
        self.value.setToolTip(say.formula(names))
        self.formula = QLabel(say.formula(names))
        self.formula.setObjectName("muted")
        self.formula.setWordWrap(True)
        self.formula.setMinimumWidth(1)
        self.parts = Parts(look)

    def show(self, workspace: Workspace) -> None:
        if workspace.form is None or workspace.values is None:
            return
        split = splits(workspace.form, self.balance, workspace.values)[self.place]
        self.parts.show_parts([v for _, v in split.parts], words.legend(split.parts, split.shares()))
        sums = workspace.values.sums.get(self.balance.id, ()) if workspace.values else ()
        amount: Decimal | None = sums[self.place][1] if self.place < len(sums) else None
        self.value.setText(say.NO_SUM if amount is None else show_amount(amount))


class BudgetPage(Page):
    def __init__(self, section: Section, workspace: Workspace, look: Look) -> None:
        super().__init__(section, workspace, look)
        self.rows = {f.id: MoneyRow(section.id, f, workspace) for f in section.fields}
        self.sums: list[SumRow] = []
        self._order: list[MoneyRow] = []
        self._grid = QGridLayout()
        self._lay_out()
        look.changed.connect(self._measure)
        self._measure()
        editors = [r.editor for r in self._order]
        for editor, after in zip(editors, [*editors[1:], editors[0]], strict=True):
            editor.returnPressed.connect(after.setFocus)
            editor.focus_came.connect(lambda: self.placed.emit(self.place()))

    def first(self) -> QWidget:
        return self._order[0].editor

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setLayout(self._grid)
        self._grid.setContentsMargins(20, 16, 20, 18)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self._fill()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 4, 12, 8)
        column.addWidget(card)
        column.addStretch(1)
        area = scrolled(inner, fields=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _fill(self) -> None:
        """Totals first, then the groups of each balance, then what belongs to none."""
        form = self.workspace.form
        balances = form.balances if form else ()
        left = dict(self.rows)
        for balance in balances:
            if row := left.pop(self._column(balance.total), None):
                self._add_row(row)
        for balance in balances:
            for place, (label, parts) in enumerate(balance.groups):
                self._add_group(balance, place, label, [self._column(p) for p in parts], left)
        for row in left.values():
            self._add_row(row)

    def _column(self, address: str) -> str:
        section, _, column = address.partition("/")
        return column if section == self.section.id else ""

    def _add_group(
        self, balance: Balance, place: int, label: str, columns: list[str], left: dict[str, MoneyRow]
    ) -> None:
        rows = [row for c in columns if (row := left.pop(c, None))]
        if not rows:
            return
        head = QLabel(label)
        head.setObjectName("groupHead")
        at = self._grid.rowCount()
        self._grid.setRowMinimumHeight(at, 34)
        self._grid.addWidget(head, at, 0, 1, 3, Qt.AlignmentFlag.AlignBottom)
        for row in rows:
            self._add_row(row)
        total = SumRow(balance, place, [r.field.name for r in rows], self.look)
        self.sums.append(total)
        at = self._grid.rowCount()
        for column, widget in enumerate((total.label, total.value, total.formula)):
            self._grid.addWidget(widget, at, column)
        self._grid.addWidget(total.parts, at + 1, 1, 1, 2)

    def _add_row(self, row: MoneyRow) -> None:
        self._order.append(row)
        at = self._grid.rowCount()
        for column, widget in enumerate((row.label, row.editor)):
            self._grid.addWidget(widget, at, column, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(row.says, at, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        narrow = self.width() < self.look.px(NARROW)
        for label in (*(r.label for r in self.rows.values()), *(s.label for s in self.sums)):
            label.setMinimumWidth(self.look.px(96 if narrow else 150))
            label.setMinimumHeight(self.look.px(28))
            label.setIndent(self.look.px(12))
        for box in (*(r.editor for r in self.rows.values()), *(s.value for s in self.sums)):
            box.setFixedWidth(self.look.px(130 if narrow else 190))
            box.setMinimumHeight(self.look.px(28))

    def load(self) -> None:
        for row in self.rows.values():
            row.binding.revert()
            row.editor.setReadOnly(self.workspace.archived)
            row.mark()
        self._show_sums()

    def update_cells(self) -> None:
        for row in self.rows.values():
            row.binding.follow()
        self._show_sums()

    def _show_sums(self) -> None:
        for total in self.sums:
            total.show(self.workspace)

    def remark(self) -> None:
        for row in self.rows.values():
            row.mark()

    def show_place(self, place: Place) -> bool:
        if place.row != self.section.id:
            return False
        row = self.rows.get(place.column or "") or next(iter(self.rows.values()))
        row.editor.setFocus()
        return True

    def place(self) -> Place | None:
        rows = list(self.rows.values())
        row = next((r for r in rows if r.editor.hasFocus()), rows[0])
        return Place(self.section.id, row.field.id)

    def pending(self) -> bool:
        return any(r.binding.pending() for r in self.rows.values())

    def commit(self) -> None:
        for row in self.rows.values():
            if row.binding.pending():
                row.binding.commit()

    def revert(self) -> None:
        for row in self.rows.values():
            if row.binding.pending():
                row.binding.revert()
