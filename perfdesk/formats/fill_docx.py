"""A Word blank: its cells and paragraphs as items, other words put into some of them, rows added. Only the main part is touched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from perfdesk.filling.blank import AddedRows, Item, Value
from perfdesk.filling.marks import is_empty
from perfdesk.formats.docx_text import Words, block_text, cells, paragraph_text
from perfdesk.formats.fill_docx_fit import make_room
from perfdesk.formats.fill_package import part_of
from perfdesk.formats.ooxml import Package, attribute, child, keeps_blanks, short

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ASIDE = frozenset({"w:txbxContent", "mc:Fallback", "w:del", "w:moveFrom"})
_UNIQUE = frozenset(
    {"w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"}
)


class DocxBlank:
    """``items`` in the order of the page. A cell that hangs on the one above it is none, nor one that holds a table."""

    def __init__(self, package: Package, main: str) -> None:
        self._part = part_of(package, main)
        self.name = main
        self.items: list[Item] = []
        self._elements: list[Element] = []
        self._rows: list[Element] = []
        self._collect()

    def changed(self) -> dict[str, bytes]:
        return {self.name: self._part.written()}

    def _collect(self) -> None:
        tables = paragraphs = 0
        for element in self._part.root.iter():
            name = short(element.tag)
            if name == "w:tbl":
                tables += 1
            elif name == "w:tr" and not _is_aside(element):
                self._row(element, tables)
            elif name == "w:p" and not _is_aside(element) and _above(element, "w:tc") is None:
                text = paragraph_text(element, Words())
                if text.strip():
                    paragraphs += 1
                    self._add(element, -1, text, f"第 {paragraphs} 段")

    def _row(self, row: Element, table: int) -> None:
        properties = child(row, "w:trPr")
        if properties is not None and child(properties, "w:del") is not None:
            return
        self._rows.append(row)
        number = sum(1 for e in row.itersiblings(preceding=True) if short(e.tag) == "w:tr") + 1
        for cell in cells(row):
            nested = any(short(e.tag) == "w:tbl" for e in cell.iter())
            if not nested and _hangs(cell) != "continue":
                text = "" if _is_placeholder(cell) else block_text(cell, Words())
                self._add(cell, len(self._rows) - 1, text, f"表 {table} 第 {number} 行")

    def _add(self, element: Element, row: int, text: str, where: str) -> None:
        self.items.append(Item(len(self.items), row, text, where))
        self._elements.append(element)

    # --- words ---

    def write(self, item: int, value: Value) -> None:
        put(self._elements[item], self.items[item].text, str(value))
        make_room(self._elements[item], str(value))

    # --- rows ---

    def add(self, rows: AddedRows) -> str:
        """Why it cannot be done, empty where it is."""
        row = self._rows[rows.row]
        own = {id(self._elements[i.id]): i.id for i in self.items if i.row == rows.row}
        wanted = {i for copy in rows.copies for i in copy}
        places = [own.get(id(c)) for c in cells(row)]
        first = min((n for n, i in enumerate(places) if i in wanted), default=0)
        _span_headings(list(cells(row))[:first])
        after = row
        for number, values in enumerate(rows.copies, 1):
            made = deepcopy(row)
            for n, cell in enumerate(cells(made)):
                _copied(cell, n < first, number)
                if (item := places[n]) is not None and item in values:
                    put(cell, "", str(values[item]))
                    make_room(cell, str(values[item]))
            _drop_unique(made)
            after.addnext(made)
            after = made
        return ""


def _is_aside(element: Element) -> bool:
    return any(short(e.tag) in _ASIDE for e in element.iterancestors())


def _above(element: Element, name: str) -> Element | None:
    return next((e for e in element.iterancestors() if short(e.tag) == name), None)


def _hangs(cell: Element) -> str:
    """``restart``, ``continue`` or nothing: how the cell is merged with those above and below."""
    properties = child(cell, "w:tcPr")
    mark = None if properties is None else child(properties, "w:vMerge")
    if mark is None:
        return ""
    return "restart" if attribute(mark, "w:val") == "restart" else "continue"


def _is_placeholder(cell: Element) -> bool:
    """A content control that shows nothing but its invitation to type."""
    return any(short(e.tag) == "w:showingPlcHdr" for e in cell.iter())


# --- words of a cell or a paragraph ---------------------------------------------------------------------------------------


def put(holder: Element, before: str, after: str) -> None:
    """``after`` stands where ``before`` stood; faces, sizes and paragraphs stay, and of a text of the form's own what does not change."""
    if is_empty(before):
        _put_anew(holder, after)
        return
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    _put_within(holder, start, before[start : len(before) - end], after[start : len(after) - end])


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _put_anew(holder: Element, text: str) -> None:
    for control in [e for e in holder.iter() if short(e.tag) == "w:showingPlcHdr"]:
        _remove(control)
    own = short(holder.tag) == "w:p"
    paragraphs = [holder] if own else [e for e in holder.iter() if short(e.tag) == "w:p"]
    if not paragraphs:
        holder.append(_new(holder, "p"))
        paragraphs = [holder[-1]]
    runs = [r for p in paragraphs for r in p.iter() if short(r.tag) == "w:r"]
    look = next((r for r in runs if child(r, "w:rPr") is not None), next(iter(runs), None))
    for paragraph in paragraphs:
        for run in [e for e in paragraph.iter() if short(e.tag) == "w:r" and _only_words(e)]:
            if run is not look or paragraph is not paragraphs[0]:
                _remove(run)
    first = paragraphs[0]
    lines = text.split("\n")
    blank = deepcopy(first)
    _say(first, look, lines[0])
    last = first
    for line in lines[1:]:
        more = deepcopy(blank)
        _say(more, look, line)
        _drop_unique(more)
        last.addnext(more)
        last = more


def _say(paragraph: Element, look: Element | None, line: str) -> None:
    """The line as the one run of the paragraph, in the look of ``look``, else of the paragraph's own end."""
    here = next((e for e in paragraph.iter() if short(e.tag) == "w:r" and _only_words(e)), None)
    if here is None and not line:
        return
    run = here if here is not None else _new(paragraph, "r")
    if here is None:
        paragraph.append(run)
        if (properties := _look(paragraph, look)) is not None:
            run.insert(0, properties)
    for word in [e for e in run if short(e.tag) != "w:rPr"]:
        run.remove(word)
    _words(run, line)


def _look(paragraph: Element, look: Element | None) -> Element | None:
    properties = None if look is None else child(look, "w:rPr")
    if properties is None and (own := child(paragraph, "w:pPr")) is not None:
        properties = child(own, "w:rPr")
    if properties is None:
        return None
    made = deepcopy(properties)
    for mark in [
        e for e in made if short(e.tag) in ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange")
    ]:
        made.remove(mark)
    if any(attribute(e, "w:val") == "PlaceholderText" for e in made if short(e.tag) == "w:rStyle"):
        return None
    return made


def _words(run: Element, line: str) -> None:
    for n, piece in enumerate(line.split("\t")):
        if n:
            run.append(_new(run, "tab"))
        if piece:
            word = _new(run, "t")
            word.text = piece
            if piece != piece.strip():
                word.set(_XML_SPACE, "preserve")
            run.append(word)


def _put_within(holder: Element, start: int, out: str, new: str) -> None:
    """``out`` at character ``start`` of the holder's text becomes ``new``, in the look of the place. The text is counted as it is read."""
    at = 0
    done = False
    for word, shown in _pieces(holder):
        here = range(at, at + len(shown))
        at += len(shown)
        low, high = max(start, here.start) - here.start, min(start + len(out), here.stop) - here.start
        inside = not done and here.start <= start <= here.stop and word is not None
        if word is None or (not inside and low >= high):
            continue
        text = shown[: max(low, 0)] + ("" if done or not inside else new) + shown[max(high, low) :]
        done = done or inside
        word.text = text
        if text != text.strip():
            word.set(_XML_SPACE, "preserve")


def _pieces(holder: Element) -> Iterator[tuple[Element | None, str]]:
    """Each ``w:t`` with what it shows, and what stands between them (None)."""
    paragraphs = (
        [holder] if short(holder.tag) == "w:p" else [e for e in holder.iter() if short(e.tag) == "w:p"]
    )
    for n, paragraph in enumerate(paragraphs):
        if n:
            yield None, "\n"
        for run in (e for e in paragraph.iter() if short(e.tag) == "w:r" and not _is_aside(e)):
            for element in run:
                if short(element.tag) == "w:t":
                    text = element.text or ""
                    yield element, text if keeps_blanks(element) else text.strip(" \t")
                elif sign := {"w:tab": "\t", "w:br": "\n", "w:cr": "\n"}.get(short(element.tag)):
                    yield None, sign


def _only_words(run: Element) -> bool:
    return all(short(e.tag) in ("w:rPr", "w:t", "w:tab", "w:br", "w:lastRenderedPageBreak") for e in run)


def _new(like: Element, name: str) -> Element:
    """An element in the namespace of ``like``, which may be the strict one."""
    return like.makeelement(f"{str(like.tag).rpartition('}')[0]}}}{name}")


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


# --- rows -----------------------------------------------------------------------------------------------------------------


def _span_headings(headings: Sequence[Element]) -> None:
    """Cells left of what is added come to span the copies below; a number of the row stays one of its own."""
    for cell in headings:
        if _hangs(cell) or _NUMBER.fullmatch(block_text(cell, Words()).strip()):
            continue
        properties = child(cell, "w:tcPr")
        if properties is None:
            properties = _new(cell, "tcPr")
            cell.insert(0, properties)
        _merge(properties, "restart")


_NUMBER = re.compile(r"\d{1,3}")
_AFTER_MERGE = (
    "w:tcBorders",
    "w:shd",
    "w:noWrap",
    "w:tcMar",
    "w:textDirection",
    "w:tcFitText",
    "w:vAlign",
    "w:hideMark",
)


def _merge(properties: Element, how: str) -> None:
    """``w:vMerge`` in the order that the schema asks for."""
    mark = child(properties, "w:vMerge")
    if mark is None:
        mark = _new(properties, "vMerge")
        after = next((e for e in properties if short(e.tag) in _AFTER_MERGE), None)
        properties.append(mark) if after is None else after.addprevious(mark)
    value = f"{str(mark.tag).rpartition('}')[0]}}}val"
    if how == "restart":
        mark.set(value, "restart")
    elif value in mark.attrib:
        del mark.attrib[value]


def _copied(cell: Element, heading: bool, number: int) -> None:
    """A cell of a copied row: it goes on with what spans it, counts on, or is empty."""
    properties = child(cell, "w:tcPr")
    text = block_text(cell, Words()).strip()
    if _hangs(cell) and properties is not None:
        _merge(properties, "continue")
        put(cell, "", "")
    elif heading and _NUMBER.fullmatch(text):
        put(cell, "", str(int(text) + number))
    else:
        for paragraph in [e for e in cell if short(e.tag) == "w:p"][1:]:
            cell.remove(paragraph)
        put(cell, "", "")


def _drop_unique(copy: Element) -> None:
    """What may stand only once in a document: marks of places, ids of paragraphs and of controls."""
    for element in [e for e in copy.iter() if short(e.tag)]:
        if short(element.tag) in _UNIQUE or (
            short(element.tag) == "w:id" and _above(element, "w:sdtPr") is not None
        ):
            _remove(element)
            continue
        for name in [str(n) for n in element.attrib if str(n).endswith(("}paraId", "}textId"))]:
            del element.attrib[name]


def edit_docx(blank: DocxBlank, texts: Mapping[int, Value], added: Sequence[AddedRows]) -> None:
    """Rows first, so that a copy is made of the row as the blank has it."""
    for rows in added:
        blank.add(rows)
    for item, value in texts.items():
        blank.write(item, value)
