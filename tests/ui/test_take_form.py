"""A blank of a kind never seen, as a user takes it in: opened, corrected, kept; then a filing of it is typed, checked and exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QTreeWidgetItem

from perfdesk.catalog import load
from perfdesk.formats.child import read_file
from perfdesk.recognise import recognise
from tests.making import counter
from tests.new_forms.blanks import TITLE, excel, word
from tests.ui.test_files import answer, exported
from ui.choice import Choice
from ui.dialogs.message import MessageDialog
from ui.dialogs.new_filing import NewFilingDialog
from ui.dialogs.take_form import KIND, NAME, TakeFormDialog
from ui.messages import blanks as words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver


def item(dialog: TakeFormDialog, label: str) -> QTreeWidgetItem:
    found = dialog.tree.findItems(label, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    assert len(found) == 1, label
    return found[0]


def rename(driver: Driver, dialog: TakeFormDialog, label: str, text: str) -> None:
    """Typed over in the list."""
    dialog.tree.editItem(item(dialog, label), NAME)
    editor = dialog.tree.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    editor.insert(text)
    driver.qtbot.keyClick(editor, Qt.Key.Key_Return)
    driver.qtbot.waitUntil(lambda: bool(dialog.tree.findItems(text, Qt.MatchFlag.MatchRecursive)))


def choose(driver: Driver, dialog: TakeFormDialog, label: str, kind: str) -> None:
    choice = dialog.tree.itemWidget(item(dialog, label), KIND)
    assert isinstance(choice, Choice)
    choice.setCurrentText(kind)
    choice.activated.emit(choice.currentIndex())

    def shown() -> bool:
        now: Any = dialog.tree.itemWidget(item(dialog, label), KIND)
        return now is not choice and now.currentText() == kind

    driver.qtbot.waitUntil(shown)


def untick(driver: Driver, dialog: TakeFormDialog, label: str) -> None:
    item(dialog, label).setCheckState(NAME, Qt.CheckState.Unchecked)
    driver.qtbot.waitUntil(lambda: not dialog.tree.findItems(label, Qt.MatchFlag.MatchRecursive))


def take_in(driver: Driver, monkeypatch: pytest.MonkeyPatch, blank: Path, do: Any) -> None:
    """The way there leads through the dialogue of a new filing."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(blank), ""))
    seen: list[Any] = []

    def act(dialog: Any) -> None:
        if isinstance(dialog, NewFilingDialog):
            answer(driver, act)
            driver.qtbot.mouseClick(dialog.from_blank, Qt.MouseButton.LeftButton)
        elif isinstance(dialog, TakeFormDialog):
            do(dialog)
            seen.append(dialog)
        else:
            dialog.accept()
            seen.append(dialog)

    answer(driver, act)
    driver.window.actions_by_id["new"].trigger()
    driver.qtbot.waitUntil(lambda: bool(seen) and driver.window.files.task is None, timeout=30_000)


def begin(driver: Driver, title: str) -> None:
    """A new filing of the form, by the dialogue."""

    def make(dialog: Any) -> None:
        at = next(n for n, f in enumerate(dialog.forms) if f.title == title)
        dialog.form.setCurrentIndex(at)
        dialog.unit.setEditText("某某局")
        dialog.make.click()

    answer(driver, make)
    driver.window.actions_by_id["new"].trigger()
    driver.qtbot.waitUntil(lambda: driver.space.form is not None and driver.space.form.title == title)


def test_a_form_never_seen_is_taken_in_corrected_filled_in_checked_and_exported(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def correct(dialog: TakeFormDialog) -> None:
        rename(driver, dialog, "上级补助", "上级补助资金")
        choose(driver, dialog, "上级补助资金", "金额")
        untick(driver, dialog, "项目负责人")
        item(dialog, "立项依据").setCheckState(2, Qt.CheckState.Checked)
        driver.qtbot.waitUntil(lambda: item(dialog, "立项依据").checkState(2) == Qt.CheckState.Checked)
        dialog.start.click()

    take_in(driver, monkeypatch, word(tmp_path / "评估.docx"), correct)
    begin(driver, TITLE)
    form = driver.space.form
    assert form.section("basic").field("c2") is None
    assert any(f.place.column == "c3" for f in driver.space.findings), "立项依据必填"
    driver.field("basic", "c3")
    driver.compose("国家有关规定")
    money: Any = driver.turn_to("part1")
    money.rows["total"].editor.setFocus()
    driver.type("1200.5")
    driver.window.editor.commit()
    driver.turn_to("part2")
    driver.window.actions_by_id["row-add"].trigger()
    driver.compose("设备购置")
    driver.window.editor.commit()
    assert driver.filing.cell("basic/c3") == "国家有关规定"
    driver.space.check_now()
    assert not any(f.place.column == "c3" and f.place.row == "basic" for f in driver.space.findings)
    read = recognise(
        read_file(exported(driver, tmp_path, "docx")), load(own=driver.folder), counter()
    ).filings
    assert [(f.filing.form, f.filing.unit_name, f.filing.cell("basic/c3")) for f in read] == [
        (form.id, "某某局", "国家有关规定")
    ]
    assert read[0].filing.cell("part1/total") == "1,200.50"
    assert [r.get("c1") for r in read[0].filing.section("part2")] == ["设备购置"]


def test_corrections_are_taken_back_one_by_one(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def correct(dialog: TakeFormDialog) -> None:
        first = dialog.taking.draft
        rename(driver, dialog, "上级补助", "上级补助资金")
        untick(driver, dialog, "项目负责人")
        dialog.back.click()
        assert item(dialog, "项目负责人") and item(dialog, "上级补助资金")
        dialog.back.click()
        assert dialog.taking.draft == first
        dialog.cancel.click()

    take_in(driver, monkeypatch, word(tmp_path / "评估.docx"), correct)
    assert not any(f.title == TITLE for f in driver.space.catalog.forms.values())


def test_a_form_with_indicators_of_its_own_opens_in_the_editor(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    take_in(driver, monkeypatch, excel(tmp_path / "跟踪.xlsx"), lambda dialog: dialog.start.click())
    begin(driver, "专项债券项目绩效跟踪表")
    driver.turn_to("indicators")
    levels = [r.get("level2") for r in driver.rows("indicators") if r.get("level2")]
    assert levels == ["数量指标", "质量指标", "社会效益指标"]
    QApplication.processEvents()


def test_a_blank_that_is_another_form_is_offered_as_a_new_one(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And a filing of the new form goes back into that very blank, without asking for it."""
    blank, target = word(tmp_path / "评估.docx"), tmp_path / "填好.docx"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(blank), ""))
    seen: list[Any] = []

    def act(dialog: Any) -> None:
        seen.append(dialog)
        if isinstance(dialog, MessageDialog):
            answer(driver, act)
            (extra,) = [b for b in dialog.findChildren(QPushButton) if b.text() == words.TAKE_ACTION]
            extra.click()
        else:
            dialog.start.click()

    answer(driver, act)
    driver.window.actions_by_id["fill-blank"].trigger()
    driver.qtbot.waitUntil(lambda: len(seen) == 2 and driver.window.files.task is None, timeout=30_000)
    begin(driver, TITLE)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: pytest.fail("asked for the blank"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    answer(driver, act)
    driver.window.actions_by_id["fill-blank"].trigger()
    driver.qtbot.waitUntil(target.exists, timeout=30_000)
    (read,) = recognise(read_file(target), load(own=driver.folder), counter()).filings
    assert read.filing.unit_name == "某某局"


def test_a_file_without_a_table_gets_one_calm_message(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("没有表")
    document.save(str(tmp_path / "信.docx"))
    before = dict(driver.space.catalog.forms)
    take_in(driver, monkeypatch, tmp_path / "信.docx", lambda dialog: pytest.fail("nothing to correct"))
    assert dict(driver.space.catalog.forms) == before
