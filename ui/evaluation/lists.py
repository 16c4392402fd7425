"""The lists of many self-evaluations: each with its total, and the lines in which the most was lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from perfdesk.evaluation.evaluated import shown_points
from ui.messages import evaluation as words

if TYPE_CHECKING:
    from perfdesk.evaluation.ranking import Ranked, Weak
    from ui.look import Look
    from ui.models.shelf import Shelf

ID = Qt.ItemDataRole.UserRole
NUMBER, NAME, SCHEME, TOTAL, PRINTED, GRADE, ERRORS, WARNINGS = range(8)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Lines(QTreeWidget):
    """``asked``: a deed by its name. The columns of ``widths`` are so wide, in pixels of the drawing; 0: what is left."""

    asked = Signal(str)

    def __init__(self, look: Look, name: str, heads: Sequence[str], widths: Sequence[int]) -> None:
        super().__init__()
        self.look = look
        self._widths = widths
        self.setObjectName("projects")
        self.setAccessibleName(name)
        self.setHeaderLabels(list(heads))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.itemDoubleClicked.connect(lambda _item: self.asked.emit("open"))
        self.measure()

    def measure(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        for column, width in enumerate(self._widths):
            if width:
                self.setColumnWidth(column, self.look.px(width))
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def show_texts(self, lines: Sequence[tuple[int, Sequence[str]]], right: Sequence[int]) -> None:
        """Key and texts of each; what was chosen stays chosen."""
        kept, here = set(self.chosen()), self.current()
        self.blockSignals(True)
        self.clear()
        for key, texts in lines:
            item = QTreeWidgetItem(list(texts))
            item.setData(0, ID, key)
            for column in right:
                item.setTextAlignment(column, RIGHT)
                self.headerItem().setTextAlignment(column, RIGHT)
            for column, text in enumerate(texts):
                item.setToolTip(column, text)
            self.addTopLevelItem(item)
            item.setSelected(key in kept)
            if key == here:
                self.setCurrentItem(item, 0, self.selectionModel().SelectionFlag.NoUpdate)
        if (first := self.topLevelItem(0)) is not None and self.currentItem() is None:
            self.setCurrentItem(first, 0)
        self.blockSignals(False)

    def chosen(self) -> list[int]:
        """Keys of the selected lines from top to bottom."""
        wanted = {item.data(0, ID) for item in self.selectedItems()}
        items = [self.topLevelItem(n) for n in range(self.topLevelItemCount())]
        return [item.data(0, ID) for item in items if item and item.data(0, ID) in wanted]

    def current(self) -> int | None:
        item = self.currentItem()
        return item.data(0, ID) if item else None

    def event(self, event: QEvent) -> bool:
        """The list's own keys come before those of the window."""
        before = event.type() == QEvent.Type.ShortcutOverride
        if before and isinstance(event, QKeyEvent) and event.key() in (*OPENS, Qt.Key.Key_Delete):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in OPENS:
            self.asked.emit("open")
        elif event.key() == Qt.Key.Key_Delete:
            self.asked.emit("delete")
        else:
            super().keyPressEvent(event)


class EvaluationList(Lines):
    def __init__(self, look: Look) -> None:
        super().__init__(look, words.ALL, words.COLUMNS, (48, 0, 200, 70, 76, 100, 48, 48))

    def show_rows(self, rows: Sequence[Ranked], shelf: Shelf) -> None:
        self.setColumnHidden(PRINTED, not any(r.printed for r in rows))
        lines = [(row.filing.id or 0, self._texts(number, row)) for number, row in enumerate(rows, 1)]
        self.show_texts(lines, (TOTAL, PRINTED))
        self.show_states(shelf)

    def _texts(self, number: int, row: Ranked) -> tuple[str, ...]:
        grade = row.scored.grade if row.complete else words.unfinished(row.scored.open)
        return (
            str(number), row.name, row.scheme.name, shown_points(row.scored.total), row.printed, grade, "", "",
        )  # fmt: skip

    def show_states(self, shelf: Shelf) -> None:
        """What is known of their findings by now."""
        for number in range(self.topLevelItemCount()):
            if item := self.topLevelItem(number):
                standing = shelf.standing(item.data(0, ID))
                item.setText(ERRORS, str(standing.errors or ""))
                item.setText(WARNINGS, str(standing.warnings or ""))


class WorstList(Lines):
    """Keys are positions in the list of weak lines."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, words.WORST, words.WORST_COLUMNS, (70, 0, 110, 120, 90, 190))

    def show_rows(self, weak: Sequence[Weak]) -> None:
        self.show_texts([(n, _texts(one)) for n, one in enumerate(weak)], (0, 4))


def _texts(weak: Weak) -> tuple[str, ...]:
    item = weak.item
    score = "" if item.score is None else shown_points(item.score)
    points = words.weak_score(score, shown_points(item.weight))
    return words.percent(shown_points(weak.rate)), item.name, item.target, item.actual, points, weak.of.name
