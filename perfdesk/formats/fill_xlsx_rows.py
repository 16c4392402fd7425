"""Rows put into a sheet: everything below moves down, merges and formulas with it, and a heading beside them comes to span them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from perfdesk.formats.ooxml import child, short
from perfdesk.formats.xlsx_sheet import Rectangle, address, rectangle

if TYPE_CHECKING:
    from perfdesk.formats.fill_package import Part
    from perfdesk.formats.fill_xlsx import SheetXml
    from perfdesk.formats.ooxml import Element

_REFERENCE = re.compile(
    r"(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
    r"(?P<a>\$?[A-Z]{1,3}\$?)(?P<first>\d{1,7})(?::(?P<b>\$?[A-Z]{1,3}\$?)(?P<last>\d{1,7}))?(?![\w(.!])",
)
_BEFORE_MERGES = (
    "x:sheetData", "x:sheetCalcPr", "x:sheetProtection", "x:protectedRanges", "x:scenarios", "x:autoFilter", "x:sortState",
    "x:dataConsolidate", "x:customSheetViews",
)  # fmt: skip
_FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "definedName"})


def insert_rows(
    sheet: SheetXml, sheets: Sequence[SheetXml], workbook: Part, at: int, count: int, first: int
) -> None:
    """``count`` copies of row ``at`` (from 0) below it. Columns before ``first`` are headings: they span the copies."""
    row = sheet.rows.get(at)
    merges = list(sheet.merges)
    _number_rows(sheet)
    for one in sheets:
        _move_formulas(one.part.root, sheet.name, one is sheet, at, count)
    _move_formulas(workbook.root, sheet.name, False, at, count)
    _move_places(sheet, at, count)
    if row is not None:
        _copy_row(row, at, count)
    _merge_anew(sheet, merges, at, count, first)
    sheet.read()


def _number_rows(sheet: SheetXml) -> None:
    """A row or cell may leave its place unsaid; what moves has to say it."""
    for number, row in sheet.rows.items():
        row.set("r", str(number + 1))
    for at, cell in sheet.cells.items():
        cell.set("r", address(*at))


def _move_places(sheet: SheetXml, at: int, count: int) -> None:
    for number, row in sheet.rows.items():
        if number > at:
            row.set("r", str(number + 1 + count))
    for (row_at, column), cell in sheet.cells.items():
        if row_at > at:
            cell.set("r", address(row_at + count, column))
    for element in sheet.part.root.iter():
        name = short(element.tag).rpartition(":")[2]
        if name in ("c", "row", "mergeCell"):
            continue
        if name == "brk" and (element.get("id") or "").isdecimal() and int(element.get("id") or 0) > at:
            element.set("id", str(int(element.get("id") or 0) + count))
        for key in ("ref", "sqref") if name != "selection" else ():
            if value := element.get(key):
                element.set(key, " ".join(moved_range(r, at, count) for r in value.split()))
        if name == "sqref" and element.text:
            element.text = " ".join(moved_range(r, at, count) for r in element.text.split())


def moved_range(reference: str, at: int, count: int) -> str:
    """A range that holds row ``at`` comes to hold the copies, too."""
    found = rectangle(reference)
    if found is None:
        return reference
    top = found.top + (count if found.top > at else 0)
    bottom = found.bottom + (count if found.bottom >= at else 0)
    start, end = address(top, found.left), address(bottom, found.right)
    return start if start == end else f"{start}:{end}"


def _move_formulas(root: Element, name: str, own: bool, at: int, count: int) -> None:
    for element in root.iter():
        if short(element.tag).rpartition(":")[2] in _FORMULAS and element.text:
            element.text = moved_formula(element.text, name, own, at, count)


def moved_formula(text: str, sheet: str, own: bool, at: int, count: int) -> str:
    """The formula after ``count`` rows came below row ``at`` (from 0) of ``sheet``. ``own``: a reference without a sheet means this one.

    A range of several rows that ends at the row grows with it, so that a total takes the new rows in.
    """

    def moved(match: re.Match[str]) -> str:
        named = match["sheet"]
        if match["text"] or (not own if named is None else _unquoted(named) != sheet):
            return match[0]
        first, last = int(match["first"]) - 1, int(match["last"] or match["first"]) - 1
        top = first + (count if first > at else 0)
        if not match["last"]:
            return f"{named or ''}{match['a']}{top + 1}"
        bottom = last + (count if last > at or (last == at and first < last) else 0)
        return f"{named or ''}{match['a']}{top + 1}:{match['b']}{bottom + 1}"

    return _REFERENCE.sub(moved, text)


def _unquoted(name: str) -> str:
    plain = name.removesuffix("!")
    return plain[1:-1].replace("''", "'") if plain.startswith("'") else plain


def _copy_row(row: Element, at: int, count: int) -> None:
    before = row
    for number in range(1, count + 1):
        made = deepcopy(row)
        made.set("r", str(at + number + 1))
        for cell in (e for e in made if short(e.tag) == "x:c"):
            _copy_cell(cell, at, number)
        before.addnext(made)
        before = made


def _copy_cell(cell: Element, at: int, number: int) -> None:
    """The look without the words; a formula counts in the new row, a number at its head counts on."""
    from openpyxl.formula.translate import Translator

    column = (rectangle(cell.get("r") or "") or Rectangle(0, 0, 0, 0)).left
    formula, value = child(cell, "x:f"), child(cell, "x:v")
    cell.set("r", address(at + number, column))
    if formula is not None and formula.text and formula.get("t") is None:
        moved = Translator(f"={formula.text}", address(at, column))
        formula.text = str(moved.translate_formula(address(at + number, column)))[1:]  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        if value is not None:
            cell.remove(value)
    elif formula is None and value is not None and _is_number(cell, column):
        value.text = str(int(value.text or "0") + number)
    else:
        for element in list(cell):
            cell.remove(element)
        if "t" in cell.attrib:
            del cell.attrib["t"]


def _is_number(cell: Element, column: int) -> bool:
    """The running number at the head of a row."""
    value = child(cell, "x:v")
    plain = cell.get("t") in (None, "n") and value is not None
    return plain and column == 0 and (value.text or "").isdecimal()  # type: ignore[union-attr]


def _merge_anew(sheet: SheetXml, merges: Sequence[Rectangle], at: int, count: int, first: int) -> None:
    """Merges below move, those across grow, those of the row alone stand in each copy; a heading cell of the row grows, merged or not."""
    made: list[Rectangle] = []
    headed: set[int] = set()
    for m in merges:
        covers = m.top <= at <= m.bottom
        if covers and (m.bottom > at or m.top < at or m.left < first):
            made.append(m._replace(bottom=m.bottom + count))
            headed.update(range(m.left, m.right + 1))
        elif covers:
            made += [m._replace(top=m.top + n, bottom=m.bottom + n) for n in range(count + 1)]
        else:
            down = count if m.top > at else 0
            made.append(m._replace(top=m.top + down, bottom=m.bottom + down))
    for (row, column), cell in sheet.cells.items():
        value = child(cell, "x:v")
        number = value is not None and cell.get("t") in (None, "n")
        if row == at and column < first and column not in headed and not number:
            made.append(Rectangle(at, column, at + count, column))
    holder = child(sheet.part.root, "x:mergeCells")
    if not made:
        return
    if holder is None:
        holder = sheet.part.root.makeelement(f"{str(sheet.part.root.tag).rpartition('}')[0]}}}mergeCells")
        before = [e for e in sheet.part.root if short(e.tag) in _BEFORE_MERGES]
        before[-1].addnext(holder)
    like = f"{str(holder.tag).rpartition('}')[0]}}}mergeCell"
    for element in list(holder):
        holder.remove(element)
    for m in made:
        holder.append(
            holder.makeelement(like, {"ref": f"{address(m.top, m.left)}:{address(m.bottom, m.right)}"})
        )
    holder.set("count", str(len(made)))


def recalculated(workbook: Part) -> None:
    """What the formulas came to is stored beside them and is now old: who opens the file works them out."""
    setting = child(workbook.root, "x:calcPr")
    if setting is None:
        namespace = str(workbook.root.tag).rpartition("}")[0]
        setting = workbook.root.makeelement(f"{namespace}}}calcPr")
        before = ("x:sheets", "x:functionGroups", "x:externalReferences", "x:definedNames")
        after = [e for e in workbook.root if short(e.tag) in before]
        after[-1].addnext(setting)
    setting.set("fullCalcOnLoad", "1")
