"""For whoever does not see the screen, uses no mouse, has a small window or large letters: everywhere in the bureau's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from perfdesk.bureau.tree_files import TreeRead
from perfdesk.model.bureau import Node, Scope
from tests.ui.bureau.conftest import TREE
from tests.ui.bureau.test_collecting import found
from tests.ui.driver import PATIENCE
from tests.ui.seen import nameless, troubles
from tests.ui.test_accessible import out_of_reach, unspoken
from ui.bureau.changes_dialog import ChangesDialog
from ui.bureau.scope_dialog import ScopeDialog
from ui.bureau.sums_read import VIEWS
from ui.bureau.tree_import import TreeImport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.bureau.bench import Bench


def places(bench: Bench) -> Iterator[str]:
    """One after the other in sight."""
    page = bench.page
    page.unit.left.emit()
    page.tabs.chosen.emit(0)
    yield "units"
    bench.open("410101")
    for tab in range(3):
        page.unit.side.turn_to(tab)
        yield f"unit {tab}"
    page.open_unit("410102")
    yield "nothing handed in"
    for number, view in enumerate(VIEWS, 1):
        page.tabs.chosen.emit(number)
        bench.qtbot.waitUntil(page.sums.is_idle, timeout=PATIENCE)
        yield view


def dialogues(bench: Bench) -> Iterator[QWidget]:
    look, window = bench.driver.desk.look, bench.window
    bench.open("410101")
    yield bench.commands.node_dialog(Node("", "", "", "unit", "4102", True), window)
    yield bench.commands.deciding.dialog()
    review = bench.commands.collecting.dialog(found(bench))
    review.table.selectRow(2)
    yield review
    yield ScopeDialog(bench.commands.year.read, Scope(node="4101"), look, window)
    yield TreeImport(bench.commands.year, look, window).dialog("单位.xlsx", TreeRead(TREE, ()))
    yield ChangesDialog((), ("甲", "乙"), look, window)


def test_all_is_named_and_reached_by_keys_in_every_part(bench: Bench) -> None:
    for name in places(bench):
        bench.driver.settle()
        assert (name, unspoken(bench.page)) == (name, [])
        assert (name, nameless(bench.page)) == (name, [])
        assert (name, out_of_reach(bench.window)) == (name, [])


def test_all_is_named_and_reached_by_keys_in_every_dialogue(bench: Bench) -> None:
    for dialog in dialogues(bench):
        dialog.show()
        bench.driver.settle()
        dialog.activateWindow()
        bench.driver.settle()
        name = type(dialog).__name__
        assert (name, unspoken(dialog)) == (name, [])
        assert (name, out_of_reach(dialog)) == (name, [])
        dialog.close()


def test_nothing_is_cut_in_a_small_window_and_with_large_letters(bench: Bench) -> None:
    look = bench.driver.desk.look
    for size, zoom in (((800, 600), 1.0), ((1360, 850), 1.5)):
        look.wear(zoom=zoom)
        bench.window.resize(*size)
        for name in places(bench):
            bench.driver.settle()
            assert (name, size, zoom, troubles(bench.page)) == (name, size, zoom, [])


def test_the_first_question_fits_and_is_reached_by_keys(empty: Bench) -> None:
    empty.window.resize(800, 600)
    empty.driver.settle()
    assert troubles(empty.page) == [] and out_of_reach(empty.window) == []
    empty.commands.begin()
    empty.rest()
    empty.driver.settle()
    assert troubles(empty.page) == [] and unspoken(empty.page) == []
