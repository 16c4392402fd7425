"""Carrying a year into the next in the window: proposals ticked singly or all, one deed, last year's values beside the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox

from perfdesk.catalog import load
from perfdesk.mapping_files import own_mappings
from perfdesk.model.change import SetCell, apply
from perfdesk.model.filing import leaves
from perfdesk.sample import sample_filings
from tests.making import catalog, counter
from ui.dialogs.carry import CarryDialog
from ui.messages import carry as words
from ui.proposal_tree import AFTER, OFF, ON, WHERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from perfdesk.model.filing import Filing
    from tests.ui.driver import Driver

KEY = Qt.Key
GOAL = "2021年改造小区 75 个，与上年持平。"


def last_year() -> Filing:
    sample = next(f for f in sample_filings(catalog(), counter()) if f.year == 2021)
    return apply(sample, [SetCell("basic", "goal", GOAL), SetCell("budget", "other", "50")])[0]


@pytest.fixture
def desk(nobody: Driver) -> Driver:
    """A unit with one form of 2021, open."""
    nobody.space.store.add(last_year(), "导入")
    nobody.space.refresh()
    assert nobody.filing.year == 2021
    return nobody


def carry(driver: Driver, do: Callable[[Any], None], target: int = 2022) -> None:
    """Open the dialogue and do this in it once the plans are there."""
    left: list[int] = [1]

    def look() -> None:
        here = QApplication.activeModalWidget()
        if not isinstance(here, CarryDialog) or here.carrying is None:
            QTimer.singleShot(5, look)
            return
        if here.target.year() != target:
            here.target.set_year(target)
            QTimer.singleShot(5, look)
            return
        do(here)
        left.clear()

    QTimer.singleShot(0, look)
    driver.window.actions_by_id["carry"].trigger()
    driver.qtbot.waitUntil(lambda: not left and driver.window.files.task is None)


def kinds(dialog: Any, top: int = 0) -> dict[str, Any]:
    """Kind of proposals → its line."""
    here = dialog.tree.topLevelItem(top)
    lines = [here.child(n) for n in range(here.childCount())]
    return {line.text(WHERE).rpartition(" · ")[0]: line for line in lines}


def accept(dialog: Any) -> None:
    dialog.start.click()


def test_what_is_sure_is_done_and_the_rest_stays_in_sight(desk: Driver) -> None:
    carry(desk, accept)
    assert (desk.filing.year, desk.filing.form) == (2022, last_year().form)
    assert desk.filing.cell("basic/goal") == "2022年改造小区 75 个，与上年持平。"
    assert [f.code for f in desk.space.findings if f.code.startswith("carried")] == ["carried-word"]
    assert "2021" in desk.window.editor.sub.text()
    assert desk.on_disk() == desk.filing


def test_a_proposal_that_is_not_ticked_changes_nothing(desk: Driver) -> None:
    def refuse(dialog: Any) -> None:
        years = kinds(dialog)[words.KINDS["year"]]
        assert years.childCount() == 1
        years.child(0).setCheckState(WHERE, OFF)
        targets = kinds(dialog)[words.KINDS["target"]]
        targets.setCheckState(WHERE, OFF)
        assert {targets.child(n).text(AFTER) for n in range(targets.childCount())} == {words.EMPTIED}
        accept(dialog)

    carry(desk, refuse)
    assert desk.filing.cell("basic/goal") == GOAL
    assert not any(leaf.row.get("target") for leaf in leaves(desk.filing, "indicators"))


def test_undo_takes_all_of_it_back_and_redo_brings_it(desk: Driver) -> None:
    carry(desk, accept)
    new = desk.filing
    desk.ctrl(KEY.Key_Z)
    assert desk.filing.year == 2021
    assert {i.year for i in desk.space.infos()} == {2021}
    desk.ctrl(KEY.Key_Y)
    assert {i.year for i in desk.space.infos()} == {2021, 2022}
    assert desk.space.store.filing(new.id) == new


def test_into_another_edition_the_choices_are_the_persons(desk: Driver) -> None:
    chosen: list[str] = []

    def choose(dialog: Any) -> None:
        line = kinds(dialog)[words.KINDS["cell"]].child(0)
        box: QComboBox = dialog.tree.itemWidget(line, AFTER)
        chosen.extend(box.itemText(n) for n in range(box.count()))
        box.setCurrentIndex(1)
        box.activated.emit(1)
        assert line.checkState(WHERE) == ON
        accept(dialog)

    carry(desk, choose, 2023)
    assert chosen == ["单位资金", "财政专户管理资金"]
    assert (desk.filing.cell("budget/unit_funds"), desk.filing.cell("budget/special_account")) == (
        "",
        "500000",
    )
    asked = [f.code for f in desk.space.findings]
    assert "carried-group" in asked
    assert "carried-cell" not in asked


def test_everything_accepted_leaves_only_words_to_look_at(desk: Driver) -> None:
    def all_of_it(dialog: Any) -> None:
        dialog.all.click()
        accept(dialog)

    carry(desk, all_of_it, 2023)
    assert {f.code for f in desk.space.findings if f.code.startswith("carried")} == {"carried-word"}


def test_a_question_of_the_check_is_answered_by_its_link(desk: Driver) -> None:
    carry(desk, accept, 2023)
    asked = desk.finding("carried-group")
    leaf = asked.place.row
    before = desk.filing.row(leaf).parent
    desk.window.commands.mend(asked.fixes[1])
    assert desk.filing.row(leaf).parent != before
    desk.space.check_now()
    assert leaf not in [f.place.row for f in desk.space.findings if f.code == "carried-group"]


def test_last_years_values_stand_beside_this_years(desk: Driver) -> None:
    carry(desk, accept, 2023)
    row = desk.leaf(0)
    model = desk.page.model
    shown = model.index_of(row.id, desk.column("before")).data()
    assert shown == last_year().row(row.id).get("target")
    budget: Any = desk.turn_to("budget")
    then = last_year().cell("budget/basic")
    assert budget.rows["basic"].says.text() == words.before(f"{float(then) * 10_000:,.2f}")
    basic: Any = desk.turn_to("basic")
    goal = next(f for f in basic.fields if f.field.id == "goal")
    assert goal.says.toolTip() == GOAL


def test_amounts_are_emptied_or_a_percentage(desk: Driver) -> None:
    def percent(dialog: Any) -> None:
        dialog.amounts.setCurrentIndex(2)
        dialog.percent.setText("x")
        assert not dialog.start.isEnabled()
        dialog.percent.setText("200")
        desk.qtbot.waitUntil(dialog.start.isEnabled)
        accept(dialog)

    carry(desk, percent)
    assert desk.filing.cell("budget/other") == "100"


def test_nothing_is_carried_twice(desk: Driver) -> None:
    carry(desk, accept)
    desk.space.choose(desk.space.unit, 2021)

    def refused(dialog: Any) -> None:
        assert not dialog.start.isEnabled()
        assert "2022" in dialog.left.text()
        dialog.reject()

    carry(desk, refused)
    assert len(desk.space.infos()) == 2


def test_several_forms_are_ticked_one_by_one(desk: Driver) -> None:
    from tests.ui.test_projects import project

    two = [project("道路", "1000", 2021), project("绿化", "250.5", 2021)]
    desk.space.store.add_all(two, "导入", desk.space.unit)

    def leave_one(dialog: Any) -> None:
        assert dialog.tree.topLevelItemCount() == 3
        dialog.tree.topLevelItem(2).setCheckState(WHERE, OFF)
        accept(dialog)

    carry(desk, leave_one)
    made = [i for i in desk.space.infos() if i.year == 2022]
    assert [i.name for i in made] == ["", "道路"]
    assert {i.unit_name for i in made} == {desk.space.unit}
    desk.ctrl(KEY.Key_Z)
    assert {i.year for i in desk.space.infos()} == {2021}


def test_the_tree_is_driven_by_keys(desk: Driver) -> None:
    def keys(dialog: Any) -> None:
        dialog.tree.setFocus()
        line = kinds(dialog)[words.KINDS["year"]].child(0)
        dialog.tree.setCurrentItem(line)
        desk.qtbot.keyClick(dialog.tree, KEY.Key_Space)
        assert line.checkState(WHERE) == OFF
        desk.qtbot.keyClick(dialog.tree, KEY.Key_Return)

    carry(desk, keys)
    assert desk.filing.cell("basic/goal") == GOAL


def test_a_year_without_forms_offers_to_carry(desk: Driver) -> None:
    desk.space.year = 2025
    desk.space.open(None)
    empty = desk.window.empty
    assert desk.window.middle.currentWidget() is empty
    assert empty.carry.isVisible()
    carry(desk, lambda dialog: dialog.reject())
    assert empty.carry.mapTo(empty, QPoint()).x() >= 0


def test_all_units_are_carried_in_one_go(desk: Driver) -> None:
    space, here = desk.space, desk.space.unit
    for unit in ("示例市公园管理中心", "示例市园林所"):
        space.store.add(last_year(), "导入", unit)
    space.refresh()

    def take_all(dialog: Any) -> None:
        dialog.unit.setCurrentIndex(1)
        desk.qtbot.waitUntil(lambda: dialog.carrying is not None)
        assert dialog.tree.topLevelItemCount() == 3
        accept(dialog)

    carry(desk, take_all, 2023)
    made = [i for i in space.all_infos() if i.year == 2023]
    assert {i.unit_name for i in made} == {here, "示例市公园管理中心", "示例市园林所"}
    assert (desk.space.unit, desk.filing.year) == (here, 2023)
    desk.ctrl(KEY.Key_Z)
    assert {i.year for i in space.all_infos()} == {2021}


def test_a_wrong_mapping_of_ones_own_is_told_and_stops_nothing_else(desk: Driver) -> None:
    carry(desk, accept, 2023)
    wrong = own_mappings(desk.folder) / "zhengzhou-2023" / "overall-target.zhengzhou-2021.toml"
    wrong.parent.mkdir(parents=True)
    wrong.write_text("format = 1\nfrom = 'nowhere/overall-target'\n", encoding="utf-8")
    desk.space.catalog = load()
    desk.space.open(desk.filing.id)
    assert desk.space.last_year.filing is not None
    dialog = desk.window.office.carrying.dialog(2024)
    desk.qtbot.waitUntil(lambda: "nowhere" in dialog.said.text())
    assert not dialog.start.isEnabled()
    dialog.reject()
