"""Switches of scoring schemes, each with results reckoned by hand; and what holds for every scheme that ships."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.errors import FormError
from perfdesk.model.change import SetCell
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.scheme import Cap, Over, Scheme
from perfdesk.score import HandSet, Item, Scored, score
from perfdesk.scoring_catalog import load_schemes, read_scheme
from perfdesk.weights import propose_weights, weight_sums
from tests.rules import filings as f

D = Decimal
BASE = load_schemes()["jinshui-2021"]
NAME = "养护公园数量"


def met(filing: Filing) -> dict[str, str]:
    return {x.row.id: x.row.get("target").lstrip("≥≤=") for x in leaves(filing, "indicators")}


def one(scheme: Scheme, target: str, actual: str, hand: HandSet | None = None) -> Item:
    """The line of an indicator worth 40 points."""
    filing = f.honest()
    leaf = f.leaf_id(filing, NAME)
    filing = f.change(filing, SetCell(leaf, "target", target), SetCell(leaf, "unit", "个"))
    by_hand = {leaf: hand} if hand else {}
    scored = score(scheme, f.form(filing.form), filing, {leaf: actual}, {}, hand=by_hand)
    return next(i for i in scored.items if i.row == leaf)


def year(scheme: Scheme, executed: str, adjusted: str = "100") -> Scored:
    """Everything met; only the execution of the budget differs."""
    filing = f.honest()
    facts = {"executed": D(executed), "adjusted": D(adjusted)}
    return score(scheme, f.form(filing.form), filing, met(filing), facts)


@pytest.mark.parametrize(
    ("actual", "points", "due"),
    [
        ("100", "40", ""),
        ("129.9", "40", ""),
        ("130", "38", "over"),
        ("500", "38", "over"),
        ("99", "39.60", "missed"),
    ],
)
def test_a_target_exceeded_by_three_tenths_asks_for_a_reason_and_may_cost_points(actual, points, due) -> None:
    scheme = replace(BASE, over=Over(D("1.3"), D(2)))
    item = one(scheme, "≥100", actual)
    assert (item.score, item.due) == (D(points), due)
    assert ("扣 2 分" in item.reason) == (due == "over")


def test_exceeding_a_target_costs_nothing_where_the_scheme_only_asks_why() -> None:
    item = one(replace(BASE, over=Over(D("1.3"))), "≥100", "130")
    assert (item.score, item.due) == (40, "over")


@pytest.mark.parametrize(("target", "actual"), [("≤100", "10"), ("≥0", "5")])
def test_staying_below_a_limit_or_a_target_of_nothing_is_not_exceeding(target, actual) -> None:
    item = one(replace(BASE, over=Over(D("1.3"), D(2))), target, actual)
    assert (item.score, item.due) == (40, "")


@pytest.mark.parametrize(("actual", "points"), [("60", "24"), ("59.99", "0"), ("0", "0"), ("100", "40")])
def test_below_the_pass_mark_nothing_is_earned(actual, points) -> None:
    item = one(replace(BASE, pass_mark=D(60)), "≥100", actual)
    assert item.score == D(points)
    assert ("低于 60%" in item.reason) == (actual == "59.99")


CAPS = (Cap(D(50), D(59)), Cap(D(60), D(69)), Cap(D(70), D(79)), Cap(D(80), D(89)))


@pytest.mark.parametrize(
    ("executed", "total", "grade"),
    [("80", "98", "优"), ("79.99", "89", "良"), ("70", "89", "良"), ("69.99", "79", "中"), ("60", "79", "中"), ("59.99", "69", "中"),
     ("50", "69", "中"), ("49.99", "59", "差"), ("0", "59", "差")],
)  # fmt: skip
def test_the_execution_rate_caps_the_total(executed, total, grade) -> None:
    scored = year(replace(BASE, caps=CAPS), executed)
    assert (scored.total, scored.grade) == (D(total), grade)
    assert bool(scored.cap) == (D(total) < scored.uncapped)


def test_a_total_under_the_cap_stays() -> None:
    scheme = replace(BASE, caps=(Cap(D(100), D(99)),))
    assert (year(scheme, "50").total, year(scheme, "50").cap) == (95, "")


@pytest.mark.parametrize(("rounding", "points"), [("half-up", "26.67"), ("cut", "26.66")])
def test_points_are_rounded_or_cut(rounding, points) -> None:
    assert one(replace(BASE, rounding=rounding), "≥3", "2").score == D(points)


def test_a_score_set_by_hand_counts_with_its_note_and_tells_what_was_computed() -> None:
    item = one(BASE, "≥100", "95", HandSet(D("35"), "部分数量未验收"))
    assert (item.score, item.computed) == (35, D("38.00"))
    assert item.reason == "人工评分 35 分：部分数量未验收（计算得分 38.00）"


@pytest.mark.parametrize("hand", [HandSet(D(35), " "), HandSet(D("40.01"), "多"), HandSet(D("-0.01"), "少")])
def test_a_score_set_by_hand_without_a_note_or_beyond_the_weight_does_not_count(hand) -> None:
    item = one(BASE, "≥100", "95", hand)
    assert (item.score, item.by_hand) == (D("38.00"), False)
    assert item.refused and item.refused in item.reason


def test_execution_of_no_weight_is_shown_and_not_scored() -> None:
    filing = f.honest()
    parts = (replace(BASE.parts[0], weight=D(0)), replace(BASE.parts[1], weight=D(30)), *BASE.parts[2:])
    scored = score(
        replace(BASE, parts=parts),
        f.form(filing.form),
        filing,
        met(filing),
        {"executed": D(5), "adjusted": D(10)},
    )
    assert (scored.items[0].score, scored.total) == (0, 100)
    assert "执行数 5 ÷ 调整预算数 10" in scored.items[0].reason


# --- weights ----------------------------------------------------------------------------------------------------------


@given(st.data())
def test_weights_that_are_set_stay_and_the_others_fill_up_exactly(data: st.DataObject) -> None:
    filing = f.honest()
    own = [x.row.id for x in leaves(filing, "indicators")]
    some = data.draw(st.lists(st.sampled_from(own), unique=True, max_size=len(own)))
    fixed = {r: data.draw(st.decimals(min_value=0, max_value=10, places=2)) for r in some}
    weights = propose_weights(BASE, f.form(filing.form), filing, fixed)
    assert all(weights[r] == w for r, w in fixed.items())
    for part in weight_sums(BASE, f.form(filing.form), filing, weights):
        parts = next(p for p in BASE.parts if p.label == part.label)
        rows = [x.row.id for x in leaves(filing, "indicators") if x.level1.get("level1") == parts.level1]
        given_away = sum((fixed.get(r, D(0)) for r in rows), D(0))
        free = any(r not in fixed for r in rows)
        assert part.got == (max(part.wanted, given_away) if free else given_away)


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(load_schemes()))
def test_every_scheme_that_ships_comes_to_a_hundred_when_all_is_met(name: str) -> None:
    scheme = load_schemes()[name]
    assert sum(p.weight for p in scheme.parts) == 100
    assert [g.name for g in scheme.grades] == ["优", "良", "中", "差"]
    assert scheme.source


def test_a_scheme_that_scores_all_leaves_needs_no_level_1() -> None:
    filing = f.honest()
    scheme = load_schemes()["sichuan"]
    weights = propose_weights(scheme, f.form(filing.form), filing)
    assert sum(weights.values()) == 90
    assert set(weights) == {x.row.id for x in leaves(filing, "indicators")}


def test_a_copy_of_the_users_stands_beside_the_shipped_schemes(tmp_path: Path) -> None:
    from perfdesk import paths

    text = (paths.templates() / "scoring" / "hubei.toml").read_text(encoding="utf-8")
    (tmp_path / "ours.toml").write_text(text.replace('id = "hubei"', 'id = "ours"'), encoding="utf-8")
    schemes = load_schemes(own=tmp_path)
    assert schemes["ours"].parts == schemes["hubei"].parts


def test_faulty_switches_are_told_all_at_once(tmp_path: Path) -> None:
    from perfdesk import paths

    text = (paths.templates() / "scoring" / "hubei.toml").read_text(encoding="utf-8")
    text = text.replace('rounding = "half-up"', 'rounding = "up"\npass_mark = 160')
    text = text.replace('scopes = ["department", "project"]', 'scopes = ["everything"]')
    text += "\n[[over]]\nratio = 0.9\n[[caps]]\nbelow = 80\nmost = 89\n[[caps]]\nbelow = 70\nmost = 95\n"
    file = tmp_path / "hubei.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as refused:
        read_scheme(file)
    told = "\n".join(refused.value.problems)
    assert all(word in told for word in ("rounding", "pass_mark", "everything", "over", "caps"))
