"""What is proposed when a filing is carried into another year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from perfdesk.model.form import Form
from perfdesk.model.reminder import Reminder

Kind = Literal["year", "target", "group", "cell", "look", "left"]
CHOICES: tuple[Kind, ...] = ("group", "cell")
TOLD: tuple[Kind, ...] = ("look", "left")
"""Kinds that nothing is done with: the author looks at them."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """``before`` becomes ``after`` at ``where`` (in words).

    ``year``: the word at ``start`` … ``end`` of the cell ``row``/``column``. ``target``: the cell keeps last year's target, or,
    where it is empty, takes the standard's usual one; not accepted it is empty. ``group``, ``cell``: ``after`` is one of
    ``options``, ``key`` that of the decision. ``look``, ``left``: see ``Reminder``. ``sure``: nothing speaks against it; the
    others wait for a person. ``around``: a word with what stands around it, for reading.
    """

    kind: Kind
    where: str
    before: str
    after: str = ""
    sure: bool = False
    row: str = ""
    column: str = ""
    start: int = 0
    end: int = 0
    options: tuple[str, ...] = ()
    key: str = ""
    around: str = ""

    def reminder(self, chosen: str) -> Reminder | None:
        """What stays to be said where it was not accepted; ``chosen`` of the options."""
        match self.kind:
            case "year" | "look":
                return Reminder("look", self.where, self.before, self.row, self.column)
            case "group":
                return Reminder(
                    "group", self.where, self.before, self.row, options=_first(self.options, chosen)
                )
            case "cell":
                return Reminder("cell", self.where, self.before, options=_first(self.options, chosen))
            case "left":
                return Reminder("left", self.where, self.before)
            case "target":
                return None


def option_words(form: Form, option: str) -> str:
    """A heading or a cell of the form as people call it."""
    section, _, column = option.partition("/")
    field = form.section(section).field(column) if form.has(section) else None
    return field.name if field else column or section


def _first(options: tuple[str, ...], chosen: str) -> tuple[str, ...]:
    return (chosen, *(o for o in options if o != chosen))
