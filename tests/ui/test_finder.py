"""Find anywhere, with the keyboard alone: what is found, in which order, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from perfdesk.model.filing import leaves
from ui.dialogs.finder import FOUND, Finder

if TYPE_CHECKING:
    from tests.ui.driver import Driver

KEY = Qt.Key


def finder(driver: Driver) -> Finder:
    """Opened with Ctrl+K, the pinyin known."""
    driver.ctrl(KEY.Key_K)
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, Finder) and w.isVisible()]
    assert len(found) == 1
    driver.qtbot.waitUntil(lambda: found[0].finds.index.is_warm, timeout=20000)
    return found[0]


def lines(box: Finder) -> list[tuple[str, str]]:
    items = [box.list.item(n).data(FOUND) for n in range(box.list.count())]
    return [(one.kind, one.text) for one in items]


def go(driver: Driver, words: str) -> None:
    """Open, type, Enter."""
    box = finder(driver)
    box.words.setText(words)
    driver.qtbot.keyClick(box.words, KEY.Key_Return)
    driver.settle()


def test_initials_lead_to_an_indicators_value(driver: Driver) -> None:
    box = finder(driver)
    driver.qtbot.keyClicks(box.words, "yszxl")
    driver.qtbot.keyClick(box.words, KEY.Key_Return)
    driver.settle()
    assert driver.here().get("level3") == "预算执行率"
    assert driver.grid.currentIndex().column() == driver.column("value")


@pytest.mark.parametrize("words", ["yusuanzhixing", "预算执行", "执行率", "预算zxl"])
def test_pinyin_and_parts_of_the_name_find_it_too(driver: Driver, words: str) -> None:
    box = finder(driver)
    box.words.setText(words)
    assert ("indicator", "预算执行率") in lines(box)


def test_a_section_is_gone_to(driver: Driver) -> None:
    go(driver, "ysqk")
    assert driver.page.section.id == "budget"


def test_a_task_is_gone_to(driver: Driver) -> None:
    task = driver.rows("tasks")[2]
    go(driver, task.get("name"))
    assert driver.page.section.id == "tasks"
    assert driver.here().id == task.id


def test_words_inside_a_text_are_found_and_gone_to(driver: Driver) -> None:
    goal = driver.filing.cell("basic/goal")
    inside = goal[12:22]
    box = finder(driver)
    box.words.setText(inside)
    (only,) = [text for kind, text in lines(box) if kind == "text"]
    assert inside in only
    driver.qtbot.keyClick(box.words, KEY.Key_Return)
    driver.settle()
    assert driver.page.section.id == "basic"


def test_a_field_is_found_by_its_name(driver: Driver) -> None:
    go(driver, "xmzc")
    assert driver.page.section.id == "budget"
    assert driver.focus() is driver.page.rows["project"].editor


def test_another_years_filing_is_opened(driver: Driver) -> None:
    other = next(i for i in driver.space.infos() if i.year != driver.filing.year)
    go(driver, str(other.year))
    assert driver.filing.year == other.year


def test_a_command_is_done(driver: Driver) -> None:
    before = driver.desk.look.theme.dark
    go(driver, "深色")
    assert driver.desk.look.theme.dark is not before


def test_commands_are_named_so_that_they_are_understood_alone(driver: Driver) -> None:
    box = finder(driver)
    box.words.setText("导出")
    assert {"导出 Word 文件（.docx）", "导出 PDF 文件（.pdf）"} <= {t for _, t in lines(box)}
    box.close()


def test_what_was_gone_to_comes_first_the_next_time(driver: Driver) -> None:
    last = list(leaves(driver.filing, "indicators"))[-1].path[2]
    go(driver, last)
    box = finder(driver)
    assert lines(box)[0] == ("indicator", last)
    box.words.setText(last[-3:])
    assert lines(box)[0] == ("indicator", last)
    box.close()


def test_the_recent_places_outlive_the_program(driver: Driver) -> None:
    go(driver, "ysqk")
    kept = driver.space.setting("find/recent")
    assert kept is not None and "section:budget" in kept


def test_before_anything_is_typed_sections_and_filings_are_offered(driver: Driver) -> None:
    box = finder(driver)
    kinds = [kind for kind, _ in lines(box)]
    assert kinds[0] == "section" and "filing" in kinds and "command" in kinds
    box.close()


def test_arrows_choose_and_escape_goes_nowhere(driver: Driver) -> None:
    here = driver.grid.currentIndex()
    box = finder(driver)
    driver.qtbot.keyClick(box.words, KEY.Key_Down)
    assert box.list.currentRow() == 1
    driver.qtbot.keyClick(box.words, KEY.Key_Up)
    driver.qtbot.keyClick(box.words, KEY.Key_Up)
    assert box.list.currentRow() == 0
    driver.qtbot.keyClick(box.words, KEY.Key_Escape)
    driver.settle()
    assert driver.grid.currentIndex() == here


def test_what_is_nowhere_is_said(driver: Driver) -> None:
    box = finder(driver)
    box.words.setText("龘靐齉")
    assert lines(box) == []
    assert box.nothing.isVisible()
    driver.qtbot.keyClick(box.words, KEY.Key_Return)
    assert box.isVisible()
    box.close()


def test_without_a_filing_the_commands_are_found(nobody: Driver) -> None:
    box = finder(nobody)
    box.words.setText("导入")
    assert "command" in {kind for kind, _ in lines(box)}
    box.close()
