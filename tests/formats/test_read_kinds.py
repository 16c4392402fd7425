"""The first bytes decide what a file is; of what is not read, one line says what it is and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.document.source import SourceText
from perfdesk.errors import InputRefused
from perfdesk.formats.child import read_file
from tests.formats.hostile import (
    c,
    content_types,
    docx,
    docx_parts,
    encrypted_zip,
    ole2,
    p,
    relations,
    sheet_xml,
    xlsx,
    zipped,
)

HTML = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>甲</td></tr></table></html>'
OLD_EXCEL_XML = (
    '<?xml version="1.0"?><?mso x?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
BINARY_BOOK = content_types("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main")
FLAT = '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>'
SLIDES = relations(("r", "officeDocument", "ppt/presentation.xml"))

REFUSED: dict[str, tuple[str, bytes, str, str]] = {
    "old word": ("a.doc", ole2("WordDocument"), "old-word", ".docx"),
    "old wps": ("a.wps", ole2("WordDocument"), "old-word", "WPS 文字"),
    "older excel": ("a.xlsx", ole2("Book"), "old-excel", ".xlsx"),
    "old excel without its chains": ("a.xls", ole2("Workbook"), "broken", "损坏"),
    "slides": ("a.ppt", ole2("PowerPoint Document"), "slides", "演示文稿"),
    "some compound file": ("a.dat", ole2("Other"), "old-office", "旧版"),
    "cut compound file": ("a.doc", ole2("WordDocument")[:100], "old-office", "旧版"),
    "compound file of absurd sectors": ("a.doc", ole2("WordDocument")[:30] + b"\xff" * 482, "old-office", "旧版"),
    "encrypted": ("a.docx", ole2("EncryptionInfo", "EncryptedPackage"), "encrypted", "密码"),
    "encrypted zip": ("a.docx", encrypted_zip(), "encrypted", "密码"),
    "ofd": ("a.ofd", zipped({"OFD.xml": "<OFD/>"}), "ofd", "OFD"),
    "cut pdf": ("a.docx", b"%PDF-1.7\n", "broken", "PDF"),
    "cut pdf behind a mark": ("a.pdf", b"\xef\xbb\xbf\n%PDF-1.4\n", "broken", "PDF"),
    "html": ("a.xls", HTML.encode(), "html", "网页"),
    "html in utf-16": ("a.xls", HTML.encode("utf-16"), "html", "网页"),
    "html with declaration": ("a.xls", b"<?xml version='1.0'?><html></html>", "html", "网页"),
    "mhtml": ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "html", "网页"),
    "excel 2003 xml": ("a.xls", OLD_EXCEL_XML.encode(), "xml-2003", ".xlsx"),
    "flat word": ("a.xml", FLAT.lower().encode(), "flat-xml", ".docx"),
    "other xml": ("a.xml", b"<?xml version='1.0'?><a/>\n", "xml", "XML"),
    "rtf": ("a.doc", b"{\\rtf1\\ansi }", "rtf", ".docx"),
    "owner file": ("~$a.docx", b"\x05owner" + bytes(156), "owner-file", "~$"),
    "png": ("a.docx", b"\x89PNG\r\n\x1a\n" + bytes(20), "picture", "图片"),
    "jpeg": ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20), "picture", "图片"),
    "heic": ("a.jpg", b"\0\0\0\x18ftypheic", "picture", "图片"),
    "empty": ("a.docx", b"", "empty-file", "0 字节"),
    "zip of files": ("a.zip", zipped({"一.txt": "甲"}), "archive", "解压"),
    "empty zip": ("a.docx", zipped({}), "archive", "解压"),
    "rar": ("a.rar", b"Rar!\x1a\x07\x00", "archive", "解压"),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4", "archive", "解压"),
    "odt": ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "opendocument", ".docx"),
    "ods": ("a.docx", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "opendocument", ".xlsx"),
    "xlsb": ("a.xlsx", zipped({"[Content_Types].xml": BINARY_BOOK, "xl/workbook.bin": b"\x83\1"}), "xlsb", ".xlsx"),
    "pptx": ("a.pptx", zipped({"_rels/.rels": SLIDES, "ppt/presentation.xml": "<p/>"}), "slides", "演示文稿"),
    "word without its main part": ("a.docx", zipped({"word/styles.xml": "<a/>"}), "broken", "损坏"),
    "cut docx": ("a.docx", docx(p("甲"))[:-30], "broken", "不完整"),
    "program": ("a.docx", b"\x7fELF" + bytes(60), "unknown", "不是能读的格式"),
    "cut json": ("a.json", b'{"files": [', "json", "第 1 行"),
    "deep json": ("a.json", b'{"a":' + b"[" * 100_000, "json", "层次太深"),
    "json in gbk": ("a.json", '{"名": 1}'.encode("gbk"), "json", "UTF-8"),
}  # fmt: skip


def refusal(path: Path) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        read_file(path)
    return caught.value


@pytest.mark.parametrize("case", REFUSED)
def test_a_kind_that_is_not_read_is_told_in_one_line(tmp_path: Path, case: str) -> None:
    name, content, code, word = REFUSED[case]
    file = tmp_path / name
    file.write_bytes(content)
    told = refusal(file)
    assert told.code == code
    assert word in told.message and name in told.message and "\n" not in told.message
    assert file.read_bytes() == content


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "folder"
    assert refusal(tmp_path / "没有.docx").code == "missing"
    assert refusal(tmp_path / ("长" * 3000)).code == "unreadable"


@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(),
    reason="a file that opens and cannot be read is at hand on Linux only",
)
def test_a_disk_that_fails_is_not_taken_for_a_broken_file() -> None:
    assert refusal(Path("/proc/self/mem")).code == "unreadable"


@pytest.mark.parametrize("name", ["a.xlsx", "a.doc", "a.txt", "没有扩展名"])
def test_the_name_does_not_matter(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(docx(p("正文")))
    assert read_file(file).format == "docx"
    file.write_bytes(xlsx(sheet_xml(f'<row r="1">{c("A1", "甲")}</row>')))
    assert read_file(file).format == "xlsx"


@pytest.mark.parametrize("said", ["application/vnd.ms-word.document.macroEnabled.main+xml", "nonsense", ""])
def test_files_with_macros_or_odd_declarations_are_simply_read(tmp_path: Path, said: str) -> None:
    parts = docx_parts(p("正文"))
    parts["word/vbaProject.bin"] = ole2("VBA")
    parts["[Content_Types].xml"] = content_types("word/document.xml", said)
    file = tmp_path / "a.docm"
    file.write_bytes(zipped(parts))
    assert [i.text for i in read_file(file).items if isinstance(i, SourceText)] == ["正文"]


def test_a_package_without_relations_is_read_by_its_usual_names(tmp_path: Path) -> None:
    parts = docx_parts(p("正文"))
    file = tmp_path / "a.docx"
    file.write_bytes(zipped({"word/document.xml": parts["word/document.xml"]}))
    assert read_file(file).format == "docx"


def test_json_is_handed_on_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    text = ' {"files": ["≥95%"]}'
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    source = read_file(file)
    assert (source.format, [i.text for i in source.items if isinstance(i, SourceText)]) == ("json", [text])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding_is_text(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("名称,金额\n甲,1.5\n".encode(encoding))
    source = read_file(file)
    assert source.format == "text" and "甲" in {cell.text for t in source.tables for cell in t.cells}
