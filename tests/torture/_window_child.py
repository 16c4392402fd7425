"""Opens the window again and again, each time in a process of its own, types in it without end, and tells what it shows.

A line ``FOLDER SEED MODE`` on stdin is one window over the store in FOLDER. The toolkit and an empty window are there once and are
forked: only what comes after the first paint – the store, the filing, its pages – is done anew. What stands on stdout, for the other
end (``window``): ``PID n``; ``READY``; ``TYPED row column text``: what will be typed into a field; ``SHOWN row column text``: 已保存 is
shown and the window holds this text; ``LEFT row column text``: the field was left; ``KEY time text``: so much of a long
text had been typed then; ``END``. Modes: ``many`` fields are typed in, or one ``long`` text; the controls are ``late`` (every commit
comes a quarter of a second after the window was told that it is done) and ``patient`` (a long text is written when it is left).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import perfdesk.check
import ui.dialogs.message
import ui.door
import ui.form.binding
import ui.form.pages
from perfdesk.store import Store
from perfdesk.store.order import applied
from ui.app import Desk, application

if TYPE_CHECKING:
    from perfdesk.model.change import Step
    from perfdesk.model.filing import Filing

FOR_THE_CHILDREN = (perfdesk.check, ui.dialogs.message, ui.door, ui.form.pages, Store)
PATIENCE = 60
"""Seconds; where no kill comes, there is an end all the same."""
LATE = 250
LETTERS = "abcdefgh 0123456789"


def tell(*words: object) -> None:
    os.write(1, (json.dumps(words, ensure_ascii=False) + "\n").encode())


class Typist:
    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.rng = random.Random(seed)
        self.number = 0
        self.space: Any = desk.workspace
        self.editor: Any = desk.window.editor
        self.cell = "", ""
        self.space.changed.connect(lambda _changes: self.shown())

    def shown(self) -> None:
        """Connected last: all that a change does to the window is done."""
        status = self.desk.window.status
        if status.saved.isVisible() and status.saved.text().startswith("已保存"):
            row, column = self.cell
            if (at := self.space.filing.row(row)) is not None:
                tell("SHOWN", row, column, at.get(column))

    def work(self, long: bool) -> None:
        while True:
            if long:
                self.long_text()
            else:
                self.rng.choice((self.field, self.amount, self.cell_of_a_grid))()

    def text(self, kind: str) -> str:
        self.number += 1
        letters = "".join(self.rng.choice(LETTERS) for _ in range(self.rng.randrange(12)))
        return f"{kind}{self.number} {letters}".strip()

    def keys(self, text: str) -> None:
        tell("TYPED", *self.cell, text)
        for letter in text:
            QTest.keyClick(QApplication.focusWidget(), letter)
            QApplication.processEvents()

    def page(self, section: str) -> Any:
        number = next(n for n, p in enumerate(self.editor.pages) if p.section.id == section)
        self.editor.turn_to(number)
        return self.editor.page

    def left(self, text: str) -> None:
        QApplication.processEvents()
        tell("LEFT", *self.cell, text)

    def field(self) -> None:
        """A text, left by going to another page."""
        page = self.page("basic")
        editor = next(f.editor for f in page.fields if f.field.id == "goal")
        editor.setFocus()
        editor.selectAll()
        self.cell, text = ("basic", "goal"), self.text("goal")
        self.keys(text)
        self.page("tasks")
        self.left(text)

    def amount(self) -> None:
        page = self.page("budget")
        column = self.rng.choice(list(page.rows))
        editor = page.rows[column].editor
        editor.setFocus()
        editor.selectAll()
        self.number += 1
        self.cell, text = (
            ("budget", column),
            f"{self.number}{self.rng.randrange(1000)}.{self.number % 90 + 10}",
        )
        self.keys(text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        self.left(text)

    def cell_of_a_grid(self) -> None:
        page = self.page("tasks")
        rows = self.space.filing.section("tasks")
        row, column = self.rng.choice(rows), self.rng.randrange(1, 3)
        index = page.model.index_of(row.id, column)
        page.grid.select(index)
        self.cell, text = (row.id, page.model.field_at(index)), self.text("task")
        page.grid.setFocus()
        self.keys(text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        self.left(text)

    def long_text(self) -> None:
        """Typed at a person's pace, never left: only time saves it."""
        page = self.page("basic")
        editor = next(f.editor for f in page.fields if f.field.id == "goal")
        editor.setFocus()
        editor.selectAll()
        self.cell, text = ("basic", "goal"), f"long{os.getpid()} "
        self.keys(text)
        while True:
            letter = self.rng.choice(LETTERS)
            QTest.keyClick(editor, letter)
            text += letter
            tell("KEY", time.monotonic(), text)
            end = time.monotonic() + 0.02
            while time.monotonic() < end:
                QApplication.processEvents()


def commit_late(store: Store) -> None:
    """Says that an edit is done, and does it later."""
    real, known = store.apply, {}

    def apply(filing_id: int, step: Step, visit: str = "") -> Filing:
        after, _ = applied(known.get(filing_id) or store.filing(filing_id), step.changes)
        known[filing_id] = after
        QTimer.singleShot(LATE, lambda: real(filing_id, step, visit))
        return after

    store.apply = apply  # type: ignore[method-assign]


def window(desk: Desk, folder: str, seed: int, mode: str) -> None:
    signal.alarm(PATIENCE)
    desk.folder = Path(folder)
    if mode == "patient":
        ui.form.binding.WRITE_THROUGH = 1000 * PATIENCE
    desk.open_store()
    store = desk.workspace.store
    if store is None:
        tell("REFUSED", desk.workspace.problem)
        os._exit(1)
    if mode == "late":
        commit_late(store)
    desk.window.activateWindow()
    desk.window.office.tour.end()
    for _ in range(5):
        QApplication.processEvents()
    tell("READY")
    Typist(desk, seed).work(long=mode in ("long", "patient"))


def serve() -> None:
    app = application()
    desk = Desk(Path("nowhere"), shipped_font=True)
    desk.window.painted.disconnect()
    desk.window.show()
    assert desk.workspace.store is None  # furnished once for all children
    app.processEvents()
    for line in sys.stdin:
        folder, seed, mode = line.rstrip("\n").rsplit(" ", 2)
        child = os.fork()
        if child == 0:
            tell("PID", os.getpid())
            window(desk, folder, int(seed), mode)
        os.waitpid(child, 0)
        tell("END")
    os._exit(0)


if __name__ == "__main__":
    serve()
