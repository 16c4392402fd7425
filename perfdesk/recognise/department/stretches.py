"""Where a department's targets begin and end among the lines of a file, and which of their lines stand below which heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import accumulate

from perfdesk.catalog import label_key
from perfdesk.model.form import Form
from perfdesk.recognise.department.texts import Text, text_of
from perfdesk.recognise.lines import Line
from perfdesk.targets.numbering import RANKS

_SHORT = 50
"""A longer line is no heading."""


@dataclass(slots=True)
class Stretch:
    """Lines ``start`` … ``end`` - 1; ``sections``: section id → the lines below its heading. ``rank`` of the headings' numbers."""

    start: int
    end: int = 0
    rank: int | None = None
    number: int = 0
    sections: dict[str, list[Text]] = field(default_factory=dict[str, list[Text]])
    headings: dict[str, Text] = field(default_factory=dict[str, Text])

    @property
    def style(self) -> str:
        return "" if self.rank is None else RANKS[self.rank]

    @property
    def item_style(self) -> str:
        """How most of the items below the headings are numbered, of goals and lists alike."""
        later = list(self.sections.values())[1:]
        ranks = Counter(n.rank for texts in later for t in texts if (n := t.number))
        return RANKS[ranks.most_common(1)[0][0]] if ranks else ""

    def takes(self, text: Text, titles: AbstractSet[str], later: bool) -> bool:
        """Whether the line still belongs to it, which is no heading of a section. ``later``: further headings of it follow."""
        if len(text.text) > _SHORT or text.text.endswith(("。", "；")):
            return True
        if any(label_key(text.text).endswith(t) for t in titles):
            return False
        number = text.number
        if number is None or later or (number.rank and not number.rest):
            return True
        if self.rank is None or number.rank == 0:
            return number.rank > 0
        if number.rank < self.rank:
            return number.number == 1
        return number.rank > self.rank or number.number != self.number + 1


def stretches(lines: Sequence[Line], forms: Iterable[Form], titles: AbstractSet[str]) -> Iterator[Stretch]:
    """``titles`` of other forms, which begin something else. A stretch has two of the headings, or goals."""
    words = [(form, _headings(form)) for form in forms]
    order = [s.id for form, _ in words for s in form.sections]
    known = {key: section for _, keys in words for key, section in keys.items()}
    goals = {form.goals.id for form, _ in words if form.goals}
    texts = [text_of(line) for line in lines]
    named = [_section_of(text, known) if text else None for text in texts]
    heads = [n for n, section in enumerate(named) if section]
    tables = [*accumulate((text is None for text in texts), initial=0)]
    now: Stretch | None = None
    for place, (text, section) in enumerate(zip([*texts, None], [*named, None], strict=True)):
        if now and text and section and _comes_after(order, now, section):
            _open(now, section, text)
            continue
        if now and text and section is None:
            ahead = (n for n in heads if n > place and tables[n] == tables[place])
            later = any(_continues(order, now, named[n], texts[n]) for n in ahead)
            if now.takes(text, titles, later):
                list(now.sections.values())[-1].append(text)
                continue
        if now:
            now.end = place
            if len(now.sections) > 1 or any(now.sections.get(g) for g in goals):
                yield now
            now = None
        if section and text:
            now = Stretch(place)
            _open(now, section, text)


def _headings(form: Form) -> dict[str, str]:
    printed = (s for s in form.sections if s.id not in form.paper.unprinted)
    return {label_key(t): s.id for s in printed for t in (s.label, *s.aliases)}


def _section_of(text: Text, known: dict[str, str]) -> str | None:
    if len(text.text) > _SHORT:
        return None
    number = text.number
    return known.get(label_key(number.rest if number else text.text))


def _comes_after(order: list[str], stretch: Stretch, section: str) -> bool:
    last = list(stretch.sections)[-1]
    return order.index(section) > order.index(last)


def _continues(order: list[str], stretch: Stretch, section: str | None, text: Text | None) -> bool:
    """A heading further down that is numbered as the next one."""
    number = text.number if text else None
    follows = number is not None and (number.rank, number.number) == (stretch.rank, stretch.number + 1)
    return follows and section is not None and _comes_after(order, stretch, section)


def _open(stretch: Stretch, section: str, text: Text) -> None:
    number = text.number
    if number:
        stretch.rank, stretch.number = number.rank, number.number
    stretch.sections[section] = []
    stretch.headings[section] = text
