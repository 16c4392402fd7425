"""Submission packages for tests: honest ones from filings, and others from the parts of honest ones.

    data = package_of([filing, …])                      bytes of an official package, without a store
    parts = parts_in(data)                              name → bytes, the manifest among them
    zipped({**parts, "filings/001.json": b"…"})         the same zip with one file changed: its digest no longer fits
    relisted({**parts, "filings/001.json": b"…"})       with a manifest that fits again: what a forger would hand in
    with_manifest(data, unit={"name": "…", "code": ""}) the manifest changed, everything else as it was

From a store: ``perfdesk package --year Y --to FILE`` (``commands.submitting``).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from perfdesk.document.source import Source
from perfdesk.findings_paper import Reviewed
from perfdesk.formats.child import read_file
from perfdesk.formats.manifest_zip import MANIFEST, listed
from perfdesk.handing_in import Gathered, packed
from perfdesk.intake import take_in
from perfdesk.model.filing import Filing
from perfdesk.recognise import Recognised
from perfdesk.submission.made import Handed
from tests.making import catalog, counter

DAY = date(2026, 3, 2)


def gathered_of(filings: Sequence[Filing], unit: str = "某单位", year: int = 2026) -> Gathered:
    forms = catalog()
    return Gathered(unit, "101001", year, tuple(Handed(Reviewed(forms.form(f.form), f, ())) for f in filings))


def package_of(filings: Sequence[Filing], formats: Sequence[str] = (), draft: bool = True) -> bytes:
    """Without exported files unless ``formats`` names some: they take time."""
    return packed(gathered_of(filings), catalog(), DAY, draft, formats).data


def parts_in(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def relisted(parts: Mapping[str, bytes], **changed: Any) -> bytes:
    rest = {name: content for name, content in parts.items() if name != MANIFEST}
    manifest = {**json.loads(parts[MANIFEST]), "files": listed(rest), **changed}
    return zipped({MANIFEST: json.dumps(manifest, ensure_ascii=False).encode(), **rest})


def with_manifest(data: bytes, **changed: Any) -> bytes:
    return relisted(parts_in(data), **changed)


def source_of(data: bytes, folder: Path, name: str = "报送包.zip") -> Source:
    """As the reading process reads it, but in this one."""
    path = folder / name
    path.write_bytes(data)
    return read_file(path)


def read_back(data: bytes, folder: Path) -> Recognised:
    return take_in(source_of(data, folder), catalog(), counter())
