"""How fast the window is with 5 000 codes in a department budget: opening, leaving an amount (until it is saved; until everything is
painted and checked), adding a code, turning to a table.

``.venv/bin/python -m bench.ledger_5000 [codes] [edits]``; nothing is shown, a store of its own in a temporary folder is used.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench.bare_commit import BareCommit, Saves
from bench.window_10000 import said, settle, timed

SPENDING = "spending"
TABLE = "支出总表"


def code(number: int) -> str:
    """Twenty 类 of the summary, twenty-four 款 each."""
    kinds = [f"{n}" for n in range(201, 223) if n not in (209, 218)]
    return f"{kinds[number % 20]}{1 + number // 20 % 24:02d}{1 + number // 480:02d}"


def catalog_with(codes: int) -> Any:
    """The program's catalog with a user's own codes: every code of the bench has a name, as in a bureau's own list."""
    from perfdesk.catalog import load
    from perfdesk.codes import own_folder

    data = Path(tempfile.mkdtemp())
    folder = own_folder(data)
    folder.mkdir(parents=True)
    every = {code(n)[:length] for n in range(codes + 1000) for length in (3, 5, 7)}
    lines = "\n".join(f"{c} 科目{c}" for c in sorted(every))
    (folder / "own.toml").write_text(f'format = 1\nfunction = """\n{lines}\n"""\n', encoding="utf-8")
    return load(own=data)


def large_filing(form: Any, codes: int) -> Any:
    """``codes`` leaves below forty 类 with some ten 款 each; two of three carry amounts of several sources."""
    from itertools import count

    from perfdesk.catalog import new_filing
    from perfdesk.model.filing import Row, in_order

    ids = count(1)
    filing = new_filing(form, 2026, "示例市财政局", lambda: f"r{next(ids)}")
    facts = form.budget.ledger(SPENDING).entry
    rows: list[Row] = []
    for number in range(codes):
        cells = {"code": code(number), facts[number % 3]: f"{number * 1.25 + 1:.2f}"}
        if number % 3:
            cells[facts[3 + number % 4]] = f"{number}.5"
        rows.append(Row(f"x{number}", SPENDING, MappingProxyType(cells)))
    rows.sort(key=lambda r: r.get("code"))
    return replace(filing, rows=in_order(form, filing.rows + tuple(rows)))


def main(codes: int = 5000, edits: int = 200) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    from ui.app import Desk, application

    app = application()
    desk = Desk(Path(tempfile.mkdtemp()), False, True)
    desk.workspace.catalog = catalog_with(codes)
    form = next(f for f in desk.workspace.catalog.forms.values() if f.budget)
    desk.window.show()
    while desk.workspace.store is None:
        app.processEvents()
    space = desk.workspace
    number = space.store.add(large_filing(form, codes), "导入")
    space.open(None)
    rest = (app, QCoreApplication, QEvent)
    settle(*rest)
    said("open", [timed(lambda: (space.open(number), settle(*rest)))], 1500)
    print("findings:", len(space.findings), "lines:", desk.window.editor.page.model.rowCount())
    warm(desk, app)
    typing(desk, rest, edits)
    adding(desk, rest, codes, max(1, edits // 10))
    turning(desk, rest)
    desk.close()


def warm(desk: Any, app: Any) -> None:
    """The pinyin of the codes is looked up on another thread, once; not while something is measured."""
    completion = desk.window.editor.page.completion
    completion.warm()
    while not completion.index.is_warm:
        app.processEvents()


def typing(desk: Any, rest: tuple[Any, ...], edits: int) -> None:
    """Amounts on the entry sheet, then in a printed table: totals, tables, checks and the disk are up to date when it counts as left."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    space = desk.workspace
    saves, bare = Saves(space.store), BareCommit(desk.folder)
    pages = (("leaving an amount", SPENDING, 1000), ("leaving an amount in a table", TABLE, 5000))
    for what, section, first in pages:
        page = turn_to(desk, rest, section)
        grid, model = page.grid, page.model
        cells = [i for n in range(0, model.rowCount(), 3) if (i := typed_cell(model, n)) is not None]
        times: list[float] = []
        saving: list[float] = []
        for n in range(edits):
            grid.select(cells[(n * 37) % len(cells)])
            settle(*rest)
            for letter in str(first + n):
                QTest.keyClicks(grid.cells.editor or grid.viewport(), letter)
            before = space.filing
            start = perf_counter()
            QTest.keyClick(grid.cells.editor, Qt.Key.Key_Return)
            settle(*rest)
            times.append(perf_counter() - start)
            saving.append(saves.at - start)
            bare.once()
            assert space.filing is not before
        said(what, times, 50)
        said("until saved", saving, 50)
    said("a bare commit", bare.times, 50)


def typed_cell(model: Any, row: int) -> Any:
    """The first cell of the row that holds an amount and can be typed in."""
    for column in range(model.columnCount()):
        index = model.index(row, column)
        if model.field_at(index) and model.amount_at(index) is not None:
            return index
    return None


def adding(desk: Any, rest: tuple[Any, ...], first: int, times: int) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    page = turn_to(desk, rest, SPENDING)
    spent: list[float] = []
    for n in range(times):
        page.add_row()
        settle(*rest)
        editor = page.grid.cells.editor
        QTest.keyClicks(editor, code(first + n))
        spent.append(timed(lambda e=editor: (QTest.keyClick(e, Qt.Key.Key_Return), settle(*rest))))
    said("adding a code", spent, 100)


def turning(desk: Any, rest: tuple[Any, ...]) -> None:
    """To each printed table, after an edit."""
    editor = desk.window.editor
    times = [timed(lambda n=n: (editor.turn_to(n), settle(*rest))) for n in range(len(editor.pages))]
    said("turning to a part", times, 200)


def turn_to(desk: Any, rest: tuple[Any, ...], section: str) -> Any:
    editor = desk.window.editor
    editor.turn_to(next(n for n, p in enumerate(editor.pages) if p.section.id == section))
    settle(*rest)
    return editor.page


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
