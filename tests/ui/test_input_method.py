"""Half-typed words of an input method are never lost, wherever the typing is interrupted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from tests.ui.driver import Driver

INTERRUPTIONS: dict[str, Callable[[Driver], object]] = {
    "another tab": lambda d: d.turn_to("budget"),
    "another field": lambda d: d.field("basic", "unit_name"),
    "another filing": lambda d: d.window.open_filing(
        next(i.id for i in d.space.infos() if i.id != d.filing.id)
    ),
    "closing": lambda d: d.window.close(),
    "check": lambda d: d.key(Qt.Key.Key_F8),
}


@pytest.mark.parametrize("interruption", INTERRUPTIONS)
def test_a_half_typed_word_in_a_text_is_kept(driver: Driver, interruption: str) -> None:
    filing = driver.filing.id
    driver.field("basic", "goal").selectAll()
    driver.compose("住房")
    driver.preedit("bao'zhang")
    INTERRUPTIONS[interruption](driver)
    assert driver.space.store.filing(filing).cell("basic/goal") == "住房bao'zhang"


def test_a_half_typed_word_in_a_cell_is_kept(driver: Driver) -> None:
    row = driver.leaf(-1)
    driver.at(row, 0)
    driver.preedit("man'yi")
    driver.turn_to("tasks")
    assert driver.on_disk().row(row.id).get("level3") == "man'yi"


def test_composing_over_a_selected_cell_replaces_it_like_typing(driver: Driver) -> None:
    row = driver.leaf(-1)
    driver.at(row, 0)
    driver.preedit("man'yi")
    driver.compose("满意")
    driver.key(Qt.Key.Key_Return)
    assert driver.on_disk().row(row.id).get("level3") == "满意"


def test_closing_the_window_while_typing_keeps_the_text(driver: Driver) -> None:
    row = driver.leaf(4)
    driver.at(row, driver.column("value"))
    driver.type("88")
    driver.window.close()
    assert driver.on_disk().row(row.id).get("target") == "≥88"


def test_undo_while_composing_gives_up_the_composition_only(driver: Driver) -> None:
    old = driver.filing.cell("basic/unit_name")
    driver.field("basic", "unit_name")
    driver.preedit("dan'wei")
    driver.ctrl(Qt.Key.Key_Z)
    driver.turn_to("tasks")
    assert driver.filing.cell("basic/unit_name") == old
