"""How fast the window is with 10 000 indicators in one form: opening, leaving a cell, scrolling, typing.

``.venv/bin/python -m bench.window_10000 [rows] [edits]``; nothing is shown, a store of its own in a temporary folder is used.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from types import MappingProxyType
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

FORM = "zhengzhou-2021/overall-target"


def large_filing(count: int) -> Any:
    """A filing of ``count`` leaves: groups of forty below the form's open level-2 headings; one leaf in fifty has a finding."""
    from itertools import count as numbers

    from perfdesk.catalog import load, new_filing
    from perfdesk.model.filing import Row, depth, in_order
    from perfdesk.model.form import LEVELS

    form = load().form(FORM)
    ids = numbers(1)
    filing = new_filing(form, 2026, "示例市数据局", lambda: f"r{next(ids)}")
    tree = form.tree
    tops = [r for r in filing.section(tree.id) if LEVELS[depth(r) - 1] == "level1"]
    output = next((r for r in tops if "产出" in r.get("level1")), tops[-1])
    have = len([r for r in filing.section(tree.id) if depth(r) == 3])
    more: list[Row] = []
    for number in range(count - have):
        if number % 40 == 0:
            heading = {"level2": f"业务类别{number // 40 + 1}"}
            more.append(Row(f"g{number}", tree.id, MappingProxyType(heading), output.id))
            group = more[-1].id
        target = "≥" if number % 50 == 0 else f"≥{number}"
        unit = {"unit": "个"} if tree.field("unit") else {}
        cells = {"level3": f"办理第{number}类业务的数量", "target": target if unit else f"{target}个", **unit}
        more.append(Row(f"x{number}", tree.id, MappingProxyType(cells), group))
    rows = list(filing.rows)
    at = max(n for n, r in enumerate(rows) if r.id == output.id or r.parent == output.id)
    while at + 1 < len(rows) and depth(rows[at + 1]) == 3:
        at += 1
    rows[at + 1 : at + 1] = more
    from dataclasses import replace

    return replace(filing, rows=in_order(form, tuple(rows)))


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
    made = large_filing(rows)
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
    typing: list[float] = []
    leaving: list[float] = []
    for n in range(edits):
        row = own[(n * 37) % len(own)]
        grid.select(model.index_of(row, column))
        settle(app, QCoreApplication, QEvent)
        text = ">" if n % 10 == 9 else str(1000 + n)
        for letter in text:
            where = grid.cells.editor or grid.viewport()
            typing.append(timed(lambda at=where, c=letter: (QTest.keyClicks(at, c), app.processEvents())))
        editor = grid.cells.editor
        leaving.append(
            timed(
                lambda e=editor: (QTest.keyClick(e, Qt.Key.Key_Return), settle(app, QCoreApplication, QEvent))
            )
        )
        assert space.filing.row(row).get("target").endswith(text), (space.filing.row(row), text)
    said("typing a letter", typing, 16)
    said("leaving a cell", leaving, 50)
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
