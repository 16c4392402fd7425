"""Sections of a Word document: a stretch of pages of one size, with its margins, its numbering, its header and footer."""

from __future__ import annotations

from collections.abc import Sequence

from perfdesk.document.blocks import Page, Stretch
from perfdesk.units import mm_to_twips

FOOTER, HEADER, NO_FOOTER = "rId4", "rId5", "rId6"
"""The relations of the page number, the draft mark and of a footer without a number."""


def wants_no_footer(stretches: Sequence[Stretch]) -> bool:
    """Whether a later section has to say that it has no page numbers: one that says nothing has those of the section before."""
    return any(s.page.numbered for s in stretches) and any(not s.page.numbered for s in stretches[1:])


def section(page: Page, draft: bool, first: bool) -> str:
    """``first``: of the document's first stretch."""
    header = f'<w:headerReference w:type="default" r:id="{HEADER}"/>' if draft else ""
    footer = FOOTER if page.numbered else "" if first else NO_FOOTER
    footer = footer and f'<w:footerReference w:type="default" r:id="{footer}"/>'
    landscape = ' w:orient="landscape"' if page.width > page.height else ""
    start = "" if page.first_number is None else f'<w:pgNumType w:start="{page.first_number}"/>'
    return (
        f'<w:sectPr>{header}{footer}<w:pgSz w:w="{mm_to_twips(page.width)}" w:h="{mm_to_twips(page.height)}"{landscape}/>'
        f'<w:pgMar w:top="{mm_to_twips(page.top)}" w:right="{mm_to_twips(page.right)}" w:bottom="{mm_to_twips(page.bottom)}" '
        f'w:left="{mm_to_twips(page.left)}" w:header="{mm_to_twips(page.top / 2)}" w:footer="{mm_to_twips(page.bottom * 0.4)}" '
        f'w:gutter="0"/>{start}</w:sectPr>'
    )
