"""Source × forms → recognised filings: a proposal with its repairs and leftovers, which the user accepts or not.

One file may hold several kinds of form, one after the other. Each kind has a recogniser of its own, which claims its lines; what it
does not take is offered to the next. What nobody takes is left over and shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from perfdesk.catalog import Catalog
from perfdesk.document.source import Source
from perfdesk.model.sent_back import SentBack
from perfdesk.model.submission import HandedIn
from perfdesk.recognise.budget import budgets
from perfdesk.recognise.claim import RecognisedFiling, Recogniser
from perfdesk.recognise.department import department_targets
from perfdesk.recognise.drawn import drawn_forms
from perfdesk.recognise.evaluation import evaluations
from perfdesk.recognise.lines import lines_of
from perfdesk.recognise.overall import overall_targets
from perfdesk.recognise.projects import projects
from perfdesk.recognise.report import reports
from perfdesk.recognise.units import with_unit
from perfdesk.recognise.years import with_years

RECOGNISERS: tuple[Recogniser, ...] = (
    drawn_forms,
    reports,
    evaluations,
    budgets,
    department_targets,
    projects,
    overall_targets,
)
"""In the order of asking: what the user took in himself before what the program knows, a kind whose tables are told by exact titles
before one that is told by its words."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """All forms found in a file, and every text that none of them took. ``handed_in``: what a submission package says of itself;
    ``sent_back``: what a bureau's return says, which holds no filings."""

    filings: tuple[RecognisedFiling, ...]
    leftovers: tuple[str, ...]
    handed_in: HandedIn | None = None
    sent_back: SentBack | None = None


def recognise(source: Source, catalog: Catalog, new_id: Callable[[], str]) -> Recognised:
    """Every form of ``catalog`` that ``source`` holds; no filings where it holds none."""
    forms = tuple(catalog.forms.values())
    filings: list[RecognisedFiling] = []
    left: list[str] = []
    rest = tuple(lines_of(source))
    for recogniser in RECOGNISERS:
        claim = recogniser(rest, forms, new_id)
        filings += claim.filings
        left += claim.leftovers
        rest = claim.rest
    outside = [line.text for line in rest]
    return Recognised(with_unit(with_years(filings, outside), catalog), (*left, *outside, *source.leftovers))


__all__ = ["RECOGNISERS", "Recognised", "RecognisedFiling", "recognise"]
