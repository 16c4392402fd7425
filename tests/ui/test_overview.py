"""The year at a glance: forms, findings, amounts beside last year's; from everywhere and back to the forms."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from perfdesk.check import check
from perfdesk.sample import sample_budgets
from ui.drawings import StackedBar
from ui.models.year_view import year_view

if TYPE_CHECKING:
    from tests.ui.driver import Driver


def overview(driver: Driver) -> Any:
    driver.qtbot.mouseClick(driver.window.navigation.overview, Qt.MouseButton.LeftButton)
    assert driver.window.middle.currentWidget() is driver.window.overview
    return driver.window.overview


def said(panel: Any) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel))


def test_the_overview_counts_what_the_checks_find_in_every_form_of_the_year(driver: Driver) -> None:
    view = year_view(driver.space)
    ids = [i.id for i in driver.space.infos() if i.year == driver.filing.year]
    assert driver.filing.id in ids and [f.id for f in view.forms] == ids
    filings = [driver.space.store.filing(i) for i in ids]
    severities = [f.severity for one in filings for f in check(driver.space.catalog.form(one.form), one)]
    assert {s: n for s, n in view.counts().items() if n} == {s: severities.count(s) for s in set(severities)}
    text = said(overview(driver))
    assert f"错误 {severities.count('error')}" in text


def test_amounts_stand_beside_those_of_the_year_before_in_words_and_as_bars(driver: Driver) -> None:
    view = year_view(driver.space)
    assert view.money is not None and view.before is not None
    assert (view.money.year, view.before.year) == (2022, 2021)
    panel = overview(driver)
    bars = panel.findChildren(StackedBar)
    assert len(bars) == len(view.money.splits) + len(view.before.splits)
    assert all(abs(sum(bar.shares) - 1) < 1e-9 for bar in bars)
    for split in view.money.splits:
        for name, _ in split.parts:
            assert name in said(panel)


def test_years_in_other_units_are_compared_in_one(driver: Driver) -> None:
    driver.space.choose(driver.space.unit, 2023)
    view = year_view(driver.space)
    assert view.money is not None and view.before is not None
    assert (view.money.unit, view.before.unit) == ("元", "万元")
    change = view.change()
    assert change is not None and abs(change) < Decimal(100)


def test_the_fixed_assets_of_a_budget_are_not_taken_for_the_years_money(nobody: Driver) -> None:
    store = nobody.space.store
    budget = next(f for f in sample_budgets(nobody.space.catalog, store.new_id) if f.year == 2022)
    nobody.space.add(budget, "导入", "某单位")
    assert [f.id for f in year_view(nobody.space).forms] == [nobody.filing.id]
    assert year_view(nobody.space).money is None


def test_an_empty_year_says_so_and_a_year_without_amounts_draws_no_bar(nobody: Driver) -> None:
    from perfdesk.catalog import new_filing

    form = nobody.space.catalog.form("zhengzhou-2023/overall-target")
    nobody.space.add(new_filing(form, 2025, "某单位", nobody.space.store.new_id), "新建", "某单位")
    panel = overview(nobody)
    assert panel.findChildren(StackedBar) == []
    assert "还没有填写金额" in said(panel)


def test_a_form_opens_from_the_overview_by_mouse_and_the_overview_by_key(driver: Driver) -> None:
    panel = overview(driver)
    assert driver.window.navigation.overview.isChecked()
    assert not driver.window.side.isVisible()
    driver.qtbot.mouseClick(panel.buttons[driver.filing.id], Qt.MouseButton.LeftButton)
    assert driver.window.middle.currentWidget() is driver.window.editor
    assert driver.window.side.isVisible()
    assert not driver.window.navigation.overview.isChecked()
    driver.key(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert driver.window.middle.currentWidget() is driver.window.overview


def test_another_year_opens_with_its_overview_and_a_finding_leads_into_the_form(driver: Driver) -> None:
    driver.window.top.picked.emit(driver.space.unit, 2021)
    assert driver.window.middle.currentWidget() is driver.window.overview
    assert driver.filing.year == 2021
    driver.window.top.picked.emit(driver.space.unit, 2022)
    driver.key(Qt.Key.Key_F8)
    assert driver.window.middle.currentWidget() is driver.window.editor
