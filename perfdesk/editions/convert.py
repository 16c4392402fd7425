"""A filing of one edition as a filing of another, by the mapping between them; rows keep their ids, so that they are known again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from perfdesk.budget.view_unit import kept_text
from perfdesk.derive import amount_unit
from perfdesk.editions.found import Converted, Decision, NewId, Work
from perfdesk.editions.tree import tree_rows
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Field, Form, Section
from perfdesk.model.mapping import Mapping as Ways
from perfdesk.values import parse_amount


def convert(
    filing: Filing,
    source: Form,
    target: Form,
    ways: Ways | None,
    new_id: NewId,
    chosen: Mapping[str, str] = MappingProxyType({}),
) -> Converted:
    """``filing`` of ``source`` as one of ``target``; both are of one kind. ``ways`` None: what has the same address goes there.

    Amounts are converted exactly into the unit of the new form. The filing is given back as it is where the editions are the same.
    """
    if source.id == target.id:
        return Converted(filing)
    work = Work(filing, source, target, ways or Ways(source.id, target.id), new_id, chosen)
    rows: list[Row] = [*_fields(work)]
    for section in source.sections:
        if section.kind not in ("fields", "table"):
            rows += _rows(work, section)
    if target.tree.fields:
        rows += tree_rows(work)
    made = empty_filing(target, filing.year, tuple(rows))
    return Converted(
        replace(made, id=filing.id, title=target.title), tuple(work.decisions), tuple(work.leftovers)
    )


# --- single cells -----------------------------------------------------------------------------------------------------


def _fields(work: Work) -> Iterator[Row]:
    cells: dict[str, dict[str, str]] = {s.id: {} for s in work.target.sections if s.kind == "fields"}
    for section in work.source.sections:
        row = work.filing.row(section.id) if section.kind == "fields" else None
        for field in section.fields if row else ():
            _field(work, cells, section, field, row.get(field.id) if row else "")
    for section_id, own in cells.items():
        yield Row(section_id, section_id, MappingProxyType(own))


def _field(work: Work, cells: dict[str, dict[str, str]], section: Section, field: Field, text: str) -> None:
    if not text.strip():
        return
    address, where = f"{section.id}/{field.id}", f"{section.label} · {field.name}"
    options = tuple(to for to in work.ways.cell(address) if _known(work.target, to))
    if not options:
        work.leave(where, text)
        return
    text = as_kept(work, field, text, where)
    if not text:
        return
    to = options[0]
    # Nothing has the same meaning in every cell: there is nothing to decide.
    nothing = field.kind == "money" and parse_amount(text, work.target.amount_unit).value == 0
    if len(options) > 1 and not nothing:
        to = work.choose(Decision("cell", address, where, text, options, to))
    into, _, column = to.partition("/")
    cells[into][column] = text


def _known(form: Form, address: str) -> bool:
    section, _, column = address.partition("/")
    return (
        form.has(section)
        and form.section(section).kind == "fields"
        and form.section(section).field(column) is not None
    )


def as_kept(work: Work, field: Field, text: str, where: str) -> str:
    """An amount in the unit of the new form; one that cannot be read is left over where it holds digits, since they would mean another
    amount there (then empty)."""
    old, new = amount_unit(work.source, work.filing), work.target.amount_unit
    if field.kind != "money" or old == new:
        return text
    amount = parse_amount(text, old)
    if amount.value is None and any(c.isdigit() for c in text):
        work.leave(where, text)
        return ""
    return kept_text(text, new, old)


# --- rows of lists, goals and ledgers ---------------------------------------------------------------------------------


def _rows(work: Work, section: Section) -> Iterator[Row]:
    """Of everything but trees; a section that the new form has not is left over."""
    there = work.target.section(section.id) if work.target.has(section.id) else None
    if section.kind == "tree":
        return
    for number, row in enumerate(work.filing.section(section.id), 1):
        cells: dict[str, str] = {}
        where = f"{section.label} · {number}"
        for column, text in row.cells.items():
            to = renamed(work, section.id, column)
            field = section.field(column)
            if there is not None and there.kind == section.kind and there.field(to) is not None:
                cells[to] = as_kept(work, field, text, f"{where} · {field.name}") if field else text
            else:
                work.leave(f"{where} · {field.name if field else column}", text)
        if there is not None and there.kind == section.kind:
            yield replace(row, cells=MappingProxyType(cells))


def renamed(work: Work, section: str, column: str) -> str:
    """What the column is called in the new form."""
    return work.ways.cell(f"{section}/{column}")[0].partition("/")[2]
