"""Amounts and balances: sentences with the numbers in them, one finding for one cause."""

from __future__ import annotations

import pytest

from perfdesk.model.change import SetCell
from tests.rules import filings as f


def with_amounts(**amounts: str):
    return f.change(f.honest(), *(SetCell("budget", column, text) for column, text in amounts.items()))


def test_a_wrong_total_is_one_finding_with_the_sum_as_its_fix() -> None:
    filing = with_amounts(total="13034", fiscal="3034.7", other="10000", basic="2227.7", project="10807")
    (finding,) = f.findings(filing)
    assert (finding.code, finding.severity, finding.where) == ("balance", "error", "budget/total")
    assert finding.title == "资金来源、资金结构与预算总额不平"
    assert finding.message == (
        "财政性资金 3,034.70 ＋ 其他资金 10,000.00 ＝ 13,034.70，资金结构合计也是 13,034.70，"
        "预算总额填写 13,034.00，差 0.70 万元。"
    )
    assert finding.fixes[0].label == "预算总额改为 13,034.70"
    assert f.findings(f.mended(filing, finding)) == ()


def test_a_wrong_group_is_named_beside_the_group_that_agrees() -> None:
    (finding,) = f.findings(with_amounts(basic="60", project="40.25"))
    assert finding.title == "资金结构与预算总额不平"
    assert finding.message == (
        "基本支出 60.00 ＋ 项目支出 40.25 ＝ 100.25，预算总额填写 100.50，差 0.25 万元；资金来源与预算总额一致。"
    )
    assert finding.fixes == ()


def test_three_different_sums_are_still_one_finding_and_no_guess() -> None:
    (finding,) = f.findings(with_amounts(total="100", fiscal="90", basic="60", project="20"))
    assert finding.code == "balance"
    assert all(number in finding.message for number in ("90.00", "80.00", "100.00", "10.00 和 20.00"))
    assert finding.fixes == ()


def test_the_smallest_difference_counts() -> None:
    assert f.codes(with_amounts(total="100.5000001"))[0][0] in ("balance", "too-precise")
    assert ("balance", "budget/total") in f.codes(with_amounts(total="100.51"))


def test_binary_fractions_make_no_difference() -> None:
    assert f.codes(with_amounts(total="0.3", fiscal="0.1", other="0.2", basic="0.3", project="0")) == []


def test_a_word_is_one_finding_and_the_sum_with_it_is_not_judged() -> None:
    filing = with_amounts(fiscal="财政拨款", other="20.5")
    (finding,) = f.findings(filing)
    assert (finding.code, finding.severity, finding.where) == ("word-in-amount", "error", "budget/fiscal")
    assert f.mended(filing, finding).cell("budget/fiscal") == "80"


def test_no_amount_is_proposed_that_would_be_negative() -> None:
    (finding,) = f.findings(with_amounts(fiscal="财政拨款", other="200"))
    assert finding.fixes == ()


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("100.5万元", "unit-in-amount", "error"),
        ("约100.5", "mark-in-amount", "error"),
        ("100.5％", "mark-in-amount", "error"),
        ("暂无", "word-in-amount", "error"),
        ("100.50000000000001", "too-precise", "hint"),
    ],
)
def test_an_amount_with_something_else_beside_it_is_told(text: str, code: str, severity: str) -> None:
    found = [x for x in f.findings(with_amounts(fiscal=text)) if x.code != "balance"]
    assert [(x.code, x.severity, x.where) for x in found] == [(code, severity, "budget/fiscal")]


def test_a_glued_unit_of_another_size_is_converted_by_the_fix() -> None:
    filing = with_amounts(fiscal="1005000元")
    (finding,) = f.findings(filing)
    assert f.mended(filing, finding).cell("budget/fiscal") == "100.5"


def test_a_dash_is_a_hint_where_nothing_is_due_and_an_error_in_the_total() -> None:
    filing = with_amounts(other="/")
    (finding,) = f.findings(filing)
    assert (finding.code, finding.severity) == ("dash-in-amount", "hint")
    assert f.findings(f.mended(filing, finding)) == ()
    (finding,) = f.findings(with_amounts(total="—"))
    assert (finding.code, finding.severity) == ("dash-in-amount", "error")


def test_a_negative_amount_is_a_warning() -> None:
    filing = with_amounts(fiscal="110.5", other="-10")
    assert [(x.code, x.severity) for x in f.findings(filing)] == [("negative-amount", "warning")]


def test_an_empty_total_is_missing_and_its_parts_propose_it() -> None:
    filing = with_amounts(total="")
    (finding,) = f.findings(filing)
    assert (finding.code, finding.where) == ("required", "budget/total")
    assert f.mended(filing, finding).cell("budget/total") == "100.5"


def test_an_empty_group_is_not_compared() -> None:
    assert f.findings(with_amounts(fiscal="", other="")) == ()
