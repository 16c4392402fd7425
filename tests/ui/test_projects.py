"""Many projects: their list, new ones, copies, order, one column of several; every deed goes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from perfdesk.catalog import new_filing
from perfdesk.export import export_set
from perfdesk.formats.read import read
from perfdesk.intake import take_in
from perfdesk.model.change import SetCell, apply
from tests.making import catalog, counter
from ui.dialogs.export import ExportDialog
from ui.dialogs.import_review import ImportDialog
from ui.dialogs.projects import BatchDialog, PickDialog
from ui.messages import projects as words

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.model.filing import Filing
    from tests.ui.driver import Driver

FORM = "hebei-2021/project-target"
Key, Mod = Qt.Key, Qt.KeyboardModifier


def project(name: str, amount: str, year: int = 2022) -> Filing:
    filing = new_filing(catalog().form(FORM), year, "", counter(f"{name}{year}"))
    return apply(filing, [SetCell("basic", "name", name), SetCell("budget", "total", amount)])[0]


@pytest.fixture
def three(driver: Driver) -> Driver:
    """The sample unit's middle year with three projects, their list in sight."""
    space = driver.space
    filings = [project("道路", "1000"), project("绿化", "250.5"), project("照明", "")]
    space.store.add_all(filings, "导入", space.unit)
    space.listed.emit()
    driver.window.actions_by_id["projects"].trigger()
    return driver


def shown(driver: Driver) -> Any:
    panel = driver.window.office.projects.panel
    assert driver.window.middle.currentWidget() is panel
    return panel


def names(driver: Driver) -> list[str]:
    rows = shown(driver).list
    return [rows.topLevelItem(n).text(1) for n in range(rows.topLevelItemCount())]


def press(driver: Driver, key: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    driver.qtbot.keyClick(driver.focus(), key, mod)


def choose(driver: Driver, *wanted: str) -> None:
    rows = shown(driver).list
    order = rows.order()
    rows.choose([order[names(driver).index(name)] for name in wanted])


def test_the_list_has_every_project_with_its_amount_and_their_sum(three: Driver) -> None:
    panel = shown(three)
    assert names(three) == ["道路", "绿化", "照明"]
    assert [panel.list.topLevelItem(n).text(2) for n in range(3)] == ["1,000.00 元", "250.50 元", ""]
    assert "1,250.50 元" in panel.total.text() and "1 个项目金额未填" in panel.total.text()
    assert "项目支出 108,070,000.00 元" in panel.compared.text()
    assert f"少 {108_070_000 - 1250.5:,.2f} 元" in panel.compared.text()


def test_their_states_and_errors_come_in(three: Driver) -> None:
    rows = shown(three).list
    three.qtbot.waitUntil(lambda: all(rows.topLevelItem(n).text(4) for n in range(3)))
    assert int(rows.topLevelItem(2).text(4)) > int(rows.topLevelItem(0).text(4))


def test_keys_move_a_project_and_undo_moves_it_back(three: Driver) -> None:
    choose(three, "道路")
    press(three, Key.Key_Down, Mod.AltModifier)
    assert names(three) == ["绿化", "道路", "照明"]
    press(three, Key.Key_Down, Mod.AltModifier)
    press(three, Key.Key_Down, Mod.AltModifier)
    assert names(three) == ["绿化", "照明", "道路"]
    press(three, Key.Key_Z, Mod.ControlModifier)
    press(three, Key.Key_Z, Mod.ControlModifier)
    assert names(three) == ["道路", "绿化", "照明"]
    press(three, Key.Key_Y, Mod.ControlModifier)
    assert names(three) == ["绿化", "道路", "照明"]
    listed = [i.name for i in three.space.infos() if i.name and i.year == 2022]
    assert listed == names(three)


def test_several_move_together_and_stop_at_the_edge(three: Driver) -> None:
    choose(three, "绿化", "照明")
    for _ in range(3):
        press(three, Key.Key_Up, Mod.AltModifier)
    assert names(three) == ["绿化", "照明", "道路"]


def test_a_new_project_is_named_at_once_and_opened_with_enter(three: Driver) -> None:
    choose(three, "道路")
    press(three, Key.Key_Return, Mod.ControlModifier)
    assert names(three)[-1] == words.NEW_NAME
    assert isinstance(three.focus(), QLineEdit)
    three.compose("排水工程")
    press(three, Key.Key_Return)
    three.qtbot.waitUntil(lambda: three.space.infos()[-1].name == "排水工程")
    assert names(three) == ["道路", "绿化", "照明", "排水工程"]
    press(three, Key.Key_Return)
    assert three.window.middle.currentWidget() is three.window.editor
    assert (three.filing.cell("basic/name"), three.filing.form) == ("排水工程", FORM)


def test_copies_get_names_of_their_own_and_leave_together(three: Driver) -> None:
    choose(three, "道路", "绿化")
    press(three, Key.Key_D, Mod.ControlModifier)
    assert names(three) == ["道路", "绿化", "照明", "道路（2）", "绿化（2）"]
    press(three, Key.Key_Z, Mod.ControlModifier)
    assert names(three) == ["道路", "绿化", "照明"]


def test_deleted_projects_come_back(three: Driver) -> None:
    choose(three, "道路", "照明")
    press(three, Key.Key_Delete)
    assert names(three) == ["绿化"]
    three.window.notice.link.click()
    assert names(three) == ["道路", "绿化", "照明"]


def test_one_column_of_several_is_changed_at_once_and_all_of_it_goes_back(
    three: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: BatchDialog) -> int:
        labels = [dialog.field.itemText(n) for n in range(dialog.field.count())]
        dialog.field.setCurrentIndex(labels.index("预算数"))
        dialog.text.setText("300")
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(BatchDialog, "exec", fill)
    choose(three, "绿化", "照明")
    shown(three).buttons["batch"].click()
    amounts = lambda: [shown(three).list.topLevelItem(n).text(2) for n in range(3)]  # noqa: E731
    assert amounts() == ["1,000.00 元", "300.00 元", "300.00 元"]
    three.window.notice.link.click()
    assert amounts() == ["1,000.00 元", "250.50 元", ""]


def test_projects_of_last_year_are_taken_over_but_for_those_that_are_there(
    three: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = three.space
    space.store.add_all([project("道路", "1", 2021), project("桥梁", "77", 2021)], "导入", space.unit)
    monkeypatch.setattr(PickDialog, "exec", lambda self: self.DialogCode.Accepted)
    shown(three).buttons["last-year"].click()
    assert names(three) == ["道路", "绿化", "照明", "桥梁"]
    assert shown(three).list.topLevelItem(3).text(2) == "77.00 元"


def test_the_list_at_the_left_names_the_projects_and_folds_them(three: Driver) -> None:
    shelf = three.window.shelf
    texts = [e.text for e in shelf.entries()]
    assert texts[texts.index("项目 · 3") + 1 :][:4] == [words.ALL_PROJECTS, "道路", "绿化", "照明"]
    panel = three.window.navigation.list
    head = next(panel.item(n) for n in range(panel.count()) if shelf.entries()[n].folds)
    three.qtbot.mouseClick(
        panel.viewport(), Qt.MouseButton.LeftButton, pos=panel.visualItemRect(head).center()
    )
    assert "道路" not in [e.text for e in shelf.entries()]
    assert [e.text for e in shelf.entries()][: len(texts) - 3] == [
        t for t in texts if t not in ("道路", "绿化", "照明")
    ]


def test_two_hundred_projects_are_listed_soon(driver: Driver) -> None:
    space = driver.space
    many = [project(f"项目{n}", str(n)) for n in range(1, 201)]
    space.store.add_all(many, "导入", space.unit)
    space.listed.emit()
    driver.window.actions_by_id["projects"].trigger()
    assert len(names(driver)) == 200
    assert "20,100.00 元" in shown(driver).total.text()


def test_many_projects_of_one_file_are_chosen_by_line_taken_in_and_taken_back_at_once(
    driver: Driver, tmp_path: Path
) -> None:
    space = driver.space
    source = [project(f"工程{n}", str(n)) for n in range(1, 13)]
    file = tmp_path / "set.docx"
    export_set([(catalog().form(FORM), f) for f in source], file, draft=True)
    had = space.store.filings()

    def choose_eleven() -> None:
        dialog = next((w for w in QApplication.topLevelWidgets() if isinstance(w, ImportDialog)), None)
        if dialog is None:
            QTimer.singleShot(20, choose_eleven)
            return
        many: Any = dialog.many
        lines = many.list
        assert [lines.topLevelItem(n).text(0) for n in range(12)] == [f"工程{n}" for n in range(1, 13)]
        lines.topLevelItem(4).setCheckState(0, Qt.CheckState.Unchecked)
        many.unit.setText(space.unit)
        many.year.set_year(2022)
        dialog.accept()

    choose_eleven()
    driver.window.files.bring_in([file], 2022)
    driver.qtbot.waitUntil(lambda: len(space.store.filings()) > len(had), timeout=30_000)
    assert names(driver) == [f"工程{n}" for n in range(1, 13) if n != 5]
    assert "73.00 元" in shown(driver).total.text()
    press(driver, Key.Key_Z, Mod.ControlModifier)
    assert [i.id for i in space.store.filings()] == [i.id for i in had]


def drop(driver: Driver, on: str | None, height: float = 0.5) -> None:
    """Let the chosen projects fall on a row, at a part of its height; None: on the empty room below."""
    rows = shown(driver).list
    last = rows.visualItemRect(rows.topLevelItem(rows.topLevelItemCount() - 1))
    box = rows.visualItemRect(rows.topLevelItem(names(driver).index(on))) if on else last.translated(0, 40)
    spot = QPointF(box.left() + 80, box.top() + box.height() * height)
    left = Qt.MouseButton.LeftButton
    event = QDropEvent(spot, Qt.DropAction.MoveAction, QMimeData(), left, Mod.NoModifier)
    event.source = lambda: rows  # type: ignore[method-assign]
    rows.dropEvent(event)


@pytest.mark.parametrize(
    ("moved", "on", "height", "order"),
    [
        (["道路"], "照明", 0.9, ["绿化", "照明", "道路"]),
        (["道路"], "照明", 0.1, ["绿化", "道路", "照明"]),
        (["照明"], "道路", 0.1, ["照明", "道路", "绿化"]),
        (["道路", "绿化"], None, 0.5, ["照明", "道路", "绿化"]),
        (["道路", "照明"], "绿化", 0.9, ["绿化", "道路", "照明"]),
    ],
)
def test_dragged_projects_are_put_where_they_are_let_go_and_undo_puts_them_back(
    three: Driver, moved: list[str], on: str | None, height: float, order: list[str]
) -> None:
    choose(three, *moved)
    drop(three, on, height)
    three.qtbot.waitUntil(lambda: names(three) == order)
    assert [i.name for i in three.space.infos() if i.name and i.year == 2022] == order
    press(three, Key.Key_Z, Mod.ControlModifier)
    assert names(three) == ["道路", "绿化", "照明"]


def test_projects_dropped_where_they_stood_are_no_deed(three: Driver) -> None:
    before = three.space.store.office.can_undo()
    choose(three, "绿化")
    drop(three, "绿化", 0.9)
    drop(three, "道路", 0.9)
    three.settle()
    assert names(three) == ["道路", "绿化", "照明"]
    assert three.space.store.office.can_undo() == before


@pytest.mark.parametrize(
    ("scope", "format", "sheets"), [("set", "docx", 0), ("set", "xlsx", 3), ("all", "docx", 0)]
)
def test_the_list_exports_one_document_one_excel_with_a_sheet_each_or_a_file_each(
    nobody: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scope: str, format: str, sheets: int
) -> None:
    """From the button of the list; the choices of the dialogue are made before it is accepted."""
    space, window = nobody.space, nobody.window
    made = [replace(project(n, "10"), title="项目绩效目标表") for n in ("道路", "绿化", "照明")]
    space.open(space.store.add_all(made, "导入", "某局")[0])
    window.actions_by_id["projects"].trigger()

    def accept(dialog: ExportDialog) -> int:
        assert dialog.set.isChecked()
        getattr(dialog, scope).setChecked(True)
        for name, box in dialog.formats.items():
            box.setChecked(name == format)
        dialog.folder.setText(str(tmp_path))
        nobody.qtbot.waitUntil(lambda: bool(dialog._surveyed), timeout=20_000)
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", accept)
    shown(nobody).buttons["export"].click()
    nobody.qtbot.waitUntil(lambda: window.files.task is None, timeout=30_000)
    files = sorted(tmp_path.glob(f"*.{format}"))
    assert len(files) == (3 if scope == "all" else 1)
    if sheets:
        titles = openpyxl.load_workbook(files[0]).sheetnames
        assert [t for t in titles if "、" in t] == ["1、道路", "2、绿化", "3、照明"]
    read_back = [
        f.filing.cell("basic/name")
        for file in files
        for f in take_in(read(file), catalog(), counter()).filings
    ]
    assert sorted(read_back) == sorted(["道路", "绿化", "照明"])
