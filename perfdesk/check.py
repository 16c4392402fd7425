"""Findings of a filing: every rule of ``perfdesk.rules`` run, sorted by place."""

from __future__ import annotations

from collections.abc import Iterable

from perfdesk.derive import Values, derive
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding
from perfdesk.model.form import Form
from perfdesk.rules import RULES
from perfdesk.rules.subject import Subject, order

_GRAVITY = {"error": 0, "warning": 1, "hint": 2}


def check(form: Form, filing: Filing, values: Values | None = None) -> tuple[Finding, ...]:
    """All findings in printed order; at one place the graver first. ``values``: those of this filing, if already derived."""
    subject = Subject.of(form, filing, derive(form, filing) if values is None else values)
    found = [finding for rule in RULES for finding in rule.find(subject)]
    place = order(subject)
    return tuple(sorted(found, key=lambda f: (place(f), _GRAVITY[f.severity], f.code)))


def errors(findings: Iterable[Finding]) -> int:
    """How many of them stop an official export."""
    return sum(1 for f in findings if f.severity == "error")
