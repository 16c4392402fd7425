"""An Excel blank: its cells as items, other values put into some of them, rows added. Only the sheets that get a value are touched.

The cells are changed in the sheet's own XML: a workbook loaded and saved again by openpyxl loses what openpyxl does not know (extended
validation lists, shapes, the text runs of shared strings, printer settings) and writes every part anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from perfdesk.filling.blank import AddedRows, Item, Value
from perfdesk.formats.fill_package import Part, part_of
from perfdesk.formats.fill_xlsx_beside import Beside
from perfdesk.formats.fill_xlsx_fit import Fitting
from perfdesk.formats.fill_xlsx_rows import insert_rows, recalculated
from perfdesk.formats.ooxml import Package, attribute, child, short
from perfdesk.formats.xlsx_read import rich_text
from perfdesk.formats.xlsx_sheet import Rectangle, address, place, rectangle

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PLACES = 20_000
"""Places of a sheet that are looked at; a blank form has a few hundred."""


class SheetXml:
    """One sheet as XML: rows and cells by their place (from 0), merges, and what is used of it."""

    def __init__(self, name: str, part: Part) -> None:
        self.name = name
        self.part = part
        self.data: Element = child(part.root, "x:sheetData")  # type: ignore[assignment]
        self.read()

    def read(self) -> None:
        self.rows: dict[int, Element] = {}
        self.cells: dict[tuple[int, int], Element] = {}
        number = -1
        for row in (e for e in self.data if short(e.tag) == "x:row"):
            number = int(row.get("r") or number + 2) - 1
            self.rows[number] = row
            column = -1
            for cell in (e for e in row if short(e.tag) == "x:c"):
                at = place(cell.get("r") or "") or (number, column + 1)
                column = at[1]
                self.cells[at] = cell
        merged = child(self.part.root, "x:mergeCells")
        found = (rectangle(e.get("ref") or "") for e in (merged if merged is not None else ()))
        self.merges = [m for m in found if m is not None]

    def cell(self, at: tuple[int, int]) -> Element:
        """The cell there, made where the file has none, in the look of its row or column."""
        if at in self.cells:
            return self.cells[at]
        row = self.row(at[0])
        made = _new(self.data, "c")
        made.set("r", address(*at))
        style = row.get("s") if row.get("customFormat") in ("1", "true") else self._column_style(at[1])
        if style:
            made.set("s", style)
        after = next((c for (r, column), c in self.cells.items() if r == at[0] and column > at[1]), None)
        right = [c for (r, column), c in self.cells.items() if r == at[0] and column > at[1]]
        if after is None:
            row.append(made)
        else:
            min(right, key=lambda c: (place(c.get("r") or "") or (0, 0))[1]).addprevious(made)
        self.cells[at] = made
        return made

    def row(self, number: int) -> Element:
        if number not in self.rows:
            made = _new(self.data, "row")
            made.set("r", str(number + 1))
            known = sorted(self.rows)
            below = bisect_left(known, number)
            if below == len(known):
                self.data.append(made)
            else:
                self.rows[known[below]].addprevious(made)
            self.rows[number] = made
        return self.rows[number]

    def _column_style(self, column: int) -> str:
        columns = child(self.part.root, "x:cols")
        for one in columns if columns is not None else ():
            if int(one.get("min") or 0) <= column + 1 <= int(one.get("max") or 0):
                return one.get("style") or ""
        return ""


class XlsxBlank:
    """``items``: the cells of every sheet that is not hidden, empty ones where a table has room for a value."""

    def __init__(self, package: Package, main: str) -> None:
        self._package, self._main = package, main
        related = {kind: target for _, kind, target in package.relations(main)}
        shared = part_of(package, related["sharedStrings"]).root if "sharedStrings" in related else ()
        self._strings = [rich_text(e) for e in shared if short(e.tag) == "x:si"]
        styles = related.get("styles", "xl/styles.xml")
        self._styles = part_of(package, styles) if styles in package else None
        self._ruled = _ruled(self._styles)
        self.fitting = Fitting(self._styles, self._ruled)
        self._chain = (related["calcChain"],) if "calcChain" in related else ()
        self.workbook = part_of(package, main)
        self.sheets = [SheetXml(name, part_of(package, part)) for name, part in self._shown()]
        self.items: list[Item] = []
        self._places: list[tuple[SheetXml, tuple[int, int]]] = []
        self._lines: list[tuple[SheetXml, int]] = []
        self._touched: set[str] = set()
        self._beside = Beside(package)
        self._moved: dict[str, list[tuple[int, int]]] = {}
        for sheet in self.sheets:
            self._collect(sheet)

    def _shown(self) -> Iterator[tuple[str, str]]:
        targets = {i: (kind, target) for i, kind, target in self._package.relations(self._main)}
        for element in self.workbook.root.iter():
            if short(element.tag) == "x:sheet" and element.get("state") not in ("hidden", "veryHidden"):
                kind, part = targets.get(attribute(element, "r:id") or "", ("", ""))
                if kind == "worksheet" and part in self._package:
                    yield element.get("name") or "", part

    def _collect(self, sheet: SheetXml) -> None:
        texts = {at: text for at, cell in sheet.cells.items() if (text := self._text(cell)).strip()}
        rows: dict[int, int] = {}
        for at in sorted({*texts, *self._room(sheet, texts)}):
            if at[0] not in rows:
                rows[at[0]] = len(self._lines)
                self._lines.append((sheet, at[0]))
            where = f"工作表“{sheet.name}” {address(*at)}"
            self.items.append(Item(len(self.items), rows[at[0]], texts.get(at, ""), where))
            self._places.append((sheet, at))

    def _room(self, sheet: SheetXml, texts: Mapping[tuple[int, int], str]) -> set[tuple[int, int]]:
        """Empty places of the tables: inside borders; in a sheet without borders all within what is used, below its headings."""
        hidden = {p for m in sheet.merges for p in _places(m)} - {(m.top, m.left) for m in sheet.merges}
        formulas = {at for at, cell in sheet.cells.items() if child(cell, "x:f") is not None}
        ruled = {at for at, cell in sheet.cells.items() if int(cell.get("s") or 0) in self._ruled}
        if ruled:
            return ruled - hidden - formulas - set(texts)
        if not texts:
            return set()
        bottom = max([r for r, _ in texts] + [m.bottom for m in sheet.merges])
        right = max([c for _, c in texts] + [m.right for m in sheet.merges])
        if (bottom + 1) * (right + 1) > PLACES:
            return set()
        top = _first_row(sheet, texts)
        every = {(r, c) for r in range(top, bottom + 1) for c in range(right + 1)}
        return every - hidden - formulas - set(texts)

    def _text(self, cell: Element) -> str:
        value, formula = child(cell, "x:v"), child(cell, "x:f")
        raw = "" if value is None else value.text or ""
        if cell.get("t") == "s" and raw.isdecimal() and int(raw) < len(self._strings):
            return self._strings[int(raw)]
        if cell.get("t") == "inlineStr":
            inline = child(cell, "x:is")
            return "" if inline is None else rich_text(inline)
        return raw or ("=" if formula is not None else "")

    # --- values ---

    def write(self, item: int, value: Value) -> None:
        sheet, at = self._places[item]
        moved = sum(count for after, count in self._moved.get(sheet.name, []) if at[0] > after)
        self._put(sheet, (at[0] + moved, at[1]), value)

    def _put(self, sheet: SheetXml, at: tuple[int, int], value: Value) -> None:
        self._touched.add(sheet.part.name)
        _set(sheet.cell(at), value)
        if isinstance(value, str):
            self.fitting.fit(sheet, at, value)

    # --- rows ---

    def add(self, rows: AddedRows) -> None:
        """Copies below the row, which may have moved down by rows that were added above it."""
        sheet, row = self._lines[rows.row]
        own = {i.id: self._places[i.id][1][1] for i in self.items if i.row == rows.row}
        first = min(own[i] for copy in rows.copies for i in copy)
        at = row + sum(count for after, count in self._moved.get(sheet.name, []) if row > after)
        insert_rows(sheet, self.sheets, self.workbook, at, len(rows.copies), first)
        self._beside.move(sheet.part.name, at, len(rows.copies))
        self._touched |= {s.part.name for s in self.sheets} | {self._main}
        for number, values in enumerate(rows.copies, 1):
            for item, value in values.items():
                self._put(sheet, (at + number, own[item]), value)
        self._moved.setdefault(sheet.name, []).append((row, len(rows.copies)))

    @property
    def dropped(self) -> tuple[str, ...]:
        """The order in which formulas were worked out names cells that have moved; a file without it is worked out anew."""
        return self._chain if self._moved else ()

    def changed(self) -> dict[str, bytes]:
        """The parts that are not what they were. Where the workbook holds formulas it is told to work them out anew when it is opened."""
        if self._touched and any(child(c, "x:f") is not None for s in self.sheets for c in s.cells.values()):
            recalculated(self.workbook)
            self._touched.add(self._main)
        parts = [self.workbook, *(s.part for s in self.sheets)]
        if self._styles is not None and self.fitting.touched:
            parts.append(self._styles)
            self._touched.add(self._styles.name)
        moved = {name: part.written() for name, part in self._beside.parts.items()}
        return {p.name: p.written() for p in parts if p.name in self._touched} | moved | self._without_chain()

    def _without_chain(self) -> dict[str, bytes]:
        """What names the part that goes."""
        made: dict[str, bytes] = {}
        folder, _, name = self._main.rpartition("/")
        for part in (f"{folder}/_rels/{name}.rels", "[content_types].xml") if self.dropped else ():
            listed = part_of(self._package, part)
            for element in list(listed.root):
                said = element.get("Target") or element.get("PartName") or ""
                if said.lower().endswith("calcchain.xml"):
                    listed.root.remove(element)
            made[part] = listed.written()
        return made


def _places(m: Rectangle) -> Iterator[tuple[int, int]]:
    if (m.bottom - m.top + 1) * (m.right - m.left + 1) <= PLACES:
        yield from ((r, c) for r in range(m.top, m.bottom + 1) for c in range(m.left, m.right + 1))


def _first_row(sheet: SheetXml, texts: Mapping[tuple[int, int], str]) -> int:
    """The first row below the headings: these have one text in a row, and no room beside it but to the right of a title."""
    row = 0
    while True:
        here = [text for (r, _), text in texts.items() if r == row]
        merges = [m for m in sheet.merges if m.top <= row <= m.bottom]
        whole = len(here) <= 1 and len(merges) <= 1 and all(m.left == 0 for m in merges)
        if not whole or not (not here or _is_heading(here[0]) or (merges and _reaches_end(sheet, merges[0]))):
            return row
        row += 1


def _is_heading(text: str) -> bool:
    plain = "".join(text.split())
    return plain.startswith("附") or plain.endswith(("表", "年", "年度)", "年度）", "年度", "元", "元）"))


def _reaches_end(sheet: SheetXml, merge: Rectangle) -> bool:
    return merge.right >= max(m.right for m in sheet.merges)


def _set(cell: Element, value: Value) -> None:
    """A text stands in the cell itself, so that the strings which all sheets share stay as they are."""
    for element in list(cell):
        cell.remove(element)
    if "t" in cell.attrib:
        del cell.attrib["t"]
    if isinstance(value, Decimal):
        number = _new(cell, "v")
        number.text = format(value, "f")
        cell.append(number)
    elif value:
        cell.set("t", "inlineStr")
        inline, text = _new(cell, "is"), _new(cell, "t")
        text.text = value
        if value != value.strip() or "\n" in value:
            text.set(_XML_SPACE, "preserve")
        inline.append(text)
        cell.append(inline)


def _new(like: Element, name: str) -> Element:
    return like.makeelement(f"{str(like.tag).rpartition('}')[0]}}}{name}")


def _ruled(styles: Part | None) -> frozenset[int]:
    """The cell styles that rule a border."""
    if styles is None:
        return frozenset()
    root = styles.root
    borders, formats = child(root, "x:borders"), child(root, "x:cellXfs")
    lines = [
        any(e.get("style") not in (None, "none") for e in b) for b in (borders if borders is not None else ())
    ]
    used = [int(xf.get("borderId") or 0) for xf in (formats if formats is not None else ())]
    return frozenset(n for n, border in enumerate(used) if border < len(lines) and lines[border])


def edit_xlsx(blank: XlsxBlank, texts: Mapping[int, Value], added: Sequence[AddedRows]) -> None:
    """Rows first, from the top down."""
    for rows in sorted(added, key=lambda a: a.row):
        blank.add(rows)
    for item, value in texts.items():
        blank.write(item, value)
