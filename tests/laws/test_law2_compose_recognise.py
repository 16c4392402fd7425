"""Law 2: recognise(tables(compose(filing))) == filing, for every form and any entries.

Losses: what a form's paper has no place for (``Paper.unprinted``, a year without a line of its own) and, of a name that stands only in
the title, its line ends and a leading number. Filings are drawn without these (``strategies.on_paper``).
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings

from perfdesk.catalog import label_key
from perfdesk.compose import compose
from perfdesk.evaluation.evaluated import settled, shown
from perfdesk.filing_json import filing_json, filings_from_json
from perfdesk.formats.child import read_file
from perfdesk.formats.write import write_bytes
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.model.form import LEVELS
from perfdesk.recognise import recognise
from perfdesk.recognise.labels import words_of
from perfdesk.sample import sample_filings
from perfdesk.targets.numbering import read_number
from tests.laws.strategies import filings
from tests.making import as_read, as_source, catalog, counter, published

WORDS = words_of(catalog().forms.values())


def speaks_of_itself(filing: Filing) -> bool:
    """Entries that are the form's own words in the place of others: a level-1 cell that names a level 2, a row that repeats the
    header. Reading takes these for the page's damage; a person would too."""
    for leaf in leaves(filing, "indicators"):
        one, two, three = (label_key(t) for t in leaf.path)
        if one.removesuffix("指标") in WORDS.groups or two.removesuffix("指标") in WORDS.level1:
            return True
        if {one, two, three} & (WORDS.columns.keys() | WORDS.amounts.keys() | WORDS.fields.keys()):
            return True
    return False


def is_marked_like_its_paper(filing: Filing) -> bool:
    """Running text has nothing but its marks to tell its parts by: a line of an entry that begins with a number or a label is one of them,
    and a pair of dollar signs around a stroke is what scanners make of signs."""
    lines = [line for row in filing.rows for text in row.cells.values() for line in text.split("\n")]
    return bool(catalog().form(filing.form).paper.running) and any(
        read_number(line) or line.startswith(("绩效目标", "绩效指标")) or "$" in line for line in lines
    )


def on_paper(filing: Filing) -> Filing:
    """As paper shows it: what is computed stands in its cells, and comes back as computed."""
    form = catalog().form(filing.form)
    return settled(form, shown(form, filing))


def assert_same(filing: Filing, draft: bool = False) -> None:
    document = compose(catalog().form(filing.form), filing, draft).document
    found = recognise(as_source(document), catalog(), counter())
    assert [as_read(r.filing) for r in found.filings] == [as_read(on_paper(filing))]
    assert found.filings[0].repairs == ()
    assert found.leftovers == ()


@given(filings())
@settings(max_examples=300)
def test_any_filing_comes_back_from_its_own_tables(filing: Filing) -> None:
    assume(not speaks_of_itself(filing) and not is_marked_like_its_paper(filing))
    assert_same(filing)


@pytest.mark.parametrize("name", ["j01", "z01", "z03", "z04", "z05", "z07", "z08"])
def test_the_published_forms_come_back_from_our_tables(name: str, forms: Path) -> None:
    assert_same(published(forms, name))


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_the_sample_comes_back_from_its_own_tables(year: int) -> None:
    assert_same(next(f for f in sample_filings(catalog(), counter()) if f.year == year), draft=year == 2022)


@given(filings())
@settings(max_examples=60)
def test_any_filing_comes_back_from_word_and_excel(filing: Filing) -> None:
    assume(not speaks_of_itself(filing) and not is_marked_like_its_paper(filing))
    document = compose(catalog().form(filing.form), filing).document
    with TemporaryDirectory() as folder:
        for ending in ("docx", "xlsx"):
            path = Path(folder) / f"x.{ending}"
            path.write_bytes(write_bytes(document, ending))
            found = recognise(read_file(path), catalog(), counter()).filings
            assert [as_read(r.filing) for r in found] == [as_read(on_paper(filing))]


@given(filings())
@settings(max_examples=60)
def test_any_filing_comes_back_from_json(filing: Filing) -> None:
    form = catalog().form(filing.form)
    (back,) = filings_from_json(json.loads(json.dumps(filing_json(form, filing))), catalog(), counter(), "x")
    whole = on_paper(filing)
    assert filing_json(form, back) == filing_json(form, whole)
    assert [_cells(r) for r in back.rows] == [_cells(r) for r in whole.rows]


def _cells(row: Row) -> dict[str, str]:
    return {k: v for k, v in row.cells.items() if v or k in LEVELS}
