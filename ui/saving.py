"""Whether what is typed reaches the disk. A fault that may pass is told once, stands in the status bar until it is over, and is tried
again by itself."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from perfdesk.errors import UserError
from ui.messages import faults as words

if TYPE_CHECKING:
    from ui.form.editor import FormEditor
    from ui.workspace import Workspace

AGAIN = 2000
"""Milliseconds between two tries."""


class Tell(Protocol):
    """Shows one message and returns when it was read; True where the extra button was taken."""

    def __call__(self, error: UserError, extra: str = "") -> bool: ...


class Saving(QObject):
    """``fault``: why the store takes nothing at present; None: it does. ``tell`` as ``Tell`` says."""

    changed = Signal()

    def __init__(self, workspace: Workspace, editor: FormEditor, tell: Tell, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.editor = editor
        self.tell = tell
        self.fault: UserError | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN)
        self._timer.timeout.connect(self.try_again)
        workspace.refused.connect(self.hear)
        workspace.changed.connect(self._over)
        workspace.held = self.holds

    def hear(self, error: UserError) -> None:
        """A full disk refuses every edit; the same reason is not told twice while it lasts."""
        if not error.passing or self.workspace.store is None:
            self.tell(error)
            if error.code == "overtaken":
                self._see_others()
            return
        known, self.fault = self.fault, error
        self._timer.start()
        self.changed.emit()
        if known is None or known.code != error.code:
            self.tell(error)

    def _see_others(self) -> None:
        """Somebody else wrote in the filing in sight: it is shown as it is now, and what is typed stays, to be saved beside that."""
        space = self.workspace
        with suppress(UserError):
            if space.store is not None and space.open_id is not None:
                space.became(space.store.filing(space.open_id), "edit")

    def try_again(self) -> None:
        """Where the store takes something again, it takes what is typed."""
        if self.workspace.can_write():
            self.editor.keep()
            if not self.editor.pending():
                self._over()

    def _over(self) -> None:
        self._timer.stop()
        if self.fault is not None:
            self.fault = None
            self.changed.emit()

    def holds(self) -> bool:
        """Something is typed that would be lost with the page it stands on, and cannot be written."""
        if self.fault is not None:
            self.try_again()
        held = self.fault is not None and self.editor.pending()
        if held:
            self.editor.told.emit(words.HELD)
        return held

    def tell_again(self) -> None:
        """Somebody asks why."""
        if self.fault is not None:
            self.tell(self.fault)

    def given_up(self) -> bool:
        """Whoever closes the window wants it so all the same."""
        if self.fault is None:
            return True
        question = UserError("unsaved", words.closing(self.fault.message), self.fault.detail)
        return self.tell(question, words.GIVE_UP)
