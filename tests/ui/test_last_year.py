"""Last year's values stand below this year's where they were others, can be put away, and are taken with one key."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from perfdesk.model.filing import leaves
from ui.messages import carry as words
from ui.models.cell import CELL

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from tests.ui.driver import Driver
    from ui.models.cell import Cell

KEY = Qt.Key


@pytest.fixture
def carried(driver: Driver) -> Driver:
    """The newest target and budget of the sample, carried into the year after; the target is open."""
    driver.window.resize(1500, 900)
    driver.settle()
    newest = max(i.year for i in driver.space.infos())
    for kind in ("department-budget", "overall-target"):
        (info,) = [i for i in driver.space.infos() if i.year == newest and i.form.endswith(kind)]
        into(driver, driver.space.store.filing(info.id))
    assert driver.filing.form.endswith("overall-target") and driver.filing.year == newest + 1
    return driver


def into(driver: Driver, last: Filing) -> None:
    """The next year's filing begins as this one."""
    assert last.year is not None
    made = driver.space.store.add(replace(last, id=None, year=last.year + 1), "结转")
    driver.space.refresh()
    driver.space.open(made)


def budget(driver: Driver) -> None:
    (info,) = [i for i in driver.space.infos() if i.year == driver.space.year and "budget" in i.form]
    driver.space.open(info.id)


def cell(driver: Driver, row: str, field: str) -> Cell:
    model = driver.page.model
    return model.index_of(row, model.column_of(field)).data(CELL)


def height(driver: Driver, row: str) -> int:
    driver.settle()
    return driver.page.grid.visualRect(driver.page.model.index_of(row, 1)).height()


def test_a_task_that_was_another_says_what_it_was(carried: Driver) -> None:
    carried.turn_to("tasks")
    first, second = carried.rows("tasks")[:2]
    assert cell(carried, first.id, "content").then == ""
    carried.space.set_cell(first.id, "content", "另一项任务")
    assert cell(carried, first.id, "content").then == words.before(first.get("content"))
    assert cell(carried, second.id, "content").then == ""


def test_the_row_has_room_for_both(carried: Driver) -> None:
    carried.turn_to("tasks")
    first = carried.rows("tasks")[0]
    carried.space.set_cell(first.id, "content", "短")
    with_last = height(carried, first.id)
    carried.window.actions_by_id["last-year"].trigger()
    assert height(carried, first.id) < with_last


def test_an_indicators_name_and_note_say_what_they_were_and_its_target_has_a_column(carried: Driver) -> None:
    carried.turn_to("indicators")
    row = carried.leaf(-1)
    for field, text in (("level3", "另一个指标"), ("note", "另一个说明"), ("target", "≥1%")):
        carried.space.set_cell(row.id, field, text)
    model = carried.page.model
    name = model.index_of(row.id, 0).data(CELL)
    assert name.then == words.before(row.get("level3"))
    assert cell(carried, row.id, "note").then == words.before(row.get("note"))
    assert cell(carried, row.id, "target").then == ""
    before = model.index_of(row.id, carried.column("before")).data(CELL).text
    assert before.replace(" ", "") == row.get("target")


def test_where_that_column_has_no_room_the_target_stands_below(carried: Driver) -> None:
    carried.turn_to("indicators")
    row = carried.leaf(-1)
    carried.space.set_cell(row.id, "target", "≥1%")
    carried.window.resize(800, 600)
    carried.settle()
    assert carried.page.grid.isColumnHidden(carried.column("before"))
    assert cell(carried, row.id, "target").then == words.before(row.get("target"))


def test_an_amount_of_a_ledger_and_all_its_sums_say_what_they_were(carried: Driver) -> None:
    budget(carried)
    carried.turn_to("spending")
    row = next(r for r in carried.rows("spending") if any("." in c and t for c, t in r.cells.items()))
    fact, text = next((c, t) for c, t in row.cells.items() if "." in c and t)
    before = height(carried, row.id)
    old = {x.id: cell(carried, x.id, fact).text for x in carried.page.model.rows()}
    carried.space.set_cell(row.id, fact, str(float(text) + 7))
    told = {x.id for x in carried.page.model.rows() if cell(carried, x.id, fact).then}
    code = row.get("code")
    assert told == {
        x.id for x in carried.page.model.rows() if x.kind != "new" and code.startswith(x.code or "")
    }
    assert all(cell(carried, key, fact).then == words.before(old[key]) for key in told)
    assert height(carried, row.id) == before


def test_amounts_are_compared_in_the_unit_of_this_year(carried: Driver) -> None:
    budget(carried)
    last = carried.filing
    rows = tuple(
        replace(
            r,
            cells=MappingProxyType(
                {c: str(int(float(t) * 10000)) if "." in c and t else t for c, t in r.cells.items()}
            ),
        )
        if r.section == "spending"
        else r
        for r in last.rows
    )
    into(carried, replace(last, rows=rows, amount_unit="元", year=last.year))
    row = next(r for r in last.section("spending") if any("." in c and t for c, t in r.cells.items()))
    fact = next(c for c, t in row.cells.items() if "." in c and t)
    carried.turn_to("spending")
    assert carried.filing.amount_unit == "元" and last.amount_unit != "元"
    assert cell(carried, row.id, fact).then == ""


def test_put_away_they_stay_away(carried: Driver) -> None:
    carried.turn_to("tasks")
    first = carried.rows("tasks")[0]
    carried.space.set_cell(first.id, "content", "另一项任务")
    carried.key(KEY.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert cell(carried, first.id, "content").then == ""
    assert not carried.window.actions_by_id["last-year"].isChecked()
    here = carried.filing.id
    carried.space.open(next(i.id for i in carried.space.infos() if i.id != here))
    carried.space.open(here)
    carried.turn_to("tasks")
    assert cell(carried, first.id, "content").then == ""
    carried.window.actions_by_id["last-year"].trigger()
    assert cell(carried, first.id, "content").then


def test_one_key_takes_last_years_values_into_all_cells_chosen(carried: Driver) -> None:
    carried.turn_to("indicators")
    was = carried.filing
    rows = [one.row for one in leaves(was, "indicators")][-2:]
    for row in rows:
        carried.space.set_cell(row.id, "target", "≥1%")
    between = carried.filing
    places = [carried.page.model.index_of(r.id, carried.column("value")) for r in rows]
    carried.grid.select(places[0])
    carried.grid.selectionModel().select(places[1], QItemSelectionModel.SelectionFlag.Select)
    carried.ctrl(KEY.Key_3)
    assert [carried.filing.row(r.id) for r in rows] == rows
    carried.ctrl(KEY.Key_Z)
    assert carried.filing == between


def test_the_key_works_on_last_years_own_column_in_a_ledger_and_in_a_field(carried: Driver) -> None:
    carried.turn_to("indicators")
    row = carried.leaf(-1)
    carried.space.set_cell(row.id, "target", "≥1%")
    carried.at(row, carried.column("before"))
    carried.ctrl(KEY.Key_3)
    assert carried.filing.row(row.id) == row
    goal = carried.filing.cell("basic/goal")
    carried.space.set_cell("basic", "goal", "另一个目标")
    carried.field("basic", "goal").setFocus()
    carried.ctrl(KEY.Key_3)
    assert carried.filing.cell("basic/goal") == goal
    budget(carried)
    carried.turn_to("spending")
    line = next(r for r in carried.rows("spending") if any("." in c and t for c, t in r.cells.items()))
    fact, text = next((c, t) for c, t in line.cells.items() if "." in c and t)
    carried.space.set_cell(line.id, fact, "1")
    model = carried.page.model
    carried.page.grid.select(model.index_of(line.id, model.column_of(fact)))
    carried.page.grid.setFocus()
    carried.ctrl(KEY.Key_3)
    now = carried.filing.row(line.id)
    assert now is not None and float(now.get(fact)) == float(text)


def test_where_there_is_nothing_to_take_that_is_said(carried: Driver) -> None:
    carried.turn_to("tasks")
    before = carried.filing
    carried.at(carried.rows("tasks")[0], 1)
    carried.ctrl(KEY.Key_3)
    assert carried.filing == before
    assert carried.window.status.last.text() == words.NO_LAST
