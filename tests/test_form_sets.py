"""Which set of forms is proposed for a year, and which year for a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from perfdesk import catalog
from perfdesk.form_sets import FormSet, form_sets, proposed, year_at_work

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture(scope="module")
def sets() -> Sequence[FormSet]:
    return form_sets(catalog.load())


def test_every_form_stands_in_one_set(sets: Sequence[FormSet]) -> None:
    told = sorted(form.id for one in sets for form in one.forms)
    assert told == sorted(catalog.load().forms)
    assert all(form.scheme == one.scheme for one in sets for form in one.forms)
    assert len({one.scheme for one in sets}) == len(sets)


def test_the_proposed_set_is_the_newest_that_is_meant_for_the_year() -> None:
    def made(scheme: str, first: int | None, last: int | None) -> FormSet:
        return FormSet(scheme, scheme, (), (first, last))

    newest_first = [made("c", 2023, 2030), made("b", 2021, 2024), made("a", None, 2022)]
    told = {year: proposed(newest_first, year).scheme for year in (1999, 2020, 2021, 2022, 2023, 2024, 2030)}
    assert told == {1999: "a", 2020: "a", 2021: "b", 2022: "b", 2023: "c", 2024: "c", 2030: "c"}
    assert proposed(newest_first, 2031).scheme == "c"


def test_a_set_names_its_units_of_money_once(sets: Sequence[FormSet]) -> None:
    for one in sets:
        assert set(one.amount_units) == {form.amount_unit for form in one.forms}
        assert len(set(one.amount_units)) == len(one.amount_units)


@pytest.mark.parametrize(
    ("day", "year"), [("2025-09-30", 2025), ("2025-10-01", 2026), ("2025-12-31", 2026), ("2026-01-01", 2026)]
)
def test_from_october_on_units_work_at_next_year(day: str, year: int) -> None:
    assert year_at_work(date.fromisoformat(day)) == year
