"""The sign and the number of a target are two views of one raw text: taking it apart and putting it together again."""

from __future__ import annotations

import re
from decimal import Decimal

from perfdesk.values import parse_target

_SIGN = re.compile(r"\s*(>=|=>|<=|=<|\+/-|\+-|[≥≧⩾≤≦⩽=＝>＞<＜±])\s*")
_SPELLINGS = {
    "≧": "≥", "⩾": "≥", ">=": "≥", "=>": "≥", "≦": "≤", "⩽": "≤", "<=": "≤", "=<": "≤", "＝": "=", "＞": ">",
    "＜": "<", "+-": "±", "+/-": "±",
}  # fmt: skip
_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def split_target(raw: str) -> tuple[str, str]:
    """(sign in its usual spelling, the rest); ``≥95%`` → ``("≥", "95%")``. Without a sign the first is empty."""
    match = _SIGN.match(raw)
    if match is None:
        return "", raw.strip()
    return sign_of(match[1]), raw[match.end() :].strip()


def sign_of(text: str) -> str:
    """The usual spelling of a sign, empty where the text is none."""
    text = text.strip()
    match = _SIGN.fullmatch(text)
    return _SPELLINGS.get(match[1], match[1]) if match else ""


def with_sign(raw: str, sign: str) -> str:
    """The target with another sign; an empty sign takes it away. Text that is no sign is kept as it was typed, in front."""
    rest = split_target(raw)[1]
    return (sign_of(sign) or sign.strip()) + rest


def with_value(raw: str, value: str) -> str:
    """The target with another number or word. A sign typed with it counts; before words the old sign goes."""
    sign, rest = split_target(value)
    if sign:
        return sign + rest
    if rest and not any(c.isdigit() for c in rest):
        return rest
    return split_target(raw)[0] + rest


def shown_value(raw: str) -> str:
    """The rest without its sign; a bare number with thousands separators."""
    rest = split_target(raw)[1]
    return f"{Decimal(rest):,}" if _PLAIN.fullmatch(rest) else rest


def shown_target(raw: str) -> str:
    """Sign and value with a blank between (``≥ 95%``)."""
    sign = split_target(raw)[0]
    return f"{sign} {shown_value(raw)}".strip()


def is_number(raw: str, unit: str = "") -> bool:
    return parse_target(raw, unit).kind == "number"
