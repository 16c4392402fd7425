"""How fast the window is with 10 000 indicators in one form: opening, leaving a cell (until it is saved; until everything is painted
and checked), scrolling, typing.

``.venv/bin/python -m bench.window_10000 [rows] [edits]``; nothing is shown, a store of its own in a temporary folder is used.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench import content
from bench.bare_commit import BareCommit, Saves


def said(what: str, times: list[float], bar: float) -> None:
    """Median, 99th percentile and the slowest, in milliseconds, beside the bar."""
    times = sorted(times)
    middle, high = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]
    verdict = "ok" if high * 1000 <= bar else "OVER"
    print(
        f"{what:32s} median {middle * 1000:7.1f}  p99 {high * 1000:7.1f}  max {times[-1] * 1000:7.1f} ms"
        f"  (bar {bar:g}) {verdict}"
    )


def timed(deed: Any) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def main(rows: int = 10_000, edits: int = 200) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    from ui.app import Desk, application

    app = application()
    folder = Path(tempfile.mkdtemp())
    made = content.long(rows)
    desk = Desk(folder, False, True)
    desk.window.show()
    while desk.workspace.store is None:
        app.processEvents()
    space = desk.workspace
    number = space.store.add(made, "导入")
    space.open(None)
    settle(app, QCoreApplication, QEvent)
    said("open", [timed(lambda: (space.open(number), settle(app, QCoreApplication, QEvent)))], 1500)
    print("findings:", len(space.findings))
    measure(desk, app, edits)
    desk.close()


def settle(app: Any, core: Any, event: Any) -> None:
    """Everything that waits for a free moment: checks, layouts, painting."""
    for _ in range(4):
        app.processEvents()
        core.sendPostedEvents(None, event.Type.DeferredDelete.value)


def measure(desk: Any, app: Any, edits: int) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtTest import QTest

    from perfdesk.model.filing import leaves

    space, page = desk.workspace, desk.window.editor.page
    grid, model = page.grid, page.model
    column = model.column_of("target")
    own = [x.row.id for x in leaves(space.filing, space.form.tree.id) if x.row.id.startswith("x")]
    saves, bare = Saves(space.store), BareCommit(desk.folder)
    typing: list[float] = []
    leaving: list[float] = []
    saving: list[float] = []
    for n in range(edits):
        row = own[(n * 37) % len(own)]
        grid.select(model.index_of(row, column))
        settle(app, QCoreApplication, QEvent)
        text = ">" if n % 10 == 9 else str(1000 + n)
        for letter in text:
            where = grid.cells.editor or grid.viewport()
            typing.append(timed(lambda at=where, c=letter: (QTest.keyClicks(at, c), app.processEvents())))
        start = time.perf_counter()
        QTest.keyClick(grid.cells.editor, Qt.Key.Key_Return)
        settle(app, QCoreApplication, QEvent)
        leaving.append(time.perf_counter() - start)
        saving.append(saves.at - start)
        bare.once()
        assert space.filing.row(row).get("target").endswith(text), (space.filing.row(row), text)
    said("typing a letter", typing, 16)
    said("leaving a cell", leaving, 50)
    said("until saved", saving, 50)
    said("a bare commit", bare.times, 50)
    scrolling(grid, app)


def scrolling(grid: Any, app: Any) -> None:
    """A wheel's worth of rows at a time, then whole pages, each painted."""
    bar = grid.verticalScrollBar()
    wheel, pages = [], []
    for _ in range(200):
        wheel.append(timed(lambda: (bar.setValue(bar.value() + 90), app.processEvents())))
    for n in range(100):
        bar.setValue(bar.maximum() * n // 100)
        app.processEvents()
        pages.append(timed(lambda: (bar.setValue(bar.value() + bar.pageStep()), app.processEvents())))
    said("scrolling 90 pixels", wheel, 16)
    said("scrolling a page", pages, 16)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
