"""Which edition of the project form a table is: the one whose labels it has, and has no more than these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfdesk.catalog import label_key
from perfdesk.model.form import Field, Form
from perfdesk.recognise.labels import amount_label, amount_unit
from perfdesk.recognise.projects.heading import Heading
from perfdesk.recognise.projects.names import label_keys
from perfdesk.recognise.projects.sheets import Sheet


def edition_of(sheet: Sheet, heading: Heading, forms: Sequence[Form]) -> Form:
    """The edition with the best score; among equals the first."""
    texts = [s.own for line in sheet.body for s in line.filled if len(s.own) <= 40]
    keys = {key for t in texts for key in label_keys(t)}
    units = {unit for t in texts if (unit := amount_unit(t))} | {heading.amount_unit}
    return max(forms, key=lambda f: _score(f, keys, units, heading))


def _score(form: Form, keys: set[str], units: set[str], heading: Heading) -> tuple[int, bool]:
    printed = [s for s in form.sections if s.id not in form.paper.unprinted]
    drawn = {
        a.lstrip("@").rpartition(".")[2]
        for p in form.paper.parts
        for line in (*p.head, *p.rows)
        for a in line
    }
    score = sum(_worth(f, keys) for s in printed for f in s.fields if f.id in drawn)
    score += sum(1 if label_key(g.level2) in keys else -1 for g in form.tree.groups)
    titles = [label_key(t) for t in (form.title, *form.titles)]
    score += 3 * (label_key(heading.title) in titles) + (label_key(heading.title) == titles[0])
    score += form.amount_unit in units
    first, last = form.years
    return score, heading.year is not None and (first or 0) <= heading.year <= (last or 9999)


def _worth(field: Field, keys: set[str]) -> int:
    if _among([field.label], keys):
        return 3
    return 1 if _among([*field.aliases, field.short], keys) else -2


def _among(texts: Iterable[str], keys: set[str]) -> bool:
    return any(t and (label_key(t) in keys or amount_label(t) in keys) for t in texts)
