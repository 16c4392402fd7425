"""A new report: the form's texts, or last year's own words with what is bound in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Form
from perfdesk.report.companions import REPORT, Companions


def report_form(forms: Sequence[Form], year: int | None) -> Form | None:
    """Of the reports' forms the one for the year, else the newest; None where there are none."""
    own = sorted((f for f in forms if f.kind == REPORT), key=lambda f: (f.years[0] or 0, f.id), reverse=True)
    return next((f for f in own if _suits(f, year)), own[0] if own else None)


def _suits(form: Form, year: int | None) -> bool:
    first, last = form.years
    return year is not None and (first or 0) <= year <= (last or 9999)


def report_of(form: Form, source: Filing, beside: Companions) -> Filing:
    """``source``: the year's self-evaluation or target form, whose unit and year it takes over. Of a report of an earlier year the texts
    stay as they are written, bound numbers and the unit's own words alike."""
    earlier = beside.report[1] if beside.report else None
    texts: dict[str, dict[str, str]] = {"basic": {"unit_name": source.unit_name}}
    for chapter in form.chapters:
        section, _, column = chapter.text.partition("/")
        text = (earlier.cell(chapter.text) if earlier else "") or chapter.starter
        if section and text:
            texts.setdefault(section, {})[column] = text
    rows = (Row(section, section, MappingProxyType(cells)) for section, cells in texts.items())
    made = empty_filing(form, source.year, tuple(rows))
    unit = source.amount_unit or _unit(beside, source)
    return replace(made, amount_unit=unit if unit and unit != form.amount_unit else "")


def _unit(beside: Companions, source: Filing) -> str:
    """The unit of amounts of the form that ``source`` is made with."""
    known = (one[0] for one in (beside.evaluation, beside.target) if one)
    return next((form.amount_unit for form in known if form.id == source.form), "")
