"""A font as a PDF holds it: one font a face, its characters numbered in the order in which the file uses them. Made here and not by
reportlab, which reads whole fonts, splits a face into fonts of 256 characters, puts all of ASCII into each and adds up every glyph anew."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Any

from reportlab.pdfbase import pdfdoc

from perfdesk.formats.fonts import Typeface

_LEVEL = 1
"""Of zlib: outlines hardly get smaller (by a twentieth) with any other, and take half as long again."""
_MOST = 100
"""Lines between ``beginbfchar`` and ``endbfchar``, by the format."""
_FIXED, _SYMBOLIC, _ITALIC, _HEAVY = 1, 4, 64, 1 << 18


class EmbeddedFont:
    """``typeface`` in the file of reportlab's ``document``. ``name``: by which the pages call it."""

    def __init__(self, typeface: Typeface, document: Any) -> None:
        self.codes = _Codes()
        self._typeface = typeface
        self.name = f"/F{len(document.fontMapping) + 1}"
        document.fontMapping[typeface.name] = self.name
        document.delayedFonts.append(self)

    def encoded(self, text: str) -> str:
        """As it stands between ``<`` and ``>``."""
        codes = self.codes
        return "".join([codes[char] for char in text])

    def addObjects(self, document: Any) -> None:
        """reportlab calls this when all pages are drawn."""
        font, chars = self._typeface.font, [*self.codes]
        base = f"{_tag(chars)}+{font.name}"
        glyphs = [0, *(font.glyphs.get(char, 0) for char in chars)]
        widths = " ".join([_number(font.width(glyph)) for glyph in glyphs[1:]])
        outlines = self._typeface.subsetter.font_file(glyphs)
        file = _ref(document, _stream(outlines, f"/Length1 {len(outlines)} "))
        box = " ".join(map(_number, font.box))
        flags = _SYMBOLIC | _FIXED * bool(font.fixed) | _ITALIC * bool(font.slant) | _HEAVY * font.heavy
        descriptor = _ref(
            document,
            f"<< /Type /FontDescriptor /FontName /{base} /Flags {flags} /FontBBox [ {box} ]"
            f" /ItalicAngle {_number(font.slant)} /Ascent {_number(font.ascent)}"
            f" /Descent {_number(font.descent)} /CapHeight {_number(font.cap_height)}"
            f" /StemV {font.stem} /FontFile2 {file} >>",
        )
        below = _ref(
            document,
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{base} /CIDToGIDMap /Identity"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            f" /FontDescriptor {descriptor} /DW {_number(font.default_width)} /W [ 1 [ {widths} ] ] >>",
        )
        meaning = _ref(document, _stream(_meanings(chars)))
        document.idToObject["BasicFonts"].dict[self.name[1:]] = _Written(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H"
            f" /DescendantFonts [ {below} ] /ToUnicode {meaning} >>"
        )


class _Codes(dict[str, str]):
    """Character → its number in the font, from 1 on, in hexadecimal."""

    def __missing__(self, char: str) -> str:
        self[char] = code = f"{len(self) + 1:04X}"
        return code


class _Written(pdfdoc.PDFObject):
    """An object that is in writing already. ``__RefOnly__``: reportlab puts it into the file by itself and refers to it."""

    __RefOnly__ = 1

    def __init__(self, text: str | bytes) -> None:
        self._text = text if isinstance(text, bytes) else text.encode("ascii")

    def format(self, document: Any) -> bytes:
        return self._text


def _ref(document: Any, text: str | bytes) -> str:
    return document.Reference(_Written(text)).format(document).decode("ascii")


def _stream(data: bytes, further: str = "") -> bytes:
    packed = zlib.compress(data, _LEVEL)
    head = f"<< {further}/Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    return head.encode("ascii") + packed + b"\nendstream"


def _tag(chars: Sequence[str]) -> str:
    """Six letters: files with other characters of a face have another font."""
    number = zlib.crc32("".join(chars).encode("utf-8", "surrogatepass"))
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


@cache
def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _meanings(chars: Sequence[str]) -> bytes:
    """The ToUnicode map: what a reader copies and searches."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    numbered = enumerate(chars, 1)
    while some := list(islice(numbered, _MOST)):
        lines.append(f"{len(some)} beginbfchar")
        lines += [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in some]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
