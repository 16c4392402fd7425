"""The tree of units out of a list in Excel: read, shown with all its mistakes, put in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perfdesk.bureau.received import status_of
from perfdesk.errors import UserError
from ui import messages as say
from ui.bureau.unit_model import AT, ERRORS, NOTES, STATE, WARNINGS, UnitModel
from ui.bureau.unit_tree import UnitTree
from ui.fitting import open_at
from ui.messages import bureau as words
from ui.messages import paper

if TYPE_CHECKING:
    from perfdesk.bureau.tree_files import Mistake, TreeRead
    from perfdesk.model.bureau import Node
    from ui.bureau.year import BureauYear
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.tasks import Task

IN_SIGHT = 40


class TreeDialog(QDialog):
    """With mistakes only these are shown: half a tree is of no use."""

    def __init__(
        self, file: str, found: TreeRead, year: int, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.TREE_TITLE)
        self.found = found
        head = QLabel(_head(file, found.nodes, found.mistakes))
        head.setObjectName("dialogTitle")
        head.setWordWrap(True)
        self.model = UnitModel(look, self)
        self.tree = UnitTree(look, self.model)
        self.mistakes = QListWidget()
        self.mistakes.setAccessibleName(head.text())
        for one in found.mistakes:
            item = QListWidgetItem(words.mistake_line(one.where, one.message))
            item.setToolTip(item.text())
            self.mistakes.addItem(item)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.tree)
        self.stack.addWidget(self.mistakes)
        self.stack.setCurrentWidget(self.mistakes if found.mistakes else self.tree)
        self.take = QPushButton(words.TREE_TAKE)
        self.take.setObjectName("primary")
        self.take.setVisible(not found.mistakes)
        self.cancel = QPushButton(say.CLOSE if found.mistakes else say.CANCEL)
        self._lay_out(head, look)
        self._show_tree(year)

    def _lay_out(self, head: QLabel, look: Look) -> None:
        px = look.px
        open_at(self, px(680), px(560))
        self.take.setDefault(True)
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(head)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)

    def _show_tree(self, year: int) -> None:
        for column in (STATE, AT, ERRORS, WARNINGS, NOTES):
            self.tree.setColumnHidden(column, True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        if not self.found.mistakes:
            self.model.show(status_of(year, self.found.nodes, ()))
            self.tree.open_to(IN_SIGHT)


class TreeImport(QObject):
    def __init__(self, year: BureauYear, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.year = year
        self.look = look
        self.window = window

    def choose(self) -> None:
        start = self.window.files.last_folder("tree")
        name, _ = QFileDialog.getOpenFileName(self.window, words.CHOOSE_TREE, start, words.TREE_FILTER)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        if self.window.files.task is not None:
            self.window.status.tell(paper.BUSY)
            return
        self.year.workspace.set_setting("folder/tree", str(path.parent))

        def work(task: Task) -> TreeRead:
            from perfdesk.bureau.tree_files import tree_in
            from perfdesk.formats.read import read

            return tree_in([read(path, task.cancelled)])

        self.window.files.run(work, words.READING_TREE, lambda found: self._show(path.name, found))

    def _show(self, file: str, found: TreeRead) -> None:
        dialog = self.dialog(file, found)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.take(found.nodes)
        dialog.deleteLater()

    def dialog(self, file: str, found: TreeRead) -> TreeDialog:
        dialog = TreeDialog(file, found, self.year.year, self.look, self.window)
        self.window.office.help_in(dialog, "bureau")
        return dialog

    def take(self, nodes: Sequence[Node]) -> None:
        try:
            self.year.store.bureau.put_nodes(nodes)
        except UserError as error:
            self.window.tell_error(error)
            return
        self.year.load()
        self.window.notice.tell(words.tree_taken(len(nodes)))


def _head(file: str, nodes: Sequence[Node], mistakes: Sequence[Mistake]) -> str:
    if mistakes:
        return f"{file}　{words.tree_mistakes(len(mistakes))}"
    return f"{file}　{words.tree_found(sum(1 for n in nodes if n.expected), len(nodes))}"
