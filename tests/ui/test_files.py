"""Files come in by a dialog that shows what was recognised; new filings and the sample by one step each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from perfdesk.filing_json import filing_json

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver


def answer(driver: Driver, do: Any) -> list[Any]:
    """When a dialog opens, hand it to ``do`` (which closes it); what was opened is collected."""
    seen: list[Any] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, look)
            return
        seen.append(dialog)
        do(dialog)

    QTimer.singleShot(0, look)
    return seen


def exported(driver: Driver, folder: Path, format: str) -> Path:
    target = folder / f"form.{format}"
    driver.window.files.write(target, draft=True)
    driver.qtbot.waitUntil(lambda: driver.window.files.task is None, timeout=30_000)
    return target


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_a_file_is_shown_before_it_is_taken_in_and_one_undo_takes_it_back(
    driver: Driver, tmp_path: Path, format: str
) -> None:
    source = driver.filing
    file = exported(driver, tmp_path, format)
    had = {i.id for i in driver.space.store.filings()}
    seen = answer(driver, lambda dialog: dialog.accept())
    driver.window.files.bring_in([file])
    driver.qtbot.waitUntil(lambda: driver.filing.id not in had, timeout=30_000)
    assert seen[0].cards[0].unit.text() == source.unit_name
    for section in ("basic", "tasks", "indicators"):
        assert [r.cells for r in driver.rows(section)] == [r.cells for r in source.section(section)]
    driver.ctrl(Qt.Key.Key_Z)
    assert {i.id for i in driver.space.store.filings()} == had


def test_an_import_that_is_given_up_changes_nothing(driver: Driver, tmp_path: Path) -> None:
    file = exported(driver, tmp_path, "docx")
    before = driver.space.store.filings()
    seen = answer(driver, lambda dialog: dialog.reject())
    driver.window.files.bring_in([file])
    driver.qtbot.waitUntil(lambda: bool(seen) and driver.window.files.task is None, timeout=30_000)
    assert driver.space.store.filings() == before


@pytest.mark.parametrize(("name", "content"), [("x.docx", b"no zip"), ("x.txt", "一封信\n没有表".encode())])
def test_a_file_without_a_form_gets_one_calm_message(
    nobody: Driver, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    seen = answer(nobody, lambda dialog: dialog.accept())
    nobody.window.files.bring_in([file])
    nobody.qtbot.waitUntil(lambda: bool(seen) and nobody.window.files.task is None, timeout=30_000)
    assert len(seen) == 1
    assert nobody.space.store.filings() == ()


def test_after_a_file_that_is_refused_the_next_one_is_read(driver: Driver, tmp_path: Path) -> None:
    good = exported(driver, tmp_path, "docx")
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"no zip")
    had = driver.filing.id
    seen: list[Any] = []

    def answer_all() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            seen.append(dialog.windowTitle())
            dialog.accept()
        if len(seen) < 2:
            QTimer.singleShot(10, answer_all)

    answer_all()
    driver.window.files.bring_in([bad, good])
    driver.qtbot.waitUntil(
        lambda: driver.filing.id != had and driver.window.files.task is None, timeout=30_000
    )
    assert len(set(seen)) == 2


def test_a_unit_without_filings_is_offered_the_ways_on(driver: Driver) -> None:
    driver.space.store.office.create_unit("还没有表的单位")
    driver.space.choose("还没有表的单位", None)
    assert driver.window.middle.currentWidget() is driver.window.empty
    assert [b.isVisible() for b in driver.window.empty.buttons] == [True, True]


def test_a_new_filing_has_the_fixed_rows_and_stands_in_the_list(nobody: Driver) -> None:
    def fill(dialog: Any) -> None:
        assert not dialog.make.isEnabled()
        dialog.unit.setEditText("某某中心")
        dialog.year.set_year(2022)
        nobody.qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)

    answer(nobody, fill)
    nobody.ctrl(Qt.Key.Key_N)
    assert nobody.filing.unit_name == "某某中心"
    assert nobody.filing.year == 2022
    fixed = nobody.space.form.tree.fixed
    assert [r.get("level3") for r in nobody.leaves_shown()] == [f.standard.name for f in fixed]
    assert nobody.window.shelf.entries()[1].standing.state == "untouched"
    assert nobody.window.findings.progress.value() == 0


def test_a_click_in_the_list_opens_the_other_year(driver: Driver) -> None:
    other = next(i for i in driver.space.infos() if i.id != driver.filing.id)
    lines = driver.window.navigation.list
    number = next(n for n, e in enumerate(driver.window.shelf.entries()) if e.id == other.id)
    middle = lines.visualItemRect(lines.item(number)).center()
    driver.qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert driver.filing.id == other.id
    assert driver.space.year == other.year


def test_sizes_theme_and_the_open_filing_are_remembered(driver: Driver, qtbot: Any) -> None:
    from tests.ui.driver import Driver as Again

    other = next(i for i in driver.space.infos() if i.id != driver.filing.id)
    driver.window.open_filing(other.id)
    driver.window.resize(1200, 720)
    driver.window.commands.turn_dark()
    driver.window.commands.turn_contrast()
    driver.window.close()
    driver.close()
    again = Again(qtbot, driver.folder, sample=False)
    assert (again.filing.id, again.window.width(), again.window.height()) == (other.id, 1200, 720)
    assert again.desk.look.theme.dark and again.desk.look.theme.strong
    again.close()


def test_a_renamed_unit_stays_in_the_list(driver: Driver) -> None:
    editor = driver.field("basic", "unit_name")
    editor.selectAll()
    driver.compose("改了名的中心")
    driver.window.editor.commit()
    assert driver.space.unit == "改了名的中心"
    assert driver.filing.id in {e.id for e in driver.window.shelf.entries()}
    assert "改了名的中心" in driver.window.top.unit.toolTip()


def test_the_button_of_last_year_takes_files_in_for_the_year_before(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that names no year is last year's; the review says so before it is taken in."""
    old = tmp_path / "去年.json"
    told = filing_json(driver.space.form, driver.filing) | {"year": None}
    old.write_text(json.dumps({"files": [{"filings": [told]}]}, ensure_ascii=False), encoding="utf-8")
    titles: list[str] = []

    def choose(_parent: Any, title: str, *_rest: Any) -> tuple[list[str], str]:
        titles.append(title)
        return [str(old)], ""

    monkeypatch.setattr("ui.files.QFileDialog.getOpenFileNames", choose)
    last = driver.filing.year - 1
    years: list[int] = []

    def review(dialog: Any) -> None:
        years.append(dialog.cards[0].year.year())
        dialog.reject()

    answer(driver, review)
    driver.qtbot.mouseClick(driver.window.top.bring, Qt.MouseButton.LeftButton)
    driver.qtbot.waitUntil(lambda: bool(years), timeout=30_000)
    assert (titles, years) == ([f"选择 {last} 年度的文件"], [last])
