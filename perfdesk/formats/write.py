"""A document into a file: the public way out of every format."""

from __future__ import annotations

import gc
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from perfdesk.document.blocks import Chart, Contents, Document, PageBreak, Paragraph, Picture, Table
from perfdesk.document.charts import values_table
from perfdesk.document.grid import Cell
from perfdesk.document.theme import Face, contents_style, style
from perfdesk.errors import ExportRefused
from perfdesk.formats.atomic import write_atomically
from perfdesk.formats.fonts import Fonts, FontUse, describe, drawable

if TYPE_CHECKING:
    from perfdesk.formats.pdf_placed import LaidPage

FileFormat = Literal["docx", "xlsx", "pdf", "text"]
FORMATS: dict[FileFormat, str] = {"docx": ".docx", "xlsx": ".xlsx", "pdf": ".pdf", "text": ".txt"}
"""Every format that can be written and the ending of its files' names."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def format_of(path: Path) -> FileFormat:
    """By the name's ending; ExportRefused for one that no writer has."""
    for name, suffix in FORMATS.items():
        if path.suffix.lower() == suffix:
            return name
    endings = "、".join(FORMATS.values())
    raise ExportRefused("unknown-format", f"“{path.name}”的扩展名不是可以写出的格式。请用 {endings} 之一。")


def write(
    document: Document, path: Path, format: FileFormat | None = None, fonts: Fonts | None = None
) -> None:
    """The document at ``path``, whole or not at all; ``format`` None: by the name's ending. ExportRefused says why not."""
    write_atomically(path, write_bytes(document, format or format_of(path), fonts))


def write_bytes(document: Document, format: FileFormat, fonts: Fonts | None = None) -> bytes:
    """The same document gives the same bytes. ``fonts`` of the pdf, and of the pages that the contents of a Word file name (None: the
    official faces where installed, else the shipped ones).

    ExportRefused: a character that has no glyph (pdf) or that no file can hold, a text too long for a cell (xlsx).
    """
    assert format in get_args(FileFormat)
    if format != "pdf":
        document = _with_pictures_named(document)
    _refuse_unwritable(document)
    with _collector_away():
        return _bytes(document, format, fonts)


@contextmanager
def _collector_away() -> Generator[None]:
    """Python looks for garbage by going through all that is there, the oftener the more is made; here much is made and nothing of it is
    garbage before the end. (A table of twice as many rows took 2.25 times as long.)"""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _bytes(document: Document, format: FileFormat, fonts: Fonts | None) -> bytes:
    match format:
        case "docx":
            from perfdesk.formats.docx_write import docx_bytes

            return docx_bytes(document, fonts)
        case "xlsx":
            from perfdesk.formats.xlsx_write import xlsx_bytes

            return xlsx_bytes(document)
        case "text":
            from perfdesk.formats.text_write import text_bytes

            return text_bytes(document)
        case "pdf":
            return _pdf(document, fonts or Fonts.installed())


def _with_pictures_named(document: Document) -> Document:
    """Only a PDF shows pictures; elsewhere their names stand in their place."""
    blocks = (
        Paragraph(f"（图：{b.name}）", "note") if isinstance(b, Picture) else b for b in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def _pdf(document: Document, fonts: Fonts) -> bytes:
    from perfdesk.formats.pdf_write import pdf_bytes

    missing = missing_glyphs(document, fonts)
    if missing:
        shown = "；".join(f"{describe(char)}在{where}" for char, where in missing[:5])
        more = f"等 {len(missing)} 个字符" if len(missing) > 5 else ""
        message = f"PDF 没有写成：字体中没有 {shown}{more}。请改用其他字，或导出为 Word、Excel。"
        raise ExportRefused("missing-glyph", message, "\n".join(f"{describe(c)} {w}" for c, w in missing))
    return pdf_bytes(document, fonts)


def pages(document: Document, fonts: Fonts | None = None) -> tuple[LaidPage, ...]:
    """The pages of the pdf and where every cell and line lies on them, for the preview."""
    from perfdesk.formats.pdf_pages import pages as lay_out

    return lay_out(document, fonts or Fonts.installed())


def fonts_used(document: Document, fonts: Fonts | None = None) -> tuple[FontUse, ...]:
    """The document's faces in the order of their first use. Word and Excel files name the official ones, a PDF embeds ``used``."""
    chosen = fonts or Fonts.installed()
    faces: dict[Face, None] = dict.fromkeys(face for face, _, _ in _texts(document))
    return tuple(chosen.use(face) for face in faces)


def missing_glyphs(document: Document, fonts: Fonts | None = None) -> tuple[tuple[str, str], ...]:
    """Characters that a PDF could only show as a box, each once with where it first stands (for people)."""
    chosen = fonts or Fonts.installed()
    texts: dict[Face, list[str]] = {}
    for face, text, _ in _texts(document):
        texts.setdefault(face, []).append(text)
    missing = {face: chosen.missing(face, "".join(some)) for face, some in texts.items()}
    if not any(missing.values()):
        return ()
    found: dict[str, str] = {}
    for face, text, where in _texts(document):
        shown = drawable(text)
        for char in missing[face]:
            if char not in found and char in shown:
                found[char] = _context(_said(where), shown, char)
    return tuple(found.items())


def _refuse_unwritable(document: Document) -> None:
    # All at once first: nearly every document is clean, and most of its texts are cells.
    cells = [c.value for table in document.tables for c in table.cells if isinstance(c.value, str)]
    others = tuple(block for block in document.blocks if not isinstance(block, Table))
    found = [text for _, text, _ in _texts(replace(document, blocks=others))]
    if not _UNWRITABLE.search("\n".join([*cells, *found])):
        return
    for _, text, where in _texts(document):
        if match := _UNWRITABLE.search(text):
            message = f"文件没有写成：{_said(where)}有一个不可见的控制字符（U+{ord(match[0]):04X}）。请删去该字符后再导出。"
            raise ExportRefused("control-character", message)


_Where = tuple[str, Cell | None]
"""The block, and of a table the cell; in words only where somebody is told."""


def _said(where: _Where) -> str:
    block, cell = where
    return block if cell is None else f"{block}第 {cell.row + 1} 行第 {cell.col + 1} 列"


def _texts(document: Document) -> Iterator[tuple[Face, str, _Where]]:
    """Every text with its face and where it stands."""
    tables = 0
    for number, block in enumerate(document.blocks, 1):
        match block:
            case Table():
                tables += 1
                yield from _table_texts(block, f"第 {tables} 个表格")
            case Chart():
                yield from _table_texts(values_table(block), f"图“{block.name}”")
            case Contents():
                yield style("contents_title").face, block.title, (f"第 {number} 段", None)
                for _, heading in document.listed(block.levels):
                    yield contents_style(heading.level).face, heading.text, ("目录", None)
            case PageBreak() | Picture():
                pass
            case _:
                yield style(block.style).face, block.text, (f"第 {number} 段", None)


def _table_texts(table: Table, name: str) -> Iterator[tuple[Face, str, _Where]]:
    for cell in table.grid.cells:
        yield style(cell.style).face, cell.text, (name, cell)


def _context(where: str, text: str, char: str) -> str:
    at = text.index(char)
    before, after = text[max(0, at - 8) : at], text[at + 1 : at + 9]
    return f"{where}“{'…' if at > 8 else ''}{before}{char}{after}{'…' if at + 9 < len(text) else ''}”"
