"""Which units are meant by what somebody chose in the tree."""

from __future__ import annotations

from perfdesk.bureau.chosen import scope_of
from perfdesk.model.bureau import EVERYONE, Scope
from tests.bureau.test_tree_edits import TREE


def test_nothing_chosen_is_everyone_and_one_node_is_all_below_it() -> None:
    assert scope_of(TREE, ()) == EVERYONE
    assert scope_of(TREE, ("4101",)) == Scope(node="4101")


def test_several_are_the_units_below_them_each_once_and_no_office_above() -> None:
    assert scope_of(TREE, ("410201", "4101", "410101")) == Scope(units=("410201", "410101"))
    assert scope_of(TREE, ("41", "4101")) == Scope(units=("410101", "410201"))
