"""What the actions do with lists of codes: the user's own codes, in use from the moment they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perfdesk.catalog import load
from perfdesk.codes import own_folder
from perfdesk.own_codes import OwnCode, unlisted

if TYPE_CHECKING:
    from pathlib import Path

    from ui.dialogs.codes import CodesDialog
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class CodeListCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window

    def show(self) -> None:
        """The dialogue, begun with the code at the cursor where the lists lack it."""
        if (dialog := self.dialog()) is not None:
            dialog.exec()
            dialog.deleteLater()

    def dialog(self) -> CodesDialog | None:
        """Made and connected, not shown yet; None while there is no store."""
        from ui.dialogs.codes import CodesDialog

        folder = self._folder()
        if folder is None:
            return None
        self.window.editor.commit()
        lists = sorted(self.workspace.catalog.code_lists)
        dialog = CodesDialog(folder, self._lacking(), lists, self.look, self.window)
        self.window.office.help_in(dialog, "ledger")
        dialog.changed.connect(self.learn)
        return dialog

    def learn(self) -> None:
        """Read the lists again and show the open filing with them, at the cell where one was."""
        space, editor = self.workspace, self.window.editor
        place = editor.page.place() if editor.has_page() else None
        space.catalog = load(own=store.vault.folder if (store := space.store) else None)
        if space.catalog.trouble:
            space.refused.emit(space.catalog.trouble)
        space.refresh()
        if place:
            editor.page.show_place(place)

    def _lacking(self) -> tuple[OwnCode, ...]:
        """Of the row with the cursor."""
        space, editor = self.workspace, self.window.editor
        place = editor.page.place() if editor.has_page() else None
        budget = space.values.budget if space.values else None
        if space.filing is None or place is None or place.row is None or budget is None:
            return ()
        rows = [unlisted(facts, space.filing, place.row) for facts in budget.facts.values()]
        return next((found for found in rows if found), ())

    def _folder(self) -> Path | None:
        store = self.workspace.store
        return own_folder(store.vault.folder) if store else None
