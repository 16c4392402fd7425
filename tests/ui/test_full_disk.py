"""A disk that is really full under the open window: one message, the data as before, and on it goes when there is room."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.store.test_disk_faults import fill
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

MOUNTS = os.name == "posix" and os.geteuid() == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    point = tmp_path / "disk"
    point.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(point)]
    if not MOUNTS or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("只有管理员可以挂载小磁盘")
    yield point
    subprocess.run(["umount", "--lazy", str(point)], check=True)


@pytest.fixture
def on_disk(qtbot: QtBot, disk: Path) -> Iterator[Driver]:
    driver = Driver(qtbot, disk / "unit", sample=True)
    yield driver
    driver.window.saving.tell = lambda error, extra="": True
    driver.close()


def test_typing_into_many_fields_is_told_once_and_all_of_it_saved_when_there_is_room(
    on_disk: Driver, disk: Path
) -> None:
    told: list[str] = []

    def tell(error, extra="") -> bool:
        told.append(error.code)
        return False

    on_disk.window.saving.tell = tell
    on_disk.window.saving._timer.setInterval(50)
    before = on_disk.on_disk()
    ballast = fill(disk)
    goal = on_disk.field("basic", "goal")
    goal.selectAll()
    on_disk.type("a long text " * 5)
    on_disk.page.fields[0].binding.write_through()
    name = on_disk.field("basic", "unit_name")
    name.selectAll()
    on_disk.type("another name")
    on_disk.turn_to("indicators")
    on_disk.at(on_disk.leaf(4), on_disk.column("value"))
    on_disk.type("88")
    on_disk.key(Qt.Key.Key_Return)
    on_disk.settle()
    assert told == ["disk-full"]
    assert on_disk.on_disk() == before
    ballast.unlink()
    on_disk.qtbot.waitUntil(lambda: on_disk.window.saving.fault is None, timeout=10_000)
    after = on_disk.on_disk()
    assert after.cell("basic/goal").startswith("a long text a long text")
    assert after.cell("basic/unit_name") == "another name"
    assert after.row(on_disk.leaf(4).id).get("target") == "≥88"
    assert told == ["disk-full"] and on_disk.space.store.verify() == ()


def test_an_export_onto_a_full_disk_and_into_a_folder_that_is_gone_is_one_message_each(
    driver: Driver, disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(driver.window, "tell_error", lambda error, extra="": told.append(error.message))
    (disk / "old.docx").write_bytes(b"old")
    fill(disk)
    driver.window.files.write(disk / "old.docx", draft=True)
    driver.qtbot.waitUntil(lambda: driver.window.files.task is None, timeout=30_000)
    assert len(told) == 1 and "磁盘空间不足" in told[0]
    assert (disk / "old.docx").read_bytes() == b"old"
    assert {p.name for p in disk.iterdir()} == {"old.docx", "ballast"}
    (tmp_path / "file").write_text("x")
    driver.window.files.write(tmp_path / "file" / "form.docx", draft=True)
    driver.qtbot.waitUntil(lambda: driver.window.files.task is None, timeout=30_000)
    assert len(told) == 2 and "文件夹" in told[1]


def test_a_new_filing_that_does_not_fit_is_told_and_not_half_there(on_disk: Driver, disk: Path) -> None:
    told: list[str] = []

    def tell(error, extra="") -> bool:
        told.append(error.code)
        return False

    on_disk.window.saving.tell = tell
    count = len(on_disk.space.all_infos())
    ballast = fill(disk)
    assert on_disk.window.files.create(on_disk.space.form, 2031, "另一个单位") is None
    assert told == ["disk-full"] and len(on_disk.space.all_infos()) == count
    ballast.unlink()
    assert on_disk.window.files.create(on_disk.space.form, 2031, "另一个单位") is not None
