"""Project targets in a stream of lines: many tables in one file, each with its title above it, cut by pages or whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Form
from perfdesk.naming import label_key
from perfdesk.recognise.claim import Claim, RecognisedFiling
from perfdesk.recognise.labels import Words, is_label, words_of
from perfdesk.recognise.lines import Line
from perfdesk.recognise.projects.editions import edition_of
from perfdesk.recognise.projects.heading import Heading, heading_of, name_in
from perfdesk.recognise.projects.names import Names, names_of
from perfdesk.recognise.projects.rows import Read, read_rows
from perfdesk.recognise.projects.sheets import Sheet, sheets
from perfdesk.recognise.tree import place_leaves, tree_rows
from perfdesk.titles import own_title
from perfdesk.values import one_line

KIND = "project-target"
_YEAR_BEFORE = re.compile(r"[(（]?(20\d{2})年度?[)）]?(.+)")


def projects(lines: Sequence[Line], forms: Sequence[Form], new_id: Callable[[], str]) -> Claim:
    """Every project's table that the lines hold."""
    own = tuple(f for f in forms if f.kind == KIND)
    if not own:
        return Claim((), tuple(lines))
    words, names = _words(own)
    found = sheets(lines, words, names, _foreign(forms, words, names))
    recognised: list[RecognisedFiling] = []
    left: list[str] = []
    for sheet in found:
        one, rest = _filing(sheet, own, new_id)
        recognised.append(one)
        left += rest
    used = {id(line) for sheet in found for line in sheet.lines}
    return Claim(tuple(recognised), tuple(line for line in lines if id(line) not in used), tuple(left))


@lru_cache(maxsize=16)
def _words(forms: tuple[Form, ...]) -> tuple[Words, Names]:
    """The words of the first form, and of the others the labels that it does not have; the levels of indicators are its own."""
    own = words_of(forms[:1])
    return replace(words_of(forms), level1=own.level1, groups=own.groups), names_of(forms[0], forms[1:])


def _foreign(forms: Iterable[Form], words: Words, names: Names) -> frozenset[str]:
    """Labels with which the rows of other kinds of form begin."""
    texts = (
        text
        for form in forms
        if form.kind != KIND
        for section in form.sections
        if section.kind in ("fields", "list")
        for text in (section.label, *(t for f in section.fields for t in (f.label, *f.aliases)))
    )
    return frozenset(one_line(t) for t in texts if not is_label(words, t) and not names.cells_of(t))


def _filing(
    sheet: Sheet, forms: tuple[Form, ...], new_id: Callable[[], str]
) -> tuple[RecognisedFiling, list[str]]:
    """The table read with the labels of the one edition that fits it best."""
    heading = heading_of(sheet.heading)
    _part_year(heading, forms)
    form = edition_of(sheet, heading, forms)
    words, names = _words((form, *(f for f in forms if f is not form)))
    read = read_rows(form, sheet, words, names)
    parts = read.parts
    left = [*heading.unused, *_strange(form, read)]
    if heading.unit_name and not read.cells.get("basic/unit_name"):
        read.cells["basic/unit_name"] = heading.unit_name
    elif heading.unit_name and one_line(heading.unit_name) != one_line(read.cells["basic/unit_name"]):
        left.append(heading.unit_name)
    if not read.cells.get("basic/name"):
        read.cells["basic/name"] = name_in(form, heading.title)
    place_leaves(parts.leaves, _words((form,))[0])
    tree, repairs = tree_rows(parts.leaves, form.tree.id, new_id)
    filing = _made(form, heading, read, tree)
    left += [t for t in parts.leftovers if not (is_label(words, t) or names.section_of(t))]
    left += _untaken(sheet, words, names, filing, {*left, *read.split})
    for code in heading.mended:
        parts.repair(code, "title")
    where = sheet.lines[0].where
    return RecognisedFiling(filing, (*parts.repairs, *repairs), where), left


def _made(form: Form, heading: Heading, read: Read, tree: list[Row]) -> Filing:
    fields: dict[str, dict[str, str]] = {}
    for address, text in read.cells.items():
        section, _, column = address.partition("/")
        if text:
            fields.setdefault(section, {})[column] = text
    rows = [Row(section, section, MappingProxyType(cells)) for section, cells in fields.items()]
    unit = read.parts.unit or heading.amount_unit
    filing = replace(
        empty_filing(form, heading.year, (*rows, *tree)),
        amount_unit=unit if unit in ("元", "万元") and unit != form.amount_unit else "",
    )
    if not heading.title or own_title(form, filing, heading.printed) == form.title:
        return replace(filing, title=form.title)
    return replace(filing, title=own_title(form, filing, heading.title))


def _part_year(heading: Heading, forms: Sequence[Form]) -> None:
    """A year before a title that is a form's own is the filing's; before the name of a project it is part of the name."""
    match = _YEAR_BEFORE.fullmatch(one_line(heading.title))
    if match and label_key(match[2]) in {label_key(t) for f in forms for t in (f.title, *f.titles)}:
        heading.year = heading.year or int(match[1])
        heading.title = heading.printed = match[2]


def _strange(form: Form, read: Read) -> list[str]:
    """Cells and columns that this edition does not have: taken out and left over."""
    left: list[str] = []
    for address in list(read.cells):
        section, _, column = address.partition("/")
        if not (form.has(section) and form.section(section).field(column)) and (
            text := read.cells.pop(address)
        ):
            left.append(text)
    columns = {f.id for f in form.tree.fields}
    for leaf in read.parts.leaves:
        left += [
            f"{leaf.level3}：{leaf.cells.pop(n)}"
            for n in list(leaf.cells)
            if n not in columns and leaf.cells[n]
        ]
    return left


def _untaken(sheet: Sheet, words: Words, names: Names, filing: Filing, left: set[str]) -> list[str]:
    """Texts that are no label, stand nowhere in the filing and are not left over yet: the safety net under the readers."""
    taken = {text for row in filing.rows for text in row.cells.values()} | left
    everything = "\n".join(taken)
    spots = (s for line in sheet.body for s in line.filled)
    return [
        s.own
        for s in spots
        if s.own not in taken
        and s.own not in everything
        and not is_label(words, s.own)
        and not names.cells_of(s.own)
        and not names.section_of(s.own)
    ]
