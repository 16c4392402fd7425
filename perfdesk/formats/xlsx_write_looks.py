"""The theme as Excel's cell formats, each made once per workbook, and which numbers Excel can hold exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from perfdesk.document.grid import Cell
from perfdesk.document.theme import LINK_COLOUR, OFFICIAL, Style, style

FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
EXACT_DIGITS = 15
"""Excel keeps binary floats: more significant digits than these would come back as other ones."""


def exact(value: Decimal) -> bool:
    """Whether Excel keeps the number to its last digit; where it does not, it goes in as text."""
    if not value.is_finite() or len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
        return False
    return Decimal(repr(float(value))) == value


def number_format(cell: Cell, value: Decimal) -> str:
    """Shows what paper shows: thousands separators and two decimals for amounts, more only where the value has more."""
    exponent = value.as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    if cell.format == "amount":
        return "#,##0." + "0" * max(2, digits)
    return "0." + "0" * digits if digits else "0"


Kind = Literal["cell", "text", "link"]


class Looks:
    """Cell formats of one workbook by what they say: Excel stores every format once, however many cells use it."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Any] = {}
        self._of_cells: dict[tuple[object, ...], Any] = {}

    def cell(self, cell: Cell, size: float, lines: int, at_top: bool) -> Any:
        """``size`` of the letters in pt, ``lines`` that the text takes; ``at_top``: not in the middle of a tall span."""
        value = cell.value
        if isinstance(value, str) and value:  # nearly all
            number, quoted = _text_format(value), value[0] in FORMULA_SIGNS
        else:
            number, quoted = _cell_format(cell), False
        key = cell.style, size, lines, at_top, number, quoted
        found = self._of_cells.get(key)
        if found is None:
            looks = style(cell.style)
            align = looks.alignment(lines), "top" if at_top else "vcenter"
            found = self._of_cells[key] = self._format(looks, size, align, number, quoted, "cell")
        return found

    def paragraph(self, looks: Style, text: str, link: bool = False) -> Any:
        return self._format(
            looks,
            looks.size,
            (looks.align, "vcenter"),
            _text_format(text),
            _looks_like_formula(text),
            "link" if link else "text",
        )

    def _format(
        self, looks: Style, size: float, align: tuple[str, str], number: str, quoted: bool, kind: Kind
    ) -> Any:
        key = (looks.face, looks.bold, looks.ground, looks.inset, size, align, number, quoted, kind)
        if key not in self._made:
            self._made[key] = self._book.add_format(
                self._properties(looks, size, align, number, quoted, kind)
            )
        return self._made[key]

    def _properties(
        self, looks: Style, size: float, align: tuple[str, str], number: str, quoted: bool, kind: Kind
    ) -> dict[str, object]:
        properties: dict[str, object] = {
            "font_name": OFFICIAL[looks.face], "font_family": 0, "font_charset": 134, "font_size": size, "bold": looks.bold,
            "align": align[0], "valign": align[1], "text_wrap": True, "num_format": number,
        }  # fmt: skip
        if looks.inset:
            properties["indent"] = looks.inset
        if kind == "cell":
            properties["border"] = 1
        if kind == "link":
            properties["font_color"] = f"#{LINK_COLOUR}"
        if quoted:
            properties["quote_prefix"] = True
        if looks.ground:
            properties |= {"bg_color": f"#{looks.ground}", "pattern": 1}
        return properties


def _cell_format(cell: Cell) -> str:
    if isinstance(cell.value, Decimal):
        return number_format(cell, cell.value) if exact(cell.value) else "@"
    if cell.value == "" and cell.format != "text":
        return number_format(cell, Decimal(0))
    return _text_format(cell.value)


def _text_format(text: str) -> str:
    """Text format keeps ``001`` and ``100%`` as typed when the user edits them; some programs show longer texts in it as ``####``."""
    return "@" if len(text) <= 255 else "General"


def _looks_like_formula(value: object) -> bool:
    return isinstance(value, str) and value.startswith(FORMULA_SIGNS)
