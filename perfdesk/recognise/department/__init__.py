"""Department targets in a stream of lines: running text below the headings that the forms know, in any style of numbering."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from perfdesk.catalog import label_key
from perfdesk.model.filing import Row, empty_filing
from perfdesk.model.form import Form, Section
from perfdesk.recognise.claim import Claim, RecognisedFiling
from perfdesk.recognise.department.goals import read_goals
from perfdesk.recognise.department.heading import Heading
from perfdesk.recognise.department.stretches import Stretch, stretches
from perfdesk.recognise.department.texts import Text, joined, read_items
from perfdesk.recognise.found import Parts
from perfdesk.recognise.lines import Line

NewId = Callable[[], str]


def department_targets(lines: Sequence[Line], forms: Sequence[Form], new_id: NewId) -> Claim:
    """Every department's targets that the lines hold."""
    own = tuple(f for f in forms if f.paper.running)
    titles = frozenset(label_key(t) for f in forms if f not in own for t in (f.title, *f.titles))
    filings: list[RecognisedFiling] = []
    left: list[str] = []
    taken: set[int] = set()
    for stretch in stretches(lines, own, titles) if own else ():
        heading = Heading.above(lines, stretch.start, own, taken)
        form = _edition(own, stretch, heading)
        parts = Parts()
        rows = _rows(form, stretch, heading, parts, new_id)
        filing = replace(empty_filing(form, heading.year, rows), title=_title(form, heading))
        filings.append(RecognisedFiling(filing, tuple(parts.repairs), lines[stretch.start].where))
        left += parts.leftovers
        taken |= {id(line) for line in (*heading.lines, *lines[stretch.start : stretch.end])}
    return Claim(tuple(filings), tuple(line for line in lines if id(line) not in taken), tuple(left))


def _edition(forms: Sequence[Form], stretch: Stretch, heading: Heading) -> Form:
    """The form that numbers its headings and items so; among equals the one of that year, then the first."""

    def score(form: Form) -> tuple[int, bool]:
        style, item = form.paper.running or ("", "")
        first, last = form.years
        in_years = heading.year is not None and (first or 0) <= heading.year <= (last or 9999)
        return 2 * (stretch.style == style) + (stretch.item_style == item), in_years

    return max(forms, key=score)


def _title(form: Form, heading: Heading) -> str:
    known = {label_key(t) for t in (form.title, *form.titles)}
    return form.title if not heading.title or label_key(heading.title) in known else heading.title


def _rows(form: Form, stretch: Stretch, heading: Heading, parts: Parts, new_id: NewId) -> tuple[Row, ...]:
    rows: list[Row] = []
    for section in form.sections:
        texts = stretch.sections.get(section.id, ())
        for code in stretch.headings[section.id].mended if section.id in stretch.headings else ():
            parts.repair(code, section.id)
        if section.kind == "fields":
            rows.append(_fields(section, texts, heading, parts))
        elif section.kind == "goals":
            rows += read_goals(section, texts, parts, new_id)
        else:
            for number, item in enumerate(read_items(texts), 1):
                text = joined(item, f"{section.id}/{number}", parts)
                rows.append(Row(new_id(), section.id, MappingProxyType({section.fields[0].id: text})))
    return tuple(rows)


def _fields(section: Section, texts: Sequence[Text], heading: Heading, parts: Parts) -> Row:
    column = section.fields[-1].id
    cells = heading.cells | {column: joined(texts, f"{section.id}/{column}", parts)}
    own = {c: t for c, t in cells.items() if t and section.field(c)}
    return Row(section.id, section.id, MappingProxyType(own))
