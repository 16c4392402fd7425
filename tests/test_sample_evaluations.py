"""The sample's self-evaluations: they agree with its targets and budgets, every line is scored, and only the middle year has anything to
find."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.budget.budgeted import Budgeted
from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.evaluation.evaluated import Evaluated, evaluate
from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.intake import take_in
from perfdesk.model.filing import Filing, leaves
from perfdesk.sample import sample_budgets, sample_evaluations, sample_filings
from tests.making import catalog, counter

D = Decimal
YEARS = (2021, 2022, 2023)


def of(filings: tuple[Filing, ...], year: int) -> Filing:
    return next(f for f in filings if f.year == year)


def evaluation(year: int) -> Filing:
    return of(sample_evaluations(catalog(), counter()), year)


def evaluated(year: int) -> Evaluated:
    filing = evaluation(year)
    found = evaluate(catalog().form(filing.form), filing)
    assert found is not None
    return found


def amount(filing: Filing, address: str) -> Decimal:
    """In 万元."""
    in_yuan = (filing.amount_unit or catalog().form(filing.form).amount_unit) == "元"
    return D(filing.cell(address)) / (10_000 if in_yuan else 1)


def test_every_year_has_one_of_the_same_unit() -> None:
    found = sample_evaluations(catalog(), counter())
    assert [f.year for f in found] == list(YEARS)
    assert {f.unit_name for f in found} == {f.unit_name for f in sample_filings(catalog(), counter())}


@pytest.mark.parametrize("year", YEARS)
def test_its_indicators_are_those_of_the_years_target(year: int) -> None:
    own = [leaf.path for leaf in leaves(evaluation(year), "indicators")]
    assert own == [leaf.path for leaf in leaves(of(sample_filings(catalog(), counter()), year), "indicators")]


@pytest.mark.parametrize(
    ("year", "total", "grade"), [(2021, "89.00", "良"), (2022, "95.74", "优"), (2023, "98.59", "优")]
)
def test_every_line_is_scored(year: int, total: str, grade: str) -> None:
    scored = evaluated(year).scored
    assert (scored.open, scored.total, scored.grade) == (0, D(total), grade)


@pytest.mark.parametrize("year", YEARS)
def test_what_missed_its_target_has_a_reason_but_once(year: int) -> None:
    filing, found = evaluation(year), evaluated(year)
    missed = [i for i in found.scored.items if i.due and i.row]
    unexplained = [i.name for i in missed if not filing.row(i.row or "").get("deviation")]  # type: ignore[union-attr]
    assert len(missed) >= 3
    assert unexplained == (["房屋安全普查建档完成率"] if year == 2022 else [])


@pytest.mark.parametrize("year", YEARS)
def test_rates_come_from_facts_and_only_the_middle_year_typed_another(year: int) -> None:
    filing, found = evaluation(year), evaluated(year)
    typed = {r: row.get("actual") for r in found.rates if (row := filing.row(r)) and row.get("actual")}
    assert len(found.rates) >= 10
    assert sorted(typed.values()) == (["60%"] if year == 2022 else [])
    assert all(found.cells[r, "actual"] != text for r, text in typed.items())


@pytest.mark.parametrize("year", YEARS)
def test_amounts_are_those_of_the_years_budget(year: int) -> None:
    filing, budget = evaluation(year), of(sample_budgets(catalog(), counter()), year)
    form = catalog().form(budget.form)
    assert form.budget is not None
    spending = Budgeted.of(form.budget, budget, "万元").facts["spending"].root
    assert amount(filing, "money/initial") == spending.amount(spending.facts)
    bought = sum(D(row.get("total")) for row in budget.section("procurement"))
    assert amount(filing, "facts/procurement_budget") == bought
    economic = {row.get("code"): row for row in budget.section("economic")}
    three = sum(D(economic[code].get("public.general")) for code in ("30217", "30231"))
    assert amount(filing, "facts/three_budget") == three


@pytest.mark.parametrize("year", YEARS)
def test_the_money_block_adds_up(year: int) -> None:
    filing = evaluation(year)
    for column in ("initial", "adjusted", "executed"):
        whole = amount(filing, f"money/{column}")
        assert amount(filing, f"money/fiscal_{column}") + amount(filing, f"money/other_{column}") == whole
        assert amount(filing, f"money/basic_{column}") + amount(filing, f"money/project_{column}") == whole
    quarters = [amount(filing, f"facts/executed_q{n}") for n in (1, 2, 3)]
    assert quarters == sorted(quarters) and quarters[-1] < amount(filing, "money/executed")
    left = amount(filing, "money/adjusted") - amount(filing, "money/executed")
    assert amount(filing, "facts/carried") == left


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize("year", YEARS)
def test_written_and_read_back_it_scores_the_same_and_nothing_printed_differs(
    year: int, ending: str, tmp_path: Path
) -> None:
    filing = evaluation(year)
    form = catalog().form(filing.form)
    path = tmp_path / f"自评.{ending}"
    write(compose(form, filing).document, path)
    (one,) = take_in(read(path), catalog(), counter("n")).filings
    found = evaluate(form, one.filing)
    assert found is not None
    assert [i.score for i in found.scored.items] == [i.score for i in evaluated(year).scored.items]
    assert (one.filing.cell("result/total"), one.filing.cell("result/grade")) == ("", "")


@pytest.mark.parametrize("year", YEARS)
def test_only_the_middle_year_has_findings(year: int) -> None:
    filing = evaluation(year)
    assert bool(check(catalog().form(filing.form), filing)) == (year == 2022)
