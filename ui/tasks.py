"""Work off the window's thread: the result or the error comes back as a signal on the window's thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from perfdesk.errors import UserError
from ui.messages import faults as words

TURN = 0.0005
"""s: so soon work on another thread lets the window go on. With the usual 5 ms a key waited up to 100 ms while pages were laid out,
for each call of the toolkit gives the turn away; the work itself takes no longer."""


class Task(QObject):
    """One piece of work. ``told``: what it does now, in words, as the work emits it. ``cancelled`` may be asked by the work itself;
    after it neither ``done`` nor ``failed`` is emitted."""

    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    told = Signal(str)

    def __init__(self, work: Callable[[Task], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stopped = False
        self._result: tuple[bool, Any] = (False, None)
        self.ended.connect(self._tell)

    def cancelled(self) -> bool:
        return self._stopped

    def cancel(self) -> None:
        self._stopped = True

    def start(self) -> None:
        sys.setswitchinterval(TURN)
        QThreadPool.globalInstance().start(_Runner(self))

    def run(self) -> None:
        """On another thread."""
        try:
            self._result = (True, self._work(self))
        except UserError as error:
            self._result = (False, error)
        except Exception as error:
            from perfdesk.traces import trace

            told = UserError("unexpected", words.UNEXPECTED, trace(error))
            self._result = (False, told)
        if isValid(self):  # the window may have gone in the meantime, and this with it
            self.ended.emit()

    def _tell(self) -> None:
        good, result = self._result
        if not self._stopped:
            (self.done if good else self.failed).emit(result)
        self.deleteLater()


class _Runner(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.run()


PATIENCE = 5_000
"""ms: so long the end of the program waits for work that is under way."""


def wait_for_all() -> bool:
    """Nothing works any more on the store or for the window that is about to go; False where something still does."""
    return QThreadPool.globalInstance().waitForDone(PATIENCE)
