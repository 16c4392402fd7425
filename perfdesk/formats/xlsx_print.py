"""How a worksheet prints: paper, margins, one page wide, header rows on every page, page numbers."""

from __future__ import annotations

from typing import Any

from perfdesk.document.blocks import Page
from perfdesk.document.theme import DRAFT_MARK, MARK_COLOUR, OFFICIAL, style
from perfdesk.units import mm_to_inches

A4 = 9


def set_page(sheet: Any, page: Page, repeated: tuple[int, int] | None, draft: bool) -> None:
    """``repeated``: the first and last row that every printed page begins with."""
    sheet.set_paper(A4)
    if page.width > page.height:
        sheet.set_landscape()
    sheet.set_margins(*(mm_to_inches(mm) for mm in (page.left, page.right, page.top, page.bottom)))
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    if repeated:
        sheet.repeat_rows(*repeated)
    if page.first_number is not None:
        sheet.set_start_page(page.first_number)
    if page.numbered:
        looks = style("footer")
        text = f'&C&"{OFFICIAL[looks.face]},常规"&{looks.size:.0f}— &P —'
        sheet.set_footer(text, {"margin": mm_to_inches(page.bottom * 0.4)})
    if draft:
        face = OFFICIAL[style("draft").face]
        sheet.set_header(
            f'&R&"{face},常规"&K{MARK_COLOUR}{DRAFT_MARK}', {"margin": mm_to_inches(page.top / 2)}
        )
