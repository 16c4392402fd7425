"""Blanks made of filled files: the values go, everything else stays as it was; and files compared part by part."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from lxml import etree

from perfdesk.filling.blank import Blank, Edits
from perfdesk.formats.child import read_file, work_on
from perfdesk.formats.fill_job import filled, marked
from perfdesk.model.filing import Filing
from perfdesk.naming import label_key
from perfdesk.recognise import recognise
from tests.making import catalog, counter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def filings_in(path: Path) -> list[Filing]:
    return [one.filing for one in recognise(read_file(path), catalog(), counter()).filings]


def values_of(filing: Filing) -> set[str]:
    """What the unit wrote: not the levels, nor the indicators that the bureau fixed."""
    form = catalog().form(filing.form)
    fixed = {label_key(n) for f in form.tree.fixed for n in (f.standard.name, *f.standard.aliases)}
    cells = [(c, t) for row in filing.rows for c, t in row.cells.items() if c not in ("level1", "level2")]
    return {"".join(t.split()) for c, t in cells if c != "level3" or label_key(t) not in fixed}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {i.filename: archive.read(i) for i in archive.infolist()}


def with_parts(data: bytes, changed: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts(data) | changed).items():
            archive.writestr(name, content)
    return made.getvalue()


def emptied(source: Path, target: Path, also: str = "") -> Path:
    """The file without the values of its filings (and without texts that match ``also``)."""
    values = {v for f in filings_in(source) for v in values_of(f)}
    data = source.read_bytes()
    word = source.suffix == ".docx"
    changed: dict[str, bytes] = {}
    shared = parts(data).get("xl/sharedStrings.xml")
    strings = ["".join(si.itertext()) for si in etree.fromstring(shared)] if shared else []
    for name, content in parts(data).items():
        if re.fullmatch(r"word/document\.xml|xl/worksheets/sheet\d+\.xml", name):
            root = etree.fromstring(content)
            for cell in root.iter(f"{W}tc" if word else f"{X}c"):
                shown = "".join("".join(t.text or "" for t in cell.iter(f"{W}t", f"{X}t")).split())
                value = cell.findtext(f"{X}v") or ""
                if cell.get("t") == "s":
                    shown = "".join(strings[int(value)].split())
                number = bool(value) and cell.get("t") in (None, "n")
                if shown in values or number or (also and re.fullmatch(also, shown)):
                    _empty(cell, word)
            changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    target.write_bytes(with_parts(data, changed))
    return target


def _empty(cell: etree._Element, word: bool) -> None:
    if not word:
        for element in list(cell):
            cell.remove(element)
        cell.attrib.pop("t", None)
    for run in list(cell.iter(f"{W}r")):
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)


def open_blank(path: Path) -> Blank:
    return work_on(path, marked)


def filled_bytes(path: Path, edits: Edits) -> bytes:
    return work_on(path, lambda _, file, budget: filled(file, budget, edits).file)


def cells_of(data: bytes) -> dict[str, list[tuple[str, bytes, bytes]]]:
    """Of every part that holds tables: each cell's place, its look and its content, and the rest of the part as one more cell."""
    found: dict[str, list[tuple[str, bytes, bytes]]] = {}
    for name, content in parts(data).items():
        if not re.fullmatch(r"word/document\.xml|xl/worksheets/sheet\d+\.xml", name):
            continue
        root = etree.fromstring(content)
        own: list[tuple[str, bytes, bytes]] = []
        for n, cell in enumerate(list(root.iter(f"{W}tc", f"{X}c"))):
            look = cell.find(f"{W}tcPr")
            style = etree.tostring(look) if look is not None else (cell.get("s") or "").encode()
            for element in [look] if look is not None else []:
                cell.remove(element)
            own.append(
                (cell.get("r") or str(n), style, b"".join(etree.tostring(e, method="c14n") for e in cell))
            )
            for element in list(cell):
                cell.remove(element)
            cell.attrib.clear()
        found[name] = [*own, ("rest", b"", etree.tostring(root, method="c14n"))]
    return found
