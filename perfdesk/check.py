"""Findings of a filing: every rule of ``perfdesk.rules`` run, sorted by place.

``check`` looks at everything; ``checked`` with the state before looks again only at what may say something else now, and
finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from perfdesk.derive import Values, derive
from perfdesk.model.filing import Filing, Leaf
from perfdesk.model.finding import Finding
from perfdesk.model.form import Form
from perfdesk.rules import RULES
from perfdesk.rules.folding import folded
from perfdesk.rules.subject import Subject, order

_GRAVITY = {"error": 0, "warning": 1, "hint": 2}
Ranked = tuple[tuple[tuple[int, int, int], int, str], Finding]


@dataclass(frozen=True, slots=True)
class Checked:
    """``findings`` in printed order; at one place the graver first. ``looked_at``: how many leaves had to be looked at for them.

    ``of_leaves``: row id → what was found at that leaf and where that stands in the order; leaves without findings are not in it.
    """

    findings: tuple[Finding, ...]
    looked_at: int
    subject: Subject
    of_leaves: Mapping[str, tuple[Ranked, ...]]


def check(form: Form, filing: Filing, values: Values | None = None) -> tuple[Finding, ...]:
    """All findings in printed order; at one place the graver first. ``values``: those of this filing, if already derived."""
    return checked(form, filing, derive(form, filing) if values is None else values).findings


def checked(form: Form, filing: Filing, values: Values, before: Checked | None = None) -> Checked:
    """``before``: any other state of this filing (or of another one: then everything is looked at)."""
    if before is None or before.subject.form is not form:
        return _found(Subject.of(form, filing, values), {}, None)
    return _found(before.subject.after(filing, values), before.of_leaves, before.subject)


def with_others(own: Checked, others: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with ``others``, which were made elsewhere, each where it stands in printed order."""
    if not others:
        return own.findings
    rank = _ranks(own.subject)
    return tuple(f for _, f in sorted((rank(f) for f in (*own.findings, *others)), key=itemgetter(0)))


def _found(subject: Subject, known: Mapping[str, tuple[Ranked, ...]], before: Subject | None) -> Checked:
    rank = _ranks(subject)
    new = _new_leaves(subject, before)
    of_leaves = dict(known)
    if before is not None and before.outline.numbers is not subject.outline.numbers:
        of_leaves = {row: found for row, found in known.items() if row in subject.outline.numbers}
    looked_at = 0
    for leaf, same_row in new:
        if same_row and leaf.row.id not in of_leaves:
            continue  # only its number is another, and numbers matter only to what is said
        looked_at += 1
        told = [f for rule in RULES if rule.each for f in rule.each(subject, leaf)]
        found = tuple(rank(f) for f in folded(told))
        if found:
            of_leaves[leaf.row.id] = found
        else:
            of_leaves.pop(leaf.row.id, None)
    ranked = [rank(f) for rule in RULES if rule.find for f in rule.find(subject)]
    for found in of_leaves.values():
        ranked += found
    ranked.sort(key=itemgetter(0))
    return Checked(tuple(f for _, f in ranked), looked_at, subject, of_leaves)


def _new_leaves(subject: Subject, before: Subject | None) -> Iterable[tuple[Leaf, bool]]:
    """The leaves that ``before`` does not have just so, and whether it has their rows."""
    if before is None:
        return ((leaf, False) for leaf in subject.leaves)
    if before.outline.numbers is subject.outline.numbers:
        changed = subject.outline.changed(before.filing, subject.filing)
        return [(subject.leaves[number - 1], False) for number in changed]
    known = {x.row.id: x for x in before.leaves}
    pairs = ((known.get(x.row.id), x) for x in subject.leaves)
    return [
        (new, old is not None and old.row is new.row)
        for old, new in pairs
        if old is None or old.row is not new.row or old.number != new.number
    ]


def _ranks(subject: Subject) -> Callable[[Finding], Ranked]:
    place = order(subject)
    return lambda f: ((place(f), _GRAVITY[f.severity], f.code), f)
