"""What made units hand in: packages, the workbook of the unit list, and what must come of them; written on all cores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from bench.thousand.made import YEAR, MadeUnit, Planted, Size
from bench.thousand.oracle import Cell, of_unit
from bench.thousand.rows import catalog, form_of
from bench.thousand.tree import departments, nodes
from bench.thousand.units import department, unit
from perfdesk import VERSION
from perfdesk.document.blocks import Document, Page, Table
from perfdesk.document.grid import Cell as GridCell
from perfdesk.document.grid import grid
from perfdesk.findings_paper import Reviewed
from perfdesk.formats.manifest_zip import SUBMISSION, zip_bytes
from perfdesk.formats.write import write_bytes
from perfdesk.handing_in import Gathered, packed
from perfdesk.submission.made import Handed, Whose, manifest_of, parts_of

DAY = date(YEAR, 3, 2)
TREE = "单位名单.xlsx"
HEAD = ("单位编码", "单位名称", "级次", "上级编码")
_PORTION = 20
"""So many units at a time in one of the processes."""


@dataclass(frozen=True, slots=True)
class Written:
    """``sums``: what the packages of all units add up to (without the departments' own), see ``oracle``."""

    files: tuple[Path, ...]
    planted: tuple[Planted, ...]
    sums: dict[Cell, int]


def package_of(made: MadeUnit, formats: Sequence[str] = ()) -> bytes:
    """An official package as a program hands it in that knew none of the rules by which the planted mistakes are found. ``formats``: in
    which its forms are exported, too."""
    forms = catalog()
    handed = tuple(Handed(Reviewed(form_of(one.filing.form), one.filing, ())) for one in made.filings)
    if formats:
        return packed(Gathered(made.name, made.code, YEAR, handed), forms, DAY, formats=formats).data
    whose = Whose(made.name, made.code, YEAR, DAY.isoformat(), VERSION)
    return zip_bytes(SUBMISSION, manifest_of(whose, handed, forms), parts_of(handed))[0]


def tree_workbook(units: int) -> bytes:
    """The list of all nodes as a bureau has it: code, name, level, the code above."""
    records = [HEAD, *((node.code, node.name, node.level, node.above) for node in nodes(units))]
    cells = [GridCell(row, col, text) for row, texts in enumerate(records) for col, text in enumerate(texts)]
    table = Table(grid((30.0, 80.0, 20.0, 30.0), len(records), cells, 1), name="单位名单")
    return write_bytes(Document(Page(), (table,), "单位名单"), "xlsx")


def write_all(folder: Path, size: Size, processes: int = 2, with_departments: bool = True) -> Written:
    """Into ``folder``, which is made: a package of each unit and each department, and the workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TREE).write_bytes(tree_workbook(size.units))
    portions = [range(n, min(n + _PORTION, size.units)) for n in range(0, size.units, _PORTION)]
    files, planted, sums = list[Path](), list[Planted](), Counter[Cell]()
    for one in _on(processes, partial(_write, folder, size), portions):
        files += one.files
        planted += one.planted
        sums.update(one.sums)
    for number in range(departments(size.units) if with_departments else 0):
        made = department(number, size)
        files.append(_file(folder, made))
        planted += made.planted
    return Written(tuple(sorted(files)), tuple(planted), dict(sums))


def _on(processes: int, deed: partial[Written], portions: Sequence[range]) -> Iterable[Written]:
    if processes < 2 or len(portions) < 2:
        yield from map(deed, portions)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(deed, portions)


def _write(folder: Path, size: Size, numbers: range) -> Written:
    done = Written((), (), {})
    sums: Counter[Cell] = Counter()
    for number in numbers:
        made = unit(number, size)
        done = replace(done, files=(*done.files, _file(folder, made)), planted=(*done.planted, *made.planted))
        sums.update(of_unit(made))
    return replace(done, sums=dict(sums))


def _file(folder: Path, made: MadeUnit) -> Path:
    file = folder / f"{made.code}{made.name}.zip"
    file.write_bytes(package_of(made))
    return file
