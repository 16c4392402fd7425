"""Amounts looked at in another unit than they are kept in: the kept number stays exact, the shown one may be rounded."""

from __future__ import annotations

from decimal import Decimal, localcontext

from perfdesk.values import (
    MONEY_UNITS,
    clean_text,
    parse_amount,
    plain_number,
    round_half_up,
    show_amount,
)

VIEWS = ("元", "万元")
"""The units that a view may be switched to."""
SHOWN_DIGITS = 2


def in_unit(value: Decimal, unit: str, view: str) -> Decimal:
    """Exact (both units are powers of ten), without zeros at the end where the unit is another."""
    if unit == view or unit not in MONEY_UNITS or view not in MONEY_UNITS:
        return value
    with localcontext() as context:
        context.prec = len(value.as_tuple().digits) + 20
        return (value * MONEY_UNITS[unit] / MONEY_UNITS[view]).normalize()


def seen(value: Decimal, unit: str, view: str) -> Decimal:
    """What a person reads, in ``view``: exact, but rounded to two decimals where ``view`` is the coarser unit."""
    there = in_unit(value, unit, view)
    if not _coarser(unit, view):
        return there
    rounded = round_half_up(there, SHOWN_DIGITS)
    return rounded if rounded else rounded.copy_abs()  # what is too little to be seen has no sign either


def show_in(value: Decimal, unit: str, view: str) -> str:
    """``seen`` as text, with separators."""
    return show_amount(seen(value, unit, view))


def edit_in(value: Decimal, unit: str, view: str) -> str:
    """The exact amount in ``view``, for an editor."""
    return plain_number(in_unit(value, unit, view))


def kept_text(text: str, unit: str, view: str) -> str:
    """What was typed while looking at ``view``, as it is kept in ``unit``. As typed where nothing is to convert or no number is read."""
    clean = clean_text(text)
    amount = parse_amount(clean, view)
    if unit == view or amount.value is None:
        return clean
    return plain_number(in_unit(amount.value, view, unit))


def is_only_rounding(old: Decimal, text: str, unit: str, view: str) -> bool:
    """``text`` says no more than what a rounded view shows of ``old`` (kept in ``unit``): writing it would only lose digits."""
    typed = parse_amount(text, view).value
    return typed is not None and typed == seen(old, unit, view) and typed != in_unit(old, unit, view)


def _coarser(unit: str, view: str) -> bool:
    return unit in MONEY_UNITS and view in MONEY_UNITS and MONEY_UNITS[view] > MONEY_UNITS[unit]
