"""Every check of the program with its reason and an example: made from the rules, explained in ``templates/words/checks.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from perfdesk import against_last_year, between, between_evaluation, other_units, paths
from perfdesk.errors import FormError
from perfdesk.model.form import Severity
from perfdesk.rules import RULES
from perfdesk.rules.subject import Kind
from perfdesk.toml_table import read_toml

ACROSS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("各表之间", between.KINDS),
    ("自评与申报", between_evaluation.KINDS),
    ("与上年相比", against_last_year.KINDS),
    ("别的单位", other_units.KINDS),
)
"""Checks that look at more than one form, by topic."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One check. ``source``: the document that asks for it, empty where it is common sense."""

    topic: str
    code: str
    severity: Severity
    title: str
    source: str
    why: str
    example: str


@lru_cache(maxsize=1)
def rule_book() -> tuple[Entry, ...]:
    """In the order in which the rules are looked at. FormError where the explanations are faulty; KeyError never: a check without an
    explanation has empty ones."""
    texts = _texts()
    topics = [*((rule.topic, rule.kinds) for rule in RULES), *ACROSS]
    kinds: dict[str, tuple[str, Kind]] = {}
    for topic, own in topics:
        for kind in own:
            kinds.setdefault(kind.code, (topic, kind))
    return tuple(
        Entry(topic, k.code, k.severity, k.title, k.source, *texts.get(k.code, ("", "")))
        for topic, k in kinds.values()
    )


def entry(code: str) -> Entry | None:
    """The check of that code; None where there is none."""
    return next((e for e in rule_book() if e.code == code), None)


def _texts() -> Mapping[str, tuple[str, str]]:
    path = paths.templates() / "words" / "checks.toml"
    table = read_toml(path)
    table.text("id")
    found: dict[str, tuple[str, str]] = {}
    for code, own in table.named_tables():
        found[code] = own.text("why"), own.text("example")
        own.done()
    table.done()
    if table.problems:
        raise FormError(path.name, tuple(table.problems))
    return found
