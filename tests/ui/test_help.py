"""F1 opens the help at what one is doing, offline, and the page of keys is the table of the actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from perfdesk import paths
from ui import messages as say
from ui import messages_units as words

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


def test_without_a_form_f1_says_where_to_begin(nobody: Driver) -> None:
    nobody.key(Qt.Key.Key_F1)
    assert nobody.window.office.help_dialog.topic() == "index"


def test_every_topic_has_a_page_and_none_leads_out(driver: Driver) -> None:
    folder = paths.resources() / "help"
    assert {f.stem for f in folder.glob("*.md")} == set(words.HELP_TOPICS) - {"keys"}
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
