"""Contents and sections of Word files, in the raw parts and as python-docx sees them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from perfdesk.document.blocks import Block, Contents, Document, Heading, Page, PageBreak, Paragraph
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.pdf_placed import numbers_of
from perfdesk.formats.write import pages, write_bytes
from tests.formats.written import paper, table, whole_set

SHIPPED = Fonts.shipped()


def parts(document: Document) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(write_bytes(document, "docx", SHIPPED))) as file:
        return {name: file.read(name).decode("utf-8") for name in file.namelist()}


def text(xml: str) -> str:
    return re.sub("<[^>]+>", "", re.sub("<w:instrText.*?</w:instrText>", "", xml))


def entries(xml: str) -> list[tuple[str, str, str, str]]:
    """Style, text, page and bookmark of each entry."""
    found = re.findall(
        r'<w:p><w:pPr><w:pStyle w:val="(TOC\d)"/>.*?<w:hyperlink w:anchor="(\w+)"[^>]*>(.*?)</w:hyperlink>',
        xml,
    )
    split = ((style, anchor, *re.split(r"<w:tab/>", inner, maxsplit=1)) for style, anchor, inner in found)
    return [(style, text(name), text(page), anchor) for style, anchor, name, page in split]


# --- contents --------------------------------------------------------------------------------------------------------


def test_the_contents_are_a_field_whose_result_names_our_pages() -> None:
    document = whole_set(5)
    xml = parts(document)["word/document.xml"]
    assert re.findall(r"<w:instrText[^>]*> TOC ([^<]*) </w:instrText>", xml) == [r'\o "1-2" \h \z \u']
    numbers = numbers_of(pages(document, SHIPPED))
    wanted = [(f"TOC{h.level}", h.text, str(numbers[n])) for n, h in document.listed(2)]
    assert [entry[:3] for entry in entries(xml)] == wanted
    assert xml.count('fldCharType="begin"') == xml.count('fldCharType="end"') == len(wanted) + 1


def test_every_entry_leads_to_the_bookmark_of_its_heading() -> None:
    xml = parts(whole_set(5))["word/document.xml"]
    marked = dict(re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"/>(.*?)<w:bookmarkEnd', xml))
    for _, name, _, anchor in entries(xml):
        assert text(marked[anchor]) == name
        assert f" PAGEREF {anchor} \\h " in xml
    assert len(set(re.findall(r'<w:bookmarkStart w:id="(\d+)"', xml))) == len(marked) == 10


def test_word_is_not_told_to_renew_anything_and_so_asks_nothing() -> None:
    found = parts(whole_set(2))
    assert "updateFields" not in found["word/settings.xml"]
    assert "w:dirty" not in found["word/document.xml"]


def test_entries_have_the_styles_with_which_word_renews_contents() -> None:
    styles = {
        s.style_id: s for s in docx.Document(BytesIO(write_bytes(whole_set(2), "docx", SHIPPED))).styles
    }
    for level in (1, 2, 3):
        found: Any = styles[f"TOC{level}"]
        assert found.element.name_val == f"toc {level}"
        assert found.element.get(qn("w:customStyle")) is None
        (tab,) = found.element.xpath("w:pPr/w:tabs/w:tab")
        assert (tab.get(qn("w:val")), tab.get(qn("w:leader"))) == ("right", "dot")


def test_without_contents_there_are_neither_bookmarks_nor_fields() -> None:
    xml = parts(paper(Heading("一"), table(["甲"])))["word/document.xml"]
    assert "bookmark" not in xml
    assert "fldChar" not in xml


# --- sections --------------------------------------------------------------------------------------------------------


def sections(*blocks: Block, first: Page | None = None) -> list[Any]:
    document = Document(first or Page(), blocks)
    return list(docx.Document(BytesIO(write_bytes(document, "docx", SHIPPED))).sections)


@pytest.mark.parametrize("last", [Paragraph("字"), table(["字"]), Contents("")])
def test_a_break_to_another_page_ends_a_section_whatever_stands_before_it(last: Block) -> None:
    found = sections(
        Heading("一"), last, PageBreak(Page(297, 210)), Paragraph("二"), PageBreak(Page()), table(["三"])
    )
    assert [round(s.page_width.mm) for s in found] == [210, 297, 210]
    assert [s.orientation for s in found] == [0, 1, 0]
    assert [s.start_type for s in found] == [2, 2, 2]  # on a new page


def test_numbering_begins_where_the_page_says_so() -> None:
    body = Page(first_number=1)
    blocks = (Paragraph("封面"), PageBreak(body), Paragraph("一"), PageBreak(body.turned()), Paragraph("二"))
    found = sections(*blocks, first=Page(numbered=False))
    starts = [s._sectPr.xpath("w:pgNumType/@w:start") for s in found]
    assert starts == [[], ["1"], []]
    assert [bool(s._sectPr.xpath("w:footerReference")) for s in found] == [False, True, True]


def test_a_stretch_without_numbers_after_numbered_ones_has_an_empty_footer() -> None:
    document = paper(Paragraph("一"), PageBreak(Page(numbered=False)), Paragraph("二"))
    found = docx.Document(BytesIO(write_bytes(document, "docx", SHIPPED))).sections
    assert ["".join(p.text for p in s.footer.paragraphs) for s in found] == ["— 1 —", ""]
    assert not found[1].footer.is_linked_to_previous


def test_a_draft_says_so_in_every_section() -> None:
    document = Document(Page(), (Paragraph("一"), PageBreak(Page(297, 210)), Paragraph("二")), draft=True)
    found = docx.Document(BytesIO(write_bytes(document, "docx", SHIPPED))).sections
    assert [s.header.paragraphs[0].text for s in found] == ["草稿", "草稿"]


def test_a_break_to_the_same_page_needs_no_section() -> None:
    assert len(sections(Paragraph("一"), PageBreak(Page()), Paragraph("二"))) == 1
    assert len(sections(Paragraph("一"), PageBreak(Page(first_number=1)), Paragraph("二"))) == 2
