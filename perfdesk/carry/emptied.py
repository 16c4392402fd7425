"""What a new year begins without: results and scores, everything computed, and what an imported file printed otherwise."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from perfdesk.evaluation.entered import MONEY
from perfdesk.model.evaluation import FACTS, NOTE
from perfdesk.model.filing import Filing
from perfdesk.model.form import Field, Form, Section
from perfdesk.model.reminder import SECTION

EVALUATION = "self-evaluation"
"""Begins the kind of what tells how a year went: its tables and its report."""
RESULTS = ("actual", "score", "rate", "deviation", "completion", "total", "grade", NOTE)
"""Columns of an evaluation that tell what became of the year."""
CHOSEN = ("weight", "scheme")
"""Columns that hold somebody's choice even where something is computed for them."""


def emptied(form: Form, filing: Filing) -> Filing:
    """Without results; rows of deviations and of last year's reminders go."""
    gone = {s.id for s in form.sections if s.kind == "table"} | {SECTION}
    empty = {
        s.id: frozenset(f.id for f in s.fields if begins_empty(form, s, f))
        for s in form.sections
        if s.kind != "table"
    }
    rows = tuple(
        replace(r, cells=MappingProxyType({k: v for k, v in r.cells.items() if k not in empty[r.section]}))
        if empty.get(r.section, frozenset()) & r.cells.keys()
        else r
        for r in filing.rows
        if r.section not in gone
    )
    return replace(filing, rows=rows)


def begins_empty(form: Form, section: Section, field: Field) -> bool:
    """Weights, goals, indicators and targets of an evaluation are kept; money, facts and results are the year's."""
    if field.id in CHOSEN or not form.kind.startswith(EVALUATION):
        return field.computed and field.id not in CHOSEN
    return field.computed or field.id in RESULTS or section.id in (MONEY, FACTS)
