"""What is done in the bureau's place: shown, told that it is wanted, the tree changed, handings decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from perfdesk.bureau.tree_edits import added, branch, changed, removed
from perfdesk.errors import UserError
from perfdesk.model.bureau import Node
from ui.bureau.collecting import Collecting
from ui.bureau.deciding import Deciding
from ui.bureau.page import BureauPage
from ui.bureau.summing import Summing
from ui.bureau.year import BureauYear
from ui.messages import bureau as words

if TYPE_CHECKING:
    from ui.bureau.node_dialog import NodeDialog
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class BureauCommands(QObject):
    """The page is made when it is shown first."""

    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self.year = BureauYear(workspace, self)
        self.collecting = Collecting(self.year, look, window, self.ask_node)
        self.page = BureauPage(self.year, look, self.do)
        self.deciding = Deciding(self.year, self.page, look, window)
        self.summing = Summing(self.year, self.page.sums, look, window)
        self.page.dropped.connect(self.collecting.look_at)
        self.page.unit.reviewing.compared.connect(self.collecting.show_old)
        self.page.unit.side.findings.ruled.connect(lambda code: window.office.rules.show(code))
        self.year.refused.connect(window.tell_error)
        window.middle.addWidget(self.page)
        window.middle.currentChanged.connect(self._on_turned)

    def _on_turned(self) -> None:
        self.window.navigation.mark_bureau(self.is_shown())

    # --- where it is shown ---

    def show(self) -> None:
        if self.workspace.store is None:
            return
        self.window.editor.commit()
        self.page.show_state()
        self.window.middle.setCurrentWidget(self.page)
        if self.year.told is not None:
            self.year.load()
        self.page.focus()

    def is_shown(self) -> bool:
        return self.window.middle.currentWidget() is self.page

    def do(self, deed: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "begin": self.begin,
            "leave": self.leave,
            "folder": self.collecting.choose_folder,
            "files": self.collecting.choose_files,
            "tree-import": self.import_tree,
            "node-add": lambda: self.ask_node("", "", self.window),
            "node-edit": self.edit_node,
            "node-delete": self.delete_node,
            "accept": self.deciding.accept,
            "return": self.deciding.send_back,
        }
        deeds[deed]()

    def begin(self) -> None:
        """From now on this program sits in a bureau."""
        self.year.tell("1")
        self.window.navigation.bureau.show()
        self.show()

    def leave(self) -> None:
        self.window.show_state()

    # --- the tree ---

    def ask_node(self, name: str, code: str, over: QWidget) -> str | None:
        """A new unit, proposed below where one is; its key, None where nobody wants it."""
        key = self.page.units.tree.key()
        here = self.year.node(key) if key else None
        above = None if here is None else here.parent if here.kind == "unit" else here.key
        dialog = self.node_dialog(Node("", code, name, "unit", above, expected=True), over)
        return self._asked(dialog, lambda node: added(self._nodes(), node), words.node_added)

    def edit_node(self) -> None:
        key = self.page.units.tree.key()
        if key is not None and (node := self.year.node(key)) is not None:
            dialog = self.node_dialog(node, self.window)
            self._asked(dialog, lambda node: changed(self._nodes(), node), words.node_changed)

    def node_dialog(self, node: Node, over: QWidget) -> NodeDialog | None:
        """Made, not shown; None as long as the tree has not been read."""
        from ui.bureau.node_dialog import NodeDialog

        if self.year.read is None:
            return None
        dialog = NodeDialog(node, self.year.read, self.look, over)
        self.window.office.help_in(dialog, "bureau")
        return dialog

    def _asked(
        self,
        dialog: NodeDialog | None,
        deed: Callable[[Node], Sequence[Node]],
        told: Callable[[str], str],
    ) -> str | None:
        """Until it is right or given up."""
        key = None
        while dialog is not None and dialog.exec() == QDialog.DialogCode.Accepted:
            wanted = dialog.result_node()
            before = {node.key for node in self._nodes()}
            try:
                tree = deed(wanted)
                self.year.store.bureau.put_nodes(tree)
            except UserError as error:
                self.window.tell_error(error)
                continue
            key = wanted.key or next(node.key for node in tree if node.key not in before)
            self._tree_changed(told(wanted.name.strip()))
            break
        if dialog is not None:
            dialog.deleteLater()
        return key

    def delete_node(self) -> None:
        """With everything below it; put back with one click."""
        key, before = self.page.units.tree.key(), self._nodes()
        if key is None or all(node.key != key for node in before):
            return
        gone = branch(before, key)
        if self._put(removed(before, key)):
            told = words.node_removed(gone[0].name, len(gone))
            self._tree_changed(told, lambda: self._put(before) and self._tree_changed(""))

    def _put(self, tree: Sequence[Node]) -> bool:
        try:
            self.year.store.bureau.put_nodes(tree)
        except UserError as error:
            self.window.tell_error(error)
            return False
        return True

    def _nodes(self) -> tuple[Node, ...]:
        return self.year.store.bureau.nodes()

    def _tree_changed(self, told: str, back: Callable[[], object] | None = None) -> None:
        self.year.load()
        self.window.notice.tell(told, words.PUT_BACK if back else "", back)

    def import_tree(self) -> None:
        from ui.bureau.tree_import import TreeImport

        TreeImport(self.year, self.look, self.window).choose()
