"""What is written down of a cell leads back to it."""

from __future__ import annotations

from itertools import count

import pytest

from perfdesk import catalog
from perfdesk.bureau.places import place_at
from perfdesk.bureau.written import where_of
from perfdesk.catalog import Catalog
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Place
from perfdesk.sample import sample_budgets, sample_evaluations, sample_filings


@pytest.fixture(scope="module")
def known() -> Catalog:
    return catalog.load()


@pytest.fixture(scope="module")
def some(known: Catalog) -> tuple[Filing, ...]:
    numbers = count(1)

    def new_id() -> str:
        return f"r{next(numbers)}"

    return tuple(made(known, new_id)[-1] for made in (sample_filings, sample_budgets, sample_evaluations))


def test_every_cell_is_found_again_by_what_is_written_of_it(known: Catalog, some: tuple[Filing, ...]) -> None:
    for filing in some:
        form = known.form(filing.form)
        places = [
            Place(row.id, field.id)
            for row in filing.rows
            for field in form.section(row.section).fields
            if row.get(field.id)
        ]
        assert len(places) > 40
        assert [place_at(form, filing, where_of(form, filing, p)) for p in places] == places


def test_a_cell_of_a_computed_table_is_written_by_the_words_of_its_line(
    known: Catalog, some: tuple[Filing, ...]
) -> None:
    budget = next(f for f in some if known.form(f.form).budget)
    form = known.form(budget.form)
    assert form.budget is not None
    table = next(t for t in form.budget.tables if t.lines)
    place = Place(f"{table.id}!{table.lines[0].id}", "total")
    where = where_of(form, budget, place)
    assert where == f"tables/{table.id}/{table.lines[0].label}/total"
    assert place_at(form, budget, where) == place


def test_nothing_is_written_of_a_row_that_is_not_there(known: Catalog, some: tuple[Filing, ...]) -> None:
    form = known.form(some[0].form)
    assert where_of(form, some[0], Place("gone", "target")) == ""
    assert where_of(form, some[0], Place(None)) == ""
