"""What a comparison consists of: one line a cell, with both texts and whether they say the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perfdesk.model.finding import Place
from perfdesk.model.form import FieldKind
from perfdesk.values import parse_amount, parse_target

Kind = Literal["same", "changed", "left", "right"]
"""``left``, ``right``: it stands only there."""


@dataclass(frozen=True, slots=True)
class Line:
    """``part``: the section, in words; ``where``: the cell, in words. ``more``: by how much an amount is larger at the right, in the unit
    of the comparison; None where it is no amount. ``left_place``, ``right_place``: the cells themselves, None where there is none."""

    part: str
    where: str
    left: str
    right: str
    kind: Kind
    left_place: Place | None = None
    right_place: Place | None = None
    more: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left``, ``right``: what is compared, in words. ``unit`` of all amounts."""

    left: str
    right: str
    unit: str
    lines: tuple[Line, ...]

    @property
    def differences(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind != "same")


def kind_of(left: str, right: str, field: FieldKind, unit: str) -> Kind:
    """Amounts and targets are the same when they mean the same; texts when their letters are."""
    if not left.strip() or not right.strip():
        return "same" if left.strip() == right.strip() else "right" if right.strip() else "left"
    return "same" if _means(left, field, unit) == _means(right, field, unit) else "changed"


def _means(text: str, field: FieldKind, unit: str) -> object:
    if field in ("money", "number"):
        amount = parse_amount(text, unit if field == "money" else "")
        if amount.value is not None:
            return amount.value
    if field == "target":
        target = parse_target(text)
        if target.kind == "number":
            return target.op, target.value, target.unit, target.extra
    return "".join(text.split())


def more_by(left: str, right: str, unit: str) -> Decimal | None:
    """How much larger the right amount is; None where one cannot be read."""
    one, other = (parse_amount(text, unit).value for text in (left, right))
    return None if one is None or other is None else other - one
