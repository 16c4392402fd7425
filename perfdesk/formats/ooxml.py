"""The package of an Office file: parts by name, relations between them, XML as a stream of elements. Nothing is written to disk."""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, TYPE_CHECKING, BinaryIO, Literal

from perfdesk.errors import InputRefused
from perfdesk.formats.budget import Budget
from perfdesk.formats.kinds import save_as

if TYPE_CHECKING:
    from lxml.etree import _Element  # pyright: ignore[reportPrivateUsage]

    Element = _Element

OfficeKind = Literal["docx", "xlsx"]

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "urn:schemas-microsoft-com:vml": "v",
}
_NAMESPACES = {p: tuple(n for n, q in _PREFIXES.items() if q == p) for p in set(_PREFIXES.values())}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROLOG = 1 << 16
_CENTRAL = 4 << 20
_ENCODINGS = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "gb2312", "gbk", "gb18030", "iso-8859-1")


@lru_cache(maxsize=4096)
def short(tag: object) -> str:
    """``w:t`` for either spelling of the namespace (transitional or strict); ``?:name`` for one that no reader knows; ``""``
    for comments and instructions, whose tag is not a string."""
    if not isinstance(tag, str):
        return ""
    namespace, _, local = tag.rpartition("}")
    return f"{_PREFIXES.get(namespace[1:], '?')}:{local}"


def attribute(element: Element, name: str) -> str | None:
    """An attribute named with its prefix (``w:val``) in either namespace, or without one."""
    prefix, _, local = name.rpartition(":")
    for namespace in _NAMESPACES.get(prefix, ()):
        if (found := element.get(f"{{{namespace}}}{local}")) is not None:
            return found
    return element.get(local)


def child(element: Element, name: str) -> Element | None:
    """The first child of that short name."""
    return next((c for c in element if short(c.tag) == name), None)


def switched_on(element: Element | None) -> bool:
    """A property such as ``w:vanish``: there, and not switched off."""
    return element is not None and (attribute(element, "w:val") or "1").lower() not in (
        "0",
        "false",
        "off",
        "none",
    )


def keeps_blanks(element: Element) -> bool:
    return element.get(_XML_SPACE) == "preserve"


def forget(element: Element) -> None:
    """Frees an element that was used, and what stands before it under the same parent."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Counted:
    """A part as lxml reads it: every inflated byte is counted, and a prolog with a DOCTYPE goes no further."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._given = 0

    def read(self, size: int = 1 << 15) -> bytes:
        chunk = self._stream.read(_PROLOG if self._given == 0 else size)
        self._budget.part(self._given, len(chunk))
        if self._given == 0:
            refuse_doctype(chunk, self._budget.name)
        self._given += len(chunk)
        return chunk


def refuse_doctype(start: bytes, name: str) -> None:
    """XML may declare entities only in a DOCTYPE, and that only before the root: whoever has none has no such trick.

    InputRefused where one stands there, where no root begins in the first 64 KiB, or where the encoding could hide one.
    """
    plain = start.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")
    if plain.startswith(b"<?xml"):
        declaration = plain[: plain.find(b"?>") + 2].decode("latin-1").lower()
        _, found, encoding = declaration.partition("encoding")
        if found and not encoding.strip(" =\"'\t\r\n").startswith(_ENCODINGS):
            raise broken(name, f"encoding{encoding}")
    while plain.startswith((b"<?", b"<!--")):
        end, length = (plain.find(b"?>"), 2) if plain.startswith(b"<?") else (plain.find(b"-->"), 3)
        if end < 0:
            raise broken(name, "no root element")
        plain = plain[end + length :].lstrip()
    if not plain.startswith(b"<"):
        raise broken(name, "no root element")
    if plain.startswith(b"<!"):
        raise InputRefused(
            "doctype", f"文件“{name}”里带有 DOCTYPE 声明，正常的文档没有它，为安全起见不读取。"
        )


def broken(name: str, detail: str = "") -> InputRefused:
    return InputRefused(
        "broken", f"文件“{name}”已损坏或不完整。请重新取得该文件，或用 WPS、Office 打开并另存后再试。", detail
    )


class Package:
    """The parts of one file. Names are compared as the standard says: without regard to case, ``/`` between folders."""

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        refuse_many_parts(file, budget)
        self.budget = budget
        try:
            self._archive = zipfile.ZipFile(file)
        except (ValueError, struct.error) as error:  # a name that is no UTF-8, an offset before the start
            raise broken(budget.name, f"{type(error).__name__}: {error}") from None
        self._infos = {part_name(i.filename): i for i in self._archive.infolist()}
        budget.parts(len(self._archive.infolist()))
        if any(i.flag_bits & 1 for i in self._archive.infolist()):
            raise InputRefused(
                "encrypted", f"文件“{budget.name}”是有密码的压缩包。请先用密码解压，再导入里面的文件。"
            )

    def __contains__(self, part: str) -> bool:
        return part_name(part) in self._infos

    def names(self) -> list[str]:
        return list(self._infos)

    def _open(self, part: str) -> IO[bytes]:
        self.budget.opening()
        try:
            return self._archive.open(self._infos[part_name(part)])
        except (
            ValueError,
            struct.error,
        ) as error:  # zipfile compares the name in front of the part, which may be no UTF-8
            raise broken(self.budget.name, f"{type(error).__name__}: {error}") from None

    def start_of(self, part: str, size: int = 4096) -> bytes:
        """The first bytes of a part that need not be XML; empty where there is none."""
        if part not in self:
            return b""
        with self._open(part) as stream:
            return stream.read(size)

    def whole(self, part: str) -> bytes:
        """All of an XML part, counted as every part is; nothing where there is none."""
        if part not in self:
            return b""
        with self._open(part) as stream:
            counted = _Counted(stream, self.budget)
            return b"".join(iter(counted.read, b""))

    def events(self, part: str, *names: str, starts: bool = False) -> Iterator[tuple[str, Element]]:
        """The elements of those short names as they end (with ``starts``: as they begin, too) – (``start``|``end``, element).

        A part that is not there has none. Nothing is freed here: whoever used an element calls ``forget``.
        """
        if part not in self:
            return
        from lxml import etree

        tags = [
            f"{{{space}}}{n.partition(':')[2]}" for n in names for space in _NAMESPACES[n.partition(":")[0]]
        ]
        with self._open(part) as stream:
            yield from etree.iterparse(
                _Counted(stream, self.budget),  # pyright: ignore[reportArgumentType]
                events=("start", "end") if starts else ("end",),
                tag=tags,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """(id, kind, target part) of a part's relations inside the package; ``""`` asks for the package's own. The kind is the
        last word of its address (``officeDocument``, ``header``). A target outside the package names no part of it."""
        folder, name = posixpath.split(part)
        found: list[tuple[str, str, str]] = []
        for element in self._plain_elements(posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship"):
            target = posixpath.join("/", folder, (element.get("Target") or "").replace("\\", "/"))
            kind = (element.get("Type") or "").rpartition("/")[2]
            found.append((element.get("Id") or "", kind, part_name(posixpath.normpath(target))))
        return found

    def outside(self, part: str) -> list[tuple[str, str]]:
        """(kind, address) of the relations in a part of relations that lead out of the package."""
        return [
            ((e.get("Type") or "").rpartition("/")[2], e.get("Target") or "")
            for e in self._plain_elements(part, "Relationship")
            if (e.get("TargetMode") or "").lower() == "external"
        ]

    def content_type(self, part: str) -> str:
        """What ``[Content_Types].xml`` says of a part; empty where it says nothing."""
        for element in self._plain_elements("[Content_Types].xml", "Override"):
            if part_name(element.get("PartName") or "") == part_name(part):
                return element.get("ContentType") or ""
        return ""

    def _plain_elements(self, part: str, local: str) -> list[Element]:
        if part not in self:
            return []
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        with self._open(part) as stream:
            counted = _Counted(stream, self.budget)
            while chunk := counted.read():
                parser.feed(chunk)
        return list(parser.close().iter("{*}" + local))


def part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def refuse_many_parts(file: BinaryIO, budget: Budget) -> None:
    """zipfile would read a directory of any length before anyone could count: its size is looked up first."""
    size = file.seek(0, 2)
    budget.file(size, budget.limits.inflated)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and len(tail) >= at + 22:
        entries, length = struct.unpack_from("<HI", tail, at + 10)
        if length > _CENTRAL or entries > budget.limits.parts:
            budget.parts(budget.limits.parts + 1)
    file.seek(0)


# --- what kind of package ------------------------------------------------------------------------------------------------


def office_kind(package: Package) -> tuple[OfficeKind, str]:
    """(kind, name of the main part); InputRefused where it is another kind of package."""
    name = package.budget.name
    _refuse_other_packages(package, name)
    main = next((t for _, kind, t in package.relations("") if kind == "officeDocument" and t in package), "")
    main = main or next((p for p in ("word/document.xml", "xl/workbook.xml") if p in package), "")
    said = package.content_type(main).lower() if main else ""
    if "sheet.binary" in said or "xl/workbook.bin" in package:
        raise save_as(name, "xlsb", "是二进制的 Excel 表格（.xlsb）", ".xlsx")
    if "presentation" in said or "ppt/presentation.xml" in package:
        raise InputRefused(
            "slides", f"文件“{name}”是演示文稿，里面没有要填报的表。请选择 Word 或 Excel 文件。"
        )
    if main and ("word" in said or main.startswith("word/")):
        return "docx", main
    if main and ("sheet" in said or "excel" in said or main.startswith("xl/")):
        return "xlsx", main
    if any(n.startswith(("word/", "xl/")) for n in package.names()):
        raise broken(name, "no main part")
    raise InputRefused("archive", f"文件“{name}”是压缩包，请先解压，再导入里面的文件。")


def _refuse_other_packages(package: Package, name: str) -> None:
    if "OFD.xml" in package:
        raise InputRefused(
            "ofd", f"文件“{name}”是 OFD 版式文件，本版本还不能读。请导入它的 Word 或 Excel 原文件。"
        )
    kind = package.start_of("mimetype")
    if b"opendocument.spreadsheet" in kind:
        raise save_as(name, "opendocument", "是 OpenDocument 表格（.ods）", ".xlsx")
    if b"opendocument" in kind:
        raise save_as(name, "opendocument", "是 OpenDocument 文档（.odt）", ".docx")
