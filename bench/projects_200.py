"""How long 200 projects take: one file read, listed in the window, the overview, an edit while forms are compared.

``.venv/bin/python -m bench.projects_200 [projects]`` (aim: 10 s for Word); nothing is shown, a store of its own is used.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from perfdesk.catalog import load, new_filing
from perfdesk.commands.files import together
from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.intake import take_in
from perfdesk.model.change import SetCell, apply
from perfdesk.model.filing import Filing

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(projects: int = 200) -> None:
    catalog, ids = load(), count(1)
    form = next(f for f in catalog.forms.values() if f.kind == "project-target")
    filings = [
        apply(
            new_filing(form, 2026, "示例市财政局", lambda: f"r{next(ids)}"),
            (SetCell("basic", "name", f"第{n}个项目"),),
        )[0]
        for n in range(projects)
    ]
    for ending in ("docx", "xlsx"):
        file = Path(tempfile.mkdtemp()) / f"many.{ending}"
        write(together(filings, catalog), file)
        start = time.perf_counter()
        found = take_in(read(file), catalog, lambda: f"n{next(ids)}").filings
        print(f"{ending}: {len(found)} projects in {time.perf_counter() - start:.1f} s")
    in_the_window(filings)


def in_the_window(filings: list[Filing]) -> None:
    from bench.window_10000 import said, timed
    from ui.app import Desk, application

    app, desk = application(), Desk(Path(tempfile.mkdtemp()), False, True)
    desk.window.show()
    space, office = desk.workspace, desk.window.office

    def until(done: Callable[[], bool]) -> None:
        while not done():
            app.processEvents()

    def shown(deed: Callable[[], object]) -> None:
        deed()
        app.processEvents()

    until(lambda: space.store is not None)
    assert space.store is not None
    start = time.perf_counter()
    space.open(space.store.add_all(filings, "导入")[0])
    until(lambda: all(space.checks.is_known(i) for i in space.infos()))
    print(f"stored, opened and all checked in {time.perf_counter() - start:.1f} s")
    said("list of projects", [timed(lambda: shown(office.show_projects)) for _ in range(3)], 500)
    said("overview", [timed(lambda: shown(office.overview)) for _ in range(3)], 500)
    edits: list[float] = []
    for number in range(20):
        edits.append(timed(lambda n=number: shown(lambda: space.set_cell("budget", "total", str(n)))))
        end = time.perf_counter() + 0.85
        until(lambda e=end: time.perf_counter() > e)
    said("edit while forms are compared", edits, 100)
    desk.close()


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:2]))
