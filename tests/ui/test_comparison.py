"""The comparison in the window: last year, an earlier state, what was printed; differences marked, jumped to, written as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from perfdesk.formats.read import read
from perfdesk.model.change import SetCell, apply
from perfdesk.sample import sample_filings
from tests.making import catalog, counter
from ui.messages import compare as words
from ui.models.comparing import KIND, LEFT, RIGHT, WHERE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver

KEY = Qt.Key


@pytest.fixture
def desk(nobody: Driver) -> Driver:
    """2021 and, with another goal and another amount, 2022, which is open."""
    last = next(f for f in sample_filings(catalog(), counter()) if f.year == 2021)
    from dataclasses import replace

    now, _ = apply(
        replace(last, year=2022), [SetCell("basic", "goal", "新的目标"), SetCell("budget", "basic", "1")]
    )
    nobody.space.store.add(last, "导入")
    nobody.space.open(nobody.space.store.add(now, "导入"))
    return nobody


def page(driver: Driver) -> Any:
    """The comparison, in sight and done."""
    panel = driver.window.office.comparing.panel
    if panel is None or driver.window.middle.currentWidget() is not panel:
        driver.window.actions_by_id["compare"].trigger()
        panel = driver.window.office.comparing.panel
    driver.qtbot.waitUntil(panel.is_idle)
    assert driver.window.middle.currentWidget() is panel
    return panel


def rows(panel: Any) -> list[tuple[str, ...]]:
    model = panel.model
    return [
        tuple(model.index(n, c).data() or "" for c in (WHERE, LEFT, RIGHT, KIND))
        for n in range(model.rowCount())
    ]


def choose(driver: Driver, words_in: str) -> Any:
    panel = page(driver)
    at = next(n for n in range(panel.other.count()) if words_in in panel.other.itemText(n))
    panel.other.setCurrentIndex(at)
    driver.qtbot.waitUntil(panel.is_idle)
    return panel


def test_last_year_stands_beside_this_year_and_differences_are_marked(desk: Driver) -> None:
    panel = page(desk)
    assert panel.other.currentText().startswith("2021")
    shown = rows(panel)
    assert [(where.rpartition(" · ")[2], right, kind) for where, _, right, kind in shown] == [
        ("年度履职目标", "新的目标", words.KINDS["changed"]),
        ("基本支出", "1", words.KINDS["changed"]),
    ]
    ground = panel.model.index(0, RIGHT).data(Qt.ItemDataRole.BackgroundRole)
    assert ground == desk.desk.look.colour("current")


def test_everything_is_listed_when_that_is_wanted(desk: Driver) -> None:
    panel = page(desk)
    panel.only.click()
    shown = rows(panel)
    assert len(shown) > 60
    assert {kind for *_, kind in shown} == {words.KINDS["same"], words.KINDS["changed"]}


def test_an_earlier_state_of_the_same_form(desk: Driver) -> None:
    desk.space.set_cell("basic", "goal", "又一个目标")
    panel = choose(desk, "导入")
    assert [(left, right) for _, left, right, _ in rows(panel)] == [("新的目标", "又一个目标")]


def test_typed_totals_against_computed_ones(desk: Driver) -> None:
    panel = choose(desk, words.PRINTED)
    shown = rows(panel)
    assert len(shown) == 1
    assert shown[0][1] == desk.filing.cell("budget/total")


def test_enter_leads_to_the_cell_and_back_is_one_button(desk: Driver) -> None:
    panel = page(desk)
    panel.table.selectRow(1)
    panel.table.setFocus()
    desk.qtbot.keyClick(panel.table, KEY.Key_Return)
    assert desk.window.middle.currentWidget() is desk.window.editor
    assert desk.page.section.id == "budget"
    panel = page(desk)
    panel.back.click()
    assert desk.window.middle.currentWidget() is desk.window.editor


def test_an_undo_is_seen_in_the_comparison(desk: Driver) -> None:
    desk.space.set_cell("basic", "goal", "又一个目标")
    panel = page(desk)
    assert any("又一个目标" in row for row in rows(panel))
    desk.space.undo()
    desk.qtbot.waitUntil(lambda: panel.is_idle() and not any("又一个目标" in row for row in rows(panel)))


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_the_list_is_written(desk: Driver, ending: str, tmp_path: Path) -> None:
    page(desk)
    target = tmp_path / f"list.{ending}"
    desk.window.office.comparing.write(target)
    desk.qtbot.waitUntil(lambda: desk.window.files.task is None and target.exists())
    texts = [
        t for item in read(target).items if hasattr(item, "grid") for row in item.grid.texts() for t in row
    ]
    assert "新的目标" in texts
    assert desk.window.notice.isVisible()


def test_without_anything_to_compare_it_says_so(nobody: Driver) -> None:
    assert not nobody.window.actions_by_id["compare"].isEnabled()
