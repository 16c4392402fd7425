"""The year at a glance: every form with a ring, findings by severity, this year's amounts beside last year's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.model.finding import Place
from perfdesk.values import show_amount
from ui import messages as say
from ui.across import AcrossList
from ui.drawings import Parts, Ring
from ui.messages import handing_in, remarks
from ui.messages import units as words
from ui.models.year_amounts import Beside, Money
from ui.models.year_view import FormState, ProjectsState, YearView, year_view
from ui.scroll import scrolled

if TYPE_CHECKING:
    from decimal import Decimal

    from ui.look import Look
    from ui.workspace import Workspace

RINGS = {"error": "error", "warning": "warning", "clean": "good", "untouched": "dot"}


class OverviewPanel(QWidget):
    """``picked``: a form to open; ``jumped``: to a place in it; ``asked``: for a list, by its action. Made anew whenever it is shown, and
    when something is found meanwhile."""

    picked = Signal(int)
    jumped = Signal(int, Place)
    asked = Signal(str)

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.view: YearView | None = None
        self.title = QLabel()
        self.title.setObjectName("title")
        self.buttons: dict[int, QPushButton] = {}
        self.across: AcrossList | None = None
        self._inner = QWidget()
        self._cards = QVBoxLayout(self._inner)
        self._cards.setContentsMargins(0, 0, 6, 0)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addWidget(scrolled(self._inner), 1)
        look.changed.connect(self._redraw)
        workspace.checks.found.connect(self._found)
        self._measure()

    def _measure(self) -> None:
        px = self.look.px
        self.title.setFont(self.look.font(18, bold=True))
        self._column.setContentsMargins(px(16), px(14), px(16), px(12))
        self._column.setSpacing(px(12))
        self._cards.setSpacing(px(12))

    def _redraw(self) -> None:
        self._measure()
        if self.isVisible():
            self.show_state()

    def _found(self) -> None:
        if self.isVisible() and year_view(self.workspace) != self.view:
            self.show_state()

    def show_state(self) -> None:
        space = self.workspace
        self.title.setText(words.overview_title(space.unit or say.UNNAMED_UNIT, say.year_text(space.year)))
        self.view = view = year_view(space)
        self.buttons, self.across = {}, None
        while item := self._cards.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        if not view.forms:
            self._cards.addWidget(_words(words.OVERVIEW_EMPTY, "quiet"))
        else:
            self._cards.addWidget(self._card(words.OVERVIEW_FORMS, self._forms(view)))
            self._cards.addWidget(self._card(words.OVERVIEW_FINDINGS, self._findings(view)))
            if view.across:
                self.across = AcrossList(view.across, self.look)
                self.across.jumped.connect(self.jumped)
                self._cards.addWidget(self._card(words.OVERVIEW_ACROSS, self.across))
            self._cards.addWidget(self._card(words.OVERVIEW_MONEY, self._money(view)))
        self._cards.addStretch(1)

    def _card(self, head: str, content: QWidget) -> QFrame:
        px = self.look.px
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(16), px(12), px(16), px(14))
        column.setSpacing(px(10))
        column.addWidget(_words(head, "groupHead"))
        column.addWidget(content)
        return card

    # --- forms and findings ---

    def _forms(self, view: YearView) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(8))
        alone, together = view.lines()
        for form in alone:
            column.addWidget(self._form(form))
        for some in together:
            button = QPushButton(say.ACTIONS[some.group])
            button.setObjectName(f"all {some.group}")
            button.clicked.connect(lambda _=False, group=some.group: self.asked.emit(group))
            column.addWidget(self._line(words.TOGETHER[some.group](some.count), some, button))
        return box

    def _form(self, form: FormState) -> QWidget:
        button = QPushButton(words.OVERVIEW_OPEN)
        button.setAccessibleName(f"{words.OVERVIEW_OPEN} {form.title}")
        button.clicked.connect(lambda _=False, i=form.id: self.picked.emit(i))
        self.buttons[form.id] = button
        closed = handing_in.sealed(form.decision) if form.sealed else words.ARCHIVED if form.archived else ""
        more = [form.score, closed]
        return self._line(form.title, form, button, say.SEPARATOR.join(t for t in more if t))

    def _line(
        self, title: str, form: FormState | ProjectsState, button: QPushButton, more: str = ""
    ) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.look.px(12))
        row.addWidget(Ring(self.look, form.done.filled, form.done.wanted, RINGS[form.state]))
        told = QVBoxLayout()
        told.setSpacing(self.look.px(2))
        told.addWidget(_words(title, "dialogTitle"))
        parts = [say.STATES[form.state]]
        parts += [words.required_filled(form.done.filled, form.done.wanted)] if form.done.wanted else []
        parts += [
            words.count_of(n, form.findings[s]) for s, n in words.FINDING_COUNTS if form.findings.get(s)
        ]
        parts += [words.settled_head(form.settled)] if form.settled else []
        parts += [remarks.waiting(form.remarks)] if form.remarks else []
        parts += [more] if more else []
        told.addWidget(_words(say.SEPARATOR.join(parts), "quiet"))
        row.addLayout(told, 1)
        row.addWidget(button)
        return line

    def _findings(self, view: YearView) -> QWidget:
        counts = view.counts()
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.look.px(24))
        names = {"error": "errorText", "warning": "warningText", "hint": "quiet"}
        shown = [(s, n) for s, n in words.FINDING_COUNTS if counts[s]]
        for severity, name in shown:
            row.addWidget(_words(words.count_of(name, counts[severity]), names[severity]))
        if not shown:
            row.addWidget(_words(words.NO_TROUBLE, "quiet"))
        if view.settled():
            row.addWidget(_words(words.settled_head(view.settled()), "quiet"))
        row.addStretch(1)
        return box

    # --- amounts ---

    def _money(self, view: YearView) -> QWidget:
        some = [one for one in view.amounts if one.now is not None and not one.now.empty]
        if not some:
            return _words(words.OVERVIEW_NO_MONEY, "quiet")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(14))
        for one in some:
            if len(some) > 1:
                column.addWidget(_words(one.title, "groupHead"))
            self._beside(column, one)
        return box

    def _beside(self, column: QVBoxLayout, one: Beside) -> None:
        if one.now is not None:
            column.addWidget(self._year(one.now, _change(one.change())))
        if one.before is None or one.before.empty:
            column.addWidget(_words(words.OVERVIEW_NO_BEFORE, "quiet"))
        else:
            column.addWidget(self._year(one.before, ""))

    def _year(self, money: Money, change: str) -> QWidget:
        px = self.look.px
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(5))
        total = words.NOT_FILLED if money.total is None else show_amount(money.total)
        head = f"{say.year_text(money.year)}　{words.total_line(total, money.unit, change)}"
        grid.addWidget(_words(head, "dialogTitle"), 0, 0, 1, 2)
        for number, split in enumerate(money.splits):
            bar = Parts(self.look)
            bar.show_parts([v for _, v in split.parts], words.legend(split.parts, split.shares()))
            grid.addWidget(_words(split.label, "muted"), 1 + number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(bar, 1 + number, 1)
        grid.setColumnStretch(1, 1)
        return box


def _words(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(name in ("dialogTitle", "quiet"))
    return label


def _change(percent: Decimal | None) -> str:
    if percent is None:
        return ""
    return words.changed_by(str(abs(percent)), percent > 0) if percent else words.UNCHANGED
