"""Which edition of a form a draft is: every known edition is scored by the labels, columns, groups and units that it alone has."""

from __future__ import annotations

from perfdesk.catalog import label_key
from perfdesk.model.form import Form
from perfdesk.recognise.labels import YEAR, amount_label, amount_unit
from perfdesk.recognise.lines import Line
from perfdesk.recognise.segments import Draft
from perfdesk.values import one_line


def choose_form(draft: Draft, forms: tuple[Form, ...]) -> Form:
    """The edition with the best score; among equals the one whose years hold the draft's year, then the first."""
    lines = [line for f in draft.fragments for line in f.lines]
    keys = {label_key(s.own) for line in lines for s in line.filled if len(s.own) <= 60}
    amounts = {amount_label(s.own) for line in lines for s in line.filled if len(s.own) <= 60}
    units = {u for line in lines for s in line.filled if len(s.own) <= 40 and (u := amount_unit(s.own))}
    heading = [*draft.heading, *lines[:3]]
    return max(forms, key=lambda f: _score(f, keys, amounts, units, heading))


def _score(
    form: Form, keys: set[str], amounts: set[str], units: set[str], heading: list[Line]
) -> tuple[int, int]:
    labels = {f.id: label_key(f.label) for f in form.tree.fields}
    money = [f for s in form.sections if s.kind == "fields" for f in s.fields if f.kind == "money"]
    printed = {amount_label(f.short or f.label) for f in money}
    groups = {label_key(g.level2) for g in form.tree.groups}
    fixed = {label_key(f.standard.name) for f in form.tree.fixed}
    score = 4 * sum(label in keys for label in labels.values())
    score += 3 * len(printed & amounts) - 3 * len(printed - amounts)
    score += 2 * len(groups & keys) + len(fixed & keys) - len(fixed - keys)
    score += 2 * (form.amount_unit in units)
    titles = [label_key(line.text) for line in heading]
    score += 3 * any(label_key(form.title) in t for t in titles)
    return score, _in_years(form, heading)


def _in_years(form: Form, heading: list[Line]) -> int:
    year = next((int(m[1]) for line in heading if (m := YEAR.search(one_line(line.text)))), None)
    first, last = form.years
    return int(year is not None and (first or 0) <= year <= (last or 9999))
