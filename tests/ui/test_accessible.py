"""For whoever does not see the screen or does not use a mouse: what a screen reader is told, and where Tab goes, everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QRadioButton, QVBoxLayout, QWidget

from perfdesk.commands.submitting import gathered
from tests.ui.seen import INTERACTIVE, named, shown
from tests.ui.test_layouts import dialogs, screens
from ui.dialogs.backups import BackupsDialog
from ui.dialogs.fault_report import FaultReportDialog
from ui.dialogs.form_packs import FormPacksDialog
from ui.dialogs.hand_in import HandInDialog
from ui.dialogs.unseal import UnsealDialog
from ui.form.grid import GridView
from ui.ledger.grid import LedgerGrid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.driver import Driver

Role = QAccessible.Role
CONTROLS = {
    Role.Button, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.ComboBox,
    Role.SpinBox, Role.List, Role.ListItem, Role.Tree, Role.Table, Role.ColumnHeader, Role.PageTab, Role.MenuItem, Role.Dialog,
}  # fmt: skip
CELLS = {Role.TreeItem, Role.Cell}
MOST = 300


# --- what a reader is told ---


def interfaces(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Everything that is shown, from the outside in."""
    waiting = [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        here = waiting.pop()
        if here is None or not here.isValid() or here.state().invisible:
            continue
        yield here
        waiting += [here.child(n) for n in range(here.childCount())]


def unspoken(widget: QWidget) -> list[str]:
    return [
        f"{here.role().name} {here.object()}"
        for here in interfaces(widget)
        if here.role() in CONTROLS and not here.text(QAccessible.Text.Name).strip()
    ]


def silent_cells(widget: QWidget) -> list[str]:
    """Cells of a grid of which nothing is said, or not which column they are in."""
    said: list[str] = []
    for grid in widget.findChildren(QWidget):
        if isinstance(grid, GridView | LedgerGrid) and grid.isVisible():
            heads = {
                here.text(QAccessible.Text.Name)
                for here in interfaces(grid)
                if here.role() == Role.ColumnHeader
            }
            cells = [here.text(QAccessible.Text.Name) for here in interfaces(grid) if here.role() in CELLS]
            assert cells and heads
            said += [text for text in cells if not text.strip("： ")]
    return said


# --- where Tab goes ---


def tabbed(window: QWidget) -> list[QWidget]:
    """Where Tab stops, one after the other, until it is where it began; AssertionError where it is caught."""
    if not window.isAncestorOf(QApplication.focusWidget() or QWidget()):
        window.activateWindow()
        window.setFocus()
        window.focusNextChild()
    stops: list[QWidget] = []
    for _ in range(MOST):
        here = QApplication.focusWidget()
        assert here is not None and window.isAncestorOf(here), "the keys left the window"
        if stops and here is stops[0] and len(stops) > 1:
            return stops
        if not stops or here is not stops[-1]:  # links in a text are stops of their own
            assert here not in stops, f"{named(here)} twice"
            stops.append(here)
        elif len(stops) == 1 and not isinstance(here, GridView | LedgerGrid) and not _has_links(here):
            return stops
        if isinstance(here, GridView | LedgerGrid):
            here.focusNextChild()  # Tab goes to the next cell, F6 to the next pane
        else:
            QTest.keyClick(here, Qt.Key.Key_Tab)
    raise AssertionError(f"caught at {named(QApplication.focusWidget())}")


def _has_links(widget: QWidget) -> bool:
    return "<a " in str(widget.property("text") or "")


def out_of_reach(window: QWidget) -> list[str]:
    """What can be used with a mouse alone: no stop of Tab, no arrow key from one, no keys of its own."""
    stops = tabbed(window)
    return [
        named(w)
        for w in shown(window)
        if isinstance(w, INTERACTIVE) and w.isEnabled() and not _reached(w, stops)
    ]


def _reached(widget: QWidget, stops: list[QWidget]) -> bool:
    if widget in stops:
        return True
    if isinstance(widget, QAbstractButton):
        group = widget.group()
        beside = group.buttons() if group else []
        if not group and widget.autoExclusive() and (above := widget.parentWidget()):
            beside = list(above.findChildren(QRadioButton))
        if any(other in stops for other in beside):
            return True  # arrow keys
    return any(widget.focusProxy() is stop or stop.isAncestorOf(widget) for stop in stops) or _has_keys(
        widget
    )


def _has_keys(widget: QWidget) -> bool:
    """Lists below a field are walked from the field; the arrows of tabs are Ctrl+PgUp and Ctrl+PgDown."""
    return widget.focusPolicy() == Qt.FocusPolicy.NoFocus and widget.objectName() in ("", "ghost")


def every_screen(driver: Driver) -> Iterator[str]:
    """With the grids of a budget, the list of projects and the comparison, which the layouts look at elsewhere."""
    yield from screens(driver)
    space, window = driver.space, driver.window
    space.open(next(i.id for i in space.infos() if i.form.endswith("/department-budget")))
    window.show_state()
    for section in ("spending", "收支总表"):
        driver.turn_to(section)
        yield section
    window.actions_by_id["projects"].trigger()
    yield "projects"
    window.actions_by_id["compare"].trigger()
    driver.qtbot.waitUntil(lambda: bool(window.office.comparing.panel.model.lines))
    yield "compare"


def test_in_every_screen_all_is_named_and_reached_by_keys(driver: Driver) -> None:
    for name in every_screen(driver):
        driver.settle()
        assert (name, unspoken(driver.window)) == (name, [])
        assert (name, silent_cells(driver.window)) == (name, [])
        assert (name, out_of_reach(driver.window)) == (name, [])


def every_dialogue(driver: Driver, folder: Path) -> Iterator[QWidget]:
    """Each made when its turn comes: some go as soon as another window has the keys."""
    yield from dialogs(driver, folder)
    yield driver.window.office.carrying.dialog()
    yield driver.window.office.rules.dialog()
    look, window, space = driver.desk.look, driver.window, driver.space
    yield BackupsDialog((), look, window)
    yield FaultReportDialog("…", look, window)
    yield FormPacksDialog(str(folder), look, window)
    yield UnsealDialog("…", 2, look, window)
    yield HandInDialog(
        gathered(space.store, space.catalog, space.unit, 2021, {}), (), str(folder), look, window
    )


def test_in_every_dialogue_all_is_named_and_reached_by_keys(driver: Driver, tmp_path: Path) -> None:
    for dialog in every_dialogue(driver, tmp_path):
        dialog.show()
        driver.settle()
        dialog.activateWindow()
        driver.settle()
        name = type(dialog).__name__
        assert (name, unspoken(dialog)) == (name, [])
        assert (name, out_of_reach(dialog)) == (name, [])
        dialog.close()


def test_in_the_first_run_all_is_named_and_reached_by_keys(nobody: Driver) -> None:
    first = nobody.window.first
    for step in range(3):
        nobody.settle()
        assert (step, unspoken(nobody.window)) == (step, [])
        assert (step, out_of_reach(nobody.window)) == (step, [])
        first.unit.name.setText("一个单位")
        first.go_on()


def test_tabs_and_filters_are_told_as_one_of_several(driver: Driver) -> None:
    window = driver.window
    tabs = {b for strip in (window.editor.tabs, window.side.tabs) for b in strip._group.buttons()}
    filters = {b for b in window.findings.findChildren(QPushButton) if b.objectName() == "filter"}
    roles = {QAccessible.queryAccessibleInterface(button).role() for button in tabs | filters}
    assert len(tabs) > 5 and len(filters) > 2 and roles == {Role.RadioButton}


def test_a_cell_is_told_with_its_column(driver: Driver) -> None:
    driver.turn_to("indicators")
    index = driver.page.model.index_of(driver.leaf(0).id, driver.column("value"))
    text = driver.page.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    head = driver.page.model.headerData(index.column(), Qt.Orientation.Horizontal)
    assert text == f"{head}：{index.data()}"


def test_the_eye_of_these_tests_sees_a_unspoken_button_and_one_without_keys(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    for text, policy in (
        ("a", Qt.FocusPolicy.StrongFocus),
        ("", Qt.FocusPolicy.StrongFocus),
        ("c", Qt.FocusPolicy.NoFocus),
    ):
        button = QPushButton(text)
        button.setObjectName("x")
        button.setFocusPolicy(policy)
        column.addWidget(button)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    assert len(unspoken(window)) == 1
    assert len(out_of_reach(window)) == 1
