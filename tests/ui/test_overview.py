"""The year at a glance: forms, findings, amounts beside last year's; from everywhere and back to the forms."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from perfdesk.check import check
from perfdesk.projects import AMOUNT
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
    severities += [told.finding.severity for told in view.across]  # the forms may have been compared by now
    assert {s: n for s, n in view.counts().items() if n} == {s: severities.count(s) for s in set(severities)}
    text = said(overview(driver))
    assert f"错误 {severities.count('error')}" in text


def test_amounts_stand_beside_those_of_the_year_before_in_words_and_as_bars(driver: Driver) -> None:
    amounts = year_view(driver.space).amounts
    years = [money for one in amounts for money in (one.now, one.before) if money is not None]
    assert [money.year for money in years] == [2022, 2021] * len(amounts)
    panel = overview(driver)
    bars = panel.findChildren(StackedBar)
    assert len(bars) == sum(len(money.splits) for money in years)
    assert all(abs(sum(bar.shares) - 1) < 1e-9 for bar in bars)
    for split in (split for money in years for split in money.splits):
        for name, _ in split.parts:
            assert name in said(panel)


def test_years_in_other_units_are_compared_in_one(driver: Driver) -> None:
    driver.space.choose(driver.space.unit, 2023)
    target = year_view(driver.space).amounts[0]
    assert target.now is not None and target.before is not None
    assert (target.now.unit, target.before.unit) == ("元", "万元")
    change = target.change()
    assert change is not None and abs(change) < Decimal(100)


def test_a_budget_shows_its_income_and_expenditure_and_not_its_fixed_assets(nobody: Driver) -> None:
    store = nobody.space.store
    for budget in sample_budgets(nobody.space.catalog, store.new_id):
        if budget.year in (2021, 2022):
            nobody.space.add(budget, "导入", "某单位")
    assert nobody.filing.year == 2022
    (one,) = year_view(nobody.space).amounts
    views = {m.year: m for m in (one.now, one.before) if m}
    budgeted = nobody.space.values.budget
    shown = budgeted.view("收支总表").cell("income_total", "income_amount").amount("万元").value
    assert views[2022].total == shown == sum(v for _, v in views[2022].splits[0].parts)
    assert [s.label for s in views[2022].splits] == ["收入来源", "支出分类"]
    for now, then in zip(views[2022].splits, views[2021].splits, strict=True):
        first = [name for name, _ in now.parts if name != "其余"]
        assert first == [name for name, _ in then.parts if name != "其余"]
    panel = overview(nobody)
    assert "住房保障支出" in said(panel) and "房屋" not in said(panel).replace("住房", "")


def test_projects_are_one_sum_beside_last_years_in_one_unit(nobody: Driver) -> None:
    from dataclasses import replace

    from perfdesk.catalog import new_filing
    from perfdesk.model.change import SetCell, apply

    form = nobody.space.catalog.form("hebei-2022/project-target")
    other = {"元": "万元", "万元": "元"}[form.amount_unit]
    for year, amount, unit in ((2022, "12", ""), (2022, "30000", other), (2021, "8", "")):
        made = new_filing(form, year, "某单位", nobody.space.store.new_id)
        section, _, column = AMOUNT.partition("/")
        filled, _ = apply(made, (SetCell(section, column, amount),))
        nobody.space.add(replace(filled, amount_unit=unit), "导入", "某单位")
    nobody.space.choose("某单位", 2022)
    (one,) = year_view(nobody.space).amounts
    second = Decimal(30000) * (Decimal(10000) if other == "万元" else Decimal("0.0001"))
    assert one.now is not None and one.before is not None
    assert (one.now.total, one.before.total) == (12 + second, 8)
    assert one.title == "项目（2 个合计）"


def test_a_budget_that_was_filled_by_code_is_not_grey(nobody: Driver) -> None:
    store = nobody.space.store
    budget = next(f for f in sample_budgets(nobody.space.catalog, store.new_id) if f.year == 2022)
    nobody.space.add(budget, "导入", "某单位")
    wrong = nobody.rows("spending")[0]
    assert year_view(nobody.space).forms[0].state == "clean"
    nobody.space.set_cell(wrong.id, "basic.general", "十万")
    nobody.space.check_now()
    assert year_view(nobody.space).forms[0].state == "error"
    entry = next(e for e in nobody.window.shelf.entries() if e.id == nobody.filing.id)
    assert entry.standing.state == "error"
    assert "必填 0/0" not in said(overview(nobody))


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
