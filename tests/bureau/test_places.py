"""A place as findings write it leads to the row and column that the finding has: for every finding that the checks of the sample say, and
for places that people write."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.bureau.places import place_at
from perfdesk.catalog import new_filing
from perfdesk.check import check
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.finding import Place
from perfdesk.sample import sample_budgets, sample_evaluations, sample_filings
from tests.making import catalog, counter, published

SAMPLES = (sample_filings, sample_budgets, sample_evaluations)
FILINGS = tuple(f for some in SAMPLES for f in some(catalog(), counter()))
BLANK = tuple(new_filing(form, 2022, "某单位", counter()) for form in catalog().forms.values())
ABOUT_A_SECTION = ("goals-missing", "indicators-missing")
"""Their path is a section; they lead to its first row."""
BESIDE = ("misplaced",)
"""They lead to the indicator, and their path to the heading that it does not belong under."""


@pytest.mark.parametrize("filing", (*FILINGS, *BLANK), ids=lambda f: f"{f.form} {f.year}")
def test_a_finding_is_found_again_by_its_path(filing: Filing) -> None:
    form = catalog().form(filing.form)
    for finding in check(form, filing):
        if finding.place.row is not None and finding.code not in (*ABOUT_A_SECTION, *BESIDE):
            assert place_at(form, filing, finding.where) == finding.place, finding.where


def test_findings_of_published_forms_are_found_again_by_their_paths(forms: Path) -> None:
    codes: set[str] = set()
    for path in sorted((forms / "expected").glob("*.json")):
        filing = published(forms, path.stem)
        codes |= {f.code for f in check(catalog().form(filing.form), filing) if f.place.row}
        test_a_finding_is_found_again_by_its_path(filing)
    assert len(codes) > 10


TARGET = next(f for f in FILINGS if f.year == 2021)


def test_places_that_people_write() -> None:
    form = catalog().form(TARGET.form)
    second = list(leaves(TARGET, "indicators"))[1].row
    assert place_at(form, TARGET, "indicators/2/target") == Place(second.id, "target")
    assert place_at(form, TARGET, "indicators/2") == Place(second.id)
    assert place_at(form, TARGET, "indicators/2/level2") == Place(second.parent, "level2")
    assert place_at(form, TARGET, "budget/total") == Place("budget", "total")
    for nowhere in ("indicators", "indicators/999/target", "nowhere/1", ""):
        assert place_at(form, TARGET, nowhere).row is None, nowhere
