"""One quiet line above the status bar for what a person should know now: what did not fit, what was done, what goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from ui import messages as say

if TYPE_CHECKING:
    from ui.look import Look


class Notice(QFrame):
    """Hidden while there is nothing to say. A busy notice stays until the work is done; others go with the next change."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.look = look
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.link = QPushButton()
        self.link.setObjectName("link")
        self.close_button = QPushButton()
        self.close_button.setObjectName("ghost")
        self.close_button.setToolTip(say.CLOSE)
        self.close_button.setAccessibleName(say.CLOSE)
        self.close_button.clicked.connect(self.clear)
        self._do: Callable[[], object] | None = None
        self.link.clicked.connect(self._follow)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.text, 1)
        for widget in (self.progress, self.link, self.close_button):
            self._row.addWidget(widget)
        look.changed.connect(self._measure)
        self._measure()
        self.hide()

    def _measure(self) -> None:
        px = self.look.px
        self._row.setContentsMargins(px(16), px(4), px(8), px(4))
        self.progress.setFixedWidth(px(120))
        self.close_button.setIcon(self.look.icon("close", "quiet", 14))

    def tell(self, text: str, link: str = "", do: Callable[[], object] | None = None) -> None:
        """A sentence, and perhaps a link that does something."""
        self._set(text, busy=False)
        self.link.setText(link)
        self.link.setVisible(bool(link))
        self._do = do

    def busy(self, text: str, cancel: Callable[[], object] | None = None) -> None:
        self._set(text, busy=True)
        self.link.setText(say.CANCEL)
        self.link.setVisible(cancel is not None)
        self._do = cancel

    def _set(self, text: str, busy: bool) -> None:
        self.text.setText(text)
        self.progress.setVisible(busy)
        self.close_button.setVisible(not busy)
        self.setVisible(bool(text))

    def clear(self) -> None:
        self.hide()

    def is_busy(self) -> bool:
        return self.isVisible() and not self.progress.isHidden()

    def _follow(self) -> None:
        if self._do:
            self._do()
