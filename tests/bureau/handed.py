"""What units hand in, for tests: packages and plain files of units that do not exist."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from perfdesk.__main__ import main
from perfdesk.compose import compose
from perfdesk.findings_paper import Reviewed
from perfdesk.formats.write import write
from perfdesk.handing_in import Gathered, packed
from perfdesk.model.bureau import Node
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding
from perfdesk.sample import sample_filings
from perfdesk.store import Store
from perfdesk.submission.made import Handed
from tests.making import catalog, counter

YEAR = 2026
DAY = date(2026, 3, 2)
TREE = (
    Node("41", "41", "某省", "province", None, False),
    Node("4101", "4101", "某省甲县教育局", "department", "41", True),
    Node("4101001", "4101001", "甲县第一小学", "unit", "4101", True),
    Node("4101002", "4101002", "甲县第二小学", "unit", "4101", True),
    Node("4101003", "4101003", "甲县第三小学", "unit", "4101", True),
    Node("4101004", "4101004", "中心幼儿园", "unit", "4101", True),
    Node("4102004", "4102004", "中心幼儿园", "unit", "41", True),
)
FIRST, SECOND, THIRD = (node.name for node in TREE[2:5])
CODES = {node.name: node.code for node in TREE}
_SAMPLE = sample_filings(catalog(), counter())[0]


def filing(unit: str, year: int | None = YEAR, **cells: str) -> Filing:
    """An overall target. ``cells``: column → text of the fields that say what is aimed at and what it costs."""
    rows = []
    for row in _SAMPLE.rows:
        new = {c: t for c, t in cells.items() if c in row.cells and row.section in ("basic", "budget")}
        new |= {"unit_name": unit} if row.id == "basic" else {}
        for column, text in new.items():
            row = row.with_cell(column, text)
        rows.append(row)
    return replace(_SAMPLE, rows=tuple(rows), year=year)


def package(
    filings: Sequence[Filing],
    unit: str = FIRST,
    code: str | None = None,
    day: date = DAY,
    year: int = YEAR,
    draft: bool = False,
    settled: Sequence[tuple[Finding, str]] = (),
) -> bytes:
    """Without exported files. ``settled``: findings of the first filing with what the unit says about them."""
    forms = catalog()
    said = {0: tuple(settled)}
    handed = tuple(
        Handed(Reviewed(forms.form(f.form), f, (), said.get(n, ()))) for n, f in enumerate(filings)
    )
    own = CODES.get(unit, "") if code is None else code
    return packed(Gathered(unit, own, year, handed), forms, day, draft, ()).data


def put(path: Path, data: bytes, at: float | None = None) -> Path:
    """``at``: the file's time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if at is not None:
        os.utime(path, (at, at))
    return path


def exported(one: Filing, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write(compose(catalog().form(one.form), one).document, path)
    return path


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def standings(self) -> Mapping[str, str]:
        return {one["unit"]: one["standing"] for one in self.json["units"]}

    @property
    def refused(self) -> Mapping[str, str]:
        """File's name → code."""
        return {Path(one["path"]).name: one["code"] for one in self.json["refused"]}


class Bureau:
    """The commands on one folder of data, whose tree is ``TREE``."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self._capsys = data, capsys
        with self.store() as store:
            store.bureau.put_nodes(TREE)

    def store(self, read_only: bool = False) -> Store:
        return Store.open(self.data, read_only=read_only)

    def run(self, *args: str | Path) -> Said:
        self._capsys.readouterr()
        code = main(["--data", str(self.data), *map(str, args)])
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)

    def collect(self, *args: str | Path) -> Said:
        return self.run("collect", "--json", *args)
