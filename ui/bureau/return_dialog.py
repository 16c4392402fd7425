"""Before a handing goes back: what the file will say, who says it, where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import messages as say
from ui.messages import bureau as words

if TYPE_CHECKING:
    from ui.bureau.unit_read import UnitRead
    from ui.look import Look


class ReturnDialog(QDialog):
    """``name``: what the bureau called itself the last time; ``key``: the file of its private key, empty: nothing is signed."""

    def __init__(
        self,
        read: UnitRead,
        target: Path,
        name: str,
        look: Look,
        parent: QWidget | None = None,
        key: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.RETURN_TITLE)
        waiting = [told for some in read.findings.values() for told in some if told.waits]
        errors = sum(1 for told in waiting if told.severity == "error")
        self.told = QLabel(
            words.return_contents(read.node.name, len(read.notes_of()), errors, len(waiting) - errors)
        )
        self.told.setWordWrap(True)
        self.after = QLabel(words.RETURN_AFTER)
        self.after.setObjectName("muted")
        self.after.setWordWrap(True)
        self.name, self.place = QLineEdit(name), QLineEdit(str(target))
        self.name.setPlaceholderText(words.BUREAU_NAME_HINT)
        self.key = QLineEdit(key)
        self.key.setPlaceholderText(words.SIGN_WITH_HINT)
        self.choose, self.choose_key = QPushButton(words.CHOOSE_PLACE), QPushButton(words.CHOOSE_PLACE)
        self.choose_key.setAccessibleName(words.SIGN_WITH_CHOOSE)
        self.start, self.cancel = QPushButton(words.RETURN_START), QPushButton(say.CANCEL)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        self._lay_out(look)
        for line in (self.name, self.place):
            line.textChanged.connect(self._judge)
        self.choose.clicked.connect(self._choose)
        self.choose_key.clicked.connect(self._choose_key)
        self.start.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._judge()

    def _lay_out(self, look: Look) -> None:
        px = look.px
        where, key = QHBoxLayout(), QHBoxLayout()
        for row, field, choose in ((where, self.place, self.choose), (key, self.key, self.choose_key)):
            row.addWidget(field, 1)
            row.addWidget(choose)
        fields = QFormLayout()
        fields.setVerticalSpacing(px(10))
        named = (words.BUREAU_NAME, self.name), (words.RETURN_PLACE, self.place), (words.SIGN_WITH, self.key)
        for label, field in named:
            field.setAccessibleName(label)
            field.setMinimumWidth(px(300))
        fields.addRow(words.BUREAU_NAME, self.name)
        fields.addRow(words.RETURN_PLACE, where)
        fields.addRow(words.SIGN_WITH, key)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.told)
        column.addLayout(fields)
        column.addWidget(self.after)
        column.addStretch(1)
        column.addLayout(foot)
        self.resize(px(560), self.sizeHint().height())

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, words.RETURN_TITLE, self.place.text(), words.RETURN_FILTER
        )
        if name:
            self.place.setText(name)

    def _choose_key(self) -> None:
        start = self.key.text() or str(Path(self.place.text()).parent)
        name, _ = QFileDialog.getOpenFileName(self, words.SIGN_WITH_CHOOSE, start, words.SIGN_WITH_FILTER)
        if name:
            self.key.setText(name)

    def _judge(self) -> None:
        self.start.setEnabled(bool(self.name.text().strip()) and bool(self.place.text().strip()))

    def target(self) -> Path:
        path = Path(self.place.text().strip())
        return path if path.suffix.lower() == ".zip" else Path(f"{path}.zip")

    def bureau(self) -> str:
        return self.name.text().strip()

    def signing(self) -> str:
        """The file of the private key; empty: nothing is signed."""
        return self.key.text().strip()
