"""Texts against the data that they quote: which numbers are bound, which were typed and say something else.

A ``Quotable`` says what the texts of a filing can be bound to; ``perfdesk.quoted`` makes it of a budget or a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.bound import Resolve, Typed, bind, bound_in, show_bound, typed_numbers
from perfdesk.model.change import Change, SetCell
from perfdesk.model.chapter import Chapter
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Place
from perfdesk.values import MONEY_UNITS, parse_amount

PERCENT, POINTS, COUNT = "%", "分", "个"
_BEHIND = {
    PERCENT: ("%", "％", "百分"),
    POINTS: ("分",),
    COUNT: ("个", "项", "件", "次", "条", "份", "家"),
}
_MONEY = ("万元", "亿元", "千元", "百元", "元")


@dataclass(frozen=True, slots=True)
class Held:
    """A number that the data hold. ``unit``: of amounts (万元, 元), or percent, points, a count."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Quote:
    """``words``: what it is called in the text; ``where``: the table, row and column it stands in; ``name``: the bound value."""

    words: str
    where: str
    name: str


def _typed(text: str, chapter: Chapter) -> Iterable[Typed]:
    return typed_numbers(text, chapter.phrases)


@dataclass(frozen=True, slots=True)
class Quotable:
    """What the texts of ``chapters`` can be bound to. ``resolve``: what is printed for a name; ``held``: its number, None where it is
    none; ``words``: what it means; ``place``: where it stands in the same filing; ``quotes``: all that can be put into a chapter.
    ``rounded``: a typed number may be the data's rounded or cut. ``typed``: the typed numbers of a text that are to be compared."""

    chapters: tuple[Chapter, ...]
    resolve: Resolve
    held: Callable[[str], Held | None]
    words: Callable[[str], str]
    place: Callable[[str], Place | None]
    quotes: Callable[[Chapter | None], tuple[Quote, ...]]
    rounded: bool = False
    typed: Callable[[str, Chapter], Iterable[Typed]] = _typed


@dataclass(frozen=True, slots=True)
class Said:
    """A number that a chapter's text states beside the one that the data hold; ``stated`` in the unit of ``held``. ``digits``: decimals of
    it as written, in that unit."""

    chapter: Chapter
    typed: Typed
    stated: Decimal
    held: Held
    digits: int

    def agrees(self, rounded: bool) -> bool:
        """``rounded``: with fewer decimals it may be rounded or cut."""
        apart = abs(self.stated - self.held.value)
        coarser = self.digits < _digits(self.held.value)
        return apart == 0 or (rounded and coarser and apart < Decimal(1).scaleb(-self.digits))


def text_of(filing: Filing, chapter: Chapter) -> str:
    return filing.cell(chapter.text) if chapter.text else ""


def stated(filing: Filing, of: Quotable) -> Iterator[Said]:
    """Every number typed behind the words of a phrase, with a unit of its kind behind it, whose value is known."""
    for chapter in of.chapters:
        text = text_of(filing, chapter)
        for typed in of.typed(text, chapter):
            held = of.held(typed.name)
            number = stated_in(text, typed, held.unit) if held else None
            if held is not None and number is not None:
                yield Said(chapter, typed, number[0], held, number[1])


def stated_in(text: str, typed: Typed, unit: str) -> tuple[Decimal, int] | None:
    """The number in ``unit`` and its decimals there; None where no unit of its kind stands behind it: it may count something else."""
    value = parse_amount(typed.text).value
    if value is None:
        return None
    if unit in MONEY_UNITS:
        own, _ = _money_behind(text, typed)
        if not own:
            return None
        factor = MONEY_UNITS[own] / MONEY_UNITS[unit]
        return value * factor, _digits(value) - factor.adjusted()
    behind = text[typed.end :].lstrip("* ")
    return (value, _digits(value)) if behind.startswith(_BEHIND.get(unit, ())) else None


def _money_behind(text: str, typed: Typed) -> tuple[str, int]:
    """The unit of amounts behind the number and where it begins; empty where there is none."""
    start = typed.end + len(text[typed.end :]) - len(text[typed.end :].lstrip("* "))
    return next((u for u in _MONEY if text.startswith(u, start)), ""), start


def _digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def bind_texts(filing: Filing, of: Quotable) -> tuple[Change, ...]:
    """Numbers of the texts that are the data's own become bound to them; what differs stays as typed, to be told."""
    same = {
        (s.chapter.text, s.typed.start)
        for s in stated(filing, of)
        if s.stated
        == s.held.value
        == parse_amount(s.typed.text).value  # in the data's own unit: it stays as typed
    }
    changes: list[Change] = []
    for chapter in of.chapters:
        text = text_of(filing, chapter)
        typed = (t for t in of.typed(text, chapter) if (chapter.text, t.start) in same)
        bound = bind(text, typed)
        if bound != text:
            row, _, column = chapter.text.partition("/")
            changes.append(SetCell(row, column, bound))
    return tuple(changes)


def corrected(text: str, typed: Typed, unit: str = "") -> str:
    """The text with the typed number bound to its value; where its amount counts in another unit than ``unit``, that is written then."""
    own, start = _money_behind(text, typed)
    if own and unit in MONEY_UNITS and own != unit:
        text = text[:start] + unit + text[start + len(own) :]
    return bind(text, (typed,))


def shown_texts(filing: Filing, of: Quotable) -> dict[str, str]:
    """The chapters' texts with values in place, by the address of their cell; only those in which something is bound."""
    raw = {c.text: filing.cell(c.text) for c in of.chapters if c.text}
    return {a: shown for a, text in raw.items() if (shown := show_bound(text, of.resolve)) != text}


def unknown_names(filing: Filing, of: Quotable) -> Iterator[tuple[Chapter, str]]:
    """Bound names that mean nothing."""
    for chapter in of.chapters:
        for bound in bound_in(text_of(filing, chapter)):
            if of.resolve(bound.name) is None:
                yield chapter, bound.name
