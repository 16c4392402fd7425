"""What is explained is settled: no count of the window counts it, and each says how many there are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.ui.driver import Driver


def explain_all_warnings(driver: Driver) -> int:
    explained = driver.window.findings.explained
    warnings = [f for f in explained.open if f.severity == "warning"]
    for finding in warnings:
        assert explained.explain(finding, "情况属实")
    return len(warnings)


def test_status_line_tab_and_overview_count_the_same(driver: Driver) -> None:
    errors = sum(1 for f in driver.space.findings if f.severity == "error")
    settled = explain_all_warnings(driver)
    assert settled > 0
    assert driver.window.status.counts.text() == f"错误 {errors} · 提醒 0 · 已说明 {settled}"
    driver.window.office.overview()
    seen = next(f for f in driver.window.overview.view.forms if f.id == driver.filing.id)
    waiting = Counter(f.severity for f in driver.window.findings.explained.open)
    assert (Counter(seen.findings), seen.settled) == (waiting, settled)
    assert seen.findings.get("warning", 0) == 0


def test_the_dot_of_a_form_whose_warnings_are_all_explained_is_green(driver: Driver) -> None:
    for finding in [f for f in driver.space.findings if f.severity == "error" and f.fixes]:
        if finding in driver.space.findings:
            driver.space.apply(finding.fixes[0])
            driver.space.check_now()
    left = [f for f in driver.space.findings if f.severity == "error"]
    explain_all_warnings(driver)
    wanted = "error" if left else "clean"
    here = driver.filing.id

    def dot() -> str:
        return next(e.standing.state for e in driver.window.shelf.entries() if e.id == here)

    assert dot() == wanted
    other = next(i.id for i in driver.space.infos() if i.id != here)
    driver.space.open(other)
    driver.window.shelf._known.clear()
    driver.window.shelf.refresh()
    driver.qtbot.waitUntil(lambda: dot() != "")
    assert dot() == wanted
