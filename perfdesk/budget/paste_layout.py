"""A block from Excel understood: which of its columns are codes, names and which amounts, with or without headings above."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from perfdesk.catalog import label_key
from perfdesk.values import one_line, parse_amount

Block = Sequence[Sequence[str]]
Role = Literal["code", "name", "money", "other"]

CODE = re.compile(r"\d{3}(\d{2}){0,4}")
TOTAL_WORDS = {"合计", "总计"}


@dataclass(frozen=True, slots=True)
class Target:
    """A column that one pastes into. ``heads``: the labels above it, outermost first."""

    id: str
    role: Role
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the block. ``code``: empty where it has none; ``total``: it is the row of the sum of all; ``texts`` by target."""

    code: str
    total: bool
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coded:
    """A block that names its rows by code. ``cut``: columns with something in them that mean no column of the target;
    ``nameless``: rows with amounts that name neither a code nor the total."""

    lines: tuple[Line, ...]
    cut: int
    nameless: int


def coded(block: Block, targets: Sequence[Target], known: Mapping[str, str], at_code: bool) -> Coded | None:
    """The block by its codes; None where it has no column of codes. ``known``: the codes there are; ``at_code``: it is pasted at
    the column of codes, so that digits in its first column are meant as such."""
    place = _code_column(block, known, at_code)
    if place is None:
        return None
    first = next(n for n, row in enumerate(block) if _is_code(_at(row, place)))
    start = next((n for n in range(first) if _is_total(block[n], place)), first)
    heads, body = block[:start], block[start:]
    columns, cut = _columns(heads, body, place, targets)
    lines = [_line(row, place, columns) for row in body]
    told = [x for x in lines if x.code or x.total]
    nameless = sum(1 for x in lines if not x.code and not x.total and any(x.texts.values()))
    return Coded(tuple(told), cut, nameless)


def _line(row: Sequence[str], place: int, columns: Mapping[int, Target]) -> Line:
    code = one_line(_at(row, place))
    texts = {t.id: _at(row, n).strip() for n, t in columns.items() if n != place}
    total = not _is_code(code) and _is_total(row, place)
    return Line(code if _is_code(code) else "", total, texts)


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _is_code(text: str) -> bool:
    return bool(CODE.fullmatch(one_line(text)))


def _is_total(row: Sequence[str], place: int) -> bool:
    """合计 beside the codes, and a number behind it: a heading has none."""
    named = any(one_line(_at(row, n)) in TOTAL_WORDS for n in range(place + 2))
    return named and any(_is_number(text) for text in row[place + 1 :])


def _is_number(text: str) -> bool:
    return parse_amount(text).value is not None


def _code_column(block: Block, known: Mapping[str, str], at_code: bool) -> int | None:
    """The first column most of whose texts are codes, if names stand behind it or all of them are known."""
    for place in range(max((len(row) for row in block), default=0)):
        texts = [t for row in block if (t := one_line(_at(row, place)))]
        codes = [t for t in texts if _is_code(t)]
        if not codes or 2 * len(codes) < len(texts):
            continue
        behind = [t for row in block if _is_code(_at(row, place)) and (t := _at(row, place + 1).strip())]
        named = sum(1 for t in behind if not _is_number(t)) * 2 > len(behind) > 0
        if named or (at_code and place == 0) or all(c in known for c in codes):
            return place
    return None


# --- columns ----------------------------------------------------------------------------------------------------------


def _columns(
    heads: Block, body: Block, place: int, targets: Sequence[Target]
) -> tuple[dict[int, Target], int]:
    """Block column → target, and how many columns with something in them mean none."""
    width = max(len(row) for row in body)
    found = {place: _target(targets, "code")}
    rest = list(range(place + 1, width))
    if rest and _are_words(body, rest[0]):
        found[rest.pop(0)] = _target(targets, "name")
    money = [t for t in targets if t.role == "money"]
    placed = _by_heads(heads, rest, money) or _by_order(body, rest, money)
    used = {n for n in rest if any(_at(row, n).strip() for row in body)}
    return found | placed, len(used - placed.keys())


def _target(targets: Sequence[Target], role: Role) -> Target:
    return next((t for t in targets if t.role == role), Target("", role))


def _are_words(body: Block, place: int) -> bool:
    texts = [t for row in body if (t := _at(row, place).strip())]
    return not texts or 2 * sum(1 for t in texts if not _is_number(t)) > len(texts)


def _by_heads(heads: Block, rest: Sequence[int], money: Sequence[Target]) -> dict[int, Target]:
    """Columns whose labels name a target; of several that fit, the first. Labels of a merged cell stand at its left edge."""
    found: dict[int, Target] = {}
    labels = _labels(heads)
    for n in rest:
        said = labels.get(n, frozenset())
        fits = [t for t in money if _fits(t, said) and t not in found.values()]
        if said and fits:
            best = max(_overlap(t, said) for t in fits)
            found[n] = next(t for t in fits if _overlap(t, said) == best)
    return found


def _fits(target: Target, said: frozenset[str]) -> bool:
    """The lowest label of the target, or the last word of it, stands above the column."""
    return label_key(target.heads[-1]) in said if target.heads else False


def _overlap(target: Target, said: frozenset[str]) -> int:
    """How many of the target's labels stand above the column, or inside a longer one."""
    keys = [label_key(h) for h in target.heads]
    return sum(1 for k in keys if k in said) * 10 + sum(1 for k in keys if any(k in s for s in said))


def _labels(heads: Block) -> dict[int, frozenset[str]]:
    width = max((len(row) for row in heads), default=0)
    found: dict[int, set[str]] = {n: set() for n in range(width)}
    for at, row in enumerate(heads):
        above = ""
        for n in range(width):
            text = label_key(_at(row, n))
            above = text or (above if at < len(heads) - 1 else "")
            if above and not above.isdigit():
                found[n].add(above)
    return {n: frozenset(words) for n, words in found.items()}


def _by_order(body: Block, rest: Sequence[int], money: Sequence[Target]) -> dict[int, Target]:
    """Without labels: one behind the other. The first is left out where the block does not have the sum of the others."""
    places = (
        [n for n in rest if any(_at(row, n).strip() for row in body)]
        if len(rest) > len(money)
        else list(rest)
    )
    sums = bool(money) and money[0].id == "total"
    wanted = list(money[1:] if sums and not _begins_with_sum(body, places) else money)
    return dict(zip(places, wanted, strict=False))


def _begins_with_sum(body: Block, places: Sequence[int]) -> bool:
    """In most rows the first number is the sum of the others."""
    if len(places) < 2:
        return False
    votes = 0
    for row in body:
        numbers = [parse_amount(_at(row, n)).value for n in places]
        first, others = numbers[0], [x for x in numbers[1:] if x is not None]
        if first is not None:
            votes += 1 if others and sum(others) == first else -1
    return votes > 0
