"""PDFs drawn line by line, as other programs draw them: cells with borders and lines of text where a test wants them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from perfdesk import paths

WIDTH, HEIGHT = A4
LINE = 14.0
SIZE = 10.0
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, encrypt: object = None) -> bytes:
    """One page for each."""
    if "Song" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Song", str(paths.resources() / "fonts" / "song.ttf")))
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, encrypt=encrypt)
    for page in pages:
        canvas.setFont("Song", SIZE)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text(canvas: Canvas, x: float, y: float, line: str) -> None:
    """``y`` from the top of the page to the top of the line."""
    canvas.drawString(x, HEIGHT - y - SIZE, line)


def box(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
    canvas.rect(left, HEIGHT - bottom, right - left, bottom - top, stroke=1, fill=0)


def table(
    canvas: Canvas,
    top: float,
    widths: Sequence[float],
    rows: Sequence[Sequence[str | None]],
    left: float = 60.0,
) -> float:
    """Rows of cells, lines of a text parted by ``|``; None: the cell above goes on. Returns where the table ends."""
    heights = [max(len((t or "").split("|")) for t in row) * LINE + 6 for row in rows]
    tops = [top + sum(heights[:n]) for n in range(len(rows) + 1)]
    edges = [left + sum(widths[:n]) for n in range(len(widths) + 1)]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is None and r:
                continue
            last = r + 1
            while last < len(rows) and rows[last][c] is None:
                last += 1
            box(canvas, edges[c], tops[r], edges[c + 1], tops[last])
            for n, line in enumerate((cell or "").split("|")):
                text(canvas, edges[c] + 3, tops[r] + 3 + n * LINE, line)
    return tops[-1]


def raw_pdf(content: bytes, times: int = 1, pages: int = 1) -> bytes:
    """A PDF of ``pages`` times the same page, which draws ``content`` so many times and may draw the form ``X``, which draws itself."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(content) for _ in range(times)) + packer.flush()
    kids = b" ".join([b"3 0 R"] * pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(data), data),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>"
        b"stream\n/X Do\nendstream",
    ]
    out, places = b"%PDF-1.4\n", list[int]()
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, content)
    listed = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n" % (size, listed, size)
    return out + table + b"startxref\n%d\n%%%%EOF" % len(out)
