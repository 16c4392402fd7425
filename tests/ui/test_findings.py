"""Findings lead to their place, their fixes are steps, and official exports wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from perfdesk.model.change import RemoveRow, Step
from ui.files import FileCommands
from ui.side import FINDINGS, HISTORY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver


def card(driver: Driver, section: str, fixable: bool = False) -> Any:
    """The first card whose place is in the section."""
    cards = driver.window.findings.cards
    in_section = [
        c for c in cards if (row := driver.filing.row(c.finding.place.row)) and row.section == section
    ]
    return next(c for c in in_section if c.finding.fixes or not fixable)


def test_a_click_on_a_finding_goes_to_its_field(driver: Driver) -> None:
    one = card(driver, "budget")
    driver.qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    assert driver.page.section.id == "budget"
    assert driver.focus() is driver.page.rows[one.finding.place.column].editor


def test_the_jump_link_goes_to_a_row_of_the_tree_even_when_it_is_folded_away(driver: Driver) -> None:
    one = card(driver, "indicators")
    driver.grid.collapseAll()
    driver.turn_to("basic")
    one.follow("jump")
    assert driver.here().id == one.finding.place.row
    assert driver.grid.visualRect(driver.grid.currentIndex()).isValid()
    assert driver.focus() is driver.grid


def test_a_fix_link_is_a_step_that_undo_takes_back(driver: Driver) -> None:
    before = driver.filing.rows
    one = card(driver, "budget", fixable=True)
    finding = one.finding
    one.follow("0")
    driver.qtbot.waitUntil(lambda: finding not in driver.space.findings)
    assert driver.on_disk().rows != before
    driver.ctrl(Qt.Key.Key_Z)
    assert driver.filing.rows == before
    driver.qtbot.waitUntil(lambda: finding in driver.space.findings)


def test_every_finding_has_a_card_and_the_tab_and_the_status_count_them(driver: Driver) -> None:
    shown = [c.finding for c in driver.window.findings.cards]
    assert shown == list(driver.space.findings)
    severities = [f.severity for f in shown]
    counts = driver.window.status.counts.text()
    assert f"错误 {severities.count('error')}" in counts
    assert f"提醒 {severities.count('warning')}" in counts


def test_a_row_with_a_finding_carries_its_edge_and_its_sentence(driver: Driver) -> None:
    from ui.models.cell import CELL

    finding = card(driver, "indicators").finding
    model = driver.page.model
    index = model.index_of(finding.place.row)
    assert model.data(index, CELL).edge == finding.severity
    assert finding.message in model.data(index, Qt.ItemDataRole.ToolTipRole)


def test_f8_shows_the_findings_and_goes_to_the_first(driver: Driver) -> None:
    driver.window.side.turn_to(HISTORY)
    driver.key(Qt.Key.Key_F8)
    assert driver.window.side.current() == FINDINGS
    first = driver.space.findings[0]
    assert driver.page.section.id == driver.filing.row(first.place.row).section


# --- export ---


def files(driver: Driver) -> FileCommands:
    return driver.window.files


def test_an_official_export_with_errors_is_refused_and_the_draft_offered(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    monkeypatch.setattr(
        driver.window, "tell_error", lambda error, extra="": offered.append(f"{error.code} {extra}")
    )
    files(driver).export("docx")
    assert len(offered) == 1
    assert offered[0].startswith("errors-open ")
    assert files(driver).task is None


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf"])
def test_a_draft_is_written_off_the_thread_of_the_window(driver: Driver, tmp_path: Path, format: str) -> None:
    target = tmp_path / f"out.{format}"
    files(driver).write(target, draft=True)
    assert driver.window.notice.is_busy()
    driver.qtbot.waitUntil(lambda: files(driver).task is None, timeout=30_000)
    assert target.stat().st_size > 1000
    assert target.name in driver.window.notice.text.text()


def test_a_place_that_cannot_be_written_is_told_in_one_message(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(driver.window, "tell_error", lambda error, extra="": told.append(error.message))
    blocked = tmp_path / "file"
    blocked.write_text("")
    files(driver).write(blocked / "out.docx", draft=True)
    driver.qtbot.waitUntil(lambda: files(driver).task is None, timeout=30_000)
    assert len(told) == 1


def test_what_is_missing_leads_to_where_it_would_stand(driver: Driver) -> None:
    """A heading without indicators: to the heading; no heading at all: into the tree."""
    tops = [r for r in driver.rows("indicators") if r.parent is None]
    groups = [r for r in driver.rows("indicators") if r.parent == tops[-1].id]
    driver.space.apply(Step("删", tuple(RemoveRow(r.id) for r in groups)))
    driver.space.check_now()
    card = missing_card(driver)
    driver.turn_to("basic")
    assert 'href="jump"' in card.links.text()
    card.follow("jump")
    assert (driver.page.section.id, driver.here().id) == ("indicators", tops[-1].id)
    driver.space.apply(Step("删", (RemoveRow(tops[-1].id),)))
    driver.space.check_now()
    card = missing_card(driver)
    driver.turn_to("basic")
    card.follow("jump")
    assert driver.page.section.id == "indicators"


def missing_card(driver: Driver) -> Any:
    return next(c for c in driver.window.findings.cards if c.finding.code == "indicators-missing")
