"""What is told of a self-evaluation: each wrong number with the right one beside it, and the step that mends it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from perfdesk.catalog import new_filing
from perfdesk.check import check
from perfdesk.model.change import Change, InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.model.finding import Finding
from perfdesk.model.scheme import Cap
from perfdesk.rules import evaluation, evaluation_totals
from tests.making import catalog, counter

PROJECT, DEPARTMENT = "national-2020/self-evaluation", "jinshui-2021/self-evaluation"
CODES = {k.code for k in (*evaluation.KINDS, *evaluation_totals.KINDS)}
ROWS = (
    ("数量指标", "培训人次", "≥200人次", "210人次", "30"),
    ("质量指标", "结业率", "≥95%", "95%", "20"),
    ("社会效益指标", "就业人数", "≥80人", "82人", "30"),
    ("服务对象满意度指标", "学员满意度", "≥90%", "94%", "10"),
)


def project(**cells: str) -> Filing:
    """A right one: everything reached, executed in full. ``cells``: ``money__rate="85%"``, and of the indicators by number
    ``i2__actual="91%"``."""
    form = catalog().form(PROJECT)
    new_id = counter()
    filing = new_filing(form, 2022, "青溪市职校", new_id)
    level2 = {r.get("level2"): r.id for r in filing.section("indicators") if "level2" in r.cells}
    changes: list[Change] = [SetCell("money", c, "80") for c in ("initial", "adjusted", "executed")]
    basic = {"name": "技能培训", "goal": "培训200人次。", "completion": "培训210人次。"}
    changes += [SetCell("basic", c, t) for c, t in basic.items()]
    ids: list[str] = []
    for name, *texts in ROWS:
        ids.append(new_id())
        own: dict[str, str] = {c: texts[n] for n, c in enumerate(("level3", "target", "actual", "weight"))}
        changes.append(InsertRow(Row(ids[-1], "indicators", MappingProxyType(own), level2[name]), None))
    for address, text in cells.items():
        row, _, column = address.partition("__")
        changes.append(SetCell(ids[int(row[1:]) - 1] if row[0] == "i" else row, column, text))
    return apply(filing, tuple(changes))[0]


def told(filing: Filing) -> dict[str, Finding]:
    """By code, those that this module is about."""
    found = check(catalog().form(filing.form), filing)
    return {f.code: f for f in found if f.code in CODES}


def mended(filing: Filing, finding: Finding) -> Filing:
    return apply(filing, finding.fixes[0].changes)[0]


def test_nothing_is_told_of_one_that_is_right() -> None:
    assert told(project()) == {}
    assert (
        told(project(money__rate="100%", money__score="10分", result__total="100", result__grade="优")) == {}
    )
    assert told(project(money__executed="60", money__rate="75", result__total="97.5")) == {}


CASES: tuple[tuple[dict[str, str], str, str, tuple[str, ...]], ...] = (
    ({"i1__weight": "25"}, "weights-sum", "indicators/1/weight", ("45 分", "50 分", "少 5 分")),
    ({"i3__weight": "32"}, "weights-sum", "indicators/3/weight", ("32 分", "30 分", "多 2 分")),
    ({"i2__weight": "二十"}, "points-not-a-number", "indicators/2/weight", ("二十",)),
    ({"i2__actual": ""}, "not-scored", "indicators/2/actual", ("结业率", "没有填写实际完成值")),
    ({"i2__score": "21"}, "score-out-of-range", "indicators/2/score", ("21 分", "20 分")),
    ({"i2__score": "-1"}, "score-out-of-range", "indicators/2/score", ("-1 分",)),
    ({"i2__score": "19"}, "score-without-note", "indicators/2/score", ("19 分", "20 分")),
    ({"i3__actual": "72人"}, "deviation-missing", "indicators/3/deviation", ("72人", "≥80人")),
    ({"i3__actual": "104人"}, "over-unexplained", "indicators/3/deviation", ("104人", "1.3 倍")),
    ({"i2__actual": "0.97"}, "share-for-percent", "indicators/2/actual", ("0.97", "97%")),
    ({"money__adjusted": "0"}, "no-adjusted-budget", "money/adjusted", ("0", "10 分")),
    ({"money__executed": "90"}, "executed-over-budget", "money/executed", ("90.00", "80.00")),
    ({"money__rate": "98%"}, "rate-mismatch", "money/rate", ("98%", "80.00", "100%")),
    ({"money__fiscal_adjusted": "40", "money__fiscal_executed": "30", "money__fiscal_rate": "80%"},
     "rate-mismatch", "money/fiscal_rate", ("80%", "30.00", "40.00", "75%")),
    ({"money__score": "9"}, "execution-score", "money/score", ("9 分", "10 分")),
    ({"money__score": "12", "money__note": "多给"}, "execution-score", "money/score", ("12 分", "10 分")),
    ({"money__score": "12", "money__note": "多给"}, "execution-score", "money/score", ("0 到分值 10 分之间",)),
    ({"money__score": "九分半"}, "points-not-a-number", "money/score", ("九分半",)),
    ({"money__weight": "十分"}, "points-not-a-number", "money/weight", ("十分",)),
    ({"result__total": "九十"}, "points-not-a-number", "result/total", ("九十",)),
    ({"i2__actual": "不适用"}, "inapplicable-unexplained", "indicators/2/actual", ("结业率", "20 分")),
    ({"money__weight": "20"}, "execution-weight", "money/weight", ("20 分", "10 分")),
    ({"result__total": "98"}, "total-mismatch", "result/total", ("98 分", "100 分", "少 2 分")),
    ({"i2__score": "19", "result__total": "99"}, "total-rescored", "result/total", ("99 分", "100 分")),
    ({"result__grade": "良"}, "grade-mismatch", "result/grade", ("良", "100 分", "优")),
    ({"i3__actual": "40人", "i3__deviation": "停课", "result__grade": "优"},
     "grade-mismatch", "result/grade", ("优", "85 分", "80 分起为“良”")),
    ({"result__scheme": "hubei-2009"}, "scheme-unknown", "result/scheme", ("hubei-2009",)),
)  # fmt: skip


@pytest.mark.parametrize(("cells", "code", "where", "words"), CASES)
def test_each_is_told_once_with_its_numbers(
    cells: dict[str, str], code: str, where: str, words: tuple[str, ...]
) -> None:
    found = told(project(**cells))
    assert code in found
    assert found[code].where == where
    assert [w for w in words if w not in found[code].message] == []


@pytest.mark.parametrize("cells", [c for c, *_ in CASES])
def test_the_step_offered_mends_it(cells: dict[str, str]) -> None:
    filing = project(**cells)
    for code, finding in told(filing).items():
        if finding.fixes:
            after = told(mended(filing, finding))
            assert code not in after or after[code].where != finding.where


def test_a_note_settles_a_score_by_hand_but_not_one_above_the_weight() -> None:
    assert told(project(i2__score="19", i2__note="两人中途退学")) == {}
    assert "score-out-of-range" in told(project(i2__score="21", i2__note="超额"))


def department(**facts: str) -> Filing:
    filing = new_filing(catalog().form(DEPARTMENT), 2021, "白石区养老服务中心", counter())
    return apply(filing, tuple(SetCell("facts", f, text) for f, text in facts.items()))[0]


def test_spending_without_a_budget_is_told_though_the_rate_does_not_apply() -> None:
    finding = told(department(three_actual="5", three_budget="0"))["rate-without-base"]
    assert "三公" in finding.message and "5" in finding.message
    assert "rate-without-base" not in told(department(three_actual="0", three_budget="0"))
    assert "rate-without-base" not in told(department(three_actual="5", three_budget="6"))


@pytest.mark.parametrize("text", ["八个", "8个", "-1"])
def test_a_count_in_words_is_told(text: str) -> None:
    finding = told(department(monitored=text, monitoring_due="8"))["count-not-a-number"]
    assert finding.where == "facts/monitored" and text in finding.message
    assert "count-not-a-number" not in told(department(monitored="8", monitoring_due="—"))


def test_what_does_not_apply_keeps_its_points_where_it_says_why() -> None:
    for reason in ("note", "deviation"):
        assert told(project(i2__actual="不适用", **{f"i2__{reason}": "当年没有结业考试"})) == {}
    assert "inapplicable-unexplained" in told(project(i2__actual="不适用", i2__deviation="—"))


def test_a_rate_whose_facts_have_no_base_needs_no_words() -> None:
    form = catalog().form(DEPARTMENT)
    filing = new_filing(form, 2021, "白石区养老服务中心", counter())
    row = next(x.row.id for x in leaves(filing, "indicators") if "三公" in x.row.get("level3"))
    facts = (SetCell("facts", "three_actual", "0"), SetCell("facts", "three_budget", "0"))
    typed = (SetCell(row, "target", "≤100%"), SetCell(row, "actual", "不适用"))
    assert "inapplicable-unexplained" not in told(apply(filing, (*facts, *typed))[0])
    assert "inapplicable-unexplained" in told(apply(filing, typed)[0])


def test_a_deviation_settles_a_missed_target() -> None:
    assert told(project(i3__actual="72人", i3__deviation="停课")) == {}
    for nothing in ("无", "—"):
        assert "deviation-missing" in told(project(i3__actual="72人", i3__deviation=nothing))


def test_a_share_in_place_of_a_percentage_is_told_alone() -> None:
    """Its score and the missed target follow from it."""
    assert told(project(i2__actual="0.97", i2__score="20")).keys() == {"share-for-percent"}


def test_a_rate_printed_with_fewer_digits_or_as_a_share_is_right() -> None:
    for rate in ("66.67%", "66.7", "67%", "0.6667", "—"):
        assert told(project(money__adjusted="120", money__rate=rate)) == {}, rate
    assert "rate-mismatch" in told(project(money__adjusted="120", money__rate="66.6%"))
    assert told(project(money__adjusted="120", money__score="6.7", result__total="96.7")) == {}  # 6.67 of 10
    assert "execution-score" in told(project(money__adjusted="120", money__score="6.6"))


def test_weights_that_fit_another_scheme_offer_it() -> None:
    schemes = catalog().form(PROJECT).evaluation
    assert schemes is not None
    filing = project(i1__weight="40", i2__weight="0", i3__weight="40", i4__weight="20")
    finding = told(filing)["weights-sum"]
    chosen = apply(filing, finding.fixes[1].changes)[0]
    assert chosen.cell("result/scheme") == "ningxia-transfer-2022"
    assert "weights-sum" not in told(chosen)


def test_a_level_1_named_without_the_word_for_indicators_is_not_missing() -> None:
    filing = project()
    tops = [r for r in filing.section("indicators") if r.get("level1")]
    short = [SetCell(r.id, "level1", r.get("level1").removesuffix("指标")) for r in tops]
    renamed = apply(filing, tuple(short))[0]
    assert "产出" in [r.get("level1") for r in renamed.section("indicators")]
    assert [
        f.message for f in check(catalog().form(PROJECT), renamed) if f.code == "indicators-missing"
    ] == []


def test_a_target_without_a_sign_that_is_exceeded_is_not_called_unreached() -> None:
    """It counts as an exact one; whoever meant a minimum is told how to write it."""
    finding = told(project(i4__target="90%", i4__actual="95%"))["deviation-missing"]
    assert "没有达到" not in finding.message
    assert [w for w in ("95%", "90%", "按等于计分", "≥90%") if w not in finding.message] == []
    assert "没有达到" in told(project(i4__target="90%", i4__actual="85%"))["deviation-missing"].message


def test_a_level_1_that_no_part_scores_is_told_once() -> None:
    form = catalog().form(PROJECT)
    new_id = counter("x")
    rows = [
        Row("a", "indicators", MappingProxyType({"level1": "成本指标"})),
        Row("b", "indicators", MappingProxyType({"level2": "经济成本指标"}), "a"),
        *(Row(new_id(), "indicators", MappingProxyType({"level3": f"成本{n}", "target": "≤5万元"}), "b") for n in (1, 2)),
    ]  # fmt: skip
    filing, _ = apply(project(), tuple(InsertRow(r, None) for r in rows))
    found = [f for f in check(form, filing) if f.code == "level-unscored"]
    assert len(found) == 1
    assert "2 项" in found[0].message
    chosen = apply(filing, found[0].fixes[0].changes)[0]
    assert chosen.cell("result/scheme") == "national-2021-cost"
    assert "level-unscored" not in told(chosen)


def test_a_rate_typed_over_its_facts_asks_for_a_note() -> None:
    """Of 1.5 planned 0.59 were spent: that is 39.33 %, not 60 %."""
    form = catalog().form(DEPARTMENT)
    filing = new_filing(form, 2021, "白石区养老服务中心", counter())
    row = next(x.row.id for x in leaves(filing, "indicators") if "三公" in x.row.get("level3"))
    facts = (SetCell("facts", "three_actual", "0.59"), SetCell("facts", "three_budget", "1.5"))
    target = SetCell(row, "target", "≤100%")
    filing = apply(filing, (*facts, target, SetCell(row, "actual", "60%")))[0]
    finding = told(filing)["rate-typed-over"]
    assert "60%" in finding.message and "39.33%" in finding.message
    assert "rate-typed-over" not in told(mended(filing, finding))
    assert "rate-typed-over" not in told(apply(filing, (SetCell(row, "note", "含上年结转"),))[0])
    assert "rate-typed-over" not in told(apply(filing, (SetCell(row, "actual", "39.3%"),))[0])


def test_a_total_above_the_cap_of_a_low_execution_is_told_with_the_cap() -> None:
    form = catalog().form(PROJECT)
    assert form.evaluation is not None
    scheme = replace(form.evaluation.chosen(form.evaluation.scheme), caps=(Cap(Decimal(60), Decimal(69)),))
    form = replace(form, evaluation=replace(form.evaluation, schemes=(scheme,)))
    found = {f.code: f for f in check(form, project(money__executed="40", result__total="95"))}
    assert [w for w in ("95 分", "50", "60%", "69 分") if w not in found["total-mismatch"].message] == []
    assert "total-mismatch" not in {
        f.code for f in check(form, project(money__executed="40", result__total="69"))
    }


def test_a_number_reached_to_the_dot_allows_no_other_score_without_a_note() -> None:
    found = told(project(i2__target="95%", i2__actual="95%", i2__score="17"))
    assert "score-without-note" in found


def test_a_quality_allows_any_score_of_its_band() -> None:
    quality = {"i2__target": "规范", "i2__actual": "规范"}
    assert told(project(**quality, i2__score="17")) == {}
    assert "score-without-note" in told(project(**quality, i2__score="15"))
