"""What the check says of the published budget: every mistake that a reader with a calculator finds, and nothing that is right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.budget.settle import differences, take_computed
from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.derive import derive
from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.intake import take_in
from perfdesk.model.change import apply
from perfdesk.model.filing import Filing
from tests.making import catalog, counter

FORM = catalog().form("handan-2022/department-budget")
SOURCES = (
    "office/handan-2022-budget.docx",
    "office/handan-2022-budget.xlsx",
    "text/handan-2022-department-budget.txt",
)
PUBLISHED = {
    ("tables/支出总表/total/total", "86,991.86", "86,985.79"),
    ("tables/支出总表/212/total", "36,382.67", "基本支出 1,069.15 ＋ 项目支出 35,319.59"),
    ("tables/支出总表/21201/total", "4,382.67", "4,388.74"),
    ("tables/支出总表/2120199/total", "3,313.52", "3,319.59"),
    ("tables/支出总表/22101/total", "50,026.51", "基本支出 321.32 ＋ 项目支出 49,707.27"),
    ("tables/支出总表/22101/total", "50,026.51", "5 项之和 50,028.59"),
    ("tables/支出总表/221/total", "50,164.16", "50,162.08"),
    ("tables/收入总表/21201/fiscal", "4,388.74", "2,837.76"),
    ("tables/收入总表/212/fiscal", "34,837.76", "36,388.74"),
    ("tables/支出总表/212/total", "36,382.67", "收支总表 十二、城乡社区支出的支出预算数 36,388.74"),
}
"""Place, what is printed, what it should be."""


@pytest.fixture(scope="module", params=SOURCES)
def budget(request: pytest.FixtureRequest, forms: Path) -> Filing:
    found = take_in(read(forms / request.param), catalog(), counter()).filings
    return next(r.filing for r in found if r.filing.form == FORM.id)


def tables_errors(filing: Filing) -> list[tuple[str, str]]:
    return [
        (f.where, f.message)
        for f in check(FORM, filing)
        if f.severity == "error" and f.where.startswith("tables/")
    ]


def test_every_published_mistake_is_found_and_nothing_that_is_right(budget: Filing) -> None:
    found = tables_errors(budget)
    left = [
        (where, message) for where, message in found if not any(_is(p, where, message) for p in PUBLISHED)
    ]
    missed = [p for p in PUBLISHED if not any(_is(p, where, message) for where, message in found)]
    assert (left, missed) == ([], [])
    assert len(found) == len(PUBLISHED)


def _is(published: tuple[str, str, str], where: str, message: str) -> bool:
    return published[0] == where and published[1] in message and published[2] in message


def settled(filing: Filing) -> Filing:
    budgeted = derive(FORM, filing).budget
    assert budgeted is not None
    for view in budgeted.views:
        if cells := differences(view):
            filing, _ = apply(filing, take_computed(filing, budgeted, view.table.id, cells).changes)
    return filing


def numbers(filing: Filing) -> dict[tuple[str, str, str], Decimal]:
    budgeted = derive(FORM, filing).budget
    assert budgeted is not None
    cells = (
        ((v.table.id, r.key, c), s.amount(budgeted.unit).value)
        for v in budgeted.views
        for r in v.rows()
        for c, s in r.cells.items()
    )
    return {place: amount for place, amount in cells if amount}


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_settled_and_exported_it_is_read_back_with_the_same_numbers(
    budget: Filing, ending: str, tmp_path: Path
) -> None:
    one = settled(budget)
    assert tables_errors(one) == []
    target = tmp_path / f"预算.{ending}"
    write(compose(FORM, one).document, target)
    (again,) = (
        r.filing for r in take_in(read(target), catalog(), counter()).filings if r.filing.form == FORM.id
    )
    assert numbers(again) == numbers(one)
    assert numbers(again)["支出总表", "212", "total"] == Decimal("36388.74")
    assert tables_errors(again) == []
