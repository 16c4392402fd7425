"""PerfDesk's start with the sample year open: says ``painted`` at the first paint, ``typing`` when a letter went into a cell, ``open`` when
nothing is left to do.

``python bench/our_window.py DATA``, where DATA has the sample unit; the program is started as its own command does it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from bench.memory import fail_at_once, kilobytes
from ui import app as program

sys.excepthook = fail_at_once


def type_a_letter() -> None:
    """Into the target of the first indicator, as somebody would who clicks there."""
    from perfdesk.model.filing import leaves
    from perfdesk.model.finding import Place

    filing, form = desk.workspace.filing, desk.workspace.form
    assert filing is not None and form is not None
    row = next(leaves(filing, form.tree.id)).row
    desk.window.editor.show_place(Place(row.id, "target"))
    grid = desk.window.editor.page.grid
    QTest.keyClick(grid.viewport(), Qt.Key.Key_9)
    assert grid.cells.editor is not None and grid.cells.editor.toPlainText() == "9"
    application.sendPostedEvents()  # it is painted; what waits for a free moment waits on
    print("typing", kilobytes(), flush=True)
    wait()


def wait() -> None:
    """Until the store is open and all forms of the year are checked: memory is what it takes then."""
    if desk.workspace.is_open and desk.workspace.checks.is_at_rest():
        print("open", kilobytes(), flush=True)
        application.quit()
    else:
        QTimer.singleShot(20, wait)


application = program.application()
desk = program.Desk(Path(sys.argv[1]))


class Listener(QObject):
    def opened(self) -> None:
        if desk.workspace.filing is not None:
            desk.workspace.opened.disconnect(self.opened)
            QTimer.singleShot(0, type_a_letter)


listener = Listener()


def painted() -> None:
    """The word first; then what the program does after its first paint."""
    print("painted", kilobytes(), flush=True)
    desk.workspace.opened.connect(listener.opened)
    desk.begin()


desk.window.painted.disconnect(desk.begin)
desk.window.painted.connect(painted)
desk.window.show()
application.exec()
desk.close()
