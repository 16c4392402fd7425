"""What units handed in as one filing of the same form, which every writer can export: amounts are the sums, rows are listed by unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from perfdesk.bureau.consolidated import Consolidated
from perfdesk.bureau.facts import added_up
from perfdesk.bureau.gathered import Gathered
from perfdesk.bureau.together_budget import ledger_rows, with_deviations
from perfdesk.bureau.together_tree import tree_rows
from perfdesk.bureau.together_words import Words, rated_by, reasons_in
from perfdesk.bureau.whole import in_whole, plain
from perfdesk.evaluation.entered import RESULT
from perfdesk.model.bureau import UnitIndicator
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Field, Form, Section

KINDS = ("overall-target", "department-budget", "self-evaluation")
"""Kinds of forms of which one makes sense for many units."""

BASIC = "basic"
"""The section whose texts are put together, each behind its unit; longer texts (explanations) are each unit's own."""

MOST_TEXTS = 30
"""Goals of so many units fit on a form; those of a thousand are a book that no cell holds."""


@dataclass(frozen=True, slots=True)
class Given:
    """A filing that is in the sums, and whose it is."""

    unit_name: str
    filing: Filing


@dataclass(frozen=True, slots=True)
class Gathering:
    """Everything of which one filing is made. ``name``: what stands in the unit's place, and with their number in a project's.
    ``indicators`` and ``of_units``: of this form, put together and one by one; ``scheme``: by which a self-evaluation is scored, empty:
    as its form says."""

    name: str
    year: int
    sums: Consolidated
    given: Iterable[Given]
    indicators: Sequence[Gathered] = ()
    of_units: Sequence[UnitIndicator] = ()
    scheme: str = ""


def together(what: Gathering, new_id: Callable[[], str]) -> Filing:
    """In the form's own unit of amounts. Every cell of a computed table is the sum of the units' cells, printed beside what is computed
    where their own printed numbers do not add up."""
    form = what.sums.form
    given = tuple(what.given)
    rows = [row for section in form.sections for row in _section(what, section, given, new_id)]
    filing = replace(empty_filing(form, what.year, tuple(rows)), title=form.title)
    return with_deviations(what.sums, filing, new_id) if form.budget else filing


def _section(
    what: Gathering, section: Section, given: Sequence[Given], new_id: Callable[[], str]
) -> Iterator[Row]:
    form = what.sums.form
    match section.kind:
        case "fields":
            yield Row(section.id, section.id, MappingProxyType(dict(_fields(what, section, given))))
        case "list":
            for one in given:
                yield from _list(form, section, one, new_id)
        case "tree":
            reasons = reasons_in(form, ((one.unit_name, one.filing) for one in given))
            words = Words(rated_by(form, what.scheme), reasons)
            yield from tree_rows(section, what.indicators, what.of_units, words, new_id)
        case "ledger":
            yield from ledger_rows(what.sums, section.id, new_id)
        case _:
            return


def _fields(what: Gathering, section: Section, given: Sequence[Given]) -> Iterator[tuple[str, str]]:
    amounts = {f.id for f in added_up(what.sums.form, section)}
    for field in section.fields:
        if field.id in amounts:
            text = what.sums.cell((section.id, "", field.id)).plain
        elif (section.id, field.id) == (BASIC, "unit_name"):
            text = what.name
        elif (section.id, field.id) == (BASIC, "name"):
            text = f"{what.name}（{len(given)} 份）"
        elif (section.id, field.id) == (RESULT, "scheme"):
            text = what.scheme
        elif section.id == BASIC and field.kind == "text":
            text = _by_unit(field, given)
        else:
            continue
        if text:
            yield field.id, text


def _by_unit(field: Field, given: Sequence[Given]) -> str:
    """``甲局：……``, each unit's on a line of its own; of too many it is said where they are to be read."""
    if len(given) > MOST_TEXTS:
        return f"共 {len(given)} 个单位，见各单位的表。"
    texts = ((one.unit_name, one.filing.cell(f"{BASIC}/{field.id}").strip()) for one in given)
    return "\n".join(f"{name}：{text}" for name, text in texts if text)


def _list(form: Form, section: Section, one: Given, new_id: Callable[[], str]) -> Iterator[Row]:
    """The rows of one unit, its name before the first text of each."""
    own = one.filing.amount_unit or form.amount_unit
    first = next((f.id for f in section.fields if f.kind in ("name", "text")), "")
    for row in one.filing.section(section.id):
        cells = {f.id: _in_form(row.get(f.id), f, own, form.amount_unit) for f in section.fields}
        if first:
            cells[first] = f"{one.unit_name}：{cells[first]}"
        yield Row(new_id(), section.id, MappingProxyType({c: t for c, t in cells.items() if t}))


def _in_form(text: str, field: Field, own: str, unit: str) -> str:
    """An amount in the form's unit; what is none stays as it is written."""
    if field.kind != "money" or own == unit:
        return text
    value = in_whole(text, own).value
    return text if value is None else plain(value, unit)
