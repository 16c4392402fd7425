"""What was written is read again before its time counts: every text of the document must stand in each file."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from perfdesk.document.blocks import Document, Table


class WrongOutput(Exception):
    """A measurement whose output lacks something counts for nothing."""


def check_docx(document: Document, *files: bytes) -> None:
    for file in files:
        _complain(document, _zipped_text(file, "word/document.xml"))


def check_xlsx(document: Document, *files: bytes) -> None:
    for file in files:
        names = [
            n for n in ZipFile(BytesIO(file)).namelist() if re.match(r"xl/(sharedStrings|worksheets/)", n)
        ]
        _complain(document, "".join(_zipped_text(file, name) for name in names), numbers=False)


def check_pdf(document: Document, *files: bytes) -> None:
    import pypdfium2

    for file in files:
        opened = pypdfium2.PdfDocument(file)
        _complain(document, "".join(page.get_textpage().get_text_range() for page in opened))


def _zipped_text(file: bytes, part: str) -> str:
    with ZipFile(BytesIO(file)) as opened:
        return "".join(str(t) for t in etree.fromstring(opened.read(part)).itertext())


def _complain(document: Document, text: str, numbers: bool = True) -> None:
    """Blanks and line ends are the page's."""
    whole = "".join(text.split())
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.grid.cells:
                wanted = "".join(cell.text.split())
                if (numbers or isinstance(cell.value, str)) and wanted not in whole:
                    raise WrongOutput(f"{wanted!r} is missing")
