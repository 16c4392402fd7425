"""The first run: three steps from an empty store to the first filing, by keys or by mouse, and never again after it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk.filing_json import filing_json
from perfdesk.form_sets import form_sets, proposed, year_at_work
from perfdesk.sample import sample_filings
from tests.ui.driver import Driver
from tests.ui.test_faults import full_disk
from tests.ui.test_files import answer, exported
from ui import messages as say
from ui.dialogs.carry import CarryDialog
from ui.first.answers import FILES, SETTING, UNIT, YEAR, Answers, read, text_of
from ui.messages import first as words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

KEY = Qt.Key
NAME = "某某市河道管理处"


def click(driver: Driver, button: QWidget) -> None:
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def first(driver: Driver) -> Any:
    return driver.window.first


def go_to(driver: Driver, step: int, name: str = NAME) -> None:
    """From the first step, with a name, to that step."""
    driver.compose(name)
    for _ in range(step):
        driver.key(KEY.Key_Return)
    assert first(driver).step == step


def drop(target: Any, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.dropEvent(QDropEvent(QPointF(30, 30), Qt.DropAction.CopyAction, mime, left, none))


def units(driver: Driver) -> list[tuple[str, str]]:
    return [(u.name, u.code) for u in driver.space.store.units()]


def again(driver: Driver, qtbot: QtBot) -> Driver:
    """The program closed and started anew."""
    driver.window.close()
    driver.close()
    return Driver(qtbot, driver.folder, sample=False)


@pytest.fixture
def last_year(driver: Driver, tmp_path: Path) -> Path:
    """A file of the sample unit for an earlier year, written by the program itself."""
    oldest = min(driver.space.infos(), key=lambda i: i.year)
    driver.window.open_filing(oldest.id)
    file = exported(driver, tmp_path, "docx")
    driver.window.hide()
    return file


# --- the way through ---


def test_an_empty_store_shows_the_first_step_with_the_cursor_in_its_field(nobody: Driver) -> None:
    assert nobody.window.middle.currentWidget() is first(nobody)
    assert first(nobody).step == UNIT
    assert nobody.focus() is first(nobody).unit.name
    assert QApplication.activeModalWidget() is None


def test_enter_leads_on_and_alt_left_back_with_the_cursor_in_the_first_field(nobody: Driver) -> None:
    page = first(nobody)
    go_to(nobody, FILES)
    assert read(nobody.space.setting(SETTING)).step == FILES
    assert nobody.focus() is page.files.choose
    nobody.key(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (page.step, nobody.focus()) == (YEAR, page.year.year)
    nobody.key(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (page.step, nobody.focus()) == (UNIT, page.unit.name)
    nobody.key(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (page.step, page.unit.name.text()) == (UNIT, NAME)


def test_the_buttons_lead_on_and_back(nobody: Driver) -> None:
    page = first(nobody)
    nobody.compose(NAME)
    click(nobody, page.next)
    click(nobody, page.next)
    assert page.step == FILES and not page.next.isVisible()
    click(nobody, page.back)
    click(nobody, page.back)
    assert page.step == UNIT and not page.back.isVisible()


def test_the_tab_key_goes_through_the_fields_in_their_order(nobody: Driver) -> None:
    page = first(nobody)
    nobody.key(KEY.Key_Tab)
    assert nobody.focus() is page.unit.code
    nobody.key(KEY.Key_Tab)
    assert nobody.focus() is page.next
    nobody.key(KEY.Key_Return)
    assert page.unit.wrong.text() == words.UNIT_MISSING


def test_a_word_half_typed_in_an_input_method_is_part_of_the_name(nobody: Driver) -> None:
    page = first(nobody)
    nobody.compose("某某市")
    nobody.preedit("hedao")
    click(nobody, page.next)
    assert page.step == YEAR
    assert units(nobody) == [("某某市hedao", "")]


# --- the unit ---


@pytest.mark.parametrize("name", ["", "   "])
def test_a_missing_name_is_said_beside_its_field_and_nowhere_else(nobody: Driver, name: str) -> None:
    page = first(nobody)
    nobody.type(name)
    nobody.key(KEY.Key_Return)
    assert page.step == UNIT
    assert page.unit.wrong.isVisible() and page.unit.wrong.text() == words.UNIT_MISSING
    assert abs(page.unit.wrong.geometry().top() - page.unit.name.geometry().bottom()) < 20
    assert QApplication.activeModalWidget() is None
    assert nobody.focus() is page.unit.name
    nobody.compose("名")
    assert page.unit.wrong.text() == ""
    assert units(nobody) == []


def test_the_unit_is_made_by_a_deed_that_can_be_undone(nobody: Driver) -> None:
    first(nobody).unit.code.setText("101")
    go_to(nobody, YEAR)
    assert units(nobody) == [(NAME, "101")]
    assert nobody.window.top.unit.toolTip() == NAME
    office = nobody.space.store.office
    assert NAME in (office.can_undo() or "")
    office.undo()
    assert units(nobody) == []


def test_another_name_and_code_rename_the_unit_that_was_made(nobody: Driver) -> None:
    page = first(nobody)
    go_to(nobody, FILES)
    click(nobody, page.back)
    click(nobody, page.back)
    page.unit.name.selectAll()
    nobody.compose("改了名的单位")
    page.unit.code.setText("202")
    nobody.key(KEY.Key_Return)
    assert units(nobody) == [("改了名的单位", "202")]
    assert nobody.space.unit == "改了名的单位"


def test_a_name_in_the_bin_is_said_beside_the_field(nobody: Driver) -> None:
    store = nobody.space.store
    store.office.delete_unit(store.office.create_unit(NAME))
    nobody.compose(NAME)
    nobody.key(KEY.Key_Return)
    page = first(nobody)
    assert page.step == UNIT
    assert NAME in page.unit.wrong.text()
    assert QApplication.activeModalWidget() is None


def test_a_unit_made_by_hand_is_taken_and_not_made_twice(nobody: Driver) -> None:
    nobody.space.store.office.create_unit(NAME, "303")
    go_to(nobody, YEAR)
    assert units(nobody) == [(NAME, "303")]


def test_a_full_disk_is_told_once_and_nothing_goes_on(nobody: Driver) -> None:
    told: list[str] = []
    nobody.space.refused.disconnect()
    nobody.space.refused.connect(lambda error: told.append(error.code))
    nobody.compose(NAME)
    with full_disk(nobody):
        nobody.key(KEY.Key_Return)
        assert len(told) == 1
        assert first(nobody).step == UNIT
    nobody.key(KEY.Key_Return)
    assert (first(nobody).step, units(nobody)) == (YEAR, [(NAME, "")])


# --- year and forms ---


def test_the_newest_forms_for_the_year_are_proposed_and_their_unit_of_money_is_shown(nobody: Driver) -> None:
    step = first(nobody).year
    go_to(nobody, YEAR)
    assert step.year.year() == year_at_work(date.today())
    sets = form_sets(nobody.space.catalog)
    for year in range(2018, 2032):
        step.year.set_year(year)
        chosen = proposed(sets, year)
        assert step.chosen() == chosen
        assert all(unit in step.facts.text() for unit in chosen.amount_units)
        assert step.wrong.isVisible() is not chosen.suits(year)


def test_forms_that_were_picked_stay_and_a_year_outside_them_is_said(nobody: Driver) -> None:
    step = first(nobody).year
    go_to(nobody, YEAR)
    step.year.set_year(2021)
    oldest = len(step.sets) - 1
    step.scheme.setCurrentIndex(oldest)
    step.scheme.activated.emit(oldest)
    assert not step.wrong.isVisible()
    step.year.set_year(2024)
    assert step.chosen() == step.sets[oldest]
    assert step.wrong.isVisible() and "2024" in step.wrong.text()
    assert QApplication.activeModalWidget() is None


# --- how it ends ---


def test_empty_forms_are_made_for_the_unit_year_and_forms_that_were_chosen(nobody: Driver) -> None:
    page = first(nobody)
    go_to(nobody, YEAR)
    page.year.year.set_year(2022)
    chosen = next(s for s in page.year.sets if any(part.kind == "tree" for part in s.forms[0].sections))
    page.year.scheme.setCurrentIndex(page.year.sets.index(chosen))
    page.year.scheme.activated.emit(page.year.sets.index(chosen))
    nobody.key(KEY.Key_Return)
    nobody.key(KEY.Key_Tab)
    assert nobody.focus() is page.files.blank
    nobody.key(KEY.Key_Return)
    assert (nobody.filing.unit_name, nobody.filing.year) == (NAME, 2022)
    assert nobody.filing.form == chosen.forms[0].id
    assert {i.form for i in nobody.space.infos()} == {f.id for f in chosen.forms}
    fixed = [f.standard.name for f in nobody.space.form.tree.fixed]
    assert [r.get("level3") for r in nobody.leaves_shown()] == fixed
    assert [name for name, _ in units(nobody)] == [NAME]
    assert nobody.window.middle.currentWidget() is nobody.window.editor


def test_a_unit_that_was_taken_back_meanwhile_is_made_again(nobody: Driver) -> None:
    go_to(nobody, FILES)
    nobody.space.store.office.undo()
    click(nobody, first(nobody).files.blank)
    assert [name for name, _ in units(nobody)] == [NAME]
    assert nobody.filing.unit_name == NAME


def test_with_a_filing_the_page_never_shows_again(nobody: Driver, qtbot: QtBot) -> None:
    go_to(nobody, FILES)
    click(nobody, first(nobody).files.blank)
    later = again(nobody, qtbot)
    assert later.window.middle.currentWidget() is later.window.editor
    later.window.office.overview()
    assert later.window.middle.currentWidget() is not later.window.first
    later.space.store.office.create_unit("没有表的单位")
    later.space.choose("没有表的单位", None)
    assert later.window.middle.currentWidget() is later.window.empty
    later.close()


def test_the_sample_can_be_looked_at_and_removed_and_the_name_is_still_there(nobody: Driver) -> None:
    page = first(nobody)
    go_to(nobody, FILES)
    click(nobody, page.files.sample)
    sample = {(f.unit_name, f.year) for f in sample_filings(nobody.space.catalog, nobody.space.store.new_id)}
    assert {(i.unit_name, i.year) for i in nobody.space.all_infos()} == sample
    assert not nobody.window.notice.isVisible()
    store = nobody.space.store
    store.office.delete_unit(next(u.id for u in store.units() if u.name != NAME))
    nobody.space.refresh()
    assert nobody.window.middle.currentWidget() is page
    assert (page.step, page.unit.name.text()) == (FILES, NAME)


# --- files ---


def test_a_file_dropped_on_the_page_comes_in_by_the_review_of_every_import(
    last_year: Path, nobody: Driver
) -> None:
    go_to(nobody, FILES)
    seen = answer(nobody, lambda dialog: dialog.accept())
    drop(first(nobody).files.zone, last_year)
    nobody.qtbot.waitUntil(lambda: nobody.space.filing is not None, timeout=30_000)
    assert [d.windowTitle() for d in seen] == [say.IMPORT_TITLE]
    assert nobody.window.middle.currentWidget() is nobody.window.editor


def test_an_import_that_is_given_up_leaves_one_at_the_same_step(last_year: Path, nobody: Driver) -> None:
    go_to(nobody, FILES)
    seen = answer(nobody, lambda dialog: dialog.reject())
    drop(first(nobody).files.zone, last_year)
    nobody.qtbot.waitUntil(lambda: bool(seen) and nobody.window.files.task is None, timeout=30_000)
    assert nobody.window.middle.currentWidget() is first(nobody)
    assert first(nobody).step == FILES


@pytest.mark.parametrize("ours", [True, False])
def test_a_file_of_another_unit_is_said_and_neither_overwrites_the_other(
    last_year: Path, nobody: Driver, ours: bool
) -> None:
    told: list[Any] = []

    def look(dialog: Any) -> None:
        card = dialog.cards[0]
        told.extend([card.differs.isVisible(), card.differs.text(), card.unit.text()])
        if ours:
            click(nobody, card.use_here)
            told.append(card.differs.isVisible())
        dialog.accept()

    go_to(nobody, FILES)
    answer(nobody, look)
    drop(nobody.window, last_year)
    nobody.qtbot.waitUntil(lambda: nobody.space.filing is not None, timeout=30_000)
    theirs = told[2]
    assert told[0] and NAME in told[1] and theirs != NAME
    assert nobody.filing.unit_name == (NAME if ours else theirs)
    assert {name for name, _ in units(nobody)} == ({NAME} if ours else {NAME, theirs})
    assert told[3:] == ([False] if ours else [])


def test_a_dropped_file_that_names_no_year_is_of_the_year_before(nobody: Driver, tmp_path: Path) -> None:
    space = nobody.space
    sample = sample_filings(space.catalog, space.store.new_id)[0]
    told = filing_json(space.catalog.form(sample.form), sample) | {"year": None}
    file = tmp_path / "old.json"
    file.write_text(json.dumps({"files": [{"filings": [told]}]}, ensure_ascii=False), encoding="utf-8")
    go_to(nobody, FILES)
    years: list[int] = []

    def look(dialog: Any) -> None:
        years.append(dialog.cards[0].year.year())
        dialog.reject()

    answer(nobody, look)
    drop(first(nobody).files.zone, file)
    nobody.qtbot.waitUntil(lambda: bool(years), timeout=30_000)
    assert years == [first(nobody).year.year.year() - 1]


def test_a_file_of_the_same_unit_needs_no_word(last_year: Path, nobody: Driver) -> None:
    told: list[bool] = []

    def look(dialog: Any) -> None:
        told.append(dialog.cards[0].differs.isVisible())
        dialog.accept()

    name = sample_filings(nobody.space.catalog, nobody.space.store.new_id)[0].unit_name
    go_to(nobody, FILES, name)
    answer(nobody, look)
    drop(first(nobody).files.zone, last_year)
    nobody.qtbot.waitUntil(lambda: nobody.space.filing is not None, timeout=30_000)
    assert told == [False]
    assert [unit for unit, _ in units(nobody)] == [name]


def test_after_last_years_file_the_chosen_year_is_one_click_away(last_year: Path, nobody: Driver) -> None:
    go_to(nobody, FILES)
    answer(nobody, lambda dialog: dialog.accept())
    drop(first(nobody).files.zone, last_year)
    notice = nobody.window.notice
    nobody.qtbot.waitUntil(lambda: nobody.space.filing is not None and notice.isVisible(), timeout=30_000)
    before = nobody.filing
    year = year_at_work(date.today())
    assert str(year) in notice.link.text()

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, CarryDialog) and dialog.start.isEnabled():
            dialog.start.click()
        else:
            QTimer.singleShot(5, take)

    QTimer.singleShot(0, take)
    click(nobody, notice.link)
    nobody.qtbot.waitUntil(lambda: nobody.window.files.task is None)
    assert (nobody.filing.year, nobody.filing.unit_name) == (year, before.unit_name)
    assert nobody.filing.cell("basic/goal")
    assert {i.year for i in nobody.space.infos()} == {before.year, year}


def test_undo_of_the_import_leads_back_to_the_step_and_redo_to_the_filing(
    last_year: Path, nobody: Driver
) -> None:
    go_to(nobody, FILES)
    answer(nobody, lambda dialog: dialog.accept())
    drop(first(nobody).files.zone, last_year)
    nobody.qtbot.waitUntil(lambda: nobody.space.filing is not None, timeout=30_000)
    number = nobody.filing.id
    nobody.ctrl(KEY.Key_Z)
    assert nobody.window.middle.currentWidget() is first(nobody)
    assert first(nobody).step == FILES
    nobody.ctrl(KEY.Key_Y)
    assert nobody.filing.id == number


# --- closed in the middle ---


def test_the_program_goes_on_where_it_was_closed(nobody: Driver, qtbot: QtBot) -> None:
    page = first(nobody)
    page.unit.code.setText("404")
    go_to(nobody, YEAR)
    page.year.year.set_year(2021)
    oldest = len(page.year.sets) - 1
    page.year.scheme.setCurrentIndex(oldest)
    page.year.scheme.activated.emit(oldest)
    later = again(nobody, qtbot)
    page = first(later)
    assert later.window.middle.currentWidget() is page
    assert page.step == YEAR
    assert page.unit.answers() == (NAME, "404")
    assert (page.year.year.year(), page.year.chosen()) == (2021, page.year.sets[oldest])
    assert later.space.unit == NAME
    later.close()


def test_a_name_that_was_only_typed_is_kept(nobody: Driver, qtbot: QtBot) -> None:
    nobody.compose("打了一半的")
    later = again(nobody, qtbot)
    assert first(later).unit.name.text() == "打了一半的"
    assert first(later).step == UNIT
    assert units(later) == []
    later.close()


@pytest.mark.parametrize("text", [None, "", "no json", "[1]", '{"step": 7}', '{"name": 3}', '{"later": 1}'])
def test_kept_answers_that_cannot_be_read_are_none(text: str | None) -> None:
    assert read(text) == Answers()


def test_answers_are_read_as_they_were_kept(nobody: Driver) -> None:
    kept = Answers(FILES, NAME, "1", 7, 2022, "x")
    assert read(text_of(kept)) == kept
    nobody.space.set_setting(SETTING, text_of(kept))
    assert read(nobody.space.setting(SETTING)) == kept


# --- room ---


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("step", [UNIT, YEAR, FILES])
def test_in_a_small_window_everything_can_be_reached(nobody: Driver, zoom: float, step: int) -> None:
    """At up to 150 % the whole step is in sight; larger, what has the focus is."""
    page, window = first(nobody), nobody.window
    window.resize(800, 600)
    nobody.desk.look.wear(zoom=zoom)
    go_to(nobody, step)
    nobody.settle()
    shown = [page.next if step < FILES else page.back, page.steps[step].first()]
    for widget in shown if zoom <= 1.5 else shown[1:]:
        corner = widget.mapTo(page, QPoint())
        assert page.rect().contains(corner), widget
        assert page.rect().contains(corner + QPoint(widget.width() - 1, widget.height() - 1)), widget
    nobody.desk.look.wear(zoom=1.0)
