"""Finding names as Chinese users type them: part of the name, its pinyin, the initials of it, or the name slightly wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from perfdesk.catalog import label_key

T = TypeVar("T")

EXACT, BEGINS, INSIDE, INITIALS, INITIALS_INSIDE, SPELT, MIXED, SCATTERED, ALIKE = range(9)
"""How well a name fits, best first. ``ALIKE`` is a guess; all others hold everything that was typed."""

LEAST_TO_GUESS = 3
COVERED = 0.7
"""A guess holds at least this share of the typed characters in their order."""
FIRST_GUESS = "..."
"""Looked for only to have the library of guesses loaded."""


def folded(text: str) -> str:
    """A name or a query as it is compared: width, case, blanks and punctuation do not count."""
    return label_key(text).lower()


TWO_READINGS = {
    "长": "cz", "行": "xh", "重": "zc", "调": "td", "率": "ls", "参": "cs", "传": "cz", "降": "jx", "校": "xj", "系": "xj",
    "便": "bp", "单": "ds", "省": "sx", "曾": "cz", "查": "cz", "给": "gj", "乐": "ly", "会": "hk", "藏": "cz", "朝": "cz",
    "弹": "dt", "提": "td", "属": "sz", "盛": "sc", "识": "sz", "食": "sy", "咽": "yx", "栖": "qx",
}  # fmt: skip
"""Characters whose readings begin with different letters: the dictionary of words is not always right about them."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """``readings``: the initials, one letter for each character of the folded name, the likeliest first; ``letters``: the pinyin
    without gaps; ``starts``: where in it each character begins."""

    readings: tuple[str, ...]
    letters: str
    starts: frozenset[int]


class Pinyin:
    """The pinyin of names, each looked up once. The dictionary is loaded with the first name (a fifth of a second)."""

    def __init__(self) -> None:
        self._known: dict[str, Spelling] = {}

    def of(self, name: str) -> Spelling:
        """Of a folded name; what is no Chinese character stands for itself."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = _spelling(name)
        return known


def _each(text: str) -> list[str]:
    return list(text)


def _spelling(name: str) -> Spelling:
    from pypinyin import lazy_pinyin

    parts: list[str] = lazy_pinyin(name, errors=_each)  # type: ignore[arg-type]
    starts: set[int] = set()
    at = 0
    for part in parts:
        starts.add(at)
        at += len(part)
    return Spelling(_readings(name, "".join(p[:1] for p in parts)), "".join(parts), frozenset(starts))


def _readings(name: str, initials: str) -> tuple[str, ...]:
    """At most eight: the first three characters that can be read otherwise."""
    found = [initials]
    for at in [n for n, c in enumerate(name) if c in TWO_READINGS][:3]:
        letters = TWO_READINGS[name[at]]
        found += [f"{one[:at]}{c}{one[at + 1 :]}" for one in found for c in letters if c != one[at]]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """``fit`` is one of the constants above; ``closeness`` orders guesses (1.0: everything typed is there)."""

    item: T
    fit: int
    closeness: float = 1.0


class Index(Generic[T]):
    """Things found by name. Ready at once; letters wait for the pinyin, which ``warm`` looks up beforehand."""

    def __init__(self, named: Iterable[tuple[str, T]], pinyin: Pinyin | None = None) -> None:
        self._pinyin = pinyin or Pinyin()
        self._items: list[T] = []
        self._names: list[str] = []
        for name, item in named:
            self._names.append(folded(name))
            self._items.append(item)
        self._spelt: list[Spelling] = []

    def __len__(self) -> int:
        return len(self._names)

    def warm(self) -> None:
        """Look up the pinyin of every name and load what guessing needs; safe on another thread."""
        self._spellings()
        self._alike(FIRST_GUESS)

    def _spellings(self) -> Sequence[Spelling]:
        if not self.is_warm:
            self._spelt = [self._pinyin.of(name) for name in self._names]
        return self._spelt

    @property
    def is_warm(self) -> bool:
        """Letters cost no more than words now."""
        return len(self._spelt) == len(self._names)

    def search(self, words: str, guess: bool = True, letters: bool = True) -> list[Hit[T]]:
        """Everything that fits, in the order it was given; without words everything. Guesses only where nothing else fits;
        ``letters`` False: what is typed is not read as pinyin."""
        query = folded(words)
        if not query:
            return [Hit(item, EXACT) for item in self._items]
        hits = self._literal(query)
        if letters and any("a" <= c <= "z" for c in query):
            taken = {n for n, _ in hits}
            hits += [(n, fit) for n, fit in self._by_letters(query) if n not in taken]
        if not hits and len(parts := words.split()) > 1:
            hits = self._scattered([folded(p) for p in parts if folded(p)])
        if not hits and guess and len(query) >= LEAST_TO_GUESS and not query.isascii():
            return self._alike(query)
        return [Hit(self._items[n], fit) for n, fit in sorted(hits)]

    def _literal(self, query: str) -> list[tuple[int, int]]:
        found = [(n, name) for n, name in enumerate(self._names) if query in name]
        return [
            (n, EXACT if name == query else BEGINS if name.startswith(query) else INSIDE) for n, name in found
        ]

    def _by_letters(self, query: str) -> list[tuple[int, int]]:
        spelt = self._spellings()
        if not query.isascii():
            words = [c for c in query if not c.isascii()]
            return [
                (n, MIXED)
                for n, name in enumerate(self._names)
                if all(c in name for c in words) and _mixed(query, name, spelt[n].readings)
            ]
        found: list[tuple[int, int]] = []
        for n, one in enumerate(spelt):
            if any(query in reading for reading in one.readings):
                begins = any(reading.startswith(query) for reading in one.readings)
                found.append((n, INITIALS if begins else INITIALS_INSIDE))
            elif len(query) > 1 and query in one.letters and _at_start(query, one):
                found.append((n, SPELT))
        return found

    def _scattered(self, parts: list[str]) -> list[tuple[int, int]]:
        return [(n, SCATTERED) for n, name in enumerate(self._names) if all(p in name for p in parts)]

    def _alike(self, query: str) -> list[Hit[T]]:
        from rapidfuzz import process
        from rapidfuzz.distance import LCSseq

        least = max(2, round(COVERED * len(query) + 0.49))
        found = process.extract(query, self._names, scorer=LCSseq.similarity, score_cutoff=least, limit=20)
        size = len(query)
        return [Hit(self._items[n], ALIKE, score / size - 0.001 * len(name)) for name, score, n in found]


def _at_start(query: str, one: Spelling) -> bool:
    """The letters begin where a character begins."""
    at = one.letters.find(query)
    while at >= 0 and at not in one.starts:
        at = one.letters.find(query, at + 1)
    return at >= 0


def _mixed(query: str, name: str, readings: tuple[str, ...]) -> bool:
    """Characters and initials in one word (``预算zxl``)."""
    taken = [set(each) for each in zip(name, *readings, strict=True)]
    return any(
        all(c in may for c, may in zip(query, taken[at:], strict=False))
        for at in range(len(name) - len(query) + 1)
    )
