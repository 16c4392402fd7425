"""What the pictures of the manual are taken of, beside the sample: projects, a file that needs mending, blanks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk import paths
from perfdesk.catalog import Catalog, new_filing
from perfdesk.compose import compose
from perfdesk.document.blocks import Block, Document, Heading, Page, Paragraph, Table
from perfdesk.document.grid import Cell, Grid, grid
from perfdesk.filing_json import filings_from_json
from perfdesk.formats.write import write
from perfdesk.model.form import Form
from perfdesk.sample import sample_filings
from ui import messages as say
from ui.messages import pictures as words

if TYPE_CHECKING:
    from ui.app import Desk

WIDTH = 170.0
"""Of a table, in mm."""
MERGED = "<"
"""In the blank: the cell at the left goes on."""


def examples(desk: Desk) -> None:
    """Filings of kinds that the sample has none of, in its middle year."""
    space = desk.workspace
    assert space.store is not None
    data = json.loads(_sample("pictures.json").read_text(encoding="utf-8"))
    for filing in filings_from_json(data, space.catalog, space.store.new_id, "pictures.json"):
        space.store.add(filing, say.step_new(filing.title))
    space.refresh()


def repaired_source(catalog: Catalog, folder: Path) -> Path:
    """The sample's first form in Word, with the name of an indicator's parent lost."""
    numbers = iter(range(100_000))
    filing = sample_filings(catalog, lambda: f"r{next(numbers)}")[0]
    document = compose(catalog.form(filing.form), filing).document
    *above, last = (n for n, b in enumerate(document.blocks) if isinstance(b, Table))
    blocks = list(document.blocks)
    table = blocks[last]
    assert isinstance(table, Table) and above
    blocks[last] = replace(table, grid=_damaged(table.grid))
    file = folder / words.FILE
    write(replace(document, blocks=tuple(blocks)), file)
    return file


def _damaged(whole: Grid) -> Grid:
    """Without the text of its first merged cell in the first column."""
    lost = next(c for c in whole.cells if c.col == 0 and c.rowspan > 1)
    return replace(whole, cells=tuple(replace(c, value="") if c is lost else c for c in whole.cells))


def own_blank(form: Form, folder: Path) -> Path:
    """The form without anything filled in."""
    numbers = iter(range(100_000))
    filing = new_filing(form, 2022, "", lambda: f"b{next(numbers)}")
    file = folder / words.BLANK
    write(compose(form, filing).document, file)
    return file


def unknown_blank(folder: Path) -> Path:
    """A form of a kind that the program does not know."""
    title, year, line, *rows = _sample("pictures-blank.tsv").read_text(encoding="utf-8").splitlines()
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row.split("\t")):
            if text == MERGED:
                cells[-1] = replace(cells[-1], colspan=cells[-1].colspan + 1)
            else:
                cells.append(Cell(number, column, text, style="label"))
    columns = max(cell.col + cell.colspan for cell in cells)
    table = Table(grid((WIDTH / columns,) * columns, len(rows), cells, 0))
    blocks: tuple[Block, ...] = (Heading(title), Paragraph(year, "year"), Paragraph(line, "unit_line"), table)
    file = folder / words.UNKNOWN
    write(Document(Page(), blocks, title), file)
    return file


def _sample(name: str) -> Path:
    return paths.resources() / "samples" / name
