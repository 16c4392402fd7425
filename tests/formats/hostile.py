"""Makers of small office files, honest and hostile, from raw XML: what no usual library would write."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    X: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def zipped(parts: dict[str, str | bytes], stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)
    return out.getvalue()


def relations(*rows: tuple[str, str, str]) -> str:
    """Rows of (id, kind, target)."""
    made = "".join(
        f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"/>' for i, kind, target in rows
    )
    return f'<Relationships xmlns="{_REL}">{made}</Relationships>'


def content_types(part: str, said: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<Types xmlns="{space}"><Override PartName="/{part}" ContentType="{said}"/></Types>'


def document_xml(body: str) -> str:
    return f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"


def docx_parts(body: str, *beside: tuple[str, str, str]) -> dict[str, str | bytes]:
    """``beside`` are further parts: (kind of relation, name under ``word/``, XML)."""
    rows = [(f"rId{n}", kind, name) for n, (kind, name, _) in enumerate(beside, 1)]
    return {
        "[Content_Types].xml": content_types("word/document.xml", _WORD),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(*rows),
        "word/document.xml": document_xml(body),
        **{f"word/{name}": xml for _, name, xml in beside},
    }


def docx(body: str, *beside: tuple[str, str, str]) -> bytes:
    return zipped(docx_parts(body, *beside))


def word_part(root: str, inner: str) -> str:
    """A header, the comments … as a part."""
    return f"<w:{root} {_SPACES}>{inner}</w:{root}>"


def p(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, columns: int = 0, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths or (2000,) * columns)
    return f"<w:tbl><w:tblPr/>{f'<w:tblGrid>{grid}</w:tblGrid>' if grid else ''}{''.join(rows)}</w:tbl>"


def sheet_xml(rows: str, behind: str = "", before: str = "") -> str:
    return f'<worksheet xmlns="{X}" xmlns:r="{R}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'


def c(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def xlsx_parts(
    *sheets: str,
    shared: str = "",
    styles: str = "",
    states: tuple[str, ...] = (),
    properties: str = "",
    beside: dict[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """``sheets`` as XML, named 甲, 乙, …; ``shared`` and ``styles`` are what stands inside those parts' roots."""
    names = "甲乙丙丁戊己庚辛"
    listed = "".join(
        f'<sheet name="{names[n]}" sheetId="{n + 1}" r:id="rId{n + 1}" state="{(*states, *["visible"] * 9)[n]}"/>'
        for n in range(len(sheets))
    )
    rows = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    return {
        "[Content_Types].xml": content_types("xl/workbook.xml", _EXCEL),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{X}" xmlns:r="{R}">{properties}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *rows, ("rId90", "sharedStrings", "sharedStrings.xml"), ("rId91", "styles", "styles.xml")
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{X}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{X}">{styles}</styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)},
        **(beside or {}),
    }


def xlsx(*sheets: str, **more: object) -> bytes:
    return zipped(xlsx_parts(*sheets, **more))  # pyright: ignore[reportArgumentType]


def sheet_of(count: int, cell: Callable[[int], str]) -> bytes:
    return xlsx(sheet_xml("".join(f'<row r="{n + 1}">{cell(n)}</row>' for n in range(count))))


def merges(count: int) -> bytes:
    listed = "".join(f'<mergeCell ref="A{2 * n + 1}:A{2 * n + 2}"/>' for n in range(count))
    return xlsx(sheet_xml(f'<row r="1">{c("A1", "甲")}</row>', f"<mergeCells>{listed}</mergeCells>"))


def ole2(*streams: str) -> bytes:
    """The smallest compound file with streams of these names in its directory."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", head, 48, 1)
    entries = b""
    for name in ("Root Entry", *streams):
        raw = name.encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack("<H", len(raw) + 2) + bytes(62)
    return bytes(head) + bytes(512) + entries.ljust(512, b"\0")


def encrypted_zip() -> bytes:
    """A package whose first part is marked as encrypted, in both of its headers."""
    data = bytearray(docx(p("密")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def bomb(part: str, mebibytes: int) -> bytes:
    """A Word file with one part that inflates to so many MiB of the letter 税."""
    parts = docx_parts(p("小"))
    text = "<w:p><w:r><w:t>" + "税" * (1 << 18) + "</w:t></w:r></w:p>"
    repeats = mebibytes * (1 << 20) // len(text.encode()) + 1
    parts[part] = document_xml(text * repeats)
    return zipped(parts)


def lying_bomb(mebibytes: int) -> bytes:
    """The same, but every header says that the part is 100 bytes long."""
    data = bytearray(bomb("word/document.xml", mebibytes))
    for magic, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.rindex(
            b"word/document.xml", 0, data.rindex(magic) + 400 if magic == b"PK\x01\x02" else len(data)
        )
        start = data.rindex(magic, 0, start)
        struct.pack_into("<I", data, start + at, 100)
    return bytes(data)


def unknown_packing() -> bytes:
    """Every part says that it is packed by method 99."""
    data = bytearray(docx(p("甲")))
    for magic, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = data.find(magic)
        while start >= 0:
            struct.pack_into("<H", data, start + at, 99)
            start = data.find(magic, start + 4)
    return bytes(data)


def broken_packing() -> bytes:
    """The packed bytes of the first part (behind its header and name) are overwritten."""
    data = bytearray(docx(p("甲")))
    start = 30 + len("[Content_Types].xml")
    data[start : start + 20] = b"\xff" * 20
    return bytes(data)


def broken_names() -> bytes:
    """A name marked as UTF-8 that is none."""
    return zipped({**docx_parts(p("甲")), "word/名.xml": ""}).replace("名".encode(), b"\xff\xff\xff")


def broken_local_name() -> bytes:
    """The same, but only before the part itself; the directory at the end is in order."""
    data = bytearray(docx(p("甲")))
    start = data.index(b"word/document.xml") - 30
    data[start + 7] |= 8
    data[start + 30 + 11] = 0x8D
    return bytes(data)


def before_the_start() -> bytes:
    """The directory at the end says that it begins later than it does: every part moves to before the file."""
    data = bytearray(docx(p("甲")))
    at = data.rindex(b"PK\x05\x06")
    (offset,) = struct.unpack_from("<I", data, at + 16)
    struct.pack_into("<I", data, at + 16, offset + 4000)
    return bytes(data)


def lying_count(package: bytes) -> bytes:
    """The same package, whose end says that it has four parts."""
    data = bytearray(package)
    struct.pack_into("<HH", data, data.rindex(b"PK\x05\x06") + 8, 4, 4)
    return bytes(data)


def missing_end() -> bytes:
    """A stored part whose size reaches behind the end of the file."""
    data = bytearray(zipped(docx_parts(p("甲")), stored=True))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<II", data, at + 20, 1 << 20, 1 << 20)
    return bytes(data)


LAUGHS = '<!DOCTYPE w [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def laughing(before: str = "", encoding: str = "utf-8") -> bytes:
    """Billion laughs; ``before`` stands between the declaration and the DOCTYPE."""
    parts = docx_parts("")
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{before}{LAUGHS}{document_xml("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>")}'
    parts["word/document.xml"] = xml.encode(encoding)
    return zipped(parts)
