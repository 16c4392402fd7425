"""Drawing and editing one cell of a grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from ui.form.cell_texts import ROW, THEN, THEN_LINES, WRAP, CellTexts
from ui.form.typing import Texts, settle
from ui.models.cell import CELL, Cell
from ui.option import has_state, rect_of

if TYPE_CHECKING:
    from ui.look import Look

Index = QModelIndex | QPersistentModelIndex
AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | WRAP
AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | WRAP
PAD = 8
ARROW = 14
TWO_LINES = 46
MARGIN = 9
CORNER = 7


class CellEdit(Texts):
    """The editor in a cell: Enter commits and goes down, Tab goes right, Esc gives up, Alt+Enter breaks the line."""

    left = Signal(str)

    def __init__(self, parent: QWidget, right: bool) -> None:
        super().__init__(parent)
        self.setObjectName("cell")
        self.setTabChangesFocus(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.stored = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = self._way(event)
        if way:
            event.accept()
            self.left.emit(way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)

    def _way(self, event: QKeyEvent) -> str:
        key, held = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held & Qt.KeyboardModifier.AltModifier:
            return "up" if held & Qt.KeyboardModifier.ShiftModifier else "down"
        ways = {Qt.Key.Key_Tab: "right", Qt.Key.Key_Backtab: "left", Qt.Key.Key_Escape: "give up"}
        return ways.get(Qt.Key(key), "")


class CellDelegate(QStyledItemDelegate):
    """Draws ``Cell`` values with the theme's colours; ``left`` tells which way an editor was left,
    ``refused`` a cell and the text that could not be written into it, ``opened`` an editor and its cell.
    ``one_line``: no row is higher; ``with_then``: every row has room for last year's values."""

    left = Signal(str)
    refused = Signal(QPersistentModelIndex, str)
    opened = Signal(object, QPersistentModelIndex)

    def __init__(self, look: Look, view: QTreeView) -> None:
        super().__init__(view)
        self.look = look
        self.view = view
        self.editor: CellEdit | None = None
        self.one_line = False
        self.with_then = False
        self.texts = CellTexts(look)
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[bool, QFont] = {}
        look.changed.connect(self._forget)

    def _forget(self) -> None:
        self._colours.clear()
        self._fonts.clear()

    def _colour(self, name: str) -> QColor:
        if name not in self._colours:
            self._colours[name] = self.look.colour(name)
        return self._colours[name]

    def _font(self, bold: bool) -> QFont:
        if bold not in self._fonts:
            self._fonts[bold] = self.look.font(13, bold)
        return self._fonts[bold]

    # --- drawing ---

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL)
        look, rect = self.look, rect_of(option)
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        current = self.view.currentIndex()
        painter.save()
        painter.fillRect(rect, self._colour(self._ground(cell, index, current, chosen)))
        draw_lines(painter, rect, cell, index.column() == 0, self._colour)
        if cell.edge:
            width = look.px(3) if index.column() == 0 else look.px(2)
            painter.fillRect(
                QRect(rect.left(), rect.top(), width, rect.height() - 1), self._colour(cell.edge)
            )
        if cell.typed:
            draw_corner(painter, rect, look.px(CORNER), self._colour(cell.typed))
        self._draw_text(painter, rect, cell, index)
        if index == current and self.view.hasFocus():
            painter.setPen(QPen(self._colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _ground(self, cell: Cell, index: Index, current: QModelIndex, chosen: bool) -> str:
        if chosen and index != current and _several(self.view):
            return "accent_ground"
        same_row = current.row() == index.row() and current.internalId() == index.internalId()
        return "current" if same_row and current.isValid() else cell.ground

    def _draw_text(self, painter: QPainter, rect: QRect, cell: Cell, index: Index) -> None:
        look = self.look
        inner = rect.adjusted(look.px(cell.indent), 0, -look.px(PAD), -1)
        if cell.parent:
            self._draw_arrow(painter, inner, index)
            inner.setLeft(inner.left() + look.px(ARROW))
        if cell.locked:
            side = look.px(12)
            spot = QRect(inner.right() - side, rect.center().y() - side // 2, side, side)
            painter.drawPixmap(spot, look.icon("lock", "faint", 12).pixmap(side, side))
            inner.setRight(spot.left() - look.px(4))
        if cell.beside:
            draw_both(painter, inner, cell, look)
            return
        if cell.then and (self.with_then or not self.one_line):
            self._draw_then(painter, inner, cell)
        if not cell.text:
            return
        painter.setFont(self._font(cell.bold))
        painter.setPen(self._colour(cell.tone))
        text = self._shown(cell, inner.width())
        painter.drawText(inner, AT_RIGHT if cell.right else AT_LEFT, text)

    def _draw_then(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        """Quietly below the text, which gets the rest of the room; as high as where nothing stands above it."""
        text = self._then(cell, inner.width())
        foot = QRect(inner)
        foot.setTop(inner.bottom() - self.texts.height(text, inner.width(), size=THEN) - self.look.px(3))
        painter.setFont(self.look.font(THEN))
        painter.setPen(self._colour("muted"))
        painter.drawText(foot, AT_RIGHT if cell.right else AT_LEFT, text)
        inner.setBottom(foot.top())

    def _then(self, cell: Cell, width: int) -> str:
        if self.one_line or cell.right:
            return self.texts.elided(cell.then, width, size=THEN)
        return self.texts.shortened(cell.then, width, THEN_LINES, THEN)

    def _draw_arrow(self, painter: QPainter, inner: QRect, index: Index) -> None:
        name = "chevron-down" if self.view.isExpanded(index) else "chevron-right"  # type: ignore[arg-type]
        side = self.look.px(12)
        spot = QRect(inner.left() - self.look.px(2), inner.center().y() - side // 2, side, side)
        painter.drawPixmap(spot, self.look.icon(name, "quiet", 12).pixmap(side, side))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if self.one_line:
            return QSize(self.view.columnWidth(index.column()), self._least())
        cell: Cell = index.data(CELL)
        if cell.beside:
            return QSize(self.view.columnWidth(index.column()), self.look.px(TWO_LINES))
        extra = PAD + cell.indent + (ARROW if cell.parent else 0) + (16 if cell.locked else 0)
        width = max(self.view.columnWidth(index.column()) - self.look.px(extra), self.look.px(24))
        height = self.texts.height(self._shown(cell, width), width, cell.bold) + self.look.px(MARGIN)
        if cell.then:
            height += self.texts.height(self._then(cell, width), width, size=THEN)
        return QSize(self.view.columnWidth(index.column()), max(self._least(), height))

    def _least(self) -> int:
        """Of a row of one line; with room for last year's values as high as one that has them."""
        if not self.with_then:
            return self.look.px(ROW)
        return self.texts.line() + self.texts.line(THEN) + self.look.px(MARGIN)

    def _shown(self, cell: Cell, width: int) -> str:
        """The text as the cell has room for it."""
        if self.one_line:
            return self.texts.elided(cell.text, width, cell.bold)
        return self.texts.shortened(cell.text, width, cell.lines) if cell.lines else cell.text

    # --- editing ---

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell: Cell = index.data(CELL)
        editor = CellEdit(parent, cell.right)
        editor.setFont(self.look.font())
        editor.left.connect(self.left)
        self.opened.emit(editor, QPersistentModelIndex(index))
        editor.textChanged.connect(lambda: self._grow(editor))
        self.editor = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEdit):
            editor.stored = str(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.setPlainText(editor.stored)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, CellEdit):
            settle(editor)
            text = editor.toPlainText()
            if text != editor.stored:
                editor.stored = text
                if not model.setData(index, text):
                    self.refused.emit(QPersistentModelIndex(index), text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        cell: Cell = index.data(CELL)
        left = max(0, self.look.px(cell.indent + (ARROW if cell.parent else 0)) - self.look.px(6))
        editor.setGeometry(rect_of(option).adjusted(left if index.column() == 0 else 0, 0, 0, 0))
        if isinstance(editor, CellEdit):
            self._grow(editor)

    def _grow(self, editor: CellEdit) -> None:
        """Text in the middle of the cell's height; the editor grows downwards with what is typed."""
        pad = self.look.px(5)
        lines = max(1, int(editor.document().size().height()))
        needed = lines * QFontMetrics(editor.font()).lineSpacing()
        above = editor.parentWidget()
        room = (above.height() if above else editor.height()) - editor.y()
        height = min(max(editor.height(), needed + self.look.px(8)), max(room, editor.height()))
        if height != editor.height():
            editor.resize(editor.width(), height)
        top = max(0, (editor.height() - needed) // 2 - 2)
        editor.setViewportMargins(pad, top, pad, 0)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keys are the editor's own matter; the toolkit's filter would take Tab and Enter first."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        return super().eventFilter(editor, event)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[misc]

    def displayText(self, value: Any, locale: Any) -> str:
        return ""


def draw_lines(
    painter: QPainter, rect: QRect, cell: Cell, first: bool, colour: Callable[[str], QColor]
) -> None:
    """The lines below and at the right; of the first column at the left, too."""
    painter.setPen(colour("hairline" if cell.ground == "paper" else "line"))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
    if first:
        painter.drawLine(rect.topLeft(), rect.bottomLeft())


def draw_corner(painter: QPainter, rect: QRect, side: int, colour: QColor) -> None:
    """The mark of a cell that was typed over what is computed."""
    corner = rect.topRight()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon([corner, corner - QPoint(side, 0), corner + QPoint(0, side)])
    painter.setBrush(Qt.BrushStyle.NoBrush)


def halves(rect: QRect) -> tuple[QRect, QRect]:
    """Where the two numbers of a cell stand: one above the other, side by side where the row is low."""
    if rect.height() >= rect.width() // 2 or rect.height() > 36:
        middle = rect.center().y()
        return rect.adjusted(0, 0, 0, middle - rect.bottom()), rect.adjusted(0, middle - rect.top(), 0, 0)
    middle = rect.center().x()
    return rect.adjusted(0, 0, middle - rect.right(), 0), rect.adjusted(middle - rect.left(), 0, 0, 0)


def draw_both(painter: QPainter, inner: QRect, cell: Cell, look: Look) -> None:
    """The text, and against it the other one; before each a tick, a click on which takes it."""
    side = look.px(12)
    tones = (cell.tone, "ink")
    for half, text, tone in zip(halves(inner), (cell.text, cell.beside), tones, strict=True):
        spot = QRect(half.left(), half.center().y() - side // 2, side, side)
        painter.drawPixmap(spot, look.icon("tick", "faint", 12).pixmap(side, side))
        painter.setFont(look.font(12, bold=tone == "warning_text"))
        painter.setPen(look.colour(tone))
        painter.drawText(half.adjusted(side, 0, 0, 0), AT_RIGHT, text)


def _several(view: QTreeView) -> bool:
    """More than one cell is selected."""
    ranges = view.selectionModel().selection()
    first = ranges.at(0) if ranges.count() else None
    return ranges.count() > 1 or (first is not None and first.width() * first.height() > 1)
