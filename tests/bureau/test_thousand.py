"""The made units: the same every time, right but for what is planted, and counted in whole numbers that are what their cells say."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from bench.thousand import MadeUnit, Size, department, unit
from bench.thousand.made import BUDGET, OVERALL
from bench.thousand.mistakes import MISTAKES
from bench.thousand.oracle import TABLES, differences, of_unit, sums
from bench.thousand.packages import package_of, tree_workbook, write_all
from bench.thousand.tree import nodes
from perfdesk.across import across
from perfdesk.check import check
from perfdesk.derive import amount_unit, derive
from perfdesk.model.finding import Finding
from perfdesk.model.forest import flaws
from tests.making import catalog
from tests.packages.made import read_back

ROOT = Path(__file__).resolve().parents[2]
SMALL = Size(units=93, forms=6)
FULL = Size(units=1000, forms=60)
FEN = {"元": 100, "万元": 1_000_000}


@cache
def units() -> tuple[MadeUnit, ...]:
    return tuple(unit(n, SMALL) for n in range(SMALL.units))


def found(made: MadeUnit, names: tuple[str, ...] = ()) -> list[tuple[int, Finding]]:
    """(number of the filing, finding) of everything that the program says of a unit's year."""
    year = [(catalog().form(one.filing.form), one.filing) for one in made.filings]
    places = {id(filing): n for n, (_, filing) in enumerate(year)}
    own = [(n, f) for n, one in enumerate(year) for f in check(*one)]
    return own + [(places[id(one.filing)], one.finding) for one in across(year, units=names)]


def test_a_unit_of_the_same_number_and_seed_is_the_same_file_in_every_process() -> None:
    script = (
        "import hashlib\nfrom bench.thousand import unit\nfrom bench.thousand.packages import package_of\n"
        "print(hashlib.sha256(package_of(unit(6))).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert told == {hashlib.sha256(package_of(unit(6))).hexdigest()}


def test_another_seed_makes_other_amounts() -> None:
    assert of_unit(unit(6)) != of_unit(unit(6, Size(seed=8)))


def test_a_unit_has_as_many_forms_as_it_shall() -> None:
    assert len(unit(6, FULL).filings) == 60
    kinds = {one.filing.form for one in unit(6, FULL).filings}
    assert {OVERALL, BUDGET} < kinds
    assert len(kinds) == 5


def test_where_nothing_is_planted_nothing_is_wrong() -> None:
    names = tuple(one.name for one in units())
    clean = [one for one in units() if not one.planted]
    assert len(clean) > len(units()) // 2
    wrong = [
        (one.name, f) for one in (*clean, unit(1, FULL)) for _, f in found(one, names) if f.severity != "hint"
    ]
    assert wrong == []


def test_every_mistake_of_the_table_is_planted_and_found_where_it_says() -> None:
    names = tuple(one.name for one in units())
    missed = []
    for made in units():
        told = {(n, f.code, f.where) for n, f in found(made, names)} if made.planted else set()
        missed += [p for p in made.planted if (p.filing, p.code, p.where) not in told]
    assert missed == []
    assert {p.code for made in units() for p in made.planted} == {m.code for m in MISTAKES}


def test_the_whole_numbers_are_what_the_cells_say() -> None:
    """Read here digit by digit; amounts in budgets' fields that are no sums are not counted."""
    for made in (*units()[:12], department(0, SMALL), department(2, SMALL)):
        for one in made.filings:
            fen = FEN[amount_unit(catalog().form(one.filing.form), one.filing)]
            tables = {table for table, _, _ in one.amounts}
            said = {
                (row.section, row.get("code") + row.get("row"), column): Fraction(text) * fen
                for row in one.filing.rows
                if row.section in tables
                for column, text in row.cells.items()
                if column not in ("code", "row")
            }
            assert said == one.amounts


def test_the_oracle_of_one_unit_agrees_with_the_programs_tables() -> None:
    made = unit(1, FULL)
    filing = next(one.filing for one in made.filings if one.filing.form == BUDGET)
    budgeted = derive(catalog().form(BUDGET), filing).budget
    assert budgeted is not None
    expected = {cell[1:]: value for cell, value in of_unit(made).items() if cell[1] in TABLES and value}
    shown = {
        (table, key, column): int(cell.computed * 100_000_000)
        for table in TABLES
        for key in budgeted.view(table).keys
        for column, cell in budgeted.view(table).row(key).cells.items()
        if cell.computed
    }
    assert len(shown) > 100
    assert {cell for cell in shown if shown[cell] != expected.get(cell)} == set()
    assert {table for table, key, _ in expected.keys() - shown.keys() if key != "total"} == set()


def test_a_department_is_the_sum_of_its_units_unless_it_forgot_something() -> None:
    below = [unit(n, SMALL) for n in range(30)]
    right = [made for made in below[10:20] if made.planted]
    wrong = differences(department(1, SMALL), below[10:20])
    assert all(cell[0] in {one.filing.form for made in right for one in made.filings} for cell in wrong)
    forgotten = department(2, SMALL)
    assert [p.code for p in forgotten.planted] == ["department-differs"]
    assert differences(forgotten, below[20:])[OVERALL, "budget", "", "project"] == -123 * 10_000 * 100


def test_a_package_is_read_back_as_the_filings_it_was_made_of(tmp_path: Path) -> None:
    made = unit(4, SMALL)
    for formats in ((), ("docx", "xlsx")):
        back = read_back(package_of(made, formats), tmp_path)
        assert [f.filing for f in back.filings] == [one.filing for one in made.filings]
        assert back.handed_in is not None
        assert (back.handed_in.unit_code, back.handed_in.unit_name) == (made.code, made.name)
        assert len(back.handed_in.papers) == len(formats) * len(made.filings)


def test_no_filing_is_broken_whatever_is_planted_in_it() -> None:
    made = [one for unit in units() for one in unit.filings]
    assert [(one.filing.form, flaws(one.filing)) for one in made if flaws(one.filing)] == []


def test_the_list_of_units_names_every_node_once_below_one_that_was_named() -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(tree_workbook(1000))).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == ("单位编码", "单位名称", "级次", "上级编码")
    codes = [str(row[0]) for row in rows]
    assert len(codes) == len(set(codes)) == 1 + 2 + 10 + 100 + 1000
    assert len({node.name for node in nodes(1000)}) == len(codes)
    assert {str(row[3] or "") for row in rows} - set(codes) == {""}


@pytest.mark.parametrize("processes", [1, 2])
def test_all_packages_and_their_sums_are_the_same_on_one_core_and_on_two(
    tmp_path: Path, processes: int
) -> None:
    size = Size(units=41, forms=6)
    done = write_all(tmp_path, size, processes)
    assert len(done.files) == 41 + 5 == len([*tmp_path.glob("*.zip")])
    assert done.sums == sums(unit(n, size) for n in range(41))
    assert (tmp_path / "单位名单.xlsx").exists()
