"""Files made to harm, or that are not what they seem: what comes of each, and what the user is told."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from perfdesk.formats.kinds import OLE2
from tests.formats import hostile
from tests.formats.hostile import (
    c,
    content_types,
    document_xml,
    docx,
    docx_parts,
    merges,
    p,
    relations,
    sheet_of,
    sheet_xml,
    tbl,
    tc,
    tr,
    xlsx,
    xlsx_parts,
    zipped,
)
from tests.formats.pdf_made import raw_pdf
from tests.formats.xls_made import number_cell, record, workbook

Make = Callable[[], bytes]
LARGE, BROKEN = "太大", "损坏"
"""Words that the sentence has; what the user can do stands in it, too."""
WORD = b"BT /F 10 Tf 50 50 Td (abc) Tj ET "
OPEN, CLOSE = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"


@dataclass(frozen=True, slots=True)
class Case:
    """``code``: of the refusal, or ``read``; ``word``: what stands in its sentence, or in what was read and left over."""

    name: str
    file: str
    make: Make | Callable[[Path], None]
    code: str
    word: str


def many_parts(count: int) -> bytes:
    return zipped({**docx_parts(p("甲")), **{f"word/media/{n}.png": b"" for n in range(count)}})


def shared_giant() -> bytes:
    """A text of 32 000 characters, once in the file, in 5 000 cells."""
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>0</v></c></row>' for n in range(5000))
    return zipped(xlsx_parts(sheet_xml(rows), shared=f"<si><t>{'税' * 32_000}</t></si>"))


def ladder() -> bytes:
    """Each row's cells begin one column further on than the last: a grid of 700 columns out of 700 cells."""
    return docx(tbl(*(tr(tc("甲"), properties=f'<w:gridBefore w:val="{n}"/>') for n in range(700))))


def wide_and_high() -> bytes:
    """Few cells, but a grid of 19 000 rows and 400 columns."""
    return docx(tbl(tr(*[tc("甲")] * 400), *[tr(tc("乙"))] * 18_999))


def giant_merges() -> bytes:
    listed = "".join(f'<mergeCell ref="A{n + 1}:XFD1048576"/>' for n in range(4999))
    cells = "".join(f'<row r="{n}">{c(f"A{n}", "甲")}</row>' for n in range(1, 5001))
    return xlsx(sheet_xml(cells, f"<mergeCells>{listed}</mergeCells>"))


def one_sheet_under_many_names(count: int) -> bytes:
    parts = xlsx_parts(sheet_xml(f'<row r="1">{c("A1", "甲")}</row>'))
    listed = "".join(f'<sheet name="表{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(count))
    spaces = f'xmlns="{hostile.X}" xmlns:r="{hostile.R}"'
    return zipped({**parts, "xl/workbook.xml": f"<workbook {spaces}><sheets>{listed}</sheets></workbook>"})


def one_header_under_many_names(count: int) -> bytes:
    parts = docx_parts(p("甲"), ("header", "h.xml", hostile.word_part("hdr", p("页"))))
    listed = relations(*((f"r{n}", "header", "h.xml") for n in range(count)))
    return zipped({**parts, "word/_rels/document.xml.rels": listed})


def parts_over_parts(count: int, mebibytes: int) -> bytes:
    """Headers of so many MiB each, all small when packed: together more than a file may inflate to."""
    header = hostile.word_part("hdr", ("<w:p/>" + " " * 1018) * (mebibytes << 10))
    names = tuple(("header", f"h{n}.xml", header) for n in range(count))
    return docx(p("甲"), *names)


def outside(entity: str, part: str, parts: dict[str, str | bytes]) -> bytes:
    """A part that takes in a file of this machine, or of another one."""
    return zipped({**parts, part: f"<!DOCTYPE w [{entity}]>{document_xml('&a;')}"})


def with_macro_sheet() -> bytes:
    parts = xlsx_parts(sheet_xml(f'<row r="1">{c("A1", "甲")}</row>'), sheet_xml(""))
    listed = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "xlMacrosheet", "macrosheets/sheet1.xml")
    )
    return zipped({**parts, "xl/_rels/workbook.xml.rels": listed, "xl/macrosheets/sheet1.xml": sheet_xml("")})


def formula(inside: str) -> bytes:
    return xlsx(sheet_xml(f'<row r="1">{c("A1", "甲")}<c r="B1" t="str">{inside}</c></row>'))


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


SMALL = (
    # --- bombs ---
    Case("2 001 parts", "a.docx", lambda: many_parts(1997), "too-large", LARGE),
    Case("2 001 parts that say they are four", "a.docx", lambda: hostile.lying_count(many_parts(1997)), "too-large", LARGE),
    Case("a directory of 6 MB for 100 parts", "a.docx",
         lambda: zipped({**docx_parts(p("甲")), **{f"{n}{'x' * 60_000}": b"" for n in range(100)}}), "too-large", LARGE),
    Case("100 000 merges", "a.xlsx", lambda: merges(100_000), "too-large", "合并单元格"),
    Case("501 columns in a sheet", "a.xlsx", lambda: sheet_of(1, lambda _: '<c t="n"><v>1</v></c>' * 501), "too-large", "500 列"),
    Case("501 columns in a document", "a.docx", lambda: docx(tbl(tr(*[tc("甲")] * 501))), "too-large", "500 列"),
    Case("700 steps aside", "a.docx", ladder, "too-large", LARGE),
    Case("one text in every cell", "a.xlsx", shared_giant, "too-large", "文字"),
    Case("a text of 11 MB", "a.docx", lambda: docx(p("税" * 4_000_000)), "broken", BROKEN),
    Case("one sheet under 6 000 names", "a.xlsx", lambda: one_sheet_under_many_names(6_000), "too-large", "5000 次"),
    Case("one header under 6 000 names", "a.docx", lambda: one_header_under_many_names(6_000), "too-large", "5000 次"),
    Case("100 000 pages", "a.pdf", lambda: raw_pdf(WORD, 1, 100_000), "too-large", "页"),
    Case("a form that draws itself", "a.pdf", lambda: raw_pdf(b"/X Do " + WORD, 10), "read", "abc"),
    # --- XML that declares and fetches ---
    Case("billion laughs", "a.docx", lambda: hostile.laughing(), "doctype", "DOCTYPE"),
    Case("billion laughs behind a comment", "a.docx", lambda: hostile.laughing("<!-- x --><?y z?> "), "doctype", "DOCTYPE"),
    Case("billion laughs in utf-16", "a.docx", lambda: hostile.laughing(encoding="utf-16"), "doctype", "DOCTYPE"),
    Case("billion laughs in utf-7", "a.docx", lambda: hostile.laughing(encoding="utf-7"), "broken", BROKEN),
    Case("billion laughs behind 70 KB of blanks", "a.docx", lambda: hostile.laughing(" " * 70_000), "broken", BROKEN),
    Case("billion laughs behind a comment of 70 KB", "a.docx", lambda: hostile.laughing(f"<!--{'x' * 70_000}-->"), "broken", BROKEN),
    Case("a file of this machine as an entity", "a.docx",
         lambda: outside('<!ENTITY a SYSTEM "file:///etc/passwd">', "word/document.xml", docx_parts("")), "doctype", "DOCTYPE"),
    Case("an entity from afar in the shared strings", "a.xlsx",
         lambda: outside('<!ENTITY a SYSTEM "http://127.0.0.1/">', "xl/sharedStrings.xml", xlsx_parts(sheet_xml(""))),
         "doctype", "DOCTYPE"),
    Case("an entity in the relations", "a.docx",
         lambda: outside('<!ENTITY % a SYSTEM "http://127.0.0.1/">%a;', "_rels/.rels", docx_parts("")), "doctype", "DOCTYPE"),
    Case("a part that would include a file", "a.docx", lambda: docx(p("甲") +
         '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'), "read", "甲"),
    # --- depth and places beyond sense ---
    Case("300 nested tables", "a.docx", lambda: docx(f"{OPEN * 300}{p('深')}{CLOSE * 300}"), "broken", BROKEN),
    Case("80 nested tables", "a.docx", lambda: docx(f"{OPEN * 80}{p('深')}{CLOSE * 80}"), "read", "深"),
    Case("lists in lists", "a.json", lambda: b'{"a":' + b"[" * 100_000, "json", "层次太深"),
    Case("the last cell of all", "a.xlsx", lambda: xlsx(sheet_xml(f'<row r="1048576">{c("XFD1048576", "甲")}</row>')), "read", "甲"),
    Case("a row beyond all numbers", "a.xlsx",
         lambda: xlsx(sheet_xml(f'<row r="99999999999">{c("A99999999999", "甲")}</row>')), "read", "甲"),
    Case("giant merges over each other", "a.xlsx", giant_merges, "read", "甲"),
    Case("cells that span two thousand million columns, none, and fewer", "a.docx", lambda: docx(tbl(tr(
         tc("甲", '<w:gridSpan w:val="2147483647"/>'), tc("乙", '<w:gridSpan w:val="0"/>'), tc("丙", '<w:gridSpan w:val="-5"/>')))),
         "read", "丙"),
    # --- headers that lie ---
    Case("packed in an unknown way", "a.docx", hostile.unknown_packing, "broken", BROKEN),
    Case("packed bytes that are none", "a.docx", hostile.broken_packing, "broken", BROKEN),
    Case("names that are no utf-8", "a.docx", hostile.broken_names, "broken", BROKEN),
    Case("a name before a part that is no utf-8", "a.docx", hostile.broken_local_name, "broken", BROKEN),
    Case("a part that begins before the file", "a.docx", hostile.before_the_start, "broken", BROKEN),
    Case("a part that ends behind the file", "a.docx", hostile.missing_end, "broken", BROKEN),
    Case("a sheet that says it is one cell", "a.xlsx", lambda: xlsx(sheet_xml("".join(
         f'<row r="{n}">{c(f"A{n}", f"第{n}行")}</row>' for n in range(1, 30)), before='<dimension ref="A1"/>')), "read", "第29行"),
    Case("a document that says it is a workbook", "a.xlsx",
         lambda: zipped({**docx_parts(p("甲")), "[Content_Types].xml": content_types("word/document.xml", "sheet.main+xml")}),
         "read", "甲"),
    # --- formulas, macros, paths ---
    Case("a formula without a value", "a.xlsx",
         lambda: xlsx(sheet_xml(f'<row r="1">{c("A1", "甲")}<c r="B1"><f>1+1</f></c></row>')), "read", "公式没有保存结果"),
    Case("a formula that starts a program", "a.xlsx", lambda: formula("<f>cmd|'/c calc'!A1</f><v>旧值</v>"), "read", "旧值"),
    Case("a formula that leads away", "a.xlsx",
         lambda: formula('<f>HYPERLINK("http://127.0.0.1/","x")</f><v>看这里</v>'), "read", "看这里"),
    Case("a document with macros", "a.docm",
         lambda: zipped({**docx_parts(p("甲")), "word/vbaProject.bin": hostile.ole2("VBA")}), "read", "甲"),
    Case("a workbook with an old macro sheet", "a.xlsm", with_macro_sheet, "read", "没有读取"),
    Case("names that climb out", "a.docx",
         lambda: zipped({**docx_parts(p("甲")), "../../etc/passwd": "x", "..\\..\\x.dll": "x", "/abs": "x"}), "read", "甲"),
    Case("a relation that climbs out", "a.docx", lambda: docx(p("甲"), ("header", "../../../../etc/hostname", "")), "read", "甲"),
    Case("a file inside itself", "a.docx", lambda: zipped({"word/document.xml": docx(p("甲"))}), "broken", BROKEN),
    # --- locked, and not what they seem ---
    Case("a locked document", "a.docx", lambda: hostile.ole2("EncryptionInfo", "EncryptedPackage"), "encrypted", "取消密码"),
    Case("a locked workbook", "a.xlsx", lambda: hostile.ole2("EncryptionInfo", "EncryptedPackage"), "encrypted", "取消密码"),
    Case("a locked old workbook", "a.xls",
         lambda: workbook(number_cell(0, 0, 0, 1.0), head=record(0x2F, bytes(6))), "encrypted", "取消密码"),
    Case("a locked archive", "a.zip", hostile.encrypted_zip, "encrypted", "解压"),
    Case("a picture named as a document", "a.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(20), "picture", "原文件"),
    Case("a page of the web named as a workbook", "a.xls",
         lambda: b"<html><table><tr><td>a</td></tr></table></html>", "html", "另存为"),
    Case("what Office leaves beside an open file", "~$a.docx", lambda: b"\5owner" + bytes(156), "owner-file", "原文件"),
    Case("what a Mac leaves beside a file", "._a.docx", lambda: b"\0\5\x16\7" + bytes(60), "owner-file", "原文件"),
    Case("a shortcut", "a.docx.lnk", lambda: b"\x4c\0\0\0\1\x14\2\0" + bytes(60), "shortcut", "所指"),
    Case("nothing", "a.docx", lambda: b"", "empty-file", "重新取得"),
    Case("an official page layout", "a.ofd", lambda: zipped({"OFD.xml": "<OFD/>"}), "ofd", "原文件"),
    Case("some compound file", "a.wps", lambda: OLE2 + bytes(600), "old-office", "另存为"),
    Case("a program", "a.docx", lambda: b"MZ\x90\0" + bytes(100), "unknown", "能读的有"),
    Case("a folder", "a.docx", lambda path: path.mkdir(), "folder", "里面的文件"),
    Case("a pipe", "a.docx", lambda path: os.mkfifo(path), "unknown", "不是普通文件"),
    Case("a socket", "a.docx", a_socket, "unknown", "不是普通文件"),
    Case("a device", "a.docx", lambda path: path.symlink_to("/dev/zero"), "unknown", "不是普通文件"),
    Case("a link that leads to itself", "a.docx", lambda path: path.symlink_to(path.name), "shortcut", "绕回自己"),
    Case("a link that leads nowhere", "a.docx", lambda path: path.symlink_to("gone"), "missing", "找不到"),
)  # fmt: skip

LARGE_ONES = (
    Case("20 001 rows in a sheet", "a.xlsx", lambda: sheet_of(20_001, lambda n: c(f"A{n + 1}", "甲")), "too-large", "20000 行"),
    Case("a grid of 7 million places", "a.docx", wide_and_high, "too-large", "单元格"),
    Case("20 001 rows in a document", "a.docx", lambda: docx(tbl(*[tr(tc("甲"))] * 20_001)), "too-large", "20000 行"),
    Case("a part of 70 MiB that says 100 bytes", "a.docx", lambda: hostile.lying_bomb(70), "broken", BROKEN),
    Case("a part of 70 MiB", "a.docx", lambda: hostile.bomb("word/document.xml", 70), "too-large", "64 MB"),
    Case("five parts of 50 MiB", "a.docx", lambda: parts_over_parts(5, 50), "too-large", "200 MB"),
    Case("200 001 cells", "a.xlsx", lambda: sheet_of(10_001, lambda _: '<c t="n"><v>1</v></c>' * 20), "too-large", "单元格"),
    Case("100 000 parts", "a.docx", lambda: many_parts(100_000), "too-large", "部分"),
    Case("a million empty cells", "a.docx", lambda: docx(tbl(*[f"<w:tr>{'<w:tc/>' * 400}</w:tr>"] * 3000)), "too-large", "空格"),
    Case("half a million lines", "a.pdf", lambda: raw_pdf(b"0 0 m 500 500 l S " * 1000, 500), "too-large", "图形"),
    Case("90 000 curves on each of 20 pages", "a.pdf",
         lambda: raw_pdf(b"0 0 m 1 1 2 2 3 3 c S " * 1000 + WORD, 90, 20), "too-large", "图形"),
    Case("600 MiB of blanks", "a.pdf", lambda: raw_pdf(b" " * (1 << 20), 600), "too-large reader-stopped", "请"),
)  # fmt: skip
