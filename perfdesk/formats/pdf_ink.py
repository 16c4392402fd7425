"""Text on the pages of one PDF: where each line stands, in which font, by the shortest operators that say so. Numbers are written here, not
by reportlab: its way of writing them takes longer than all the rest of a page."""

from __future__ import annotations

from typing import Any

from perfdesk.document.theme import Style
from perfdesk.formats.fonts import Fonts, Typeface
from perfdesk.formats.pdf_fonts import EmbeddedFont
from perfdesk.formats.pdf_lines import Line, tabular


class Ink:
    """For one file; ``height`` of the page in pt turns the layout's coordinates (down from the top) into the PDF's."""

    def __init__(self, canvas: Any, fonts: Fonts) -> None:
        self.canvas, self.fonts = canvas, fonts
        self.height = 0.0
        self._embedded: dict[str, EmbeddedFont] = {}
        self._code: list[str] = []
        self._font = ("", 0.0)

    def line(self, line: Line, looks: Style) -> None:
        code = self._code
        code.append(f"1 0 0 1 {line.x:.2f} {self.height - line.baseline:.2f} Tm")
        if line.spread:
            code.append(f"{line.spread:.4f} Tc")
        for typeface, text in self.fonts.runs(looks.face, line.text):
            font = self._embedded.get(typeface.name) or self._embed(typeface)
            if (font.name, looks.size) != self._font:
                self._font = font.name, looks.size
                code.append(f"{font.name} {looks.size:g} Tf")
            code.append(f"<{font.encoded(text)}> Tj")
        if line.spread:
            code.append("0 Tc")

    def amount(self, line: Line, looks: Style) -> None:
        """Character by character, each digit in the middle of the room of the widest, where the face's digits differ."""
        if self.fonts.even_digits(looks.face):
            return self.line(line, looks)
        plain, even = self.fonts.measure(looks.face), tabular(self.fonts, looks.face)
        x = line.x
        for char in line.text:
            room = even(char) * looks.size
            self.line(Line(x + (room - plain(char) * looks.size) / 2, line.baseline, char), looks)
            x += room

    def dry(self) -> None:
        """What was written since the last time is on the page."""
        if self._code:
            self.canvas._code.append(f"BT {' '.join(self._code)} ET")
        self._code, self._font = [], ("", 0.0)

    def _embed(self, typeface: Typeface) -> EmbeddedFont:
        font = self._embedded[typeface.name] = EmbeddedFont(typeface, self.canvas._doc)
        return font
