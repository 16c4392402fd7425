"""The indicators of a self-evaluation: what came out, what it is worth, and below the grid why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtGui import QResizeEvent

from perfdesk.evaluation.evaluated import evaluate
from perfdesk.model.evaluation import FACTS
from perfdesk.model.filing import Row, depth
from perfdesk.model.finding import Place
from perfdesk.values import clean_text
from ui.evaluation.reason import ReasonCard
from ui.form import edits, exchange
from ui.form.tree_page import TreePage
from ui.messages import evaluation as words
from ui.models.scores import COMPUTED, ScoresModel

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.form.blocks import Block
    from ui.form.cells import CellEdit
    from ui.form.rows_page import Actions
    from ui.look import Look
    from ui.workspace import Workspace

LEAST_NAME, MOST_NAME, NAME_SHARE = 150, 340, 0.28
LEAST_TEXT, NOTE_SHARE = 100, 0.4
LOW, HIGH = 240, 420


class ScoresPage(TreePage):
    TOOLS = ("row-add", "group-add", "take-computed", "row-up", "row-down", "row-remove")
    MENU = (
        "undo", "redo", "-", "take-computed", "take-all", "-", "row-add", "group-add", "library", "-", "copy", "paste", "fill-down",
        "clear", "replace", "-", "row-up", "row-down", "-", "fold-all", "unfold-all", "-", "row-remove",
    )  # fmt: skip
    MODEL = ScoresModel
    model: ScoresModel

    def __init__(self, section: Section, workspace: Workspace, look: Look, actions: Actions) -> None:
        super().__init__(section, workspace, look, actions)
        self.card = ReasonCard(look)
        column = self.layout()
        assert column is not None
        column.addWidget(self.card)
        self.card.facts.clicked.connect(lambda: self.sought.emit(Place(FACTS)))
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._tell_reason())
        self.grid.cells.opened.connect(self._watch)
        self.grid.cells.left.connect(lambda *_: self.tried.emit(None))

    def topic(self) -> str:
        return "scores"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a very low window the grid needs all the room; the tips of the scores say why, too."""
        super().resizeEvent(event)
        self.card.setVisible(self.height() >= self.look.px(LOW))
        self.card.keep_lines(2 if self.height() >= self.look.px(HIGH) else 1)

    def load(self) -> None:
        super().load()
        first = next((r for r in self.model.rows() if depth(r) == 3), None)
        if first:
            self.grid.select(self.model.index_of(first.id, self.model.column_of("actual")))
        self._tell_reason()

    def update_cells(self) -> None:
        noted = self._has_note_column()
        super().update_cells()
        if noted != self.model.is_shown_note():
            self._measure()
        self._tell_reason()

    def _has_note_column(self) -> bool:
        place = self.model.column_of("note")
        return place > 0 and not self.grid.isColumnHidden(place)

    def _measure(self) -> None:
        """Numbers as drawn, the names their share, the texts what is left; reasons are asked for only where they are due."""
        columns, look = self.model.columns, self.look
        if not columns:
            return
        noted = self.model.is_shown_note()
        shown = [c for c in columns if c.field != "note" or noted]
        for place, column in enumerate(columns):
            self.grid.setColumnHidden(place, column not in shown)
            if column.width:
                self.grid.setColumnWidth(place, look.px(column.width))
        texts = [c for c in shown if not c.width]
        room = self.grid.viewport().width() - sum(look.px(c.width) for c in shown[1:])
        name = min(int(self.grid.viewport().width() * NAME_SHARE), room - len(texts) * look.px(LEAST_TEXT))
        name = min(max(name, look.px(LEAST_NAME)), look.px(MOST_NAME))
        self.grid.setColumnWidth(0, name)
        rest = room - name
        for column in reversed(texts):  # the note first; the reasons of deviations have the rest
            width = rest if column is texts[0] else int(rest * NOTE_SHARE)
            width = max(width, look.px(LEAST_TEXT))
            self.grid.setColumnWidth(columns.index(column), width)
            rest -= width
        self.model.show_columns(shown, texts[0] if texts else shown[-1])

    # --- why ---

    def _tell_reason(self) -> None:
        row = self.current_row()
        if row is None or depth(row) < 3:
            self.card.say("", words.NO_REASON)
        elif item := self.model.items.get(row.id):
            self.card.say_item(item, self.model.rate(row))
        else:
            self.card.say(row.get("level3"), self.model.reason(row))

    def _watch(self, editor: CellEdit, index: QPersistentModelIndex) -> None:
        """Sums and the reason follow what is being typed."""
        row, field = self.model.row_at(index), self.model.columns[index.column()].field
        if row is None or depth(row) < 3 or field not in (*COMPUTED, "target"):
            return
        if not row.get(field).strip():
            editor.setPlaceholderText(self.model.computed(row, field))
        editor.textChanged.connect(lambda: self._try(row, field, editor))

    def _try(self, row: Row, field: str, editor: CellEdit) -> None:
        form, filing = self.workspace.form, self.workspace.filing
        here, text = filing.row(row.id) if filing else None, editor.toPlainText()
        if form is None or filing is None or here is None:
            return
        if text == editor.stored:  # nothing is typed, or it is kept already
            self._tell_reason()
            self.tried.emit(None)
            return
        place = filing.index.places[row.id]
        trial = evaluate(form, filing.with_rows({place: here.with_cell(field, clean_text(text))}))
        item = trial.item(row.id) if trial else None
        if trial and item:
            rate = trial.rates.get(row.id)
            self.card.say_item(item, rate.words if rate else "")
        self.tried.emit(trial)

    def revert(self) -> None:
        super().revert()
        self._tell_reason()
        self.tried.emit(None)

    # --- back to what is computed ---

    def does(self, action: str) -> bool:
        return self.has_rows() and action != "take-printed"

    def take(self, which: str) -> None:
        """Of the selected cells, or of all, what was typed over results and scores; weights only where they are selected."""
        if self._is_closed() or which == "printed":
            return
        if which == "all":
            fields = [f for f in COMPUTED if f != "weight"]
            cells = [(row, field) for row in self.model.rows() for field in fields]
        else:
            cells = [
                (row, self.model.columns[i.column()].field)
                for i in exchange.selected(self.grid)
                if (row := self.model.row_at(i))
            ]
        typed = [(row.id, field, "") for row, field in cells if self.model.is_typed(row, field)]
        space = self.workspace
        if not typed or space.form is None or space.filing is None:
            self.told.emit(words.NOTHING_TYPED)
            return
        space.apply(edits.set_cells(space.form, space.filing, typed, words.STEP_COMPUTED))

    # --- blocks ---

    def skipped(self, block: Block, first: int) -> int | None:
        """The columns are those of the paper."""
        return None
