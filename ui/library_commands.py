"""What the actions do with the indicator library, and find and replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.messages import library as say

if TYPE_CHECKING:
    from perfdesk.library import Entry
    from ui.dialogs.library import LibraryDialog
    from ui.dialogs.replace import ReplaceDialog
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class LibraryCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self._library: LibraryDialog | None = None
        self._replace: ReplaceDialog | None = None

    def library(self) -> None:
        """Beside the window and not in its way: one dialogue, brought to the front when it is asked for again."""
        from ui.dialogs.library import LibraryDialog

        self.window.editor.commit()
        if self._library is None or not self._library.isVisible():
            if self._library:
                self._library.deleteLater()
            self._library = LibraryDialog(self.workspace, self.look, self.add, self.window)
        self._library.show()
        self._library.raise_()
        self._library.activateWindow()
        self._library.words.setFocus()

    def add(self, entries: tuple[Entry, ...]) -> str:
        """The entries as rows, in one step; what became of them as a sentence."""
        from ui.form.library_rows import add
        from ui.form.tree_page import TreePage
        from ui.models.library import source_of

        self.window.editor.commit()
        space, built_in = self.workspace, source_of(self.workspace).built_in
        if space.form is None or space.filing is None or space.store is None or built_in is None:
            return say.NO_FILING
        page = next((p for p in self.window.editor.pages if isinstance(p, TreePage)), None)
        at = page.current_row() if page else None
        taken = add(space.form, space.filing, entries, built_in.kinds, at, space.store.new_id)
        if taken.step is None or not space.apply(taken.step):
            return taken.sentence() if taken.step is None else ""
        if page:
            self._show(page, taken.rows)
        return taken.sentence()

    def _show(self, page: object, rows: tuple[str, ...]) -> None:
        """The first new row in sight, without taking the focus from the dialogue."""
        from ui.form.tree_page import TreePage

        editor = self.window.editor
        if isinstance(page, TreePage):
            if editor.page is not page:
                editor.turn_to(editor.pages.index(page), focus=False)
            page.grid.select(page.model.index_of(rows[0], page.model.column_of("target")))

    def replace(self) -> None:
        """In the open filing; opened again it keeps what was looked for."""
        from ui.dialogs.replace import ReplaceDialog

        editor = self.window.editor
        editor.commit()
        if self._replace is None:
            self._replace = ReplaceDialog(self.workspace, self.look, editor.commit, self.window)
        self._replace.show()
        self._replace.raise_()
        self._replace.activateWindow()
        self._replace.words.setFocus()
        self._replace.words.selectAll()
