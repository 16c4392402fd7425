"""A mistake of the program while the window is open: written into the log, told once, and the window goes on."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from perfdesk.errors import UserError
from perfdesk.traces import trace
from ui.messages import faults as words

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Unexpected(QObject):
    """``install`` makes it the last to hear of an error that nobody expected. The same mistake is told once, however often it is made:
    one that is made while painting would be made again with every dialogue."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self._told: set[str] = set()

    def install(self) -> None:
        sys.excepthook = self.hear

    def hear(self, kind: type[BaseException], error: BaseException, tb: TracebackType | None) -> None:
        """On any thread that runs Python; what is told, is told when the window has time."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, tb)
        elif not self.window.is_furnished:  # nobody could work in what there is of it
            sys.__excepthook__(kind, error, tb)
            QCoreApplication.exit(1)
        elif isinstance(error, UserError):
            QTimer.singleShot(0, self, lambda: self.window.saving.hear(error))
        else:
            where = trace(error)
            if where not in self._told:
                self._told.add(where)
                self.window.keeping.log.add(where)
                QTimer.singleShot(0, self, lambda: self._tell(where))

    def _tell(self, where: str) -> None:
        if self.window.tell_error(UserError("unexpected", words.UNEXPECTED, where), words.REPORT_LINK):
            self.window.keeping.report_fault()
