"""Words, dashes and blanks that a form's drawing has of its own; labels that follow the unit of amounts."""

from __future__ import annotations

from dataclasses import replace

from perfdesk.catalog import new_filing
from perfdesk.document.grid import Grid
from perfdesk.drawing import draw_part, merge
from perfdesk.model.change import SetCell, apply
from perfdesk.model.form import Part
from tests.making import catalog, counter

FORM = catalog().form("national-2020/self-evaluation")


def drawn(*rows: str, unit: str = "") -> Grid:
    filing = new_filing(FORM, 2022, "青溪市职校", counter())
    filing = replace(apply(filing, (SetCell("money", "initial", "8"),))[0], amount_unit=unit)
    part = Part("basic", tuple(tuple(row.split()) for row in rows))
    squares = draw_part(FORM, filing, part)
    return merge(tuple([20.0] * len(squares[0])), squares, 0)[0]


def cells(grid: Grid) -> list[tuple[str, int, int]]:
    return [(c.text, c.rowspan, c.colspan) for c in grid.cells]


def test_the_drawings_own_words_join_where_they_are_the_same() -> None:
    assert cells(drawn("=年度目标 =年度目标 name", "=年度目标 =年度目标 department")) == [
        ("年度目标", 2, 2), ("", 1, 1), ("", 1, 1),
    ]  # fmt: skip


def test_dashes_join_side_by_side_only() -> None:
    assert cells(drawn("name - -", "department - -")) == [
        ("", 1, 1), ("—", 1, 2), ("", 1, 1), ("—", 1, 2),
    ]  # fmt: skip


def test_a_blank_is_a_cell_without_words() -> None:
    assert cells(drawn("#money = = @money.initial")) == [
        ("项目资金（万元）", 1, 1), ("", 1, 2), ("年初预算数", 1, 1),
    ]  # fmt: skip


def test_labels_of_sections_name_the_unit_that_the_filing_counts_in() -> None:
    assert cells(drawn("#money money.initial", unit="元"))[0] == ("项目资金（元）", 1, 1)


def test_names_of_amounts_stand_beside_them_at_the_left_and_above_them_in_the_middle() -> None:
    grid = drawn(
        "@money.initial @money.adjusted", "@money.fiscal_initial money.initial", "=合计 money.initial"
    )
    assert [c.style for c in grid.cells if c.text and not c.style.startswith("amount")] == [
        "label", "label", "label_left", "label_left",
    ]  # fmt: skip
