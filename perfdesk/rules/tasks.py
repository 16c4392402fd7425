"""Every task of the year has an indicator: some indicator of the unit's own speaks of it."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.derive import missing_level1
from perfdesk.model.finding import Finding, Place
from perfdesk.rules.subject import Kind, Subject
from perfdesk.same_words import limits, pairs

TASK = Kind("task-without-indicator", "hint", "任务没有对应的指标")
KINDS = (TASK,)

MOST = 300
"""In a form of more indicators nobody looks for the one of a task, and to go through them all would be felt at every edit."""


def find(subject: Subject) -> Iterator[Finding]:
    """Told only where every part of the form has indicators of the unit's own: without them, those are what is missing."""
    many = len(subject.leaves) > MOST
    if (
        many
        or not subject.form.has("tasks")
        or missing_level1(subject.tree, subject.filing, subject.values.counts)
    ):
        return
    own = [x.row for x in subject.leaves if not subject.standard(x)]
    words = frozenset(
        w for row in own for column in ("level3", "note", "target") for w in pairs(row.get(column))
    )
    for number, row in enumerate(subject.filing.section("tasks") if own else (), 1):
        said = pairs(f"{row.get('name')}\n{row.get('content')}")
        unfilled = any(f.required and not row.get(f.id).strip() for f in subject.form.section("tasks").fields)
        if not unfilled and len(said) >= limits().least and not said & words:
            name = " ".join((row.get("name") or row.get("content")).split())[:30]
            message = f"“{name}”没有一项产出或效益指标与它有关，请补上指标或核对任务。"
            yield TASK.at(f"tasks/{number}/name", Place(row.id, "name"), message)
