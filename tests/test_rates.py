"""Rates from facts: results reckoned by hand, bases of 0, what is missing, and files with mistakes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.catalog import load
from perfdesk.errors import FormError
from perfdesk.rates import Computed, compute, load_rates, read_rates

D = Decimal
RATES = load_rates()["standard"]


def computed(indicator: str, **facts: str) -> Computed:
    rate = RATES.rate(indicator)
    assert rate is not None
    return compute(rate, {name: D(text) for name, text in facts.items()})


@pytest.mark.parametrize(
    ("indicator", "facts", "percent"),
    [
        ("预算执行率", {"executed": "6316.75", "adjusted": "6316.75"}, "100.00"),
        ("预算执行率", {"executed": "1", "adjusted": "3"}, "33.33"),
        ("预算执行率", {"executed": "2", "adjusted": "3"}, "66.67"),
        ("预算执行率", {"executed": "0", "adjusted": "3"}, "0.00"),
        ("预算调整率", {"initial": "100", "adjusted": "120", "excluded": "5"}, "15.00"),
        ("预算调整率", {"initial": "100", "adjusted": "120"}, "20.00"),
        ("预算调整率", {"initial": "100", "adjusted": "80"}, "-20.00"),
        ("结转结余率", {"carried": "5", "adjusted": "200"}, "2.50"),
        ("“三公”经费控制率", {"three_actual": "0.59", "three_budget": "1.5"}, "39.33"),
        ("政府采购执行率", {"procured": "1.00005", "procurement_budget": "100"}, "1.00"),
        ("政府采购执行率", {"procured": "1.005", "procurement_budget": "100"}, "1.01"),
        ("绩效自评完成率", {"self_evaluated": "7", "self_evaluation_due": "8"}, "87.50"),
    ],
)
def test_a_rate_is_what_a_calculator_gives(indicator: str, facts: dict[str, str], percent: str) -> None:
    assert computed(indicator, **facts).percent == D(percent)


EVERY = {
    "专项资金细化率": ({"special_detailed": "96", "special_total": "128"}, "75.00"),
    "预算执行率": ({"executed": "96", "adjusted": "128"}, "75.00"),
    "预算调整率": ({"adjusted": "22285.52", "initial": "6316.74"}, "252.80"),
    "结转结余率": ({"carried": "8", "adjusted": "64"}, "12.50"),
    "“三公经费”控制率": ({"three_actual": "0.59", "three_budget": "1.5"}, "39.33"),
    "政府采购执行率": ({"procured": "7", "procurement_budget": "8"}, "87.50"),
    "绩效目标编制完成率": ({"targets_set": "5", "targets_due": "6"}, "83.33"),
    "绩效监控完成率": ({"monitored": "17", "monitoring_due": "17"}, "100.00"),
    "绩效自评完成率": ({"self_evaluated": "1", "self_evaluation_due": "3"}, "33.33"),
    "部门绩效评价完成率": ({"evaluated": "3", "evaluation_due": "2"}, "150.00"),
    "评价结果应用率": ({"adopted": "11", "suggested": "12"}, "91.67"),
}
"""Each rate with facts of which none is the other, and its result."""


@pytest.mark.parametrize("indicator", sorted(EVERY))
def test_every_standard_rate_is_made_of_its_own_facts(indicator: str) -> None:
    facts, percent = EVERY[indicator]
    assert computed(indicator, **facts).percent == D(percent)
    for one in facts:
        without = {name: text for name, text in facts.items() if name != one}
        assert computed(indicator, **without).percent is None


@pytest.mark.parametrize("indicator", sorted(EVERY))
def test_no_rate_has_a_result_where_its_base_is_nothing(indicator: str) -> None:
    facts, _ = EVERY[indicator]
    rate = RATES.rate(indicator)
    assert rate is not None
    base = {fact.id: "0" for _, fact in rate.under}
    found = computed(indicator, **(facts | base))
    assert (found.percent, found.applies, found.missing) == (None, False, ())


def test_the_table_above_has_every_rate() -> None:
    assert set(EVERY) == {r.indicator for r in RATES.rates}


@pytest.mark.parametrize(
    ("adjusted", "percent"),
    [("100.005", "0.01"), ("99.995", "-0.01"), ("100.0049", "0.00"), ("99.9951", "0.00")],
)
def test_a_rate_below_nothing_is_rounded_like_one_above(adjusted: str, percent: str) -> None:
    assert computed("预算调整率", initial="100", adjusted=adjusted).percent == D(percent)


def test_the_words_hold_the_formula_with_its_numbers() -> None:
    words = computed("预算调整率", initial="100", adjusted="120", excluded="5").words
    assert words == "（调整预算数 120 －年初预算数 100 －按规定剔除的调整数 5） ÷ 年初预算数 100 = 15.00%"


def test_a_base_of_nothing_makes_the_rate_not_apply() -> None:
    found = computed("“三公”经费控制率", three_actual="0", three_budget="0")
    assert (found.percent, found.applies) == (None, False)
    assert found.words.endswith("分母为 0，不适用")


def test_what_is_missing_is_named() -> None:
    found = computed("预算执行率", executed="5")
    assert (found.percent, found.applies) == (None, True)
    assert [f.label for f in found.missing] == ["调整预算数"]


amounts = st.decimals(min_value=0, max_value=10**9, places=2)


@given(amounts, st.decimals(min_value="0.01", max_value=10**9, places=2))
def test_the_rate_is_the_exact_quotient_rounded_half_up_once(over: Decimal, under: Decimal) -> None:
    found = computed("预算执行率", executed=str(over), adjusted=str(under)).percent
    exact = Fraction(over) * 100 / Fraction(under)
    assert found is not None
    assert found == Decimal(int((exact * 200 + 1) // 2)).scaleb(-2)


def test_every_rate_is_a_standard_indicator_of_the_forms() -> None:
    names = set(load().standards)
    assert [r.indicator for r in RATES.rates if r.indicator not in names] == []


def test_a_file_tells_all_its_mistakes_at_once(tmp_path: Path) -> None:
    file = tmp_path / "rates" / "standard.toml"
    file.parent.mkdir()
    text = """format = 1
id = "other"
source = "x"
facts = [ { id = "a", label = "甲", kind = "money" }, { id = "a", label = "乙", kind = "pounds" } ]
rates = [ { indicator = "率", over = ["-a"], under = ["b"], colour = 1 } ]
"""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as refused:
        read_rates(file)
    told = "\n".join(refused.value.problems)
    assert all(word in told for word in ("id", "出现两次", "kind", "至少有一项", "没有数据“b”", "colour"))
