"""What is computed from a filing, and that computing only what changed gives the same."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.derive import derive, rederive
from perfdesk.errors import ChangeRefused
from perfdesk.model.change import Change, InsertRow, MoveRow, RemoveRow, SetCell, apply
from perfdesk.model.filing import LEVELS, Filing, Row, depth
from tests.rules import filings as f

TEXTS = [
    "",
    " ",
    "12",
    "≥95%",
    "537.3万元",
    "/",
    "约12",
    "财政性资金",
    "100.5",
    "预算执行率",
    "产出指标",
    "满意度",
    "是/否",
]


def values(filing: Filing):
    return derive(f.form(filing.form), filing)


def with_amounts(**amounts: str) -> Filing:
    return f.change(f.honest(), *(SetCell("budget", column, text) for column, text in amounts.items()))


def test_each_group_of_a_balance_is_summed_exactly() -> None:
    filing = with_amounts(fiscal="0.1", other="0.2", basic="1,000.10", project="２．５")
    assert dict(values(filing).sums["budget"]) == {"资金来源": Decimal("0.3"), "资金结构": Decimal("1002.60")}


def test_empty_parts_and_dashes_count_as_nothing() -> None:
    filing = with_amounts(fiscal="5", other="/", basic="", project="7")
    assert dict(values(filing).sums["budget"]) == {"资金来源": Decimal(5), "资金结构": Decimal(7)}


@pytest.mark.parametrize(
    "amounts", [{"fiscal": "待定", "other": "5"}, {"fiscal": "", "other": ""}, {"fiscal": "约5"}]
)
def test_a_sum_with_an_unreadable_part_or_without_any_part_is_unknown(amounts: dict[str, str]) -> None:
    assert dict(values(with_amounts(**amounts)).sums["budget"])["资金来源"] is None


def test_amounts_of_any_length_are_summed_to_the_last_digit() -> None:
    filing = with_amounts(fiscal="9" * 60, other="0.01")
    assert dict(values(filing).sums["budget"])["资金来源"] == Decimal("9" * 60 + ".01")


def test_leaves_are_counted_below_their_headings() -> None:
    filing = f.honest()
    counts = values(filing).counts
    level1 = {r.get("level1"): counts[r.id] for r in filing.rows if "level1" in r.cells}
    assert level1 == {"投入管理指标": 19, "产出指标": 1, "效益指标": 1}
    assert sum(counts[r.id] for r in filing.rows if "level2" in r.cells) == 21


def test_a_filled_in_filing_is_complete_and_one_emptied_cell_is_missing_one() -> None:
    filing = f.honest()
    complete = values(filing)
    assert complete.filled == complete.wanted
    lacking = values(f.change(filing, SetCell("basic", "goal", "  ")))
    assert (lacking.filled, lacking.wanted) == (complete.filled - 1, complete.wanted)


def test_a_removed_fixed_row_and_missing_tasks_are_still_wanted() -> None:
    filing = f.honest()
    complete = values(filing)
    lacking = values(f.change(filing, RemoveRow(f.leaf_id(filing, "预算执行率"))))
    assert lacking.wanted - lacking.filled == 1
    task = filing.section("tasks")[0].id
    without = values(f.change(filing, RemoveRow(task)))
    assert without.wanted == complete.wanted
    assert without.wanted - without.filled == 2


# --- rederive ---------------------------------------------------------------------------------------------------------


@st.composite
def changes(draw: st.DrawFn, filing: Filing) -> tuple[Change, ...]:
    """A few changes that mostly make sense for the filing as it is after those before."""
    made: list[Change] = []
    for _ in range(draw(st.integers(1, 5))):
        change = draw(_one(filing, len(filing.rows) + len(made)))
        try:
            filing, _ = apply(filing, (change,))
        except ChangeRefused:
            continue
        made.append(change)
    return tuple(made)


def _one(filing: Filing, number: int) -> st.SearchStrategy[Change]:
    rows = [r.id for r in filing.rows]
    tree = [r.id for r in filing.section("indicators")]
    some, texts = st.sampled_from(rows), st.sampled_from(TEXTS)
    columns = st.sampled_from(
        ["total", "fiscal", "basic", "goal", "name", "content", "target", "unit", "level3", "level1"]
    )
    inserts = [
        st.builds(
            _new,
            st.just(f"n{number}"),
            st.just("indicators"),
            st.sampled_from([*tree, None]),
            st.sampled_from(LEVELS),
            texts,
        ),
        st.builds(_new, st.sampled_from(rows), st.just("tasks"), st.none(), st.just("name"), texts),
    ]
    moves = st.builds(MoveRow, st.sampled_from(tree or rows), st.sampled_from([*rows, None]), st.none())
    return st.one_of(st.builds(SetCell, some, columns, texts), st.builds(RemoveRow, some), moves, *inserts)


def _new(row_id: str, section: str, parent: str | None, column: str, text: str) -> Change:
    cells = {column: text, "target": "≥1", "unit": "个"} if column == "level3" else {column: text}
    return InsertRow(Row(row_id, section, MappingProxyType(cells), parent), None)


@given(st.data())
def test_rederiving_after_any_changes_is_deriving_from_scratch(data: st.DataObject) -> None:
    filing = f.honest()
    form = f.form()
    now = derive(form, filing)
    for _ in range(3):
        step = data.draw(changes(filing))
        filing, _ = apply(filing, step)
        now = rederive(now, form, filing, step)
        assert now == derive(form, filing)


def test_a_row_put_back_as_another_leaves_nothing_of_itself_behind() -> None:
    filing = f.honest()
    leaf = f.leaf_id(filing, "预算执行率")
    parent = next(r for r in filing.rows if r.id == leaf).parent
    heading = Row(leaf, "indicators", MappingProxyType({"level2": "另设"}), "r1")
    step = (RemoveRow(leaf), InsertRow(heading, None))
    after, _ = apply(filing, step)
    now = rederive(values(filing), f.form(), after, step)
    assert now == values(after)
    assert leaf not in now.targets
    assert depth(heading) == 2
    assert parent != "r1"


def test_one_edited_cell_does_not_read_the_other_rows_again() -> None:
    filing = f.honest()
    step = (SetCell(f.leaf_id(filing, "预算执行率"), "target", "≥96%"),)
    before = values(filing)
    after = rederive(before, f.form(), apply(filing, step)[0], step)
    other = f.leaf_id(filing, "预算调整率")
    assert after.targets[other] is before.targets[other]
    assert after.counts is before.counts
