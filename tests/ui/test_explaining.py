"""Warnings can be explained where they stand; what is explained is folded away until its cells change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from perfdesk.errors import UserError

if TYPE_CHECKING:
    from tests.ui.driver import Driver

KEY = Qt.Key


def panel(driver: Driver) -> Any:
    return driver.window.findings


def warning_card(driver: Driver) -> Any:
    """A warning that stands at a cell of the tree."""
    cards = panel(driver).cards
    return next(c for c in cards if c.finding.severity == "warning" and c.finding.place.row is not None)


def explain(driver: Driver, text: str) -> Any:
    card = warning_card(driver)
    finding = card.finding
    card.follow("explain")
    driver.type(text)
    driver.ctrl(KEY.Key_Return)
    driver.settle()
    return finding


def shown(driver: Driver) -> list[Any]:
    return [c.finding for c in panel(driver).cards]


def settled_button(driver: Driver) -> QPushButton:
    return next(h for h in panel(driver).column.heads if isinstance(h, QPushButton))


def test_an_explained_warning_is_folded_away_and_kept_with_the_filing(driver: Driver) -> None:
    finding = explain(driver, "new duty")
    assert finding not in shown(driver)
    filing = driver.filing.id
    assert [e.text for e in driver.space.store.office.explanations(filing)] == ["new duty"]
    driver.qtbot.mouseClick(settled_button(driver), Qt.MouseButton.LeftButton)
    [card] = [c for c in panel(driver).cards if c.finding == finding]
    assert card.text == "new duty"
    driver.space.open(filing)
    assert panel(driver).explained.settled == ((finding, "new duty"),)


def test_a_changed_cell_opens_the_warning_again_and_undo_settles_it(driver: Driver) -> None:
    finding = explain(driver, "ok")
    row, column = finding.place.row, finding.place.column or "target"
    driver.space.set_cell(row, column, "")
    driver.space.check_now()
    assert panel(driver).explained.settled == ()
    driver.space.undo()
    driver.space.check_now()
    assert panel(driver).explained.settled == ((finding, "ok"),)


def test_an_explanation_can_be_taken_back(driver: Driver) -> None:
    finding = explain(driver, "ok")
    panel(driver).column.fold()
    card = next(c for c in panel(driver).cards if c.finding == finding)
    card.follow("away")
    assert panel(driver).explained.settled == ()
    assert finding in shown(driver)


def test_an_error_cannot_be_explained_away(driver: Driver) -> None:
    card = next(c for c in panel(driver).cards if c.finding.severity == "error")
    assert '"explain"' not in card.links.text()


def test_escape_leaves_the_explanation_unwritten(driver: Driver) -> None:
    card = warning_card(driver)
    card.follow("explain")
    driver.type("half")
    driver.key(KEY.Key_Escape)
    assert card.editor is None
    assert driver.space.store.office.explanations(driver.filing.id) == ()


def test_an_explanation_being_written_outlives_a_check_that_finds_something_else(driver: Driver) -> None:
    card = warning_card(driver)
    card.follow("explain")
    driver.type("half a word")
    other = driver.leaf(0)
    before = shown(driver)
    driver.space.set_cell(other.id, "level3", "")
    driver.space.check_now()
    driver.settle()
    assert shown(driver) != before
    assert card in panel(driver).cards
    assert card.editor.toPlainText() == "half a word"


def test_findings_stand_under_their_section_with_counts_and_can_be_narrowed(driver: Driver) -> None:
    every = shown(driver)
    filing = driver.filing
    sections = {r.id: driver.space.form.section(r.section).label for r in filing.rows}
    wanted = list(dict.fromkeys(sections.get(f.place.row, "整份填报") for f in every))
    assert [h.text().split(" · ")[0] for h in panel(driver).column.heads] == wanted
    driver.qtbot.mouseClick(panel(driver).buttons["error"], Qt.MouseButton.LeftButton)
    assert shown(driver) == [f for f in every if f.severity == "error"]
    assert panel(driver).buttons["error"].text() == f"错误 {len(shown(driver))}"
    driver.qtbot.mouseClick(panel(driver).buttons[""], Qt.MouseButton.LeftButton)
    assert shown(driver) == every


def test_an_explanation_that_cannot_be_kept_stays_in_its_editor(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[UserError] = []
    driver.space.refused.disconnect()
    driver.space.refused.connect(told.append)
    unit = driver.space.store.units()[0].id
    driver.space.store.office.archive_year(unit, driver.filing.year)
    card = warning_card(driver)
    card.follow("explain")
    driver.type("kept")
    driver.ctrl(KEY.Key_Return)
    assert [e.code for e in told] == ["archived"]
    assert card.editor.toPlainText() == "kept"
