"""Budget forms as files: what the shipped one holds, and that each mistake in one is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from perfdesk import paths
from perfdesk.bound import bound_in
from perfdesk.budget.words import resolver
from perfdesk.catalog import load, new_filing
from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.derive import derive
from perfdesk.document.blocks import Paragraph, Table
from perfdesk.errors import FormError
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Form
from perfdesk.model.ledger import Budget
from tests.making import catalog, counter

FORM = "handan-2022/department-budget"
FILE = f"forms/{FORM}.toml"


def form() -> Form:
    return catalog().form(FORM)


def budget() -> Budget:
    found = form().budget
    assert found is not None
    return found


def entered() -> Filing:
    """One amount of every kind and source of money, so that every column and line has something to add up."""
    spending, economic = budget().ledgers
    some = {fact: f"{n}.5" for n, fact in enumerate(spending.facts, 1)}
    general = [some[f"basic.{f}"] for f in ("general", "carried_general")]
    rows = (
        Row("basic", "basic", {"unit_name": "某局"}),
        Row("s1", "spending", {"code": "2120109", **some}),
        Row("e1", "economic", {"code": "30101", "personnel.general": general[0]}),
        Row("e2", "economic", {"code": "30201", "public.general": general[1]}),
    )
    assert economic.matching(("personnel.general", "public.general"))
    return empty_filing(form(), 2024, rows)


# --- the shipped form -------------------------------------------------------------------------------------------------


def test_the_nine_tables_come_first_and_two_stand_in_the_explanation() -> None:
    assert [t.id for t in budget().tables] == [
        "收支总表", "收入总表", "支出总表", "财政拨款收支总表", "一般公共预算财政拨款支出表",
        "一般公共预算财政拨款基本支出表", "政府基金预算财政拨款支出表", "国有资本经营预算财政拨款支出表",
        "财政拨款“三公”经费支出表", "政府采购预算", "固定资产占用情况表",
    ]  # fmt: skip
    assert [t for c in budget().chapters for t in c.tables] == ["政府采购预算", "固定资产占用情况表"]


def test_every_fact_is_money_that_comes_in_and_goes_out_or_is_kept() -> None:
    view = derive(form(), entered()).budget
    assert view is not None
    summary = view.view("收支总表")
    everything = sum(n + 0.5 for n in range(1, len(budget().ledger("spending").facts) + 1))
    assert float(summary.cell("income_total", "income_amount").computed or 0) == everything
    assert float(summary.cell("expenditure_total", "expenditure_amount").computed or 0) == everything


def test_only_money_that_no_form_of_fiscal_spending_has_a_column_for_breaks_an_agreement() -> None:
    """Fiscal money given to the unit above or below: 财政拨款收支总表 holds it, 一般公共预算支出表 has no column for it."""
    filing = entered()
    told = {f.where for f in check(form(), filing) if f.code == "budget-tables"}
    assert told == {"tables/一般公共预算财政拨款支出表/total/total"}


def test_without_such_money_all_agreements_hold() -> None:
    filing = entered()
    odd = [
        f for f in budget().ledger("spending").facts if f.split(".")[0] in ("business", "upward", "subsidy")
    ]
    rows = tuple(
        Row(r.id, r.section, {c: t for c, t in r.cells.items() if c not in odd}) for r in filing.rows
    )
    clean = empty_filing(form(), 2024, rows)
    assert [f for f in check(form(), clean) if f.code.startswith("budget-") and f.severity == "error"] == []


def test_an_empty_budget_prints_every_table_with_its_note() -> None:
    filing = new_filing(form(), 2024, "某局", counter())
    blocks = compose(form(), filing).document.blocks
    assert [b.name for b in blocks if isinstance(b, Table)] == [t.id for t in budget().tables]
    notes = {b.text for b in blocks if isinstance(b, Paragraph) and b.style == "note"}
    assert {t.note for t in budget().tables if t.note} <= notes


def test_every_bound_name_of_the_starters_and_phrases_means_something() -> None:
    filing = new_filing(form(), 2024, "某局", counter())
    budgeted = derive(form(), filing).budget
    assert budgeted is not None
    resolve = resolver(form(), filing, budgeted)
    names = [b.name for c in budget().chapters for b in bound_in(c.starter)]
    names += [value for c in budget().chapters for _, value in c.phrases]
    assert len(names) > 40
    assert [n for n in names if resolve(n) is None] == []


def test_the_starters_are_our_own_words(forms: Path) -> None:
    published = (
        (forms / "text" / "handan-2022-department-budget.txt").read_text(encoding="utf-8").replace("*", "")
    )
    for chapter in budget().chapters:
        plain = chapter.starter
        for bound in reversed(list(bound_in(plain))):
            plain = f"{plain[: bound.start]}|{plain[bound.end :]}"
        assert not any(plain[n : n + 14] in published for n in range(len(plain) - 13)), chapter.heading


def test_heads_say_the_filings_own_year_and_unit_of_amounts() -> None:
    filing = new_filing(form(), 2031, "某局", counter())
    texts = {
        b.name: "".join(c.text for c in b.grid.cells)
        for b in compose(form(), filing).document.blocks
        if isinstance(b, Table)
    }
    assert "2031年预留中小微企业份额" in texts["政府采购预算"]
    assert "价值（金额单位：万元）" in texts["固定资产占用情况表"]


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.templates(), tmp_path / "templates"))


def change(folder: Path, old: str, new: str) -> None:
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(FormError) as caught:
        load(folder)
    return caught.value.problems


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"basic.general", "project.general",', '"basic.general", "projects.general",', "ledgers[1].entry：没有“projects.general”"),
        ('facts = ["@spent"], aliases', 'facts = ["@spend"], aliases', "没有“@spend”"),
        ('facts = ["kept.*"]', 'facts = ["keep.*"]', "“keep.*”不对应任何数据"),
        ('code_list = "economic-2022"', 'code_list = "function-2022"', "ledgers[2].code_list"),
        ('ledger = "economic"', 'ledger = "economics"', "没有“economics”"),
        ("widths = [10, 55, 23.5, 58, 23.5]", "widths = [10, 55, 23.5, 58]", "有 5 栏，4 个列宽"),
        ('"栏次|1|2|3|4"', '"栏次|1|2|3"', "heads：第 3 行画了 4 格，应为 5 格"),
        ('sum = ["i1..i9"]', 'sum = ["i1..i10"]', "“i1..i10”：没有这样的行"),
        ('sum = ["income_now", "carried"], aliases', 'sum = ["income_now", "carry"], aliases', "“income_total”：没有 carry"),
        ('{ id = "i2", column = "income"', '{ id = "i1", column = "income"', "“i1”出现两次"),
        ('id = "i9", column = "income"', 'id = "i9", column = "incomes"', "“i9”：没有栏“incomes”"),
        ('sum = ["subtotal", "carried"] }', 'sum = ["subtotal", "carry"] }', "“total”：没有 carry"),
        ('label = "财政专户收入", facts = ["*.special"] }', 'label = "财政专户收入" }', "金额栏应有 facts 或 sum"),
        ('one = "收入总表/total/subtotal"', 'one = "收入总表/total/sub"', "agreements[3].one：没有单元格“收入总表/total/sub”"),
        ('other = "收支总表/i4/income_amount"', 'other = "收支总表/i44/income_amount"', "没有单元格“收支总表/i44/income_amount”"),
        ('one = "支出总表/total/total"', 'one = "国有资本经营预算财政拨款支出表/total/total"', "agreements[12].one：没有单元格"),
        ('text = "explanation/duties"', 'text = "explanation/duty"', "chapters[3].text：没有单元格“explanation/duty”"),
        ('tables = ["政府采购预算"]', 'tables = ["采购"]', "tables：没有 采购"),
        ('section = "procurement"', 'section = "purchases"', "没有部分“purchases”"),
        ('rows = ["project budget item', 'rows = ["project budgets item', "没有“budgets”"),
        ("landscape = true", "landscapes = true", "landscapes：不认识的键"),
        ('total = "assets/total_value"', 'total = "assets/total"', "balances[1].total：没有单元格“assets/total”"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is(folder: Path, old: str, new: str, told: str) -> None:
    change(folder, old, new)
    assert any(told in p for p in problems(folder)), problems(folder)


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    change(folder, 'facts = ["kept.*"]', 'facts = ["keep.*"]')
    change(folder, "widths = [10, 55, 23.5, 58, 23.5]", "widths = [10, 55]")
    change(folder, 'text = "explanation/duties"', 'text = "explanation/duty"')
    told = "\n".join(problems(folder))
    assert all(part in told for part in ("keep.*", "2 个列宽", "explanation/duty")), told
