"""The export dialogue says what will be written and what stands in the way; then all files are there, or told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from perfdesk.document import theme
from perfdesk.file_names import PATTERN, distinct, file_stem, unknown_fields
from perfdesk.model.finding import Place
from tests.ui.test_files import answer
from ui.dialogs.export import ExportDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.driver import Driver


def clean_one(driver: Driver) -> None:
    """Open a filing without errors."""
    for info in driver.space.infos():
        driver.window.open_filing(info.id)
        if not any(f.severity == "error" for f in driver.space.findings):
            return
    raise LookupError("every filing of the sample has errors")


@pytest.fixture
def opened(driver: Driver, tmp_path: Path) -> Iterator[Any]:
    """Makes the dialogue over what is open, surveyed, with all formats."""
    made: list[ExportDialog] = []

    def make() -> ExportDialog:
        space = driver.space
        dialog = ExportDialog(
            space, (space.form, space.filing), driver.window.printouts._this_year(), str(tmp_path),
            driver.desk.look, driver.window,
        )  # fmt: skip
        driver.qtbot.addWidget(dialog)
        made.append(dialog)
        for box in dialog.formats.values():
            box.setChecked(True)
        dialog.show()
        driver.qtbot.waitUntil(lambda: bool(dialog._surveyed), timeout=20_000)
        return dialog

    yield make
    for dialog in made:
        dialog.reject()


def names(dialog: ExportDialog) -> list[str]:
    return [job.target.name for job in dialog.jobs()]


# --- names ---


def test_names_follow_the_pattern_without_what_a_disk_refuses(driver: Driver) -> None:
    filing = driver.filing
    unit, title = filing.unit_name, filing.title
    assert file_stem(PATTERN, filing) == f"2022年度{unit}{title}"
    assert file_stem("{单位}-报送 {年度}", filing, draft=True) == f"{unit}-报送 2022年度（草稿）"
    assert file_stem('a/b\\c:d*e?f"g<h>i|j\n', filing) == "abcdefghij"
    assert file_stem(" . ", filing) == "填报"
    assert file_stem("CON", filing) == "CON填报"
    assert len(file_stem("long" * 500, filing)) == 80
    for text in ("长" * 500, "𠮷" * 500):
        assert len(f"{file_stem(text, filing, draft=True)}（12）.docx".encode()) <= 255
    assert unknown_fields("{年度}{处室}") == ("处室",)


def test_equal_names_are_told_apart_even_where_capitals_do_not_count() -> None:
    assert distinct(["表", "表", "a", "A", "表"]) == ("表", "表（2）", "a", "A（2）", "表（3）")


# --- what it says ---


def test_names_are_shown_as_they_will_be_while_the_pattern_is_typed(driver: Driver, opened: Any) -> None:
    clean_one(driver)
    dialog = opened()
    dialog.pattern.setText("上报{单位}{年度}")
    stem = f"上报{driver.filing.unit_name}{driver.filing.year}年度"
    assert names(dialog) == [f"{stem}.docx", f"{stem}.xlsx", f"{stem}.pdf"]
    assert all(name in dialog.names.text() for name in names(dialog))


def test_a_file_that_will_be_replaced_is_marked(driver: Driver, opened: Any, tmp_path: Path) -> None:
    clean_one(driver)
    dialog = opened()
    (tmp_path / names(dialog)[0]).write_bytes(b"old")
    dialog.pattern.setText(PATTERN + " ")
    assert dialog.names.text().count("替换原有文件") == 1


def test_open_errors_leave_only_the_draft_and_lead_to_their_place(driver: Driver, opened: Any) -> None:
    dialog = opened()
    errors = [f for f in driver.space.findings if f.severity == "error"]
    assert errors
    assert dialog.draft.isChecked()
    assert not dialog.draft.isEnabled()
    assert all(job.draft for job in dialog.jobs())
    assert all("（草稿）" in name for name in names(dialog))
    assert all(f.message in dialog.troubles.text() for f in errors)
    dialog.troubles.linkActivated.emit(f"{errors[0].place.row}/{errors[0].place.column}")
    assert dialog.jump == Place(errors[0].place.row, errors[0].place.column)
    assert not dialog.isVisible()


def test_without_errors_the_official_form_is_offered_and_a_draft_where_wanted(
    driver: Driver, opened: Any
) -> None:
    clean_one(driver)
    dialog = opened()
    assert not any(job.draft for job in dialog.jobs())
    dialog.draft.setFocus()
    driver.qtbot.keyClick(dialog.draft, Qt.Key.Key_Space)
    assert all(job.draft for job in dialog.jobs())


def test_what_one_format_cannot_hold_is_said_for_that_format_only(driver: Driver, opened: Any) -> None:
    driver.space.set_cell(driver.leaf(0).id, "target", "\U0002a6a5")
    driver.space.set_cell("basic", next(iter(driver.filing.row("basic").cells)), "长" * 32_768)
    dialog = opened()
    assert "字体中没有“\U0002a6a5”" in dialog.troubles.text()
    assert "32767" in dialog.troubles.text()
    dialog.formats["pdf"].setChecked(False)
    assert "字体中没有" not in dialog.troubles.text()
    dialog.formats["xlsx"].setChecked(False)
    assert "32767" not in dialog.troubles.text()


def test_the_faces_that_each_format_uses_are_named(opened: Any) -> None:
    """Whether this computer has the official ones or not: a PDF embeds what is here, Word and Excel files name the official ones."""
    from perfdesk.formats.fonts import installed_faces

    dialog = opened()
    missing = set(theme.OFFICIAL) - set(installed_faces())
    for name, box in dialog.formats.items():
        box.setChecked(name == "docx")
    named = f"Word、Excel 写公文字体名：{theme.OFFICIAL['hei']}"
    assert named in dialog.fonts.text() and "PDF" not in dialog.fonts.text()
    assert ("由别的字体代替显示" in dialog.fonts.text()) is bool(missing)
    for name, box in dialog.formats.items():
        box.setChecked(name == "pdf")
    assert "宋体" in dialog.fonts.text() and "Word" not in dialog.fonts.text()
    for face in missing & {"hei", "song"}:
        assert f"{theme.OFFICIAL[face]}（FSP " in dialog.fonts.text()
    dialog.formats["pdf"].setChecked(False)
    assert dialog.fonts.text() == ""


def test_without_a_format_or_a_folder_nothing_can_be_exported(opened: Any) -> None:
    dialog = opened()
    assert dialog.start.isEnabled()
    dialog.folder.setText(" ")
    assert not dialog.start.isEnabled()
    dialog.folder.setText("x")
    for box in dialog.formats.values():
        box.setChecked(False)
    assert not dialog.start.isEnabled()


def test_all_forms_of_the_year_are_written_and_those_with_errors_as_drafts(
    driver: Driver, opened: Any, tmp_path: Path
) -> None:
    clean_one(driver)
    basic = next(r for r in driver.filing.rows if r.id == "basic")
    wrong = basic.with_cell(next(c for c in basic.cells if c != "unit_name"), "")
    rows = tuple(wrong if r.id == "basic" else r for r in driver.filing.rows)
    driver.space.add(replace(driver.filing, id=None, rows=rows, title="另一份表"), "另一份")
    dialog = opened()
    dialog.all.setChecked(True)
    dialog.formats["pdf"].setChecked(False)
    dialog.formats["xlsx"].setChecked(False)
    planned = dialog.jobs()
    of_the_year = [i for i in driver.space.infos() if i.year == driver.space.year]
    assert [job.draft for job in planned].count(True) == 1
    assert len(planned) == len(of_the_year) > 2
    dialog.accept()
    driver.window.printouts.write_files(planned, open_after=False)
    driver.qtbot.waitUntil(lambda: driver.window.files.task is None, timeout=30_000)
    assert {f.name for f in tmp_path.glob("*.docx")} == {job.target.name for job in planned}
    assert f"{len(planned)} 个文件" in driver.window.notice.text.text()


# --- doing it ---


def test_ctrl_e_exports_what_is_chosen_and_remembers_the_choices(driver: Driver, tmp_path: Path) -> None:
    clean_one(driver)
    seen: list[list[str]] = []

    def export(dialog: ExportDialog) -> None:
        dialog.formats["pdf"].setChecked(True)
        dialog.formats["docx"].setChecked(False)
        dialog.folder.setText(str(tmp_path))
        dialog.pattern.setText("{单位}")
        driver.qtbot.waitUntil(lambda: bool(dialog._surveyed), timeout=20_000)
        seen.append(names(dialog))
        driver.qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)

    answer(driver, export)
    driver.ctrl(Qt.Key.Key_E)
    driver.qtbot.waitUntil(lambda: bool(seen) and driver.window.files.task is None, timeout=30_000)
    assert [f.name for f in tmp_path.glob("*.pdf")] == seen[0] == [f"{driver.filing.unit_name}.pdf"]
    again: list[Any] = []

    def look(dialog: ExportDialog) -> None:
        boxes = [name for name, box in dialog.formats.items() if box.isChecked()]
        again.append((boxes, dialog.folder.text(), dialog.pattern.text()))
        dialog.reject()

    answer(driver, look)
    driver.ctrl(Qt.Key.Key_E)
    driver.qtbot.waitUntil(lambda: bool(again), timeout=20_000)
    assert again == [(["pdf"], str(tmp_path), "{单位}")]


def test_the_way_to_an_error_ends_at_its_cell(driver: Driver) -> None:
    driver.turn_to("basic")
    error = next(f for f in driver.space.findings if f.severity == "error" and f.place.row != "basic")
    seen: list[Any] = []

    def follow(dialog: ExportDialog) -> None:
        seen.append(dialog)
        dialog.troubles.linkActivated.emit(f"{error.place.row}/{error.place.column or ''}")

    answer(driver, follow)
    driver.ctrl(Qt.Key.Key_E)
    driver.qtbot.waitUntil(lambda: bool(seen) and QApplication.activeModalWidget() is None)
    assert driver.window.editor.page.section.id == driver.filing.row(error.place.row).section


def test_a_file_that_cannot_be_written_does_not_stop_the_next_and_is_told(
    driver: Driver, opened: Any, tmp_path: Path
) -> None:
    clean_one(driver)
    dialog = opened()
    planned = dialog.jobs()
    dialog.reject()
    planned[0].target.mkdir()
    told = answer(driver, lambda message: message.accept())
    driver.window.printouts.write_files(planned, open_after=False)
    driver.qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert planned[0].target.name in told[0].detail.toPlainText()
    assert all(job.target.is_file() for job in planned[1:])


def test_a_cancelled_export_writes_no_further_file(driver: Driver, opened: Any) -> None:
    from ui.models.exports import write_all

    clean_one(driver)
    planned = opened().jobs()
    started: list[int] = []
    done = write_all(planned, lambda number, _file: started.append(number), lambda: bool(started))
    assert done.written == (planned[0].target,)
    assert [job.target.exists() for job in planned] == [True, False, False]


def test_the_year_is_one_document_in_the_order_of_the_list_and_a_draft_where_one_has_errors(
    driver: Driver, opened: Any, tmp_path: Path
) -> None:
    clean_one(driver)
    dialog = opened()
    dialog.set.setChecked(True)
    for name in ("docx", "pdf"):
        dialog.formats[name].setChecked(name == "docx")
    dialog.formats["xlsx"].setChecked(False)
    [job] = dialog.jobs()
    of_the_year = [i.id for i in driver.space.infos() if i.year == driver.space.year]
    assert [filing.id for _, filing in job.together] == of_the_year
    assert job.draft is any(one.errors for one in dialog._surveyed)
    dialog.accept()
    driver.window.printouts.write_files((job,), open_after=False)
    driver.qtbot.waitUntil(lambda: driver.window.files.task is None, timeout=30_000)
    assert [f.name for f in tmp_path.glob("*.docx")] == [job.target.name]
    assert "合订本" in job.target.name
