"""What a blank was taken for: title, sections and columns, each to be corrected before it is kept as a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.errors import UserError
from ui import messages as say
from ui.choice import Choice
from ui.fitting import open_at
from ui.messages import blanks as words

if TYPE_CHECKING:
    from perfdesk.model.form import FieldKind
    from perfdesk.new_forms.draft import Column, DraftSection, Kind
    from ui.look import Look
    from ui.models.taking import Taking

NAME, KIND, DUTY = range(3)
PLACE = Qt.ItemDataRole.UserRole
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class TakeFormSheet(QDialog):
    """What the dialogue is made of."""

    def __init__(self, taking: Taking, look: Look, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.TAKE_TITLE)
        self.taking = taking
        self.look = look
        draft = taking.draft
        self.title, self.scheme = QLineEdit(draft.title), QLineEdit(draft.scheme_name)
        self.unit, self.sheet = Choice(look), Choice(look)
        self.unit.addItems(list(words.UNITS))
        self.sheet.addItems(list(taking.sheets))
        self.tree = QTreeWidget()
        self.told = QLabel()
        self.back, self.start = QPushButton(words.TAKE_BACK), QPushButton(words.TAKE_START)
        self.cancel = QPushButton(say.CANCEL)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(760), px(680))
        fields = QFormLayout()
        fields.setVerticalSpacing(px(8))
        fields.setHorizontalSpacing(px(14))
        for label, editor in (
            (words.FORM_TITLE, self.title),
            (words.FORM_SCHEME, self.scheme),
            (words.FORM_UNIT, self.unit),
            (words.FORM_SHEET, self.sheet),
        ):
            editor.setAccessibleName(label)
            fields.addRow(label, editor)
        fields.setRowVisible(3, len(self.taking.sheets) > 1)
        self.tree.setObjectName("proposals")
        self.tree.setAccessibleName(words.TAKE_TITLE)
        self.tree.setHeaderLabels(list(words.TAKE_COLUMNS))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.tree.setColumnWidth(KIND, px(150))
        self.tree.setColumnWidth(DUTY, px(70))
        hint = QLabel(words.TAKE_HINT)
        for label, name in ((hint, "muted"), (self.told, "")):
            label.setObjectName(name)
            label.setWordWrap(True)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.back)
        foot.addStretch(1)
        for button in (self.cancel, self.start):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addLayout(fields)
        column.addWidget(hint)
        column.addWidget(self.tree, 1)
        column.addWidget(self.told)
        column.addLayout(foot)


class TakeFormDialog(TakeFormSheet):
    """Every correction is made at once in the draft; names are typed in the list itself, a cell that is none loses its tick."""

    def __init__(self, taking: Taking, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(taking, look, parent)
        for line in (self.title, self.scheme):
            line.editingFinished.connect(self._head)
        self.unit.activated.connect(lambda _at: self._head())
        self.sheet.activated.connect(self._turn_sheet)
        self.tree.itemChanged.connect(self._typed)
        self.back.clicked.connect(self._step_back)
        self.back.setAutoDefault(False)
        self.start.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.show_draft()

    # --- what is shown ---

    def show_draft(self) -> None:
        draft = self.taking.draft
        self.title.setText(draft.title)
        self.scheme.setText(draft.scheme_name)
        self.unit.setCurrentIndex(words.UNITS.index(draft.amount_unit))
        self.tree.blockSignals(True)
        self.tree.clear()
        for section in draft.sections:
            self._add_section(section)
        self.tree.blockSignals(False)
        self._judge()

    def _add_section(self, section: DraftSection) -> None:
        top = QTreeWidgetItem([section.label])
        top.setFlags(top.flags() | Qt.ItemFlag.ItemIsEditable)
        top.setData(NAME, PLACE, (section.id, ""))
        self.tree.addTopLevelItem(top)
        if section.kind != "tree" and self.taking.may_turn(section):
            kinds = {k: words.SECTION_KINDS[k] for k in ("fields", "list")}
            self._choose(
                top,
                kinds,
                section.kind,
                lambda kind: self.taking.kind_section(section.id, cast("Kind", kind)),
            )
        else:
            top.setText(KIND, words.SECTION_KINDS[section.kind])
        for column in section.columns:
            self._add_column(top, section, column)
        top.setExpanded(True)

    def _add_column(self, top: QTreeWidgetItem, section: DraftSection, column: Column) -> None:
        item = QTreeWidgetItem(top, [column.label])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setData(NAME, PLACE, (section.id, column.id))
        level = section.kind == "tree" and column.id.startswith("level")
        if not level and column.id != "unit_name":
            item.setCheckState(NAME, ON)
        item.setCheckState(DUTY, ON if column.required else OFF)
        if level:
            item.setText(KIND, words.FIELD_KINDS[column.kind])
        else:
            kinds = {k: w for k, w in words.FIELD_KINDS.items() if k != "name" or section.kind == "fields"}
            self._choose(
                item,
                kinds,
                column.kind,
                lambda kind: self.taking.kind(section.id, column.id, cast("FieldKind", kind)),
            )

    def _choose(
        self, item: QTreeWidgetItem, kinds: dict[str, str], now: str, choose: Callable[[str], bool]
    ) -> None:
        choice = Choice(self.look)
        choice.setAccessibleName(f"{item.text(NAME)} {words.TAKE_COLUMNS[KIND]}")
        choice.addItems(list(kinds.values()))
        choice.setCurrentIndex(list(kinds).index(now))
        choice.activated.connect(lambda at: self._did(choose(list(kinds)[at])))
        self.tree.setItemWidget(item, KIND, choice)

    def _judge(self) -> None:
        sections = self.taking.draft.sections
        try:
            self.taking.form()
            self.told.setText(words.found(len(sections), sum(len(s.columns) for s in sections)))
            self.start.setEnabled(True)
        except UserError as error:
            self.told.setText(error.message)
            self.start.setEnabled(False)

    # --- what is corrected ---

    def _did(self, changed: bool) -> None:
        """Shown anew when the click is over: the choice that was used goes with the list."""
        if changed:
            QTimer.singleShot(0, self, self.show_draft)

    def _head(self) -> None:
        unit = words.UNITS[self.unit.currentIndex()]
        if self.taking.head(self.title.text().strip(), self.scheme.text().strip(), unit):
            self._judge()

    def _typed(self, item: QTreeWidgetItem, at: int) -> None:
        section, column = item.data(NAME, PLACE)
        text = item.text(NAME)
        if at == DUTY:
            self._did(self.taking.required(section, column, item.checkState(DUTY) == ON))
        elif not column:
            self.taking.name_section(section, text)
            self._did(True)
        elif item.checkState(NAME) == OFF and column != "unit_name" and not self._is_level(section, column):
            self.taking.drop(section, column)
            self._did(True)
        else:
            self.taking.label(section, column, text)
            self._did(True)

    def _is_level(self, section: str, column: str) -> bool:
        return self.taking.draft.section(section).kind == "tree" and column.startswith("level")

    def _turn_sheet(self, at: int) -> None:
        try:
            self.taking.choose_sheet(at)
            self.show_draft()
        except UserError as error:
            self.told.setText(error.message)

    def _step_back(self) -> None:
        if self.taking.back():
            self.show_draft()
