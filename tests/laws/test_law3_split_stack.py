"""Law 3: a table cut above any row and put together again is the same table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.document.grid import Cell, Grid, Term, covered, grid, split, stack

TERMS = st.builds(
    Term, st.integers(0, 8), st.integers(0, 6), st.sampled_from([1, -1]), st.sampled_from(["", "另表"])
)
WIDTHS = st.lists(st.sampled_from([10.0, 25.0, 35.5]), min_size=1, max_size=6).map(tuple)


@st.composite
def grids(draw: st.DrawFn, least: int = 2) -> Grid:
    """Any table: spans in both directions, some of them overlapping in what is asked for, header rows, empty cells, sums of others."""
    widths = draw(WIDTHS)
    height = draw(st.integers(least, 8))
    places = draw(
        st.sets(st.tuples(st.integers(0, height - 1), st.integers(0, len(widths) - 1)), max_size=20)
    )
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, col in sorted(places):
        cell = Cell(
            row,
            col,
            f"{row}/{col}",
            draw(st.integers(1, height - row)),
            draw(st.integers(1, len(widths) - col)),
            total_of=tuple(draw(st.lists(TERMS, max_size=2))),
        )
        if not taken & set(covered(cell)):
            taken.update(covered(cell))
            cells.append(cell)
    return grid(widths, height, cells, draw(st.integers(0, height)))


@given(grids(), st.data())
def test_a_table_cut_and_put_together_is_the_same(whole: Grid, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, whole.height - 1))
    assert stack(*split(whole, cut)) == whole


@given(grids(least=3), st.data())
def test_cut_into_three_and_put_together_is_the_same(whole: Grid, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, whole.height - 2))
    second = data.draw(st.integers(first + 1, whole.height - 1))
    upper, rest = split(whole, first)
    middle, lower = split(rest, second - first)
    assert stack(stack(upper, middle), lower) == whole
    assert stack(upper, stack(middle, lower)) == whole


@given(grids(), st.data())
def test_both_parts_cover_every_place_once(whole: Grid, data: st.DataObject) -> None:
    for part in split(whole, data.draw(st.integers(1, whole.height - 1))):
        places = [place for cell in part.cells for place in covered(cell)]
        assert sorted(places) == [(r, c) for r in range(part.height) for c in range(part.width)]


def test_a_span_across_the_cut_says_its_value_on_both_sides() -> None:
    whole = grid((10, 10), 3, [Cell(0, 0, "产出", 3), Cell(0, 1, "a"), Cell(1, 1, "b"), Cell(2, 1, "c")])
    upper, lower = split(whole, 2)
    assert upper.texts() == [["产出", "a"], ["", "b"]]
    assert lower.texts() == [["产出", "c"]]
    assert [c.continued for c in lower.cells] == [True, False]


@pytest.mark.parametrize("row", [0, 3, 4])
def test_a_cut_outside_the_table_is_refused(row: int) -> None:
    with pytest.raises(ValueError, match="inside"):
        split(grid((10,), 3, []), row)


def test_tables_of_other_columns_do_not_stack() -> None:
    with pytest.raises(ValueError, match="columns"):
        stack(grid((10,), 1, []), grid((11,), 1, []))


def test_what_a_cell_adds_up_is_the_same_cells_after_a_cut() -> None:
    own, other = Term(3, 0), Term(3, 0, 1, "另表")
    whole = grid((10,), 4, [Cell(r, 0, str(r), total_of=(own, other) if r == 2 else ()) for r in range(4)])
    _, lower = split(whole, 2)
    assert lower.cells[0].total_of == (Term(1, 0), other)
    assert lower.cells[1].text == "3"
