"""Ways through the window: F6 from pane to pane, the list's lower lines, the menus of rows, indicators dropped from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from perfdesk.model.filing import depth
from perfdesk.values import parse_amount
from tests.ui.driver import Driver
from ui.actions import ROWS_ONLY
from ui.drawings import StackedBar
from ui.form.budget_page import BudgetPage
from ui.form.list_page import ListPage
from ui.form.tree_page import TreePage
from ui.ledger.table_page import TablePage
from ui.models.library import source_of
from ui.models.shelf import Entry
from ui.panels.navigation import ENTRY

if TYPE_CHECKING:
    from perfdesk.library import Entry as Indicator
    from perfdesk.model.filing import Row

GRID_KEYS = {"copy", "paste", "clear", "fill-down", "replace", "undo", "redo"}


def pane(driver: Driver) -> str:
    focus, window = QApplication.focusWidget(), driver.window
    panes = {
        "bar": window.top,
        "list": window.navigation,
        "page": window.middle,
        "side": window.side,
        "status": window.status,
    }
    return next((name for name, p in panes.items() if focus is not None and p.isAncestorOf(focus)), "nowhere")


def test_f6_goes_round_the_panes_and_shift_f6_back(driver: Driver) -> None:
    driver.window.resize(1360, 850)
    driver.turn_to("indicators").setFocus()
    driver.settle()
    seen = []
    for _ in range(5):
        seen.append(pane(driver))
        driver.key(Qt.Key.Key_F6)
    assert seen == ["page", "side", "status", "bar", "list"]
    assert pane(driver) == "page"
    driver.key(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert pane(driver) == "list"


def test_f6_keeps_what_is_being_typed(driver: Driver) -> None:
    driver.turn_to("indicators")
    leaf = driver.leaf(3)
    driver.at(leaf, driver.column("value"))
    driver.type("77")
    driver.key(Qt.Key.Key_F6)
    row = driver.filing.row(leaf.id)
    assert row is not None and row.get("target").endswith("77")


@pytest.mark.parametrize(("line", "dialogue"), [("library", "_library"), ("units", "")])
def test_library_and_units_stand_below_earlier_years(driver: Driver, line: str, dialogue: str) -> None:
    items = [driver.window.navigation.list.item(n) for n in range(driver.window.navigation.list.count())]
    entries: list[Entry] = [item.data(ENTRY) for item in items]
    place = next(n for n, e in enumerate(entries) if e.action == line)
    assert all(n < place for n, e in enumerate(entries) if e.id is not None)
    asked: list[bool] = []
    if dialogue:
        driver.window.navigation._pick(items[place])
        assert getattr(driver.window.library, dialogue).isVisible()
    else:
        action = driver.window.actions_by_id[line]
        action.triggered.disconnect()
        action.triggered.connect(lambda: asked.append(True))
        driver.window.navigation._pick(items[place])
        assert asked == [True]


def test_the_menus_of_rows_say_what_the_keys_do(driver: Driver) -> None:
    keyed = {n for n in (*ROWS_ONLY, *GRID_KEYS) if driver.window.actions_by_id[n].shortcuts()}
    of_tables = {"take-computed", "take-printed"}
    of_trees = {"group-add", "level-up", "level-down"}
    assert keyed - of_tables - set(TreePage.MENU) == set()
    assert keyed - of_tables - of_trees - set(ListPage.MENU) == set()
    assert of_tables <= set(TablePage.MENU)


def test_del_and_its_menu_entry_empty_the_chosen_cells(driver: Driver) -> None:
    driver.turn_to("indicators")
    leaf = driver.leaf(3)
    driver.at(leaf, driver.column("value"))
    driver.window.actions_by_id["clear"].trigger()
    row = driver.filing.row(leaf.id)
    assert row is not None and not any(c.isdigit() for c in row.get("target"))
    driver.window.actions_by_id["undo"].trigger()
    assert driver.filing.row(leaf.id) == leaf


# --- out of the library into the tree ---


def new_indicators(driver: Driver, count: int) -> list[Indicator]:
    driver.window.library.library()
    dialog = driver.window.library._library
    driver.qtbot.waitUntil(lambda: source_of(driver.space).index is not None)
    dialog.narrow()
    return [e for e in dialog.model.entries if not dialog.model.is_here(e)][:count]


def let_go(driver: Driver, entries: list[Indicator], row: Row, part: float) -> None:
    """Drop them on a row; ``part`` of its height from the top."""
    model = driver.window.library._library.model
    data: QMimeData = model.mimeData([model.index(model.entries.index(e), 0) for e in entries])
    box = driver.grid.visualRect(driver.page.model.index_of(row.id, 0))
    point = QPointF(box.left() + 40, box.top() + part * box.height())
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    comes = QDragEnterEvent(point.toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(driver.grid.viewport(), comes)
    assert comes.isAccepted()
    QApplication.sendEvent(
        driver.grid.viewport(), QDropEvent(point, Qt.DropAction.CopyAction, data, buttons, keys)
    )


def names_below(driver: Driver, parent: str) -> list[str]:
    return [r.get("level3") for r in driver.filing.children("indicators", parent)]


def open_leaf(driver: Driver) -> Row:
    """A leaf among whose siblings one may add."""
    driver.turn_to("indicators")
    leaf = next(r for r in driver.leaves_shown() if not driver.page.model.is_locked(r.id))
    driver.grid.scrollTo(driver.page.model.index_of(leaf.id, 0))
    return leaf


@pytest.mark.parametrize(("part", "shift"), [(0.1, 0), (0.9, 1)], ids=["above", "below"])
def test_indicators_dropped_beside_a_leaf_stand_there_as_one_step(
    driver: Driver, part: float, shift: int
) -> None:
    leaf, entries = open_leaf(driver), new_indicators(driver, 2)
    parent = leaf.parent or ""
    before, filing = names_below(driver, parent), driver.filing
    let_go(driver, entries, leaf, part)
    at = before.index(leaf.get("level3")) + shift
    assert names_below(driver, parent) == [*before[:at], *(e.name for e in entries), *before[at:]]
    driver.window.actions_by_id["undo"].trigger()
    assert driver.filing.rows == filing.rows


def test_dropped_on_a_heading_they_come_last_in_it(driver: Driver) -> None:
    leaf, entries = open_leaf(driver), new_indicators(driver, 1)
    group = driver.filing.row(leaf.parent or "")
    assert group is not None and depth(group) == 2
    driver.grid.scrollTo(driver.page.model.index_of(group.id, 0))
    let_go(driver, entries, group, 0.5)
    assert names_below(driver, group.id)[-1] == entries[0].name


def test_what_the_filing_has_cannot_be_dragged(driver: Driver) -> None:
    new_indicators(driver, 1)
    model = driver.window.library._library.model
    draggable = {
        model.is_here(e): bool(model.flags(model.index(n, 0)) & Qt.ItemFlag.ItemIsDragEnabled)
        for n, e in enumerate(model.entries)
    }
    assert draggable == {True: False, False: True}


# --- what the amounts are made of ---


def test_each_group_of_amounts_has_a_bar_that_follows_them(driver: Driver) -> None:
    page = driver.turn_to("budget")
    assert isinstance(page, BudgetPage)
    bars = page.findChildren(StackedBar)
    assert len(bars) == len(page.sums) == 2
    names = [name for group in driver.space.form.balances[0].groups for name in group[1][:1]]
    first = names[0].partition("/")[2]
    editor = driver.field("budget", first)
    editor.selectAll()
    driver.type("0")
    driver.key(Qt.Key.Key_Return)
    amount = parse_amount(driver.filing.row("budget").get(first)).value  # type: ignore[union-attr]
    assert amount == 0
    assert bars[0].shares[0] == 0.0
    assert sum(bars[1].shares) == pytest.approx(1)
