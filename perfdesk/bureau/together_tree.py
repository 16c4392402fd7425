"""Gathered indicators as the rows of one tree: once where they have a target of all, else once for each that the units wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from perfdesk.bureau.gathered import Combined, Gathered
from perfdesk.bureau.together_words import REASON, Name, Words, folded, results
from perfdesk.catalog import standard_of
from perfdesk.model.bureau import UnitIndicator
from perfdesk.model.filing import Row
from perfdesk.model.form import Section
from perfdesk.values import one_line

NAMED = 3
"""So many units are named; of more it is said how many there are."""

HOW = {"weighted": "按预算总额加权平均", "plain": "算术平均（没有预算总额）", "added": "相加"}


@dataclass(frozen=True, slots=True)
class _Leaf:
    """``units``: names of those that have it; ``note``: how it came about; ``reasons``: why some missed it."""

    name: str
    target: str
    measure: str
    actual: str
    units: tuple[str, ...]
    note: str
    reasons: str


def tree_rows(
    section: Section,
    indicators: Sequence[Gathered],
    of_units: Sequence[UnitIndicator],
    words: Words,
    new_id: Callable[[], str],
) -> Iterator[Row]:
    """Headings in the form's order, then as they come. Below them the bureau's own rows and what every unit has, then what units have of
    their own, unit by unit and with their names."""
    by_name = _by_name(of_units)
    order = {name: n for n, name in enumerate(dict.fromkeys(one.unit_name for one in of_units))}
    tree: dict[str, dict[str, list[_Leaf]]] = {}
    for group in section.groups:
        tree.setdefault(group.level1, {}).setdefault(group.level2, [])
    for one in indicators:
        below = tree.setdefault(_same(one.level1, tree), {})
        leaves = below.setdefault(_same(one.level2, below), [])
        leaves += _leaves(one, by_name.get(folded(one.level1, one.level2, one.level3), []), words)
    for level1, headings in tree.items():
        if any(headings.values()):
            yield (first := Row(new_id(), section.id, MappingProxyType({"level1": level1})))
            for level2, leaves in headings.items():
                if leaves:
                    yield (
                        second := Row(new_id(), section.id, MappingProxyType({"level2": level2}), first.id)
                    )
                    places = [_place(section, (level1, level2), leaf, order) for leaf in leaves]
                    ranked = sorted(zip(places, leaves, strict=True), key=lambda pair: pair[0])
                    for leaf, name in _named(ranked):
                        yield _row(section, leaf, name, second.id, new_id())


def _same(name: str, known: Mapping[str, object]) -> str:
    """The heading that is there already, whatever its blanks."""
    return next((k for k in known if one_line(k) == one_line(name)), name)


def _by_name(of_units: Sequence[UnitIndicator]) -> dict[Name, list[UnitIndicator]]:
    found: dict[Name, list[UnitIndicator]] = {}
    for one in of_units:
        name = folded(one.indicator.level1, one.indicator.level2, one.indicator.level3)
        found.setdefault(name, []).append(one)
    return found


def _leaves(one: Gathered, units: Sequence[UnitIndicator], words: Words) -> Iterator[_Leaf]:
    """One with the target of all; and one for each wording of those whose target is no number, or where there is none of all."""
    name = folded(one.level1, one.level2, one.level3)
    mine = [u for u in units if u.indicator.measure in one.measures]
    worded = mine
    if one.target is not None and one.op:
        counted = [u for u in mine if u.indicator.value is not None]
        worded = [u for u in mine if u.indicator.value is None]
        actual = one.actual_text or results(counted, words.rated)
        measure, note = one.target.measured(one.measure), _note(one.target)
        names = _units(counted)
        why = words.reasons_of(name, names)
        yield _Leaf(one.level3, one.target_text, measure, actual, names, note, why)
    by_text: dict[str, list[UnitIndicator]] = {}
    for unit in worded:
        by_text.setdefault(one_line(unit.indicator.target), []).append(unit)
    for same in by_text.values():
        first = same[0].indicator
        note = f"{len(same)} 份相同" if len(same) > 1 else ""
        names, actual = _units(same), results(same, words.rated)
        why = words.reasons_of(name, names)
        yield _Leaf(one.level3, first.target, one.measure, actual, names, note, why)


def _note(combined: Combined) -> str:
    if combined.papers == 1 and not combined.unweighed:
        return ""
    left = f"，另有 {combined.unweighed} 份没有预算总额，未计入" if combined.unweighed else ""
    return f"{combined.papers} 份{HOW[combined.how]}{left}"


def _units(units: Sequence[UnitIndicator]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(u.unit_name for u in units))


SHARED = -1
"""The place of what is not a few units' own."""


def _place(section: Section, above: tuple[str, str], leaf: _Leaf, order: Mapping[str, int]) -> int:
    """``SHARED``, or that of the first unit that has it."""
    fixed = standard_of(section, leaf.name)
    at_home = fixed is not None and (one_line(fixed.level1), one_line(fixed.level2)) == tuple(
        map(one_line, above)
    )
    if at_home or not leaf.units or len(leaf.units) == len(order):
        return SHARED
    return order[leaf.units[0]]


def _named(ranked: Sequence[tuple[int, _Leaf]]) -> Iterator[tuple[_Leaf, str]]:
    """What each is called: of those that are shared the first of a name by it alone, all others with their units."""
    called: set[str] = set()
    for place, leaf in ranked:
        name = (
            leaf.name if place == SHARED and leaf.name not in called else f"{leaf.name}（{_of(leaf.units)}）"
        )
        called.add(name)
        yield leaf, name


def _of(units: Sequence[str]) -> str:
    named = "、".join(units[:NAMED])
    return f"{named}等 {len(units)} 个单位" if len(units) > NAMED else named


def _row(section: Section, leaf: _Leaf, name: str, parent: str, row_id: str) -> Row:
    scored = section.field("score") is not None
    cells = {"level3": name, "target": leaf.target, "unit": leaf.measure, "actual": leaf.actual}
    cells |= {"note": "" if scored else leaf.note, REASON: leaf.reasons}
    known = {c: t for c, t in cells.items() if section.field(c) is not None and (t or c == "level3")}
    return Row(row_id, section.id, MappingProxyType(known), parent)
