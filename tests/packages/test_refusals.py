"""A package that is not as it was made is refused with its reason and the way out; nothing of it is taken."""

from __future__ import annotations

import io
import json
import random
import stat
import struct
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk.errors import InputRefused
from perfdesk.formats.child import read_file
from perfdesk.intake import take_in
from perfdesk.sample import sample_filings
from tests.making import catalog, counter
from tests.packages.made import package_of, parts_in, read_back, relisted, with_manifest, zipped

PARTS = parts_in(package_of(sample_filings(catalog(), counter())[:2], formats=("docx",)))
FIRST = "filings/001.json"
PAPER = next(name for name in PARTS if name.startswith("papers/"))


def linked() -> bytes:
    out = io.BytesIO(zipped(PARTS))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("papers/link")
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def twice() -> bytes:
    out = io.BytesIO(zipped(PARTS))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(zipfile.ZipInfo(FIRST), PARTS[FIRST])
    return out.getvalue()


def with_name(name: str) -> bytes:
    """A further file of that name, listed as it should be."""
    return relisted({**PARTS, name: b"x"})


def bomb() -> bytes:
    large = {**PARTS, "papers/large.docx": b"\0" * (65 << 20)}
    parts = parts_in(relisted(large))
    return zipped(parts, zipfile.ZIP_DEFLATED)


def with_filing(**changed: object) -> bytes:
    return relisted({**PARTS, FIRST: json.dumps(json.loads(PARTS[FIRST]) | changed).encode()})


def unknown_form() -> bytes:
    text = PARTS["manifest.json"].decode().replace("zhengzhou-2021/", "zhengzhou-2031/")
    return zipped({**PARTS, "manifest.json": text.encode()})


def last_byte(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a filing changed": (lambda: zipped({**PARTS, FIRST: last_byte(PARTS[FIRST])}), "package-changed", FIRST),
    "a paper changed": (lambda: zipped({**PARTS, PAPER: last_byte(PARTS[PAPER])}), "package-changed", PAPER),
    "a file longer": (lambda: zipped({**PARTS, FIRST: PARTS[FIRST] + b" "}), "package-changed", FIRST),
    "a file missing": (
        lambda: zipped({n: c for n, c in PARTS.items() if n != FIRST}), "package-missing", FIRST,
    ),
    "the manifest missing": (
        lambda: zipped({n: c for n, c in PARTS.items() if n != "manifest.json"}),
        "package-missing", "manifest.json",
    ),
    "a file beyond the manifest": (lambda: zipped({**PARTS, "papers/x.exe": b"x"}), "package-extra", "x.exe"),
    "a newer layout": (lambda: relisted(PARTS, version=2), "package-newer", "更新本程序"),
    "no layout": (lambda: relisted(PARTS, version=True), "package-json", "格式号"),
    "an unknown edition": (unknown_form, "package-form", "zhengzhou-2031/overall-target"),
    "a name that climbs": (lambda: with_name("../x"), "package-name", "../x"),
    "a name that climbs inside": (lambda: with_name("papers/../../x"), "package-name", ".."),
    "an absolute name": (lambda: with_name("/etc/x"), "package-name", "/etc/x"),
    "a backslash": (lambda: with_name("papers\\x"), "package-name", "papers\\x"),
    "a drive": (lambda: with_name("C:x"), "package-name", "C:x"),
    "a name with a control character": (lambda: with_name("papers/a\x07"), "package-name", "papers"),
    "a name that ends with a dot": (lambda: with_name("papers/x."), "package-name", "papers/x."),
    "a link": (linked, "package-name", "papers/link"),
    "a name twice": (twice, "package-twice", FIRST),
    "a name twice but for capitals": (
        lambda: relisted({**PARTS, "Findings.json": b"{}"}), "package-twice", "indings.json",
    ),
    "a bomb": (bomb, "too-large", "64 MB"),
    "no JSON in a filing": (lambda: relisted({**PARTS, FIRST: b"{"}), "package-json", FIRST),
    "no JSON in the manifest": (lambda: zipped({**PARTS, "manifest.json": b"{"}), "package-json", "manifest.json"),
    "JSON too deep": (
        lambda: relisted({**PARTS, FIRST: b"[" * 100_000 + b"]" * 100_000}), "package-json", FIRST,
    ),
    "no UTF-8": (lambda: relisted({**PARTS, FIRST: b"\xff"}), "package-json", FIRST),
    "a manifest without files": (
        lambda: zipped({**PARTS, "manifest.json": b'{"format": "perfdesk-submission", "version": 1}'}),
        "package-json", "清单",
    ),
    "findings that are none": (lambda: relisted({**PARTS, "findings.json": b"[]"}), "package-json", "重新生成"),
    "a filing that is none": (lambda: with_filing(rows="none"), "package-json", "重新生成"),
    "another zip": (lambda: zipped({"a.txt": b"x"}), "archive", "先解压"),
    "another program's manifest": (lambda: zipped({"manifest.json": b'{"format": "x"}'}), "archive", "先解压"),
    "a pack of forms": (lambda: relisted(PARTS, format="perfdesk-pack"), "is-pack", "表样更新"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_not_as_it_was_made_is_refused_with_its_reason(case: str, tmp_path: Path) -> None:
    make, code, said = HOSTILE[case]
    with pytest.raises(InputRefused) as refused:
        read_back(make(), tmp_path)
    assert refused.value.code == code
    assert said in refused.value.message and "报送包.zip" in refused.value.message


ROWS = json.loads(PARTS[FIRST])["rows"]


@pytest.mark.parametrize(
    "changed",
    [
        {"form": "hebei-2021/project-target"},
        {"year": "2021"},
        {"amount_unit": "角"},
        {"title": None},
        {"rows": ROWS + ROWS[-1:]},
        {"rows": ROWS[1:]},
        {"rows": [*ROWS, {"id": "x", "section": "nowhere", "parent": None, "cells": {}}]},
        {"rows": [*ROWS, {"id": "x", "section": "indicators", "parent": "nobody", "cells": {}}]},
        {"rows": [*ROWS, {"id": "x", "section": "indicators", "parent": None, "cells": {"level3": "低"}}]},
        {"rows": [{**ROWS[0], "cells": {"unit_name": "a\x00b"}}, *ROWS[1:]]},
        {"rows": [{**ROWS[0], "cells": {"unit_name": 5}}, *ROWS[1:]]},
    ],
    ids=lambda changed: json.dumps(changed, ensure_ascii=False)[-50:],
)
def test_a_forged_filing_that_is_no_filing_of_its_form_is_refused(
    changed: dict[str, object], tmp_path: Path
) -> None:
    with pytest.raises(InputRefused) as refused:
        read_back(with_filing(**changed), tmp_path)
    assert refused.value.code == "package-json"


def test_a_filing_of_a_form_that_differs_here_is_refused_where_a_column_has_no_place(tmp_path: Path) -> None:
    filing = sample_filings(catalog(), counter())[0]
    rows = tuple(r.with_cell("phone", "123") if r.id == "basic" else r for r in filing.rows)
    data = package_of([replace(filing, rows=rows)])
    same = read_back(data, tmp_path).filings[0].filing
    assert same.rows == rows
    forms = [{**f, "sha256": "0" * 64} for f in json.loads(parts_in(data)["manifest.json"])["forms"]]
    with pytest.raises(InputRefused) as refused:
        read_back(with_manifest(data, forms=forms), tmp_path)
    assert refused.value.code == "package-form" and filing.form in refused.value.message


def test_a_form_file_that_only_reads_otherwise_here_takes_the_filing_all_the_same(tmp_path: Path) -> None:
    filing = sample_filings(catalog(), counter())[0]
    data = package_of([filing])
    forms = [{**f, "sha256": "0" * 64} for f in json.loads(parts_in(data)["manifest.json"])["forms"]]
    assert read_back(with_manifest(data, forms=forms), tmp_path).filings[0].filing == filing


def test_a_zip_cut_off_is_told_as_broken(tmp_path: Path) -> None:
    data = zipped(PARTS)
    for length in (30, len(data) // 2, len(data) - 30):
        with pytest.raises(InputRefused) as refused:
            read_back(data[:length], tmp_path)
        assert refused.value.code in ("broken", "package-changed", "package-missing")


def test_no_flipped_byte_gets_through(tmp_path: Path) -> None:
    """Each of 400 regions of the file once: refused, or the very same package (zip keeps times and other things that mean nothing)."""
    filings = sample_filings(catalog(), counter())[:1]
    data = package_of(filings, formats=("xlsx",))
    whole = read_back(data, tmp_path)
    draw, size, refused = random.Random(7), max(1, len(data) // 400), 0
    for start in range(0, len(data), size):
        at = min(len(data) - 1, start + draw.randrange(size))
        flipped = data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]
        try:
            assert read_back(flipped, tmp_path) == whole, f"byte {at}"
        except InputRefused:
            refused += 1
    assert refused > 300


def test_random_damage_never_gets_a_wrong_filing_through() -> None:
    """Runs of bytes overwritten, taken out, doubled."""
    filings = sample_filings(catalog(), counter())[:1]
    data = package_of(filings)
    draw = random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(200):
            at, count = draw.randrange(len(data)), draw.randrange(1, 40)
            middle = draw.choice([draw.randbytes(count), b"", data[at : at + count] * 2])
            path = Path(folder) / "a.zip"
            path.write_bytes(data[:at] + middle + data[at + count :])
            try:
                found = take_in(read_file(path), catalog(), counter())
            except InputRefused:
                continue
            assert [one.filing for one in found.filings] == list(filings)


def test_a_directory_that_claims_a_million_files_is_not_read(tmp_path: Path) -> None:
    data = zipped(PARTS)
    at = data.rfind(b"PK\x05\x06")
    claimed = data[: at + 10] + struct.pack("<H", 65_000) + data[at + 12 :]
    with pytest.raises(InputRefused) as refused:
        read_back(claimed, tmp_path)
    assert refused.value.code == "too-large"
