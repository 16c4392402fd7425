"""When the disk refuses, the window says so once and keeps what was typed; afterwards saving works again."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.driver import Driver

KEY = Qt.Key


@contextmanager
def full_disk(driver: Driver) -> Iterator[None]:
    """SQLite itself refuses to write, as on a medium that became read-only."""
    with driver.space.store._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.rollback()
    yield
    with driver.space.store._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.rollback()


@pytest.fixture
def told(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The messages that would stand in a dialog."""
    messages: list[str] = []
    monkeypatch.setattr(driver.window, "tell_error", lambda error, extra="": messages.append(error.message))
    driver.window.saving.tell = driver.window.tell_error
    return messages


def test_a_cell_that_cannot_be_written_keeps_its_text_until_it_can(driver: Driver, told: list[str]) -> None:
    row = driver.leaf(4)
    driver.at(row, driver.column("value"))
    with full_disk(driver):
        driver.type("88")
        driver.key(KEY.Key_Return)
        driver.settle()
        assert len(told) == 1
        assert driver.on_disk().row(row.id) == row
        assert driver.cell_editor().toPlainText() == "88"
    driver.key(KEY.Key_Return)
    assert driver.on_disk().row(row.id).get("target") == "≥88"


def test_a_field_that_cannot_be_written_keeps_its_text_until_it_can(driver: Driver, told: list[str]) -> None:
    old = driver.filing.cell("basic/unit_name")
    editor = driver.field("basic", "unit_name")
    with full_disk(driver):
        editor.selectAll()
        driver.type("new")
        driver.window.editor.commit()
        assert len(told) == 1
        assert (driver.on_disk().cell("basic/unit_name"), editor.text()) == (old, "new")
    driver.window.editor.commit()
    assert driver.on_disk().cell("basic/unit_name") == "new"


def test_a_store_that_cannot_be_opened_is_told_and_left_untouched(nobody: Driver, tmp_path: Path) -> None:
    from ui.app import Desk

    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "perfdesk.db").write_bytes(b"this is no database, whatever its name says" * 100)
    before = (folder / "perfdesk.db").read_bytes()
    desk = Desk(folder, shipped_font=True)
    nobody.qtbot.addWidget(desk.window)
    desk.window.show()
    nobody.qtbot.waitUntil(lambda: desk.workspace.trouble is not None)
    assert (folder / "perfdesk.db").read_bytes() == before
    assert desk.workspace.store is None
    assert desk.window.middle.currentWidget() is desk.window.keeping.panel


def test_a_file_dropped_on_the_window_is_read(
    nobody: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(nobody.window, "tell_error", lambda error, extra="": told.append(error.message))
    file = tmp_path / "letter.txt"
    file.write_text("一封信", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    nobody.window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, left, none))
    nobody.qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert "letter.txt" in told[0]


def test_a_backup_that_fails_is_said_quietly_until_one_works_again(driver: Driver, told: list[str]) -> None:
    vault, status = driver.space.store.vault, driver.window.status
    folder = driver.folder / "backups"
    if folder.exists():
        folder.rename(driver.folder / "elsewhere")
    folder.write_text("a file where the folder should be")
    start = vault.clock()
    vault.clock = lambda: start + timedelta(minutes=31)
    assert driver.space.set_cell(driver.leaf(1).id, "target", "11")
    assert status.backup.isVisible()
    driver.qtbot.mouseClick(status.backup, Qt.MouseButton.LeftButton)
    assert vault.problem is not None
    assert [vault.problem.message in message for message in told] == [True]
    folder.unlink()
    vault.clock = lambda: start + timedelta(minutes=62)
    assert driver.space.set_cell(driver.leaf(1).id, "target", "12")
    assert not status.backup.isVisible()
