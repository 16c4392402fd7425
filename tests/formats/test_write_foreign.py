"""Nothing of a file that came in but its words goes out again: no macro, no link, no formula, no part that we did not make."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from perfdesk.compose import compose
from perfdesk.formats.child import read_file
from perfdesk.formats.write import FileFormat, write_bytes
from perfdesk.intake import take_in
from perfdesk.model.change import apply
from perfdesk.sample import sample_filings
from perfdesk.steps import set_cell
from tests.formats.hostile import ole2
from tests.making import catalog, counter

WORDS = "=cmd|'/c calc'!A0"
LINK = "http://example.invalid/"
_REL = '<Relationship Id="rX{}" Type="x/{}" Target="{}" TargetMode="External"/>'


def carrying(path: Path) -> Path:
    """A filled form as Word file, with a macro, a template and a picture from afar, an embedded file, and a link."""
    filing = sample_filings(catalog(), counter())[0]
    form = catalog().form(filing.form)
    entered, _ = apply(filing, set_cell(form, filing, "basic", "goal", WORDS).changes)
    data = write_bytes(compose(form, entered).document, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rels = "word/_rels/document.xml.rels"
    own = "".join(_REL.format(n, k, LINK) for n, k in enumerate(("attachedTemplate", "image", "hyperlink")))
    parts[rels] = parts[rels].replace(b"</Relationships>", f"{own}</Relationships>".encode())
    parts |= {
        "word/vbaProject.bin": ole2("VBA"),
        "word/embeddings/oleObject1.bin": ole2("Package"),
        "word/activeX/activeX1.xml": b"<a/>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf"])
def test_of_a_file_that_came_in_only_words_go_out(tmp_path: Path, format: FileFormat) -> None:
    (one,) = take_in(read_file(carrying(tmp_path / "来.docm")), catalog(), counter()).filings
    assert one.filing.cell("basic/goal") == WORDS
    data = write_bytes(compose(catalog().form(one.filing.form), one.filing).document, format)
    if format == "pdf":
        assert not re.search(rb"/(?:JavaScript|JS|Launch|URI|EmbeddedFile|OpenAction|AA)\b", data)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    assert not [n for n in texts if re.search(r"vba|embed|activeX|ole|external|macro", n, re.I)]
    assert not any(b"External" in t or LINK.encode() in t or b"instrText> DDE" in t for t in texts.values())
    formulas = re.findall(rb"<f>([^<]*)</f>", texts.get("xl/worksheets/sheet1.xml", b""))
    assert all(f.startswith(b"SUM(") or re.fullmatch(rb"[A-Z0-9+,:$]+", f) for f in formulas)
