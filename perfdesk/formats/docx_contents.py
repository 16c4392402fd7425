"""Contents of a Word document: a field that Word can renew, its result already there with the pages of our own pagination.

Nothing is marked as out of date, for then Word would ask a question when it opens the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfdesk.document.blocks import Contents, Document, Heading, Page
from perfdesk.document.theme import contents_style_name
from perfdesk.formats.docx_write_parts import style_id
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.xml_text import text as escaped
from perfdesk.units import mm_to_twips

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def bookmark(block: int) -> str:
    """The name of the bookmark of heading ``block``; Word hides names of this kind from the list of bookmarks."""
    return f"_Toc{block:09d}"


def bookmarked(block: int, runs: str) -> str:
    return (
        f'<w:bookmarkStart w:id="{block}" w:name="{bookmark(block)}"/>{runs}<w:bookmarkEnd w:id="{block}"/>'
    )


def marked_headings(document: Document) -> frozenset[int]:
    """The headings that contents lead to, by their numbers in the document."""
    levels = max((b.levels for b in document.blocks if isinstance(b, Contents)), default=0)
    return frozenset(number for number, _ in document.listed(levels))


def page_numbers(document: Document, fonts: Fonts | None) -> Mapping[int, int]:
    """For each heading the number of its page in our own pagination (None: with the installed fonts); nothing where nobody asks."""
    if not any(isinstance(block, Contents) for block in document.blocks):
        return {}
    from perfdesk.formats.pdf_pages import pages
    from perfdesk.formats.pdf_placed import numbers_of

    return numbers_of(pages(document, fonts or Fonts.installed()))


def entries(
    contents: Contents, document: Document, page: Page, numbers: Mapping[int, int], break_before: bool
) -> Iterator[str]:
    """A paragraph for each entry and a low one that ends the field."""
    code = f' TOC \\o "1-{contents.levels}" \\h \\z \\u '
    start = BEGIN + _code(code) + SEPARATE
    for block, heading in document.listed(contents.levels):
        yield _entry(block, heading, numbers[block], page, start, break_before)
        start, break_before = "", False
    yield (
        '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
        f"{start}{END}</w:p>"
    )


def _entry(block: int, heading: Heading, number: int, page: Page, start: str, break_before: bool) -> str:
    text = escaped(" ".join(heading.text.split()))
    broken = "<w:pageBreakBefore/>" if break_before else ""
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{mm_to_twips(page.inner_width)}"/></w:tabs>'
    reference = _code(f" PAGEREF {bookmark(block)} \\h ")
    link = (
        f'<w:hyperlink w:anchor="{bookmark(block)}" w:history="1"><w:r><w:t xml:space="preserve">{text}</w:t></w:r><w:r><w:tab/></w:r>'
        f"{BEGIN}{reference}{SEPARATE}<w:r><w:t>{number}</w:t></w:r>{END}</w:hyperlink>"
    )
    style = f'<w:pStyle w:val="{style_id(contents_style_name(heading.level))}"/>'
    return f"<w:p><w:pPr>{style}{broken}{tabs}</w:pPr>{start}{link}</w:p>"


def _code(code: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
