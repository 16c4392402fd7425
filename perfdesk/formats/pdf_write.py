"""Pages as a PDF: reportlab's canvas draws what ``pdf_pages`` has laid out, with the fonts it used embedded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from perfdesk.document.blocks import Contents, Document, Page
from perfdesk.document.drawing import Drawing, Stroke
from perfdesk.document.theme import DRAFT_MARK, MARK_COLOUR, RULE, Style, style
from perfdesk.formats.fonts import Fonts, drawable
from perfdesk.formats.pdf_cells import PlacedCell
from perfdesk.formats.pdf_ink import Ink
from perfdesk.formats.pdf_lines import Line, aligned, baseline
from perfdesk.formats.pdf_pages import pages
from perfdesk.formats.pdf_placed import LaidPage, PlacedChart, PlacedText
from perfdesk.units import mm_to_pt, pt_to_mm

WATERMARK_SIZE = 150.0
WATERMARK_SHADE = 0.07
"""How much of the mark's colour shows: figures under it stay easy to read."""


def pdf_bytes(document: Document, fonts: Fonts) -> bytes:
    """The same document and fonts give the same bytes. Every character must have a glyph: see ``write.missing_glyphs``."""
    return _drawn(document, fonts, pages(document, fonts))


def drawing_bytes(drawing: Drawing, fonts: Fonts) -> bytes:
    """One page that is as large as the drawing and shows nothing else."""
    page = Page(pt_to_mm(drawing.width), pt_to_mm(drawing.height), numbered=False)
    laid = LaidPage(1, (), (), page, (PlacedChart(0.0, 0.0, drawing),))
    return _drawn(Document(page, ()), fonts, (laid,))


def _drawn(document: Document, fonts: Fonts, laid: tuple[LaidPage, ...]) -> bytes:
    rl_config.useA85 = (
        0  # streams as they are: a fifth smaller, and nothing has needed seven bits for thirty years
    )

    out = BytesIO()
    size = mm_to_pt(document.page.width), mm_to_pt(document.page.height)
    canvas: Any = _Canvas(out, pagesize=size, invariant=1, pageCompression=1, lang="zh-CN")
    _describe(canvas, document)
    if any(isinstance(block, Contents) for block in document.blocks):
        canvas.showOutline()
    _Pen(canvas, document, fonts).draw(laid)
    canvas.save()
    return out.getvalue()


class _Canvas(Canvas):
    """Begins a page with nothing; reportlab would name a font that is not embedded."""

    def _make_preamble(self) -> None:
        self._preamble = ""


def _describe(canvas: Any, document: Document) -> None:
    properties = dict(document.properties)
    canvas.setTitle(document.title)
    canvas.setAuthor(properties.get("creator", ""))
    canvas.setSubject(properties.get("subject", ""))
    canvas.setKeywords(properties.get("keywords", ""))
    canvas.setCreator("PerfDesk")


class _Pen:
    """Turns the layout's coordinates (down from the top) into the PDF's (up from the bottom)."""

    def __init__(self, canvas: Any, document: Document, fonts: Fonts) -> None:
        self.canvas, self.draft, self.fonts = canvas, document.draft, fonts
        self.page, self.height = document.page, mm_to_pt(document.page.height)
        self.ink = Ink(canvas, fonts)
        self._above: list[int] = []

    def draw(self, laid: Iterable[LaidPage]) -> None:
        for page in laid:
            self._lay_sheet(page.page)
            if self.draft:
                self._draft_mark()
            self._grounds(page)
            self._rules(page.cells)
            for chart in page.charts:
                self._chart(chart)
            self._texts(page)
            if page.page.numbered:
                self._number(page.number)
            self.canvas.showPage()

    def _lay_sheet(self, page: Page) -> None:
        if (page.width, page.height) != (self.page.width, self.page.height):
            self.canvas.setPageSize((mm_to_pt(page.width), mm_to_pt(page.height)))
        self.page, self.height = page, mm_to_pt(page.height)
        self.ink.height = self.height

    def _grounds(self, page: LaidPage) -> None:
        for cell in page.cells:
            if ground := style(cell.cell.style).ground:
                self.canvas.setFillColor(_colour(ground))
                self.canvas.rect(
                    cell.x, self.height - cell.y - cell.height, cell.width, cell.height, stroke=0, fill=1
                )
        self.canvas.setFillGray(0)

    def _rules(self, cells: tuple[PlacedCell, ...]) -> None:
        if not cells:
            return
        self.canvas.setLineWidth(RULE)
        self.canvas.setLineCap(2)  # square: corners are closed
        path: list[str] = []
        height = self.height
        for x0, y0, x1, y1 in rules(cells):
            path.append(f"{x0:.2f} {height - y0:.2f} m {x1:.2f} {height - y1:.2f} l")
        # As ``canvas.lines`` does it; see ``pdf_ink``.
        self.canvas._code.append(f"n {' '.join(path)} S")

    def _texts(self, page: LaidPage) -> None:
        for text in page.texts:
            if text.level:
                self._mark(text)
            if text.target is not None:
                self._link(text, text.target)
            for line in text.lines:
                self.ink.line(line, style(text.style))
        for cell in page.cells:
            draw = self.ink.amount if cell.cell.format == "amount" else self.ink.line
            for line in cell.lines:
                draw(line, style(cell.cell.style))
        self.ink.dry()

    def _chart(self, chart: PlacedChart) -> None:
        from reportlab.lib.utils import ImageReader

        looks = style("chart")
        for image in chart.drawing.images:
            bottom = self.height - chart.y - image.y - image.height
            self.canvas.drawImage(
                ImageReader(BytesIO(image.png)), chart.x + image.x, bottom, image.width, image.height
            )
        for box in chart.drawing.boxes:
            self.canvas.setFillColor(_colour(box.colour))
            bottom = self.height - chart.y - box.y - box.height
            self.canvas.rect(chart.x + box.x, bottom, box.width, box.height, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        for stroke in chart.drawing.strokes:
            self._stroke(chart, stroke)
        for label in chart.drawing.labels:
            line = baseline(self.fonts, looks, chart.y + label.y)
            self.ink.line(Line(chart.x + label.x, line, drawable(label.text)), looks)
        self.ink.dry()

    def _stroke(self, chart: PlacedChart, stroke: Stroke) -> None:
        self.canvas.saveState()
        self.canvas.setStrokeColor(_colour(stroke.colour))
        self.canvas.setLineWidth(stroke.width)
        self.canvas.setLineJoin(1)
        path = self.canvas.beginPath()
        for number, (x, y) in enumerate(stroke.points):
            (path.lineTo if number else path.moveTo)(chart.x + x, self.height - chart.y - y)
        self.canvas.drawPath(path)
        self.canvas.restoreState()

    def _mark(self, text: PlacedText) -> None:
        """An entry of the outline, under the nearest heading before it that has a higher rank."""
        while self._above and self._above[-1] >= text.level:
            self._above.pop()
        key = f"h{text.block}"
        self.canvas.bookmarkHorizontal(key, 0, self.height - text.y)
        self.canvas.addOutlineEntry(text.title, key, len(self._above))
        self._above.append(text.level)

    def _link(self, text: PlacedText, target: int) -> None:
        bottom = self.height - text.y - text.height
        sides = mm_to_pt(self.page.left), mm_to_pt(self.page.width - self.page.right)
        self.canvas.linkRect(
            "", f"h{target}", (sides[0], bottom, sides[1], bottom + text.height), relative=0, thickness=0
        )

    def _single(self, text: str, looks: Style, top: float) -> None:
        page, measure = self.page, self.fonts.measure(looks.face)
        between = mm_to_pt(page.left), mm_to_pt(page.width - page.right)
        line = aligned(text, False, looks, measure, between, baseline(self.fonts, looks, top))
        self.ink.line(line, looks)
        self.ink.dry()

    def _number(self, number: int) -> None:
        looks = style("footer")
        middle = mm_to_pt(self.page.bottom) / 2
        self._single(f"— {number} —", looks, self.height - middle - looks.size * looks.leading / 2)

    def _draft_mark(self) -> None:
        self.canvas.saveState()
        self.canvas.setFillColor(_colour(MARK_COLOUR))
        self._single(DRAFT_MARK, style("draft"), mm_to_pt(self.page.top) / 2)
        self._watermark()
        self.canvas.restoreState()

    def _watermark(self) -> None:
        self.canvas.setFillColor(_colour(MARK_COLOUR, WATERMARK_SHADE))
        self.canvas.translate(mm_to_pt(self.page.width) / 2, self.height / 2)
        self.canvas.rotate(45)
        looks = replace(style("draft"), face="hei", size=WATERMARK_SIZE)
        width = self.fonts.measure("hei")(DRAFT_MARK) * WATERMARK_SIZE
        self.ink.height = 0.0
        self.ink.line(Line(-width / 2, WATERMARK_SIZE / 3, DRAFT_MARK), looks)
        self.ink.dry()
        self.ink.height = self.height


def rules(cells: Iterable[PlacedCell]) -> list[tuple[float, float, float, float]]:
    """The borders of the cells as (x, y, x, y), each stretch once: a rule drawn twice looks thicker on screens."""
    across: dict[float, list[tuple[float, float]]] = {}
    down: dict[float, list[tuple[float, float]]] = {}
    for cell in cells:
        left, right = round(cell.x, 2), round(cell.x + cell.width, 2)
        top, bottom = round(cell.y, 2), round(cell.y + cell.height, 2)
        for y in (top, bottom):
            across.setdefault(y, []).append((left, right))
        for x in (left, right):
            down.setdefault(x, []).append((top, bottom))
    found = [(x0, y, x1, y) for y, parts in sorted(across.items()) for x0, x1 in _joined(parts)]
    return found + [(x, y0, x, y1) for x, parts in sorted(down.items()) for y0, y1 in _joined(parts)]


def _joined(parts: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of one line that touch or overlap as one."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(parts):
        if joined and start <= joined[-1][1] + 0.02:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _colour(rgb: str, shade: float = 1.0) -> Any:
    """``shade`` below 1 mixes the colour with white (no transparency, which old printers' software handles badly)."""
    from reportlab.lib.colors import Color

    parts = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return Color(*(1 - shade * (1 - part) for part in parts))
