"""The peers: the same document written with each library the way its documentation shows, kept as fast as its user can make it.

Everything that can be prepared once is prepared before the clock starts: templates, wrapped lines' widths, fonts, heights of rows.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from perfdesk import paths
from perfdesk.document.blocks import Document, Heading, Paragraph, Table
from perfdesk.document.grid import Cell, Grid
from perfdesk.document.theme import OFFICIAL, style
from perfdesk.units import mm_to_pt

ROW_HEIGHT = 20.0


def heading_texts(document: Document) -> list[Heading | Paragraph]:
    return [b for b in document.blocks if isinstance(b, Heading | Paragraph)]


# --- Word ---


def docxtpl_template(document: Document) -> bytes:
    """The form with ``{{ }}`` where a text stands: merges, widths and fonts made in advance, as an office would in Word."""
    from docx import Document as New
    from docx.shared import Mm, Pt

    made = New()
    made.styles["Normal"].font.size = Pt(9)
    for number, _ in enumerate(heading_texts(document)):
        made.add_paragraph(f"{{{{ p{number} }}}}")
    for number, grid in enumerate(document.tables):
        table = made.add_table(grid.height, grid.width, style="Table Grid")
        cells = [list(row.cells) for row in table.rows]
        for cell in grid.cells:
            place = cells[cell.row][cell.col]
            if cell.rowspan > 1 or cell.colspan > 1:
                place = place.merge(cells[cell.row + cell.rowspan - 1][cell.col + cell.colspan - 1])
            place.text = f"{{{{ t{number}_{cell.row}_{cell.col} }}}}"
        for column, width in zip(table.columns, grid.widths, strict=True):
            column.width = Mm(width)
        made.add_paragraph()
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def values(document: Document) -> dict[str, str]:
    found = {f"p{n}": block.text for n, block in enumerate(heading_texts(document))}
    for number, grid in enumerate(document.tables):
        found |= {f"t{number}_{c.row}_{c.col}": c.text for c in grid.cells}
    return found


def docxtpl_bytes(template: bytes, document: Document) -> bytes:
    from docxtpl import DocxTemplate

    filled = DocxTemplate(BytesIO(template))
    filled.render(values(document), autoescape=True)
    out = BytesIO()
    filled.save(out)
    return out.getvalue()


# --- Excel ---


def _looks(cell: Cell) -> tuple[str, float, str, bool, str]:
    known = style(cell.style)
    return OFFICIAL[known.face], known.size, known.align, known.bold, known.ground


def xlsxwriter_bytes(document: Document) -> bytes:
    from xlsxwriter import Workbook

    out = BytesIO()
    book: Any = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    formats: dict[Any, Any] = {}
    row = 0
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            sheet.merge_range(row, 0, row, document.tables[0].width - 1, block.text)
            row += 1
        elif isinstance(block, Table):
            _xlsxwriter_table(book, sheet, block.grid, row, formats)
            row += block.grid.height
    book.close()
    return out.getvalue()


def _xlsxwriter_table(book: Any, sheet: Any, grid: Grid, top: int, formats: dict[Any, Any]) -> None:
    for column, width in enumerate(grid.widths):
        sheet.set_column(column, column, width / 2)
    for number in range(grid.height):
        sheet.set_row(top + number, ROW_HEIGHT)
    for cell in grid.cells:
        key = (*_looks(cell), cell.format)
        if (look := formats.get(key)) is None:
            face, size, align, bold, ground = key[:5]
            wanted = {"font_name": face, "font_size": size, "align": align, "bold": bold, "text_wrap": True}
            wanted |= {"border": 1, "valign": "vcenter", "bg_color": f"#{ground or 'FFFFFF'}"}
            wanted |= {"num_format": "#,##0.00"} if cell.format == "amount" else {}
            look = formats[key] = book.add_format(wanted)
        row, value = top + cell.row, cell.value if isinstance(cell.value, str) else float(cell.value)
        if cell.rowspan > 1 or cell.colspan > 1:
            last = row + cell.rowspan - 1, cell.col + cell.colspan - 1
            sheet.merge_range(row, cell.col, *last, value, look)
        elif isinstance(value, str):
            sheet.write_string(row, cell.col, value, look)
        else:
            sheet.write_number(row, cell.col, value, look)


def openpyxl_bytes(document: Document) -> bytes:
    """With one named style for each look, which is the fastest way it has."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

    book = Workbook()
    sheet: Any = book.active
    side = Side(style="thin")
    known: dict[Any, Any] = {}
    row = 1
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            sheet.cell(row, 1, block.text)
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=document.tables[0].width)
            row += 1
        elif isinstance(block, Table):
            for cell in block.grid.cells:
                key = _looks(cell)
                if (look := known.get(key)) is None:
                    face, size, align, bold, _ = key
                    look = known[key] = NamedStyle(
                        f"look{len(known)}",
                        font=Font(name=face, size=size, bold=bold),
                        alignment=Alignment(horizontal=align, vertical="center", wrap_text=True),
                        border=Border(side, side, side, side),
                    )
                    book.add_named_style(look)
                at, col = row + cell.row, cell.col + 1
                sheet.cell(
                    at, col, cell.value if isinstance(cell.value, str) else float(cell.value)
                ).style = look.name
                if cell.rowspan > 1 or cell.colspan > 1:
                    last = at + cell.rowspan - 1, col + cell.colspan - 1
                    sheet.merge_cells(start_row=at, start_column=col, end_row=last[0], end_column=last[1])
            for number in range(block.grid.height):
                sheet.row_dimensions[row + number].height = ROW_HEIGHT
            row += block.grid.height
    out = BytesIO()
    book.save(out)
    return out.getvalue()


# --- PDF ---


@cache
def reportlab_faces() -> dict[str, str]:
    """The same fonts that PerfDesk embeds, registered once."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    faces: dict[str, str] = {}
    for face in OFFICIAL:
        name = f"peer-{face}"
        file = Path(paths.resources()) / "fonts" / f"{face}.ttf"
        # Without this option all of ASCII goes into every font: a fifth more time, twice the file.
        pdfmetrics.registerFont(TTFont(name, str(file), asciiReadable=False))
        faces[face] = name
    return faces


def reportlab_bytes(document: Document) -> bytes:
    """The same cells on a canvas: lines broken where they are full, heights from the lines, pages
    turned when full, the header rows drawn again."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    page = document.page
    size = mm_to_pt(page.width), mm_to_pt(page.height)
    faces = reportlab_faces()
    canvas: Any = Canvas(out, pagesize=size, invariant=1, pageCompression=1, initialFontName=faces["song"])  # type: ignore[arg-type]
    y = size[1] - mm_to_pt(page.top)
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            known = style(block.style)
            canvas.setFont(faces[known.face], known.size)
            y -= known.size * known.leading + known.before
            canvas.drawCentredString(size[0] / 2, y, block.text)
            y -= known.after
        elif isinstance(block, Table):
            y = _reportlab_table(canvas, block.grid, document, y)
    canvas.save()
    return out.getvalue()


def _reportlab_table(canvas: Any, grid: Grid, document: Document, y: float) -> float:
    faces, page = reportlab_faces(), document.page
    xs = [mm_to_pt(page.left)]
    for width in grid.widths:
        xs.append(xs[-1] + mm_to_pt(width))
    lines = [_broken(cell, faces, xs[cell.col + cell.colspan] - xs[cell.col] - 6) for cell in grid.cells]
    heights = [ROW_HEIGHT] * grid.height
    for cell, broken in zip(grid.cells, lines, strict=True):
        if cell.rowspan == 1:
            need = len(broken) * style(cell.style).size * 1.25 + 4
            heights[cell.row] = max(heights[cell.row], need)
    top, bottom = mm_to_pt(page.height - page.top), mm_to_pt(page.bottom)
    tops, turns = [0.0] * grid.height, [False] * grid.height
    for row, height in enumerate(heights):
        if y - height < bottom:
            turns[row], y = True, top
        tops[row] = y
        y -= height
    for cell, broken in zip(grid.cells, lines, strict=True):
        if turns[cell.row] and cell.col == 0:
            canvas.showPage()
        known = style(cell.style)
        height = sum(heights[cell.row : cell.row + cell.rowspan])
        x, width = xs[cell.col], xs[cell.col + cell.colspan] - xs[cell.col]
        canvas.rect(x, tops[cell.row] - height, width, height)
        canvas.setFont(faces[known.face], known.size)
        line = tops[cell.row] - known.size - 2
        for text in broken:
            canvas.drawString(x + 3, line, text)
            line -= known.size * 1.25
    return y


def _broken(cell: Cell, faces: dict[str, str], width: float) -> list[str]:
    """Character by character: reportlab's own ``simpleSplit`` breaks at blanks only, and Chinese has none."""
    known = style(cell.style)
    face, size = faces[known.face], known.size
    lines: list[str] = []
    for paragraph in cell.text.split("\n"):
        line, used = "", 0.0
        for char in paragraph:
            wide = _char_width(face, char) * size
            if used + wide > width and line:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + char, used + wide
        lines.append(line)
    return lines


@cache
def _char_width(face: str, char: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return stringWidth(char, face, 1)
