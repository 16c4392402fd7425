"""The sample unit's department budgets: they say the same as its overall targets, and nothing is wrong in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.derive import derive
from perfdesk.document.blocks import Paragraph
from perfdesk.model.filing import Filing
from perfdesk.sample import sample_budgets, sample_filings
from perfdesk.values import MONEY_UNITS, parse_amount
from tests.making import catalog, counter

YEARS = (2021, 2022, 2023)


def of(filings: tuple[Filing, ...], year: int) -> Filing:
    return next(f for f in filings if f.year == year)


def said(filing: Filing, column: str) -> Decimal:
    """An amount of an overall target in 万元."""
    unit = filing.amount_unit or catalog().form(filing.form).amount_unit
    value = parse_amount(filing.cell(f"budget/{column}"), unit).value or Decimal(0)
    return value * MONEY_UNITS[unit] / MONEY_UNITS["万元"]


@pytest.mark.parametrize("year", YEARS)
def test_the_budget_agrees_with_the_overall_target_of_the_year(year: int) -> None:
    target, filing = (
        of(sample_filings(catalog(), counter()), year),
        of(sample_budgets(catalog(), counter()), year),
    )
    budgeted = derive(catalog().form(filing.form), filing).budget
    assert budgeted is not None
    spending = budgeted.facts["spending"].root
    fiscal = spending.amount(("basic.general", "project.general", "project.fund"))
    assert fiscal == said(target, "fiscal")
    assert spending.amount(f for f in spending.facts if f.startswith("basic.")) == said(target, "basic")
    assert spending.amount(f for f in spending.facts if f.startswith("project.")) == said(target, "project")
    rest = spending.amount(("project.other", "project.special"))
    assert rest == sum(said(target, c) for c in ("other", "special_account", "unit_funds"))


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_wrong_in_a_sample_budget(year: int) -> None:
    filing = of(sample_budgets(catalog(), counter()), year)
    assert [(f.code, f.where, f.message) for f in check(catalog().form(filing.form), filing)] == []


@pytest.mark.parametrize("year", YEARS[1:])
def test_last_years_amounts_are_those_of_last_years_budget(year: int) -> None:
    filings = sample_budgets(catalog(), counter())
    now, before = of(filings, year), of(filings, year - 1)
    held = derive(catalog().form(before.form), before).budget
    assert held is not None
    total = held.view("支出总表").cell("total", "total").computed
    sangong = held.view("财政拨款“三公”经费支出表").cell("total", "total").computed
    assert Decimal(now.cell("last_year/total")) == total
    assert Decimal(now.cell("last_year/sangong")) == sangong


def test_the_explanation_says_the_numbers() -> None:
    filing = of(sample_budgets(catalog(), counter()), 2022)
    blocks = compose(catalog().form(filing.form), filing).document.blocks
    text = "".join(b.text for b in blocks if isinstance(b, Paragraph))
    assert "2022年预算收入13034.7万元" in text and "总额增加3174.2万元" in text and "{{" not in text
