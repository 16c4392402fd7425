"""Data that do not open: what a person sees, and the way out, one click for the best one. Restoring is taken back the same way."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from perfdesk import catalog
from perfdesk.sample import sample_filings
from perfdesk.store import Store
from tests.making import counter
from tests.ui.test_files import answer
from ui.app import Desk
from ui.dialogs.backups import BackupsDialog
from ui.messages import faults as words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.driver import Driver

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data with one filing and a backup of it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    folder = tmp_path / "unit"
    with Store.open(folder) as store:
        store.add(sample_filings(catalog.load(), counter())[0], "导入")
        store.set_setting("tour/seen", "1")
        store.backup()
    return folder


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[[Path], Desk]]:
    """The window over a folder whose data do not open; it says so in its middle, and in no dialogue."""
    desks: list[Desk] = []

    def opened(folder: Path) -> Desk:
        desk = Desk(folder, shipped_font=True)
        desks.append(desk)
        qtbot.addWidget(desk.window)
        desk.window.show()
        qtbot.waitUntil(lambda: desk.workspace.trouble is not None)
        assert desk.window.middle.currentWidget() is desk.window.keeping.panel
        assert QApplication.activeModalWidget() is None
        return desk

    yield opened
    for desk in desks:
        desk.close()


def seen(desk: Desk) -> tuple[str, list[str]]:
    panel = desk.window.keeping.panel
    return panel.title.text(), [b.text() for b in panel.buttons]


def take(qtbot: QtBot, desk: Desk, text: str = "") -> None:
    """The first button, or the one that says so."""
    button = next(b for b in desk.window.keeping.panel.buttons if text in b.text())
    qtbot.mouseClick(button, LEFT)


def damage(folder: Path) -> bytes:
    file = folder / "perfdesk.db"
    file.write_bytes(file.read_bytes()[:7000])
    return file.read_bytes()


def test_a_damaged_store_is_restored_with_one_click_and_the_damaged_file_is_kept(
    qtbot: QtBot, used: Path, opened: Callable[[Path], Desk]
) -> None:
    spoilt = damage(used)
    desk = opened(used)
    title, buttons = seen(desk)
    actions = desk.window.actions_by_id
    assert not any(actions[name].isEnabled() for name in ("new", "import-file", "units", "backups"))
    assert title == words.TROUBLES["damaged"][0]
    assert buttons[0].startswith("恢复到 20") and buttons[1:] == [
        words.OTHER_BACKUP,
        words.SHOW_FOLDER,
        words.AGAIN,
    ]
    take(qtbot, desk)
    assert desk.workspace.filing is not None and desk.workspace.trouble is None
    assert desk.window.middle.currentWidget() is desk.window.editor
    assert all(actions[name].isEnabled() for name in ("new", "import-file", "units", "backups"))
    (kept,) = used.glob("perfdesk-damaged-*.db")
    assert kept.read_bytes() == spoilt
    assert "另外保留" in desk.window.notice.text.text()


def test_without_a_good_backup_nothing_is_promised(used: Path, opened: Callable[[Path], Desk]) -> None:
    damage(used)
    for backup in used.joinpath("backups").glob("*.db"):
        backup.write_bytes(b"rubbish")
    desk = opened(used)
    assert seen(desk)[1] == [words.SHOW_FOLDER, words.AGAIN]
    assert "没有找到完好的备份" in desk.window.keeping.panel.text.text()


def test_a_lost_store_is_brought_back(qtbot: QtBot, used: Path, opened: Callable[[Path], Desk]) -> None:
    (used / "perfdesk.db").unlink()
    desk = opened(used)
    assert seen(desk)[0] == words.TROUBLES["lost"][0]
    take(qtbot, desk)
    assert desk.workspace.filing is not None


@pytest.mark.parametrize(
    ("code", "pragma"), [("newer", "user_version = 99"), ("foreign", "application_id = 77")]
)
def test_a_store_of_another_program_or_a_newer_one_is_left_alone(
    used: Path, opened: Callable[[Path], Desk], code: str, pragma: str
) -> None:
    conn = sqlite3.connect(used / "perfdesk.db")
    conn.execute(f"PRAGMA {pragma}")
    conn.commit()
    conn.close()
    before = (used / "perfdesk.db").read_bytes()
    desk = opened(used)
    assert seen(desk) == (words.TROUBLES[code][0], [words.AGAIN, words.ELSEWHERE, words.SHOW_FOLDER])
    assert (used / "perfdesk.db").read_bytes() == before


def test_a_store_that_is_in_use_opens_when_it_is_free(
    qtbot: QtBot, used: Path, opened: Callable[[Path], Desk]
) -> None:
    other = Store.open(used)
    desk = opened(used)
    assert seen(desk)[0] == words.TROUBLES["locked"][0]
    take(qtbot, desk)
    assert desk.workspace.store is None
    other.close()
    take(qtbot, desk)
    assert desk.workspace.filing is not None


def test_data_in_a_sync_folder_are_copied_here_with_one_click_and_found_the_next_time(
    qtbot: QtBot, used: Path, opened: Callable[[Path], Desk], tmp_path: Path
) -> None:
    synced = tmp_path / "OneDrive - 某局"
    used.rename(synced)
    here = tmp_path / "share" / "PerfDesk"
    desk = opened(synced)
    assert seen(desk) == (words.UNSAFE_TITLE, [words.MAKE_COPY, words.ELSEWHERE])
    assert str(here) in desk.window.keeping.panel.text.text()
    take(qtbot, desk)
    assert desk.workspace.filing is not None and desk.folder == here
    desk.close()
    again = opened(synced)
    assert seen(again)[1][0] == words.OPEN_COPY
    take(qtbot, again)
    assert again.workspace.filing is not None and again.folder == here


def test_another_folder_can_be_chosen(
    qtbot: QtBot, used: Path, opened: Callable[[Path], Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(tmp_path / "Dropbox" / "data")
    monkeypatch.setattr("ui.keeping.QFileDialog.getExistingDirectory", lambda *_: "")
    take(qtbot, desk, words.ELSEWHERE)
    assert desk.workspace.trouble is not None
    monkeypatch.setattr("ui.keeping.QFileDialog.getExistingDirectory", lambda *_: str(used))
    take(qtbot, desk, words.ELSEWHERE)
    assert desk.workspace.filing is not None and desk.folder == used


def test_a_backup_is_restored_in_three_clicks_and_that_is_taken_back_with_one(driver: Driver) -> None:
    store, window = driver.space.store, driver.window
    old = driver.filing.cell("basic/goal")
    store.backup()
    assert driver.space.set_cell("basic", "goal", "after the backup")

    def choose(dialog: Any) -> None:
        assert isinstance(dialog, BackupsDialog)
        assert "手工备份" in dialog.list.currentItem().text()
        driver.qtbot.mouseClick(dialog.take_button, LEFT)

    answer(driver, choose)
    window.top.unit.menu().popup(window.mapToGlobal(window.rect().center()))  # the first click
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = window.actions_by_id["backups"]
    assert action in menu.actions()
    driver.qtbot.mouseClick(
        menu, LEFT, pos=menu.actionGeometry(action).center()
    )  # the second; the third is above
    driver.qtbot.waitUntil(lambda: driver.filing.cell("basic/goal") == old)
    assert driver.on_disk().cell("basic/goal") == old
    driver.qtbot.mouseClick(window.notice.link, LEFT)
    assert driver.on_disk().cell("basic/goal") == "after the backup"
    assert driver.filing.cell("basic/goal") == "after the backup"


def test_a_backup_can_be_made_at_once_and_is_the_first_of_the_list(driver: Driver) -> None:
    before = len(driver.space.store.backups())

    def make(dialog: Any) -> None:
        count = dialog.list.count()
        driver.qtbot.mouseClick(dialog.now, LEFT)
        assert dialog.list.count() == max(count, 1) + (before > 0)
        dialog.reject()

    answer(driver, make)
    driver.window.actions_by_id["backups"].trigger()
    assert len(driver.space.store.backups()) == before + 1


def test_a_backup_is_sent_to_another_place_and_what_stands_there_is_not_overwritten_blindly(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(driver.window, "tell_error", lambda error, extra="": told.append(error.code))
    (tmp_path / "letter.db").write_text("a letter " * 200)
    names = [str(tmp_path / "copy.db"), str(tmp_path / "letter.db")]
    monkeypatch.setattr("ui.dialogs.backups.QFileDialog.getSaveFileName", lambda *_: (names.pop(0), ""))

    def send(dialog: Any) -> None:
        for _ in range(2):
            driver.qtbot.mouseClick(dialog.away, LEFT)
        dialog.reject()

    answer(driver, send)
    driver.window.actions_by_id["backups"].trigger()
    copy = tmp_path / "copy.db"
    assert told == ["damaged"] and copy.stat().st_size > 10_000
    driver.space.set_cell("basic", "goal", "later")
    driver.window.keeping.restore(copy)
    assert driver.filing.cell("basic/goal") != "later"


def test_a_file_that_is_no_backup_is_told_and_changes_nothing(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(driver.window, "tell_error", lambda error, extra="": told.append(error.code))
    (tmp_path / "letter.db").write_text("no backup at all " * 100)
    before = driver.on_disk()
    driver.window.keeping.restore(tmp_path / "letter.db")
    assert told == ["damaged"] and driver.on_disk() == before


def test_nothing_is_restored_where_nothing_is_chosen(driver: Driver) -> None:
    before = driver.on_disk()
    answer(driver, QDialog.reject)
    driver.window.actions_by_id["backups"].trigger()
    assert driver.on_disk() == before
