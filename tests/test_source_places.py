"""Where the cells of a recognised filing stand in their file, and what a person should look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.document.source import Source, SourceTable
from perfdesk.formats.read import read
from perfdesk.import_notes import mended, notes
from perfdesk.intake import read_as, take_in
from perfdesk.model.filing import leaves
from perfdesk.model.finding import Place
from perfdesk.recognise import Recognised
from perfdesk.source_places import SourcePlaces
from perfdesk.values import one_line
from tests.making import catalog, counter

FILES = ("office/z01.p.pdf", "office/z04.d.xlsx", "office/j01.c.docx")


def taken(forms: Path, file: str) -> tuple[Source, Recognised]:
    source = read(forms / file)
    return source, take_in(source, catalog(), counter())


@pytest.mark.parametrize("file", FILES)
def test_every_cell_is_found_where_its_text_stands(file: str, forms: Path) -> None:
    source, recognised = taken(forms, file)
    filing = recognised.filings[0].filing
    places = SourcePlaces(source, filing)
    cells = {Place(r.id, c): text for r in filing.rows for c, text in r.cells.items() if text}
    assert cells.keys() == places.known.keys()
    for place, spot in places.known.items():
        item = source.items[spot.item]
        there = item.grid.at()[spot.row, spot.col].text if isinstance(item, SourceTable) else item.text
        assert one_line(cells[place]) == one_line(there)


@pytest.mark.parametrize("file", FILES)
def test_cells_of_one_row_stand_in_one_row_though_others_say_the_same(file: str, forms: Path) -> None:
    source, recognised = taken(forms, file)
    filing = recognised.filings[0].filing
    places = SourcePlaces(source, filing)
    for leaf in leaves(filing, "indicators"):
        found = {places.known[Place(leaf.row.id, c)].row for c, t in leaf.row.cells.items() if t}
        assert len(found) == 1, leaf.row.get("level3")


def test_notes_name_the_cell_of_the_filing_and_of_the_file(forms: Path) -> None:
    source, recognised = taken(forms, "text/jiulong-2023-overall-target.txt")
    (one,) = recognised.filings
    form = catalog().form(one.filing.form)
    found = notes(form, one.filing, one.repairs, ("第一页",), SourcePlaces(source, one.filing))
    assert [n.kind for n in found] == ["repair"] * len(one.repairs) + ["leftover"]
    leaf_ids = {leaf.row.id for leaf in leaves(one.filing, "indicators")}
    of_indicators = [n for n, r in zip(found, one.repairs, strict=False) if r.where.startswith("indicators/")]
    assert of_indicators and all(n.place and n.place.row in leaf_ids and n.spot for n in of_indicators)


def test_what_is_typed_over_goes_to_its_cell_alone(forms: Path) -> None:
    _, recognised = taken(forms, "office/z04.d.xlsx")
    filing = recognised.filings[0].filing
    after = mended(filing, {Place("budget", "total"): "1", Place("nowhere", "total"): "2"})
    assert after.cell("budget/total") == "1"
    assert [r for r in after.rows if r.id != "budget"] == [r for r in filing.rows if r.id != "budget"]


def test_a_file_can_be_read_as_another_edition(forms: Path) -> None:
    source, recognised = taken(forms, "office/z04.d.xlsx")
    where = recognised.filings[0].where
    other = read_as(source, catalog(), "zhengzhou-2023/overall-target", where, counter())
    assert other is not None and other.filing.form == "zhengzhou-2023/overall-target"
    assert other.filing.unit_name == recognised.filings[0].filing.unit_name
