"""The real window over a real store in a folder of the test's own, with the shipped face."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.ui.driver import Driver
from ui.app import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="session")
def sample_folder(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample unit as a first start leaves it, and a second one with the backup of the day."""
    folder = tmp_path_factory.mktemp("sample") / "unit"
    for _ in range(2):
        desk = Desk(folder, sample=True, shipped_font=True)
        desk.open_store()
        desk.close()
        desk.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return folder


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path, sample_folder: Path) -> Iterator[Driver]:
    """The sample unit's middle year, open."""
    shutil.copytree(sample_folder, tmp_path / "unit")
    driver = Driver(qtbot, tmp_path / "unit", sample=True)
    yield driver
    driver.close()


@pytest.fixture
def nobody(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """A store without any filing."""
    driver = Driver(qtbot, tmp_path / "nobody", sample=False)
    yield driver
    driver.close()
