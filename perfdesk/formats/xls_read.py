"""An old Excel workbook (.xls, also from WPS) → one table per sheet. As with .xlsx, formulas are never evaluated and numbers read as
their formats show them: a library that drops the formats would make 0.95 of 95%."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdesk.document.source import Source, SourceTable
from perfdesk.formats.budget import Budget
from perfdesk.formats.kinds import encrypted, save_as
from perfdesk.formats.ole2 import Compound
from perfdesk.formats.ooxml import broken
from perfdesk.formats.xls_records import Kind, Record, Texts, packed_number, records
from perfdesk.formats.xlsx_numbers import PLAIN, Shape, built_in, shape, show
from perfdesk.formats.xlsx_sheet import Rectangle, Sheet, address

_BIFF8 = 0x0600


def read_xls(path: str, name: str, data: bytes, budget: Budget) -> Source:
    """``where`` is the sheet's name. InputRefused for files with a password, and those of Excel 95 and older."""
    compound = Compound(data, budget)
    if "Workbook" not in compound:
        raise save_as(name, "old-excel", "是很旧的 Excel 表格（Excel 95 或更早）", ".xlsx")
    try:
        return _Workbook(compound.stream("Workbook"), name, budget).read(path)
    except (struct.error, ValueError, IndexError) as error:
        raise broken(name, f"{type(error).__name__}: {error}") from None


class _Bound(NamedTuple):
    name: str
    start: int
    hidden: bool


@dataclass(slots=True)
class _Workbook:
    """What all sheets share."""

    stream: bytes
    name: str
    budget: Budget
    _texts: list[str] = field(default_factory=list[str])
    _sheets: list[_Bound] = field(default_factory=list[_Bound])
    _codes: dict[int, str] = field(default_factory=dict[int, str])
    _styles: list[tuple[int, bool]] = field(default_factory=list[tuple[int, bool]])
    _shapes: dict[int, Shape] = field(default_factory=dict[int, Shape])
    _from_1904: bool = False

    def read(self, path: str) -> Source:
        for record in self._own(0):
            self._take(record)
        tables: list[SourceTable] = []
        leftovers: list[str] = []
        for bound in self._sheets:
            sheet = self._sheet(bound)
            grid = sheet.grid(self.budget)
            if grid is not None:
                tables.append(SourceTable(grid, sheet.where))
            leftovers += sheet.leftovers
        return Source(path, "xls", tuple(tables), tuple(dict.fromkeys(leftovers)))

    def _own(self, start: int) -> Iterator[Record]:
        """The records of one part of the stream, those of charts in it left out."""
        depth = 0
        for record in records(self.stream, start):
            self.budget.progress()
            depth += (record.kind == Kind.BOF) - (record.kind == Kind.EOF)
            if depth <= 0 and record.kind == Kind.EOF:
                return
            if depth == 1:
                yield record

    def _take(self, record: Record) -> None:
        data = record.data
        match record.kind:
            case Kind.BOF if struct.unpack_from("<H", data)[0] != _BIFF8:
                raise save_as(self.name, "old-excel", "是很旧的 Excel 表格（Excel 95 或更早）", ".xlsx")
            case Kind.FILEPASS:
                raise encrypted(self.name)
            case Kind.DATE_MODE:
                self._from_1904 = data[:1] == b"\x01"
            case Kind.FORMAT:
                self._codes[struct.unpack_from("<H", data)[0]] = Texts([data[2:]]).next()
            case Kind.XF:
                lines = struct.unpack_from("<H", data, 10)[0] if len(data) >= 12 else 0
                self._styles.append((struct.unpack_from("<H", data, 2)[0], bool(lines)))
            case Kind.SST:
                self._texts = list(self._shared(record))
            case Kind.BOUNDSHEET if data[5:6] == b"\x00":
                start, hidden = struct.unpack_from("<IB", data)
                self._sheets.append(_Bound(Texts([data[7:]]).next(data[6]), start, bool(hidden & 3)))
            case _:
                pass

    def _shared(self, record: Record) -> Iterator[str]:
        count = struct.unpack_from("<I", record.data, 4)[0]
        texts = Texts(record.pieces, 8)
        for _ in range(count):
            text = texts.next()
            self.budget.text(len(text))
            yield text

    def _sheet(self, bound: _Bound) -> Sheet:
        reading = _Cells(Sheet(f"工作表“{bound.name}”"), self)
        for record in self._own(bound.start):
            reading.take(record)
        reading.tell(bound.hidden)
        return reading.sheet

    def shown(self, number: float, style: int) -> str:
        return show(repr(number), self._shape(style), self._from_1904)

    def ruled(self, style: int) -> bool:
        return 0 <= style < len(self._styles) and self._styles[style][1]

    def text(self, number: int) -> str:
        """A text by its number; one that names none would lose a text, so the file is refused."""
        if number >= len(self._texts):
            raise broken(self.name, f"shared string {number}")
        return self._texts[number]

    def _shape(self, style: int) -> Shape:
        if not 0 <= style < len(self._styles):
            return PLAIN
        if style not in self._shapes:
            code = self._styles[style][0]
            self._shapes[style] = shape(self._codes.get(code) or built_in(code))
        return self._shapes[style]


@dataclass(slots=True)
class _Cells:
    """One sheet in the making. ``_waiting``: the cell of a formula whose text comes in the next record."""

    sheet: Sheet
    book: _Workbook
    _waiting: tuple[int, int] | None = None
    _unknown: list[str] = field(default_factory=list[str])
    _hidden: bool = False
    _notes: bool = False

    def take(self, record: Record) -> None:
        data = record.data
        match record.kind:
            case Kind.LABEL_SST:
                row, column, _, number = struct.unpack_from("<HHHI", data)
                self._put(row, column, self.book.text(number))
            case Kind.LABEL | Kind.RICH:
                row, column = struct.unpack_from("<HH", data)
                self._put(row, column, Texts([data[6:], *record.pieces[1:]]).next())
            case Kind.NUMBER:
                row, column, style, value = struct.unpack_from("<HHHd", data)
                self._put(row, column, self.book.shown(value, style))
            case Kind.RK:
                row, column, style, packed = struct.unpack_from("<HHHI", data)
                self._put(row, column, self.book.shown(packed_number(packed), style))
            case Kind.MANY_RK:
                row, first = struct.unpack_from("<HH", data)
                for n, (style, packed) in enumerate(struct.iter_unpack("<HI", data[4:-2])):
                    self._put(row, first + n, self.book.shown(packed_number(packed), style))
            case Kind.BOOL:
                row, column, _, value, is_error = struct.unpack_from("<HHHBB", data)
                self._put(row, column, "#错误" if is_error else ("TRUE" if value else "FALSE"))
            case Kind.FORMULA | Kind.STRING:
                self._formula(record)
            case _:
                self._take_layout(record.kind, data)

    def _formula(self, record: Record) -> None:
        """A formula's last result; a text stands in the record behind it."""
        if record.kind == Kind.STRING:
            if self._waiting is not None:
                self._put(*self._waiting, Texts(record.pieces).next())
            self._waiting = None
            return
        row, column, style = struct.unpack_from("<HHH", record.data)
        result = record.data[6:14]
        self._waiting = None
        if result[6:] != b"\xff\xff":
            self._put(row, column, self.book.shown(struct.unpack("<d", result)[0], style))
            return
        match result[0]:
            case 0:
                self._waiting = row, column
            case 1:
                self._put(row, column, "TRUE" if result[2] else "FALSE")
            case 2:
                self._unknown.append(address(row, column))
            case _:
                self._put(row, column, "")

    def _take_layout(self, kind: int, data: bytes) -> None:
        match kind:
            case Kind.BLANK:
                row, column, style = struct.unpack_from("<HHH", data)
                self._blank(row, column, style)
            case Kind.MANY_BLANK:
                row, first = struct.unpack_from("<HH", data)
                for n, (style,) in enumerate(
                    struct.iter_unpack("<H", data[4 : 4 + (len(data) - 6) // 2 * 2])
                ):
                    self._blank(row, first + n, style)
            case Kind.MERGES:
                for top, bottom, left, right in struct.iter_unpack(
                    "<4H", data[2 : 2 + (len(data) - 2) // 8 * 8]
                ):
                    self.book.budget.merge(len(self.sheet.merges) + 1)
                    self.sheet.merges.append(Rectangle(top, left, bottom, right))
            case Kind.ROW:
                self._hidden = self._hidden or bool(struct.unpack_from("<I", data, 12)[0] & 0x20)
            case Kind.COLUMN:
                self._hidden = self._hidden or bool(struct.unpack_from("<H", data, 8)[0] & 1)
            case Kind.NOTE:
                self._notes = True
            case _:
                pass

    def _put(self, row: int, column: int, text: str) -> None:
        self.book.budget.cell(text)
        self.sheet.put(row, column, text.replace("\r\n", "\n").replace("\r", "\n"))

    def _blank(self, row: int, column: int, style: int) -> None:
        self.book.budget.cell("")
        if self.book.ruled(style):
            self.sheet.rule(row, column)

    def tell(self, hidden: bool) -> None:
        """What a person should know of the sheet besides its texts."""
        where, leftovers = self.sheet.where, self.sheet.leftovers
        if hidden and self.sheet.texts:
            leftovers.insert(0, f"{where}是隐藏的，已一并读取")
        if self._hidden and self.sheet.texts:
            leftovers.append(f"{where}有隐藏的行或列，已一并读取")
        if self._notes:
            leftovers.append(f"{where}有批注，批注没有读取。要用批注里的字，请另存为 .xlsx 再导入")
        if self._unknown:
            listed = "、".join(self._unknown[:10]) + (
                f" 等 {len(self._unknown)} 处" if len(self._unknown) > 10 else ""
            )
            leftovers.append(f"{where} {listed} 的公式算不出结果（错误值），按空白读取")
