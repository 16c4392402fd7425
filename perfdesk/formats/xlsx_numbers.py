"""A number in a sheet and the format that shows it → the text that a person reads, exact to Excel's 15 digits.

Percent and dates are what the format says; words and signs that the format adds (``"≥"0%``, ``0"个"``) belong to the text. Rounding,
thousands separators, colours and currency signs of the format are left out: the value is what counts, not what fits the column.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

_DAY, _MONTH, _MONTH_DAY = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"'
_HOUR, _SECOND = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
_BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m/d/yy", 31: _DAY, 32: _HOUR, 33: _SECOND,
    34: _HOUR, 35: _SECOND, 36: _MONTH, 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 50: _MONTH, 51: _MONTH_DAY, 52: _MONTH,
    53: _MONTH_DAY, 54: _MONTH_DAY, 55: _HOUR, 56: _SECOND, 57: _MONTH, 58: _MONTH_DAY,
}  # fmt: skip
_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[([^\]]*)\]|([ymdhs]+|General|.)', re.I | re.S)
_CURRENCY = str.maketrans("", "", "¥￥$€£()（） ")
Kind = Literal["number", "percent", "date"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A number format taken apart: ``parts`` are (is it literal text?, text) in order; ``digits`` pads whole numbers (``000``)."""

    kind: Kind = "number"
    prefix: str = ""
    suffix: str = ""
    digits: int = 0
    parts: tuple[tuple[bool, str], ...] = ()


PLAIN = Shape()


def built_in(number: int) -> str:
    """The code of a format that has only a number; empty for plain numbers."""
    return _BUILT_IN.get(number, "")


def shape(code: str) -> Shape:
    """What a format's first section (the one for positive numbers) does to a number."""
    parts = tuple(_parts(code))
    coded = "".join(text for literal, text in parts if not literal)
    if re.search(r"[ymdhs]", re.sub("general", "", coded, flags=re.I), re.I):
        return Shape("date", parts=parts)
    if re.search(r"[0#?],+(?![0#?,])", coded) or re.search(r"[0#?]\x00[0#?]", _marked(parts)):
        return PLAIN
    place = [
        i
        for i, (literal, text) in enumerate(parts)
        if not literal and re.fullmatch(r"[0#?]|general", text, re.I)
    ]
    if not place:
        return PLAIN
    prefix = "".join(text for literal, text in parts[: place[0]] if literal).translate(_CURRENCY)
    suffix = "".join(text for literal, text in parts[place[-1] :] if literal).translate(_CURRENCY)
    digits = len(coded) if re.fullmatch("0{2,}", coded) else 0
    return Shape("percent" if "%" in coded else "number", prefix, suffix, digits, parts)


def _marked(parts: tuple[tuple[bool, str], ...]) -> str:
    """The code with a mark for each literal: one between two digits makes another number of it (``0!.0`` shows 12 as 1.2)."""
    return "".join("\x00" if literal else text for literal, text in parts)


def _parts(code: str) -> list[tuple[bool, str]]:
    found: list[tuple[bool, str]] = []
    for match in _TOKEN.finditer(code):
        quoted, escaped, bracket, plain = match.groups()
        if plain == ";":
            break
        if quoted or escaped:
            found.append((True, quoted or escaped))
        elif bracket and re.fullmatch(r"h+|m+|s+", bracket, re.I):
            found.append((False, bracket))
        elif plain:
            found.append((ord(plain[0]) > 127, plain))
    return found


def show(raw: str, form: Shape, from_1904: bool = False) -> str:
    """The text of a number cell; ``raw`` itself where it is no number at all."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    if not math.isfinite(number) or not -30 < math.log10(abs(number) or 1) < 30:
        return raw
    value = Decimal(f"{number:.15g}")
    if form.kind == "date":
        return _date(number, form, from_1904) or _plain(value)
    text = _plain(value * 100) + "%" if form.kind == "percent" else _plain(value)
    if form.digits and text.isdigit():
        text = text.zfill(form.digits)
    return f"{form.prefix}{text}{form.suffix}"


def _plain(value: Decimal) -> str:
    """Neither exponent nor zeros at the end."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


# --- dates ---------------------------------------------------------------------------------------------------------------


def _date(number: float, form: Shape, from_1904: bool) -> str:
    """In the words of the format where it has Chinese ones, else as ISO 8601; empty where the number is no date."""
    if not 0 <= number < 2_958_466:
        return ""
    # Excel counts a 29 February 1900 that never was; its days before it are one too low.
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    moment = start + timedelta(days=int(number), seconds=round(number % 1 * 86_400))
    letters = "".join(text[0].lower() for literal, text in form.parts if not literal)
    if any(literal and text[:1] in "年月日时分秒" for literal, text in form.parts):
        return "".join(
            text if literal else _spelt(i, form.parts, moment) for i, (literal, text) in enumerate(form.parts)
        )
    clock = moment.strftime("%H:%M:%S" if "s" in letters else "%H:%M") if set(letters) & set("hs") else ""
    day = _iso_day(letters, moment)
    return f"{day} {clock}".strip()


def _iso_day(letters: str, moment: datetime) -> str:
    if "d" in letters:
        return f"{moment:%Y-%m-%d}" if "y" in letters else f"{moment:%m-%d}"
    return f"{moment:%Y-%m}" if "y" in letters else ""


def _spelt(at: int, parts: tuple[tuple[bool, str], ...], moment: datetime) -> str:
    """One group of letters (``yyyy``, ``m``); an ``m`` behind hours or before seconds means minutes."""
    text = parts[at][1].lower()
    letter, padded = text[0], len(text) > 1
    coded = [t[0].lower() for literal, t in parts[:at] if not literal and t[0].lower() in "ymdhs"]
    minutes = letter == "m" and coded[-1:] == ["h"]
    numbers = {
        "y": moment.year,
        "m": moment.minute if minutes else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }
    if letter not in numbers:
        return text if letter in "/-.: " else ""
    return f"{numbers[letter]:02d}" if padded and letter != "y" else str(numbers[letter])
