"""The tree of units by hand: it stays a tree, whatever is added, moved or taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.bureau.tree_edits import added, changed, removed
from perfdesk.errors import ChangeRefused
from perfdesk.model.bureau import Node

CITY = Node("41", "41", "某市", "city", None, False)
EAST = Node("4101", "4101", "东县", "county", "41", False)
FIRST = Node("410101", "410101", "甲局", "unit", "4101", True)
WEST = Node("4102", "4102", "西县", "county", "41", False)
SECOND = Node("410201", "410201", "乙局", "unit", "4102", True)
TREE = (CITY, EAST, FIRST, WEST, SECOND)


def test_a_new_unit_stands_behind_the_others_of_its_parent() -> None:
    tree = added(TREE, Node("", "410102", " 丙局 ", "unit", "4101", True))
    assert [n.name for n in tree] == ["某市", "东县", "甲局", "丙局", "西县", "乙局"]
    assert tree[3].key == "410102"


def test_a_unit_without_a_code_goes_by_its_name() -> None:
    assert added((), Node("", "", "丙局", "unit", None, True)) == (
        Node("丙局", "", "丙局", "unit", None, True),
    )


def test_a_node_moves_with_all_that_hangs_under_it() -> None:
    tree = changed(TREE, replace(EAST, parent="4102", name="东镇"))
    assert [(n.name, n.parent) for n in tree] == [
        ("某市", None),
        ("西县", "41"),
        ("乙局", "4102"),
        ("东镇", "4102"),
        ("甲局", "4101"),
    ]


def test_a_renamed_node_keeps_its_place_and_its_key() -> None:
    tree = changed(TREE, replace(FIRST, name="甲中心", code="410109"))
    assert tree.index(replace(FIRST, name="甲中心", code="410109")) == TREE.index(FIRST)
    assert tree[2].key == "410101"


def test_with_a_node_goes_what_hangs_under_it() -> None:
    assert removed(TREE, "4101") == (CITY, WEST, SECOND)


@pytest.mark.parametrize(
    ("node", "code"),
    [
        (replace(CITY, parent="4101"), "node-below-itself"),
        (replace(FIRST, code="410201"), "node-exists"),
        (replace(FIRST, name=" "), "no-name"),
    ],
)
def test_what_would_be_no_tree_is_refused(node: Node, code: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        changed(TREE, node)
    assert refused.value.code == code


def test_a_code_is_given_once() -> None:
    with pytest.raises(ChangeRefused):
        added(TREE, Node("", "4101", "东县", "county", "41", False))
    with pytest.raises(ChangeRefused):
        added((Node("甲局", "", "甲局", "unit", None, True),), Node("", "", "甲局", "unit", None, True))
