"""What the sentences of a report state: facts, the total, the grade."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfdesk.evaluation.evaluated import shown_points
from perfdesk.model.report import Report
from perfdesk.quotable import COUNT, POINTS, stated_in
from perfdesk.report.quotes import whole_numbers

GRADE = "等级"
TOTAL = "总分"
_OTHER_GRADES = ("优秀", "良好", "中等", "合格", "不合格", "一般", "较差")
_BETWEEN = r"[为是：:“”\"'‘’\s]*"


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
    return next((grade for _, grade in grades_in(report, text)), "")


def grades_in(report: Report, text: str) -> Iterable[tuple[str, str]]:
    """Every grade behind the words of a phrase for it: the words, the grade."""
    known = sorted({*(g.name for g in report.scheme.grades), *_OTHER_GRADES}, key=len, reverse=True)
    grades = "|".join(re.escape(g) for g in known)
    words = sorted((w for w, names in _names(report).items() if GRADE in names), key=len, reverse=True)
    pattern = rf"({'|'.join(re.escape(w) for w in words)}){_BETWEEN}({grades})(?![\u4e00-\u9fff])"
    return ((m[1], m[2]) for m in re.finditer(pattern, text)) if words else ()


def _names(report: Report) -> dict[str, set[str]]:
    """Words of a phrase → every name that they mean."""
    names: dict[str, set[str]] = {}
    for chapter in report.chapters:
        for words, name in chapter.phrases:
            names.setdefault(words, set()).add(name)
    return names
