"""What is added up of a filing: amounts in whole numbers, exactly, with what is none beside them; indicators; scores; findings."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.bureau.facts import paper_of
from perfdesk.bureau.whole import MOST, Whole, added, in_whole, plain, whole
from perfdesk.catalog import new_filing
from perfdesk.check import check
from perfdesk.explained import finding_key
from perfdesk.model.bureau import Paper
from perfdesk.model.filing import Filing, Row, in_order
from tests.making import catalog, counter


def filing_of(form_id: str, cells: dict[str, str], *rows: Row) -> Filing:
    """A new filing of the form, with these cells (``section/column``) and rows."""
    form = catalog().form(form_id)
    made = new_filing(form, 2023, "某局", counter())
    changed = made
    for address, text in cells.items():
        place = changed.index.places[address.split("/")[0]]
        row = changed.rows[place]
        changed = changed.with_rows({place: row.with_cell(address.split("/")[1], text)})
    return Filing(
        form.id, form.title, 2023, in_order(form, (*changed.rows, *rows)), changed.sections, 7, "",
    )  # fmt: skip


def row(row_id: str, section: str, parent: str | None = None, **cells: str) -> Row:
    return Row(row_id, section, MappingProxyType(cells), parent)


def paper(filing: Filing) -> Paper:
    return paper_of(catalog().form(filing.form), filing)


def amounts(filing: Filing) -> dict[tuple[str, str, str], tuple[int | None, str]]:
    return {(a.section, a.line, a.field): (a.value, a.text) for a in paper(filing).amounts}


@pytest.mark.parametrize(
    ("raw", "unit", "value", "text"),
    [
        ("13,034.70", "万元", 1_303_470_000_000, ""),
        ("0.01", "元", 100, ""),
        ("-0.0001", "元", -1, ""),
        ("0", "万元", 0, ""),
        ("0.00000001", "万元", 1, ""),
        ("0.000000001", "万元", None, "0.000000001"),
        ("0.00005", "元", None, "0.00005"),
        ("537.3万元", "元", 53_730_000_000, ""),
        ("约12", "元", None, "约12"),
        ("/", "元", None, "/"),
        ("922337203685477.5807", "元", MOST, ""),
        ("922337203685477.5808", "元", None, "922337203685477.5808"),
        ("9" * 200, "元", None, "9" * 200),
        (" ", "元", None, ""),
    ],
)
def test_an_amount_becomes_a_whole_number_or_stays_what_is_written(
    raw: str, unit: str, value: int | None, text: str
) -> None:
    assert in_whole(raw, unit) == Whole(value, text)


@given(st.integers(-MOST, MOST), st.sampled_from(["元", "万元", "亿元", ""]))
def test_a_whole_number_is_the_same_after_it_was_written_in_any_unit(value: int, unit: str) -> None:
    assert whole(Decimal(plain(value, unit)), unit) == value


def test_a_sum_too_large_for_a_database_is_told_and_not_kept() -> None:
    assert added([Whole(MOST), Whole(1)]) == Whole(None, "922337203685477.5808")


def test_fields_count_in_the_unit_of_the_filing() -> None:
    cells = {"budget/total": "100.50", "budget/fiscal": "大约一百", "budget/basic": ""}
    in_yuan = filing_of("zhengzhou-2023/overall-target", cells)
    assert amounts(in_yuan) == {
        ("budget", "", "total"): (1_005_000, ""),
        ("budget", "", "fiscal"): (None, "大约一百"),
    }
    in_ten_thousands = Filing(
        *(getattr(in_yuan, n) for n in ("form", "title", "year", "rows")), (), None, "万元"
    )
    assert amounts(in_ten_thousands)["budget", "", "total"] == (10_050_000_000, "")


BUDGET = "handan-2022/department-budget"


def test_every_cell_of_every_computed_table_is_an_amount_by_its_code() -> None:
    spent = [
        row("a", "spending", code="2120101", **{"basic.general": "10.5", "project.general": "2"}),
        row("b", "spending", code="2080505", **{"basic.general": "0.000001"}),
    ]
    found = amounts(filing_of(BUDGET, {}, *spent))
    table = {(line, f): v for (s, line, f), (v, _) in found.items() if s == "一般公共预算财政拨款支出表"}
    ten_and_half, two, fen = 10_5000_0000, 2_0000_0000, 100
    assert table == {
        ("total", "total"): ten_and_half + two + fen,
        ("total", "basic"): ten_and_half + fen,
        ("total", "project"): two,
        **{(code, "total"): fen for code in ("208", "20805", "2080505")},
        **{(code, "basic"): fen for code in ("208", "20805", "2080505")},
        **{(code, "total"): ten_and_half + two for code in ("212", "21201", "2120101")},
        **{(code, "basic"): ten_and_half for code in ("212", "21201", "2120101")},
        **{(code, "project"): two for code in ("212", "21201", "2120101")},
    }
    assert found["收支总表", "e12", "expenditure_amount"] == (ten_and_half + two, "")
    assert ("收支总表", "e13", "expenditure_amount") not in found


def test_what_is_printed_counts_where_it_is_another_than_what_is_computed() -> None:
    spent = row("a", "spending", code="2120101", **{"basic.general": "10"})
    printed = row("p", "支出总表", row="212", basic="11", total="见附表")
    found = amounts(filing_of(BUDGET, {}, spent, printed))
    assert found["支出总表", "212", "basic"] == (11_0000_0000, "")
    assert found["支出总表", "212", "total"] == (None, "见附表")
    assert found["支出总表", "21201", "basic"] == (10_0000_0000, "")


def test_rows_without_a_code_are_known_by_their_name_in_every_unit() -> None:
    rows = [
        row(i, "spending", name=n, **{"basic.general": "1"})
        for i, n in (("x", "其他 支出"), ("y", "其他支出"))
    ]
    found = amounts(filing_of(BUDGET, {}, *rows))
    assert found["一般公共预算财政拨款支出表", "#其他支出", "basic"] == (2_0000_0000, "")


def test_a_code_that_is_called_like_the_total_is_not_counted_twice() -> None:
    rows = [row("x", "spending", code=c, **{"basic.general": "1"}) for c in ("total",)]
    found = amounts(filing_of(BUDGET, {}, *rows))
    assert found["一般公共预算财政拨款支出表", "total", "basic"] == (1_0000_0000, "")


def test_what_stands_for_a_code_may_be_a_page_long() -> None:
    found = amounts(filing_of(BUDGET, {}, row("x", "spending", code="甲" * 5000, **{"basic.general": "1"})))
    assert max(len(line) for _, line, _ in found) == 200


def test_the_column_of_a_list_is_its_sum_with_what_is_no_number_beside_it() -> None:
    bought = [
        row(f"p{n}", "procurement", total=t, price="3") for n, t in enumerate(("1.5", "待定", "/", "2"))
    ]
    found = amounts(filing_of(BUDGET, {"assets/vehicle_count": "3", "assets/planned": "0"}, *bought))
    assert found == {
        ("procurement", "", "total"): (3_5000_0000, "待定"),
        ("assets", "", "vehicle_count"): (3_0000, ""),
        ("assets", "", "planned"): (0, ""),
    }


TARGET = "zhengzhou-2021/overall-target"


def test_indicators_are_read_with_the_unit_beside_them() -> None:
    form = catalog().form(TARGET)
    heads = [row("1", "indicators", level1="产出指标"), row("2", "indicators", "1", level2="履职目标实现")]
    leaves = [
        row("3", "indicators", "2", level3="修路 长度", target="≥12.5", unit="公里"),
        row("4", "indicators", "2", level3="合格率", target="95 百分号", unit=""),
        row("5", "indicators", "2", level3="制度", target="健全", unit="百分比"),
        row("6", "indicators", "2", level3="分配", target="≥90是/否", unit="%"),
    ]
    basic = row("basic", "basic", unit_name="某局")
    budget = row("budget", "budget")
    filing = Filing(form.id, form.title, 2023, (basic, budget, *heads, *leaves))
    told = [(i.number, i.level1, i.level3, i.op, i.value, i.measure) for i in paper(filing).indicators]
    assert told == [
        (1, "产出指标", "修路 长度", "≥", 125_000, "公里"),
        (2, "产出指标", "合格率", "=", 950_000, "%"),
        (3, "产出指标", "制度", "", None, "%"),
        (4, "产出指标", "分配", "≥", None, "%"),
    ]


def evaluation(total: str, second: str) -> Filing:
    form = catalog().form("national-2020/self-evaluation")
    fields = [
        row(s.id, s.id) for s in form.sections if s.kind == "fields" and s.id not in ("money", "result")
    ]
    money = row("money", "money", initial="100", adjusted="100", executed="90")
    result = row("result", "result", total=total)
    rows: list[Row] = []
    for n, (level1, target, actual) in enumerate(
        [
            ("产出指标", "≥50人", "0.005万人"),
            ("效益指标", "提高", "达成预期指标"),
            ("满意度指标", "≥90%", second),
        ]
    ):
        rows += [
            row(f"a{n}", "indicators", level1=level1),
            row(f"b{n}", "indicators", f"a{n}", level2="数量指标"),
        ]
        rows.append(row(f"c{n}", "indicators", f"b{n}", level3=f"第{n}", target=target, actual=actual))
    return Filing(form.id, form.title, 2023, in_order(form, (*fields, money, result, *rows)))


def test_a_self_evaluation_has_its_results_weights_and_scores_with_the_printed_total_beside() -> None:
    one = paper(evaluation("97", "90%"))
    assert [(i.value, i.actual_value, i.weight, i.score) for i in one.indicators] == [
        (500_000, 500_000, "50", "50"),
        (None, None, "30", "30"),
        (900_000, 900_000, "10", "10"),
    ]
    assert (one.total, one.grade, one.printed) == ("99", "优", "97")
    values = {(a.section, a.field): a.value for a in one.amounts}
    assert values["money", "executed"] == 90_0000_0000 and ("money", "score") not in values


def test_a_self_evaluation_that_is_not_scored_to_its_end_has_no_grade() -> None:
    one = paper(evaluation("", ""))
    assert (one.grade, one.printed, one.indicators[2].score) == ("", "", "")


def test_findings_come_with_what_the_unit_says_about_them_and_the_filing_without_its_number() -> None:
    filing = filing_of(TARGET, {"budget/total": "100", "budget/fiscal": "90"})
    form = catalog().form(TARGET)
    balance = next(f for f in check(form, filing) if f.code == "balance")
    one = paper_of(form, filing, said={finding_key(filing, balance): "已核对"})
    assert next((t.place, t.explanation) for t in one.findings if t.code == "balance") == (
        "budget/total",
        "已核对",
    )
    assert len(one.findings) == len(check(form, filing))
    assert (one.filing.id, one.filing.rows, one.kind, one.name) == (None, filing.rows, "overall-target", "")
