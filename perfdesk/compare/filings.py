"""Two filings of one kind compared, whatever their years and editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from perfdesk.budget.view_unit import kept_text
from perfdesk.cell_words import SEPARATOR, rows_words
from perfdesk.compare.lines import Comparison, Kind, Line, kind_of, more_by
from perfdesk.compare.pairs import Key, Pair, paired
from perfdesk.derive import amount_unit
from perfdesk.editions.convert import convert
from perfdesk.editions.found import Leftover, NewId
from perfdesk.errors import UserError
from perfdesk.mapping_files import Mappings
from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.finding import Place
from perfdesk.model.form import LEVELS, Field, Form, Section
from perfdesk.model.reminder import SECTION
from perfdesk.naming import label_key

LEFT_OVER = "没有对应的栏"
"""The part of what one edition has no place for."""


@dataclass(frozen=True, slots=True)
class Side:
    """A filing and what it is called in the comparison (``2021 年度``)."""

    form: Form
    filing: Filing
    name: str


@dataclass(frozen=True, slots=True)
class _Two:
    form: Form
    left: Filing
    right: Filing
    unit: str


def compare(left: Side, right: Side, mappings: Mappings, new_id: NewId) -> Comparison:
    """Of different editions the one is looked at as one of the other, amounts in its unit. UserError where they are no forms of one
    kind."""
    if left.form.kind != right.form.kind:
        raise UserError("other-kind", f"“{left.form.title}”和“{right.form.title}”不是同一种表，不能比较。")
    two, only = _alike(left, right, mappings, new_id)
    lines = [line for section in two.form.sections for line in _section(two, section)]
    return Comparison(left.name, right.name, two.unit, (*lines, *only))


def _alike(left: Side, right: Side, mappings: Mappings, new_id: NewId) -> tuple[_Two, list[Line]]:
    back = (right.form.id, left.form.id) in mappings and (left.form.id, right.form.id) not in mappings
    old, new = (right, left) if back else (left, right)
    ways = mappings.get((old.form.id, new.form.id))
    converted = convert(old.filing, old.form, new.form, ways, new_id)
    unit = amount_unit(new.form, new.filing)
    there = _in_unit(new.form, converted.filing, unit)
    kind: Kind = "right" if back else "left"
    only = [_only(left, kind) for left in converted.leftovers]
    pair = (new.filing, there) if back else (there, new.filing)
    return _Two(new.form, *pair, unit), only


def _only(left: Leftover, kind: Kind) -> Line:
    texts = (left.text, "") if kind == "left" else ("", left.text)
    return Line(LEFT_OVER, left.where, *texts, kind)


def _in_unit(form: Form, filing: Filing, unit: str) -> Filing:
    """Amounts as they read in ``unit``."""
    own = amount_unit(form, filing)
    if own == unit:
        return filing
    money = {s.id: [f.id for f in s.fields if f.kind == "money"] for s in form.sections}
    rows = tuple(_row_in(row, money.get(row.section, []), own, unit) for row in filing.rows)
    return replace(filing, rows=rows, amount_unit=unit if unit != form.amount_unit else "")


def _row_in(row: Row, money: list[str], own: str, unit: str) -> Row:
    for column in money:
        if text := row.get(column):
            row = row.with_cell(column, kept_text(text, unit, own))
    return row


# --- sections ---------------------------------------------------------------------------------------------------------


def _section(two: _Two, section: Section) -> Iterator[Line]:
    left = [r for r in two.left.section(section.id) if r.section != SECTION]
    right = list(two.right.section(section.id))
    if section.kind == "table":
        return
    words = {**rows_words(two.form, two.left), **rows_words(two.form, two.right)}
    if section.kind == "tree":
        left, right = ([r for r in rows if depth(r) == len(LEVELS)] for rows in (left, right))
    for pair in paired(left, right, _keys(two, section)):
        yield from _pair(two, section, pair, words)


def _keys(two: _Two, section: Section) -> list[Key]:
    """What tells rows of this section."""
    if section.kind == "tree":
        return [
            lambda r: (_above(two, r), label_key(r.get(LEVELS[2]))),
            lambda r: label_key(r.get(LEVELS[2])),
        ]
    if section.kind == "goals":
        return [lambda r: (depth(r), label_key(r.get(LEVELS[depth(r) - 1])))]
    if section.kind == "ledger":
        return [lambda r: r.get("code")]
    first = [f.id for f in section.fields if f.kind not in ("money", "number")]
    return [
        lambda r: tuple(label_key(r.get(c)) for c in first),
        lambda r: label_key(r.get(first[0])) if first else "",
    ]


def _above(two: _Two, row: Row) -> str:
    """The headings of an indicator, in words."""
    names: list[str] = []
    while row.parent is not None:
        above = two.right.row(row.parent) or two.left.row(row.parent)
        if above is None:
            break
        names.insert(0, above.get(LEVELS[depth(above) - 1]))
        row = above
    return SEPARATOR.join(names)


def _pair(two: _Two, section: Section, pair: Pair, words: Mapping[str, str]) -> Iterator[Line]:
    left, right = pair
    here = right or left
    assert here is not None
    if section.kind == "tree":
        yield from _heading(two, section, pair, words)
    for field in section.at_level(depth(here)) if section.kind in ("tree", "goals") else section.fields:
        texts = left.get(field.id) if left else "", right.get(field.id) if right else ""
        if any(t.strip() for t in texts):
            yield _line(two, section, field, pair, words.get(here.id, ""), texts)


def _heading(two: _Two, section: Section, pair: Pair, words: Mapping[str, str]) -> Iterator[Line]:
    """Where an indicator stands, where that differs."""
    left, right = pair
    if left is None or right is None:
        return
    one, other = _above_in(two.left, left), _above_in(two.right, right)
    if label_key(one) != label_key(other):
        field = section.field(LEVELS[1])
        where = SEPARATOR.join((words.get(right.id, ""), field.name if field else LEVELS[1]))
        places = Place(left.id, LEVELS[2]), Place(right.id, LEVELS[2])
        yield Line(section.label, where, one, other, "changed", *places)


def _above_in(filing: Filing, row: Row) -> str:
    two = filing.row(row.parent or "")
    one = filing.row(two.parent or "") if two else None
    return SEPARATOR.join(
        t for t in (one.get(LEVELS[0]) if one else "", two.get(LEVELS[1]) if two else "") if t
    )


def _line(two: _Two, section: Section, field: Field, pair: Pair, name: str, texts: tuple[str, str]) -> Line:
    left, right = (Place(row.id, field.id) if row else None for row in pair)
    more = more_by(*texts, two.unit) if field.kind == "money" else None
    where = SEPARATOR.join(part for part in (name, field.name) if part)
    return Line(section.label, where, *texts, kind_of(*texts, field.kind, two.unit), left, right, more)
