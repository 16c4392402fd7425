"""F1 opens the help at what one is doing, offline, and the page of keys is the table of the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from perfdesk import paths
from tests.ui.test_files import answer
from ui import messages as say
from ui.dialogs.help import HelpDialog
from ui.messages import units as words

if TYPE_CHECKING:
    from tests.ui.driver import Driver


@pytest.mark.parametrize("section", ["basic", "tasks", "budget", "indicators"])
def test_f1_opens_the_page_of_the_section_that_is_shown(driver: Driver, section: str) -> None:
    driver.turn_to(section)
    driver.key(Qt.Key.Key_F1)
    dialog = driver.window.office.help_dialog
    assert dialog is not None and dialog.isVisible() and not dialog.isModal()
    assert dialog.topic() == section
    dialog.close()


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
        driver.qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
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


def test_every_topic_has_a_page_and_none_leads_out(driver: Driver) -> None:
    folder = paths.resources() / "manual"
    assert {f.stem for f in folder.glob("*.md")} == set(words.HELP_TOPICS) - {"keys", "checks"}
    for file in folder.glob("*.md"):
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert "](" not in text and "http" not in text


def test_the_page_of_keys_names_every_action_with_a_shortcut(driver: Driver) -> None:
    driver.window.office.keys()
    shown = driver.window.office.help_dialog.page.toPlainText()
    for name, action in driver.window.actions_by_id.items():
        if action.shortcuts():
            assert say.ACTIONS[name].rstrip("…") in shown
            assert action.shortcuts()[0].toString() in shown


def test_the_page_of_all_rules_is_made_from_them(driver: Driver) -> None:
    from perfdesk.rule_book import rule_book

    dialog = HelpDialog(driver.window.look, driver.window.actions_by_id, driver.window)
    dialog.turn_to("checks")
    text = dialog.page.toPlainText()
    assert all(e.title in text and e.example in text for e in rule_book())
