"""Self-evaluations in a stream of lines: filled tables with weights, results and scores, in our layout or another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from perfdesk.catalog import label_key
from perfdesk.evaluation.evaluated import settled
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Form
from perfdesk.recognise.claim import Claim, RecognisedFiling
from perfdesk.recognise.evaluation.heading import Heading, heading_of
from perfdesk.recognise.evaluation.heads import column_of
from perfdesk.recognise.evaluation.rows import Read, read_rows
from perfdesk.recognise.evaluation.sheets import sheets
from perfdesk.recognise.found import Leaf
from perfdesk.recognise.labels import Words, group_of, is_label, level1_of, words_of
from perfdesk.recognise.lines import Line
from perfdesk.recognise.projects.editions import edition_of
from perfdesk.recognise.projects.names import Names, names_of
from perfdesk.recognise.projects.sheets import Sheet
from perfdesk.recognise.tree import place_leaves, tree_rows
from perfdesk.titles import own_title

KIND = "self-evaluation"


def evaluations(lines: Sequence[Line], forms: Sequence[Form], new_id: Callable[[], str]) -> Claim:
    """Every self-evaluation that the lines hold."""
    own = tuple(f for f in forms if f.kind == KIND)
    if not own:
        return Claim((), tuple(lines))
    found = sheets(lines, *_words(own))
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
    words = replace(words_of(forms), level1=own.level1, groups=own.groups, standards=own.standards)
    return words, names_of(forms[0], forms[1:])


def _filing(
    sheet: Sheet, forms: tuple[Form, ...], new_id: Callable[[], str]
) -> tuple[RecognisedFiling, list[str]]:
    """The table read with the labels of the one edition that fits it best."""
    heading = heading_of(sheet.heading)
    form = edition_of(sheet, heading.as_project, _of_scope(sheet, heading, forms))
    words, names = _words((form, *(f for f in forms if f is not form)))
    read = read_rows(form, sheet, words, names)
    left = [*heading.unused, *read.parts.leftovers, *_strange(form, read)]
    if heading.unit_name and not read.cells.get("basic/unit_name"):
        read.cells["basic/unit_name"] = heading.unit_name
    for leaf in read.parts.leaves:
        _mend_levels(leaf, words)
    place_leaves(read.parts.leaves, words)
    tree, repairs = tree_rows(read.parts.leaves, form.tree.id, new_id)
    filing = _made(form, heading, read, tree)
    left = [t for t in left if not _is_printed(form, words, names, t)]
    left += _untaken(form, sheet, words, names, filing, {*left, *read.seen})
    for code in heading.mended:
        read.parts.repair(code, "title")
    where = sheet.lines[0].where
    return RecognisedFiling(settled(form, filing), (*read.parts.repairs, *repairs), where), left


def _of_scope(sheet: Sheet, heading: Heading, forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Forms of projects where the table names a project, of departments where the title says so; all where neither does."""
    _, names = _words(forms)
    project = any("basic/name" in names.cells_of(s.own) for line in sheet.body[:_HEAD] for s in line.filled)
    scope = "project" if project else "department" if "整体" in heading.title else ""
    return tuple(f for f in forms if f.evaluation and f.evaluation.scope == scope) or forms


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
    return replace(filing, title=own_title(form, filing, heading.title) if heading.title else form.title)


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
            f"{leaf.level3}：{text}"
            for name in [n for n in leaf.cells if n not in columns]
            if (text := leaf.cells.pop(name))
        ]
    return left


def _is_printed(form: Form, words: Words, names: Names, text: str) -> bool:
    """A word that the form prints itself, or a dash."""
    key = label_key(text)
    drawn = (a[1:] for p in form.paper.parts for line in (*p.head, *p.rows) for a in line if a[0] == "=")
    known = is_label(words, text) or column_of(words, text) or names.cells_of(text) or names.section_of(text)
    return not key or bool(known) or key in {label_key(d) for d in drawn}


def _untaken(
    form: Form, sheet: Sheet, words: Words, names: Names, filing: Filing, left: set[str]
) -> list[str]:
    """Texts that stand nowhere in the filing and are not left over yet: the safety net under the readers."""
    taken = {text for row in filing.rows for text in row.cells.values()} | left
    everything = "\n".join(taken)
    spots = (s for line in sheet.body for s in line.filled)
    return [
        s.own
        for s in spots
        if s.own not in everything
        and not {_without_weight(t) for t in (s.own, "".join(s.own.split()))} & taken
        and not _is_printed(form, words, names, s.own)
    ]


_HEAD = 8
"""A project's name stands in one of the first rows."""
_LEVEL_WEIGHT = re.compile(r"\s*[(（]\s*\d{1,3}(?:\.\d+)?\s*分\s*[)）]\s*$")


def _without_weight(text: str) -> str:
    """``产出指标（50分）`` → ``产出指标``."""
    return _LEVEL_WEIGHT.sub("", text)


def _mend_levels(leaf: Leaf, words: Words) -> None:
    """Names of the form's levels on one line; behind them no weight of the whole level, which is the sum of the rows below."""
    for level in ("level1", "level2"):
        text = getattr(leaf, level)
        squeezed = "".join(text.split())
        known = level1_of(words, _without_weight(squeezed)) or group_of(words, _without_weight(squeezed))
        if known and squeezed != text:
            setattr(leaf, level, text := squeezed)
        if (plain := _without_weight(text)) != text and plain:
            setattr(leaf, level, plain)
            leaf.note(
                "level-weight",
                f"“{plain}”后面的分值“{text[len(plain) :].strip()}”已略去，以各指标的分值合计为准",
            )
