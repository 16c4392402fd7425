"""Sums by the database against plain whole numbers: of any units, codes and amounts, of whom they are asked, and who has which share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.bureau.gathered import MONEY_CELL, gathered
from perfdesk.model.bureau import EVERYONE, Amount, Handing, Indicator, Node, Paper, Scope
from perfdesk.model.filing import Filing
from perfdesk.store import Store
from tests.store.sample import sample_filing

FORM = sample_filing().form
MOST = 2**63 - 1
UNITS = ("甲", "乙", "丙", "丁")
TREE = (
    Node("市", "", "某市", "city", None, False),
    Node("局", "", "某局", "department", "市", True),
    *(Node(u, "", u, "unit", "局", True) for u in UNITS[:3]),
    Node(UNITS[3], "", UNITS[3], "unit", "市", True),
)
Cell = tuple[str, str, str]

many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
value = st.one_of(st.none(), st.integers(-MOST, MOST), st.integers(-50, 50))
cell = st.tuples(
    st.sampled_from(["budget", "支出总表"]),
    st.sampled_from(["212", "2120101", "", "Z", "a"]),
    st.just("total"),
)
papers = st.lists(st.dictionaries(cell, value, max_size=4), max_size=2)
handed = st.dictionaries(st.sampled_from(UNITS), papers, max_size=4)


def paper(amounts: Sequence[Amount] = (), indicators: Sequence[Indicator] = ()) -> Paper:
    filing = sample_filing("某局", 2026)
    plain = Filing(filing.form, filing.title, 2026, filing.rows, filing.sections)
    return Paper(plain, "overall", "", tuple(amounts), tuple(indicators))


def take(store: Store, unit: str, *some: Paper) -> None:
    store.bureau.take(Handing(unit, 2026, "x", some, "d"))


def put(store: Store, what: Mapping[str, Sequence[Mapping[Cell, int | None]]]) -> None:
    """Every unit hands in again, so that nothing of an earlier example counts."""
    store.bureau.put_nodes(TREE)
    for unit in UNITS:
        some = [
            paper([Amount(*at, v, "" if v is not None else "约") for at, v in one.items()])
            for one in what.get(unit, ())
        ]
        take(store, unit, *some)


@many
@given(handed)
def test_sums_and_shares_are_what_whole_numbers_make(
    store: Store, what: dict[str, list[dict[Cell, int | None]]]
) -> None:
    put(store, what)
    for units in (UNITS, UNITS[:3], ("丁",)):
        scope = {UNITS: EVERYONE, UNITS[:3]: Scope("局")}.get(units, Scope(units=units))
        cells = [(at, v) for u in units for one in what.get(u, ()) for at, v in one.items()]
        total, read, odd = (
            Counter[Cell](),
            Counter(at for at, v in cells if v is not None),
            Counter(at for at, v in cells if v is None),
        )
        for at, v in cells:
            total[at] += v or 0
        found = store.bureau.sums(2026, [FORM], scope)
        assert {(s.section, s.line, s.field): (s.value, s.papers, s.unread) for s in found} == {
            at: (total[at], read[at], odd[at]) for at in {at for at, _ in cells}
        }
        assert [(s.section, s.line, s.field) for s in found] == sorted({at for at, _ in cells})
        for one in found:
            at = (one.section, one.line, one.field)
            shares = store.bureau.shares(2026, [FORM], at, scope)
            assert sum(s.value or 0 for s in shares) == one.value
            assert Counter((s.unit, s.value) for s in shares) == Counter(
                (u, p[at]) for u in units for p in what.get(u, ()) if at in p
            )


def test_a_form_that_is_the_sum_of_others_already_is_not_added_to_them(store: Store) -> None:
    store.bureau.put_nodes(TREE)
    at = ("budget", "", "total")
    for unit, v in (("甲", 1), ("乙", 2), ("丁", 4), ("局", 100)):
        take(store, unit, paper([Amount(*at, v)]))

    def of(scope: Scope) -> tuple[int, list[str]]:
        shares = store.bureau.shares(2026, [FORM], at, scope)
        return store.bureau.sums(2026, [FORM], scope)[0].value, sorted(s.unit for s in shares)

    assert of(EVERYONE) == (7, sorted(["甲", "乙", "丁"]))
    assert of(Scope("局")) == (3, sorted(["甲", "乙"]))
    assert of(Scope(units=("局",))) == (100, ["局"]), "who is named counts as it is"
    assert set(store.bureau.per_unit(2026, [FORM], [at])) == {"甲", "乙", "丁"}
    assert [p.unit for p in store.bureau.counted(2026, [FORM])] == ["甲", "乙", "丁"]
    take(store, "甲")
    take(store, "乙")
    assert of(EVERYONE) == (104, sorted(["丁", "局"])), "nobody below it has that form any more"


# --- indicators -------------------------------------------------------------------------------------------------------

rate = st.integers(-(10**9), 10**9)
money = st.one_of(st.none(), st.integers(1, MOST))
line = st.tuples(
    st.sampled_from(["完成率", "满意率"]), st.one_of(st.none(), rate), st.one_of(st.none(), rate)
)
weighed = st.dictionaries(st.sampled_from(UNITS), st.tuples(money, st.lists(line, max_size=3)), min_size=1)


@many
@given(weighed)
def test_rates_are_averaged_by_the_money_of_their_units_exactly(
    store: Store, what: dict[str, tuple[int | None, list[tuple[str, int | None, int | None]]]]
) -> None:
    store.bureau.put_nodes(TREE)
    rows: list[tuple[str, int | None, int | None, int | None]] = []
    for unit in UNITS:
        own, lines = what.get(unit, (None, []))
        some = [
            Indicator(n, "产出", "质量", name, "x", "≥" if aim is not None else "", aim, "%", "y", done)
            for n, (name, aim, done) in enumerate(lines, 1)
        ]
        take(store, unit, paper([] if own is None else [Amount(*MONEY_CELL, own)], some))
        rows += [(name, aim, done, own) for name, aim, done in lines]
    found = {g.level3: g for g in gathered(store.bureau.gathered(2026, [FORM], ([FORM], MONEY_CELL)))}
    assert set(found) == {name for name, *_ in rows}
    for name, one in found.items():
        for side, combined in ((1, one.target), (2, one.actual)):
            mine = [(r[side], r[3]) for r in rows if r[0] == name and r[side] is not None]
            assert (None if combined is None else combined.value) == average(mine)
            if combined is not None:
                assert combined.papers + combined.unweighed == len(mine)


def test_a_rate_that_can_only_be_a_slip_has_no_part_in_the_average_and_is_counted(store: Store) -> None:
    store.bureau.put_nodes(TREE)
    for unit, rate in (("甲", 95_0000), ("乙", 10**9 + 1), ("丙", MOST)):
        line = Indicator(1, "产出", "质量", "完成率", "x", "≥", rate, "%")
        take(store, unit, paper([Amount(*MONEY_CELL, MOST)], [line]))
    (one,) = gathered(store.bureau.gathered(2026, [FORM], ([FORM], MONEY_CELL)))
    assert one.target is not None
    assert (one.target_text, one.target.papers, one.target.unweighed) == ("≥95%", 1, 2)


def test_a_unit_with_two_targets_weighs_by_the_larger_money(store: Store) -> None:
    store.bureau.put_nodes(TREE)
    line = Indicator(1, "产出", "质量", "完成率", "x", "≥", 95_0000, "%")
    take(store, "甲", paper([Amount(*MONEY_CELL, 10)], [line]), paper([Amount(*MONEY_CELL, 30)]))
    (one,) = store.bureau.indicators(2026, [FORM], ([FORM], MONEY_CELL))
    assert one.weight == 30
    assert store.bureau.gathered(2026, [FORM], ([FORM], MONEY_CELL))[0].target.weight == 30


def average(rates: Sequence[tuple[int | None, int | None]]) -> Fraction | None:
    known = [(v, w) for v, w in rates if v is not None and w is not None]
    if known:
        return Fraction(sum(v * w for v, w in known), 10_000 * sum(w for _, w in known))
    plain = [v for v, _ in rates if v is not None]
    return Fraction(sum(plain), 10_000 * len(plain)) if plain else None


@pytest.fixture
def gatherable(store: Store) -> Store:
    store.bureau.put_nodes(TREE)
    for n, (unit, own, name, target, measure, op, aim) in enumerate(
        [
            ("甲", 300_0000, "修路 长度", "≥2公里", "公里", "≥", 2_0000),
            ("乙", 100_0000, "修路长度", "3公里", "公里", "=", 3_0000),
            ("丙", None, "修路长度", "按计划", "", "", None),
            ("丁", 100_0000, "修路长度", "≥5座", "座", "≥", 5_0000),
        ]
    ):
        line = Indicator(n + 1, "产出指标", "数量指标", name, target, op, aim, measure, "", None)
        take(store, unit, paper([] if own is None else [Amount(*MONEY_CELL, own)], [line]))
    return store


def test_indicators_of_one_name_and_measure_are_one_and_words_are_counted_beside(gatherable: Store) -> None:
    found = gathered(gatherable.bureau.gathered(2026, [FORM], ([FORM], MONEY_CELL)))
    assert [(g.level3, g.names, g.measure, g.target_text, g.papers, g.words) for g in found] == [
        ("修路 长度", ("修路 长度", "修路长度"), "公里", "≥5公里", 2, 0),
        ("修路长度", ("修路长度",), "", "", 1, 1),
        ("修路长度", ("修路长度",), "座", "≥5座", 1, 0),
    ]


def test_the_units_of_an_indicator_are_listed_with_their_money_in_the_order_of_the_tree(
    gatherable: Store,
) -> None:
    listed = gatherable.bureau.indicators(2026, [FORM], ([FORM], MONEY_CELL), names=["修路长度"])
    assert [(u.unit, u.indicator.target, u.weight) for u in listed] == [
        ("乙", "3公里", 100_0000),
        ("丙", "按计划", None),
        ("丁", "≥5座", 100_0000),
    ]
    assert len(gatherable.bureau.indicators(2026, [FORM], ([FORM], MONEY_CELL))) == 4
