"""Which of several headings an indicator most likely belongs to: what its name has in common with the texts that each is about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from perfdesk.editions.found import Work
from perfdesk.model.mapping import GroupChoice
from perfdesk.naming import label_key


class Nearness:
    def __init__(self, work: Work) -> None:
        self._filing = work.filing
        self._pairs: dict[str, frozenset[str]] = {}

    def nearest(self, choices: Sequence[GroupChoice], name: str) -> GroupChoice:
        """The one that has the most pairs of neighbouring characters of the name in its texts; of equals the first. One of whose words
        the name holds goes before."""
        key = label_key(name)
        for choice in choices:
            if any(label_key(word) in key for word in choice.words):
                return choice
        return max(choices, key=lambda choice: self._common(choice, key))

    def _common(self, choice: GroupChoice, key: str) -> int:
        own = pairs(key)
        return max((len(own & self._texts(near)) for near in choice.near), default=0)

    def _texts(self, near: str) -> frozenset[str]:
        """Pairs of characters in a section or a cell of the old filing."""
        if near not in self._pairs:
            if "/" in near:
                texts = [self._filing.cell(near)]
            else:
                texts = [text for row in self._filing.section(near) for text in row.cells.values()]
            self._pairs[near] = frozenset(p for text in texts for p in pairs(label_key(text)))
        return self._pairs[near]


def pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text))
