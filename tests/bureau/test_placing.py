"""Which unit a file is of: its code, or exactly its name; what is only near is proposed and not taken."""

from __future__ import annotations

import pytest

from perfdesk.bureau.placing import Tree, with_units
from perfdesk.model.collected import Seen
from tests.bureau.handed import FIRST, SECOND, TREE

KNOWN = Tree(TREE)


def seen(path: str, unit: str = "", code: str = "") -> Seen:
    return Seen(path, unit, 2026, (), "", 0.0, unit_code=code)


@pytest.mark.parametrize(
    ("name", "code", "key"),
    [
        (FIRST, "4101001", "4101001"),
        ("第一小学（新名）", "4101001", "4101001"),
        (f" {FIRST[:2]} {FIRST[2:]} ", "", "4101001"),
        (FIRST, "999", "4101001"),
        (SECOND, "4101001", None),
        ("中心幼儿园", "", None),
        ("中心幼儿园", "4102004", "4102004"),
        ("甲县第一小学校", "", None),
        ("", "", None),
        ("4101001第一小学本级", "", "4101001"),
        (f"4101001 {SECOND}", "", None),
        (f"4109999{FIRST}", "", "4101001"),
    ],
    ids=[
        "code and name",
        "the code of a unit with a new name",
        "the name with blanks in it",
        "a code that nobody has",
        "the code of one, the name of another",
        "a name that two have",
        "a name that two have, with the code",
        "a name that is nearly one",
        "nothing",
        "the code before the name",
        "the code of one before the name of another",
        "a code that nobody has before the name",
    ],
)
def test_a_file_is_of_the_unit_of_its_code_or_exactly_its_name(name: str, code: str, key: str | None) -> None:
    node = KNOWN.node_of(name, code)
    assert (node and node.key) == key


def test_what_somebody_says_counts_where_the_file_does_not_say_it() -> None:
    said = [
        KNOWN.node_of(name, code, "4101003")
        for name, code in ((SECOND, "4101001"), ("别的", ""), (FIRST, ""))
    ]
    assert [node and node.key for node in said] == ["4101003", "4101003", "4101001"]


def test_near_names_are_proposed() -> None:
    found = KNOWN.unplaced(seen("a.zip", "甲县第二小学校"))
    assert found.near[0].name == SECOND and not found.alike
    assert KNOWN.unplaced(seen("a.zip", "税务所")).near == ()


def test_of_several_that_it_could_be_all_are_told() -> None:
    found = KNOWN.unplaced(seen("a.zip", "中心幼儿园"))
    assert [n.key for n in found.near] == ["4101004", "4102004"] and found.alike
    found = KNOWN.unplaced(seen("a.zip", SECOND, "4101001"))
    assert {n.key for n in found.near} == {"4101001", "4101002"} and found.alike


def test_forms_without_a_unit_are_of_the_folder_that_is_called_as_one() -> None:
    some = [seen(f"盘/{FIRST}/项目/a.docx"), seen("盘/别的/b.docx")]
    assert [one.unit_name for one in with_units(some, KNOWN)] == [FIRST, ""]


def test_forms_without_a_unit_are_of_the_only_one_whose_files_lie_beside_them() -> None:
    some = [
        seen("盘/甲/a.docx"),
        seen("盘/甲/b.docx", SECOND),
        seen("盘/c.docx", FIRST),
        seen("盘/d.docx", SECOND),
    ]
    assert with_units([*some, seen("盘/e.docx")], KNOWN)[0].unit_name == SECOND
    assert with_units([*some, seen("盘/e.docx")], KNOWN)[-1].unit_name == "", "two units lie beside it"
