"""The window with its data on a server, and somebody else who writes there, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from perfdesk.model.change import SetCell, Step
from perfdesk.store import Store
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def shared(qtbot: QtBot, on_server: Path) -> Iterator[Driver]:
    driver = Driver(qtbot, on_server, sample=True)
    yield driver
    driver.close()


def test_what_somebody_else_wrote_is_shown_and_what_is_typed_is_saved_beside_it(shared: Driver) -> None:
    messages: list[str] = []
    shared.window.saving.tell = lambda error, extra="": messages.append(error.message)
    filing = shared.filing.id
    goal = shared.field("basic", "goal")
    with Store.open(shared.folder) as other:
        other.filing(filing)
        other.apply(filing, Step("别人写的", (SetCell("budget", "fiscal", "1.23"),)))
        goal.selectAll()
        shared.type("mine")
        shared.key(Qt.Key.Key_Tab)
        assert len(messages) == 1 and "刚被" in messages[0]
        assert shared.filing.cell("budget/fiscal") == "1.23"
        assert goal.toPlainText() == "mine"
        goal.setFocus()
        shared.key(Qt.Key.Key_Tab)
        there = other.filing(filing)
    assert (there.cell("basic/goal"), there.cell("budget/fiscal")) == ("mine", "1.23")
    assert len(messages) == 1
