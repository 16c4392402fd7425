"""The window is painted before anything heavy is imported, and the pictures show it as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.ui.driver import Driver

ROOT = Path(__file__).resolve().parents[2]

MODULES = 180
"""At the first paint, ours and others'; each is waited for before anything is seen."""

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
