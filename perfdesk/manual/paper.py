"""The whole manual as a document: cover, contents, parts and their pages."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk import VERSION
from perfdesk.document.blocks import (
    Block,
    Contents,
    Document,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    Picture,
    Table,
)
from perfdesk.document.grid import Cell, grid
from perfdesk.document.measure import approximate_width
from perfdesk.document.pictures import png_size
from perfdesk.manual import pages
from perfdesk.manual.markdown import Item, Rows, Shown, Text, Title, asked, parsed, plain

TITLE = "绩效填报台"
SUBTITLE = "使用手册"
WIDEST = 150.0
PER_PIXEL = 0.16
"""Of a picture, in mm: a dialogue is smaller than the window."""
LEAST_COLUMN = 8.0
"""Of a table, in characters."""


def manual() -> Document:
    """The same pages and pictures give the same document. OSError for a page or a picture that is not there."""
    bare = Page(numbered=False)
    blocks: list[Block] = [Paragraph(TITLE, "cover_title"), Paragraph(SUBTITLE, "cover_date")]
    blocks.append(Paragraph(f"版本 {VERSION}", "cover_date"))
    blocks += [PageBreak(bare), Contents(), PageBreak(Page(first_number=1))]
    for number, part in enumerate(pages.parts()):
        blocks += [PageBreak()] if number else []
        blocks.append(Heading(part.title, 1, "part"))
        for topic in part.topics:
            blocks += _blocks(pages.page(topic))
    return Document(bare, tuple(blocks), f"{TITLE}{SUBTITLE}")


def _blocks(page: str) -> Iterator[Block]:
    for part in parsed(page):
        match part:
            case Title():
                yield Heading(plain(part.text), part.level + 1, "chapter" if part.level == 1 else "section")
            case Text():
                question, answer = asked(part.text)
                yield from [Paragraph(question, "question")] if question else []
                yield Paragraph(plain(answer), "manual")
            case Item():
                mark = "•" if part.mark == "-" else part.mark
                yield Paragraph(f"{mark}　{plain(part.text)}", f"item{part.depth + 1}")
            case Rows():
                yield _table(part)
                yield Paragraph("", "after_table")
            case Shown():
                png = (pages.folder() / part.file).read_bytes()
                yield Picture(png, min(png_size(png)[0] * PER_PIXEL, WIDEST), part.caption)
                yield Paragraph(part.caption, "picture")


def _table(rows: Rows) -> Table:
    """Columns as wide as their texts want, within reason."""
    texts = [[plain(text) for text in row] for row in rows.rows]
    columns = range(max(map(len, texts)))
    wanted = [max(approximate_width(row[c]) for row in texts if c < len(row)) for c in columns]
    shares = [min(max(w, LEAST_COLUMN), 4 * LEAST_COLUMN) for w in wanted]
    widths = tuple(Page().inner_width * share / sum(shares) for share in shares)
    cells = [
        Cell(r, c, text, style="head" if r == 0 else "body")
        for r, row in enumerate(texts)
        for c, text in enumerate(row)
    ]
    return Table(grid(widths, len(texts), cells, 1))
