"""The goals of a department in their lines: ``（一）name``, ``绩效目标：…``, ``绩效指标：①…``"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from perfdesk.model.filing import Row
from perfdesk.model.form import Field, Section
from perfdesk.recognise.department.texts import Text, joined
from perfdesk.recognise.found import Parts
from perfdesk.targets.indicator_text import read_indicators


def read_goals(section: Section, texts: Sequence[Text], parts: Parts, new_id: Callable[[], str]) -> list[Row]:
    """The rows of goals and indicators; lines before the first goal are left over."""
    rows: list[Row] = []
    for number, goal in enumerate(_Reading(section, texts, parts).goals(), 1):
        where = f"{section.id}/{number}"
        name = joined(goal.name, f"{where}/level1", parts)
        if goal.digits:
            name = name.removesuffix("。").strip()
        cells = {"level1": name, "goal": joined(goal.goal, f"{where}/goal", parts)}
        row = Row(new_id(), section.id, _filled(cells))
        rows.append(row)
        text = joined(goal.indicators, where, parts)
        for one in read_indicators(text, _spellings(section, "target")) if text else ():
            own = {"level2": one.name, "description": one.description, "target": one.target}
            rows.append(Row(new_id(), section.id, _filled(own), row.id))
    return rows


def _filled(cells: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType({c: t for c, t in cells.items() if t or c in ("level1", "level2")})


def _spellings(section: Section, column: str) -> tuple[str, ...]:
    found = section.field(column)
    return _labels(found) if found else ()


def _labels(found: Field) -> tuple[str, ...]:
    return (found.label, *found.aliases)


@dataclass(slots=True)
class _Goal:
    """The lines of one goal. ``digits``: numbered in digits, so that a full stop closes its name."""

    name: list[Text]
    digits: bool
    goal: list[Text] = field(default_factory=list[Text])
    indicators: list[Text] = field(default_factory=list[Text])


class _Reading:
    def __init__(self, section: Section, texts: Sequence[Text], parts: Parts) -> None:
        self.texts = texts
        self.parts = parts
        self.goal_label = _label(_spellings(section, "goal"))
        self.indicator_label = _label(_spellings(section, "level2"))
        self.labelled = any(self.goal_label.match(t.text) for t in texts)
        self.found: list[_Goal] = []
        self.rank: int | None = None

    def goals(self) -> list[_Goal]:
        into: list[Text] | None = None
        for place, text in enumerate(self.texts):
            goal = self.found[-1] if self.found else None
            if self._begins(place):
                number = text.number
                self.rank = number.rank if number else None
                name = replace(text, text=number.rest if number else text.text)
                self.found.append(_Goal([name], bool(number and number.style == "1、")))
                into = self.found[-1].name
            elif goal and into is goal.name and (match := self.goal_label.match(text.text)):
                goal.goal.append(replace(text, text=text.text[match.end() :]))
                into = goal.goal
            elif goal and into is not goal.indicators and (match := self.indicator_label.match(text.text)):
                goal.indicators.append(replace(text, text=text.text[match.end() :]))
                into = goal.indicators
            elif into is not None:
                into.append(text)
            else:
                self.parts.leftovers.append(text.text)
        return self.found

    def _begins(self, place: int) -> bool:
        """A goal's name: numbered like the others and followed by its text, before another line is numbered so."""
        number = self.texts[place].number
        if number is None:
            follows = place + 1 < len(self.texts) and self._is_goal(place + 1)
            return follows and (self.rank is None or self.found[-1].goal != [])
        if self.rank is not None and number.rank != self.rank:
            return False
        expected = number.number == len(self.found) + 1
        if not self.labelled:
            return expected
        for later in range(place + 1, len(self.texts)):
            if self._is_goal(later):
                return True
            following = self.texts[later].number
            if following and following.rank == number.rank:
                break
            if self.indicator_label.match(self.texts[later].text) and later == place + 1:
                return expected and bool(self.found and self.found[-1].indicators)
        return False

    def _is_goal(self, place: int) -> bool:
        return self.goal_label.match(self.texts[place].text) is not None


def _label(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(re.escape(w) for w in words)})\s*[:：]\s*")
