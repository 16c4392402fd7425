"""A document as plain text: tabs part cells, a line is a row, blank lines part blocks.

Declared losses: spans (a span's text stands at its top left corner, the rest is empty), line breaks and tabs inside a cell (a
blank), fonts, widths and page breaks, the types of values. A heading begins with as many ``#`` as its level. Contents are the headings
without page numbers, for there are no pages, each line led by blanks by its level; of a chart its values stand as a table.
"""

from __future__ import annotations

from perfdesk.document.blocks import (
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Table,
)
from perfdesk.document.charts import values_table
from perfdesk.document.theme import DRAFT_MARK


def text_bytes(document: Document) -> bytes:
    """UTF-8 without a mark at the start, lines end with ``\\n``."""
    shown = [f"（{DRAFT_MARK}）"] if document.draft else []
    shown += [_block(b, document) for b in document.blocks if not isinstance(b, PageBreak)]
    return ("\n\n".join(shown) + "\n").encode("utf-8")


def _block(block: Block, document: Document) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_flat(block.text)}"
        case Paragraph():
            return block.text.replace("\t", " ")
        case Table():
            return "\n".join("\t".join(_flat(text) for text in row) for row in block.grid.texts())
        case Chart():
            return _block(values_table(block), document)
        case Contents():
            entries = (f"{'　' * (h.level - 1)}{_flat(h.text)}" for _, h in document.listed(block.levels))
            return "\n".join(filter(None, (_flat(block.title), *entries)))
        case PageBreak() | Picture():
            return ""


def _flat(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ")
