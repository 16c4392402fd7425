"""A Word document → its paragraphs and tables in the order of the page, in one pass that never holds the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.formats.docx_frame import Frame, Part
from perfdesk.formats.docx_table import TableRows
from perfdesk.formats.docx_text import Words, paragraph_text, row_text
from perfdesk.formats.ooxml import Package, forget, short

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element

_ASIDES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
_NUMBER_AT_END = re.compile(r"[\s.…·]*\d*$")
_PAGE_NUMBER = re.compile(r"[\s\d第共页Page/of.\-—–－·~]*")


def read_docx(path: str, package: Package, main: str) -> Source:
    """``where`` counts paragraphs with text and tables from 1."""
    body = _Body(package)
    for event, element in _blocks(package, main):
        body.take(event, element)
    for _, kind, target in package.relations(main):
        if kind in _ASIDES:
            body.aside(target, _ASIDES[kind])
        elif kind == "aFChunk":
            body.leftovers.append("文档里插入了另一个文件，它的内容没有读取")
    body.drop_contents()
    return Source(path, "docx", tuple(body.items), tuple(dict.fromkeys(body.leftovers)))


class _Body:
    """What was found so far, from top to bottom."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._table: TableRows | None = None
        self._frame = Frame(package.budget)
        self._paragraphs = self._tables = 0
        self.items: list[SourceText | SourceTable] = []
        self._entries: set[SourceText] = set()
        self.leftovers: list[str] = []

    def take(self, event: str, element: Element) -> None:
        words = Words()
        match event, self._table:
            case "paragraph", _:
                self._add_paragraph(paragraph_text(element, words), _names_a_page(element))
            case "table", _:
                self._table = TableRows(self._package.budget)
                self._frame = Frame(self._package.budget)
            case "grid", TableRows() as table:
                table.columns(element)
            case "row", TableRows() as table:
                table.add(element, words)
                self._frame.add(element)
            case "table-end", TableRows() as table:
                self._add_parts(self._frame.parts() or [table])
                self._table = None
            case _:
                pass
        self._keep(words)

    def _add_parts(self, parts: list[Part]) -> None:
        for part in parts:
            if isinstance(part, str):
                self._add_paragraph(part)
            else:
                self._add_table(part)

    def _add_paragraph(self, text: str, is_entry: bool = False) -> None:
        self._package.budget.text(len(text))
        if text.strip():
            self._paragraphs += 1
            item = SourceText(text.strip("\n"), f"第 {self._paragraphs} 段")
            self.items.append(item)
            if is_entry:
                self._entries.add(item)

    def _add_table(self, table: TableRows) -> None:
        grid = table.finish()
        if grid is not None:
            self._tables += 1
            self.items.append(SourceTable(grid, f"表 {self._tables}"))
            self.leftovers += [f"表 {self._tables} {text}" for text in table.leftovers]

    def drop_contents(self) -> None:
        """Contents say headings again, which is no text of its own; an entry whose heading is nowhere else stays."""
        if not self._entries:
            return
        texts = [item for item in self.items if isinstance(item, SourceText)]
        said = {_squeezed(text.text) for text in texts if text not in self._entries}
        repeated = {e for e in self._entries if _squeezed(_NUMBER_AT_END.sub("", e.text)) in said}
        self.items = [i for i in self.items if not (isinstance(i, SourceText) and i in repeated)]

    def _keep(self, words: Words) -> None:
        for kind, text in words.asides:
            self._package.budget.text(len(text))
            self.leftovers.append(f"{kind}：{text.strip()}")

    def aside(self, part: str, kind: str) -> None:
        """The text of a header, a footer, the notes: a page number alone is none."""
        words = Words()
        for event, element in _blocks(self._package, part):
            text = paragraph_text(element, words) if event == "paragraph" else ""
            text = row_text(element, words) if event == "row" else text
            self._package.budget.text(len(text))
            if text.strip() and not _PAGE_NUMBER.fullmatch(text):
                self.leftovers.append(f"{kind}：{text.strip()}")
        self._keep(words)


def _names_a_page(paragraph: Element) -> bool:
    """An entry of contents: its page number is a field that follows a heading."""
    codes = (e.text or "" for e in paragraph.iter() if short(e.tag) == "w:instrText")
    return any(code.split()[:1] == ["PAGEREF"] for code in codes)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _blocks(package: Package, part: str) -> Iterator[tuple[str, Element]]:
    """``paragraph``, ``table``, ``grid``, ``row`` and ``table-end`` of the outermost level, each as soon as it is whole, then freed.

    What stands inside a paragraph (a text box) or a row (a nested table) comes with it; of alternates the first is taken.
    """
    inside: list[str] = []
    names = ("w:p", "w:tbl", "w:tr", "w:tblGrid", "mc:Fallback")
    for event, element in package.events(part, *names, starts=True):
        name = short(element.tag)
        if event == "start":
            if not inside and name == "w:tbl":
                yield "table", element
            inside.append(name)
            continue
        inside.pop()
        found = _FOUND.get("/".join((*inside, name)))
        if found is not None:
            yield found, element
            forget(element)
        elif not inside:
            forget(element)


_FOUND = {"w:p": "paragraph", "w:tbl": "table-end", "w:tbl/w:tblGrid": "grid", "w:tbl/w:tr": "row"}
