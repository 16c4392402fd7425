"""What the forms of a year say differently is told in the window: at each form, and on the overview; without being in the way of typing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from perfdesk.between import SUM, TWICE
from perfdesk.model.change import SetCell, apply
from perfdesk.model.finding import Place
from tests.ui.test_overview import overview, said
from tests.ui.test_projects import project
from ui.models.year_view import year_view

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.model.finding import Finding
    from tests.ui.driver import Driver


@pytest.fixture
def year(driver: Driver) -> Driver:
    """The sample's middle year, its overall target open, with two projects of one name that do not add up to its project expenditure."""
    space = driver.space
    assert driver.filing.cell("budget/project")
    space.store.add_all([project("道路", "1000"), project("道路", "500")], "导入", space.unit)
    space.listed.emit()
    wait(driver, SUM.code)
    return driver


def found(driver: Driver, code: str) -> list[Finding]:
    return [f for f in driver.space.findings if f.code == code]


def wait(driver: Driver, code: str, count: int = 1) -> Finding:
    driver.qtbot.waitUntil(lambda: len(found(driver, code)) == count)
    return found(driver, code)[0] if count else driver.space.findings[0]


def cards(driver: Driver, code: str) -> list[Any]:
    return [c for c in driver.window.findings.cards if c.finding.code == code]


def number_of(driver: Driver, name: str, nth: int = 0) -> int:
    return [i.id for i in driver.space.infos() if i.name == name and i.year == 2022][nth]


def test_it_stands_among_the_forms_own_findings_and_leads_to_its_place(year: Driver) -> None:
    (card,) = cards(year, SUM.code)
    assert "1,500.00 元" in card.finding.message
    year.turn_to("indicators")
    year.qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert year.page.section.id == "budget"
    assert year.focus() is year.page.rows["project"].editor


def test_it_goes_when_the_other_form_is_mended(year: Driver) -> None:
    space = year.space
    here, wanted = year.filing.id, project_sum(year.filing)
    year.window.open_filing(number_of(year, "道路", 1))
    wait(year, TWICE.code)
    space.set_cell("basic", "name", "桥梁")
    wait(year, TWICE.code, 0)
    space.set_cell("budget", "total", str(wanted - 1000))
    year.window.open_filing(here)
    wait(year, SUM.code, 0)


def project_sum(target: Filing) -> int:
    """In 元; the sample's target counts in 万元."""
    return int(Decimal(target.cell("budget/project")) * 10_000)


def test_it_follows_what_is_typed_here_and_what_is_taken_back(year: Driver) -> None:
    year.space.set_cell("budget", "project", "0.15")
    wait(year, SUM.code, 0)
    year.space.undo()
    wait(year, SUM.code)


def test_an_explanation_settles_it_everywhere_until_a_number_changes(year: Driver) -> None:
    finding = wait(year, SUM.code)
    assert year.window.findings.explained.explain(finding, "另有上年结转的项目")
    assert cards(year, SUM.code) == []
    here = year.filing.id
    assert SUM.code not in {t.finding.code for t in year_view(year.space).across if t.id == here}
    year.window.open_filing(number_of(year, "道路"))
    assert SUM.code not in {t.finding.code for t in year_view(year.space).across if t.id == here}
    year.space.set_cell("budget", "total", "1001")
    year.window.open_filing(here)
    year.qtbot.waitUntil(lambda: len(cards(year, SUM.code)) == 1)


def test_the_overview_tells_it_and_leads_into_the_form_it_is_about(year: Driver) -> None:
    panel = overview(year)
    messages = [t.finding.message for t in panel.view.across]
    assert {t.finding.code for t in panel.view.across} >= {SUM.code, TWICE.code}
    assert all(message in said(panel) for message in messages)
    second = number_of(year, "道路", 1)
    nth = next(n for n, t in enumerate(panel.view.across) if (t.id, t.finding.code) == (second, TWICE.code))
    year.qtbot.mouseClick(panel.across.links[nth], Qt.MouseButton.LeftButton)
    assert year.window.middle.currentWidget() is year.window.editor
    assert year.filing.id == second
    assert year.page.place() == Place("basic", "name")


def test_the_overview_in_sight_learns_of_what_is_found_later(driver: Driver) -> None:
    panel = overview(driver)
    space = driver.space
    space.store.add_all([project("道路", "1000")], "导入", space.unit)
    space.listed.emit()
    driver.qtbot.waitUntil(lambda: SUM.title in said(panel))


def test_the_counts_at_the_left_have_it_too(year: Driver) -> None:
    second, standing = number_of(year, "道路", 1), year.window.shelf.standing
    year.qtbot.waitUntil(lambda: standing(second).warnings > 0)
    state = next(f for f in year_view(year.space).forms if f.id == second)
    assert (standing(second).errors, standing(second).warnings) == (
        state.findings["error"],
        state.findings["warning"],
    )
    alone = number_of(year, "道路", 0)
    assert standing(second).warnings == standing(alone).warnings + 1


def test_an_edit_that_no_other_form_looks_at_compares_nothing(year: Driver) -> None:
    space = year.space
    others = [i.id for i in space.infos() if i.year != space.year or i.form.endswith("/self-evaluation")]
    space.store.office.delete_filings(others)
    space.listed.emit()
    resting = space.checks._resting
    space.set_cell(year.leaf(-1).id, "target", "77")
    assert not resting.isActive()
    space.set_cell("budget", "project", "1")
    assert resting.isActive()


def test_a_target_lower_than_last_years_is_told_in_the_window(year: Driver) -> None:
    space = year.space
    year.qtbot.waitUntil(lambda: space.checks._comparing is None and not space.checks._waiting)
    leaf = next(r for r in space.filing.rows if r.get("level3") == "预算执行率")
    space.set_cell(leaf.id, "target", "≥50%")
    codes = lambda: {f.code for f in space.findings}  # noqa: E731
    year.qtbot.waitUntil(lambda: "lower-than-last-year" in codes())
    space.set_cell(leaf.id, "target", "≥100%")
    year.qtbot.waitUntil(lambda: "lower-than-last-year" not in codes())


def test_many_projects_are_one_line_of_the_overview_that_leads_to_their_list(driver: Driver) -> None:
    space = driver.space
    many = [project(f"工程{n}", str(n)) for n in range(1, 41)]
    many[0] = apply(many[0], [SetCell("budget", "total", "一百")])[0]
    space.store.add_all(many, "导入", space.unit)
    space.listed.emit()
    panel = overview(driver)
    driver.qtbot.waitUntil(lambda: "项目（40 个）" in said(panel))
    alone, (together,) = panel.view.lines()
    assert set(panel.buttons) == {form.id for form in alone}
    assert together.count == 40 and together.state == "error"
    assert together.findings["error"] == sum(f.findings["error"] for f in panel.view.forms if f not in alone)
    panel.findChild(type(panel.buttons[driver.filing.id]), "all projects").click()
    assert driver.window.middle.currentWidget() is driver.window.office.projects.panel
