"""As a new user would: from an empty machine and last year's Word file to this year's finished form in three formats, in fewer than sixty
clicks and keys (a typed value counts as one)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from perfdesk.model.filing import leaves
from tests.end_to_end.test_whole_job import FORMATS, Person, printed, recognised, told
from ui.dialogs.carry import CarryDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.import_review import ImportDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from perfdesk.model.filing import Row

KEY = Qt.Key
MOST = 60
RATES = {
    "专项资金细化率": "91",
    "预算执行率": "92",
    "预算调整率": "4",
    "结转结余率": "3",
    "“三公经费”控制率": "97",
    "政府采购执行率": "93",
}
OWN = ("88", "96")
BUDGET = {"total": "130", "fiscal": "130", "basic": "100", "project": "30"}


class Counted(Person):
    """Counts what a person does: every key, every click, every typed value."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.actions: list[str] = []
        super().__init__(qtbot, folder)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.actions.append(f"key {key.name}")
        super().key(key, held)

    def value(self, text: str) -> None:
        self.actions.append(f"type {text}")
        self.key_in(text)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self.actions.append(f"click {widget.objectName() or type(widget).__name__}")
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    def click_cell(self, row: Row) -> None:
        self.actions.append(f"click {row.get('level3')}")
        self.focus()
        self.at(row, self.column("value"))

    def change(self, text: str) -> None:
        """Over what stands in the cell; Enter goes down."""
        self.value(text)
        self.key(KEY.Key_Return)


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Counted]:
    native = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    before = QApplication.testAttribute(native)
    QApplication.setAttribute(native, True)
    person = Counted(qtbot, tmp_path / "unit")
    yield person
    person.close()
    QApplication.setAttribute(native, before)


def begin(person: Counted, file: Path) -> None:
    """Unit, year 2022, last year's file."""

    def choose(_dialog: Any) -> None:
        person.value(str(file))
        person.key(KEY.Key_Return)

    person.value(recognised(person, file).unit_name)
    person.key(KEY.Key_Return)
    person.value("2022")
    person.key(KEY.Key_Return)
    person.expect(QFileDialog, choose)
    person.expect(ImportDialog, lambda _dialog: person.key(KEY.Key_Return))
    person.key(KEY.Key_Return)
    person.wait()
    assert person.filing.year == 2021


def carry(person: Counted) -> None:
    def start(dialog: Any) -> None:
        person.qtbot.waitUntil(dialog.start.isEnabled, timeout=20_000)
        person.click(dialog.start)

    person.expect(CarryDialog, start)
    person.click(person.window.notice.link)
    person.wait()
    assert person.filing.year == 2022


def change_twelve(person: Counted) -> dict[str, str]:
    """Six rates that stand below each other, two indicators of the unit's own, four amounts; raw cells by name."""
    rows = {leaf.path[2]: leaf.row for leaf in leaves(person.filing, "indicators")}
    person.click_cell(rows[next(iter(RATES))])
    for text in RATES.values():
        person.change(text)
    own = [leaf.row for leaf in leaves(person.filing, "indicators") if leaf.path[0] == "产出指标"][:2]
    for row, text in zip(own, OWN, strict=True):
        person.click_cell(row)
        person.change(text)
    number = [p.section.id for p in person.window.editor.pages].index("budget")
    person.click(person.window.editor.tabs._group.button(number))
    money: Any = person.page
    for column, text in BUDGET.items():
        person.click(money.rows[column].editor)
        person.ctrl(KEY.Key_A)
        person.value(text)
    return RATES | {row.get("level3"): text for row, text in zip(own, OWN, strict=True)}


def export(person: Counted, out: Path) -> None:
    def drive(dialog: Any) -> None:
        for format, box in dialog.formats.items():
            if box.isChecked() is not (format in FORMATS):
                person.click(box, QPoint(8, box.height() // 2))
        person.click(dialog.folder)
        person.ctrl(KEY.Key_A)
        person.value(str(out))
        person.qtbot.waitUntil(dialog.start.isEnabled, timeout=30_000)
        person.click(dialog.start)

    person.expect(ExportDialog, drive)
    person.ctrl(KEY.Key_E)
    person.wait()


def test_a_declaration_takes_fewer_than_sixty_actions(person: Counted, forms: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    begin(person, forms / "office" / "z04.c.docx")
    carry(person)
    last = {r.id: r for r in person.space.last_year.filing.rows}
    changed = change_twelve(person)
    export(person, out)
    filing = person.filing
    assert person.on_disk() == filing
    assert person.errors() == []
    cells = [
        (row.id, column)
        for row in filing.rows
        for column in row.cells
        if row.id in last and row.get(column) != last[row.id].get(column)
    ]
    assert len(cells) == 12
    for name, text in changed.items():
        assert text in person.named(name)[0].get("target")
    assert {c: filing.cell(f"budget/{c}") for c in BUDGET} == BUDGET
    files = {f.suffix[1:]: f for f in out.iterdir()}
    assert sorted(files) == sorted(FORMATS)
    for format in ("docx", "xlsx"):
        again = recognised(person, files[format])
        assert (again.year, told(again)) == (2022, told(filing)), format
    assert "2022年度" in printed(files["pdf"])
    assert len(person.actions) < MOST, person.actions
