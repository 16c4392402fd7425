"""Every method of scoring with results reckoned by hand: an indicator worth 10 points, its target and its result as people write them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk import paths
from perfdesk.errors import FormError
from perfdesk.model.change import SetCell
from perfdesk.model.filing import leaves
from perfdesk.model.scheme import Band, Over, Rounding, Scheme, Special
from perfdesk.score import HandSet, Item, Scored, score
from perfdesk.scoring_catalog import load_schemes, read_scheme
from perfdesk.weights import propose_weights, weight_sums
from tests.rules import filings as f

D = Decimal
BASE = load_schemes()["jinshui-2021"]
NAME = "养护公园数量"
HONEST = f.honest()
LEAF = f.leaf_id(HONEST, NAME)


def item(
    target: str,
    actual: str,
    unit: str = "",
    scheme: Scheme = BASE,
    weight: str = "10",
    hand: HandSet | None = None,
) -> Item:
    filing = f.change(HONEST, SetCell(LEAF, "target", target), SetCell(LEAF, "unit", unit))
    by_hand = {LEAF: hand} if hand else {}
    scored = score(scheme, f.form(filing.form), filing, {LEAF: actual}, {}, {LEAF: D(weight)}, by_hand)
    return next(i for i in scored.items if i.row == LEAF)


def special(**own: object) -> Scheme:
    return replace(BASE, specials=(Special(NAME, **own),))  # type: ignore[arg-type]


def got(one: Item) -> str:
    return "" if one.score is None else format(one.score, "f")


@pytest.mark.parametrize(
    ("target", "actual", "points", "due"),
    [
        ("≥100", "100", "10.00", ""),
        ("≥100", "1,000", "10.00", ""),
        ("≥100", "99.99", "10.00", "missed"),  # 9.999
        ("≥100", "99.94", "9.99", "missed"),  # 9.994
        ("≥100", "50", "5.00", "missed"),
        ("≥100", "0", "0.00", "missed"),
        ("≥100", "-5", "0.00", "missed"),
        ("≥3", "2", "6.67", "missed"),
        ("≥3", "1", "3.33", "missed"),
        ("≥16", "1", "0.63", "missed"),  # 0.625
        ("≥0", "0", "10.00", ""),
        ("≥0", "-1", "0.00", "missed"),
        (">100", "80", "8.00", "missed"),
        ("≤100", "100", "10.00", ""),
        ("≤100", "0", "10.00", ""),
        ("≤100", "125", "8.00", "missed"),
        ("≤100", "200", "5.00", "missed"),
        ("≤3", "7", "4.29", "missed"),  # 30/7
        ("≤0", "0", "10.00", ""),
        ("≤0", "0.01", "0.00", "missed"),
        ("≤0", "-1", "10.00", ""),
        ("≤5%", "-20%", "10.00", ""),
        ("<100", "160", "6.25", "missed"),
        ("=100", "100.0", "10.00", ""),
        ("=100", "80", "8.00", "missed"),
        ("=100", "125", "8.00", "missed"),
        ("=100", "0", "0.00", "missed"),
        ("=100", "-100", "0.00", "missed"),
        ("=0", "0", "10.00", ""),
        ("=0", "1", "0.00", "missed"),
        ("12", "6", "5.00", "missed"),
        ("±10%", "10%", "10.00", ""),
        ("±10%", "-10%", "10.00", ""),
        ("±10%", "12.5%", "8.00", "missed"),
        ("±10%", "-20%", "5.00", "missed"),
        ("±0%", "0%", "10.00", ""),
        ("±0%", "1%", "0.00", "missed"),
    ],
)
def test_a_number_scores_by_the_sign_of_its_target(target, actual, points, due) -> None:
    one = item(target, actual)
    assert (got(one), one.due) == (points, due)


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("=100", "100", "10.00"),
        ("=100", "99.99", "0.00"),
        ("=100", "101", "0.00"),
        ("100", "99", "0.00"),
        ("≥100", "50", "5.00"),
        ("≤50", "100", "5.00"),
    ],
)
def test_a_strict_scheme_is_strict_with_equals_only(target, actual, points) -> None:
    assert got(item(target, actual, scheme=replace(BASE, strict_equal=True))) == points


@pytest.mark.parametrize(
    ("target", "unit", "actual", "points"),
    [
        ("≥0.5亿元", "", "5000万元", "10.00"),
        ("≥0.5亿元", "", "2500万元", "5.00"),
        ("≥100", "万元", "80", "8.00"),
        ("≥100", "万元", "800000元", "8.00"),
        ("≤100万元", "", "125万元", "8.00"),
        ("≤100万元", "", "1250000元", "8.00"),
        ("≤100元", "", "0.01万元", "10.00"),
        ("≥100万元", "", "50元", "0.00"),  # 0.0005
        ("≥95", "百分号", "95％", "10.00"),
        ("≥95", "百分比", "47.5%", "5.00"),
        ("≥20", "户", "10户", "5.00"),
        ("≥1万人", "", "12000人", "10.00"),
        ("≥1万人", "", "8000人", "8.00"),
        ("≥5000人", "", "0.4万人", "8.00"),
        ("≤2万元/公里", "", "25000元/公里", "8.00"),
    ],
)
def test_amounts_are_compared_in_one_unit(target, unit, actual, points) -> None:
    assert got(item(target, actual, unit)) == points


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥20户", "10人"), ("≥2万户", "30000人"), ("≥2万人", "3万"), ("≥20%", "10万元"),
     ("≥20万元", "10%"), ("≥20", "不少"), ("", "10"), ("≥", "10"), ("≥20", " ")],
)  # fmt: skip
def test_what_cannot_be_compared_is_not_scored_and_says_why(target, actual) -> None:
    one = item(target, actual)
    assert (one.score, one.due) == (None, "")
    assert one.reason


def test_a_rate_without_a_base_costs_nothing() -> None:
    one = item("≥95%", "不适用")
    assert (got(one), one.due) == ("10.00", "")


OLD_BANDS = (
    Band("达成预期", D(80), D(100), D(100), ("达成",)),
    Band("部分达成", D(50), D(80), D(60), ("基本达成",)),
    Band("未达成", D(0), D(50), D(0), ("没有达成",)),
)


@pytest.mark.parametrize(
    ("actual", "today", "older"),
    [
        ("良好", "10.00", "10.00"),
        ("达成", "10.00", "10.00"),
        ("达成预期", "10.00", "10.00"),
        ("部分达成", "7.00", "6.00"),
        ("基本达成", "7.00", "6.00"),
        ("未达成", "0.00", "0.00"),
        ("120%", "10.00", "10.00"),
        ("100%", "10.00", "10.00"),
        ("80%", "8.00", "8.00"),
        ("60%", "6.00", "6.00"),
        ("59.99%", "6.00", "6.00"),  # 5.999
        ("0%", "0.00", "0.00"),
        ("还行", "", ""),
    ],
)
def test_a_word_scores_by_its_band_or_by_the_percentage_that_somebody_gave(actual, today, older) -> None:
    assert got(item("良好", actual)) == today
    assert got(item("良好", actual, scheme=replace(BASE, bands=OLD_BANDS))) == older


@pytest.mark.parametrize(
    ("actual", "score", "counts"),
    [
        ("达成", "8", True),
        ("达成", "10", True),
        ("达成", "7.99", False),
        ("良好", "8", True),
        ("部分达成", "8", True),
        ("部分达成", "6", True),
        ("部分达成", "8.01", False),
        ("部分达成", "5.99", False),
        ("未达成", "6", True),
        ("未达成", "0", True),
        ("未达成", "6.01", False),
        ("70%", "7.5", False),
    ],
)
def test_within_the_band_a_score_by_hand_needs_no_reason(actual, score, counts) -> None:
    one = item("良好", actual, hand=HandSet(D(score), ""))
    assert one.by_hand == (counts and one.computed != D(score))
    assert (one.score == D(score)) == counts
    assert bool(one.refused) == (not counts)


@pytest.mark.parametrize(
    ("target", "score", "note", "counts"),
    [
        ("≥100", "7", "验收未完", True),
        ("≥100", "0", "未开工", True),
        ("≥100", "10", "补报已完成", True),
        ("≥100", "7", "", False),
        ("≥100", "7", " \n　", False),
        ("≥100", "10.01", "超额", False),
        ("≥100", "-0.01", "倒扣", False),
        ("良好", "10.01", "超额", False),
        ("良好", "9", "群众反映好", True),
    ],
)
def test_a_score_by_hand_needs_its_reason_and_stays_within_the_weight(target, score, note, counts) -> None:
    actual = "95" if target == "≥100" else "部分达成"
    one = item(target, actual, hand=HandSet(D(score), note))
    assert one.computed == (D("9.50") if target == "≥100" else D(7))
    assert one.score == (D(score) if counts else one.computed)
    assert bool(one.refused) == (not counts)


def test_a_score_by_hand_stands_where_nothing_can_be_computed() -> None:
    one = item("≥100", "", hand=HandSet(D(6), "按验收单"))
    assert (one.score, one.computed) == (6, None)


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("是/否", "是", "10.00"),
        ("是/否", "否", "0.00"),
        ("是/否", "部分达成", "0.00"),
        ("是/否", "80%", "0.00"),
        ("是/否", "100%", "10.00"),
        ("是", "是", "10.00"),
    ],
)
def test_a_yes_or_no_is_the_whole_weight_or_nothing(target, actual, points) -> None:
    assert got(item(target, actual)) == points


@pytest.mark.parametrize(("actual", "points"), [("100", "10.00"), ("99.99", "0.00"), ("120", "10.00"), ("0", "0.00")])  # fmt: skip
def test_an_indicator_that_the_scheme_calls_a_yes_or_no_is_one(actual, points) -> None:
    assert got(item("≥100", actual, scheme=special(kind="yes-no"))) == points


@pytest.mark.parametrize(
    ("actual", "points"),
    [("100", "10.00"), ("95", "10.00"), ("94.99", "8.00"), ("90", "8.00"), ("80", "5.00"), ("79.99", "0.00"), ("0", "0.00")],
)  # fmt: skip
def test_steps_count_from_their_limit_on(actual, points) -> None:
    steps = ((D(95), D(100)), (D(90), D(80)), (D(80), D(50)))
    assert got(item("≥95%", f"{actual}%", scheme=special(kind="stepped", steps=steps))) == points


@pytest.mark.parametrize(
    ("actual", "points"),
    [("-3", "10.00"), ("0", "10.00"), ("5", "10.00"), ("5.01", "6.00"), ("10", "6.00"), ("10.01", "0.00")],
)
def test_steps_count_up_to_their_limit_where_less_is_better(actual, points) -> None:
    steps = ((D(5), D(100)), (D(10), D(60)))
    one = item("≤5%", f"{actual}%", scheme=special(kind="stepped", steps=steps, falling=True))
    assert got(one) == points
    assert ("不超过" in one.reason) == (points != "0.00")


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("≥95%", "95%", "10.00"),
        ("≥95%", "99%", "10.00"),
        ("≥95%", "94%", "9.50"),
        ("≥95%", "93.5%", "9.25"),
        ("≥95%", "75%", "0.00"),
        ("≥95%", "74%", "0.00"),
        ("≤5%", "5%", "10.00"),
        ("≤5%", "7%", "9.00"),
        ("=10", "12", "9.00"),
        ("=10", "8", "9.00"),
        ("±10%", "-8%", "10.00"),
        ("±10%", "12%", "9.00"),
        ("±10%", "-12%", "9.00"),
    ],
)
def test_each_unit_that_is_missing_costs_its_points(target, actual, points) -> None:
    assert got(item(target, actual, scheme=special(kind="per-point", deduction=D("0.5")))) == points


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("≥100", "129.99", "10.00"),
        ("≥100", "130", "8.00"),
        (">100", "130", "8.00"),
        ("=100", "130", "7.69"),
        ("≤100", "10", "10.00"),
    ],
)
def test_points_go_off_only_where_more_is_better(target, actual, points) -> None:
    assert got(item(target, actual, scheme=replace(BASE, over=Over(D("1.3"), D(2))))) == points


def test_points_that_go_off_for_too_much_are_never_more_than_there_are() -> None:
    one = item("≥100", "200", scheme=replace(BASE, over=Over(D("1.3"), D(2))), weight="1.5")
    assert one.score == 0


@pytest.mark.parametrize(
    ("digits", "rounding", "points"),
    [
        (0, "half-up", "7"),
        (0, "cut", "6"),
        (1, "half-up", "6.7"),
        (1, "cut", "6.6"),
        (2, "half-up", "6.67"),
        (2, "cut", "6.66"),
        (4, "half-up", "6.6667"),
        (4, "cut", "6.6666"),
    ],
)
def test_digits_and_rounding_are_the_schemes(digits: int, rounding: Rounding, points: str) -> None:
    assert got(item("≥3", "2", scheme=replace(BASE, digits=digits, rounding=rounding))) == points


def test_a_weight_below_nothing_earns_nothing() -> None:
    assert item("≥100", "100", weight="-5").score == 0


# --- for anything that people may write -------------------------------------------------------------------------------

NUMBERS = st.decimals(min_value=-500, max_value=500, places=2).map(lambda d: format(d, "f"))
TARGETS = st.one_of(
    st.tuples(st.sampled_from(["≥", "≤", "=", "±", ">", "<", ""]), NUMBERS).map("".join),
    st.sampled_from(["良好", "是/否", "≥90是/否", "", "≥", "11月底前"]),
)
ACTUALS = st.one_of(NUMBERS, st.sampled_from(["良好", "是", "否", "部分达成", "85%", "不适用", "", "随便"]))
WEIGHTS = st.decimals(min_value=0, max_value=100, places=2).map(str)
SCHEMES = st.builds(
    lambda digits, rounding, mark, strict, off: replace(
        BASE,
        digits=digits,
        rounding=rounding,
        pass_mark=D(mark),
        strict_equal=strict,
        over=Over(D("1.3"), D(off)) if off is not None else None,
    ),
    st.integers(0, 4),
    st.sampled_from(["half-up", "cut"]),
    st.sampled_from([0, 60]),
    st.booleans(),
    st.sampled_from([None, 0, 2]),
)


@given(TARGETS, ACTUALS, WEIGHTS, SCHEMES)
def test_whatever_is_written_scores_between_nothing_and_the_weight(target, actual, weight, scheme) -> None:
    one = item(target, actual, scheme=scheme, weight=weight)
    assert one.score is None or 0 <= one.score <= D(weight)
    assert one.reason


@given(
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.sampled_from([BASE, replace(BASE, pass_mark=D(60)), replace(BASE, rounding="cut", digits=1)]),
    st.sampled_from([None, "per-point", "stepped", "yes-no"]),
)
def test_a_better_result_never_scores_less_by_any_method(target, one, other, scheme, kind) -> None:
    low, high = sorted((D(one), D(other)))
    goal = abs(D(target))
    if kind:
        own = Special(NAME, kind, ((goal, D(100)), (goal / 2, D(50))), D("0.5"))
        scheme = replace(scheme, specials=(own,))
    worse, better = (item(f"≥{goal}", str(v), scheme=scheme).score for v in (low, high))
    assert worse is not None and better is not None and worse <= better
    if kind == "stepped":
        own = Special(NAME, "stepped", ((goal, D(100)), (goal * 2 + 1, D(50))), falling=True)
        scheme = replace(scheme, specials=(own,))
    better, worse = (item(f"≤{goal}", str(v), scheme=scheme).score for v in (low, high))
    assert worse is not None and better is not None and worse <= better


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["=", "±"]))
def test_nearer_to_an_exact_target_never_scores_less(target, near, far, sign) -> None:
    goal = abs(D(target))
    middle = goal if sign == "=" else D(0)
    steps = sorted((abs(D(near)), abs(D(far))))
    for side in (1, -1):
        closer, further = (item(f"{sign}{goal}", str(middle + side * s)).score for s in steps)
        assert closer is not None and further is not None and closer >= further


def whole(actuals: list[str], weights: list[str | None]) -> tuple[Scored, dict[str, Decimal]]:
    rows = [x.row.id for x in leaves(HONEST, "indicators")]
    fixed = {r: D(w) for r, w in zip(rows, weights, strict=False) if w is not None}
    facts = {"executed": D("70.01"), "adjusted": D("90.3")}
    scored = score(BASE, f.form(HONEST.form), HONEST, dict(zip(rows, actuals, strict=False)), facts, fixed)
    return scored, fixed


@given(
    st.lists(ACTUALS, min_size=30, max_size=30),
    st.lists(st.one_of(st.none(), st.decimals(0, 9, places=2).map(str)), min_size=30, max_size=30),
)
def test_sums_are_exact_whatever_weights_are_set(actuals: list[str], weights: list[str | None]) -> None:
    scored, _ = whole(actuals, weights)
    lines = [i.score for i in scored.items if i.score is not None]
    assert scored.uncapped == sum(lines) == sum(level.score for level in scored.levels)
    assert scored.total == scored.uncapped
    for level in scored.levels:
        assert level.score == sum(i.score for i in scored.items if i.part == level.label and i.score)


@given(st.lists(ACTUALS, min_size=30, max_size=30), SCHEMES)
def test_with_weights_that_add_up_no_part_and_no_total_is_more_than_it_may_be(actuals, scheme) -> None:
    rows = [x.row.id for x in leaves(HONEST, "indicators")]
    facts = {"executed": D("70.01"), "adjusted": D("90.3")}
    scored = score(scheme, f.form(HONEST.form), HONEST, dict(zip(rows, actuals, strict=False)), facts)
    assert all(0 <= level.score <= level.weight and level.rate <= 100 for level in scored.levels)
    assert 0 <= scored.total <= 100
    assert bool(scored.grade) == (scored.open == 0)


def test_weights_that_do_not_add_up_are_told_part_by_part_and_scored_as_they_are() -> None:
    """The seven lines of 产出 are worth 40 points together: one alone gets 50, the others nothing is left for."""
    fixed = {LEAF: D(50)}
    form = f.form(HONEST.form)
    weights = propose_weights(BASE, form, HONEST, fixed)
    sums = {s.label: (s.wanted, s.got) for s in weight_sums(BASE, form, HONEST, weights)}
    assert sums == {"投入管理": (20, 20), "产出指标": (40, 50), "效益指标": (30, 30)}
    scored = score(BASE, form, HONEST, {LEAF: "1000"}, {}, fixed)
    assert next(i.score for i in scored.items if i.row == LEAF) == 50


# --- steps in a file --------------------------------------------------------------------------------------------------


def scheme_with(tmp_path: Path, more: str) -> Scheme:
    text = (paths.templates() / "scoring" / "hubei.toml").read_text(encoding="utf-8")
    file = tmp_path / "hubei.toml"
    file.write_text(f"{text}\n[[specials]]\nindicator = '某率'\nkind = 'stepped'\n{more}", encoding="utf-8")
    return read_scheme(file)


def test_steps_may_be_written_downwards_or_upwards(tmp_path: Path) -> None:
    down = scheme_with(tmp_path, "steps = [{ from = 95, percent = 100 }, { from = 80, percent = 50 }]")
    up = scheme_with(tmp_path, "steps = [{ to = 5, percent = 100 }, { to = 10, percent = 50 }]")
    assert (down.specials[0].steps, down.specials[0].falling) == (((95, 100), (80, 50)), False)
    assert (up.specials[0].steps, up.specials[0].falling) == (((5, 100), (10, 50)), True)


@pytest.mark.parametrize(
    "steps",
    [
        "[]",
        "[{ from = 80, percent = 50 }, { from = 95, percent = 100 }]",
        "[{ to = 10, percent = 100 }, { to = 5, percent = 50 }]",
        "[{ from = 95, percent = 50 }, { from = 80, percent = 100 }]",
        "[{ from = 95, percent = 100 }, { to = 80, percent = 50 }]",
        "[{ from = 95, percent = 100 }, { from = 95, percent = 50 }]",
    ],
)
def test_steps_that_contradict_each_other_are_refused(tmp_path: Path, steps: str) -> None:
    with pytest.raises(FormError) as refused:
        scheme_with(tmp_path, f"steps = {steps}")
    assert "steps" in "\n".join(refused.value.problems)
