"""An Excel workbook → one table per sheet, as a stream of cells. Formulas are never evaluated: what the file last stored counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfdesk.document.source import Source, SourceTable
from perfdesk.formats.ooxml import Package, attribute, broken, child, forget, short
from perfdesk.formats.xlsx_numbers import PLAIN, Shape, built_in, shape, show
from perfdesk.formats.xlsx_sheet import Sheet, address, linked, place, rectangle

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element

_ESCAPE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
_CODES = re.compile(r'&(?:[LCRPNDTZFAGUEXYSBIOH]|K[0-9A-F]{6}|"[^"]*"|\d+)')
_NO_WORDS = re.compile(r"[\s\d第共页/\-—–－·~]*")


def read_xlsx(path: str, package: Package, main: str) -> Source:
    return _Workbook(package, main).read(path)


class _Workbook:
    """What all sheets share: strings, number formats, the calendar – and what was left over."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._leftovers: list[str] = []
        self._from_1904 = False
        related = {kind: target for _, kind, target in package.relations(main)}
        self._strings = list(self._shared(related.get("sharedStrings", "xl/sharedstrings.xml")))
        self._shapes, self._ruled = _styles(package, related.get("styles", "xl/styles.xml"))

    def read(self, path: str) -> Source:
        """``where`` is the sheet's name."""
        tables: list[SourceTable] = []
        found = [(name, part, self._named(name, part, hidden)) for name, part, hidden in list(self._sheets())]
        _drop_contents({name: sheet for name, _, sheet in found})
        for _, part, sheet in found:
            grid = sheet.grid(self._package.budget)
            if grid is not None:
                tables.append(SourceTable(grid, sheet.where))
            self._leftovers += sheet.leftovers
            self._read_beside(sheet.where, part)
        return Source(path, "xlsx", tuple(tables), tuple(dict.fromkeys(self._leftovers)))

    def _named(self, name: str, part: str, hidden: bool) -> Sheet:
        if part not in self._package:
            raise broken(self._package.budget.name, f"no part {part}")
        sheet = self._sheet(f"工作表“{name}”", part)
        if hidden and sheet.texts:
            sheet.leftovers.insert(0, f"{sheet.where}是隐藏的，已一并读取")
        return sheet

    def _sheets(self) -> Iterator[tuple[str, str, bool]]:
        """(name, part, hidden) in the workbook's order; sheets of charts or macros are told as left over."""
        targets = {i: (kind, target) for i, kind, target in self._package.relations(self._main)}
        number = 0
        for _, element in self._package.events(self._main, "x:sheet", "x:workbookPr"):
            if short(element.tag) == "x:workbookPr":
                self._from_1904 = (element.get("date1904") or "").lower() in ("1", "true", "on")
                continue
            number += 1
            kind, part = targets.get(
                attribute(element, "r:id") or "", ("worksheet", f"xl/worksheets/sheet{number}.xml")
            )
            name = element.get("name") or str(number)
            if kind == "worksheet":
                yield name, part, element.get("state") in ("hidden", "veryHidden")
            else:
                self._leftovers.append(f"工作表“{name}”是图表或宏，不是表格，没有读取")

    def _shared(self, part: str) -> Iterator[str]:
        for _, element in self._package.events(part, "x:si"):
            text = rich_text(element)
            self._package.budget.text(len(text))
            forget(element)
            yield text

    def _sheet(self, where: str, part: str) -> Sheet:
        sheet = Sheet(where)
        unknown: list[str] = []
        hidden = False
        row, column = -1, -1
        names = ("x:row", "x:c", "x:mergeCell", "x:col", "x:oddHeader", "x:oddFooter", "x:hyperlink")
        for event, element in self._package.events(part, *names, starts=True):
            match event, short(element.tag):
                case "start", "x:row":
                    row, column = _row(element, row), -1
                    hidden = hidden or _hidden(element)
                case "end", "x:c":
                    at = place(element.get("r") or "") or (row, column + 1)
                    column = at[1]
                    self._take(sheet, element, *at, unknown)
                case "end", "x:row":
                    forget(element)
                case "end", "x:mergeCell":
                    self._merge(sheet, element)
                case "end", "x:col":
                    hidden = hidden or _hidden(element)
                case "end", "x:hyperlink":
                    _link(sheet, element)
                case "end", "x:oddHeader" | "x:oddFooter":
                    self._margin(sheet, element)
                case _:
                    pass
        if hidden and sheet.texts:
            sheet.leftovers.append(f"{where}有隐藏的行或列，已一并读取")
        if unknown:
            listed = "、".join(unknown[:10]) + (f" 等 {len(unknown)} 处" if len(unknown) > 10 else "")
            sheet.leftovers.append(
                f"{where} {listed} 的公式没有保存结果，按空白读取。请用 Excel 或 WPS 打开并保存后再导入"
            )
        return sheet

    def _take(self, sheet: Sheet, element: Element, row: int, column: int, unknown: list[str]) -> None:
        value, formula = child(element, "x:v"), child(element, "x:f")
        raw = "" if value is None else value.text or ""
        text = self._text(element, raw)
        if formula is not None and not raw and element.get("t") != "str":
            unknown.append(address(row, column))
        self._package.budget.cell(text)
        if text:
            sheet.put(row, column, text)
        elif _number(element.get("s")) in self._ruled:
            sheet.rule(row, column)

    def _text(self, element: Element, raw: str) -> str:
        match element.get("t"):
            case "s":
                return self._string(raw)
            case "inlineStr":
                inline = child(element, "x:is")
                return "" if inline is None else rich_text(inline)
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(raw.strip(), raw)
            case "str" | "e":
                return _unescaped(raw)
            case "d":
                return raw.removesuffix("T00:00:00").replace("T", " ")
            case _:
                style = _number(element.get("s"))
                form = self._shapes[style] if 0 <= style < len(self._shapes) else PLAIN
                return show(raw, form, self._from_1904) if raw else ""

    def _string(self, raw: str) -> str:
        """A shared string by its number; a number that names none would lose a text, so the file is refused."""
        number = _number(raw)
        if raw and not 0 <= number < len(self._strings):
            raise broken(self._package.budget.name, f"shared string {raw}")
        return self._strings[number] if raw else ""

    def _merge(self, sheet: Sheet, element: Element) -> None:
        self._package.budget.merge(len(sheet.merges) + 1)
        found = rectangle(element.get("ref") or "")
        if found is not None:
            sheet.merges.append(found)
        forget(element)

    def _margin(self, sheet: Sheet, element: Element) -> None:
        text = _CODES.sub(" ", element.text or "").strip()
        if not _NO_WORDS.fullmatch(text):
            sheet.leftovers.append(
                f"{sheet.where} {'页眉' if short(element.tag) == 'x:oddHeader' else '页脚'}：{text}"
            )

    def _read_beside(self, where: str, part: str) -> None:
        """Comments, and the words in drawn shapes."""
        for _, kind, target in self._package.relations(part):
            if kind == "comments":
                for _, element in self._package.events(target, "x:comment"):
                    self._tell(f"{where} {element.get('ref') or ''} 批注", rich_text(element))
                    forget(element)
            elif kind == "drawing":
                words = [e.text or "" for _, e in self._package.events(target, "a:t")]
                self._tell(f"{where} 图形文字", "".join(words))

    def _tell(self, what: str, text: str) -> None:
        self._package.budget.text(len(text))
        if text.strip():
            self._leftovers.append(f"{what}：{text.strip()}")


def _link(sheet: Sheet, element: Element) -> None:
    at = place(element.get("ref") or "")
    if at in sheet.texts:
        sheet.links[at] = element.get("location") or ""
    forget(element)


def _drop_contents(sheets: dict[str, Sheet]) -> None:
    """On a sheet of nothing but a title and links, what says the same as the cell that it leads to is contents, no text of its own."""
    for name, sheet in sheets.items():
        if len(sheet.texts) - len(sheet.links) > 1:
            continue
        for at, location in sheet.links.items():
            other, there = linked(location) or ("", at)
            if other != name and other in sheets and sheets[other].texts.get(there) == sheet.texts.get(at):
                sheet.texts.pop(at, None)


def _row(element: Element, before: int) -> int:
    found = place(f"A{element.get('r') or ''}")
    return found[0] if found else before + 1


def _hidden(element: Element) -> bool:
    return element.get("hidden") in ("1", "true")


def _number(text: str | None) -> int:
    """A count in the file; 0 where none is said, −1 where it is nonsense."""
    try:
        return int((text or "0")[:12])
    except ValueError:
        return -1


def rich_text(holder: Element) -> str:
    """Runs joined; the reading aids of East Asian names (``rPh``) left out."""
    texts = (e.text or "" for e in holder.iter() if short(e.tag) == "x:t" and not _phonetic(e))
    return _unescaped("".join(texts))


def _phonetic(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and short(parent.tag) == "x:rPh"


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold stand as ``_x000D_``; line ends become ``\\n``."""
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- styles --------------------------------------------------------------------------------------------------------------


def _styles(package: Package, part: str) -> tuple[list[Shape], frozenset[int]]:
    """For each cell style its number format, and which of them rule a border."""
    codes: dict[int, str] = {}
    borders: list[bool] = []
    used: list[tuple[int, int]] = []
    for _, element in package.events(part, "x:numFmt", "x:border", "x:xf"):
        parent = element.getparent()
        match short(element.tag), "" if parent is None else short(parent.tag):
            case "x:numFmt", "x:numFmts":
                codes[_number(element.get("numFmtId"))] = element.get("formatCode") or ""
            case "x:border", "x:borders":
                borders.append(any(e.get("style") not in (None, "none") for e in element))
            case "x:xf", "x:cellXfs":
                used.append((_number(element.get("numFmtId")), _number(element.get("borderId"))))
            case _:
                pass
    shapes = {number: shape(codes.get(number) or built_in(number)) for number, _ in used}
    ruled = frozenset(i for i, (_, b) in enumerate(used) if 0 <= b < len(borders) and borders[b])
    return [shapes[number] for number, _ in used], ruled
