"""The same indicator twice."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.model.change import RemoveRow, Step
from perfdesk.model.filing import Leaf
from perfdesk.model.finding import Finding
from perfdesk.rules.subject import Kind, Subject, named

DUPLICATE = Kind("duplicate", "warning", "指标重复")
KINDS = (DUPLICATE,)


def find(subject: Subject) -> Iterator[Finding]:
    """Twice below the same level 2; a standard indicator twice anywhere."""
    for first, again in subject.roll.repeats:
        yield _finding(subject, subject.leaves[first - 1], subject.leaves[again - 1])


def _finding(subject: Subject, first: Leaf, again: Leaf) -> Finding:
    same = dict(first.row.cells) == dict(again.row.cells)
    fixes = (Step(f"删除重复的{named(again)}", (RemoveRow(again.row.id),)),) if same else ()
    message = f"{named(again)}与第 {first.number} 项重复。"
    return DUPLICATE.at(*subject.at_leaf(again, "level3"), message, *fixes)
