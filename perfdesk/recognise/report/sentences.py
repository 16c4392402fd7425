"""What the sentences of a report state: facts, the total, the grade."""

from __future__ import annotations

from collections.abc import Iterable

from perfdesk.evaluation.evaluated import shown_points
from perfdesk.model.report import Report
from perfdesk.quotable import COUNT, POINTS, stated_in
from perfdesk.report.quotes import typed_grades, whole_numbers

TOTAL = "总分"


def stated_facts(report: Report, texts: Iterable[str], unit: str) -> dict[str, str]:
    """Fact → the number that is stated first, amounts in ``unit``. One sentence may state several facts (共有项目 17 个)."""
    names = _names(report)
    found: dict[str, str] = {}
    for text in texts:
        for typed in whole_numbers(report, text, [(words, words) for words in names]):
            for fact in report.rates.facts:
                if fact.label not in names[typed.name] or fact.id in found:
                    continue
                number = stated_in(text, typed, unit if fact.kind == "money" else COUNT)
                if number is not None:
                    found[fact.id] = shown_points(number[0])
    return found


def stated_total(report: Report, texts: Iterable[str]) -> str:
    """As written; empty where no sentence states it."""
    names = _names(report)
    for text in texts:
        for typed in whole_numbers(report, text, [(words, words) for words in names]):
            if TOTAL in names[typed.name] and stated_in(text, typed, POINTS):
                return typed.text
    return ""


def stated_grade(report: Report, text: str) -> str:
    """Empty where no sentence states it."""
    return next((typed.text for typed in typed_grades(report, text)), "")


def _names(report: Report) -> dict[str, set[str]]:
    """Words of a phrase → every name that they mean."""
    names: dict[str, set[str]] = {}
    for chapter in report.chapters:
        for words, name in chapter.phrases:
            names.setdefault(words, set()).add(name)
    return names
