"""The list at the left: the filings of the unit, each with a dot for its state and how complete it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from ui import messages as say
from ui.messages import handing_in
from ui.models.shelf import Entry, Shelf
from ui.option import has_state, rect_of

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace

ENTRY = Qt.ItemDataRole.UserRole + 1
DOTS = {"error": "error", "warning": "warning", "clean": "good", "untouched": "dot", "": "dot"}
ICONS = {"library": "library", "units": "unit", "projects": "table", "evaluations": "chart"}
Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Dot, title, percentage; a heading small and quiet."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(ENTRY)
        return QSize(0, self.look.px(34 if entry.heading and index.row() else 26 if entry.heading else 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = rect_of(option).adjusted(self.look.px(8), 0, -self.look.px(8), 0)
        if entry.heading:
            self._heading(painter, rect, entry)
        else:
            self._line(painter, rect, entry, option)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        painter.setFont(self.look.font(11))
        painter.setPen(self.look.colour("muted"))
        low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        px = self.look.px
        painter.drawText(rect.adjusted(px(8), 0, 0, -px(4)), low, entry.text)
        if entry.folds:
            icon = "chevron-right" if entry.folded else "chevron-down"
            painter.drawPixmap(
                rect.right() - px(18), rect.bottom() - px(17), self.look.pixmap(icon, "muted", 12)
            )

    def _line(self, painter: QPainter, rect: QRect, entry: Entry, option: QStyleOptionViewItem) -> None:
        look, px = self.look, self.look.px
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        hovered = has_state(option, QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_ground" if chosen else "hover"))
            painter.drawRoundedRect(rect.adjusted(0, 0, 0, -1), px(6), px(6))
        if entry.action:
            spot = QRect(rect.left() + px(5), rect.center().y() - px(7) + 1, px(14), px(14))
            painter.drawPixmap(spot, look.pixmap(ICONS[entry.action], "quiet", 14))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(DOTS[entry.standing.state]))
            painter.drawEllipse(QRect(rect.left() + px(8), rect.center().y() - px(4) + 1, px(8), px(8)))
        share = "" if entry.quiet else say.percent(entry.standing.filled, entry.standing.wanted)
        share = handing_in.sealed(entry.decision) if entry.sealed else share
        painter.setFont(look.font(11))
        painter.setPen(look.colour("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -px(8), 0), middle | Qt.AlignmentFlag.AlignRight, share)
        painter.setFont(look.font(13, bold=chosen))
        painter.setPen(look.colour("accent_deep" if chosen else "quiet" if entry.quiet else "ink"))
        room = rect.adjusted(px(24), 0, -px(8) - painter.fontMetrics().horizontalAdvance(share), 0)
        text = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, text)


class Navigation(QFrame):
    """``picked``: the id of the filing that a person chose."""

    picked = Signal(int)

    def __init__(
        self, workspace: Workspace, shelf: Shelf, look: Look, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.workspace = workspace
        self.shelf = shelf
        self.look = look
        self._actions = actions
        new, overview = actions["new"], actions["overview"]
        self.list = QListWidget()
        self.list.setItemDelegate(EntryDelegate(look, self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListWidget { border: 0; background: transparent; }")
        self.list.setAccessibleName(say.GROUPS["overall-target"])
        self._list_shown = ""
        self.new = QPushButton(say.NEW_FILING)
        self.new.setObjectName("ghost")
        self.new.clicked.connect(new.trigger)
        self.overview = QPushButton(say.ACTIONS["overview"])
        self.overview.setObjectName("navEntry")
        self.overview.setCheckable(True)
        self.overview.setToolTip(overview.toolTip())
        self.overview.clicked.connect(overview.trigger)
        workspace.listed.connect(lambda: self.overview.setVisible(bool(workspace.infos())))
        self.bureau = QPushButton(say.ACTIONS["bureau"])
        self.bureau.setObjectName("navEntry")
        self.bureau.setCheckable(True)
        self.bureau.setToolTip(actions["bureau"].toolTip())
        self.bureau.clicked.connect(actions["bureau"].trigger)
        self.bureau.hide()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.bureau)
        self._column.addWidget(self.overview)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        shelf.changed.connect(self.show_state)
        workspace.opened.connect(self.show_state)
        self.list.itemClicked.connect(self._pick)
        self.list.itemActivated.connect(self._pick)
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(0, px(6), 0, px(8))
        self.new.setIcon(self.look.icon("add"))
        self.overview.setIcon(self.look.icon("chart"))
        self.bureau.setIcon(self.look.icon("folder-open"))
        self.new.setContentsMargins(px(8), 0, 0, 0)
        self.list.doItemsLayout()

    def mark_overview(self, shown: bool) -> None:
        """The overview is what is shown, or one of the filings again."""
        self.overview.setChecked(shown)
        if shown:
            self.list.setCurrentRow(-1)
        self.show_state()

    def mark_bureau(self, shown: bool) -> None:
        """The bureau's place is what is shown, or one of the filings again."""
        self.bureau.setChecked(shown)
        if shown:
            self.list.setCurrentRow(-1)
        self.show_state()

    def mark_list(self, action: str, shown: bool) -> None:
        """The list that this action shows is what is shown, or something else again."""
        if shown or self._list_shown == action:
            self._list_shown = action if shown else ""
        self.show_state()

    def show_state(self) -> None:
        """The same lines keep their items, so that nothing jumps while states come in."""
        entries = self.shelf.entries()
        while self.list.count() > len(entries):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(entries):
            self.list.addItem(QListWidgetItem())
        other = self.overview.isChecked() or self.bureau.isChecked()
        here = None if other or self.workspace.filing is None else self.workspace.filing.id
        here = None if self._list_shown else here
        for number, entry in enumerate(entries):
            item = self.list.item(number)
            if item.data(ENTRY) != entry:
                item.setData(ENTRY, entry)
                item.setFlags(self._flags(entry))
                item.setToolTip("" if entry.heading else self._tip(entry))
                told = entry.text if entry.heading else " ".join(self._tip(entry).split())
                item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
            shown = entry.id == here if entry.id is not None else self._is_list(entry)
            if shown and self.list.currentItem() is not item:
                self.list.setCurrentItem(item)

    def _flags(self, entry: Entry) -> Qt.ItemFlag:
        if entry.heading:
            return Qt.ItemFlag.ItemIsEnabled if entry.folds else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _tip(self, entry: Entry) -> str:
        if entry.action:
            return self._actions[entry.action].toolTip()
        told = say.state_tip(entry.text, entry.standing.state, entry.standing.filled, entry.standing.wanted)
        return f"{told}{say.SEPARATOR}{handing_in.sealed(entry.decision)}" if entry.sealed else told

    def _pick(self, item: QListWidgetItem) -> None:
        entry: Entry = item.data(ENTRY)
        if entry.folds:
            self.shelf.fold(entry.action)
        elif entry.action:
            self.show_state()
            if entry.year is not None:
                self.workspace.choose(self.workspace.unit, entry.year)
            self._actions[entry.action].trigger()
        elif entry.id is not None:
            self.picked.emit(entry.id)

    def _is_list(self, entry: Entry) -> bool:
        """The way to the list that is shown, of this year."""
        return (
            bool(entry.action)
            and entry.action == self._list_shown
            and entry.year is None
            and not entry.heading
        )
