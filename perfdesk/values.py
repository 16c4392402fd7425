"""Raw text ⇄ typed value: the one parser, the one formatter, the one rounder.

Amounts and targets are Decimals; binary floats never appear. The raw text is kept by the caller and never lost: parsing
yields a value *or* a problem code, and a problem becomes a finding, not a refusal. Grammar: design page "The field",
section "Values as people write them".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Literal

Op = Literal["≥", "≤", "=", ">", "<", "±", ""]
TargetKind = Literal["number", "words", "bare", "yes-no", "mixed", "empty"]

PERCENT_WORDS = ("百分号", "百分比", "百分百", "％", "%")
MONEY_UNITS = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
}
DASHES = frozenset({"/", "／", "—", "——", "-", "－", "–", "―", "无"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A money cell. ``value`` is in the unit of the cell's form (万元 or 元); None where there is none.

    ``problem`` is None for a clean number or an empty cell, else one of ``unit-in-amount`` (``537.3万元``: the value is
    read all the same), ``word-in-amount``, ``mark-in-amount`` (``约12``, ``10％``), ``dash-in-amount`` (``/``), ``too-precise``.
    """

    value: Decimal | None = None
    problem: str | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator's target as written and as understood.

    ``op`` of a number without a sign is ``=`` (that is what it means); words, empty and bare-sign cells keep what sign they
    have. ``unit`` is canonical (all spellings of the percent sign are ``%``); ``extra`` holds words that stand beside the number.
    """

    text: str
    op: Op = ""
    value: Decimal | None = None
    unit: str = ""
    kind: TargetKind = "empty"
    extra: str = ""


def clean_text(raw: str) -> str:
    """Text fit to be kept: no control characters, no lone surrogates, line ends as ``\\n``, no blanks at either end."""
    if raw.isprintable():  # so are most texts, and nothing of that sort is among them
        return raw.strip()
    text = (
        raw.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x0b", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    return _UNKEPT.sub("", text).replace("\ufeff", "").strip()


def unkept(raw: str) -> int:
    """How many control characters and halves of characters ``clean_text`` takes away: nobody sees them go. A byte order mark says nothing
    and is not counted."""
    return len(_UNKEPT.findall(raw.replace("\r", "").replace("\x0b", "")))


_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """Text for comparing and for labels: compatibility forms folded (full width → half), every blank removed."""
    packed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    # Where a blank went, an accent may now stand behind a letter: composed again, so that folding twice is folding once.
    return packed if packed.isascii() else unicodedata.normalize("NFKC", packed)


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """四舍五入 to ``digits`` decimals, away from zero at the half."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


# --- money -----------------------------------------------------------------------------------------------------------

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_AMOUNT = re.compile(
    rf"(?P<sign>[-+])?(?P<mark>[¥$])?(?P<sign2>[-+])?(?P<number>{_NUMBER})(?P<unit>元|百元|千元|万元|亿元|万|亿)?"
)
_PAREN = re.compile(r"\((?P<inside>[^()]+)\)")


def _folded(raw: str) -> str:
    text = one_line(raw).replace("，", ",").replace("−", "-").replace("–", "-").replace("￥", "¥")
    return text.replace("。", ".") if re.fullmatch(r"[\d,]+。\d+", text) else text


@lru_cache(maxsize=4096)
def parse_amount(raw: str, unit: str = "") -> Amount:
    """The amount in a money cell of a form whose unit of amounts is ``unit`` (``万元`` or ``元``; empty: take as written).

    A unit glued to the number is converted where it differs from the form's and is always told (``unit-in-amount``).
    """
    text = _folded(raw)
    if not text:
        return Amount()
    if text in DASHES:
        return Amount(None, "dash-in-amount")
    negative = False
    if inside := _PAREN.fullmatch(text):
        text, negative = inside["inside"], True
    match = _AMOUNT.fullmatch(text)
    # In a form that counts in 万元, ¥12 may mean 12 元 or 12 万元: nobody but the author knows.
    unclear = match is not None and match["mark"] and not match["unit"] and unit not in ("", "元")
    if match is None or unclear or _odd_digit(raw):
        return Amount(None, "mark-in-amount" if re.search(r"\d", text) else "word-in-amount")
    value = Decimal(match["number"].replace(",", ""))
    if negative or "-" in (match["sign"], match["sign2"]):
        value = value.copy_negate()
    return _with_unit(value, match["unit"] or "", unit)


def _odd_digit(raw: str) -> bool:
    """``①`` or ``²``: folding would make a plain digit of it and so another number."""
    return any(unicodedata.category(c) == "No" for c in raw)


# A hundredth of a 元 in the unit of the form: nothing smaller can be paid.
FINEST_DIGITS = {"元": 2, "万元": 6}


def _with_unit(value: Decimal, written: str, unit: str) -> Amount:
    if not written:
        decimals = plain_number(value).partition(".")[2].rstrip("0")
        return Amount(value, "too-precise" if len(decimals) > FINEST_DIGITS.get(unit, 6) else None)
    written = written if written.endswith("元") else written + "元"
    if unit in MONEY_UNITS and written != unit:
        value = _converted(value, MONEY_UNITS[written], MONEY_UNITS[unit])
    return Amount(value, "unit-in-amount", written)


def _converted(value: Decimal, written: Decimal, unit: Decimal) -> Decimal:
    """Exact: both are powers of ten, and no digit is rounded away however long the number is."""
    with localcontext() as context:
        context.prec = len(value.as_tuple().digits) + 20
        return value * written / unit


def plain_number(value: Decimal) -> str:
    """Digits without separators or exponent, as many decimals as the value has (``Decimal("1E+3")`` → ``1000``)."""
    return format(value, "f")


def show_amount(value: Decimal) -> str:
    """For people: thousands separators and at least two decimals; more only where the value has more (nothing is cut)."""
    exponent = value.as_tuple().exponent
    digits = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{value:,.{digits}f}"


def amount_json(raw: str, unit: str) -> str:
    """A decimal string, or the word as written where no number can be read.

    The shortest spelling (``13034.70`` → ``13034.7``), so that the same amount compares equal whatever file it was read from.
    """
    amount = parse_amount(raw, unit)
    if amount.value is None:
        return raw
    digits = plain_number(amount.value)
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


# --- targets ---------------------------------------------------------------------------------------------------------

_OPS: dict[str, Op] = {
    "≥": "≥", "≧": "≥", "⩾": "≥", ">=": "≥", "=>": "≥", "≤": "≤", "≦": "≤", "⩽": "≤", "<=": "≤", "=<": "≤",
    "=": "=", ">": ">", "<": "<", "±": "±", "+-": "±", "+/-": "±",
}  # fmt: skip
_OP = r">=|=>|<=|=<|≥|≧|⩾|≤|≦|⩽|=|>|<|±|\+-|\+/-"
_PERCENT = "|".join(PERCENT_WORDS)
_TARGET = re.compile(rf"(?P<op>{_OP})?(?P<number>-?(?:{_NUMBER}))(?P<rest>.*)", re.S)
# A date, the number of a paragraph, a ratio and a range begin with a number and are none.
_NOT_A_NUMBER = re.compile(
    rf"\d{{1,4}}(?:年|月|日)|\d{{1,3}}(?:[、)）]|\.(?!\d))|(?:{_OP})?(?:{_NUMBER})(?:{_PERCENT})?(?:[-~～—–至到]+|:)\d"
)
_UNIT = re.compile(
    rf"(?P<unit>{_PERCENT}|[^\d\s()（）,，、;；。%][^\s()（）,，、;；。%]{{0,7}})?(?:[(（](?P<extra>[^()（）]*)[)）])?"
)
_LATEX = {r"\geq": "≥", r"\geqslant": "≥", r"\ge": "≥", r"\leq": "≤", r"\leqslant": "≤", r"\le": "≤", r"\times": "×", r"\%": "%",
          r"\pm": "±", r"\approx": "≈", r"\neq": "≠", r"\sim": "~", r"\div": "÷"}  # fmt: skip


def mend_latex(text: str) -> str:
    """Signs that a scanner's software wrote as LaTeX (``$\\geq 95\\%$``) as the signs they are; other text unchanged."""

    def plain(match: re.Match[str]) -> str:
        inner = match[1]
        for name in sorted(_LATEX, key=len, reverse=True):
            inner = inner.replace(name, _LATEX[name])
        return re.sub(r"\s+", "", inner) if "\\" not in inner else match[0]

    return re.sub(r"\$([^$\n]{1,60})\$", plain, text) if "$" in text and "\\" in text else text


def parse_target(raw: str, unit: str = "") -> Target:
    """A target cell understood; ``unit`` is the text of the unit column beside it, used when the cell has none."""
    written = mend_latex(raw)
    text = one_line(written)
    text = text.removesuffix("。")
    if not text:
        return Target(raw)
    if text in _OPS:
        return Target(raw, _OPS[text], None, canonical_unit(unit), "bare")
    if re.fullmatch(rf"(?:{_OP})?(?:{_PERCENT})", text):
        return Target(raw, _op_of(text), None, "%", "bare")
    if text in ("是/否", "是否"):
        return Target(raw, "", None, "", "yes-no")
    match = None if _NOT_A_NUMBER.match(text) or _odd_digit(raw[:1]) else _TARGET.fullmatch(text)
    return Target(raw, _op_of(text), None, "", "words") if match is None else _number_target(raw, match, unit)


def _op_of(text: str) -> Op:
    match = re.match(_OP, text)
    return _OPS[match[0]] if match else ""


def _number_target(raw: str, match: re.Match[str], unit: str) -> Target:
    op: Op = _OPS[match["op"]] if match["op"] else "="
    value = Decimal(match["number"].replace(",", ""))
    rest = match["rest"]
    tail = _UNIT.fullmatch(rest)
    if tail is None:
        return Target(raw, op if match["op"] else "", value if match["op"] else None, "", "mixed", rest)
    found = canonical_unit(tail["unit"] or "") or canonical_unit(unit)
    mixed = (tail["unit"] or "").endswith(("是/否", "分配")) or "/否" in rest
    return Target(raw, op, value, found, "mixed" if mixed else "number", tail["extra"] or "")


def canonical_unit(text: str) -> str:
    """The unit of measure in one spelling: every word for percent is ``%``; blanks are dropped."""
    unit = one_line(text)
    return "%" if unit in ("百分号", "百分比", "百分百", "%") else unit


def show_target(target: Target) -> str:
    """The shortest usual spelling (``≥95%``); words and bare signs as written. Parsing it gives the same target again,
    with the unit column beside it where a strange unit (``1``) cannot be glued to the number."""
    if target.value is None or target.kind != "number":
        return target.text
    sign = "" if target.op == "=" else target.op
    extra = f"（{target.extra}）" if target.extra else ""
    shown = f"{sign}{plain_number(target.value)}{target.unit}{extra}"
    return shown if replace(parse_target(shown), text=target.text) == target else target.text


def target_json(target: Target) -> dict[str, str | None]:
    value = None if target.value is None else plain_number(target.value)
    return {"text": target.text, "op": target.op, "value": value, "unit": target.unit}
