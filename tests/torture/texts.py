"""Texts that harm, vanish or cannot be drawn, in every cell of every kind of form: they arrive in Word, Excel and PDF as they were kept –
or the file is refused with the reason, and what cannot be kept is cleaned when it is entered."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from types import MappingProxyType

from openpyxl import Workbook

from perfdesk import paths
from perfdesk.compose import compose
from perfdesk.document.blocks import Document
from perfdesk.document.source import SourceTable
from perfdesk.errors import ExportRefused
from perfdesk.formats.child import read_file
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.write import FileFormat, missing_glyphs, write_bytes
from perfdesk.model.change import apply
from perfdesk.model.filing import Filing, Row, depth, empty_filing
from perfdesk.model.form import LEVELS, Form
from perfdesk.new_forms.propose import propose
from perfdesk.own_forms import form_of_draft
from perfdesk.sample import sample_budgets
from perfdesk.steps import set_cell
from tests.making import catalog, counter
from tests.new_forms.blanks import word
from tests.torture.experiment import Experiment, Outcome

ENDINGS: tuple[FileFormat, ...] = ("docx", "xlsx", "pdf")
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\ufe0f"
"""Marks that no page shows."""
IN_ONE_LINE = ("unit_name", "name")
"""What stands in a title or in the line above a table has no line ends of its own."""
ALIKE = str.maketrans("−", "–")
"""What paper shows for it looks the same."""


@dataclass(frozen=True, slots=True)
class Text:
    """``kept``: what stands in the filing when ``typed`` was entered. ``long``: in one cell alone."""

    name: str
    typed: str
    kept: str
    long: bool = False


def as_it_is(name: str, text: str) -> Text:
    return Text(name, text, text)


LONG = "".join(f"{n:09d}长" for n in range(10_000))

TEXTS = (
    as_it_is("a formula", "=1+1"),
    as_it_is("a program", "=cmd|' /C calc'!A0"),
    as_it_is("a link", '=HYPERLINK("http://127.0.0.1/","看")'),
    as_it_is("a plus", "+1+cmd"),
    as_it_is("a minus", "-1+1"),
    as_it_is("another minus", "−5"),
    as_it_is("an at", "@SUM(A1)"),
    Text("a tab before a formula", "\t=1+1", "=1+1"),
    as_it_is("a tab inside", "甲\t=乙"),
    as_it_is("an apostrophe", "'=1"),
    Text("control characters", "甲\x00乙\x07丙\x1b\x0c丁\x7f", "甲乙丙丁"),
    Text("more control characters", "甲\x80乙\x9f丙", "甲乙丙"),
    Text("every line end", "甲\r\n乙\r丙\x0b丁\u2028戊\u2029己", "甲\n乙\n丙\n丁\n戊\n己"),
    Text("halves of characters", "甲\ud800乙\udfff丙", "甲乙丙"),
    Text("no characters", "甲\ufffe乙\uffff丙\ufeff丁", "甲乙丙丁"),
    as_it_is("rare characters", "𠮷𡈽𠀀㐀𪚥"),
    as_it_is("emoji", "👍🏽👨‍👩‍👧🇨🇳"),
    as_it_is("from right to left", "甲\u202e乙\u202c丙\u200f丁"),
    as_it_is("nothing to be seen", "甲\u200b乙\u200d丙\u2060丁\ufe0f"),
    as_it_is("accents", "é e\u0301 ṩ s\u0323\u0307"),
    as_it_is("blanks of all kinds", "甲 \u00a0\u3000\u2003乙"),
    as_it_is("private characters", "甲\ue000乙"),
    as_it_is("marks of XML", "<b>&amp;]]></w:t><!--"),
    as_it_is("marks of Excel", "_x0041_甲_x000D_乙_x005F_"),
    as_it_is("quotes and strokes", "\"甲\",'乙';|\\/"),
    as_it_is("braces", "{甲}{{没有这一格}}%s"),
    as_it_is("circled numbers", "①②③ⅢⅣ㈠"),
    Text("a hundred thousand characters", LONG, LONG, long=True),
)


# --- every kind of form, with a row of every kind -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sheet:
    """``cells``: (row id, column) of every cell whose text is on paper."""

    form: Form
    filing: Filing
    cells: tuple[tuple[str, str], ...]


@cache
def sheets(folder: Path) -> tuple[Sheet, ...]:
    own = form_of_draft(propose(read_file(word(folder / "own.docx")), catalog().forms.values(), "own.docx"))
    return tuple(_printed(form) for form in (*catalog().forms.values(), own))


def _printed(form: Form) -> Sheet:
    filing = (
        sample_budgets(catalog(), counter())[-1] if form.budget else empty_filing(form, 2023, _rows(form))
    )
    asked = [(row.id, column) for row in filing.rows for column in _columns(form, row)]
    whole = Sheet(form, filing, tuple(asked))
    seen = _words(compose(form, _entered(whole, _texts(whole, "正文"))).document)
    return replace(whole, cells=tuple(at for n, at in enumerate(asked) if _mark(n) in seen))


def _columns(form: Form, row: Row) -> Iterator[str]:
    section = form.section(row.section)
    if section.kind == "table":
        return
    for field in section.at_level(depth(row)):
        if field.kind in ("text", "name", "note", "target", "unit"):
            yield field.id


def _rows(form: Form) -> tuple[Row, ...]:
    new_id = counter()
    rows: list[Row] = []
    for section in form.sections:
        levels = [level for level in LEVELS if section.field(level)]
        if section.kind == "fields":
            rows.append(Row(section.id, section.id, MappingProxyType({})))
        elif section.kind == "list":
            rows.append(Row(new_id(), section.id, MappingProxyType({})))
        elif section.kind in ("tree", "goals"):
            above = None
            for level in levels:
                rows.append(Row(new_id(), section.id, MappingProxyType({level: "名"}), above))
                above = rows[-1].id
    return tuple(rows)


def _mark(number: int) -> str:
    return f"第{number}号完"


def _texts(sheet: Sheet, text: str, long: bool = False) -> list[str]:
    """One for each cell, with its own mark; a long one for one cell alone, the first that is no name."""
    only = next((n for n, (_, column) in enumerate(sheet.cells) if column not in IN_ONE_LINE), 0)
    return [(text if n == only or not long else "正文") + _mark(n) for n in range(len(sheet.cells))]


def _entered(sheet: Sheet, texts: list[str]) -> Filing:
    """As the program enters it."""
    filing = sheet.filing
    for (row, column), text in zip(sheet.cells, texts, strict=True):
        filing = apply(filing, set_cell(sheet.form, filing, row, column, text).changes)[0]
    return filing


# --- out and in again ----------------------------------------------------------------------------------------------------------


def _words(document: Document) -> str:
    return "\n".join([*_paragraphs(document), *(c.text for grid in document.tables for c in grid.cells)])


def _paragraphs(document: Document) -> Iterator[str]:
    yield from (getattr(block, "text", "") for block in document.blocks)


def _read(path: Path) -> str:
    texts: list[str] = []
    source = read_file(path)
    for item in source.items:
        texts += [cell.text for cell in item.grid.cells] if isinstance(item, SourceTable) else [item.text]
    return "\n".join([*texts, *source.leftovers])


def faults(
    sheet: Sheet, text: Text, ending: FileFormat, path: Path, write: Callable[[Document, FileFormat], bytes]
) -> Iterator[str]:
    filing = _entered(sheet, _texts(sheet, text.typed, text.long))
    expected = _texts(sheet, text.kept, text.long)
    kept = [filing.row(row).get(column) for row, column in sheet.cells]  # pyright: ignore[reportOptionalMemberAccess]
    if kept != expected:
        yield f"kept as {next(k for k, e in zip(kept, expected, strict=True) if k != e)[:60]!r}"
        return
    document = compose(sheet.form, filing).document
    try:
        path.write_bytes(write(document, ending))
    except ExportRefused as refusal:
        yield from _ill_refused(refusal, document, text, ending)
        return
    found = _read(path)
    if ending == "pdf":
        if lost := _undrawn(document):
            yield f"drawn as boxes: {lost}"
        found, expected = _ink(found), [_ink(one) for one in expected]
    for (row, column), one in zip(sheet.cells, expected, strict=True):
        alone = column in IN_ONE_LINE and " ".join(one.split()) in found
        if one not in found and not alone:
            at = found.find(_mark(sheet.cells.index((row, column))))
            yield f"{row}/{column} is {found[max(0, at - 40) : at + 8]!r}"


def _ink(text: str) -> str:
    return "".join(c for c in "".join(text.split()) if c not in UNSEEN).translate(ALIKE)


def _ill_refused(refusal: ExportRefused, document: Document, text: Text, ending: str) -> Iterator[str]:
    if (ending, refusal.code) == ("pdf", "missing-glyph"):
        told = {char for char, _ in missing_glyphs(document, Fonts.shipped())}
        if told != _undrawn(document):
            yield f"told {told}, not to be drawn {_undrawn(document)}"
    elif (ending, refusal.code, text.long) != ("xlsx", "text-too-long", True):
        yield f"refused: {refusal.message}"
    if "\n" in refusal.message or not refusal.message.endswith("。"):
        yield f"ill told: {refusal.message}"


def _undrawn(document: Document) -> set[str]:
    """Characters that show something and that no shipped face has (what a face of a document lacks, 黑体 draws)."""
    everything = set(_words(document)) - set(UNSEEN) - set("\n\t−\u2003")
    return {c for c in everything if not any(ord(c) in face for face in coverage().values())}


@cache
def coverage() -> dict[str, frozenset[int]]:
    """The characters of each shipped face, by its own table."""
    return {
        file.stem: _characters(file.read_bytes())
        for file in sorted((paths.resources() / "fonts").glob("*.ttf"))
    }


def _characters(font: bytes) -> frozenset[int]:
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * 40, 16)
    }
    start = tables[b"cmap"]
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 4 + 8 * n + 4)[0]
        if struct.unpack_from(">H", font, at)[0] == 4:
            half = struct.unpack_from(">H", font, at + 6)[0] // 2
            ends = struct.unpack_from(f">{half}H", font, at + 14)
            starts = struct.unpack_from(f">{half}H", font, at + 16 + 2 * half)
            found.update(c for a, b in zip(starts, ends, strict=True) for c in range(a, b + 1) if c != 0xFFFF)
        elif struct.unpack_from(">H", font, at)[0] == 12:
            for group in range(struct.unpack_from(">I", font, at + 12)[0]):
                first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * group)
                found.update(range(first, last + 1))
    return frozenset(found)


# --- the experiment --------------------------------------------------------------------------------------------------------------


def by_program(document: Document, ending: FileFormat) -> bytes:
    return write_bytes(document, ending, Fonts.shipped())


def by_library(document: Document, ending: FileFormat) -> bytes:
    book, out = Workbook(), BytesIO()
    for text in _words(document).split("\n"):
        book.worksheets[0].append([text])
    book.save(out)
    return out.getvalue()


def run(tries: int, seed: int, folder: Path) -> Outcome:
    asked = list(product(sheets(folder), TEXTS, ENDINGS))
    random.Random(seed).shuffle(asked)
    failures = [
        f"{sheet.form.id}, {text.name}, {ending}: {what}"
        for sheet, text, ending in asked[:tries]
        for what in faults(sheet, text, ending, folder / f"x.{ending}", by_program)
    ]
    return Outcome(min(tries, len(asked)), tuple(failures))


def control(seed: int, folder: Path) -> Outcome:
    """Excel by the usual library, which takes texts for what they look like."""
    sheet = sheets(folder)[1]
    told = [
        what for text in TEXTS[:10] for what in faults(sheet, text, "xlsx", folder / "x.xlsx", by_library)
    ]
    return Outcome(10, tuple(told))


EXPERIMENTS = (
    Experiment(
        name="texts",
        promise="what is kept of a text arrives in Word, Excel and PDF, or the file is refused with the reason",
        run=run,
        control=control,
        short=40,
        full=1_176,
    ),
)
