"""A blank that carries macros, or that would fetch or start something by itself when it is opened, is not filled."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.errors import InputRefused
from tests.blanks import open_blank
from tests.formats.hostile import (
    c,
    content_types,
    docx_parts,
    ole2,
    p,
    sheet_xml,
    tbl,
    tc,
    tr,
    xlsx_parts,
    zipped,
)

Parts = dict[str, str | bytes]
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"


def word() -> Parts:
    return docx_parts(tbl(tr(tc("项目名称"), tc(""))))


def excel() -> Parts:
    return xlsx_parts(sheet_xml(f'<row r="1">{c("A1", "项目名称")}<c r="B1"/></row>'))


def leading(kind: str, target: str) -> Parts:
    """A relation of the document's settings that leads out of the package."""
    mark = f'<Relationship Id="r1" Type="x/{kind}" Target="{target}" TargetMode="External"/>'
    return {"word/_rels/settings.xml.rels": f'<Relationships xmlns="{_REL}">{mark}</Relationships>'}


def field(code: str) -> str:
    return f"<w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p>"


DDE_LINK = (
    '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" ddeTopic="/c calc"/>'
    "</externalLink>"
)
REFUSED: dict[str, tuple[Parts, str, str]] = {
    "a macro": (word() | {"word/vbaProject.bin": ole2("VBA")}, "macros", "另存为不带宏"),
    "a macro by name only": (word() | {"[Content_Types].xml": content_types("word/document.xml", _MACRO_WORD)}, "macros", "另存为"),
    "a macro in a workbook": (excel() | {"xl/vbaProject.bin": ole2("VBA")}, "macros", "另存为不带宏"),
    "an old macro sheet": (excel() | {"xl/macrosheets/sheet1.xml": sheet_xml("")}, "macros", "另存为不带宏"),
    "a control": (excel() | {"xl/activeX/activeX1.xml": "<a/>"}, "macros", "控件"),
    "a template from afar": (word() | leading("attachedTemplate", "https://example.invalid/t.dotm"), "fetches", "example.invalid"),
    "a template on a server": (word() | leading("attachedTemplate", r"\\host\share\t.dotm"), "fetches", "host"),
    "a picture from afar": (word() | leading("image", "http://example.invalid/1.png"), "fetches", "另要一份"),
    "a field that starts a program": (
        docx_parts(field(r" DDEAUTO c:\cmd.exe &quot;/k calc&quot; ") + tbl(tr(tc("项目名称"), tc("")))), "fetches", "DDEAUTO"),
    "cells that ask a program": (excel() | {"xl/externalLinks/externalLink1.xml": DDE_LINK}, "fetches", "cmd"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_blank_that_would_hand_it_on_is_refused_with_what_to_do(tmp_path: Path, case: str) -> None:
    parts, code, word = REFUSED[case]
    blank = tmp_path / "空表.docx"
    blank.write_bytes(zipped(parts))
    with pytest.raises(InputRefused) as caught:
        open_blank(blank)
    assert caught.value.code == code
    assert (
        word in caught.value.message
        and "空表.docx" in caught.value.message
        and "\n" not in caught.value.message
    )


KEPT = {
    "a hyperlink": word() | leading("hyperlink", "https://example.invalid/"),
    "the template that it was made of": word()
    | leading("attachedTemplate", r"file:///C:\Office\Normal.dotm"),
    "another workbook": excel() | leading("externalLinkPath", "file:///D:/2022/a.xlsx"),
    "fields of its own": docx_parts(field(" PAGE ") + p("甲") + tbl(tr(tc("项目名称"), tc("")))),
}


@pytest.mark.parametrize("case", KEPT)
def test_what_is_the_bureaus_own_stays(tmp_path: Path, case: str) -> None:
    blank = tmp_path / "空表.docx"
    blank.write_bytes(zipped(KEPT[case]))
    assert open_blank(blank).items
