"""Taking targets apart and putting them together; a model that follows any two states of its rows."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from perfdesk.model.filing import Row
from ui.models.row_tree import RowTreeModel
from ui.models.target_text import is_number, shown_value, split_target, with_sign, with_value

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

signs = st.sampled_from(["", "≥", "≤", "=", ">", "<", "±"])
numbers = st.decimals(0, 10**6, places=2).map(str)
words = st.sampled_from(["完整", "合规", "明显"])


@given(signs, numbers)
def test_putting_the_parts_of_a_target_together_gives_it_again(sign: str, number: str) -> None:
    assert split_target(sign + number) == (sign, number)
    assert with_value(with_sign("", sign), number) == sign + number


@given(signs, numbers, words)
def test_a_word_instead_of_a_number_takes_no_sign(sign: str, number: str, word: str) -> None:
    assert with_value(sign + number, word) == word


@given(signs, signs, numbers)
def test_another_sign_leaves_the_number(old: str, new: str, number: str) -> None:
    assert with_sign(old + number, new) == new + number


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("≥2000", "2,000"),
        ("≥95%", "95%"),
        ("12 个", "12 个"),
        ("≥", ""),
        ("100 百分号（完成）", "100 百分号（完成）"),
        ("完整", "完整"),
    ],
)
def test_the_value_is_shown_without_its_sign(raw: str, shown: str) -> None:
    assert shown_value(raw) == shown


def test_only_numbers_stand_at_the_right() -> None:
    assert [is_number(raw) for raw in ("≥95", "完整", "≥", "≥90是/否", "")] == [
        True,
        False,
        False,
        False,
        False,
    ]


# --- following ---


class Plain(RowTreeModel):
    def columnCount(self, parent: object = None) -> int:
        return 2

    def data(self, index: object, role: int = 0) -> object:
        return None


@st.composite
def forests(draw: st.DrawFn) -> tuple[Row, ...]:
    """Up to nine rows in three levels, in preorder."""
    names = draw(st.lists(st.sampled_from("abcdefghi"), unique=True, max_size=9))
    rows: list[tuple[str, str | None, int]] = []
    for name in names:
        above = [(n, level) for n, _, level in rows if level < 3]
        parent = draw(st.sampled_from([(None, 0), *above]))
        rows.append((name, parent[0], parent[1] + 1))
    return tuple(ordered(rows, None, draw(st.sampled_from(["x", "y"]))))


def ordered(rows: list[tuple[str, str | None, int]], parent: str | None, text: str) -> list[Row]:
    found: list[Row] = []
    for name, above, _ in rows:
        if above == parent:
            found.append(Row(name, "s", MappingProxyType({"t": text}), above))
            found += ordered(rows, name, text)
    return found


@given(first=forests(), second=forests())
def test_a_model_follows_from_any_rows_to_any_other(
    qapp: object, first: tuple[Row, ...], second: tuple[Row, ...]
) -> None:
    """The toolkit's own tester watches every signal; ids may change their level only by being new."""
    levels = {r.id: level_of(first, r) for r in first}
    if any(levels.get(r.id, level_of(second, r)) != level_of(second, r) for r in second):
        return
    model = Plain()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.reset(first)
    assert model.rows() == first
    model.follow(second)
    assert model.rows() == second
    model.follow(first)
    assert model.rows() == first
    del tester


def level_of(rows: tuple[Row, ...], row: Row) -> int:
    above = next((r for r in rows if r.id == row.parent), None)
    return 1 + (level_of(rows, above) if above else 0)


def test_an_edit_keeps_what_is_selected_and_folded(qtbot: QtBot) -> None:
    rows = tuple(
        Row(n, "s", MappingProxyType({}), p) for n, p in [("a", None), ("b", "a"), ("c", "a"), ("d", None)]
    )
    model = Plain()
    model.reset(rows)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    kept = model.index_of("c")
    model.follow((rows[0], rows[2].with_cell("t", "x"), rows[3]))
    assert model.index_of("c").internalPointer() is kept.internalPointer()
    assert resets == []
