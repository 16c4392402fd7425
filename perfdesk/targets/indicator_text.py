"""Indicators of a goal as one running text, written and read: ``①名称：描述，指标值≥90%。②…``

Reading gives the same again but for: a target that holds the word before targets itself, a name with a colon and quotation marks in it, a
text that holds ``。`` and the number of the next indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from perfdesk.targets.numbering import ringed
from perfdesk.values import parse_target


@dataclass(frozen=True, slots=True)
class Indicator:
    name: str
    description: str
    target: str


def show_indicators(indicators: Iterable[Indicator], word: str) -> str:
    """``word`` stands before the targets (``指标值``)."""
    return "".join(f"{ringed(n)}{_shown(one, word)}。" for n, one in enumerate(indicators, 1))


def _shown(one: Indicator, word: str) -> str:
    name = f"“{one.name}”" if re.search("[:：]", one.name) else one.name
    text = f"{name}：{one.description}" if one.description or name != one.name else name
    if not one.target and f"，{word}" not in text:
        return text
    plain = not one.target or (
        parse_target(one.target).kind in ("number", "bare") and not one.target.startswith(("为", "：", ":"))
    )
    return f"{text}，{word}{'' if plain else '为'}{one.target}"


def read_indicators(text: str, words: tuple[str, ...]) -> tuple[Indicator, ...]:
    """``words``: spellings of the word before targets."""
    return tuple(_read(part, words) for part in _parts(text.strip()))


def _parts(text: str) -> Iterator[str]:
    """The text behind each number. A number counts behind a full stop; where no full stop stands before it, anywhere."""
    number, rest = 1, text
    first = _marked(rest, 1)
    if first is None or rest[: first.start()].strip():
        yield text
        return
    rest = rest[first.end() :]
    while (following := _marked(rest, number + 1)) is not None:
        yield rest[: following.start()]
        rest = rest[following.end() :]
        number += 1
    yield rest


def _marked(text: str, number: int) -> re.Match[str] | None:
    sign = rf"(?:{re.escape(ringed(number))}|{re.escape(f'（{number}）')}|\({number}\)[、.．]?)"
    return re.search(rf"(?:(?<=[。；;])|(?<=[。；;]\s)|^)\s*{sign}", text) or re.search(
        re.escape(ringed(number)), text
    )


def _read(part: str, words: tuple[str, ...]) -> Indicator:
    text = re.sub(r"[。；;]$", "", part.strip())
    target = ""
    word = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    found = list(re.finditer(rf"(?:[，,；;、。]\s*|\s+|^)(?:{word})", text))
    if found:
        target = re.sub(r"^(?:为|[:：])\s*", "", text[found[-1].end() :].strip())
        text = text[: found[-1].start()]
    if quoted := re.fullmatch(r"“([^“”]*[:：][^“”]*)”[:：](.*)", text, re.S):
        return Indicator(quoted[1].strip(), quoted[2].strip(), target)
    name, _, description = re.sub("[:：]", "：", text, count=1).partition("：")
    return Indicator(name.strip(), description.strip(), target)
