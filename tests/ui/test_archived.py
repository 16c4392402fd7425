"""An archived filing is looked at, copied, previewed and exported; no key, button or menu changes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ui.actions import OPEN_ONLY, ROWS_ONLY

if TYPE_CHECKING:
    from perfdesk.errors import UserError
    from tests.ui.driver import Driver

KEY = Qt.Key


@pytest.fixture
def archived(driver: Driver) -> Driver:
    """The open year in the archive; whoever would be told of a refusal fails the test."""
    store = driver.space.store
    store.office.archive_year(store.units()[0].id, driver.filing.year)
    driver.space.refresh()

    def refused(error: UserError) -> None:
        raise AssertionError(error.message)

    driver.space.refused.disconnect()
    driver.space.refused.connect(refused)
    return driver


def test_the_bar_says_so_and_its_button_opens_the_filing_again(archived: Driver) -> None:
    bar = archived.window.editor.archived
    assert (bar.isVisible(), bar.text.text()) == (True, "已归档，只读")
    archived.qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    archived.turn_to("indicators")
    archived.at(archived.leaf(1), archived.column("value"))
    archived.type("5")
    archived.key(KEY.Key_Return)
    assert archived.on_disk().row(archived.leaf(1).id).get("target").endswith("5")


def test_no_key_changes_a_cell_of_the_tree_or_of_a_list(archived: Driver) -> None:
    before = archived.filing
    QGuiApplication.clipboard().setText("9\n9")
    for section, column in (("indicators", archived_column(archived)), ("tasks", 1)):
        archived.turn_to(section)
        archived.at(archived.rows(section)[-1], column)
        archived.type("5")
        archived.compose("住房")
        assert archived.grid.cells.editor is None
        for key in (KEY.Key_F2, KEY.Key_Delete):
            archived.key(key)
            assert archived.grid.cells.editor is None
        archived.ctrl(KEY.Key_V)
        archived.ctrl(KEY.Key_Return)
        archived.ctrl(KEY.Key_D)
        archived.key(KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert archived.filing == before == archived.on_disk()


def archived_column(driver: Driver) -> int:
    driver.turn_to("indicators")
    return driver.column("value")


@pytest.mark.parametrize(("section", "column"), [("basic", "goal"), ("budget", "total")])
def test_texts_and_amounts_are_read_and_copied_but_not_typed_in(
    archived: Driver, section: str, column: str
) -> None:
    editor, before = archived.field(section, column), archived.filing
    archived.type("5")
    archived.ctrl(KEY.Key_A)
    archived.ctrl(KEY.Key_C)
    assert archived.filing.cell(f"{section}/{column}") == QGuiApplication.clipboard().text()
    archived.key(KEY.Key_Delete)
    assert editor.isReadOnly()
    archived.window.editor.commit()
    assert archived.filing == before


def test_every_command_that_edits_is_grey_and_looking_commands_are_not(archived: Driver) -> None:
    archived.turn_to("indicators")
    actions = archived.window.actions_by_id
    assert [name for name in (*ROWS_ONLY, *OPEN_ONLY) if actions[name].isEnabled()] == []
    looking = ("copy", "preview", "print", "export-files", "export-docx", "check", "find", "unarchive")
    assert [name for name in looking if not actions[name].isEnabled()] == []
    archived.at(archived.leaf(1), archived.column("value"))
    archived.ctrl(KEY.Key_C)
    assert QGuiApplication.clipboard().text().strip() != ""


def test_a_fix_and_the_way_back_in_the_history_leave_it_alone(archived: Driver) -> None:
    before = archived.filing
    fix = next(step for f in archived.space.findings for step in f.fixes)
    archived.window.commands.mend(fix)
    assert archived.filing == before
    archived.window.side.stack.setCurrentWidget(archived.window.history)
    archived.window.history.list.setCurrentRow(archived.window.history.list.count() - 1)
    assert not archived.window.history.back.isEnabled()


def test_cards_of_an_archived_filing_only_lead_to_their_place_and_to_their_rule(archived: Driver) -> None:
    cards = archived.window.findings.column.cards
    assert any(c.finding.fixes for c in cards) and any(c.finding.severity != "error" for c in cards)
    for card in cards:
        assert re.findall('href="(.*?)"', card.links.text()) == ["jump", "rule"]
    archived.qtbot.mouseClick(archived.window.editor.archived.button, Qt.MouseButton.LeftButton)
    assert any('href="explain"' in c.links.text() for c in archived.window.findings.column.cards)


def test_no_key_changes_a_budget_by_code_or_settles_a_table(nobody: Driver) -> None:
    from perfdesk.model.change import InsertRow, Step
    from perfdesk.model.filing import Row
    from perfdesk.sample import sample_budgets

    store = nobody.space.store
    budget = next(f for f in sample_budgets(nobody.space.catalog, store.new_id) if f.year == 2022)
    nobody.space.add(budget, "导入", "某单位")
    odd = Row("odd", "收支总表", {"row": "income_total", "income_amount": "1"})
    nobody.space.apply(Step("导入", (InsertRow(odd, None),)))
    store.office.archive_year(store.units()[0].id, 2022)
    nobody.space.refresh()
    nobody.space.refused.disconnect()
    before = nobody.filing
    assert nobody.space.archived and before.row("odd") is not None
    for section in ("spending", "收支总表"):
        nobody.turn_to(section)
        grid = nobody.page.grid
        for place in range(min(6, grid.model().rowCount())):
            for column in (1, 2):
                grid.setCurrentIndex(grid.model().index(place, column))
                QGuiApplication.clipboard().setText("9\t9")
                nobody.type("5")
                nobody.compose("住房")
                nobody.key(KEY.Key_Delete)
                for key in (KEY.Key_V, KEY.Key_D, KEY.Key_1, KEY.Key_2, KEY.Key_Return):
                    nobody.ctrl(key)
                nobody.key(KEY.Key_Escape)
    nobody.window.actions_by_id["take-all"].trigger()
    nobody.window.editor.commit()
    assert nobody.filing == before == nobody.on_disk()


def test_ctrl_z_takes_it_out_of_the_archive_first_and_its_steps_back_then(driver: Driver) -> None:
    store, row = driver.space.store, driver.leaf(1)
    driver.space.set_cell(row.id, "target", "11")
    store.office.archive_year(store.units()[0].id, driver.filing.year)
    driver.space.refresh()
    driver.ctrl(KEY.Key_Z)
    assert not driver.space.archived
    driver.ctrl(KEY.Key_Z)
    assert driver.leaf(1).get("target") != "11"
