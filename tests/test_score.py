"""Scores: bounded, met means full, better never scores less, weights add up exactly, each line says why."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk import paths
from perfdesk.errors import FormError
from perfdesk.model.change import SetCell
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.scheme import Scheme, Special
from perfdesk.score import Scored, grade, score
from perfdesk.score_methods import at_least, at_most, by_sign, equal, per_point, points, stepped
from perfdesk.scoring_catalog import load_schemes, read_scheme
from perfdesk.weights import propose_weights, split
from tests.rules import filings as f

D = Decimal
numbers = st.decimals(min_value=-1000, max_value=100_000, places=3, allow_nan=False)
weights = st.decimals(min_value=0, max_value=100, places=2, allow_nan=False)
ops = st.sampled_from(["≥", "≤", "=", ">", "<", "±"])


def scheme() -> Scheme:
    return load_schemes()["jinshui-2021"]


def scored(filing: Filing, actuals: dict[str, str], executed: str = "100", adjusted: str = "100") -> Scored:
    """``actuals`` by indicator name."""
    rows = {f.leaf_id(filing, name): text for name, text in actuals.items()}
    return score(
        scheme(), f.form(filing.form), filing, rows, {"executed": D(executed), "adjusted": D(adjusted)}
    )


def everything_met(filing: Filing) -> dict[str, str]:
    return {x.row.get("level3"): x.row.get("target").lstrip("≥≤=") for x in leaves(filing, "indicators")}


def one(target: str, actual: str, unit: str = "个") -> tuple[Decimal | None, str]:
    """Score and reason of an indicator that has the whole 40 points of its part."""
    filing = f.honest()
    leaf = f.leaf_id(filing, "养护公园数量")
    filing = f.change(filing, SetCell(leaf, "target", target), SetCell(leaf, "unit", unit))
    item = next(i for i in scored(filing, {"养护公园数量": actual}).items if i.row == leaf)
    assert item.weight == 40
    return item.score, item.reason


@given(ops, numbers, numbers, weights, st.booleans())
def test_a_score_is_between_nothing_and_the_weight(op, target, actual, weight, strict) -> None:
    got = points(by_sign(op, target, actual, "", strict).share, weight, 2)
    assert 0 <= got <= weight


@given(numbers, numbers, weights)
def test_what_is_met_earns_the_whole_weight(target: Decimal, more: Decimal, weight: Decimal) -> None:
    beyond = target + abs(more)
    assert points(at_least(target, beyond, "").share, weight, 2) == weight
    assert points(at_most(beyond, target, "").share, weight, 2) == weight
    assert points(equal(target, target, "", True).share, weight, 2) == weight


@given(numbers, numbers, numbers, weights)
def test_a_better_result_never_scores_less(
    target: Decimal, one: Decimal, other: Decimal, weight: Decimal
) -> None:
    low, high = sorted((one, other))
    assert points(at_least(target, low, "").share, weight, 2) <= points(
        at_least(target, high, "").share, weight, 2
    )
    assert points(at_most(target, low, "").share, weight, 2) >= points(
        at_most(target, high, "").share, weight, 2
    )


@given(numbers, numbers, weights, st.decimals(min_value=0, max_value=50, places=2, allow_nan=False))
def test_points_off_are_never_more_than_there_are(target, actual, weight, deduction) -> None:
    share = per_point(
        Special("某项", "per-point", deduction=deduction), "≥", target, actual, weight, ""
    ).share
    exact = max(
        Fraction(weight) - max(Fraction(target) - Fraction(actual), Fraction(0)) * Fraction(deduction),
        Fraction(0),
    )
    assert share * Fraction(weight) == exact


@given(
    st.decimals(min_value=0, max_value=100, places=2), st.lists(st.integers(1, 30), min_size=1, max_size=40)
)
def test_shares_add_up_to_the_cent_and_equal_sizes_differ_by_a_cent_at_most(
    whole: Decimal, sizes: list[int]
) -> None:
    shares = split(whole, sizes)
    assert sum(shares) == whole
    for size in set(sizes):
        same = [s for s, n in zip(shares, sizes, strict=True) if n == size]
        assert max(same) - min(same) <= D("0.01")


@pytest.mark.parametrize("form_id", [f.CITY, f.DISTRICT, f.CITY_2023])
def test_proposed_weights_add_up_to_the_weights_of_the_scheme(form_id: str) -> None:
    filing = f.honest(form_id)
    proposed = propose_weights(scheme(), f.form(form_id), filing)
    by_part: dict[str, Decimal] = {}
    for leaf in leaves(filing, "indicators"):
        top = leaf.level1.get("level1")
        by_part[top] = by_part.get(top, D(0)) + proposed[leaf.row.id]
    assert by_part == {"投入管理指标": 20, "产出指标": 40, "效益指标": 30}


def test_a_year_in_which_everything_is_met_scores_a_hundred_and_the_best_grade() -> None:
    filing = f.honest()
    result = scored(filing, everything_met(filing))
    assert (result.total, result.grade, result.open) == (100, "优", 0)
    assert [(x.label, x.weight, x.score, x.rate) for x in result.levels] == [
        ("预算执行", 10, 10, 100), ("投入管理", 20, 20, 100), ("产出指标", 40, 40, 100), ("效益指标", 30, 30, 100)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "actual", "points_got", "reason"),
    [
        ("≥100", "95", "38.00", "完成 95个 ÷ 目标 100个 × 40 分 = 38.00 分"),
        ("≥100", "120", "40.00", "完成 120个，达到目标 100个，得满分 40 分"),
        ("≤100", "120", "33.33", "目标 100个 ÷ 完成 120个 × 40 分 = 33.33 分"),
        ("≤0", "3", "0.00", "完成 3个，超过目标 0个，不得分"),
        ("=100", "120", "33.33", "目标 100个 ÷ 完成 120个 × 40 分 = 33.33 分"),
        ("=100", "80", "32.00", "完成 80个 ÷ 目标 100个 × 40 分 = 32.00 分"),
        ("良好", "良好", "40.00", "完成“良好”，与目标一致，得满分 40 分"),
        ("良好", "基本完成", "28.00", "部分达成（60%–80% 档），建议按 70% × 40 分 = 28.00 分"),
        ("良好", "85%", "34.00", "评定 85% × 40 分 = 34.00 分"),
        ("是/否", "是", "40.00", "达成预期（80%–100% 档），建议按 100%，得满分 40 分"),
        ("是/否", "基本完成", "0.00", "部分达成（60%–80% 档），建议按 70%，不得分"),
        ("≥100", "", None, "没有填写实际完成值"),
        ("", "95", None, "没有指标值"),
        ("≥100", "很多", None, "目标是数值，完成值“很多”不是"),
        ("≥100", "95%", None, "完成值的单位“%”与目标的“个”不同"),
        ("良好", "不知道", None, "不认识的完成情况“不知道”，请填达成的档次或百分比"),
    ],
)
def test_each_line_says_how_its_points_came_about(target, actual, points_got, reason) -> None:
    assert one(target, actual) == (None if points_got is None else D(points_got), reason)


def test_money_in_another_unit_is_converted_before_it_is_compared() -> None:
    assert one("≥0.5亿元", "5000万元", "")[0] == 40


def test_a_standard_rate_without_a_sign_goes_its_own_way() -> None:
    filing = f.honest()
    filing = f.change(filing, SetCell(f.leaf_id(filing, "预算调整率"), "target", "5%"))
    result = scored(filing, everything_met(filing) | {"预算调整率": "3%"})
    assert result.total == 100


def test_a_standard_rate_written_with_an_equals_sign_is_meant_exactly() -> None:
    filing = f.honest()
    leaf = f.leaf_id(filing, "预算调整率")
    filing = f.change(filing, SetCell(leaf, "target", "=5%"))
    result = scored(filing, everything_met(filing) | {"预算调整率": "3%"})
    item = next(i for i in result.items if i.row == leaf)
    assert item.score is not None
    assert item.score < item.weight


def test_an_equal_target_is_all_or_nothing_where_the_scheme_is_strict() -> None:
    assert equal(D(100), D(99), "", True).share == 0
    assert equal(D(100), D(99), "", False).share == Fraction(99, 100)


@pytest.mark.parametrize(("actual", "share"), [("96", 1), ("95", 1), ("94.9", Fraction(8, 10)), ("79", 0)])
def test_steps_are_taken_from_the_highest_that_is_reached(actual: str, share: Fraction) -> None:
    special = Special("某项", "stepped", ((D(95), D(100)), (D(80), D(80))))
    assert stepped(special, D(actual), "%").share == share


@pytest.mark.parametrize(
    ("executed", "adjusted", "got", "reason"),
    [
        ("80", "100", "8.00", "执行数 80 ÷ 调整预算数 100 × 10 分 = 8.00 分"),
        ("120", "100", "10.00", "执行数 120 ÷ 调整预算数 100，得满分 10 分"),
        ("0", "100", "0.00", "执行数 0 ÷ 调整预算数 100，不得分"),
        ("5", "0", None, "调整预算数不大于 0，算不出执行率"),
    ],
)
def test_the_execution_of_the_budget_scores_its_rate(executed, adjusted, got, reason) -> None:
    item = scored(f.honest(), {}, executed, adjusted).items[0]
    assert (item.score, item.reason) == (None if got is None else D(got), reason)


def test_no_grade_is_given_while_a_line_is_open() -> None:
    filing = f.honest()
    actuals = everything_met(filing)
    del actuals["游客满意度"]
    result = scored(filing, actuals)
    assert (result.total, result.grade, result.open) == (70, "", 1)


@pytest.mark.parametrize(
    ("total", "name"),
    [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("60", "中"), ("59.99", "差"), ("0", "差")],
)
def test_the_lower_bound_belongs_to_the_grade(total: str, name: str) -> None:
    assert grade(scheme(), D(total)) == name


def test_half_a_hundredth_is_rounded_up() -> None:
    assert points(Fraction(1, 8), D("0.2"), 2) == D("0.03")


def test_a_scheme_file_tells_all_its_mistakes_at_once(tmp_path: Path) -> None:
    text = (paths.templates() / "scoring" / "jinshui-2021.toml").read_text(encoding="utf-8")
    text = text.replace("weight = 10", "weight = 11").replace("digits = 2", 'digits = "二"\ncolour = 1')
    text = text.replace("from = 80", "from = 95").replace("suggest = 70", "suggest = 99")
    file = tmp_path / "scoring" / "jinshui-2021.toml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as refused:
        read_scheme(file)
    told = "\n".join(refused.value.problems)
    assert all(word in told for word in ("colour", "digits", "parts", "101", "grades", "bands[2].suggest"))
    assert refused.value.file == "scoring/jinshui-2021.toml"
