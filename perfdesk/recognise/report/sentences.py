"""What the sentences of a report state: facts, the total, the grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from perfdesk.evaluation.evaluated import shown_points
from perfdesk.model.report import Report
from perfdesk.quotable import COUNT, POINTS, stated_in
from perfdesk.report.quotes import typed_grades, whole_numbers

TOTAL = "总分"


def stated_facts(report: Report, texts: Iterable[str], unit: str) -> dict[str, str]:
    """Fact → the number that is stated first, amounts in ``unit``. One sentence may state several facts (共有项目 17 个); a sentence
    of its own has the last word."""
    names = _names(report)
    found: dict[str, str] = {}
    shared: set[str] = set()
    for text in texts:
        for typed in whole_numbers(report, text, [(words, words) for words in names]):
            meant = [f for f in report.rates.facts if f.label in names[typed.name]]
            for fact in (f for f in meant if f.id not in found or (len(meant) == 1 and f.id in shared)):
                number = stated_in(text, typed, unit if fact.kind == "money" else COUNT)
                if number is not None:
                    found[fact.id] = shown_points(number[0])
                    shared = shared | {fact.id} if len(meant) > 1 else shared - {fact.id}
    return {fact: text for fact, text in found.items() if fact not in _doubtful(report, found, shared)}


def _doubtful(report: Report, found: Mapping[str, str], shared: Set[str]) -> set[str]:
    """A number that is said of several facts is none of a rate's base where the rate's other number differs: of 17 projects perhaps 5
    were due."""
    pairs = [
        (over.id, under.id) for rate in report.rates.rates for _, over in rate.over for _, under in rate.under
    ]
    return {
        under for over, under in pairs if under in shared and over in found and found[over] != found[under]
    }


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
