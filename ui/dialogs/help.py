"""The help: the manual's pages beside the window, opened at what one is doing. Nothing leads out of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from perfdesk.manual import pages
from ui.fitting import open_at
from ui.messages import units as words
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.errors import UserError
    from ui.look import Look

_PICTURE = re.compile(r"^!\[([^\]]*)\]\([^)]*\)$", re.MULTILINE)
TOPIC = Qt.ItemDataRole.UserRole
MARGIN = 14
"""Pixels around a page."""


class ManualPage(QTextBrowser):
    """A page with its pictures, none wider than there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName(words.HELP_PAGE)
        self.document().setDocumentMargin(MARGIN)
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # else pictures are measured without it
        self._shown = ""

    def show_page(self, topic: str) -> None:
        self._shown = _PICTURE.sub(lambda m: f"{m[0]}\n\n{words.help_caption(m[1])}", pages.page(topic))
        self.setMarkdown(self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown and event.size().width() != event.oldSize().width():
            self.setMarkdown(self._shown)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        file = name.toString() if isinstance(name, QUrl) else name
        picture = QImage(str(pages.folder() / file))
        room = max(self.viewport().width() - 2 * MARGIN - 2, 1)
        if picture.width() <= room:
            return picture
        return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)


class HelpDialog(QDialog):
    """Topics at the left, the page at the right; typing in the window goes on beside it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.HELP_TITLE)
        self.look = look
        self.list = QListWidget()
        self.list.setFixedWidth(look.px(190))
        self.list.setAccessibleName(words.HELP_TOPICS)
        for part in pages.parts():
            self._add(part.title, None)
            for topic in part.topics:
                self._add(pages.title(topic), topic)
        self.page = ManualPage()
        self.page.setFont(look.font())
        self.list.currentRowChanged.connect(self._show)
        self.said = QLabel()
        self.said.setObjectName("muted")
        self.save = QPushButton(words.HELP_SAVE)
        self.save.clicked.connect(self._ask_where)
        self._lay_out()
        open_at(self, look.px(900), look.px(640))

    def _add(self, text: str, topic: str | None) -> None:
        """A topic, or the head of a part, which cannot be chosen."""
        item = QListWidgetItem(text if topic is None else words.help_topic(text), self.list)
        item.setData(TOPIC, topic)
        item.setSizeHint(QSize(0, self.look.px(28)))
        if topic is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setFont(self.look.font(bold=True))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.list)
        row.addWidget(self.page, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        column.addLayout(foot)

    def turn_to(self, topic: str) -> None:
        """The page of that topic; the first one for a topic that has none."""
        rows = {self.list.item(n).data(TOPIC): n for n in range(self.list.count())}
        self.list.setCurrentRow(rows.get(topic, 1))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def topic(self) -> str:
        item = self.list.currentItem()
        return str(item.data(TOPIC)) if item is not None else pages.topics()[0]

    def _show(self, _row: int) -> None:
        self.page.show_page(self.topic())

    # --- as a file ---

    def _ask_where(self) -> None:
        start = str(Path.home() / words.HELP_FILE)
        name, _ = QFileDialog.getSaveFileName(self, words.HELP_SAVE, start, words.HELP_FILTER)
        if name:
            self.write(Path(name) if name.lower().endswith(".pdf") else Path(f"{name}.pdf"))

    def write(self, file: Path) -> None:
        """The whole manual, off the window's thread."""
        from perfdesk.formats.write import write
        from perfdesk.manual.paper import manual

        self.save.setEnabled(False)
        self.said.setText(words.HELP_SAVING)
        task = Task(lambda _task: write(manual(), file, "pdf"), self)
        task.done.connect(lambda _none: self._end(words.help_saved(str(file))))
        task.failed.connect(self._fail)
        task.start()

    def _fail(self, error: UserError) -> None:
        self._end(error.message)

    def _end(self, said: str) -> None:
        self.said.setText(said)
        self.save.setEnabled(True)
