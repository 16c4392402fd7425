"""Overall targets in a stream of lines.

Reading repairs the page (cells out of column, rows repeated at a page cut, pages out of order, parents lost by a scan); what the
author put in the wrong place stays where he put it. Works by label text and neighbourhood and never raises for content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.finding import Repair
from perfdesk.model.form import Form
from perfdesk.recognise.choose import choose_form
from perfdesk.recognise.claim import Claim, RecognisedFiling
from perfdesk.recognise.found import Parts
from perfdesk.recognise.labels import (
    ANNEX,
    UNIT_LINE,
    YEAR,
    Words,
    is_label,
    labelled,
    title_in,
    unit_alone,
    words_of,
)
from perfdesk.recognise.lines import Line
from perfdesk.recognise.parts import read_parts
from perfdesk.recognise.segments import Draft, Fragment, drafts, fragments, is_heading
from perfdesk.recognise.tree import place_leaves, tree_rows
from perfdesk.values import one_line


def overall_targets(lines: Sequence[Line], forms: Sequence[Form], new_id: Callable[[], str]) -> Claim:
    """Every overall target that the lines hold."""
    own = tuple(f for f in forms if f.kind == "overall-target")
    words = words_of(own)
    found, tail = fragments(lines, words)
    good, loose = drafts(found, words)
    used = {id(line) for draft in good for line in draft.heading}
    recognised: list[RecognisedFiling] = []
    left: list[str] = []
    for draft in good:
        one, rest = _filing(draft, own, new_id)
        recognised.append(one)
        left += rest
    unused = {id(line) for line in _unused(good, loose, tail, used)}
    return Claim(tuple(recognised), tuple(line for line in lines if id(line) in unused), tuple(left))


def _unused(good: list[Draft], loose: list[Fragment], tail: list[Line], used: set[int]) -> Iterable[Line]:
    for fragment in (f for d in good for f in d.fragments):
        yield from (line for line in fragment.before if id(line) not in used)
    for fragment in loose:
        yield from (line for line in (*fragment.before, *fragment.lines))
    yield from tail


def _filing(
    draft: Draft, forms: tuple[Form, ...], new_id: Callable[[], str]
) -> tuple[RecognisedFiling, list[str]]:
    """The draft read with the words of the one edition that fits it best."""
    form = choose_form(draft, forms)
    words = words_of((form,))
    parts = read_parts(draft, words_of((form, *(f for f in forms if f is not form))))
    _drop_foreign(form, parts)
    place_leaves(parts.leaves, words)
    heading = _Heading(draft.heading, words)
    if heading.unit_name:
        parts.fields.setdefault("unit_name", heading.unit_name)
    rows, repairs = _rows(form, parts, new_id)
    unit = parts.unit or heading.unit
    filing = replace(
        empty_filing(form, heading.year, rows),
        title=heading.title or form.title,
        amount_unit=unit if unit in ("元", "万元") and unit != form.amount_unit else "",
    )
    left = [*heading.unused, *parts.leftovers]
    left += _untaken(draft, words, filing, left)
    return RecognisedFiling(filing, (*parts.repairs, *repairs), draft.fragments[0].lines[0].where), left


def _untaken(draft: Draft, words: Words, filing: Filing, left: list[str]) -> list[str]:
    """Texts of cells that are no label, stand nowhere in the filing and are not left over yet: the safety net under all readers."""
    taken = {text for row in filing.rows for text in row.cells.values()} | set(left) | {filing.title}
    everything = "\n".join(taken)
    found: list[str] = []
    for line in (line for f in draft.fragments for line in f.lines if not is_heading(words, line)):
        for spot in line.filled:
            known = spot.own in everything or is_label(words, spot.own) or unit_alone(spot.own)
            if spot.own not in taken and not known:
                found.append(spot.own)
    return found


def _drop_foreign(form: Form, parts: Parts) -> None:
    """Cells of columns and amounts that this edition does not have become leftovers: shown, not lost in silence."""
    columns = {f.id for f in form.tree.fields}
    for leaf in parts.leaves:
        for name in [n for n in leaf.cells if n not in columns]:
            if text := leaf.cells.pop(name):
                parts.leftovers.append(f"{leaf.level3}：{text}")
    for name in [n for n in parts.amounts if not form.section("budget").field(n)]:
        if text := parts.amounts.pop(name):
            parts.leftovers.append(text)


def _rows(form: Form, parts: Parts, new_id: Callable[[], str]) -> tuple[tuple[Row, ...], list[Repair]]:
    rows = [Row("basic", "basic", MappingProxyType({k: v for k, v in parts.fields.items() if v}))]
    rows += [Row(new_id(), "tasks", MappingProxyType(task)) for task in parts.tasks]
    rows.append(Row("budget", "budget", MappingProxyType({k: v for k, v in parts.amounts.items() if v})))
    tree, repairs = tree_rows(parts.leaves, form.tree.id, new_id)
    return (*rows, *tree), repairs


class _Heading:
    """Title, year and unit of amounts as the lines above the table tell them; ``unused`` are the lines that tell nothing."""

    def __init__(self, lines: list[Line], words: Words) -> None:
        self.title = ""
        self.year: int | None = None
        self.unit = ""
        self.unit_name = ""
        self.unused: list[str] = []
        start = _start(lines, words)
        self.unused += [line.text for line in lines[:start]]
        for line in lines[start:]:
            if not self._take(line.text, words):
                self.unused.append(line.text)

    def _take(self, text: str, words: Words) -> bool:
        taken = bool(ANNEX.fullmatch(text.strip()))
        if title := title_in(words, text):
            self.title, taken = title, True
        if (year := YEAR.search(one_line(text))) and (title or len(text) <= 16):
            self.year, taken = int(year[1]), True
        if unit := UNIT_LINE.search(one_line(text)):
            self.unit, taken = unit[1], True
        if (both := labelled(words.fields, text)) and both[0] == "unit_name":
            self.unit_name, taken = both[1], True
        return taken


def _start(lines: list[Line], words: Words) -> int:
    """Where the heading of this form begins: at its annex mark or its title, whichever comes first of the last run."""
    titles = [n for n, line in enumerate(lines) if title_in(words, line.text)]
    if not titles:
        return next((n for n, line in enumerate(lines) if is_heading(words, line)), len(lines))
    start = titles[-1]
    near = [
        n for n in range(max(0, start - 3), start) if n in titles or ANNEX.fullmatch(lines[n].text.strip())
    ]
    return near[0] if near else start
