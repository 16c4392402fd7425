"""The tour: five hints beside the real widgets, once, and never in the way of typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication

from tests.ui.driver import Driver
from ui.bubble import place
from ui.form.cells import CellEdit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

KEY = Qt.Key


@pytest.fixture
def newcomer(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """The sample opened by somebody who has not seen the tour."""
    driver = Driver(qtbot, tmp_path / "unit", sample=True, toured=False)
    qtbot.waitUntil(lambda: tour(driver).bubble is not None and tour(driver).bubble.isVisible())
    yield driver
    driver.close()


def tour(driver: Driver) -> Any:
    return driver.window.office.tour


def shown(driver: Driver) -> tuple[int, str]:
    """Number and words of the hint that stands there."""
    driver.settle()
    return tour(driver).number, tour(driver).bubble.text.text()


def click_next(driver: Driver) -> None:
    driver.qtbot.mouseClick(tour(driver).bubble.next, Qt.MouseButton.LeftButton)


def rect_in(widget: Any, window: Any) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def later(driver: Driver, qtbot: QtBot) -> Driver:
    """The program closed and started anew."""
    driver.window.close()
    driver.close()
    return Driver(qtbot, driver.folder, sample=False, toured=False)


# --- once ---


def test_the_first_filing_that_is_opened_starts_it(qtbot: QtBot, tmp_path: Path) -> None:
    driver = Driver(qtbot, tmp_path / "nobody", sample=False, toured=False)
    driver.settle()
    assert tour(driver).bubble is None
    driver.window.actions_by_id["sample"].trigger()
    qtbot.waitUntil(lambda: tour(driver).bubble is not None and tour(driver).bubble.isVisible())
    driver.close()


def test_five_hints_stand_beside_what_they_speak_of_and_then_it_is_over(newcomer: Driver) -> None:
    window, seen = newcomer.window, []
    while tour(newcomer).bubble is not None:
        seen.append(shown(newcomer))
        bubble = rect_in(tour(newcomer).bubble, window)
        assert window.rect().contains(bubble)
        target = tour(newcomer).target()
        assert target.isVisible() and not bubble.intersects(rect_in(target, window))
        click_next(newcomer)
    assert [number for number, _ in seen] == [0, 1, 2, 3, 4]
    assert len({text for _, text in seen}) == 5


@pytest.mark.parametrize("way", ["escape", "stop", "last"])
def test_ended_in_any_way_it_does_not_come_again_by_itself(newcomer: Driver, qtbot: QtBot, way: str) -> None:
    if way == "escape":
        newcomer.key(KEY.Key_Escape)
    elif way == "stop":
        newcomer.qtbot.mouseClick(tour(newcomer).bubble.stop, Qt.MouseButton.LeftButton)
    else:
        for _ in range(5):
            click_next(newcomer)
    newcomer.qtbot.waitUntil(lambda: tour(newcomer).bubble is None)
    again = later(newcomer, qtbot)
    again.settle()
    assert tour(again).bubble is None
    again.close()


def test_closed_in_the_middle_it_goes_on_with_the_next_hint(newcomer: Driver, qtbot: QtBot) -> None:
    click_next(newcomer)
    click_next(newcomer)
    assert shown(newcomer)[0] == 2
    again = later(newcomer, qtbot)
    qtbot.waitUntil(lambda: tour(again).bubble is not None and tour(again).bubble.isVisible())
    assert shown(again)[0] == 2
    again.close()


def test_the_help_in_the_status_line_starts_it_again(driver: Driver) -> None:
    menu = driver.window.status.help.menu()
    actions = driver.window.actions_by_id
    assert [actions[name] for name in ("help", "keys", "tour")] == menu.actions()[:3]
    menu.actions()[2].trigger()
    assert shown(driver)[0] == 0
    click_next(driver)
    assert shown(driver)[0] == 1


def test_without_a_filing_there_is_nothing_to_show(nobody: Driver) -> None:
    assert not nobody.window.actions_by_id["tour"].isEnabled()


# --- never in the way ---


def test_typing_goes_on_while_a_hint_is_shown_and_when_it_is_clicked(newcomer: Driver) -> None:
    row = newcomer.leaf(5)
    newcomer.at(row, newcomer.column("value"))
    grid = newcomer.grid
    assert newcomer.focus() is grid
    newcomer.type("7")
    editor = newcomer.cell_editor()
    click_next(newcomer)
    assert newcomer.focus() is editor
    newcomer.type("3")
    assert editor.toPlainText() == "73"
    newcomer.key(KEY.Key_Return)
    assert newcomer.on_disk().row(row.id).get("target").endswith("73")
    assert shown(newcomer)[0] == 1


@pytest.mark.parametrize("typed", ["", "7"])
def test_escape_in_an_open_cell_belongs_to_the_cell(newcomer: Driver, typed: str) -> None:
    row = newcomer.leaf(5)
    newcomer.at(row, newcomer.column("value"))
    newcomer.key(KEY.Key_F2)
    newcomer.type(typed)
    assert isinstance(newcomer.focus(), CellEdit)
    newcomer.key(KEY.Key_Escape)
    newcomer.settle()
    assert newcomer.on_disk().row(row.id) == row
    assert tour(newcomer).bubble is not None
    newcomer.key(KEY.Key_Escape)
    newcomer.qtbot.waitUntil(lambda: tour(newcomer).bubble is None)


def test_escape_in_a_field_gives_up_the_typing_first(newcomer: Driver) -> None:
    editor = newcomer.field("basic", "unit_name")
    newcomer.type("abc")
    newcomer.key(KEY.Key_Escape)
    newcomer.settle()
    assert tour(newcomer).bubble is not None
    assert editor.hasFocus()


def test_escape_in_a_dialogue_closes_the_dialogue_only(newcomer: Driver) -> None:
    newcomer.ctrl(KEY.Key_K)
    newcomer.qtbot.waitUntil(lambda: QApplication.activeWindow() is not newcomer.window)
    finder = QApplication.activeWindow()
    assert finder is not None
    newcomer.qtbot.keyClick(finder.focusWidget(), KEY.Key_Escape)
    newcomer.settle()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [newcomer.window]
    assert tour(newcomer).bubble is not None


def test_alt_n_turns_to_the_next_hint_without_the_mouse(newcomer: Driver) -> None:
    focus = newcomer.focus()
    newcomer.key(KEY.Key_N, Qt.KeyboardModifier.AltModifier)
    newcomer.qtbot.waitUntil(lambda: tour(newcomer).number == 1)
    assert newcomer.focus() is focus


def test_the_bubble_is_a_part_of_the_window(newcomer: Driver) -> None:
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [newcomer.window]


# --- where it stands ---


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_in_a_small_window_it_stands_inside_and_not_over_the_cell(newcomer: Driver, zoom: float) -> None:
    window = newcomer.window
    window.resize(800, 600)
    newcomer.desk.look.wear(zoom=zoom)
    newcomer.at(newcomer.leaf(0), newcomer.column("value"))
    grid = newcomer.grid
    while tour(newcomer).bubble is not None:
        newcomer.settle()
        bubble = rect_in(tour(newcomer).bubble, window)
        cell = grid.visualRect(grid.currentIndex())
        cell.moveTopLeft(grid.viewport().mapTo(window, cell.topLeft()))
        assert window.rect().contains(bubble)
        assert not bubble.intersects(cell)
        click_next(newcomer)
    newcomer.desk.look.wear(zoom=1.0)


def test_it_follows_the_widget_when_the_window_changes_its_size(newcomer: Driver) -> None:
    for _ in range(4):
        click_next(newcomer)
    for width in (1360, 1000, 1200):
        newcomer.window.resize(width, 700)
        newcomer.settle()
        bubble, target = tour(newcomer).bubble, rect_in(tour(newcomer).target(), newcomer.window)
        assert newcomer.window.rect().contains(rect_in(bubble, newcomer.window))
        assert abs(bubble.geometry().right() - target.right()) < 200
        assert 0 < bubble.geometry().top() - target.bottom() < 10


def test_a_hint_whose_widget_is_hidden_is_skipped(newcomer: Driver) -> None:
    newcomer.window.commands.turn_side("right")
    click_next(newcomer)
    assert shown(newcomer)[0] == 2


def test_a_widget_that_goes_away_takes_its_hint_with_it(newcomer: Driver) -> None:
    click_next(newcomer)
    assert shown(newcomer)[0] == 1
    newcomer.window.commands.turn_side("right")
    newcomer.qtbot.waitUntil(lambda: tour(newcomer).number == 2)


def test_the_first_hint_goes_with_the_page_that_is_shown(newcomer: Driver) -> None:
    page = newcomer.turn_to("tasks")
    newcomer.settle()
    assert shown(newcomer)[0] == 0
    assert page.isAncestorOf(tour(newcomer).target())


ROOM, SIZE = QRect(0, 0, 400, 300), QSize(100, 50)


@pytest.mark.parametrize(
    ("target", "side"),
    [
        (QRect(150, 10, 60, 20), "below"),
        (QRect(150, 270, 60, 20), "above"),
        (QRect(250, 0, 150, 300), "left"),
        (QRect(0, 0, 250, 300), "right"),
        (QRect(0, 0, 400, 300), "inside"),
    ],
)
def test_the_first_side_with_room_is_taken(target: QRect, side: str) -> None:
    at, taken = place(target, SIZE, ROOM, ("below", "above", "left", "right"), QRect())
    assert taken == side
    assert ROOM.contains(QRect(at, SIZE))
    assert side == "inside" or not QRect(at, SIZE).intersects(target)


def test_the_cursor_is_never_covered_where_another_place_is_free() -> None:
    whole = QRect(0, 0, 400, 300)
    for cursor in (QRect(350, 270, 40, 20), QRect(10, 270, 40, 20), QRect(180, 140, 40, 20), QRect()):
        at, _ = place(whole, SIZE, ROOM, ("below",), cursor)
        assert not QRect(at, SIZE).intersects(cursor)
    below = QRect(150, 40, 60, 20)
    at, side = place(QRect(150, 10, 60, 20), SIZE, ROOM, ("below", "right"), below)
    assert side == "right" and not QRect(at, SIZE).intersects(below)
