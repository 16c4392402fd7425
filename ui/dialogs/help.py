"""The help: pages of our own beside the window, opened at what one is doing. Nothing leads out of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from perfdesk import paths
from ui import messages as say
from ui.fitting import open_at
from ui.messages import checks
from ui.messages import units as words

if TYPE_CHECKING:
    from ui.look import Look

KEYS, CHECKS = "keys", "checks"


class HelpDialog(QDialog):
    """Topics at the left, the page at the right; typing in the window goes on beside it."""

    def __init__(self, look: Look, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.HELP_TITLE)
        self.actions_by_id = actions
        self.list = QListWidget()
        self.list.addItems(list(words.HELP_TOPICS.values()))
        for number in range(self.list.count()):
            self.list.item(number).setSizeHint(QSize(0, look.px(30)))
        self.list.setFixedWidth(look.px(170))
        self.list.setAccessibleName(words.HELP_TITLE)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(words.HELP_TITLE)
        self.page.setFont(look.font())
        self.list.currentRowChanged.connect(self._show)
        row = QHBoxLayout(self)
        row.addWidget(self.list)
        row.addWidget(self.page, 1)
        open_at(self, look.px(720), look.px(560))

    def turn_to(self, topic: str) -> None:
        """The page of that topic; the first one for a topic that has none."""
        topics = list(words.HELP_TOPICS)
        self.list.setCurrentRow(topics.index(topic) if topic in topics else 0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def topic(self) -> str:
        return list(words.HELP_TOPICS)[max(self.list.currentRow(), 0)]

    def _show(self, _row: int) -> None:
        topic = self.topic()
        made = {KEYS: lambda: keys_page(self.actions_by_id), CHECKS: checks_page}
        self.page.setMarkdown(made[topic]() if topic in made else page(topic))


def page(topic: str) -> str:
    return (paths.resources() / "manual" / f"{topic}.md").read_text(encoding="utf-8")


def checks_page() -> str:
    """Every rule of the check, by topic."""
    from perfdesk.rule_book import rule_book

    parts, topic = [checks.PAGE_HEAD], ""
    for one in rule_book():
        if one.topic != topic:
            topic = one.topic
            parts.append(checks.page_topic(topic))
        parts.append(checks.page_entry(one.title, one.severity, one.why, one.example, one.source))
    return "".join(parts)


def keys_page(actions: Mapping[str, QAction]) -> str:
    """Every action that has a shortcut, as the table of the actions says."""
    native = QKeySequence.SequenceFormat.NativeText
    lines = [
        f"| {say.ACTIONS[name].rstrip('…')} | {action.shortcuts()[0].toString(native)} |"
        for name, action in actions.items()
        if action.shortcuts()
    ]
    return words.KEYS_HEAD + "\n".join(lines) + "\n"
