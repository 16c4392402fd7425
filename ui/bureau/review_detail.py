"""Beside the list of what came: where a line comes from, which of several is taken, which unit it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from ui.bureau.node_picker import NodePicker
from ui.bureau.review_model import Line, files_of
from ui.messages import bureau as words
from ui.scroll import scrolled

if TYPE_CHECKING:
    from perfdesk.model.collected import Choice
    from ui.bureau.year import Read
    from ui.look import Look


class ReviewDetail(QWidget):
    """``proposed``: the number of the version that is to be taken; ``compared``: of one whose differences are asked for (with what was
    taken before, else with the next older one); ``placed``: the key of a unit; ``new_unit``: one is to be made."""

    proposed = Signal(int)
    compared = Signal(int)
    placed = Signal(str)
    new_unit = Signal()

    def __init__(self, read: Read, look: Look) -> None:
        super().__init__()
        self.look = look
        self.line: Line | None = None
        self.title, self.told = QLabel(), QLabel()
        self.title.setObjectName("dialogTitle")
        for label in (self.title, self.told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setObjectName("quiet")
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.versions = QWidget()
        self._versions = QVBoxLayout(self.versions)
        self._versions.setContentsMargins(0, 0, 0, 0)
        self.group = QButtonGroup(self)
        self.group.idClicked.connect(self.proposed)
        self.see = QPushButton(words.SEE_CHANGES)
        self.see.clicked.connect(lambda: self.compared.emit(max(self.group.checkedId(), 0)))
        self.belongs = QLabel(words.BELONGS)
        self.belongs.setObjectName("dialogTitle")
        self.picker = NodePicker(look, read.status.nodes, read.names)
        self.this, self.new = QPushButton(words.BELONGS_SET), QPushButton(words.ADD_NEW_UNIT)
        self.this.clicked.connect(self._place)
        self.new.clicked.connect(self.new_unit)
        self.picker.picked.connect(lambda: self.this.setEnabled(self.picker.is_chosen))
        self._lay_out()

    def _lay_out(self) -> None:
        px = self.look.px
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(px(8))
        for widget in (self.title, self.told, self.versions):
            rows.addWidget(widget)
        rows.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        self.place = QWidget()
        placing = QVBoxLayout(self.place)
        placing.setContentsMargins(0, 0, 0, 0)
        placing.setSpacing(px(6))
        placing.addWidget(self.belongs)
        placing.addWidget(self.picker, 1)
        placing.addWidget(self.this)
        placing.addWidget(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inner), 1)
        column.addWidget(self.place, 2)

    def show_line(self, line: object) -> None:
        if line is self.line and line is not None:
            return
        self.line = line if isinstance(line, Line) else None
        shown = self.line
        self.title.setText(shown.unit if shown else "")
        self.told.setText("\n".join(_told(shown)) if shown else words.PICK_LINE)
        choice = shown.choice if shown else None
        self._show_versions(choice)
        self.place.setVisible(shown is not None and shown.unplaced is not None)
        if shown is not None and shown.unplaced is not None:
            near = shown.unplaced.near
            self.picker.offer(near, near[0].key if near else None)
            self.this.setEnabled(self.picker.is_chosen)

    def _show_versions(self, choice: Choice | None) -> None:
        for button in self.group.buttons():
            self.group.removeButton(button)
            button.hide()
            button.deleteLater()
        many = choice is not None and len(choice.versions) > 1
        if choice is not None and many:
            for number, version in enumerate(choice.versions):
                told = words.version_line(
                    files_of(version), version.first.made, version.papers, version.draft, len(version.again)
                )
                button = QRadioButton(words.version_number(number + 1))
                button.setToolTip(told)
                button.setAccessibleName(told)
                button.setChecked(number == choice.proposed)
                self.group.addButton(button, number)
                self._versions.addWidget(button)
        self.versions.setVisible(many)
        self.see.setVisible(
            choice is not None and (many or choice.stored is not None) and choice.standing != "same"
        )

    def _place(self) -> None:
        if self.picker.key is not None:
            self.placed.emit(self.picker.key)


def _told(line: Line) -> list[str]:
    if line.choice is None:
        return [line.files]
    choice = line.choice
    told = [words.GROUPS_OF[choice.standing]]
    told += [words.called_otherwise(choice.other_name)] if choice.other_name else []
    if choice.stored is not None:
        told.append(words.stored_line(choice.stored.number, choice.stored.at))
    for number, version in enumerate(choice.versions, 1):
        one = words.version_line(
            files_of(version), version.first.made, version.papers, version.draft, len(version.again)
        )
        told.append(f"{words.version_number(number)}：{one}" if len(choice.versions) > 1 else one)
        told += [words.twice_line(t.title, t.taken, t.left) for t in version.twice]
    return told
