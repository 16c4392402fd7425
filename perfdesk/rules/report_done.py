"""What a report calls completed or exceeded, against the numbers of its goals: 55 部 is not more than 65 部."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.model.chapter import Chapter
from perfdesk.model.finding import Finding
from perfdesk.model.report import ReportWords
from perfdesk.report.declared import goal_of, tasks_of
from perfdesk.report.reported import Reported
from perfdesk.rules.report import cell_of
from perfdesk.rules.subject import Kind, Subject
from perfdesk.values import parse_amount, plain_number

BELOW = Kind("report-achievement", "warning", "完成数低于目标")
KINDS = (BELOW,)

_UNIT = r"(?:万|亿)?(?:平方米|平方公里|公里|人次|部|套|个|户|起|栋|幢|处|件|次|人|亩|项|家|座|条|台|辆|名|吨|所|场|期|眼|公顷)"
_QUANTITY = re.compile(rf"(\d[\d,]*(?:\.\d+)?)\s*(?:余|多)?\s*({_UNIT})")
_CLAUSE = re.compile(r"[^，。；,;\n]+")
_SENTENCE = re.compile(r"[^。；;\n]+")
_POINT = re.compile(r"(?=[一二三四五六七八九十]{1,2}是)|(?=[(（][一二三四五六七八九十\d]{1,2}[)）])|\n")
"""Where another point of a list begins."""
_RUN, _SHARE = 4, 0.5
"""A claim is about a goal where so many characters in a row, and this part of the pairs of characters, are the same."""


@dataclass(frozen=True, slots=True)
class Goal:
    """``topic``: what the number counts, in the goal's own words."""

    topic: str
    value: Decimal
    number: str
    unit: str


def find(subject: Subject) -> Iterator[Finding]:
    report, reported = subject.form.report, subject.values.reported
    if report is None or reported is None:
        return
    goals = tuple(_goals(_goal_texts(subject, reported), report.words))
    told: set[Goal] = set()
    for chapter in report.chapters if goals else ():
        text = subject.filing.cell(chapter.text) if chapter.text else ""
        for point in _POINT.split(text):
            for goal, claim in _below(point, goals, report.words):
                if goal not in told:
                    told.add(goal)
                    yield _finding(chapter, goal, claim)


def _goal_texts(subject: Subject, reported: Reported) -> Iterator[str]:
    """The report's first text, which tells the goals, and those of the target form."""
    report = subject.form.report
    first = next((c.text for c in report.chapters if c.text), "") if report else ""
    yield subject.filing.cell(first)
    target = reported.companions.target
    if target:
        yield goal_of(*target)
        yield tasks_of(target[1])


def _goals(texts: Iterable[str], words: ReportWords) -> Iterator[Goal]:
    for text in texts:
        for clause in _CLAUSE.findall(text):
            for match in _QUANTITY.finditer(clause):
                value = parse_amount(match[1]).value
                topic = _topic(clause, words)
                if value is not None and len(topic) >= _RUN:
                    yield Goal(topic, value, match[1], match[2])


def _topic(clause: str, words: ReportWords) -> str:
    """The clause without numbers, years and words that say nothing of it."""
    plain = re.sub(rf"20\d{{2}}年(?:度)?|{_QUANTITY.pattern}|\d+[、.．]?", "", clause)
    for word in words.empty:
        plain = plain.replace(word, "")
    return re.sub(r"[\s\W]+", "", plain)


def _below(point: str, goals: tuple[Goal, ...], words: ReportWords) -> Iterator[tuple[Goal, str]]:
    """Goals of which a sentence of the point says that they are done with a number below theirs, and no number of the point reaches it."""
    for sentence in _SENTENCE.findall(point):
        if not any(re.search(rf"{re.escape(w)}(?!的?\s*\d)", sentence) for w in words.done):
            continue
        said = {unit for _, unit in _QUANTITY.findall(sentence)}
        for goal in goals:
            if goal.unit in said and _is_about(point, goal.topic):
                reached = [
                    v for n, u in _QUANTITY.findall(point) if u == goal.unit and (v := parse_amount(n).value)
                ]
                if reached and max(reached) < goal.value:
                    yield goal, sentence


def _is_about(text: str, topic: str) -> bool:
    plain = re.sub(r"\s", "", text)
    run = any(topic[n : n + _RUN] in plain for n in range(len(topic) - _RUN + 1))
    pairs = [topic[n : n + 2] for n in range(len(topic) - 1)]
    return run and sum(p in plain for p in pairs) >= _SHARE * len(pairs)


def _finding(chapter: Chapter, goal: Goal, claim: str) -> Finding:
    said = " ".join(claim.split())
    said = said if len(said) <= 40 else f"{said[:40]}…"
    numbers = "、".join(f"{n}{u}" for n, u in _QUANTITY.findall(claim) if u == goal.unit)
    message = f"“{chapter.heading}”里写“{said}”，完成数 {numbers} 低于目标：“{goal.topic}” {plain_number(goal.value)}{goal.unit}。"
    return BELOW.at(*cell_of(chapter), message)
