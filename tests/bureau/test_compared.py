"""Two handings of a unit side by side: only what differs is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from perfdesk import catalog
from perfdesk.bureau.compared import paper_changes
from perfdesk.sample import sample_budgets, sample_filings

NUMBERS = count(1)


def new_id() -> str:
    return f"r{next(NUMBERS)}"


KNOWN = catalog.load()
TARGET, BUDGET = sample_filings(KNOWN, new_id)[-1], sample_budgets(KNOWN, new_id)[-1]
SIDES = ("第 1 次", "第 2 次")


def test_a_paper_with_another_number_is_told_with_both_and_the_same_one_is_not() -> None:
    row = next(r for r in TARGET.rows if r.section == "budget")
    column = next(c for c, text in row.cells.items() if text)
    rows = tuple(r.with_cell(column, "123456.78") if r is row else r for r in TARGET.rows)
    (change,) = paper_changes((TARGET, BUDGET), (replace(TARGET, rows=rows), BUDGET), SIDES, KNOWN, new_id)
    assert change.found is not None
    (line,) = [one for one in change.found.differences if "123456.78" in one.right.replace(",", "")]
    assert line.left and line.left != line.right


def test_a_paper_that_only_one_side_has_is_told() -> None:
    came, went = (
        paper_changes((TARGET,), (TARGET, BUDGET), SIDES, KNOWN, new_id),
        paper_changes((TARGET, BUDGET), (TARGET,), SIDES, KNOWN, new_id),
    )
    assert [(c.found, c.gone) for c in came] == [(None, False)]
    assert [(c.found, c.gone) for c in went] == [(None, True)]


def test_two_papers_of_one_name_are_compared_each_with_its_own() -> None:
    assert paper_changes((TARGET, TARGET), (TARGET, TARGET), SIDES, KNOWN, new_id) == ()
    assert len(paper_changes((TARGET,), (TARGET, TARGET), SIDES, KNOWN, new_id)) == 1
