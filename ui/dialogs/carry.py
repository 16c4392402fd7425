"""Last year becomes this year: from where to where, what happens to amounts, and every proposal before it is done."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.carry.amounts import EMPTIED, KEPT, Amounts
from perfdesk.carry.choose import Wish
from perfdesk.form_sets import form_sets
from ui import messages as say
from ui.choice import Choice, YearChoice
from ui.fitting import open_at
from ui.messages import carry as words
from ui.models.carrying import Carrying, prepare
from ui.proposal_tree import ProposalTree
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.carry.choose import Carried
    from perfdesk.errors import UserError
    from ui.look import Look
    from ui.workspace import Workspace

KEEP, EMPTY, PERCENT = "keep", "empty", "percent"


class CarrySheet(QDialog):
    """What the dialogue is made of."""

    def __init__(
        self, workspace: Workspace, years: tuple[int, ...], source: int, target: int, scheme: str, look: Look,
        parent: QWidget | None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(words.TITLE)
        self.workspace = workspace
        self.look = look
        self.years = years
        self.source = Choice(look)
        self.source.addItems([say.year_text(y) for y in years])
        self.source.setCurrentIndex(years.index(source))
        self.target = YearChoice(look, target)
        self.sets = form_sets(workspace.catalog)
        self.scheme = Choice(look)
        self.scheme.addItems([words.SCHEME_OWN, *(s.name for s in self.sets)])
        ids = [s.scheme for s in self.sets]
        self.scheme.setCurrentIndex(ids.index(scheme) + 1 if scheme in ids else 0)
        self.unit = Choice(look)
        units = workspace.units()
        self.unit.addItems([workspace.unit or say.UNNAMED_UNIT, words.all_units(len(units))])
        self.several = len(units) > 1
        self.amounts = Choice(look)
        self.amounts.addItems(list(words.AMOUNT_CHOICES.values()))
        self.percent = QLineEdit("100")
        self.percent.setAccessibleName(words.PERCENT)
        self.tree = ProposalTree(look)
        self.said, self.left = QLabel(), QLabel()
        self.all, self.start = QPushButton(words.ACCEPT_ALL), QPushButton(words.START)
        self.cancel = QPushButton(say.CANCEL)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(880), px(640))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addLayout(self._choices())
        column.addWidget(self.tree, 1)
        for label, name in ((self.said, ""), (self.left, "warningText")):
            label.setObjectName(name)
            label.setWordWrap(True)
            column.addWidget(label)
        hint = QLabel(words.HINT)
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(hint, 1)
        for button in (self.all, self.cancel, self.start):
            foot.addWidget(button)
        column.addLayout(foot)

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.look.px(10))
        grid.setVerticalSpacing(self.look.px(8))
        money = QHBoxLayout()
        money.addWidget(self.amounts, 1)
        money.addWidget(self.percent)
        self.percent.setFixedWidth(self.look.px(64))
        rows = (
            (words.FROM, self.source),
            (words.TO, self.target),
            (words.SCHEME, self.scheme),
            (words.AMOUNTS, money),
            *(((words.UNIT, self.unit),) if self.several else ()),
        )
        for number, (label, editor) in enumerate(rows):
            name = QLabel(label)
            name.setObjectName("muted")
            row, at = divmod(number, 2)
            grid.addWidget(name, row, 2 * at)
            if isinstance(editor, QHBoxLayout):
                grid.addLayout(editor, row, 2 * at + 1)
                name.setBuddy(self.amounts)
            else:
                grid.addWidget(editor, row, 2 * at + 1)
                name.setBuddy(editor)
            grid.setColumnStretch(2 * at + 1, 1)
        return grid


class CarryDialog(CarrySheet):
    """``carrying`` is None while the plans are being made."""

    def __init__(
        self, workspace: Workspace, years: tuple[int, ...], source: int, target: int, scheme: str, look: Look,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(workspace, years, source, target, scheme, look, parent)
        self.carrying: Carrying | None = None
        self._task: Task | None = None
        self._running: set[Task] = set()
        for choice in (self.source, self.target, self.scheme, self.amounts, self.unit):
            choice.currentIndexChanged.connect(self.prepare)
        self.percent.textChanged.connect(self.prepare)
        self.tree.ticked.connect(self._judge)
        self.all.clicked.connect(self.accept_all)
        self.start.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.prepare()

    # --- what is asked for ---

    def from_year(self) -> int:
        return self.years[self.source.currentIndex()]

    def wish(self) -> Wish | None:
        """None where the percentage cannot be read."""
        chosen = self.amounts.currentIndex()
        amounts = (KEPT, EMPTIED, _percent(self.percent.text()))[chosen]
        at = self.scheme.currentIndex()
        scheme = self.sets[at - 1].scheme if at > 0 else ""
        return None if amounts is None else Wish(self.target.year(), scheme, amounts)

    def prepare(self) -> None:
        """Plans for what is asked for, made off the window's thread."""
        self.percent.setVisible(list(words.AMOUNT_CHOICES)[self.amounts.currentIndex()] == PERCENT)
        if self._task is not None:
            self._task.cancel()
        self.carrying, self._task, wish = None, None, self.wish()
        store, catalog = self.workspace.store, self.workspace.catalog
        unit = None if self.unit.currentIndex() else self.workspace.unit or ""
        self.said.setText(words.PREPARING if wish else words.WRONG_PERCENT)
        self._judge()
        if store is None or wish is None:
            return
        source = self.from_year()
        task = self._task = Task(lambda _task: prepare(store, catalog, unit, source, wish))
        self._running.add(task)
        task.done.connect(self._show)
        task.failed.connect(self._fail)
        task.ended.connect(lambda: self._running.discard(task))
        self.finished.connect(lambda _how: task.cancel() if task in self._running else None)
        task.start()

    def _show(self, found: Carried) -> None:
        self._task, self.carrying = None, Carrying(found)
        self.tree.show_plans(self.carrying)
        lines = [words.skipped(one.filing.title, one.reason) for one in found.skipped]
        self.left.setText(words.all_skipped(lines[0], len(lines)) if lines else "")
        self.left.setToolTip("\n".join(lines))
        self.left.setVisible(bool(lines))
        self._judge()

    def _fail(self, error: UserError) -> None:
        self.said.setText(error.message)

    # --- what is ticked ---

    def accept_all(self) -> None:
        if self.carrying is not None:
            self.carrying.accept_all()
            self.tree.show_plans(self.carrying)
            self._judge()

    def _judge(self) -> None:
        taken = self.carrying.taken() if self.carrying else []
        if self.carrying is not None:
            self.said.setText(self.carrying.summary() if taken else words.NOTHING)
        self.start.setEnabled(bool(taken))
        self.all.setEnabled(bool(taken))


def _percent(text: str) -> Amounts | None:
    try:
        percent = Decimal(text.strip().removesuffix("%"))
    except InvalidOperation:
        return None
    return Amounts(percent) if percent.is_finite() and percent > 0 else None
