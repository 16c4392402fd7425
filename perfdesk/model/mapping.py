"""From one edition of a form to another (表样对照): what moves where. What is not named keeps its address."""

from __future__ import annotations

from dataclasses import dataclass

Group = tuple[str, str]
"""A level-2 heading with the level 1 above it."""


@dataclass(frozen=True, slots=True)
class CellWay:
    """The cell or column ``source`` (``budget/other``) goes to ``to``; of several the person chooses one, the first is proposed."""

    source: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """The text of the column ``source`` goes into ``into`` (``≥95`` and ``%`` → ``≥95%``); words of ``drop`` say nothing and go."""

    source: str
    into: str
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """One heading that indicators may come under. It is proposed for those whose names have most in common with the texts at ``near``
    (a section or a cell), before that for those that hold one of ``words``."""

    group: Group
    near: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupWay:
    """The indicators of the heading ``source`` go below one of ``to``; with several the person decides."""

    source: Group
    to: tuple[GroupChoice, ...]


@dataclass(frozen=True, slots=True)
class BecomesLast:
    """What a budget says this year (``name``: a value by its name in texts, ``收支总表/收入总计``) stands next year in ``cell``."""

    name: str
    cell: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """``source`` and ``target``: ids of editions; the same one twice where only ``last`` is said."""

    source: str
    target: str
    cells: tuple[CellWay, ...] = ()
    folds: tuple[Fold, ...] = ()
    groups: tuple[GroupWay, ...] = ()
    last: tuple[BecomesLast, ...] = ()

    def cell(self, address: str) -> tuple[str, ...]:
        """Where the cell goes; its own address where nothing is said."""
        return next((c.to for c in self.cells if c.source == address), (address,))
