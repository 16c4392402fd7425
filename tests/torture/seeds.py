"""Honest files of every kind that can be read: the sample unit's forms filled in, and every shipped form empty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from perfdesk.compose import compose
from perfdesk.document.blocks import Document
from perfdesk.filing_json import filing_json
from perfdesk.formats.write import write_bytes
from perfdesk.model.filing import Filing, empty_filing
from perfdesk.sample import sample_budgets, sample_evaluations, sample_filings
from tests.formats.xls_made import text_cell, workbook
from tests.making import catalog, counter
from tests.packages.made import package_of


@dataclass(frozen=True, slots=True)
class Seed:
    """``name``: the form it shows; ``ending`` without its dot."""

    name: str
    ending: str
    data: bytes


@cache
def seeds() -> tuple[Seed, ...]:
    package = Seed("submission", "zip", package_of(_filled()))
    return (
        package,
        package,
        package,
        *(seed for filing in (*_filled(), *_blank()) for seed in _files(filing)),
    )


def _filled() -> list[Filing]:
    makers = (sample_filings, sample_budgets, sample_evaluations)
    return [make(catalog(), counter())[-1] for make in makers]


def _blank() -> list[Filing]:
    return [empty_filing(form, 2023) for form in catalog().forms.values() if not form.report]


def _files(filing: Filing) -> Iterator[Seed]:
    form = catalog().form(filing.form)
    document = compose(form, filing).document
    for ending in ("docx", "xlsx", "pdf"):
        yield Seed(form.id, ending, write_bytes(document, ending))
    yield Seed(form.id, "txt", write_bytes(document, "text"))
    yield Seed(form.id, "csv", _commas(document).encode("gb18030", "replace"))
    yield Seed(form.id, "xls", _old_workbook(document))
    yield Seed(form.id, "json", json.dumps({"files": [{"filings": [filing_json(form, filing)]}]}).encode())


def _rows(document: Document) -> list[list[str]]:
    return [row for table in document.tables for row in table.texts()]


def _commas(document: Document) -> str:
    return "\n".join(",".join('"' + t.replace('"', '""') + '"' for t in row) for row in _rows(document))


def _old_workbook(document: Document) -> bytes:
    rows = _rows(document)
    shared = sorted({text for row in rows for text in row if text})
    numbers = {text: n for n, text in enumerate(shared)}
    cells = [text_cell(r, c, numbers[t]) for r, row in enumerate(rows) for c, t in enumerate(row) if t]
    return workbook(b"".join(cells), shared)
