"""The first run in the middle of the window, as long as the store holds no filing: unit, year and forms, first files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QPushButton

from perfdesk.errors import UserError
from perfdesk.form_sets import form_sets
from ui import messages as say
from ui.first import answers as kept
from ui.first.answers import Answers
from ui.first.card import StepCard
from ui.messages import carry as carry_words
from ui.messages import first as words

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace

BESIDE = ("unit-exists", "no-name")
"""What the store says of a name, to be said beside its field."""


class FirstRun(StepCard):
    """``wanted``: empty forms, their year and unit; ``dropped``: files, and the year they are of where they name none;
    ``told``: a sentence with a link, for the notice line; ``carried``: the year to carry what was imported into, and the forms picked."""

    wanted = Signal(list, int, str)
    dropped = Signal(list, int)
    told = Signal(str, str, object)
    carried = Signal(int, str)

    def __init__(self, workspace: Workspace, look: Look, actions: Mapping[str, QAction]) -> None:
        super().__init__(look, form_sets(workspace.catalog))
        self.workspace = workspace
        self._unit: int | None = None
        self._was_due = self._is_fresh = False
        self._connect(actions)

    def _connect(self, actions: Mapping[str, QAction]) -> None:
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.bureau.clicked.connect(actions["bureau"].trigger)
        keys = QShortcut(QKeySequence("Alt+Left"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.go_back)
        for line in (self.unit.name, self.unit.code):
            line.focus_left.connect(self.keep)
        self.files.zone.dropped.connect(lambda files: self.dropped.emit(files, self.year.year.year() - 1))
        self.files.choose.clicked.connect(actions["import-last-year"].trigger)
        self.files.blank.clicked.connect(self.begin_blank)
        self.files.sample.clicked.connect(actions["sample"].trigger)
        self.workspace.opened.connect(self.show_state)

    # --- when it is shown ---

    def is_due(self) -> bool:
        return self.workspace.reading is not None and not self.workspace.all_infos()

    def show_state(self) -> None:
        """Begin where it stopped; with the first filing it is over."""
        due = self.is_due()
        if due and not self._was_due:
            self._restore()
        elif self._was_due and not due:
            self._is_fresh = True
            self.keep()
        self._was_due = due

    def _restore(self) -> None:
        space = self.workspace
        answers = kept.read(space.setting(kept.SETTING))
        units = space.reading.units() if space.reading else ()
        if not answers.name and units:
            answers = Answers(name=units[0].name, code=units[0].code, unit=units[0].id)
        self._unit = answers.unit
        self.unit.name.setText(answers.name)
        self.unit.code.setText(answers.code)
        self.year.restore(answers)
        self._turn_to(answers.step)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    def _focus(self) -> None:
        self.steps[self.step].first().setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """The window is closed in the middle of it, perhaps."""
        if self.is_due():
            self.keep()
        super().hideEvent(event)

    def keep(self) -> None:
        name, code = self.unit.answers()
        picked = self.year.chosen().scheme if self.year.picked else ""
        answers = Answers(self.step, name, code, self._unit, self.year.year.year(), picked)
        self.workspace.set_setting(kept.SETTING, kept.text_of(answers))

    # --- back and forth ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; in a field it goes on."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focus := self.focusWidget(), QPushButton):
            focus.click()
        else:
            self.go_on()

    def go_on(self) -> None:
        """To the next step, where this one is answered."""
        if self.step == kept.UNIT and not self._take_unit():
            self._focus()
        elif self.step < kept.FILES:
            self._turn_to(self.step + 1)
            self.keep()

    def go_back(self) -> None:
        if self.step > kept.UNIT:
            self._turn_to(self.step - 1)
            self.keep()

    def _turn_to(self, step: int) -> None:
        self.show_step(step)
        chosen, year = self.year.chosen(), self.year.year.year()
        self.files.blank_more.setText(words.blank_more(say.year_text(year), chosen.name))
        if step > kept.UNIT:
            self.workspace.begin_with(self.unit.answers()[0], year)
        self._focus()

    def _take_unit(self) -> bool:
        """The unit is made or renamed; False where that cannot be, which was said."""
        store = self.workspace.store
        name, code = self.unit.answers()
        if store is None or not name:
            self.unit.complain(words.UNIT_MISSING)
            return False
        try:
            self._unit = kept.keep_unit(store, self._unit, name, code)
        except UserError as error:
            if error.code in BESIDE:
                self.unit.complain(error.message)
            else:
                self.workspace.refused.emit(error)
            return False
        return True

    # --- the third step ---

    def begin_blank(self) -> None:
        """The unit is made again where it was taken back in the meantime."""
        if self._take_unit():
            self._make()
        else:
            self._turn_to(kept.UNIT)

    def _make(self) -> None:
        forms = list(self.year.chosen().forms)
        unit = self.workspace.unit or self.unit.answers()[0]
        self.wanted.emit(forms, self.year.year.year(), unit)

    def offer(self) -> None:
        """After files of an earlier year were taken in here: the year that was chosen."""
        filing, year = self.workspace.filing, self.year.year.year()
        years = [i.year for i in self.workspace.infos()]
        if self._is_fresh and filing and filing.year and filing.year < year and year not in years:
            text, link = (
                carry_words.next_year(say.year_text(year)),
                carry_words.make_year(say.year_text(year)),
            )
            scheme = self.year.chosen().scheme if self.year.picked else ""
            self.told.emit(text, link, lambda: self.carried.emit(year, scheme))
