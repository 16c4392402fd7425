"""Amounts as whole numbers: 10⁻⁴ 元, so that every database adds them up exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

from perfdesk.model.bureau import SCALE
from perfdesk.values import MONEY_UNITS, parse_amount, plain_number, show_amount

MOST = 2**63 - 1
"""What a database keeps as one whole number."""

_EXACT = Context(prec=100_000)
_PLACES = {"": (Decimal(SCALE)).adjusted()} | {u: (x * SCALE).adjusted() for u, x in MONEY_UNITS.items()}


@dataclass(frozen=True, slots=True)
class Whole:
    """``value``: None where there is nothing to add. ``text``: what could not be added, as it is written."""

    value: int | None = None
    text: str = ""


NOTHING = Whole()


def in_whole(raw: str, unit: str) -> Whole:
    """The text of a cell that counts in ``unit`` (empty: in itself). Words, dashes, what is finer than 10⁻⁴ and what is too large for a
    database stay text."""
    text = raw.strip()
    if not text:
        return NOTHING
    amount = parse_amount(text, unit)
    value = None if amount.value is None else whole(amount.value, unit)
    return Whole(None, text) if value is None else Whole(value)


def whole(value: Decimal, unit: str = "") -> int | None:
    """None where it is finer than a whole number can say, or larger than a database keeps."""
    if value.adjusted() > 30:
        return None
    number = value.scaleb(_PLACES[unit], _EXACT)
    return int(number) if number.copy_abs() <= MOST and number == number.to_integral_value() else None


def plain(value: int, unit: str = "") -> str:
    """A whole number as digits in ``unit`` (empty: in itself), exact and short: ``123450000`` → ``1.2345`` 万元, ``12345`` 元."""
    digits = plain_number(Decimal(f"{value}E-{_PLACES[unit]}"))
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def shown(value: int, unit: str = "") -> str:
    """For people: an amount with thousands separators and at least two decimals, a quantity (no unit) in its shortest spelling."""
    return show_amount(Decimal(plain(value, unit))) if unit else plain(value)


def added(parts: Iterable[Whole]) -> Whole:
    """The sum of what is a number, with the texts of what is none; a sum too large for a database is text, too."""
    some = tuple(parts)
    given = [one.value for one in some if one.value is not None]
    texts = list(dict.fromkeys(one.text for one in some if one.text))
    total = sum(given)
    if abs(total) > MOST:
        return Whole(None, "、".join([plain(total), *texts]))
    return Whole(total if given else None, "、".join(texts))
