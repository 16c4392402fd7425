"""The sample unit: a unit that does not exist, three years of its filings, a few honest mistakes in the middle one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

from perfdesk import paths
from perfdesk.catalog import Catalog, starters
from perfdesk.evaluation.begin import evaluation_of
from perfdesk.evaluation.unevaluated import editions
from perfdesk.filing_json import filings_from_json
from perfdesk.model.filing import Filing, leaves


class Shelf(Protocol):
    """Where filings are kept: the store, as far as the sample needs it."""

    def add(self, filing: Filing, label: str, unit_name: str | None = None) -> int:
        """Keep a new filing; its id."""
        ...


def sample_filings(catalog: Catalog, new_id: Callable[[], str]) -> tuple[Filing, ...]:
    """The sample's overall targets, oldest year first."""
    return tuple(f for name, one in _data("2*.json") for f in filings_from_json(one, catalog, new_id, name))


def sample_budgets(catalog: Catalog, new_id: Callable[[], str]) -> tuple[Filing, ...]:
    """The sample's department budgets, oldest year first; what they do not say of the explanation is what a new one begins with."""
    found: list[Filing] = []
    for name, one in _data("budget-2*.json"):
        for section, texts in starters(catalog.form(one["form"])).items():
            one["sections"][section] = texts | one["sections"][section]
        found += filings_from_json(one, catalog, new_id, name)
    return tuple(found)


def _data(pattern: str) -> list[tuple[str, Any]]:
    files = sorted((paths.resources() / "samples").glob(pattern))
    return [(f.name, json.loads(f.read_text(encoding="utf-8"))) for f in files]


def sample_evaluations(catalog: Catalog, new_id: Callable[[], str]) -> tuple[Filing, ...]:
    """The sample's self-evaluations, oldest year first: each made of its year's overall target, with results, facts and reasons."""
    data = {one["year"]: one for _, one in _data("evaluation-2*.json")}
    targets = [f for f in sample_filings(catalog, new_id) if f.year in data]
    return tuple(_evaluated(catalog, target, data[target.year], new_id) for target in targets)


def _evaluated(catalog: Catalog, target: Filing, data: Any, new_id: Callable[[], str]) -> Filing:
    form = editions(catalog.forms.values(), "department", target.year)[0]
    filing = evaluation_of(form, catalog.form(target.form), target, new_id)
    cells: dict[str, Mapping[str, str]] = dict(data["sections"])
    for leaf in leaves(filing, form.tree.id):
        cells[leaf.row.id] = data["results"].get(leaf.row.get("level3"), {})
    rows = (
        replace(row, cells=MappingProxyType({**row.cells, **cells.get(row.id, {})})) for row in filing.rows
    )
    return replace(filing, rows=tuple(rows))


def install(shelf: Shelf, catalog: Catalog, new_id: Callable[[], str]) -> dict[int, int]:
    """Put the sample into a store; budget year → id of the overall target."""
    made: dict[int, int] = {}
    budgets = {f.year: f for f in sample_budgets(catalog, new_id)}
    evaluations = {f.year: f for f in sample_evaluations(catalog, new_id)}
    for filing in sample_filings(catalog, new_id):
        if filing.year is not None:
            made[filing.year] = shelf.add(filing, "示例单位")
        if filing.year in budgets:
            shelf.add(budgets[filing.year], "示例单位")
        if filing.year in evaluations:
            shelf.add(evaluations[filing.year], "示例单位")
    return made
