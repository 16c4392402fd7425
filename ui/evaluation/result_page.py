"""The result of a self-evaluation: its scheme, the summary with bars, the totals of the years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from perfdesk.evaluation.earlier import Outcome, outcomes
from perfdesk.evaluation.entered import RESULT
from perfdesk.evaluation.evaluated import shown_points
from perfdesk.evaluation.quarters import quarters
from perfdesk.model.finding import Place
from perfdesk.own_schemes import own_ids
from perfdesk.report.companions import of_department
from ui.evaluation.boxes import Box, Group
from ui.evaluation.boxes_page import BoxesPage
from ui.evaluation.drawings import YearsLine
from ui.evaluation.quarters import Quarters
from ui.evaluation.scheme_card import SchemeCard
from ui.evaluation.summary import Summary
from ui.messages import evaluation as words
from ui.models.projects import filings_of

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace

SCHEME = "scheme"


class Years(QFrame):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self.look = look
        self.line = YearsLine(look)
        self.head, self.alone = QLabel(words.YEARS), QLabel(words.ONE_YEAR)
        self.head.setObjectName("groupHead")
        self.alone.setObjectName("quiet")
        self.alone.setWordWrap(True)
        self._column = QVBoxLayout(self)
        for widget in (self.head, self.line, self.alone):
            self._column.addWidget(widget)

    def show_outcomes(self, found: Sequence[Outcome]) -> None:
        px = self.look.px
        self._column.setContentsMargins(px(16), px(10), px(16), px(12))
        self._column.setSpacing(px(6))
        many = len(found) > 1
        self.line.setVisible(many)
        self.alone.setVisible(not many)
        self.line.show_points(
            [(words.year(o.year), words.outcome(shown_points(o.total), o.grade), o.total) for o in found]
        )


class ResultPage(BoxesPage):
    _outcomes: tuple[Outcome, ...] | None = None
    _own: tuple[str, ...] = ()

    def __init__(
        self, section: Section, workspace: Workspace, look: Look, own_scheme: QAction, report: QAction
    ) -> None:
        self.own_scheme, self.report = own_scheme, report
        super().__init__(section, workspace, look)

    def make_groups(self) -> Sequence[Group]:
        own = [f for f in self.section.fields if f.id != SCHEME]
        group = Group(
            self.look, words.PRINTED, [Box(self.section.id, f, self.workspace, self.look) for f in own]
        )
        group.say([words.PRINTED_HINT])
        return [group]

    def above(self) -> Sequence[QWidget]:
        self.scheme = SchemeCard(self.look)
        self.summary = Summary(self.look)
        self.years = Years(self.look)
        self.scheme.chosen.connect(self._choose)
        self.scheme.changed.connect(self.own_scheme.trigger)
        self.quarters = Quarters(self.look)
        return self.scheme, self.summary, self.years, self.quarters, self._report_button()

    def _report_button(self) -> QWidget:
        """Of a department: its report is made of this."""
        button = QPushButton(self.report.text())
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _checked=False: self.report.trigger())
        form = self.workspace.form
        if form is None or not of_department(form):
            button.hide()  # shown by itself before it has a place, it would be a window
        return button

    def topic(self) -> str:
        return "scores"

    def _choose(self, scheme: str) -> None:
        self.workspace.set_cell(RESULT, SCHEME, scheme)

    # --- what is known ---

    def load(self) -> None:
        self._outcomes = None
        store = self.workspace.reading
        self._own = own_ids(store.vault.folder) if store else ()
        super().load()
        self._look_back()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_back()

    def show_computed(self) -> None:
        super().show_computed()
        space = self.workspace
        found = space.values.evaluated if space.values else None
        if found is not None and space.form is not None and space.form.evaluation is not None:
            self.scheme.show_state(
                space.form.evaluation, found.scheme, space.archived, found.scheme.id in self._own
            )
            self.summary.show_state(found)
            self.quarters.show_quarters(quarters(found.entered.facts))
            self._outcomes = None
            self._look_back()

    def _look_back(self) -> None:
        """Only when one looks: the filings of other years are read for it."""
        space = self.workspace
        if (
            self._outcomes is None
            and self.isVisible()
            and space.form is not None
            and space.filing is not None
        ):
            years = [y for y in space.years() if y != space.year]
            others = [one for year in years for one in filings_of(space, year) if one[0].evaluation]
            self._outcomes = outcomes((space.form, space.filing), others)
            self.years.show_outcomes(self._outcomes)

    def show_place(self, place: Place) -> bool:
        if place.row == self.section.id and place.column == SCHEME:
            self.scheme.choice.setFocus()
            return True
        return super().show_place(place)
