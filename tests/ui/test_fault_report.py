"""A mistake of the program is told once and the window goes on; the report about it holds no word of anybody's form."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from perfdesk.errors import StoreRefused
from tests.ui.test_files import answer
from ui.dialogs.fault_report import FaultReportDialog
from ui.messages import faults as words
from ui.tasks import Task
from ui.unexpected import Unexpected

if TYPE_CHECKING:
    from tests.ui.driver import Driver

ROOT = Path(__file__).resolve().parents[2]
SECRET = "机密的绩效目标"


@pytest.fixture
def told(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    messages: list[str] = []

    def tell(error, extra="") -> bool:
        driver.window.keeping.log.told(error)
        messages.append(error.message)
        return False

    monkeypatch.setattr(driver.window, "tell_error", tell)
    driver.window.saving.tell = tell
    return messages


def mistake(driver: Driver) -> None:
    """An error whose own sentence quotes what stands in the form."""
    driver.space.set_cell("basic", "goal", SECRET)
    unexpected = Unexpected(driver.window)
    for _ in range(5):
        try:
            int(driver.filing.cell("basic/goal"))
        except ValueError as error:
            unexpected.hear(type(error), error, error.__traceback__)
    driver.settle()


def report(driver: Driver) -> str:
    found: list[str] = []

    def read(dialog: Any) -> None:
        assert isinstance(dialog, FaultReportDialog)
        found.append(dialog.text.toPlainText())
        dialog.reject()

    answer(driver, read)
    driver.window.actions_by_id["fault-report"].trigger()
    return found[0]


def test_a_mistake_of_the_program_is_told_once_and_the_window_goes_on(
    driver: Driver, told: list[str]
) -> None:
    mistake(driver)
    assert told == [words.UNEXPECTED]
    assert driver.space.set_cell("basic", "goal", "afterwards")
    assert driver.on_disk().cell("basic/goal") == "afterwards"


def test_a_refusal_that_nobody_caught_is_told_like_any_other(driver: Driver, told: list[str]) -> None:
    error = StoreRefused("io-error", "读写磁盘时出错")
    Unexpected(driver.window).hear(StoreRefused, error, None)
    driver.settle()
    assert told == ["读写磁盘时出错"]
    assert driver.window.keeping.log.faults == []


def test_the_report_has_versions_deeds_and_places_and_nothing_of_the_form(
    driver: Driver, told: list[str]
) -> None:
    driver.window.actions_by_id["check"].trigger()
    mistake(driver)
    text = report(driver)
    for expected in (
        "PerfDesk 0.",
        "PySide6-Essentials 6.",
        "SQLAlchemy 2.",
        "Python 3.",
        "ValueError",
        " check",
    ):
        assert expected in text
    private = {SECRET, str(driver.folder), driver.filing.unit_name, driver.filing.title}
    private |= {t for row in driver.filing.rows for t in row.cells.values() if len(t) > 3}
    assert [word for word in private if word in text] == []
    log = driver.folder / "log" / "perfdesk.log"
    written = log.read_text(encoding="utf-8")
    assert "ValueError" in written and [word for word in private if word in written] == []
    assert (stat.S_IMODE(log.stat().st_mode), stat.S_IMODE(log.parent.stat().st_mode)) == (0o600, 0o700)


def test_a_mistake_on_another_thread_is_in_the_report_too(driver: Driver, told: list[str]) -> None:
    def work(_task: Task) -> None:
        int(SECRET)

    driver.window.files.run(work, "…", lambda _result: None)
    driver.qtbot.waitUntil(lambda: bool(told))
    text = report(driver)
    assert "ValueError" in text and SECRET not in text


def test_a_report_is_kept_where_a_person_says_and_copied_as_it_is_shown(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = FaultReportDialog("一行", driver.window.look, driver.window)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "一行"
    target = tmp_path / "report.txt"
    monkeypatch.setattr("ui.dialogs.fault_report.QFileDialog.getSaveFileName", lambda *_: (str(target), ""))
    dialog.save.click()
    assert target.read_text(encoding="utf-8") == "一行\n"
    refused: list[object] = []
    dialog.refused.connect(refused.append)
    gone = str(tmp_path / "gone" / "report.txt")
    monkeypatch.setattr("ui.dialogs.fault_report.QFileDialog.getSaveFileName", lambda *_: (gone, ""))
    dialog.save.click()
    assert len(refused) == 1


def test_a_log_that_grew_large_becomes_the_old_one(driver: Driver) -> None:
    log = driver.window.keeping.log
    for number in range(5):
        log.add("x" * (100_000 + number))
    names = {f.name for f in (driver.folder / "log").iterdir()}
    assert names == {"perfdesk.log", "perfdesk.log.old"}


def test_an_error_in_a_slot_of_the_running_window_reaches_the_hook(
    driver: Driver, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    Unexpected(driver.window).install()
    QTimer.singleShot(0, lambda: int(SECRET))
    driver.qtbot.waitUntil(lambda: told == [words.UNEXPECTED])


def test_a_crash_of_the_process_is_in_the_next_report_without_the_user_s_folders(driver: Driver) -> None:
    script = (
        "import faulthandler, sys; from pathlib import Path; from ui.fault_log import FaultLog;"
        "log = FaultLog(); log.folder = Path(sys.argv[1]); log.guard(); faulthandler._sigsegv()"
    )
    crashed = subprocess.run([sys.executable, "-c", script, str(driver.folder)], cwd=ROOT, check=False)
    assert crashed.returncode != 0
    text = report(driver)
    assert "Segmentation fault" in text or "access violation" in text
    assert str(ROOT) not in text
    assert stat.S_IMODE((driver.folder / "log" / "crash.log").stat().st_mode) == 0o600
