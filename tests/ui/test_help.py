"""F1 opens the help at what one is doing, offline, and the page of keys is the table of the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk.manual import pages
from perfdesk.manual.markdown import Rows, parsed
from perfdesk.rule_book import rule_book
from tests.ui.test_files import answer
from ui import messages as say
from ui.app import application
from ui.dialogs.help import HelpDialog
from ui.look import Look
from ui.messages import units as words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.driver import Driver


@pytest.mark.parametrize("section", ["basic", "tasks", "budget", "indicators"])
def test_f1_opens_the_page_of_the_section_that_is_shown(driver: Driver, section: str) -> None:
    driver.turn_to(section)
    driver.key(Qt.Key.Key_F1)
    dialog = driver.window.office.help_dialog
    assert dialog is not None and dialog.isVisible() and not dialog.isModal()
    assert dialog.topic() == section
    dialog.close()


def test_f1_in_a_section_without_a_page_opens_that_of_its_kind(driver: Driver) -> None:
    form = driver.space.catalog.form("hebei-2022/department-targets")
    driver.window.files.create(form, 2022, driver.space.unit)
    driver.turn_to("measures")
    driver.key(Qt.Key.Key_F1)
    assert driver.window.office.help_dialog.topic() == "tasks"


def test_f1_beside_the_comparison_opens_its_page(driver: Driver) -> None:
    driver.window.actions_by_id["compare"].trigger()
    driver.key(Qt.Key.Key_F1)
    assert driver.window.office.help_dialog.topic() == "compare"


def test_in_the_first_run_f1_says_how_to_begin(nobody: Driver) -> None:
    nobody.key(Qt.Key.Key_F1)
    assert nobody.window.office.help_dialog.topic() == "first"


def test_on_the_overview_f1_says_how_the_program_is_used(driver: Driver) -> None:
    driver.window.office.overview()
    driver.key(Qt.Key.Key_F1)
    assert driver.window.office.help_dialog.topic() == "index"


@pytest.mark.parametrize(("panel", "topic"), [("findings", "findings"), ("history", "backup")])
def test_f1_knows_the_panel_that_has_the_focus(driver: Driver, panel: str, topic: str) -> None:
    shown = getattr(driver.window, panel)
    driver.window.side.stack.setCurrentWidget(shown)
    widgets = [w for w in shown.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    next(w for w in widgets if w.isVisible()).setFocus()
    driver.key(Qt.Key.Key_F1)
    assert driver.window.office.help_dialog.topic() == topic


@pytest.mark.parametrize(
    ("open_it", "topic"), [(Qt.Key.Key_E, "export"), (Qt.Key.Key_U, "backup"), (Qt.Key.Key_N, "first")]
)
def test_f1_in_a_dialogue_opens_its_page_and_the_page_can_be_used(
    driver: Driver, open_it: Qt.Key, topic: str
) -> None:
    told: list[str] = []

    def ask(dialog: QWidget) -> None:
        dialog.activateWindow()
        driver.qtbot.waitUntil(dialog.isActiveWindow)
        driver.qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_F1)
        page = driver.window.office.help_dialog
        assert page.isVisible()
        # What lies behind a modal dialogue is blocked; the help is the dialogue's own.
        assert page.parentWidget() is dialog
        first = page.list.visualItemRect(page.list.item(1)).center()
        driver.qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=first)
        told.extend([topic, page.topic()])
        dialog.close()

    answer(driver, ask)
    driver.ctrl(open_it)
    driver.qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == [topic, "index"]


def test_f1_opens_the_help_again_after_the_dialogue_it_was_opened_in(driver: Driver) -> None:
    def ask(dialog: QWidget) -> None:
        driver.qtbot.keyClick(dialog, Qt.Key.Key_F1)
        dialog.close()

    answer(driver, ask)
    driver.ctrl(Qt.Key.Key_U)
    driver.settle()
    driver.turn_to("tasks")
    driver.key(Qt.Key.Key_F1)
    assert driver.window.office.help_dialog.isVisible()
    assert driver.window.office.help_dialog.topic() == "tasks"


def test_the_page_of_keys_is_the_table_of_the_actions(driver: Driver) -> None:
    """Written by hand, so that a person can read it in the manual, too: nothing left out, nothing else."""
    rows = next(part.rows for part in parsed(pages.page("keys")) if isinstance(part, Rows))
    written = {name: as_keys(keys) for name, keys in rows[1:]}
    assert written == {
        say.ACTIONS[name].rstrip("…"): action.shortcuts()[0]
        for name, action in driver.window.actions_by_id.items()
        if action.shortcuts()
    } | {say.ACTIONS[name]: as_keys(keys) for name, keys in ROWS.items()}


ROWS = {"row-add": "`Ctrl+Enter`", "group-add": "`Ctrl+Shift+Enter`"}
"""Keyboards have two of this key, and the first of the pair is called otherwise."""
ARROWS = {"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"}


def as_keys(written: str) -> QKeySequence:
    return QKeySequence("".join(ARROWS.get(c, c) for c in written.strip("`")))


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[HelpDialog]:
    """The pages alone, without a unit behind them."""
    application()
    dialog = HelpDialog(Look(shipped_font=True))
    qtbot.addWidget(dialog)
    yield dialog


def test_the_page_of_all_rules_is_made_from_them(dialog: HelpDialog) -> None:
    dialog.turn_to("checks")
    text = dialog.page.toPlainText()
    assert all(e.title in text and e.example in text for e in rule_book())


def test_a_part_of_the_manual_is_no_page_and_the_keys_walk_over_it(dialog: HelpDialog, qtbot: QtBot) -> None:
    dialog.show()
    dialog.turn_to(pages.topics()[0])
    seen = [dialog.topic()]
    for _ in pages.topics()[1:]:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
        seen.append(dialog.topic())
    assert tuple(seen) == pages.topics()


def test_a_picture_is_never_wider_than_the_page(dialog: HelpDialog) -> None:
    dialog.show()
    for topic in ("keys", "findings", "first"):  # from a page without pictures, too
        dialog.turn_to(topic)
        for width in (900, 600):
            dialog.resize(width, 600)
            QApplication.processEvents()
            bar = dialog.page.horizontalScrollBar()
            assert (topic, width, bar.maximum()) == (topic, width, 0)
    assert dialog.page.document().size().height() > 1000  # a picture is there
    assert words.help_caption("第一步：单位") in dialog.page.toPlainText()


def test_the_manual_is_saved_as_a_pdf(dialog: HelpDialog, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "手册.pdf"
    dialog.write(file)
    qtbot.waitUntil(dialog.save.isEnabled, timeout=30_000)
    assert file.read_bytes().startswith(b"%PDF")
    assert dialog.said.text() == words.help_saved(str(file))


def test_what_stands_in_the_way_of_the_pdf_is_said(dialog: HelpDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.write(tmp_path / "没有这个文件夹" / "手册.pdf")
    qtbot.waitUntil(dialog.save.isEnabled, timeout=30_000)
    assert "手册.pdf" in dialog.said.text() and dialog.said.text() != words.help_saved("手册.pdf")
