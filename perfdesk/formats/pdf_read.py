"""A PDF with text → its paragraphs and ruled tables in the order of the pages, a table that runs over pages as one.

Read with the engine that draws our pages: a form of four pages takes 0.04 s, where pdfplumber's tables alone take 0.13 s and bring
five more libraries. What pages repeat (titles, heads of columns, page numbers) is read once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from perfdesk.document.source import Box, Source, SourceTable, SourceText
from perfdesk.errors import InputRefused
from perfdesk.formats.budget import Budget
from perfdesk.formats.pdf_cuts import Piece, goes_on, stacked
from perfdesk.formats.pdf_page import PAGE_NUMBER, Page, page_of
from perfdesk.formats.pdf_paragraphs import Paragraph, paragraphs
from perfdesk.formats.pdf_words import Written

_MARGIN = 0.1
"""Part of a page's height at its top and at its end where running heads and feet stand."""


def read_pdf(path: str, name: str, data: bytes, budget: Budget) -> Source:
    """``where`` counts pages, and paragraphs and tables from 1. InputRefused where there is no text to be had, or a password."""
    file = _opened(name, data)
    try:
        budget.pages(len(file))
        pages = [page_of(file, number, budget) for number in range(len(file))]
    except _failure() as error:  # a page that is listed and is none
        raise _broken(name, error) from None
    finally:
        file.close()
    _refuse_unreadable(name, pages)
    reading = _Reading(_running(pages), budget)
    for page in pages:
        reading.take(page)
    reading.end(pages[-1])
    items = tuple(reading.items())
    leftovers = (*reading.leftovers, *reading.unseen(items))
    return Source(path, "pdf", items, tuple(dict.fromkeys(leftovers)))


def _opened(name: str, data: bytes) -> Any:
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    try:
        return pypdfium2.PdfDocument(data)
    except _failure() as error:
        if "password" in str(error).lower():
            told = InputRefused(
                "encrypted", f"PDF“{name}”有打开密码。请用阅读器打开它，取消密码并另存后再导入。"
            )
        else:
            told = _broken(name, error)
        raise told from None


def _failure() -> type[Exception]:
    """What the engine raises."""
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    return pypdfium2.PdfiumError


def _broken(name: str, error: Exception) -> InputRefused:
    return InputRefused(
        "broken",
        f"PDF“{name}”已损坏或没有下载完整。请重新取得它，或导入它的 Word、Excel 原文件。",
        str(error),
    )


def _refuse_unreadable(name: str, pages: Sequence[Page]) -> None:
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


def _running(pages: Sequence[Page]) -> frozenset[str]:
    """Running heads and feet: the same text near the edge of at least three pages, and of a third of all."""
    counts = Counter(
        text for page in pages for text in {line.text for line in page.lines if _at_edge(page, line)}
    )
    return frozenset(t for t, n in counts.items() if n >= 3 and n * 3 >= len(pages))


def _at_edge(page: Page, line: Written) -> bool:
    height = page.marks.height
    return line.bottom < height * _MARGIN or line.top > height * (1 - _MARGIN)


# --- pages put together --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """What was read so far: paragraphs, and the pieces of tables. ``_titles``: the lines above the last table. ``_spilled``: what stands
    below the last page's table, and belongs to a cell of it if it goes on."""

    running: frozenset[str]
    budget: Budget
    leftovers: list[str] = field(default_factory=list[str])
    _blocks: list[Paragraph | list[Piece]] = field(default_factory=list["Paragraph | list[Piece]"])
    _titles: tuple[str, ...] = ()
    _spilled: list[Written] = field(default_factory=list[Written])
    _hidden: list[str] = field(default_factory=list[str])

    def take(self, page: Page) -> None:
        if not page.marks.glyphs and page.marks.pictures:
            self.leftovers.append(f"第 {page.number + 1} 页是图片（扫描件），里面的文字没有读取")
        elif page.marks.unreadable:
            count = page.marks.unreadable
            self.leftovers.append(f"第 {page.number + 1} 页有 {count} 个字认不出（字体没有说明），请对照原文")
        self._hidden += [line.text for line in page.hidden]
        lines, heads = self._without_running(page)
        going_on = bool(page.tables) and self._goes_on(page.tables[0], lines)
        if not going_on:
            self._add_lines(self._spilled, page)
        if going_on:
            lines = [line for line in lines if line.top >= page.tables[0].ruled.ys[0]]
        if going_on or not page.tables:
            self._leave(heads)
        else:  # what stands above a form's first page belongs to it, though other forms say the same there
            lines = sorted([*heads, *lines], key=lambda line: line.top)
        for piece in page.tables[going_on:]:
            above = [line for line in lines if line.top < piece.ruled.ys[0]]
            lines = [line for line in lines if line.top >= piece.ruled.ys[0]]
            self._add_lines(above, page)
            self._titles = tuple(line.text for line in above)
            self._blocks.append([piece])
        self._add_lines(lines, page)
        self._spilled = (
            [line for lines in page.tables[-1].spilled.values() for line in lines] if page.tables else []
        )

    def _goes_on(self, piece: Piece, lines: Sequence[Written]) -> bool:
        """Adds the piece to the table at the end of the page before, where it is the rest of it: nothing stands between them but the
        titles that the table had at its start."""
        last = self._blocks[-1] if self._blocks else None
        if not isinstance(last, list) or last[-1].page != piece.page - 1:
            return False
        if not goes_on(last[-1].ruled, piece.ruled):
            return False
        titles = tuple(line.text for line in lines if line.top < piece.ruled.ys[0])
        if titles and titles != self._titles[-len(titles) :]:
            return False
        last.append(piece)
        return True

    def end(self, last: Page) -> None:
        self._add_lines(self._spilled, last)

    def _without_running(self, page: Page) -> tuple[list[Written], list[Written]]:
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
            elif not (edge and PAGE_NUMBER.fullmatch(line.text)):
                rest.append(line)
        return rest, heads

    def _leave(self, heads: Sequence[Written]) -> None:
        self.leftovers += [f"页眉：{line.text}" for line in heads if line.text not in self._titles]

    def _add_lines(self, lines: Sequence[Written], page: Page) -> None:
        if lines:
            self._blocks += paragraphs(lines, page.number, page.marks.width)

    def unseen(self, items: Sequence[SourceText | SourceTable]) -> list[str]:
        """What stands beyond the sheets, as a merged cell's text may that is set in the middle of all its rows; told where it is read
        nowhere else."""
        texts = [t.text for i in items for t in ((i,) if isinstance(i, SourceText) else i.grid.cells)]
        return [f"页面之外的文字：{line}" for line in self._hidden if not any(line in text for text in texts)]

    def items(self) -> Iterator[SourceText | SourceTable]:
        texts = tables = 0
        for block in self._blocks:
            if isinstance(block, list):
                tables += 1
                made = stacked(block, self.budget.progress)
                yield SourceTable(
                    made.grid, f"第 {block[0].page + 1} 页 表 {tables}", boxes=made.boxes, doubts=made.doubts
                )
            else:
                texts += 1
                yield SourceText(
                    block.text, f"第 {block.page + 1} 页 第 {texts} 段", (Box(0, 0, block.page, *block.box),)
                )
