"""Which fonts a PDF embeds: the official ones where they are installed, otherwise ours, and never a broken one."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace, TTFontFile
from reportlab.pdfgen.canvas import Canvas

from perfdesk.catalog import new_filing
from perfdesk.compose import compose
from perfdesk.document.blocks import Document, Heading, Page, Paragraph
from perfdesk.document.theme import OFFICIAL, Face, style
from perfdesk.formats.fonts import Fonts, drawable, installed_faces, shipped_faces
from perfdesk.formats.write import fonts_used, missing_glyphs, pages, write_bytes
from perfdesk.units import mm_to_pt
from tests.formats.written import paper
from tests.making import catalog, counter

DOCUMENT = paper(Heading("表"), Paragraph("万元", "unit_line"), Paragraph("甲"))


def test_without_official_faces_the_shipped_ones_are_used_and_named(tmp_path: Path) -> None:
    used = fonts_used(DOCUMENT, Fonts.installed([tmp_path]))
    assert [(u.official, u.used, u.substitute) for u in used] == [
        ("方正小标宋简体", "FSP BiaoSong", True), ("宋体", "FSP Song", True), ("仿宋_GB2312", "FSP Fang", True),
    ]  # fmt: skip


def test_an_installed_official_face_comes_first(tmp_path: Path, font_files: dict[str, Path]) -> None:
    (tmp_path / "sub").mkdir()
    shutil.copy(font_files["kai"], tmp_path / "sub" / "SimFang.TTF")
    found = installed_faces([tmp_path])
    assert {face: (f.path.name, f.shipped) for face, f in found.items()} == {"fang": ("SimFang.TTF", False)}
    used = {u.face: u.substitute for u in fonts_used(DOCUMENT, Fonts.installed([tmp_path]))}
    assert used == {"biaosong": True, "song": True, "fang": False}
    assert b"FSPKai" in write_bytes(DOCUMENT, "pdf", Fonts.installed([tmp_path]))


@pytest.mark.parametrize("content", [b"", b"no font at all", b"OTTO" + bytes(200)])
def test_an_official_face_that_cannot_be_embedded_gives_way_to_ours(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "simsun.ttc").write_bytes(content)
    (tmp_path / "simfang.ttf").write_bytes(content)
    assert all(u.substitute for u in fonts_used(DOCUMENT, Fonts.installed([tmp_path])))
    assert write_bytes(DOCUMENT, "pdf", Fonts.installed([tmp_path])) == write_bytes(
        DOCUMENT, "pdf", Fonts.shipped()
    )


def test_two_files_with_one_inner_name_do_not_draw_each_others_letters(
    tmp_path: Path, font_files: dict[str, Path]
) -> None:
    """reportlab embeds the first of two fonts with one PostScript name for both, silently."""
    shutil.copy(font_files["kai"], tmp_path / "simsun.ttf")
    shutil.copy(font_files["kai"], tmp_path / "simfang.ttf")
    fonts = Fonts.installed([tmp_path])
    names = [fonts.typeface(face).postscript_name for face in ("song", "fang")]
    assert len(set(names)) == 2


def test_text_as_ink_has_only_plain_blanks_and_visible_marks() -> None:
    assert drawable("a\tb\u2003c\u200bd\u00ade\ufe0f") == "a  b cde"
    assert drawable("预算\n“绩效”") == "预算\n“绩效”"


def test_every_form_prints_as_it_is_shipped() -> None:
    """The minus of a formula, the signs of targets: nothing that a new filing holds is without a glyph."""
    for form in catalog().forms.values():
        empty = new_filing(form, 2023, "某单位", counter())
        assert missing_glyphs(compose(form, empty).document, Fonts.shipped()) == (), form.id


# --- as the file embeds them --------------------------------------------------------------------------------------------

TEXT = "履职目标ABC i:;½¼Áé"
"""The shipped 仿宋 puts some of these together of others."""


def test_an_embedded_font_draws_as_the_one_it_was_cut_from() -> None:
    fonts, document = Fonts.shipped(), Document(Page(numbered=False), (Paragraph(TEXT, "paragraph"),))
    (line,) = pages(document, fonts)[0].texts[0].lines
    out = BytesIO()
    canvas = Canvas(out, pagesize=(mm_to_pt(210), mm_to_pt(297)))
    registerFont(TTFont("whole", str(fonts.typeface("fang").file.path)))
    canvas.setFont("whole", style("paragraph").size)
    canvas.drawString(round(line.x, 2), round(mm_to_pt(297) - line.baseline, 2), line.text)
    canvas.save()
    assert style("paragraph").face == "fang"
    assert drawn(write_bytes(document, "pdf", fonts)) == drawn(out.getvalue())


def drawn(pdf: bytes) -> bytes:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().tobytes()


@pytest.mark.parametrize("face", OFFICIAL)
def test_an_embedded_font_is_a_whole_font_file(face: Face) -> None:
    typeface = Fonts.shipped().typeface(face)
    glyphs = [0, *(typeface.font.glyphs[c] for c in TEXT if typeface.covers(c))]
    cut = TTFontFile(BytesIO(typeface.subsetter.font_file(glyphs)), validate=1, charInfo=0)  # adds it all up
    assert cut.get_table("maxp")[4:6] >= len(glyphs).to_bytes(2, "big")


@pytest.mark.parametrize("face", OFFICIAL)
def test_a_font_file_says_what_another_reader_reads_in_it(face: Face) -> None:
    font, other = Fonts.shipped().typeface(face).font, TTFontFace(str(shipped_faces()[face].path))
    assert (font.name, font.family) == (other.name.decode(), other.familyName.ustr)
    told = [font.ascent, font.descent, font.cap_height, *font.box, font.stem, font.slant, font.default_width]
    assert told == pytest.approx(
        [
            other.ascent,
            other.descent,
            other.capHeight,
            *other.bbox,
            other.stemV,
            other.italicAngle,
            other.defaultWidth,
        ]
    )
    glyphs = {chr(code): glyph for code, glyph in other.charToGlyph.items() if glyph}
    assert {c: g for c, g in font.glyphs.items() if c != "\xa0"} == {
        c: g for c, g in glyphs.items() if c not in "\xa0\uffff"
    }
    assert all(font.width(glyph) == pytest.approx(other.charWidths[ord(c)]) for c, glyph in glyphs.items())


@pytest.mark.parametrize("end", [0.001, 0.02, 0.5, 0.99])
def test_half_a_font_gives_way_to_ours(tmp_path: Path, font_files: dict[str, Path], end: float) -> None:
    data = font_files["song"].read_bytes()
    (tmp_path / "simsun.ttf").write_bytes(data[: int(len(data) * end)])
    assert write_bytes(DOCUMENT, "pdf", Fonts.installed([tmp_path])) == write_bytes(
        DOCUMENT, "pdf", Fonts.shipped()
    )
