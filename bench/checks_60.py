"""Checking a unit's whole year of 60 forms from scratch, and again after an edit: ``python -m bench.checks_60 [ROUNDS]``.

The forms are the sample's declaration and self-evaluation and projects made from them by a counter; nothing outside the repository.
"""

from __future__ import annotations

import itertools
import statistics
import sys
from dataclasses import replace
from time import perf_counter

from perfdesk.across import across
from perfdesk.catalog import Catalog, load, new_filing
from perfdesk.check import check, checked
from perfdesk.derive import derive, rederive
from perfdesk.model.change import Change, InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row
from perfdesk.model.form import Form
from perfdesk.sample import sample_filings

FORMS = 60


def project(form: Form, number: int) -> Filing:
    """A project with nine indicators, filled in."""
    ids = (f"p{number}-{n}" for n in itertools.count())
    filing = new_filing(form, 2022, "示例市住房保障中心", lambda: next(ids))
    changes: list[Change] = [
        SetCell("basic", "name", f"第{number}片区道路照明改造"),
        SetCell("basic", "goals", f"更换第{number}片区的路灯，夜间照明达标。"),
        SetCell("budget", "total", str(number * 10)),
        SetCell("budget", "fiscal", str(number * 10)),
    ]
    for row in filing.section(form.tree.id):
        if "level2" in row.cells:
            cells = {
                "level3": f"第{number}片区{row.get('level2')}",
                "target": "≥90%",
                "description": "路灯改造",
                "basis": "年度计划",
            }
            changes.append(InsertRow(Row(next(ids), form.tree.id, cells, row.id), None))
    return apply(filing, changes)[0]


def year(catalog: Catalog) -> list[tuple[Form, Filing]]:
    """One declaration and 59 projects."""
    ids = (f"s{n}" for n in itertools.count())
    first = next(f for f in sample_filings(catalog, lambda: next(ids)) if f.year == 2022)
    form = catalog.form("hebei-2022/project-target")
    return [(catalog.form(first.form), first), *((form, project(form, n)) for n in range(1, FORMS))]


def measured(rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each check of the whole year, and of each check after an edit."""
    forms = year(load())
    whole, edits = [], []
    for _ in range(rounds):
        start = perf_counter()
        for form, filing in forms:
            check(form, filing)
        across(forms, [(f, replace(x, year=2021)) for f, x in forms])
        whole.append((perf_counter() - start) * 1000)
    form, filing = forms[0]
    values = derive(form, filing)
    before = checked(form, filing, values)
    leaf = next(r for r in filing.rows if r.get("level3"))
    for n in range(rounds * 10):
        change = SetCell(leaf.id, "target", f"≥{n}%")
        start = perf_counter()
        filing = apply(filing, (change,))[0]
        values = rederive(values, form, filing, (change,))
        before = checked(form, filing, values, before)
        edits.append((perf_counter() - start) * 1000)
    return whole, edits


def main(rounds: int) -> None:
    whole, edits = measured(rounds)
    print(
        f"{FORMS} forms from scratch, beside each other and last year: median {statistics.median(whole):.0f} ms (bar 1000)"
    )
    print(f"after an edit: median {statistics.median(edits):.2f} ms, slowest {max(edits):.2f} ms (bar 20)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
