"""A PDF with text → its paragraphs and ruled tables in the order of the pages, a table that runs over pages as one.

Read with the engine that draws our pages: a form of four pages takes 0.03 s, where pdfplumber takes 0.7 s and brings four more
libraries. What pages repeat (titles, heads of columns, page numbers) is read once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from perfdesk.document.source import Box, Source, SourceTable, SourceText
from perfdesk.errors import InputRefused
from perfdesk.formats.budget import Budget
from perfdesk.formats.pdf_cuts import Piece, goes_on, stacked
from perfdesk.formats.pdf_marks import Glyph, Marks, marks_of
from perfdesk.formats.pdf_paragraphs import Paragraph, paragraphs
from perfdesk.formats.pdf_ruled import Place, Ruled, ruled_tables
from perfdesk.formats.pdf_words import Written, written_lines

_PAGE_NUMBER = re.compile(r"[\s\d第共页Page/of.\-—–－·~]*|[ivxIVX]+")
_MARGIN = 0.1
"""Part of a page's height at its top and at its end where running heads and feet stand."""


def read_pdf(path: str, name: str, data: bytes, budget: Budget) -> Source:
    """``where`` counts pages, and paragraphs and tables from 1. InputRefused where there is no text to be had, or a password."""
    file = _opened(name, data)
    try:
        budget.pages(len(file))
        pages = [_page(file, number, budget) for number in range(len(file))]
    finally:
        file.close()
    _refuse_unreadable(name, pages)
    reading = _Reading(_running(pages))
    for page in pages:
        reading.take(page)
    return Source(path, "pdf", tuple(reading.items()), tuple(dict.fromkeys(reading.leftovers)))


@dataclass(frozen=True, slots=True)
class _Page:
    """``lines`` are those outside of tables."""

    number: int
    marks: Marks
    tables: tuple[Piece, ...]
    lines: tuple[Written, ...]


def _opened(name: str, data: bytes) -> Any:
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            told = InputRefused(
                "encrypted", f"PDF“{name}”有打开密码。请用阅读器打开它，取消密码并另存后再导入。"
            )
        else:
            told = InputRefused(
                "broken",
                f"PDF“{name}”已损坏或没有下载完整。请重新取得它，或导入它的 Word、Excel 原文件。",
                str(error),
            )
        raise told from None


def _page(file: Any, number: int, budget: Budget) -> _Page:
    import pypdfium2.raw as engine  # pyright: ignore[reportMissingTypeStubs]

    budget.progress()
    page = file[number]
    try:
        marks = marks_of(page, engine, budget)
    finally:
        page.close()
    tables = ruled_tables(marks.lying, marks.standing, budget)
    inside: list[dict[Place, list[Glyph]]] = [{} for _ in tables]
    squares = [{s: p for p in t.cells for s in _squares(p)} for t in tables]
    outside: list[Glyph] = []
    for glyph in marks.glyphs:
        x, y = glyph.middle
        x = min(x, marks.width)  # what runs over the sheet's edge stands in the column that the edge cuts
        at = next((n for n, t in enumerate(tables) if t.holds(x, y)), None)
        if at is None:
            outside.append(glyph)
        else:
            inside[at].setdefault(squares[at][tables[at].square(x, y)], []).append(glyph)
    pieces = (_piece(number, t, cells, budget) for t, cells in zip(tables, inside, strict=True))
    return _Page(number, marks, tuple(pieces), tuple(written_lines(outside)))


def _squares(place: Place) -> Iterator[tuple[int, int]]:
    for row in range(place.top, place.bottom):
        for column in range(place.left, place.right):
            yield row, column


def _piece(number: int, ruled: Ruled, cells: dict[Place, list[Glyph]], budget: Budget) -> Piece:
    lines = {place: written_lines(glyphs) for place, glyphs in cells.items()}
    for place in ruled.cells:
        budget.cell("".join(line.text for line in lines.get(place, ())))
    return Piece(number, ruled, lines)


def _refuse_unreadable(name: str, pages: Sequence[_Page]) -> None:
    read = sum(len(p.marks.glyphs) for p in pages)
    if sum(p.marks.unreadable for p in pages) > read:
        raise InputRefused(
            "no-text",
            f"PDF“{name}”里的字体没有说明是哪些字，读出来会是乱码。请导入它的 Word 或 Excel 原文件。",
        )
    if not read:
        what = (
            "是扫描件（每页是一张图片），没有可读的文字"
            if any(p.marks.pictures for p in pages)
            else "里没有文字"
        )
        raise InputRefused(
            "no-text",
            f"PDF“{name}”{what}。请导入它的 Word 或 Excel 原文件，或先用识别软件（OCR）转成 Word，核对后再导入。",
        )


# --- what pages repeat ---------------------------------------------------------------------------------------------------


def _running(pages: Sequence[_Page]) -> frozenset[str]:
    """Running heads and feet: the same text near the edge of at least three pages, and of a third of all."""
    counts = Counter(
        text for page in pages for text in {line.text for line in page.lines if _at_edge(page, line)}
    )
    return frozenset(t for t, n in counts.items() if n >= 3 and n * 3 >= len(pages))


def _at_edge(page: _Page, line: Written) -> bool:
    height = page.marks.height
    return line.bottom < height * _MARGIN or line.top > height * (1 - _MARGIN)


# --- pages put together --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """What was read so far. ``_open``: pieces of a table that may go on on the next page, with the lines above its first."""

    running: frozenset[str]
    leftovers: list[str] = field(default_factory=list[str])
    _blocks: list[Paragraph | list[Piece]] = field(default_factory=list["Paragraph | list[Piece]"])
    _titles: tuple[str, ...] = ()

    def take(self, page: _Page) -> None:
        if not page.marks.glyphs and page.marks.pictures:
            self.leftovers.append(f"第 {page.number + 1} 页是图片（扫描件），里面的文字没有读取")
        elif page.marks.unreadable:
            count = page.marks.unreadable
            self.leftovers.append(f"第 {page.number + 1} 页有 {count} 个字认不出（字体没有说明），请对照原文")
        lines, heads = self._without_running(page)
        for number, piece in enumerate(page.tables):
            above = [line for line in lines if line.top < piece.ruled.ys[0]]
            lines = [line for line in lines if line.top >= piece.ruled.ys[0]]
            if number == 0 and self._goes_on(piece, above):
                self._leave(heads)
                continue
            if (
                number == 0
            ):  # what stands above a form's first page belongs to it, though other forms say the same there
                above = sorted([*heads, *above], key=lambda line: line.top)
            self._add_lines(above, page)
            self._titles = tuple(line.text for line in above)
            self._blocks.append([piece])
        if not page.tables:
            self._leave(heads)
        self._add_lines(lines, page)

    def _goes_on(self, piece: Piece, above: Sequence[Written]) -> bool:
        """Adds the piece to the table at the end of the page before, where it is the rest of it: nothing stands between them but the
        titles that the table had at its start."""
        last = self._blocks[-1] if self._blocks else None
        if not isinstance(last, list) or last[-1].page != piece.page - 1:
            return False
        if not goes_on(last[-1].ruled, piece.ruled):
            return False
        titles = tuple(line.text for line in above)
        if titles and titles != self._titles[-len(titles) :]:
            return False
        last.append(piece)
        return True

    def _without_running(self, page: _Page) -> tuple[list[Written], list[Written]]:
        """The page's lines without page numbers and running feet, and its running heads."""
        heads: list[Written] = []
        rest: list[Written] = []
        for line in page.lines:
            edge = _at_edge(page, line)
            if edge and line.text in self.running:
                if line.top < page.marks.height / 2:
                    heads.append(line)
                else:
                    self.leftovers.append(f"页脚：{line.text}")
            elif not (edge and _PAGE_NUMBER.fullmatch(line.text)):
                rest.append(line)
        return rest, heads

    def _leave(self, heads: Sequence[Written]) -> None:
        self.leftovers += [f"页眉：{line.text}" for line in heads if line.text not in self._titles]

    def _add_lines(self, lines: Sequence[Written], page: _Page) -> None:
        if lines:
            self._blocks += paragraphs(lines, page.number, page.marks.width)

    def items(self) -> Iterator[SourceText | SourceTable]:
        texts = tables = 0
        for block in self._blocks:
            if isinstance(block, list):
                tables += 1
                made = stacked(block)
                yield SourceTable(
                    made.grid, f"第 {block[0].page + 1} 页 表 {tables}", boxes=made.boxes, doubts=made.doubts
                )
            else:
                texts += 1
                yield SourceText(
                    block.text, f"第 {block.page + 1} 页 第 {texts} 段", (Box(0, 0, block.page, *block.box),)
                )
