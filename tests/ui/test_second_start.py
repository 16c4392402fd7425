"""One window for a folder of data: a second start brings the first forward, hands its files over and ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication

from ui.address import may_answer
from ui.dialogs.import_review import ImportDialog
from ui.door import Door, address

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.driver import Driver

ROOT = Path(__file__).resolve().parents[2]


def start_again(folder: Path, *files: str, at: Path = ROOT) -> subprocess.Popen[str]:
    """A process of its own, as a double click starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "--data", str(folder), *files],
        cwd=at,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        text=True,
    )


def test_a_second_start_brings_the_first_window_forward_and_ends(driver: Driver) -> None:
    driver.window.showMinimized()
    again = start_again(driver.folder)
    driver.qtbot.waitUntil(lambda: again.poll() is not None, timeout=30_000)
    assert again.returncode == 0
    assert not driver.window.isMinimized()


def test_files_of_the_second_start_are_imported_in_the_first_window(
    driver: Driver, tmp_path: Path, forms: Path
) -> None:
    shutil.copyfile(forms / "office" / "z01.c.docx", tmp_path / "去年.docx")
    shown: list[str] = []
    looking = QTimer(driver.window)

    def review() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ImportDialog):
            shown.append(dialog.cards[0].found.filing.title)
            dialog.reject()

    looking.timeout.connect(review)
    looking.start(20)
    again = start_again(driver.folder, "去年.docx", at=tmp_path)
    driver.qtbot.waitUntil(lambda: again.poll() is not None and bool(shown), timeout=30_000)
    looking.stop()
    assert again.returncode == 0
    assert shown == ["市级部门（单位）整体绩效目标申报表"]


KNOCKS = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.door import OPENING, hand_over
app = QCoreApplication([])
print("knocks", flush=True)
sys.exit(0 if hand_over(Path(sys.argv[1]), (), OPENING) else 1)
"""


def test_of_two_starts_at_the_same_moment_the_slower_one_waits_for_the_door(
    qtbot: QtBot, tmp_path: Path
) -> None:
    door = Door()
    with subprocess.Popen(
        [sys.executable, "-c", KNOCKS, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as slower:
        assert slower.stdout is not None
        assert slower.stdout.readline() == "knocks\n"
        assert door.open(tmp_path)
        qtbot.waitUntil(lambda: slower.poll() is not None, timeout=10_000)
        assert slower.returncode == 0
    door.close()


@pytest.mark.parametrize("said", [b"rubbish\n", b'{"a": 1}\n', b"[1]\n", b"x" * (2 << 20)])
def test_a_guest_that_says_anything_else_is_shown_out(driver: Driver, said: bytes) -> None:
    guest = QLocalSocket()
    guest.connectToServer(address(driver.folder))
    assert guest.waitForConnected(5000)
    guest.write(said)
    guest.flush()
    driver.qtbot.waitUntil(lambda: guest.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert guest.readAll().data() == b""
    assert driver.window.files.task is None


def test_after_the_end_nothing_answers_and_the_next_start_is_the_first(driver: Driver) -> None:
    driver.close()
    from ui.door import hand_over

    assert not hand_over(driver.folder, ())
    assert not Path(address(driver.folder)).exists()


def test_the_network_is_asked_only_where_somebody_may_listen(driver: Driver, tmp_path: Path) -> None:
    assert may_answer(driver.folder)
    with tempfile.TemporaryDirectory() as short:  # a test's own folder may be too long for a socket's address
        assert not may_answer(Path(short) / "nobody here")
    long = tmp_path / ("n" * 120)
    assert may_answer(long)  # a name, not a file: only asking tells
