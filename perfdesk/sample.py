"""The sample unit: a unit that does not exist, three years of its filings, a few honest mistakes in the middle one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from perfdesk import paths
from perfdesk.catalog import Catalog
from perfdesk.filing_json import filings_from_json
from perfdesk.model.filing import Filing


class Shelf(Protocol):
    """Where filings are kept: the store, as far as the sample needs it."""

    def add(self, filing: Filing, label: str, unit_name: str | None = None) -> int:
        """Keep a new filing; its id."""
        ...


def sample_filings(catalog: Catalog, new_id: Callable[[], str]) -> tuple[Filing, ...]:
    """The sample filings, oldest year first."""
    files = sorted((paths.resources() / "samples").glob("2*.json"))
    data = [(f.name, json.loads(f.read_text(encoding="utf-8"))) for f in files]
    return tuple(filing for name, one in data for filing in filings_from_json(one, catalog, new_id, name))


@dataclass(frozen=True, slots=True)
class Results:
    """Made-up results of a year for scoring. ``actuals``: level-3 name → result as written; ``facts``: amounts in the form's unit."""

    actuals: Mapping[str, str]
    facts: Mapping[str, Decimal]


def sample_results(year: int) -> Results:
    """The results of a sample year; FileNotFoundError for a year without."""
    file = paths.resources() / "samples" / f"actuals-{year}.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    return Results(data["actuals"], {name: Decimal(amount) for name, amount in data["facts"].items()})


def install(shelf: Shelf, catalog: Catalog, new_id: Callable[[], str]) -> dict[int, int]:
    """Put the sample into a store; budget year → id of the filing."""
    made: dict[int, int] = {}
    for filing in sample_filings(catalog, new_id):
        if filing.year is not None:
            made[filing.year] = shelf.add(filing, "示例单位")
    return made
