"""Twice as much is twice the work: counted for everything that goes through a whole form, a file, a year or a list."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bench import content
from bench.thousand import Size, unit
from bench.thousand.made import BUDGET, OVERALL, YEAR, MadeUnit
from bench.thousand.packages import package_of
from perfdesk.__main__ import main
from perfdesk.across import across
from perfdesk.bureau.facts import paper_of
from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.derive import derive, rederive
from perfdesk.document.blocks import Document
from perfdesk.formats.child import read_file
from perfdesk.formats.write import FileFormat, write_bytes
from perfdesk.intake import take_in
from perfdesk.model.bureau import Handing, Node
from perfdesk.model.change import SetCell, Step, apply
from perfdesk.model.filing import Filing, Row
from perfdesk.model.form import Form
from perfdesk.search import Index
from perfdesk.store import Store
from tests.bounds import GROWTH, ROWS_WRITTEN_PER_EDIT, SAME, SUMS_PER_EDIT
from tests.counting import growth, statements, work_of
from tests.making import catalog, counter

Deed = Callable[[], Any]
FEW = 120
FORMATS: tuple[FileFormat, ...] = ("docx", "xlsx", "pdf")


def long(rows: int) -> tuple[Form, Filing]:
    filing = content.long(rows)
    return catalog().form(filing.form), filing


def document(rows: int) -> Document:
    return compose(*long(rows)).document


def file(folder: Path, rows: int, format: FileFormat) -> Path:
    path = folder / f"{rows}.{format}"
    path.write_bytes(write_bytes(document(rows), format))
    return path


def year(forms: int) -> list[tuple[Form, Filing]]:
    made = unit(1, Size(forms=forms))
    return [(catalog().form(one.filing.form), one.filing) for one in made.filings]


def targets(units: int) -> list[Filing]:
    return [unit(n, Size(forms=4)).filings[0].filing for n in range(units)]


def codes(count: int) -> tuple[Form, Filing]:
    """A budget of so many codes that nobody has, each with two amounts."""
    filing = unit(1, Size(forms=4)).filings[1].filing
    rows = tuple(
        Row(
            f"x{n}",
            "spending",
            {"code": f"{200 + n % 40}{n:04}", "project.general": f"{n}.10", "basic.general": "1"},
        )
        for n in range(count)
    )
    others = tuple(r for r in filing.rows if r.section != "spending")
    at = next(n for n, r in enumerate(others) if r.section == "economic")
    new = Filing(BUDGET, filing.title, filing.year, others[:at] + rows + others[at:], filing.sections)
    return catalog().form(BUDGET), new


def names(count: int) -> list[tuple[str, int]]:
    pick, letters = random.Random(7), sorted({c for name in catalog().standards for c in name})
    return [("".join(pick.choices(letters, k=9)), n) for n in range(count)]


def test_a_loop_in_a_loop_is_seen() -> None:
    def square(many: int) -> Deed:
        return lambda: [a + b for a in range(many) for b in range(many)]

    def straight(many: int) -> Deed:
        return lambda: [len(str(a)) for a in range(many)]

    assert growth(square, 20) > 3.5
    assert growth(straight, 20) == pytest.approx(2, abs=0.01)


def test_a_form_is_composed() -> None:
    assert growth(lambda n: lambda: compose(*given) if (given := long(n)) else None, FEW) <= GROWTH


@pytest.mark.parametrize("format", FORMATS)
def test_a_document_is_written(format: FileFormat) -> None:
    def made(rows: int) -> Deed:
        given = document(rows)
        return lambda: write_bytes(given, format)

    assert growth(made, FEW) <= GROWTH


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_is_read_and_recognised(tmp_path: Path, format: FileFormat) -> None:
    def read(rows: int) -> Deed:
        path = file(tmp_path, rows, format)
        return lambda: read_file(path)

    def recognised(rows: int) -> Deed:
        source = read_file(file(tmp_path, rows, format))
        return lambda: take_in(source, catalog(), counter())

    assert growth(read, FEW) <= GROWTH
    assert growth(recognised, FEW) <= GROWTH


def test_a_form_is_checked() -> None:
    """Of so many indicators that none of the rules gives up on the way (``rules.tasks.MOST``)."""

    def made(rows: int) -> Deed:
        given = long(rows)
        return lambda: check(*given)

    assert growth(made, 3 * FEW) <= GROWTH


def test_a_budget_is_added_up_and_checked() -> None:
    def added(count: int) -> Deed:
        form, filing = codes(count)
        return lambda: [view.keys for view in derive(form, filing).budget.views]  # type: ignore[union-attr]

    def checked(count: int) -> Deed:
        given = codes(count)
        return lambda: check(*given)

    assert growth(added, FEW) <= GROWTH
    assert growth(checked, FEW) <= GROWTH


def test_the_forms_of_a_year_are_compared() -> None:
    def made(forms: int) -> Deed:
        given = year(forms)
        return lambda: across(given)

    assert growth(made, 12) <= GROWTH


def test_filings_are_stored(tmp_path: Path) -> None:
    folders = count()

    def made(units: int) -> Deed:
        store, given = Store.open(tmp_path / str(next(folders))), targets(units)
        return lambda: (store.add_all(given, "导入"), store.close())

    assert growth(made, 5) <= GROWTH


def packages(folder: Path, units: int) -> list[Path]:
    """Of each its overall target alone."""
    paths = [folder / f"{n}.zip" for n in range(units)]
    for number, path in enumerate(paths):
        made = unit(number, Size(forms=4))
        path.write_bytes(package_of(replace(made, filings=made.filings[:1])))
    return paths


def test_packages_are_imported_one_after_the_other(tmp_path: Path) -> None:
    folders = count()

    def made(units: int) -> Deed:
        paths = packages(tmp_path, units)
        words = ["--data", str(tmp_path / f"data{next(folders)}"), "import", "--json", *map(str, paths)]
        return lambda: main(words)

    assert growth(made, 30) <= GROWTH


def test_packages_are_collected(tmp_path: Path) -> None:
    """By this process; the reading and checking is done by others, package by package."""
    folders = count()

    def made(units: int) -> Deed:
        data, handed = (tmp_path / f"{what}{next(folders)}" for what in ("data", "handed"))
        handed.mkdir()
        packages(handed, units)
        words = ["--data", str(data), "collect", "--json", "--add-unknown", "--year", str(YEAR), str(handed)]
        return lambda: main(words)

    assert growth(made, 6) <= GROWTH


def test_handings_are_taken_and_added_up(tmp_path: Path) -> None:
    folders = count()

    def store(units: int) -> tuple[Store, list[Handing]]:
        opened = Store.open(tmp_path / str(next(folders)))
        made = [unit(n, Size(forms=4)) for n in range(units)]
        opened.bureau.put_nodes([Node(one.code, one.code, one.name, "unit", None, True) for one in made])
        return opened, [handing(one) for one in made]

    def taken(units: int) -> Deed:
        opened, handed = store(units)
        return lambda: (opened.bureau.take_all(handed), opened.close())

    def summed(units: int) -> Deed:
        opened, handed = store(units)
        opened.bureau.take_all(handed)
        cell = ("budget", "", "total")
        return lambda: (opened.bureau.sums(YEAR, [OVERALL]), opened.bureau.shares(YEAR, [OVERALL], cell))

    assert growth(taken, 5) <= GROWTH
    assert growth(summed, 20) <= GROWTH


def handing(made: MadeUnit) -> Handing:
    target = made.filings[0].filing
    return Handing(made.code, YEAR, "一个包", (paper_of(catalog().form(target.form), target),), made.code)


def test_names_are_made_ready_and_searched() -> None:
    def ready(many: int) -> Deed:
        given = names(many)
        return lambda: Index(given).warm()

    def searched(many: int) -> Deed:
        index = Index(names(many))
        index.warm()
        return lambda: index.search("服务")

    assert growth(ready, 200) <= GROWTH
    assert growth(searched, 1000) <= GROWTH


def test_a_cell_is_changed_at_the_same_cost_in_a_form_of_any_length(tmp_path: Path) -> None:
    def work(rows: int) -> int:
        with Store.open(tmp_path / str(rows)) as store:
            number = store.add(content.long(rows), "导入")
            store.apply(number, Step("先做一次", (SetCell("x4", "target", "5"),)))
            with statements() as found:
                done = work_of(lambda: store.apply(number, Step("改", (SetCell("x5", "target", "6"),))))
            written = [x for x in found if x.startswith(("UPDATE", "INSERT", "DELETE")) and '"row"' in x]
            assert len(written) == ROWS_WRITTEN_PER_EDIT
            return done

    assert work(8 * FEW) <= SAME * work(FEW)


def test_an_amount_adds_up_only_the_codes_above_it() -> None:
    def work(count: int) -> int:
        form, filing = codes(count)
        values = derive(form, filing)
        step = (SetCell("x7", "project.general", "99.99"),)
        after = apply(filing, step)[0]
        again = rederive(values, form, after, step)
        assert values.budget is not None
        assert again.budget is not None
        before, now = (one.facts["spending"].nodes for one in (values.budget, again.budget))
        assert now[""].facts["project.general"] != before[""].facts["project.general"]
        assert sum(now[code] is not before[code] for code in now) == SUMS_PER_EDIT
        return work_of(lambda: rederive(values, form, after, step))

    assert work(8 * FEW) <= SAME * work(FEW)
