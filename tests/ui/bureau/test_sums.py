"""What all units come to: totals that lead to the units behind them, indicators, scores, differences, files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from perfdesk.model.bureau import Amount, Handing, Node, Scope
from tests.ui.bureau.conftest import TREE, made
from tests.ui.driver import PATIENCE
from ui.bureau.scope_dialog import ScopeDialog
from ui.bureau.sums_read import VIEWS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.bureau.bench import Bench

KEY = Qt.Key


def with_amounts(unit: str, total: int | None, text: str = "") -> Handing:
    """In whole 万元 (``total``), or words instead of them."""
    one = made(unit)
    value = None if total is None else total * 10**8
    paper = replace(one.papers[0], amounts=(Amount("budget", "", "total", value, text),))
    return replace(one, papers=(paper,))


@pytest.fixture
def sums(bench: Bench) -> Any:
    """Three units with 60, 30 and something that is no number; the department says 100."""
    nodes = tuple(replace(n, expected=True) if n.key == "4101" else n for n in TREE)
    bench.store.bureau.put_nodes((*nodes, Node("410103", "410103", "园林所", "unit", "4101", True)))
    some = (
        ("410101", 60, ""),
        ("410102", 30, ""),
        ("410103", None, "约十万"),
        ("4101", 100, ""),
        ("410201", 10, ""),
    )
    bench.store.bureau.take_all([with_amounts(*one) for one in some])
    bench.commands.year.load()
    bench.rest()
    turn(bench, "sums")
    return bench.page.sums


def turn(bench: Bench, view: str) -> None:
    tab = bench.page.tabs.tab(1 + VIEWS.index(view))  # type: ignore[arg-type]
    bench.qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    settle(bench)


def settle(bench: Bench) -> None:
    bench.qtbot.waitUntil(lambda: bench.page.sums.is_idle(), timeout=PATIENCE)


def texts(view: Any) -> list[list[str]]:
    model = view.model()
    return [
        [str(model.index(row, column).data()).strip() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_total_leads_to_its_units_with_their_shares_and_what_is_no_number(bench: Bench, sums: Any) -> None:
    assert texts(sums.table)[0][1] == "100.00 *"
    assert sums.foot.text().startswith("带 *")
    sums.table.setCurrentIndex(sums.table.model().index(0, 1))
    settle(bench)
    assert texts(sums.behind.table) == [
        ["住房保障中心", "60.00", "60.0%"],
        ["市政工程处", "30.00", "30.0%"],
        ["第一实验小学", "10.00", "10.0%"],
        ["园林所", "“约十万”", ""],
    ]
    assert "100.00" in sums.behind.where.text()


def test_from_a_total_one_comes_to_the_units_paper_with_the_keys_alone(bench: Bench, sums: Any) -> None:
    sums.table.setFocus()
    sums.table.setCurrentIndex(sums.table.model().index(0, 1))
    settle(bench)
    bench.qtbot.keyClick(sums.table, KEY.Key_Return)
    assert sums.behind.table.hasFocus()
    sums.behind.table.selectRow(1)
    bench.qtbot.keyClick(sums.behind.table, KEY.Key_Return)
    bench.laid()
    assert bench.page.unit.key == "410102" and bench.page.tabs.current() == 0
    assert bench.page.unit.isVisible()


def test_sums_are_of_the_units_that_were_chosen(bench: Bench, sums: Any) -> None:
    dialog = ScopeDialog(bench.commands.year.read, sums.scope, bench.driver.desk.look, bench.window)
    dialog.picker.search.setText("教育")
    sums.choose(dialog.scope())
    settle(bench)
    assert texts(sums.table)[0][1] == "10.00" and sums.bar.of.text() == "教育部门"
    dialog.picker.search.clear()
    for row in range(dialog.picker.list.count()):
        item = dialog.picker.list.item(row)
        item.setSelected(item.text() in ("市政工程处", "教育部门"))
    sums.choose(dialog.scope())
    settle(bench)
    assert texts(sums.table)[0][1] == "40.00" and sums.bar.of.text() == "市政工程处、第一实验小学"
    dialog.picker.choose(None)
    sums.choose(dialog.scope())
    settle(bench)
    assert sums.bar.of.text() == "全部单位"
    dialog.deleteLater()


def test_a_departments_own_form_is_held_against_its_units(bench: Bench, sums: Any) -> None:
    turn(bench, "differences")
    assert "选一个部门" in sums.told.text()
    sums.choose(Scope(node="4101"))
    settle(bench)
    assert [line[3:] for line in texts(sums.table)] == [["100.00", "90.00", "10.00"]]
    sums.table.setCurrentIndex(sums.table.model().index(0, 4))
    settle(bench)
    assert [line[0] for line in texts(sums.behind.table)] == ["住房保障中心", "市政工程处", "园林所"]


def test_units_stand_side_by_side_darker_where_there_is_more(bench: Bench, sums: Any) -> None:
    from ui.bureau.grid import SHADE

    turn(bench, "heat")
    lines, model = texts(sums.table), sums.table.model()
    assert lines[0][:2] == ["合计", "100.00"]
    column = [(line[0], line[1], model.index(n, 1).data(SHADE)) for n, line in enumerate(lines) if n]
    shades = {name: shade for name, _, shade in column}
    assert shades["住房保障中心"] > shades["市政工程处"] > shades["第一实验小学"] > 0


def test_indicators_are_listed_by_unit(bench: Bench) -> None:
    turn(bench, "indicators")
    page = bench.page.sums
    assert len(texts(page.table)) > 10
    page.table.setCurrentIndex(page.table.model().index(0, 2))
    settle(bench)
    assert [line[0] for line in texts(page.behind.table)] == ["住房保障中心", "第一实验小学"]


def test_where_nothing_was_scored_the_page_says_so(bench: Bench) -> None:
    turn(bench, "standings")
    assert "自评表" in bench.page.sums.told.text() and bench.page.sums.told.isVisible()


def test_the_summary_and_one_form_of_all_go_into_files(bench: Bench, sums: Any, tmp_path: Path) -> None:
    for what, name in (("all", "册.xlsx"), ("form", "表.docx")):
        bench.commands.summing.write(what, tmp_path / name)
        bench.work()
        assert (tmp_path / name).stat().st_size > 3000
    assert bench.window.notice.text.text().endswith("表.docx")
