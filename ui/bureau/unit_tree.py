"""The tree of units as one sees it: a dot for a unit's state, a small bar for how many below a node have handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from ui.bureau.unit_model import AT, DOTS, ERRORS, NAME, NOTES, STATE, WARNINGS, UnitModel
from ui.messages import bureau as words
from ui.option import has_state, rect_of

if TYPE_CHECKING:
    from ui.look import Look

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {STATE: 260, AT: 110, ERRORS: 60, WARNINGS: 60, NOTES: 60}
LINE = 30
BAR = 52
NARROW = 900
KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_F2: "edit",
    Qt.Key.Key_Delete: "delete",
}


class UnitDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QTreeView) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self.look.px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() != STATE:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = rect_of(option)
        if has_state(option, QStyle.StateFlag.State_Selected):
            painter.fillRect(rect, self.look.colour("accent_ground"))
        left = self._mark(painter, QRectF(rect), index)
        painter.setFont(self.look.font())
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        room = QRectF(rect).adjusted(left, 0, -self.look.px(4), 0)
        text = painter.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, max(int(room.width()), 0)
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def _mark(self, painter: QPainter, rect: QRectF, index: Index) -> float:
        """Where the words begin, from the left."""
        px, look, model = self.look.px, self.look, index.model()
        assert isinstance(model, UnitModel)
        painter.setPen(Qt.PenStyle.NoPen)
        if counts := model.counts(index):
            high = px(6)
            bar = QRectF(rect.left() + px(4), rect.center().y() - high / 2, px(BAR), high)
            painter.setBrush(look.colour("track"))
            painter.drawRoundedRect(bar, high / 2, high / 2)
            bar.setWidth(bar.width() * counts.received / max(counts.units, 1))
            painter.setBrush(look.colour("good" if not counts.missing else "accent"))
            painter.drawRoundedRect(bar, high / 2, high / 2)
            return px(BAR + 12)
        node = model.node(index)
        if node is not None and (colour := DOTS.get(model.state(node.key))):
            side = px(8)
            painter.setBrush(look.colour(colour))
            painter.drawEllipse(QRectF(rect.left() + px(4), rect.center().y() - side / 2, side, side))
        return px(20)


class UnitTree(QTreeView):
    """``asked``: a deed by its name, for the unit where one is."""

    asked = Signal(str)

    def __init__(self, look: Look, model: UnitModel) -> None:
        super().__init__()
        self.look = look
        self.units = model
        self.setObjectName("unitTree")
        self.setAccessibleName(words.TREE)
        self.setModel(model)
        self.setItemDelegate(UnitDelegate(look, self))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionsMovable(False)
        self.doubleClicked.connect(lambda _index: self._open())
        self.measure()

    def measure(self) -> None:
        self.setIndentation(self.look.px(18))
        self.header().setMinimumSectionSize(self.look.px(44))
        self._share()
        self.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """In a narrow window the names get the room of longer words about them, which have tips."""
        narrow = self.width() < self.look.px(NARROW)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, self.look.px(width // 2 if narrow and column == STATE else width))

    # --- where one is ---

    def key(self) -> str | None:
        """Of the node where one is."""
        node = self.units.node(self.currentIndex())
        return node.key if node else None

    def go_to(self, key: str | None) -> None:
        index = self.units.index_of(key) if key else QModelIndex()
        if not index.isValid():
            index = self.units.index(0, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def shown_units(self) -> list[str]:
        """Keys of those that are units, as they stand from top to bottom, in folded branches, too."""
        found: list[str] = []
        waiting = [self.units.index(row, 0) for row in reversed(range(self.units.rowCount()))]
        while waiting:
            here = waiting.pop()
            node = self.units.node(here)
            if node is not None and self.units.is_unit(here):
                found.append(node.key)
            waiting += [self.units.index(row, 0, here) for row in reversed(range(self.units.rowCount(here)))]
        return found

    def open_to(self, most: int) -> None:
        """Unfold level by level while no more than so many rows come into sight."""
        level, rows = [QModelIndex()], self.units.rowCount()
        while level:
            below = [
                self.units.index(row, 0, above)
                for above in level
                for row in range(self.units.rowCount(above))
            ]
            rows += sum(self.units.rowCount(one) for one in below)
            if rows > most:
                return
            for one in below:
                self.expand(one)
            level = [one for one in below if self.units.rowCount(one)]

    # --- keys ---

    def _open(self) -> None:
        """A unit is opened; a node above units folds."""
        index = self.currentIndex().siblingAtColumn(NAME)
        if self.units.is_unit(index):
            self.asked.emit("open")
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def event(self, event: QEvent) -> bool:
        """The tree's own keys come before those of the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            and Qt.Key(event.key()) in KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = (
            None if event.modifiers() & Qt.KeyboardModifier.ControlModifier else KEYS.get(Qt.Key(event.key()))
        )
        if deed == "open":
            self._open()
        elif deed:
            self.asked.emit(deed)
        else:
            super().keyPressEvent(event)
