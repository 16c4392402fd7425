"""Codes of a list found as people type them: by the beginning of the code, by name, by pinyin or its initials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perfdesk.search import Index, Pinyin
from perfdesk.values import one_line


@dataclass(frozen=True, slots=True)
class Code:
    """``path``: the names above it, outermost first. ``leaf``: the list has none below it."""

    code: str
    name: str
    path: tuple[str, ...]
    leaf: bool


class CodeIndex:
    def __init__(self, names: Mapping[str, str], pinyin: Pinyin | None = None) -> None:
        self.names = names
        codes = sorted(names)
        below = [
            any(later.startswith(code) for later in codes[n + 1 : n + 2]) for n, code in enumerate(codes)
        ]
        self._codes = [
            Code(code, names[code], _path(code, names), not has)
            for code, has in zip(codes, below, strict=True)
        ]
        self._index = Index(((c.name, c) for c in self._codes), pinyin)

    def warm(self) -> None:
        """Look up the pinyin of every name; safe on another thread."""
        self._index.warm()

    @property
    def is_warm(self) -> bool:
        return self._index.is_warm

    def search(self, words: str, most: int) -> tuple[Code, ...]:
        """The best first: the better fit, then codes with nothing below them (only there are amounts typed), then by code."""
        folded = one_line(words)
        if not folded:
            return ()
        if folded.isdecimal():
            found = [c for c in self._codes if c.code.startswith(folded)]
            return tuple(sorted(found, key=lambda c: (not c.leaf, c.code)))[:most]
        hits = sorted(
            self._index.search(words), key=lambda h: (h.fit, -h.closeness, not h.item.leaf, h.item.code)
        )
        return tuple(h.item for h in hits)[:most]


def _path(code: str, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names[code[:n]] for n in range(1, len(code)) if code[:n] in names)
