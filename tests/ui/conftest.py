"""The real window over a real store in a folder of the test's own, with the shipped face."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.driver import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """The sample unit's middle year, open."""
    driver = Driver(qtbot, tmp_path / "unit", sample=True)
    yield driver
    driver.close()


@pytest.fixture
def nobody(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """A store without any filing."""
    driver = Driver(qtbot, tmp_path / "nobody", sample=False)
    yield driver
    driver.close()
