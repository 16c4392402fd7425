"""Before a bureau's blank is filled: every value with its place, what found none, what stands there already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.filling.plan import Plan
from ui import messages as say
from ui.fitting import open_at
from ui.messages import blanks as words

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfdesk.filling.blank import Edits
    from ui.look import Look

OPEN = ("no-place", "taken", "goes")


class FillDialog(QDialog):
    """``plan_for``: the plan with or without what stands in the blank giving way. ``plan`` is what was last shown;
    ``wrap`` is asked of workbooks alone; ``wants_form``: the blank is to become a form of the user's own."""

    def __init__(
        self,
        name: str,
        plan_for: Callable[[bool], Plan],
        errors: int,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.TITLE)
        self.look = look
        self._name = name
        self._plan_for = plan_for
        self.plan = plan_for(False)
        self.heading, self.said, self.warning = QLabel(), QLabel(), QLabel(words.errors(errors))
        self.tree = QTreeWidget()
        self.over, self.wrap = QCheckBox(words.OVER), QCheckBox(words.WRAP)
        self.wrap.setToolTip(words.WRAP_TIP)
        self.wrap.setChecked(True)
        self.start, self.cancel = QPushButton(words.START), QPushButton(say.CANCEL)
        self.take = QPushButton(words.TAKE_INSTEAD)
        self.take.setToolTip(words.TAKE_TIP)
        self.take.setAutoDefault(False)
        self.wants_form = False
        self._lay_out()
        self.over.toggled.connect(self._show)
        self.start.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.take.clicked.connect(self._turn_to_form)
        self.wrap.setVisible(name.lower().endswith((".xlsx", ".xlsm")))
        self.over.setVisible(any(s.why == "taken" for s in self.plan.stays))
        self.warning.setVisible(errors > 0)
        self._show(False)

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(860), px(620))
        self.tree.setObjectName("proposals")
        self.tree.setAccessibleName(words.TITLE)
        self.tree.setHeaderLabels(list(words.COLUMNS))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.setColumnWidth(0, px(280))
        self.tree.setColumnWidth(2, px(220))
        self.tree.header().setStretchLastSection(False)
        self.warning.setObjectName("warningText")
        for label in (self.heading, self.said, self.warning):
            label.setWordWrap(True)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.heading)
        column.addWidget(self.tree, 1)
        for widget in (self.over, self.wrap, self.said, self.warning):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.take)
        foot.addStretch(1)
        for button in (self.cancel, self.start):
            foot.addWidget(button)
        column.addLayout(foot)

    @property
    def edits(self) -> Edits:
        return replace(self.plan.edits, wrap=self.wrap.isChecked())

    def _turn_to_form(self) -> None:
        self.wants_form = True
        self.reject()

    def _show(self, over: bool) -> None:
        self.plan = self._plan_for(over)
        self.heading.setText(words.heading(self._name, self.plan.form.scheme_name))
        self.tree.clear()
        stays = {
            kind: [s for s in self.plan.stays if s.why == kind] for kind in ("no-place", "taken", "there")
        }
        lines = {
            kind: [(s.what, s.value, words.placed(s.where, s.before, "", False)) for s in found]
            for kind, found in stays.items()
        }
        lines["goes"] = [
            (g.what, g.value, words.placed(g.where, g.before, g.note, g.added)) for g in self.plan.goes
        ]
        for kind in words.GROUPS:
            self._add(kind, lines[kind])
        self.said.setText(words.summary(len(self.plan.goes), len(self.plan.missing), self.plan.added_rows))
        self.start.setEnabled(bool(self.plan.edits))

    def _add(self, kind: str, lines: Sequence[Iterable[str]]) -> None:
        if not lines:
            return
        top = QTreeWidgetItem([words.group(kind, len(lines))])
        self.tree.addTopLevelItem(top)
        top.setFirstColumnSpanned(True)
        for texts in lines:
            shown = [" ".join(t.split()) for t in texts]
            item = QTreeWidgetItem(top, shown)
            for at, text in enumerate(texts):
                item.setToolTip(at, text)
        top.setExpanded(kind in OPEN)
