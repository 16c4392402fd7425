"""Many filings as one of the same form: whatever units hand in, every cell of it is the sum of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.bureau.consolidated import consolidated
from perfdesk.bureau.facts import amounts_of
from perfdesk.bureau.together import Gathering, Given, together
from perfdesk.bureau.together_budget import NOT_ADDED
from perfdesk.compose import compose
from perfdesk.model.bureau import Sum
from perfdesk.model.filing import Filing
from tests.bureau.units import BUDGET, YEAR, budget_of, filing_of, row, sums_of
from tests.making import catalog, counter

FORM = catalog().form(BUDGET)
LEDGERS = ("spending", "economic")

amount = st.integers(-(10**6), 10**12).map(lambda fen: f"{Decimal(fen).scaleb(-6):f}")
code = st.sampled_from(
    [
        "212",
        "21201",
        "2120101",
        "2120102",
        "208",
        "2080505",
        "20805",
        "9999999",
        "",
        "total",
        "21O",
        "2120101001",
    ]
)
fact = st.sampled_from(
    ["basic.general", "project.general", "project.fund", "project.other", "project.carried_general"]
)
spending = st.dictionaries(code, st.dictionaries(fact, amount, max_size=3), max_size=5)
printed = st.lists(
    st.fixed_dictionaries(
        {"row": st.sampled_from(["212", "21201", "2120101", "total", "2210201"])},
        optional={"basic": amount, "project": amount, "total": st.one_of(amount, st.just("见附表"))},
    ),
    max_size=2,
    unique_by=lambda cells: cells["row"],
)
unit = st.tuples(spending, printed, st.sampled_from(["", "元"]))


def one_of(filings: Sequence[Filing]) -> Filing:
    sums = consolidated(FORM, sums_of(filings))
    handed = [Given(f"第{n}局", f) for n, f in enumerate(filings, 1)]
    return together(Gathering("某市", YEAR, sums, handed), counter("t"))


def cells(filing: Filing) -> dict[tuple[str, str, str], int]:
    """Every amount on its paper that is not nothing."""
    found = amounts_of(FORM, filing)
    return {(a.section, a.line, a.field): a.value for a in found if a.value and a.section not in LEDGERS}


def wanted(sums: Sequence[Sum]) -> dict[tuple[str, str, str], int]:
    return {(s.section, s.line, s.field): s.value for s in sums if s.value and s.section not in LEDGERS}


@settings(max_examples=60, deadline=None)
@given(st.lists(unit, min_size=1, max_size=4))
def test_every_cell_of_the_consolidated_budget_is_the_sum_of_the_units_cells(
    handed: list[tuple[Mapping[str, Mapping[str, str]], list[Mapping[str, str]], str]],
) -> None:
    filings = [budget_of(*one) for one in handed]
    assert cells(one_of(filings)) == wanted(sums_of(filings))


def test_units_whose_tables_add_up_need_no_printed_cell_to_show_their_sums() -> None:
    one = budget_of({"2120101": {"basic.general": "10.5"}, "2080505": {"basic.general": "0.01"}})
    two = budget_of({"2120101": {"basic.general": "5000"}, "2120199": {"project.fund": "300"}}, unit="元")
    made = one_of([one, two])
    facts = {r.get("code"): {c: t for c, t in r.cells.items() if "." in c} for r in made.section("spending")}
    assert facts == {
        "2080505": {"basic.general": "0.01"},
        "2120101": {"basic.general": "11"},  # 10.5 万元 and 5 000 元
        "2120199": {"project.fund": "0.03"},
    }
    assert [
        r
        for r in made.rows
        if r.section not in ("spending", *(s.id for s in FORM.sections if s.kind == "fields"))
    ] == []


def test_a_sum_that_the_units_printed_against_their_own_numbers_is_printed_again() -> None:
    wrong = budget_of({"2120101": {"basic.general": "10"}}, [{"row": "212", "basic": "11"}])
    right = budget_of({"2120101": {"basic.general": "1"}})
    made = one_of([wrong, right])
    assert [dict(r.cells) for r in made.section("支出总表")] == [{"row": "212", "basic": "12"}]
    assert [r.get("basic.general") for r in made.section("spending")] == ["11"]


def test_where_every_unit_wrote_a_word_no_number_of_ours_stands() -> None:
    words = budget_of({"2120101": {"basic.general": "10"}}, [{"row": "212", "basic": "见附表"}])
    assert [dict(r.cells) for r in one_of([words]).section("支出总表")] == [
        {"row": "212", "basic": NOT_ADDED}
    ]


def test_codes_of_a_few_units_stand_in_their_place_below_what_is_above_them() -> None:
    first = budget_of({"2120101": {"basic.general": "1"}})
    second = budget_of({"2080505": {"basic.general": "2"}, "": {"basic.general": "3"}})
    third = budget_of({}, [{"row": "2210201", "total": "4"}])
    sums = consolidated(FORM, sums_of([first, second, third]))
    table = next(t for t in sums.tables if t.id == "支出总表")
    assert [(r.key, r.level, r.cells["total"].plain, r.cells["total"].papers) for r in table.rows] == [
        ("total", 0, "6", 2),
        ("208", 1, "2", 1),
        ("20805", 2, "2", 1),
        ("2080505", 3, "2", 1),
        ("212", 1, "1", 1),
        ("21201", 2, "1", 1),
        ("2120101", 3, "1", 1),
        ("221", 1, "", 0),
        ("22102", 2, "", 0),
        ("2210201", 3, "4", 1),
        ("#", 1, "3", 1),
    ]
    assert [r.name for r in table.rows][-2] == "住房公积金"


TARGET = "zhengzhou-2021/overall-target"


def target(name: str, unit: str = "", **budget: str) -> Filing:
    rows = [
        row("basic", "basic", unit_name=name, goal=f"{name}的目标"),
        row("t1", "tasks", name="修路", content="修"),
        row("t2", "tasks", name="养路", content="养"),
        row("budget", "budget", **budget),
    ]
    return filing_of(TARGET, *rows, unit=unit)


def test_an_overall_target_of_many_lists_their_goals_and_tasks_by_unit_and_adds_up_their_budgets() -> None:
    filings = [target("甲局", total="10.5", basic="约3"), target("乙局", "元", total="25000")]
    form = catalog().form(TARGET)
    sums = consolidated(form, sums_of(filings))
    made = together(Gathering("某市", YEAR, sums, [Given(f.unit_name, f) for f in filings]), counter())
    assert made.cell("budget/total") == "13" and made.cell("budget/basic") == ""
    assert made.unit_name == "某市"
    assert made.cell("basic/goal") == "甲局：甲局的目标\n乙局：乙局的目标"
    assert [r.get("name") for r in made.section("tasks")] == [
        "甲局：修路",
        "甲局：养路",
        "乙局：修路",
        "乙局：养路",
    ]
    assert sums.unread[0].at == ("budget", "", "basic")


def test_goals_of_more_units_than_a_form_can_hold_are_only_counted() -> None:
    filings = [target(f"第{n}局", total="1") for n in range(31)]
    form = catalog().form(TARGET)
    given_ = [Given(f.unit_name, f) for f in filings]
    made = together(Gathering("某市", YEAR, consolidated(form, sums_of(filings)), given_), counter())
    assert made.cell("basic/goal") == "共 31 个单位，见各单位的表。"
    assert len(made.section("tasks")) == 62 and made.cell("budget/total") == "31"


def test_bought_things_of_all_units_are_listed_and_add_up_in_the_units_of_the_form() -> None:
    filings = [
        filing_of(BUDGET, row("p1", "procurement", project="路灯", total="1.5", price="3")),
        filing_of(BUDGET, row("p1", "procurement", project="电脑", total="20000", price="5000"), unit="元"),
    ]
    made = one_of(filings)
    listed = [(r.get("project"), r.get("total"), r.get("price")) for r in made.section("procurement")]
    assert listed == [("第1局：路灯", "1.5", "3"), ("第2局：电脑", "2", "5000")]


def test_the_consolidated_budget_can_be_printed() -> None:
    printed = compose(FORM, one_of([budget_of({"2120101": {"basic.general": "1234.5"}})] * 3)).document
    assert "3,703.50" in " ".join(c.text for t in printed.tables for c in t.cells)
