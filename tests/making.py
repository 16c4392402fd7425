"""What several tests need: the catalog, ids, the published forms as filings, and filings compared as people compare them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from perfdesk.catalog import Catalog, load
from perfdesk.document.blocks import Document, Heading, Paragraph, Table
from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.filing_json import filing_json, filings_from_json
from perfdesk.model.filing import Filing
from perfdesk.values import parse_amount


@cache
def catalog() -> Catalog:
    return load()


def counter(prefix: str = "r") -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"


def expected(forms: Path, name: str) -> dict[str, Any]:
    """What a careful person reads off the published form."""
    return json.loads((forms / "expected" / f"{name}.json").read_text(encoding="utf-8"))


def published(forms: Path, name: str) -> Filing:
    return filings_from_json(expected(forms, name), catalog(), counter(), name)[0]


def as_read(filing: Filing) -> dict[str, Any]:
    """The filing's sections; targets as written, amounts by value (``100`` is ``100.00``), words in their place as words."""
    form = catalog().form(filing.form)
    data = filing_json(form, filing)
    return {
        "form": data["form"],
        "title": data["title"],
        "year": data["year"],
        "unit": data["amount_unit"],
        **plain(data["sections"]),
    }


def plain(sections: dict[str, Any]) -> dict[str, Any]:
    """Sections as they compare: see ``as_read``. Empty cells of an indicator's last columns count as not there."""
    return {name: _plain(name, content) for name, content in sections.items()}


def _plain(name: str, content: Any) -> Any:
    if name in ("budget", "money"):
        return {k: (a.value if (a := parse_amount(v)).value is not None else v) for k, v in content.items()}
    if isinstance(content, dict):
        return dict(content)
    rows = [{k: v["text"] if isinstance(v, dict) else v for k, v in row.items()} for row in content]
    return [{k: v for k, v in row.items() if v} for row in rows]


def as_source(document: Document, format: str = "docx") -> Source:
    """The document as a reader would hand it over: texts only."""
    items: list[SourceText | SourceTable] = []
    for number, block in enumerate(document.blocks, 1):
        if isinstance(block, Heading | Paragraph):
            items.append(SourceText(block.text, f"第 {number} 段"))
        elif isinstance(block, Table):
            items.append(SourceTable(texts_only(block.grid), f"表 {number}"))
    return Source("made", format, tuple(items))


def texts_only(made: Any) -> Any:
    """The grid with every value as its text, without styles."""
    from dataclasses import replace

    from perfdesk.document.grid import Cell, grid

    cells = [Cell(c.row, c.col, c.text, c.rowspan, c.colspan) for c in made.cells]
    return replace(grid([0.0] * made.width, made.height, cells), header_rows=made.header_rows)
