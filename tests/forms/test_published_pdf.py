"""The published forms as PDF: every field as a careful person reads it, or told as doubtful; the budget says what Word says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perfdesk.document.source import SourceTable
from perfdesk.filing_json import filing_json
from perfdesk.formats.read import read
from perfdesk.intake import take_in
from perfdesk.recognise import Recognised, RecognisedFiling
from tests.making import as_read, catalog, counter, expected, plain

OVERALL = ("j01", "z01", "z03", "z04", "z05", "z07", "z08")
MANY = {
    "d01-d23": tuple(f"d{n:02}" for n in range(1, 24)),
    "h01-h10": tuple(f"h{n:02}" for n in range(1, 11)),
}


def taken(path: Path) -> Recognised:
    return take_in(read(path), catalog(), counter())


def wanted(forms: Path, name: str) -> dict[str, Any]:
    data = expected(forms, name)
    sections = plain(data["sections"])
    if isinstance(goals := sections["basic"].get("goals"), list):
        sections["basic"]["goals"] = "\n".join(goals)
    heading = {
        "form": data["form"],
        "title": data["title"],
        "year": data["year"],
        "unit": data["amount_unit"],
    }
    return heading | {"unit_name": data["unit_name"], **sections}


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """Every field by its path."""
    if isinstance(value, dict):
        return {k: v for key, inner in value.items() for k, v in flat(inner, f"{path}/{key}").items()}
    if isinstance(value, list):
        return {k: v for n, inner in enumerate(value) for k, v in flat(inner, f"{path}/{n}").items()}
    return {path: value}


def differing(one: RecognisedFiling, want: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Fields of ``want`` that were read otherwise, and rows that nobody wanted."""
    got = flat(as_read(one.filing) | {"unit_name": one.filing.unit_name})
    should = flat(want)
    own = {k for k in got if k.split("/")[1] in ("tasks", "indicators")}
    return {k: (should.get(k), got.get(k)) for k in (should.keys() | own) if should.get(k) != got.get(k)}


@pytest.mark.parametrize("name", OVERALL)
def test_a_pdf_of_several_pages_gives_every_field(name: str, forms: Path) -> None:
    recognised = taken(forms / "office" / f"{name}.p.pdf")
    (one,) = recognised.filings
    assert differing(one, wanted(forms, name)) == {}
    assert (one.repairs, recognised.leftovers) == ((), ())


@pytest.mark.parametrize("file", MANY)
def test_a_pdf_of_many_projects_gives_every_field(file: str, forms: Path) -> None:
    recognised = taken(forms / "office" / f"{file}.p.pdf")
    assert len(recognised.filings) == len(MANY[file])
    wrong = {
        name: differing(one, wanted(forms, name))
        for name, one in zip(MANY[file], recognised.filings, strict=True)
    }
    assert {name: fields for name, fields in wrong.items() if fields} == {}
    assert recognised.leftovers == ()
    codes = {r.code for one in recognised.filings for r in one.repairs}
    assert codes <= {"year-taken", "cell-parted"}, "no table was cut apart, no text is doubtful"


def test_the_budget_of_a_pdf_is_that_of_the_word_file(forms: Path) -> None:
    def budget(ending: str) -> tuple[dict[str, Any], list[tuple[str, str]], tuple[str, ...]]:
        recognised = taken(forms / "office" / f"handan-2022-budget.{ending}")
        (one,) = recognised.filings
        read_off = filing_json(catalog().form(one.filing.form), one.filing)
        return read_off["sections"], [(r.code, r.where) for r in one.repairs], recognised.leftovers

    assert budget("pdf") == budget("docx")


def test_a_column_that_runs_over_the_edge_of_the_sheet_is_read(forms: Path) -> None:
    tables = [
        i for i in read(forms / "office" / "handan-2022-budget.pdf").items if isinstance(i, SourceTable)
    ]
    assert len(tables) == 9
    (cut_off,) = [c for c in tables[1].grid.cells if c.text == "上年结转"]
    assert (cut_off.col, cut_off.rowspan) == (tables[1].grid.width - 1, 2)


def test_every_cell_of_a_pdf_has_its_place_on_a_page(forms: Path) -> None:
    (table,) = [i for i in read(forms / "office" / "z01.p.pdf").items if isinstance(i, SourceTable)]
    boxes = {(b.row, b.col): b for b in table.boxes}
    assert {(c.row, c.col) for c in table.grid.cells if c.text} <= boxes.keys()
    label = next(c for c in table.grid.cells if c.text == "投入管理指标")
    parts = [b for b in table.boxes if (b.row, b.col) == (label.row, label.col)]
    assert [b.page for b in parts] == [0, 1], "a merged cell that the page cut stands on both"
    assert all(0 <= b.left < b.right <= 600 and 0 <= b.top < b.bottom <= 842 for b in parts)
