"""Room: lines, heights of cells and rows, columns on a page; lengths in the formats' units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk import paths, units
from perfdesk.document.grid import Cell, grid
from perfdesk.document.measure import (
    approximate_width,
    fitted,
    least_height,
    row_heights,
    text_width,
    wrapped,
    wrapped_height,
)
from perfdesk.document.theme import OFFICIAL, SHIPPED, STYLES, Style, style


def test_a_chinese_character_is_one_em_and_a_digit_half_or_a_little_more() -> None:
    assert approximate_width("预算") == 2
    assert 1.0 <= approximate_width("95") <= 1.2


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30))
def test_latin_text_is_never_taken_for_narrower_than_in_the_official_faces(text: str) -> None:
    assert approximate_width(text) >= 0.5 * len(text)  # 仿宋_GB2312, 宋体, 黑体: half an em each


def test_the_height_is_that_of_the_lines() -> None:
    looks = Style(size=10, leading=1.5)
    assert wrapped("预算绩效目标", looks, 30) == ("预算绩", "效目标")
    assert wrapped_height("预算绩效目标", looks, 30) == 30


def test_a_row_is_as_high_as_its_highest_cell_and_a_span_lets_its_last_row_grow() -> None:
    table = grid((10, 10), 3, [Cell(0, 0, "长", 3), Cell(1, 1, "中")])
    needed = {"长": 100.0, "中": 30.0, "": 0.0}
    assert row_heights(table, lambda cell: needed[cell.text], 20) == [20, 30, 50]


def test_rows_are_lower_only_where_all_letters_of_a_table_are_small() -> None:
    small, one_large = (
        grid((10, 10), 1, [Cell(0, 0, "甲", style="amount_small"), Cell(0, 1, "乙", style=style)])
        for style in ("name2_small", "body")
    )
    assert least_height(small) == pytest.approx(units.mm_to_pt(5.6))
    assert least_height(one_large) == pytest.approx(units.mm_to_pt(7))


def test_a_span_with_room_enough_changes_nothing() -> None:
    table = grid((10, 10), 3, [Cell(0, 0, "长", 3)])
    assert row_heights(table, lambda cell: 50.0 if cell.text else 0.0, 20) == [20, 20, 20]


def test_columns_wider_than_the_page_shrink_together_and_unknown_ones_share() -> None:
    assert fitted(grid((100, 240), 1, []), 170).widths == pytest.approx((50, 120))
    assert fitted(grid((0, 0), 1, []), 170).widths == (85, 85)
    assert fitted(grid((20, 30), 1, []), 170).widths == (20, 30)


def test_the_room_for_text_is_the_span_without_its_padding() -> None:
    table = grid((20, 30), 1, [Cell(0, 0, "x", 1, 2)])
    assert text_width(table, table.cells[0], 1) == pytest.approx(units.mm_to_pt(48))


def test_every_face_has_an_official_name_and_a_shipped_file() -> None:
    for looks in STYLES.values():
        assert OFFICIAL[looks.face]
        assert (paths.resources() / "fonts" / SHIPPED[looks.face]).is_file()


def test_an_unknown_style_is_a_mistake_in_the_program() -> None:
    with pytest.raises(KeyError):
        style("no such style")


def test_lengths_of_a_sheet_of_paper() -> None:
    assert units.mm_to_pt(25.4) == 72
    assert units.pt_to_mm(72) == pytest.approx(25.4)
    assert (units.mm_to_twips(210), units.mm_to_twips(297)) == (11906, 16838)  # what Word writes for A4
    assert units.pt_to_half_points(10.5) == 21
    assert units.mm_to_pixels(25.4) == 96
    assert units.mm_to_inches(25.4) == 1
