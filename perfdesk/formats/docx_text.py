"""The words of a Word paragraph or cell: what a reader of the page sees, in its order, and beside it what stands elsewhere.

Used: insertions under revision, results of fields, content controls, links, formulas. Not used: deletions under revision, codes
of fields. Set aside, each with its kind: hidden text, text boxes. Numbers that Word counts by itself (``w:numPr``) are not text and
are not made up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from perfdesk.formats.ooxml import attribute, child, keeps_blanks, short, switched_on

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element

_SKIPPED = frozenset(
    {
        "w:pPr", "w:rPr", "w:tcPr", "w:trPr", "w:tblPr", "w:tblPrEx", "w:tblGrid", "w:sdtPr", "w:sdtEndPr", "w:sectPr", "w:smartTagPr",
        "w:customXmlPr", "w:del", "w:moveFrom", "w:delText", "w:instrText", "w:delInstrText", "w:rt", "w:rubyPr", "w:fldData", "w:ffData",
        "m:rPr", "m:ctrlPr", "m:fPr", "m:dPr", "m:oMathParaPr",
    }
)  # fmt: skip
_SIGNS = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": "",
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB7: "·", 0xD7: "·",
}  # fmt: skip
_WINGDINGS = {
    0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0x6F: "□", 0xA8: "□", 0x6E: "■", 0x6C: "●", 0x71: "□", 0x52: "☑", 0xA3: "□",
}  # fmt: skip
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass(slots=True)
class Words:
    """What was gathered of one paragraph. ``asides`` are (kind for people, text); ``_fields`` tells for each open field whether its code is
    still running; a code that never ends thus swallows no other paragraph."""

    pieces: list[str] = field(default_factory=list[str])
    asides: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    _fields: list[bool] = field(default_factory=list[bool])

    def add(self, text: str, kind: str = "") -> None:
        kind = kind or ("域代码" if any(self._fields) else "")
        if not kind:
            self.pieces.append(text)
        elif text.strip():
            self.asides.append((kind, text))

    def field_mark(self, mark: Element) -> None:
        kind = attribute(mark, "w:fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields:
            self._fields.pop()


def blocks(holder: Element) -> Iterator[Element]:
    """Paragraphs and tables of a cell, a text box or a note, whatever they are wrapped in."""
    for element in holder:
        match short(element.tag):
            case "w:p" | "w:tbl":
                yield element
            case "mc:AlternateContent":
                if (chosen := _chosen(element)) is not None:
                    yield from blocks(chosen)
            case name:
                if name not in _SKIPPED:
                    yield from blocks(element)


def block_text(holder: Element, words: Words) -> str:
    """All texts of a holder of blocks, paragraphs parted by ``\\n``; asides go into ``words``."""
    parts: list[str] = []
    glued = nested = False
    for block in blocks(holder):
        if short(block.tag) == "w:tbl":
            text, nested, glue = table_text(block, words), True, False
        else:
            text, glue = paragraph_text(block, words), _mark_deleted(block)
        if glued:
            parts[-1] += text
        else:
            parts.append(text)
        glued = glue
    text = "\n".join(parts)
    return text.strip("\n") if nested else text


def table_text(table: Element, words: Words) -> str:
    """A table within a cell as plain text: one line per row, tabs between cells."""
    return "\n".join(row_text(r, words) for r in own_rows(table))


def own_rows(table: Element) -> Iterator[Element]:
    """The rows of a table without those of the tables inside it."""
    return (e for e in table.iter() if short(e.tag) == "w:tr" and _owner(e, "w:tbl") is table)


def row_text(row: Element, words: Words) -> str:
    return "\t".join(block_text(c, words) for c in cells(row))


def cells(row: Element) -> Iterator[Element]:
    """The cells of a row, those inside content controls, too."""
    for element in row:
        name = short(element.tag)
        if name == "w:tc":
            yield element
        elif name not in _SKIPPED:
            yield from cells(element)


def paragraph_text(paragraph: Element, words: Words) -> str:
    """The paragraph's own text; asides go into ``words``."""
    own = Words(asides=words.asides)
    _walk(paragraph, own, "")
    return "".join(own.pieces)


def _walk(holder: Element, words: Words, kind: str) -> None:
    for element in holder:
        name = short(element.tag)
        if name == "w:r":
            _walk(element, words, "隐藏文字" if _hidden(element) else kind)
        elif name in ("w:t", "m:t"):
            words.add(_plain(element), kind)
        elif name in _SIGNS:
            words.add(_SIGNS[name], kind)
        elif name not in _SKIPPED:
            _walk_special(element, name, words, kind)


def _walk_special(element: Element, name: str, words: Words, kind: str) -> None:
    match name:
        case "w:fldChar":
            _form_field(element, words, kind)
            words.field_mark(element)
        case "w:sym":
            words.add(_symbol(attribute(element, "w:char"), attribute(element, "w:font")), kind)
        case "w:txbxContent":
            words.add(block_text(element, words), "文本框")
        case "v:textpath":
            words.add(element.get("string") or "", "艺术字")
        case "a:t":
            words.add(element.text or "", "图形文字")
        case "mc:AlternateContent":
            if (chosen := _chosen(element)) is not None:
                _walk(chosen, words, kind)
        case "m:f" | "m:sSup" | "m:d":
            words.add(_formula(element, name, words), kind)
        case _:
            _walk(element, words, kind)


def _plain(element: Element) -> str:
    """Word drops blanks at the ends unless told to keep them, and shows a line end in the file as a blank."""
    text = (element.text or "").replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    text = text if keeps_blanks(element) else text.strip(" \t")
    return _PRIVATE.sub(lambda sign: _symbol(f"{ord(sign[0]):X}", _face(element)), text)


def _face(element: Element) -> str:
    """The face of signs written as private characters; Symbol where the run names none that has signs."""
    run = element.getparent()
    properties = None if run is None else child(run, "w:rPr")
    fonts = None if properties is None else child(properties, "w:rFonts")
    named = "" if fonts is None else attribute(fonts, "w:ascii") or ""
    return named if named.startswith("Wingdings") else "Symbol"


def _symbol(code: str | None, font: str | None) -> str:
    """Signs of the Symbol and Wingdings faces as the characters they show; Word adds F000 to their codes."""
    try:
        number = int(code or "", 16)
        low = number - 0xF000 if 0xF020 <= number <= 0xF0FF else number
        table = _WINGDINGS if (font or "").startswith("Wingdings") else _SYMBOL
        known = table.get(low) if font in ("Symbol", "Wingdings", "Wingdings 2") else None
        return known or ("" if 0xD800 <= number <= 0xDFFF else chr(number))
    except (ValueError, OverflowError):
        return ""


def _hidden(run: Element) -> bool:
    properties = child(run, "w:rPr")
    return properties is not None and switched_on(child(properties, "w:vanish"))


def _mark_deleted(paragraph: Element) -> bool:
    """The end of the paragraph was deleted under revision: it runs on into the next."""
    properties = child(paragraph, "w:pPr")
    mark = None if properties is None else child(properties, "w:rPr")
    return mark is not None and child(mark, "w:del") is not None


def _chosen(alternates: Element) -> Element | None:
    """One branch only: both say the same to programs of different age."""
    choice = child(alternates, "mc:Choice")
    return choice if choice is not None and len(choice) else child(alternates, "mc:Fallback")


def _owner(element: Element, name: str) -> Element | None:
    return next((e for e in element.iterancestors() if short(e.tag) == name), None)


def _form_field(mark: Element, words: Words, kind: str) -> None:
    """What an old form field shows where its result is not among the runs: a chosen entry, a ticked box."""
    data = child(mark, "w:ffData")
    if data is None:
        return
    if (entries := child(data, "w:ddList")) is not None:
        chosen = child(entries, "w:result")
        number = (attribute(chosen, "w:val") if chosen is not None else None) or "0"
        texts = [attribute(e, "w:val") or "" for e in entries if short(e.tag) == "w:listEntry"]
        if number.isascii() and number.isdigit() and int(number[:9]) < len(texts):
            words.add(texts[int(number[:9])], kind)
    if (box := child(data, "w:checkBox")) is not None:
        state = child(box, "w:checked")
        words.add("☑" if switched_on(state if state is not None else child(box, "w:default")) else "☐", kind)


def _formula(element: Element, name: str, words: Words) -> str:
    """A fraction on one line, a power in raised digits, brackets that the formula draws."""

    def inside(part: Element) -> str:
        own = Words(asides=words.asides)
        _walk(part, own, "")
        return "".join(own.pieces)

    texts = {short(e.tag): inside(e) for e in element}
    match name:
        case "m:f":
            return f"{texts.get('m:num', '')}/{texts.get('m:den', '')}"
        case "m:sSup":
            return texts.get("m:e", "") + texts.get("m:sup", "").translate(_SUPERSCRIPTS)
        case _:
            return f"({','.join(inside(e) for e in element if short(e.tag) == 'm:e')})"
