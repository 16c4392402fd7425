"""Who has handed in: units in the order of the tree, counted below every node."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from perfdesk.bureau.received import status_of
from perfdesk.model.bureau import HandingInfo, Node
from perfdesk.model.collected import Counts

TREE = (
    Node("41", "41", "某省", "province", None, False),
    Node("4101", "4101", "某市", "city", "41", False),
    Node("4101a", "4101a", "甲局", "unit", "4101", True),
    Node("4101b", "4101b", "乙局", "unit", "4101", True),
    Node("丙局", "", "丙局", "unit", "41", True),
    Node("丁办", "", "丁办", "unit", "41", False),
)
INFO = HandingInfo(
    "", 2026, 1, datetime(2026, 1, 2, tzinfo=UTC), "", "", "", "", "", False, "", "", "taken", 1, 0, 0, 0
)


def info(unit: str, **other: object) -> HandingInfo:
    return replace(INFO, unit=unit, **other)  # type: ignore[arg-type]


def test_who_is_expected_and_has_not_handed_in_is_missing() -> None:
    status = status_of(2026, TREE, [info("4101b")])
    assert [(u.node.name, u.state) for u in status.units] == [
        ("甲局", "missing"),
        ("乙局", "taken"),
        ("丙局", "missing"),
    ]
    assert [n.name for n in status.missing] == ["甲局", "丙局"]


def test_who_hands_in_unasked_is_in_the_list() -> None:
    status = status_of(2026, TREE, [info("丁办")])
    assert status.units[-1].node.name == "丁办" and status.units[-1].state == "taken"


def test_units_are_counted_below_every_node() -> None:
    given = [info("4101a", state="returned", errors=2), info("丙局", state="accepted"), info("丁办")]
    counts = status_of(2026, TREE, given).counts
    assert counts["41"] == Counts(units=4, missing=1, returned=1, accepted=1, wrong=1)
    assert counts["4101"] == Counts(units=2, missing=1, returned=1, accepted=0, wrong=1)
    assert counts["丁办"].received == 1


def test_the_status_of_a_node_is_of_the_units_below_it() -> None:
    status = status_of(2026, TREE, [info("4101a"), info("丙局")], "4101")
    assert [u.node.key for u in status.units] == ["4101a", "4101b"]
    assert set(status.counts) == {"4101", "4101a", "4101b"}
