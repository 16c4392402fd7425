"""A bureau with a small tree, some of whose units have handed in."""

from __future__ import annotations

import shutil
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from perfdesk import catalog
from perfdesk.bureau.facts import paper_of
from perfdesk.model.bureau import Handing, Node, Told
from perfdesk.sample import sample_filings
from perfdesk.store import Store
from tests.ui.bureau.bench import Bench
from tests.ui.driver import Driver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

YEAR = 2021
TREE = (
    Node("41", "41", "示例市", "city", None, False),
    Node("4101", "4101", "城建部门", "department", "41", False),
    Node("410101", "410101", "住房保障中心", "unit", "4101", True),
    Node("410102", "410102", "市政工程处", "unit", "4101", True),
    Node("4102", "4102", "教育部门", "department", "41", False),
    Node("410201", "410201", "第一实验小学", "unit", "4102", True),
)


def made(unit: str, explanation: str = "", source: str = "包.zip", goal: str = "") -> Handing:
    """The sample's target of one year, with an error and a warning about it."""
    numbers = count(1)
    known = catalog.load()
    filing = next(f for f in sample_filings(known, lambda: f"r{next(numbers)}") if f.year == YEAR)
    if goal:
        rows = tuple(r.with_cell("goal", goal) if r.id == "basic" else r for r in filing.rows)
        filing = replace(filing, rows=rows)
    form = known.form(filing.form)
    column = next(f.id for f in form.section("budget").fields if f.kind == "money")
    findings = (
        Told("sum", "error", f"budget/{column}", "预算不平", "相差 0.70 万元。"),
        Told("word", "warning", "basic", "名称可能不全", "请核对。", explanation),
    )
    paper = replace(paper_of(form, filing), findings=findings)
    return Handing(unit, YEAR, source, (paper,), f"{unit}{source}", "2021-03-01", "AAAA-1111")


@pytest.fixture(scope="session")
def bureau_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bureau") / "data"
    with Store.open(folder) as store:
        store.bureau.put_nodes(TREE)
        store.bureau.take(made("410101", goal="旧的目标"))
        store.bureau.take(made("410101", "名称与公章一致", "新包.zip"))
        store.bureau.take(made("410201"))
        store.bureau.decide(YEAR, "410201", "returned")
        store.set_setting("bureau/here", "1")
    return folder


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path, bureau_folder: Path) -> Iterator[Bench]:
    """Started in a bureau: its place is in sight, everything read."""
    shutil.copytree(bureau_folder, tmp_path / "data")
    driver = Driver(qtbot, tmp_path / "data", sample=False)
    yield Bench(driver)
    driver.close()


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    """Nobody has said yet that this is a bureau."""
    driver = Driver(qtbot, tmp_path / "nobody", sample=False)
    driver.window.office.show_bureau()
    yield Bench(driver)
    driver.close()
