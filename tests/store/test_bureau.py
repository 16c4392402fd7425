"""What a bureau keeps: the tree, handings that replace each other, sums that are exact and told by unit, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.model.bureau import Amount, Handing, Node, Paper, Scope, Told
from perfdesk.model.filing import Filing
from perfdesk.model.submission import Answered
from perfdesk.store import Store
from tests.store.sample import sample_filing

FORM = sample_filing().form
TREE = (
    Node("41", "41", "某省", "province", None, False),
    Node("4101", "4101", "某市", "city", "41", False),
    Node("4101a", "4101a", "甲局", "unit", "4101", True),
    Node("4101b", "4101b", "乙局", "unit", "4101", True),
    Node("丙局", "", "丙局", "unit", "41", True),
)


def plain(filing: Filing) -> Filing:
    return replace(filing, id=None)


def handing(
    unit: str, amounts: Sequence[Amount], source: str = "甲.zip", said: Sequence[Told] = ()
) -> Handing:
    paper = Paper(plain(sample_filing(unit, 2026)), "overall", "", tuple(amounts), (), tuple(said))
    return Handing(unit, 2026, source, (paper,), "d")


def total(value: int | None, text: str = "") -> Amount:
    return Amount("budget", "", "total", value, text)


@pytest.fixture
def taken(store: Store) -> Store:
    store.bureau.put_nodes(TREE)
    store.bureau.take(handing("4101a", [total(10_001)]))
    store.bureau.take(handing("4101b", [total(20_002)]))
    store.bureau.take(handing("丙局", [total(None, "约12")]))
    return store


def test_a_sum_is_exact_and_every_unit_in_it_can_be_seen(taken: Store) -> None:
    (found,) = taken.bureau.sums(2026, [FORM])
    assert (found.value, found.papers, found.unread) == (30_003, 2, 1)
    shares = taken.bureau.shares(2026, [FORM], ("budget", "", "total"))
    assert [(s.unit_name, s.value, s.text) for s in shares] == [
        ("乙局", 20_002, ""),
        ("甲局", 10_001, ""),
        ("丙局", None, "约12"),
    ]


def test_sums_of_a_node_are_of_the_units_below_it_alone(taken: Store) -> None:
    def of(scope: Scope) -> list[int]:
        return [s.value for s in taken.bureau.sums(2026, [FORM], scope)]

    assert of(Scope(node="4101")) == [30_003]
    assert of(Scope(node="4101a")) == [10_001], "a code that begins like another is not below it"
    assert of(Scope(node="41", units=("4101b",))) == [20_002]
    assert of(Scope(node="nowhere")) == []


def test_units_stand_side_by_side_with_what_each_has(taken: Store) -> None:
    cell = ("budget", "", "total")
    assert dict(taken.bureau.per_unit(2026, [FORM], [cell, ("budget", "", "other")])) == {
        "4101a": {cell: 10_001},
        "4101b": {cell: 20_002},
    }
    assert taken.bureau.per_unit(2026, [FORM], []) == {}


def test_sums_beyond_what_a_floating_number_can_tell_are_exact(store: Store) -> None:
    store.bureau.put_nodes(TREE)
    store.bureau.take(handing("4101a", [total(2**53)]))
    store.bureau.take(handing("4101b", [total(1)]))
    assert [s.value for s in store.bureau.sums(2026, [FORM])] == [2**53 + 1]


def test_the_next_handing_of_a_unit_counts_and_the_one_before_is_kept(taken: Store) -> None:
    assert taken.bureau.take(handing("4101a", [total(5)], "甲改.zip")) == 2
    assert [s.value for s in taken.bureau.sums(2026, [FORM])] == [20_007]
    mine = [h for h in taken.bureau.handings(2026, replaced=True) if h.unit == "4101a"]
    assert [(h.number, h.source, h.state) for h in mine] == [
        (2, "甲改.zip", "taken"),
        (1, "甲.zip", "replaced"),
    ]
    assert taken.bureau.filing(2026, "4101a", 1, 1) == plain(sample_filing("4101a", 2026))
    assert len(taken.bureau.papers(2026, Scope(node="4101a"))) == 1


def test_one_unit_is_looked_at_alone_with_its_earlier_handings(taken: Store) -> None:
    taken.bureau.take(handing("4101a", [total(5)], "甲改.zip"))
    alone = Scope(units=("4101a",))
    mine = taken.bureau.handings(2026, replaced=True, scope=alone)
    assert [(h.unit, h.number) for h in mine] == [("4101a", 2), ("4101a", 1)]
    assert [(p.handing, p.number) for p in taken.bureau.papers(2026, alone, 1)] == [(1, 1)]
    assert [p.handing for p in taken.bureau.papers(2026, alone)] == [2]


def test_the_forms_that_were_handed_in_are_told_once_each(taken: Store) -> None:
    assert taken.bureau.forms(2026) == (FORM,)
    assert taken.bureau.forms(2026, Scope(node="4101a")) == (FORM,)
    assert taken.bureau.forms(2026, Scope(node="nowhere")) == taken.bureau.forms(2025) == ()


def test_handings_stand_in_the_order_of_the_tree_with_what_waits(store: Store) -> None:
    store.bureau.put_nodes(TREE)
    said = [
        Told("sum", "error", "budget/total", "不平", "……"),
        Told("word", "warning", "basic/goal", "空", "……", "情况属实"),
        Told("word", "warning", "basic/goal", "空", "……"),
    ]
    store.bureau.take(handing("丙局", []))
    store.bureau.take(handing("4101b", [], said=said))
    first, second = store.bureau.handings(2026)
    assert (first.unit, first.errors, first.warnings, first.papers) == ("4101b", 1, 1, 1)
    assert (second.unit, second.errors, second.warnings) == ("丙局", 0, 0)
    assert store.bureau.findings(2026) == {("4101b", 1): tuple(said)}


def test_nothing_of_a_handing_is_kept_where_one_of_several_is_refused(store: Store) -> None:
    store.bureau.put_nodes(TREE)
    with pytest.raises(ChangeRefused) as refused:
        store.bureau.take_all([handing("4101a", [total(1)]), handing("没有的", [total(1)])])
    assert refused.value.code == "unknown-node"
    assert store.bureau.handings(2026) == () and store.bureau.sums(2026, [FORM]) == ()


def test_a_unit_that_handed_in_does_not_leave_the_tree(taken: Store) -> None:
    with pytest.raises(ChangeRefused) as refused:
        taken.bureau.put_nodes(TREE[:3])
    assert refused.value.code == "node-handed-in"
    assert taken.bureau.nodes() == TREE


def test_a_tree_is_put_in_again_in_another_shape(taken: Store) -> None:
    other = (TREE[0], replace(TREE[4], name="丙厅"), *(replace(n, parent="41") for n in TREE[2:4]))
    taken.bureau.put_nodes(other)
    assert taken.bureau.nodes() == other
    assert [s.value for s in taken.bureau.sums(2026, [FORM], Scope(node="41"))] == [30_003]


def test_a_whole_branch_goes_and_what_hung_in_it_hangs_elsewhere(store: Store) -> None:
    store.bureau.put_nodes(TREE)
    rest = (
        replace(TREE[4], parent=None),
        replace(TREE[3], parent="丙局"),
        Node("new", "new", "新局", "unit", "4101b", True),
    )
    store.bureau.put_nodes(rest)
    assert store.bureau.nodes() == rest
    store.bureau.put_nodes(())
    assert store.bureau.nodes() == () and store.verify() == ()


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        ((TREE[0], TREE[0]), "node-twice"),
        ((TREE[1], TREE[0]), "node-parent"),
        ((replace(TREE[0], key="4/1"),), "node-twice"),
        ((replace(TREE[0], parent="41"),), "node-parent"),
    ],
)
def test_what_is_no_tree_is_refused(store: Store, tree: Sequence[Node], code: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        store.bureau.put_nodes(tree)
    assert refused.value.code == code


def test_a_note_waits_until_it_is_sent_and_stays_then(taken: Store) -> None:
    first = taken.bureau.put_note(2026, "4101a", "请核对合计。", 1, "budget/total")
    second = taken.bureau.put_note(2026, "4101a", "请补盖章。")
    assert [h.notes for h in taken.bureau.handings(2026)] == [2, 0, 0]
    taken.bureau.notes_sent(2026, "4101a", [first], "2026-11-21")
    taken.bureau.drop_note(2026, "4101a", second)
    with pytest.raises(ChangeRefused) as refused:
        taken.bureau.drop_note(2026, "4101a", first)
    assert refused.value.code == "note-sent"
    assert [(n.place, n.text, n.sent) for n in taken.bureau.notes(2026, "4101a")] == [
        ("budget/total", "请核对合计。", "2026-11-21")
    ]


def test_what_the_unit_says_about_a_note_comes_back_with_the_next_handing(taken: Store) -> None:
    told = taken.bureau.put_note(2026, "4101a", "请核对合计。", 1, "budget/total")
    taken.bureau.put_note(2026, "4101a", "请核对合计。", 1, "budget/fiscal")
    taken.bureau.notes_sent(2026, "4101a", [told], "2026-03-02")
    answer = Answered("CCCC", 1, 0, "budget/total", "预算 总额", "请核对合计。", True, "已改。")
    elsewhere = replace(answer, place="budget/fiscal", answer="没有发出过的意见")
    taken.bureau.take(replace(handing("4101a", []), answers=(answer, elsewhere)))
    notes = taken.bureau.notes(2026, "4101a")
    assert [(n.place, n.done, n.answer) for n in notes] == [
        ("budget/total", True, "已改。"),
        ("budget/fiscal", False, ""),
    ]
    assert not any(n.done for n in taken.bureau.notes(2026, "4101b"))


def test_there_is_nothing_to_say_or_decide_where_nothing_was_handed_in(store: Store) -> None:
    store.bureau.put_nodes(TREE)
    with pytest.raises(ChangeRefused):
        store.bureau.put_note(2026, "4101a", "……")
    with pytest.raises(ChangeRefused):
        store.bureau.decide(2026, "4101a", "accepted")
    with pytest.raises(StoreRefused):
        store.bureau.filing(2026, "4101a", 1, 1)


def test_what_was_decided_is_told(taken: Store) -> None:
    taken.bureau.decide(2026, "4101b", "returned")
    assert [h.state for h in taken.bureau.handings(2026)] == ["taken", "returned", "taken"]


def test_everything_is_in_the_dump_and_the_store_is_whole(taken: Store) -> None:
    taken.bureau.put_note(2026, "4101a", "请核对。")
    kept = taken.dump()["bureau"]
    assert {name: len(rows) for name, rows in kept.items()} == {
        "nodes": 5,
        "handings": 3,
        "papers": 3,
        "amounts": 3,
        "indicators": 0,
        "findings": 0,
        "notes": 1,
    }
    assert taken.verify() == ()


def test_sums_beyond_what_a_database_can_keep_as_one_number_are_exact(store: Store) -> None:
    most = 2**63 - 1
    store.bureau.put_nodes(TREE)
    for unit, value in (("4101a", most), ("4101b", most), ("丙局", -5)):
        store.bureau.take(handing(unit, [total(value), Amount("budget", "", "basic", -value, "另见附表")]))
    found = {s.field: (s.value, s.papers, s.unread) for s in store.bureau.sums(2026, [FORM])}
    assert found == {"total": (2 * most - 5, 3, 0), "basic": (5 - 2 * most, 3, 3)}
    cell = ("budget", "", "total")
    assert store.bureau.per_unit(2026, [FORM], [cell])["4101a"] == {cell: most}
