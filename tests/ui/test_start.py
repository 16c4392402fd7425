"""The window is painted before anything heavy is imported, and the pictures show it as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bounds import MODULES, MODULES_AT_THE_CURSOR

if TYPE_CHECKING:
    from tests.ui.driver import Driver

ROOT = Path(__file__).resolve().parents[2]

OPEN_AND_LIST = """
import sys
from pathlib import Path
from ui.app import Desk, application
app = application()
desk = Desk(Path(sys.argv[1]), sample=True, shipped_font=True)
painted = []
desk.window.painted.connect(lambda: painted.append([m for m in sys.modules if m.split('.')[0] == 'sqlalchemy']), )
desk.window.show()
for _ in range(200):
    app.processEvents()
    if desk.workspace.filing:
        break
app.processEvents()
heavy = ('openpyxl', 'docx', 'reportlab', 'lxml', 'xlsxwriter', 'pypdfium2', 'pypinyin')
print([m for m in sys.modules if m.split('.')[0] in heavy])
print([m for m in sys.modules if m.startswith('sqlalchemy.dialects.') and m.split('.')[2] not in ('sqlite', '_typing')])
print(bool(desk.workspace.filing))
desk.close()
"""

TYPE_AT_ONCE = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from perfdesk.model.filing import leaves
from perfdesk.model.finding import Place
from ui import app as program, messages as say
program.FREE = 60_000  # on a busy machine the store would be open before anything is typed
Desk, application = program.Desk, program.application
app = application()
folder = Path(sys.argv[1])
desk = Desk(folder, shipped_font=True)

def type_it():
    space, editor, status = desk.workspace, desk.window.editor, desk.window.status
    row = next(leaves(space.filing, space.form.tree.id)).row
    editor.show_place(Place(row.id, "target"))
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_9)
    app.processEvents()
    print(editor.page.pending(), status.saved.text() == say.LOADING, status.tick.isVisible())
    panel, side = desk.window.findings, desk.window.side
    print(panel.calm.isVisible(), status.counts.isVisible(), side.tabs.tab(0).text() == say.FINDINGS_TAB)
    print([m for m in sys.modules if m.split('.')[0] in ('sqlalchemy', 'asyncio', 'email')], len(sys.modules))
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Return)
    print(space.filing.row(row.id).get("target"), status.saved.text() == say.saved(space.saved_at), status.tick.isVisible())
    space.store.close()
    from perfdesk.store import Store
    with Store.open(folder, read_only=True) as store:
        print(store.filing(space.filing.id).row(row.id).get("target"))
    space.store = None
    app.quit()

def opened():
    if desk.workspace.filing:
        QTimer.singleShot(0, type_it)

def begin():
    desk.workspace.opened.connect(opened)
    desk.begin()

desk.window.painted.disconnect()
desk.window.painted.connect(begin)
desk.window.show()
app.exec()
"""

PAINT_ONLY = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QWidget
from ui.app import Desk, application
app = application()
desk = Desk(Path(sys.argv[1]), shipped_font=True)
desk.window.painted.disconnect()
desk.window.resize(1360, 850)
desk.window.show()
app.processEvents()
print([m for m in sys.modules if m.split('.')[0] in ('sqlalchemy', 'sqlite3', 'email', 'asyncio')])
print([w.objectName() for w in desk.window.centralWidget().findChildren(QWidget) if w.isVisible() and w.objectName()])
print(len(sys.modules))
"""


def run(script: str, folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_opening_the_window_with_a_store_imports_no_file_library_and_no_other_dialect(tmp_path: Path) -> None:
    assert run(OPEN_AND_LIST, tmp_path / "unit") == ["[]", "[]", "True"]


def test_what_is_typed_before_the_store_is_open_is_saved(tmp_path: Path, sample_folder: Path) -> None:
    """The cursor takes letters while the database library is not even imported; leaving the cell opens the store and writes."""
    from perfdesk.store import Store

    shutil.copytree(sample_folder, tmp_path / "unit")
    with Store.open(tmp_path / "unit") as store:
        store.set_setting("tour", "over")
    while_typing, unchecked, imported, after, on_disk = run(TYPE_AT_ONCE, tmp_path / "unit")
    assert while_typing == "True True False"
    assert unchecked == "False False True"  # nobody says that there are no findings before anybody has looked
    libraries, modules = imported.rsplit(" ", 1)
    assert libraries == "[]"
    assert int(modules) <= MODULES_AT_THE_CURSOR
    assert after == "9 True True"
    assert on_disk == "9"


def test_the_first_paint_waits_for_no_database(tmp_path: Path) -> None:
    database, parts, modules = run(PAINT_ONLY, tmp_path / "unit")
    assert database == "[]"
    assert parts == "['topBar', 'navigation', 'statusBar']"
    assert int(modules) <= MODULES


def test_the_pictures_are_written_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from PySide6.QtGui import QImage

    from ui.pictures import main

    out = tmp_path / "out"
    assert main([str(out), "--size", "1100x700", "--dark"]) == 0
    files = sorted(out.glob("*.png"))
    assert {f.stem for f in files} >= {
        "window",
        "window-texts",
        "window-budget",
        "window-tasks",
        "window-empty",
    }
    said = capsys.readouterr().out
    assert all(str(f) in said for f in files)
    images = [QImage(str(f)) for f in files]
    assert {(i.width(), i.height()) for i in images} == {(1100, 700)}
    assert len({bytes(i.constBits()) for i in images}) == len(images)


def test_the_usual_set_of_pictures_has_the_clean_year_and_the_first_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one look of the nine: the others are the same windows, painted for minutes."""
    from ui import pictures

    monkeypatch.setattr(pictures, "LOOKS", pictures.LOOKS[:1])
    assert pictures.main([str(tmp_path)]) == 0
    assert {f.stem for f in tmp_path.glob("*.png")} >= {
        "window-overview",
        "window-clean",
        "first-year",
        "tour",
    }


def test_nothing_but_the_window_is_ever_on_the_screen(driver: Driver) -> None:
    """A part shown before it has its place would be a window of its own and take the keyboard."""
    from PySide6.QtWidgets import QApplication

    driver.window.commands.check()
    driver.window.show_findings()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [driver.window]
