"""The tree of units: who has handed in, found by name and by state, read with few looks into the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from perfdesk.model.bureau import Node
from tests.counting import statements
from tests.ui.bureau.conftest import TREE, YEAR, made
from tests.ui.test_start import run
from ui.bureau.unit_model import ERRORS, STATE, WARNINGS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.bureau.bench import Bench
    from tests.ui.driver import Driver

KEY = Qt.Key


def test_a_bureau_sees_its_units_when_the_program_starts(bench: Bench) -> None:
    assert bench.window.middle.currentWidget() is bench.page
    assert bench.names() == [node.name for node in TREE]
    assert bench.window.navigation.bureau.isChecked()


def test_each_unit_says_how_it_stands_and_each_node_how_many_are_there(bench: Bench) -> None:
    assert bench.told("410101", STATE) == "已报"
    assert (bench.told("410101", ERRORS), bench.told("410101", WARNINGS)) == ("1", "")
    assert bench.told("410102", STATE) == "未报"
    assert bench.told("410201", STATE) == "已退回"
    assert bench.told("4101", STATE).startswith("1 / 2 已报")
    assert bench.told("41", STATE).startswith("2 / 3 已报")
    assert bench.page.units.summary.text() == "3 个单位，1 个未报，2 个报来的表有错误"


def test_a_filter_leaves_the_units_that_stand_so_and_what_is_above_them(bench: Bench) -> None:
    assert [b.text() for b in bench.page.units.filters.buttons()] == [
        "全部 3",
        "未报 1",
        "有错误 2",
        "已退回 1",
    ]
    bench.filter(1)
    assert bench.names() == ["示例市", "城建部门", "市政工程处"]
    bench.filter(3)
    assert bench.names() == ["示例市", "教育部门", "第一实验小学"]
    bench.filter(0)
    assert len(bench.names()) == len(TREE)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("住房", ["住房保障中心"]),
        ("410102", ["市政工程处"]),
        ("zfbz", ["住房保障中心"]),
        ("城建", ["住房保障中心", "市政工程处"]),
    ],
)
def test_units_are_found_by_name_code_pinyin_and_the_node_above(
    bench: Bench, words: str, units: list[str]
) -> None:
    bench.look_for(words)
    found = [bench.commands.year.node(key).name for key in bench.tree.shown_units()]
    assert found == units


def test_what_nobody_is_called_says_so_and_the_tree_comes_back_as_it_was_folded(bench: Bench) -> None:
    tree = bench.tree
    tree.collapse(tree.units.index_of("4102"))
    bench.look_for("没有这个单位")
    assert tree.isHidden() and bench.page.units.empty.text()
    bench.look_for("")
    assert not tree.isExpanded(tree.units.index_of("4102"))
    assert tree.isExpanded(tree.units.index_of("4101"))


def test_enter_in_the_search_goes_to_the_first_unit_that_was_found(bench: Bench) -> None:
    bench.page.units.search.setFocus()
    bench.driver.type("xiaoxue")
    bench.driver.key(KEY.Key_Return)
    assert bench.tree.key() == "410201" and bench.tree.hasFocus()


def test_a_thousand_units_are_shown_with_as_many_statements_as_three(bench: Bench) -> None:
    with statements() as few:
        bench.commands.year.load()
        bench.rest()
    some = [Node(f"9{n:04}", f"9{n:04}", f"单位{n}", "unit", "4102", True) for n in range(1000)]
    bench.store.bureau.put_nodes((*TREE, *some))
    bench.store.bureau.take_all([made(node.key) for node in some[:30]])
    bench.commands.year.load()
    bench.rest()
    with statements() as many:
        bench.commands.year.load()
        bench.rest()
    looks = [[s for s in ran if s.startswith("SELECT")] for ran in (few, many)]
    assert len(looks[1]) == len(looks[0]) <= 4
    assert bench.told("41", STATE).startswith("32 / 1003 已报")
    bench.tree.collapseAll()
    bench.tree.open_to(60)
    assert not bench.tree.isExpanded(bench.tree.units.index_of("4102")), "a thousand rows at once"


def test_turning_to_another_part_waits_for_nothing_of_the_store(bench: Bench) -> None:
    """It may be adding up a thousand units just then."""
    bench.page.tabs.chosen.emit(0)
    with statements() as ran:
        bench.page.tabs.choose(0)
        bench.page.show_state()
        bench.page.units.narrow()
    assert ran == []


# --- the first time ---


def test_it_asks_once_and_is_remembered(empty: Bench) -> None:
    ask = empty.page.ask
    assert empty.page.stack.currentWidget() is ask
    assert empty.store.setting("bureau/here") is None
    empty.qtbot.mouseClick(ask.buttons[0], Qt.MouseButton.LeftButton)
    empty.rest()
    assert empty.store.setting("bureau/here") == "1"
    assert empty.page.stack.currentWidget() is empty.page.no_tree
    assert not empty.window.navigation.bureau.isHidden()


def test_who_is_no_bureau_goes_back_and_is_not_asked_at_start(empty: Bench) -> None:
    empty.qtbot.mouseClick(empty.page.ask.buttons[1], Qt.MouseButton.LeftButton)
    assert empty.window.middle.currentWidget() is empty.window.first
    assert empty.store.setting("bureau/here") is None


def test_the_start_page_can_be_turned_off(bench: Bench) -> None:
    bench.page.at_start.trigger()
    assert bench.store.setting("bureau/here") == "0"


# --- nodes by hand ---


def test_a_unit_is_added_renamed_and_taken_away(bench: Bench) -> None:
    dialog = bench.commands.node_dialog(Node("", "", "", "unit", "4102", True), bench.window)
    assert not dialog.keep.isEnabled()
    dialog.name.setText("第二实验小学")
    dialog.code.setText("410202")
    assert dialog.above.key == "4102"
    node = dialog.result_node()
    assert (node.name, node.code, node.parent, node.expected) == ("第二实验小学", "410202", "4102", True)
    dialog.deleteLater()


def test_a_unit_is_deleted_and_put_back(bench: Bench) -> None:
    bench.tree.go_to("410102")
    bench.tree.setFocus()
    bench.driver.key(KEY.Key_Delete)
    bench.rest()
    assert "市政工程处" not in bench.names()
    bench.qtbot.mouseClick(bench.window.notice.link, Qt.MouseButton.LeftButton)
    bench.rest()
    assert bench.names() == [node.name for node in TREE]


def test_a_unit_that_handed_in_is_not_deleted(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(bench.window, "tell_error", lambda error, extra="": told.append(error.code))
    bench.tree.go_to("410101")
    bench.commands.delete_node()
    assert told == ["node-handed-in"]
    assert bench.store.bureau.nodes() == TREE
    assert [h.year for h in bench.store.bureau.handings(YEAR)] == [YEAR, YEAR]


OPEN = """
import sys
from pathlib import Path
from ui.app import Desk, application
app = application()
desk = Desk(Path(sys.argv[1]), sample=True, shipped_font=True)
desk.window.show()
for _ in range(300):
    app.processEvents()
    if desk.workspace.is_open and desk.workspace.filing:
        break
for _ in range(20):
    app.processEvents()
print(sorted(m for m in sys.modules if 'bureau' in m and m.startswith('ui.')))
print(desk.workspace.is_open)
desk.close()
"""


def test_who_is_no_bureau_waits_for_nothing_of_it(tmp_path: Path) -> None:
    assert run(OPEN, tmp_path / "unit") == ["[]", "True"]


def test_beside_a_units_own_forms_only_what_is_shown_is_marked_in_the_list(driver: Driver) -> None:
    driver.space.store.set_setting("bureau/here", "1")
    navigation, window = driver.window.navigation, driver.window
    window.office.begin_in_bureau()
    assert navigation.bureau.isChecked() and navigation.list.currentRow() == -1
    navigation.list.itemClicked.emit(navigation.list.item(1))
    assert not navigation.bureau.isChecked() and navigation.list.currentRow() == 1
    assert window.middle.currentWidget() is window.editor
