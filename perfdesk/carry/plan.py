"""A filing of one year as a plan for another: the carried filing and everything that is proposed to change in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from types import MappingProxyType

from perfdesk.carry.amounts import KEPT, Amounts, carried_amounts
from perfdesk.carry.emptied import emptied
from perfdesk.carry.last_values import with_last_values
from perfdesk.carry.proposals import TOLD, Kind, Proposal
from perfdesk.carry.words import Word, replaced, year_words
from perfdesk.catalog import standard_of
from perfdesk.cell_words import cell_words, rows_words
from perfdesk.editions.convert import convert
from perfdesk.editions.found import Converted, NewId
from perfdesk.model.filing import Filing, Row
from perfdesk.model.form import LEVELS, Field, Form, Section
from perfdesk.model.mapping import Mapping as Ways
from perfdesk.model.reminder import SECTION

WORDLESS = ("money", "number", "code", "note")
"""Kinds of cells in which no word tells a year; notes are the bureau's own."""
AROUND = 8
"""Characters before and behind a word that are shown with it."""
_ORDER: dict[Kind, int] = {"group": 0, "cell": 0, "left": 1, "year": 2, "look": 3, "target": 4}


@dataclass(frozen=True, slots=True)
class Route:
    """From where to where: ``ways`` is the mapping between the editions, None where none was written."""

    last: Filing
    source: Form
    target: Form
    ways: Ways | None
    year: int
    amounts: Amounts = KEPT


@dataclass(frozen=True, slots=True)
class Planned:
    """``filing``: carried, with every word and target as it was last year and every choice as proposed. ``ids``: those it was given."""

    route: Route
    filing: Filing
    proposals: tuple[Proposal, ...]
    ids: tuple[str, ...]

    @property
    def sure(self) -> frozenset[int]:
        """Numbers of the proposals that nothing speaks against."""
        return frozenset(n for n, p in enumerate(self.proposals) if p.sure)


def plan(route: Route, new_id: NewId) -> Planned:
    ids: list[str] = []

    def remembered() -> str:
        ids.append(new_id())
        return ids[-1]

    converted, filing = _carried(route, remembered, {})
    words = rows_words(route.target, filing)
    found = [*_decided(converted), *_of_cells(route, filing, words)]
    found.sort(key=lambda p: _ORDER[p.kind])
    return Planned(route, filing, tuple(found), tuple(ids))


def settled(
    planned: Planned,
    accepted: AbstractSet[int],
    new_id: NewId,
    chosen: Mapping[int, str] = MappingProxyType({}),
) -> Filing:
    """The new filing with the proposals of these numbers accepted; ``chosen``: what was chosen instead of what was proposed. What was
    not accepted, and what nobody can do for the author, stays with the filing as reminders."""
    known = iter(planned.ids)
    choices = {planned.proposals[n].key: to for n, to in chosen.items()}
    _, filing = _carried(planned.route, lambda: next(known, "") or new_id(), choices)
    rows = {row.id: row for row in filing.rows}
    _accept(planned.proposals, accepted, rows)
    open_now = (
        p.reminder(chosen.get(n, p.after))
        for n, p in enumerate(planned.proposals)
        if n not in accepted or p.kind in TOLD
    )
    told = [one.as_row(f"{SECTION}-{n}") for n, one in enumerate((o for o in open_now if o), 1)]
    return replace(filing, rows=(*rows.values(), *told))


def _carried(route: Route, new_id: NewId, choices: Mapping[str, str]) -> tuple[Converted, Filing]:
    last, source, target = route.last, route.source, route.target
    converted = convert(last, source, target, route.ways, new_id, choices)
    filing = emptied(target, converted.filing)
    filing = carried_amounts(target, filing, route.amounts)
    if route.ways is not None:
        filing = with_last_values(route.ways, last, source, target, filing)
    # The file that is being carried was another year's; so are its unit of amounts, where the edition is the same, and its title's year.
    title = filing.title.replace(f"{last.year}年", f"{route.year}年")
    return converted, replace(filing, id=None, year=route.year, title=title)


def _accept(proposals: tuple[Proposal, ...], accepted: AbstractSet[int], rows: dict[str, Row]) -> None:
    words: dict[tuple[str, str], list[Word]] = {}
    for number, one in enumerate(proposals):
        if one.kind == "year" and number in accepted:
            word = Word(one.start, one.end, one.before, one.after)
            words.setdefault((one.row, one.column), []).append(word)
    for (row, column), found in words.items():
        rows[row] = rows[row].with_cell(column, replaced(rows[row].get(column), found))
    for number, one in enumerate(proposals):
        if one.kind != "target":
            continue
        if number not in accepted:
            rows[one.row] = rows[one.row].with_cell(one.column, "")
        elif not one.before:
            rows[one.row] = rows[one.row].with_cell(one.column, one.after)


# --- proposals --------------------------------------------------------------------------------------------------------


def _decided(converted: Converted) -> Iterator[Proposal]:
    for one in converted.decisions:
        row = one.key if one.kind == "group" else ""
        yield Proposal(one.kind, one.where, one.text, one.chosen, row=row, options=one.options, key=one.key)
    for left in converted.leftovers:
        yield Proposal("left", left.where, left.text)


def _of_cells(route: Route, filing: Filing, words: Mapping[str, str]) -> Iterator[Proposal]:
    for section in route.target.sections:
        fields = {f.id: f for f in section.fields if f.kind not in WORDLESS}
        for row in filing.section(section.id) if section.kind not in ("ledger", "table") else ():
            for column, field in fields.items():
                if field.kind == "target" and (column in row.cells or LEVELS[2] in row.cells):
                    where = cell_words(route.target, words, row, column)
                    yield from _target(section, field, row, where)
                if (text := row.get(column)) and column != "unit_name" and route.last.year is not None:
                    where = cell_words(route.target, words, row, column)
                    for word in year_words(text, route.last.year, route.year):
                        yield _of_word(word, row, column, where, text)


def _target(section: Section, field: Field, row: Row, where: str) -> Iterator[Proposal]:
    text = row.get(field.id).strip()
    if text:
        yield Proposal("target", where, text, text, True, row.id, field.id)
    elif fixed := standard_of(section, row.get(LEVELS[2])):
        yield Proposal("target", where, "", fixed.standard.usual, False, row.id, field.id)


def _of_word(word: Word, row: Row, column: str, where: str, text: str) -> Proposal:
    kind = "year" if word.after else "look"
    at = word.start, word.end
    around = " ".join(text[max(word.start - AROUND, 0) : word.end + AROUND].split())
    return Proposal(kind, where, word.text, word.after, word.sure, row.id, column, *at, around=around)
