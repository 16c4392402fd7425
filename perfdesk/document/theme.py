"""Style name → how it looks on paper. The only place that knows fonts and sizes; formats ask here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Face = Literal["biaosong", "song", "fang", "kai", "hei"]
Align = Literal["left", "center", "right"]

OFFICIAL: dict[Face, str] = {
    "biaosong": "方正小标宋简体",
    "song": "宋体",
    "fang": "仿宋_GB2312",
    "kai": "楷体_GB2312",
    "hei": "黑体",
}
"""The faces that Word and Excel files name."""

SHIPPED: dict[Face, str] = {f: f"{f}.ttf" for f in OFFICIAL}
"""The free look-alikes in ``resources/fonts``; ``hei`` also stands in for characters that the others lack."""

ROW_HEIGHT = 7.0
"""The least height of a table's row in mm: forms are filled in and stamped, rows of one line need air."""

SMALL_ROW_HEIGHT = 5.6
"""The same where all letters of a table are small: wide tables of many rows are looked through, not written in."""
SMALL = 9.0
"""Size in pt."""

RULE = 0.5
"""Width of a table's rules in pt."""

MARK_COLOUR = "C8372D"
"""The draft mark."""

CHART_COLOURS = ("1C5BB8", "A9C1E8", "C9CDD4")
"""Of the series of a chart, the last one first; they differ in print without colours, too."""
HEAT = ("", "EAF1FB", "CFDFF4", "AFC9EC", "8AB0E2", "6494D6")
"""From none to the darkest shade of a table of heat; black text can be read on each."""
CHART_AXIS = "8A9099"

LINK_COLOUR = "1C5BB8"
"""Links in the contents of a workbook."""

DRAFT_MARK = "草稿"


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in pt, ``leading`` = distance of lines as a multiple of the size, ``before``/``after`` space around a paragraph in pt,
    ``pad`` distance of text from a cell's border in mm, ``indent`` of the first line and ``inset`` of all lines in characters,
    ``ground`` a colour as RRGGBB.

    ``hang``: a mark at a line's end may stand beyond the edge. ``keep``: a paragraph that stays on the page of the block below it.
    ``long``: the alignment of a cell's text of more than two lines, where it differs. ``far``: what stands behind a paragraph's tab stands
    at the right edge.
    """

    face: Face = "fang"
    size: float = 10.5
    align: Align = "left"
    bold: bool = False
    leading: float = 1.25
    before: float = 0.0
    after: float = 0.0
    pad: float = 1.2
    indent: int = 0
    inset: int = 0
    ground: str = ""
    hang: bool = False
    keep: bool = False
    long: Align | None = None
    far: bool = False

    def alignment(self, lines: int) -> Align:
        return self.long if self.long and lines > 2 else self.align


STYLES: dict[str, Style] = {
    "annex": Style("hei", 16, keep=True),
    "title": Style("biaosong", 22, "center", before=6, after=4, keep=True),
    "year": Style("kai", 14, "center", after=6, keep=True),
    "unit_line": Style("song", 10.5, "right", after=3, keep=True),
    "paragraph": Style("fang", 16, leading=1.75, indent=2, hang=True),
    "note": Style("song", 9, before=3),
    "small": Style("song", 9),
    "footer": Style("song", 14, "center"),
    "draft": Style("hei", 10.5, "right"),
    # the cover
    "cover_title": Style("biaosong", 32, "center", leading=1.5, before=190, after=60),
    "cover_unit": Style("kai", 20, "center", leading=1.5, before=220),
    "cover_date": Style("kai", 18, "center", leading=1.5, before=12),
    # the contents
    "contents_title": Style("biaosong", 22, "center", before=6, after=14, keep=True),
    "contents1": Style("hei", 14, leading=1.6),
    "contents2": Style("song", 14, leading=1.6, inset=1),
    "contents3": Style("song", 12, leading=1.6, inset=3),
    # running text after GB/T 9704: 三号, 28 pt from line to line
    "part": Style("biaosong", 22, "center", before=8, after=14, keep=True),
    "heading1": Style("hei", 16, leading=1.75, before=4, indent=2, hang=True, keep=True),
    "heading2": Style("kai", 16, leading=1.75, before=4, indent=2, hang=True, keep=True),
    "heading3": Style("fang", 16, leading=1.75, before=4, indent=2, hang=True, keep=True),
    "caption": Style("biaosong", 18, "center", before=6, after=4, keep=True),
    "table_title": Style("hei", 14, "center", before=8, after=5, keep=True),
    "table_line": Style("song", 10.5, after=3, keep=True, far=True),
    "chart": Style("song", 10.5),
    # the manual
    "chapter": Style("hei", 16, before=14, after=6, keep=True),
    "section": Style("hei", 12, before=8, after=3, keep=True),
    "manual": Style("song", 11, leading=1.6, after=3),
    "question": Style("hei", 11, leading=1.6, before=4, keep=True),
    "item1": Style("song", 11, leading=1.6, after=2, inset=2, indent=-2),
    "item2": Style("song", 11, leading=1.6, after=2, inset=4, indent=-2),
    "picture": Style("kai", 10.5, "center", before=1, after=8),
    "after_table": Style("song", 6),
    # cells
    "body": Style("song", 10.5),
    "label": Style("song", 10.5, "center"),
    "label_left": Style("song", 10.5),
    "head": Style("hei", 10.5, "center"),
    "level": Style("song", 10.5, "center"),
    "value": Style("song", 10.5, "center", long="left"),
    "amount": Style("song", 10.5, "right"),
    "code": Style("song", 10.5),
    "name1": Style("song", 10.5),
    "name2": Style("song", 10.5, inset=1),
    "name3": Style("song", 10.5, inset=2),
}
HEAT_STYLES = tuple(f"heat{n}" for n in range(len(HEAT)))
CELL_STYLES = (
    "body", "label", "label_left", "head", "level", "value", "amount", "code", "name1", "name2", "name3", *HEAT_STYLES,
)  # fmt: skip
STYLES.update(
    {name: replace(STYLES["amount"], ground=ground) for name, ground in zip(HEAT_STYLES, HEAT, strict=True)}
)
STYLES.update({f"{name}_small": replace(STYLES[name], size=SMALL, pad=0.8) for name in CELL_STYLES})
"""Every style of a cell has a smaller one for wide tables: ``amount_small``."""


def style(name: str) -> Style:
    """KeyError for a name the theme does not know: a mistake in the program, found by tests."""
    return STYLES[name]


def chart_colour(series: int, number: int) -> str:
    """Of series ``number`` of so many: the last one is the one that counts and has the strongest colour."""
    return CHART_COLOURS[min(series - 1 - number, len(CHART_COLOURS) - 1)]


def contents_style(level: int) -> Style:
    """Of an entry of the contents."""
    return STYLES[contents_style_name(level)]


def contents_style_name(level: int) -> str:
    return f"contents{min(level, 3)}"
