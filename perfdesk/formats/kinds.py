"""What a file is, by its first bytes and never by its name; and what to say of kinds that are not read."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import BinaryIO, Literal

from perfdesk.errors import InputRefused

Kind = Literal["zip", "pdf", "xls", "json", "text"]
HEAD = 4096

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHORTCUT = b"\x4c\0\0\0\x01\x14\x02\0"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_ARCHIVES = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!": "rar", b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ": "xz"}
_MARKUP = {
    b"urn:schemas-microsoft-com:office:spreadsheet": ("xml-2003", "是 Excel 2003 的 XML 表格", ".xlsx"),
    b"http://schemas.microsoft.com/office/word/2003": ("xml-2003", "是 Word 2003 的 XML 文档", ".docx"),
    b"http://schemas.microsoft.com/office/2006/xmlpackage": ("flat-xml", "是 Word 的单一 XML 文件", ".docx"),
    b"urn:oasis:names:tc:opendocument": ("opendocument", "是 OpenDocument 的单一 XML 文件", ".docx 或 .xlsx"),
}
_MARKUP_START = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|style|div)\b", re.I)


def save_as(name: str, code: str, what: str, ending: str) -> InputRefused:
    """The refusal of a kind that another program can save in a kind that is read (``detail``: which)."""
    message = f"文件“{name}”{what}，不能直接读取。请用 WPS 或 Office 打开它，另存为 {ending} 再导入。"
    return InputRefused(code, message, ending)


def kind_of(name: str, head: bytes, file: BinaryIO) -> Kind:
    """``zip`` may still be anything that Office packs (see ooxml); InputRefused where the file is of another kind.

    ``head`` are the first ``HEAD`` bytes; ``file`` is read further only for the old binary formats.
    """
    if name.startswith("~$"):
        raise InputRefused(
            "owner-file", f"“{name}”是 Office 打开文件时留下的临时文件，请选择不带“~$”的原文件。"
        )
    if name.startswith("._"):
        raise InputRefused(
            "owner-file", f"“{name}”是苹果电脑拷贝文件时附带的，里面没有表格。请选择不带“._”的原文件。"
        )
    if head.startswith(_SHORTCUT):
        raise InputRefused(
            "shortcut", f"“{name}”是快捷方式，不是文件本身。请选择它所指的 Word、Excel 或 PDF 文件。"
        )
    if not head:
        raise InputRefused(
            "empty-file", f"文件“{name}”是空的（0 字节），可能没有下载或拷贝完整，请重新取得后再试。"
        )
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(OLE2):
        told = _old_binary(name, head, file)
        if told is not None:
            raise told
        return "xls"
    _refuse_foreign(name, head)
    _refuse_markup(name, head)
    return _text_kind(name, head)


def _refuse_foreign(name: str, head: bytes) -> None:
    if head.startswith(b"{\\rtf"):
        raise save_as(name, "rtf", "是 RTF 文档", ".docx")
    if head.startswith(_PICTURES) or head[8:12] == b"WEBP" or head[4:8] == b"ftyp":
        raise InputRefused(
            "picture", f"文件“{name}”是图片或视频，里面没有可读的文字。请导入 Word 或 Excel 原文件。"
        )
    for magic, ending in _ARCHIVES.items():
        if head.startswith(magic):
            raise InputRefused("archive", f"文件“{name}”是 {ending} 压缩包，请先解压，再导入里面的文件。")


def _refuse_markup(name: str, head: bytes) -> None:
    text = head.replace(b"\0", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe \t\r\n")
    for namespace, (code, what, ending) in _MARKUP.items():
        if text.startswith(b"<") and namespace in text:
            raise save_as(name, code, what, ending)
    if _MARKUP_START.match(text) or (text.startswith((b"<", b"MIME-Version")) and b"<html" in text.lower()):
        raise save_as(name, "html", "其实是网页（HTML），只是用了别的文件名", ".xlsx 或 .docx")
    if text.startswith(b"MIME-Version"):
        raise save_as(name, "html", "是单一网页文件（MHTML）", ".docx 或 .xlsx")
    if text.startswith((b"<?xml", b"<")) and text.rstrip().endswith(b">"):
        raise save_as(name, "xml", "是 XML 文件，不是表格", ".docx 或 .xlsx")


def _text_kind(name: str, head: bytes) -> Kind:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "text"
    odd = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\f\x0b\x1a\x1b")
    if b"\0" in head or odd * 50 > len(head):
        raise InputRefused(
            "unknown",
            f"文件“{name}”不是能读的格式，请换一个文件。能读的有 .docx、.xlsx、.xls、.pdf、.txt、.csv 和本程序导出的 .json。",
        )
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    looks_json = start.startswith(b"{") or (start.startswith(b"[") and Path(name).suffix.lower() == ".json")
    return "json" if looks_json else "text"


# --- OLE2: the container of .doc, .xls, .ppt, of the old WPS formats and of encrypted files -----------------------------

_STREAMS = {
    "EncryptedPackage": "encrypted",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls-95",
    "PowerPoint Document": "ppt",
}


def _old_binary(name: str, head: bytes, file: BinaryIO) -> InputRefused | None:
    """None for a workbook, which is read."""
    found = {kind for stream, kind in _STREAMS.items() if stream in _stream_names(head, file)}
    ending = Path(name).suffix.lower()
    if "encrypted" in found:
        return encrypted(name)
    if "doc" in found:
        what = "是旧版 WPS 文字文档" if ending == ".wps" else "是旧版 Word 文档（.doc）"
        return save_as(name, "old-word", what, ".docx")
    if "xls" in found:
        return None
    if "xls-95" in found:
        return save_as(name, "old-excel", "是很旧的 Excel 表格（Excel 95 或更早）", ".xlsx")
    if "ppt" in found:
        return InputRefused(
            "slides", f"文件“{name}”是演示文稿，里面没有要填报的表。请选择 Word 或 Excel 文件。"
        )
    return save_as(name, "old-office", "是旧版 Office 或 WPS 文件", ".docx 或 .xlsx")


def encrypted(name: str) -> InputRefused:
    return InputRefused("encrypted", f"文件“{name}”有密码。请用 WPS 或 Office 打开，取消密码并另存后再导入。")


def _stream_names(head: bytes, file: BinaryIO) -> set[str]:
    """Names in the first sector of the directory, where Office puts its main stream."""
    shift = int.from_bytes(head[30:32], "little")
    sector = int.from_bytes(head[48:52], "little")
    if len(head) < 512 or not 7 <= shift <= 16:
        return set()
    file.seek((sector + 1) << shift)
    entries = file.read(16 * 128)
    lengths = [
        (at, int.from_bytes(entries[at + 64 : at + 66], "little")) for at in range(0, len(entries) - 127, 128)
    ]
    return {entries[at : at + max(0, min(n, 64) - 2)].decode("utf-16-le", "replace") for at, n in lengths}
