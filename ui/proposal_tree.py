"""The list of proposals: each filing with its kinds, each kind with its proposals, ticked singly or together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from perfdesk.carry.proposals import TOLD
from perfdesk.cell_words import SEPARATOR
from perfdesk.titles import name_of
from ui import messages as say
from ui.choice import Choice
from ui.messages import carry as words

if TYPE_CHECKING:
    from ui.look import Look
    from ui.models.carrying import Carrying, Ticked

WHERE, BEFORE, AFTER = range(3)
NUMBER = Qt.ItemDataRole.UserRole
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
FEW = 12
"""So many proposals of a kind are unfolded at first."""


class ProposalTree(QTreeWidget):
    """``ticked``: something is accepted, refused or chosen otherwise now."""

    ticked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("proposals")
        self.setAccessibleName(words.TITLE)
        self.setHeaderLabels(list(words.COLUMNS))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformRowHeights(False)
        self.header().setStretchLastSection(True)
        self.header().setSectionResizeMode(WHERE, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(BEFORE, look.px(190))
        self.setColumnWidth(AFTER, look.px(200))
        self._of: dict[int, Ticked] = {}
        self.itemChanged.connect(self._changed)
        self.itemExpanded.connect(self._unfolded)

    def show_plans(self, carrying: Carrying) -> None:
        self.blockSignals(True)
        self.clear()
        self._of = {}
        several = len(set(carrying.all_units())) > 1
        for number, one in enumerate(carrying.plans):
            self._of[number] = one
            top = self._item(None, _name(one, several), one.taken)
            top.setData(WHERE, NUMBER, number)
            for kind, numbers in one.groups():
                self._add_kind(top, one, kind, numbers)
        self.blockSignals(False)
        self._unfold(len(carrying.plans) == 1)

    def _unfold(self, alone: bool) -> None:
        """Of a single filing what is few; of several nothing."""
        for at in range(self.topLevelItemCount()):
            top = self.topLevelItem(at)
            if top is None:
                continue
            top.setFirstColumnSpanned(True)
            top.setExpanded(alone)
            for kind in (top.child(n) for n in range(top.childCount())):
                kind.setFirstColumnSpanned(True)
                kind.setExpanded(alone and kind.childCount() <= FEW)
            if not at:
                self.setCurrentItem(top)

    def _item(self, above: QTreeWidgetItem | None, text: str, on: bool | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text]) if above is None else QTreeWidgetItem(above, [text])
        if above is None:
            self.addTopLevelItem(item)
        if on is not None:
            item.setCheckState(WHERE, ON if on else OFF)
        return item

    def _add_kind(self, top: QTreeWidgetItem, one: Ticked, kind: str, numbers: list[int]) -> None:
        told = kind in TOLD
        group = self._item(top, words.group_text(kind, len(numbers)), None if told else False)
        if not told:
            group.setFlags(group.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        for number in numbers:
            proposal = one.proposal(number)
            # Of an indicator that is to be put somewhere: its name, and the heading that it stood under.
            texts = proposal.where, proposal.around or proposal.before or words.EMPTY
            label, before = (texts[1], texts[0].rpartition(SEPARATOR)[2]) if kind == "group" else texts
            item = self._item(group, label, None if told else number in one.accepted)
            item.setData(WHERE, NUMBER, number)
            item.setText(BEFORE, before)
            item.setText(AFTER, one.after(number))
            for column in (WHERE, BEFORE, AFTER):
                item.setToolTip(column, item.text(column))

    # --- where one is ---

    def _plan(self, item: QTreeWidgetItem) -> Ticked:
        while item.parent() is not None:
            item = item.parent()
        return self._of[item.data(WHERE, NUMBER)]

    def _unfolded(self, item: QTreeWidgetItem) -> None:
        """The choices of this kind are made when they come into sight."""
        for at in range(item.childCount()):
            below = item.child(at)
            number = below.data(WHERE, NUMBER)
            if below.childCount() or number is None or item.parent() is None:
                continue
            one = self._plan(below)
            if one.proposal(number).options and self.itemWidget(below, AFTER) is None:
                self.setItemWidget(below, AFTER, self._choice(one, number, below))

    def _choice(self, one: Ticked, number: int, item: QTreeWidgetItem) -> Choice:
        choice = Choice(self.look)
        choice.setAccessibleName(item.text(WHERE))
        choice.addItems(one.option_words(number))
        proposal = one.proposal(number)
        choice.setCurrentIndex(proposal.options.index(one.chosen.get(number, proposal.after)))

        def choose(at: int) -> None:
            one.choose(number, proposal.options[at])
            item.setCheckState(WHERE, ON)
            self.ticked.emit()

        choice.activated.connect(choose)
        return choice

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        """A tick of one proposal, or of a whole filing; those of a kind tick their proposals by themselves."""
        if column != WHERE:
            return
        number, on = item.data(WHERE, NUMBER), item.checkState(WHERE) == ON
        if item.parent() is None:
            self._of[number].taken = on
        elif number is not None:
            one = self._plan(item)
            (one.accepted.add if on else one.accepted.discard)(number)
            self.blockSignals(True)
            item.setText(AFTER, one.after(number))
            self.blockSignals(False)
        self.ticked.emit()


def _name(one: Ticked, with_unit: bool) -> str:
    route = one.planned.route
    edition = route.target.scheme_name if route.source.id == route.target.id else _ways(one)
    unit = [one.unit or say.UNNAMED_UNIT] if with_unit else []
    return say.SEPARATOR.join((*unit, name_of(route.target, one.planned.filing), edition))


def _ways(one: Ticked) -> str:
    return f"{one.planned.route.source.scheme_name} → {one.planned.route.target.scheme_name}"
