"""Charts in a Word document: pictures of the very drawing that the pdf has, sharp enough for print."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import pack

from perfdesk.document.blocks import Chart, Page
from perfdesk.document.charts import drawings, values_table
from perfdesk.document.theme import style
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.pdf_picture import Picture, picture
from perfdesk.formats.xml_text import attribute
from perfdesk.units import POINTS_PER_INCH, mm_to_pt

DOTS_PER_INCH = 220
EMU_PER_POINT = 12_700
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


class Pictures:
    """The pictures of one document in their order; the relation of number n is ``rId{100 + n}``."""

    def __init__(self, fonts: Fonts | None) -> None:
        self._fonts = fonts
        self.files: list[bytes] = []

    def paragraphs(self, chart: Chart, page: Page, break_before: bool) -> Iterator[str]:
        """One for each part of the chart. What a picture shows stands in its description, too, for readers who cannot see it."""
        from perfdesk.formats.pdf_write import drawing_bytes

        fonts = self._fonts = self._fonts or Fonts.installed()
        measure = fonts.measure(style("chart").face)
        rows = ("，".join(filter(None, row)) for row in values_table(chart).grid.texts())
        shown = attribute("；".join((chart.name, *rows)))
        for drawing in drawings(chart, mm_to_pt(page.inner_width), mm_to_pt(page.inner_height), measure):
            width = round(drawing.width / POINTS_PER_INCH * DOTS_PER_INCH)
            self.files.append(png(picture(drawing_bytes(drawing, fonts), 0, width)))
            yield _paragraph(len(self.files), drawing.width, drawing.height, shown, break_before)
            break_before = False


def relation(number: int) -> str:
    """Of picture ``number`` (from 1)."""
    return f"rId{100 + number}"


def _paragraph(number: int, width: float, height: float, shown: str, break_before: bool) -> str:
    broken = "<w:pageBreakBefore/>" if break_before else ""
    size = f'cx="{round(width * EMU_PER_POINT)}" cy="{round(height * EMU_PER_POINT)}"'
    return (
        f'<w:p><w:pPr>{broken}<w:snapToGrid w:val="0"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" '
        f'distR="0"><wp:extent {size}/><wp:docPr id="{number}" name="chart{number}" descr="{shown}"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="chart{number}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation(number)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def png(shown: Picture) -> bytes:
    """The picture as a file: red, green, blue, eight bits each."""
    colours = bytearray(shown.width * shown.height * 3)
    for to, of in enumerate((2, 1, 0)):
        colours[to::3] = shown.pixels[of::4]
    row = shown.width * 3
    lines = b"".join(b"\0" + colours[at : at + row] for at in range(0, len(colours), row))
    head = pack(">IIBBBBB", shown.width, shown.height, 8, 2, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
