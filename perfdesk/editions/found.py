"""What comes of a conversion, and what it writes down on its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.mapping import Mapping as Ways

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person has to choose. ``key``: the indicator's row (``group``) or the old cell (``cell``); ``options`` are headings
    (``level 1/level 2``) or cells of the new form; ``chosen`` is one of them. ``text``: the indicator's name or the cell's text."""

    kind: Literal["group", "cell"]
    key: str
    where: str
    text: str
    options: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """``text`` stood at ``where`` (in words) and has no place in the new edition."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Converted:
    filing: Filing
    decisions: tuple[Decision, ...] = ()
    leftovers: tuple[Leftover, ...] = ()


@dataclass(slots=True)
class Work:
    """One conversion under way. ``chosen``: key of a decision → what a person chose."""

    filing: Filing
    source: Form
    target: Form
    ways: Ways
    new_id: NewId
    chosen: Mapping[str, str]
    decisions: list[Decision] = field(default_factory=list[Decision])
    leftovers: list[Leftover] = field(default_factory=list[Leftover])

    def leave(self, where: str, text: str) -> None:
        if text.strip():
            self.leftovers.append(Leftover(where, text))

    def choose(self, decision: Decision) -> str:
        """What was chosen, or what is proposed; written down."""
        chosen = self.chosen.get(decision.key, decision.chosen)
        chosen = chosen if chosen in decision.options else decision.chosen
        self.decisions.append(
            Decision(decision.kind, decision.key, decision.where, decision.text, decision.options, chosen)
        )
        return chosen
