"""Suggestions from the indicator library below a name that is being typed in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from perfdesk.catalog import label_key
from perfdesk.model.filing import depth
from ui.form.library_rows import fill, names_in, proposal
from ui.messages import library as say
from ui.models.library import source_of
from ui.two_sided import LINE, RIGHT, TwoSided

if TYPE_CHECKING:
    from perfdesk.library import Entry
    from perfdesk.model.filing import Row
    from ui.form.cells import CellEdit
    from ui.form.grid import GridView
    from ui.look import Look
    from ui.models.indicators import IndicatorModel
    from ui.workspace import Workspace

MOST = 8
WIDTH = 440
ENTRY = Qt.ItemDataRole.UserRole + 1
KEY = Qt.Key


class Suggestions(QFrame):
    """The list below the editor. A child of the window, never focused: typing and input methods do not notice it."""

    taken = Signal(object)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("suggestions")
        self.look = look
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(TwoSided(look, self.list))
        self.explain = QLabel()
        self.explain.setWordWrap(True)
        self.keys = QLabel()
        self.keys.setObjectName("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for widget in (self.list, self.explain, self.keys):
            column.addWidget(widget)
        self.list.itemClicked.connect(lambda item: self.taken.emit(item.data(ENTRY)))
        self.list.currentRowChanged.connect(self._explain)
        self.hide()

    def words_of(self, entry: Any) -> tuple[str, str]:
        """What stands at the left and at the right of its line."""
        return entry.name, _note(entry)

    def explain_of(self, entry: Any) -> str:
        return entry.explain

    def offer(self, entries: tuple[Any, ...], editor: QWidget, ready: bool) -> None:
        """Show them below the editor (above it where there is no room); ``ready``: the first is chosen already."""
        self.list.clear()
        for entry in entries:
            left, right = self.words_of(entry)
            item = QListWidgetItem(left)
            item.setData(ENTRY, entry)
            item.setData(RIGHT, right)
            self.list.addItem(item)
        self.list.setCurrentRow(0 if ready else -1)
        self._explain()
        self._place(editor)
        self.show()
        self.raise_()

    def _explain(self) -> None:
        entry = self.chosen()
        said = self.explain_of(entry) if entry is not None else ""
        self.explain.setVisible(bool(said))
        self.explain.setText(said)
        self.keys.setText(say.SUGGEST_KEYS_READY if entry else say.SUGGEST_KEYS)

    def _place(self, editor: QWidget) -> None:
        px, window = self.look.px, self.window()
        pad = px(10)
        self.explain.setContentsMargins(pad, px(5), pad, 0)
        self.keys.setContentsMargins(pad, px(4), pad, px(5))
        lines = self.explain.fontMetrics().lineSpacing()
        # Room for two lines of explanation is kept, so that nothing jumps while one goes through the list.
        self.explain.setMinimumHeight(2 * lines + px(6))
        self.list.setFixedHeight(px(LINE) * self.list.count() + 2)
        above = editor.mapTo(window, QPoint(0, 0))
        self.setFixedWidth(min(max(px(WIDTH), editor.width()), window.width() - px(16)))
        height = px(LINE) * self.list.count() + 3 * lines + px(26)
        self.resize(self.width(), height)
        self.setFixedHeight(height)
        left = min(above.x(), window.width() - self.width() - px(8))
        below = above.y() + editor.height() + px(2)
        room = below + height <= window.height()
        self.move(max(left, 0), below if room else max(above.y() - height - px(2), 0))

    def chosen(self) -> Any:
        item = self.list.currentItem()
        return item.data(ENTRY) if item and self.list.currentRow() >= 0 else None

    def step(self, by: int) -> None:
        """Up from the first line leads back to what was typed."""
        self.list.setCurrentRow(min(max(self.list.currentRow() + by, -1), self.list.count() - 1))


def _note(entry: Entry) -> str:
    target = f"{entry.usual or entry.direction} {entry.unit}".strip()
    if entry.usual.endswith(entry.unit):
        target = entry.usual or entry.unit
    came = say.source(entry.origin, entry.uses, entry.year) if entry.origin == "own" else entry.theme
    return "　".join(p for p in (target, came) if p)


class Completion(QObject):
    """Watches the editors of one tree. What is taken becomes one step: the name, and what is empty beside it."""

    def __init__(self, grid: GridView, model: IndicatorModel, workspace: Workspace, look: Look) -> None:
        super().__init__(grid)
        self.grid = grid
        self.model = model
        self.workspace = workspace
        self.look = look
        self.source = source_of(workspace)
        self.popup: Suggestions | None = None
        self._editor: CellEdit | None = None
        self._row = ""
        self._composing = False
        self._there: frozenset[str] | None = None
        grid.cells.opened.connect(self._begin)
        grid.verticalScrollBar().valueChanged.connect(self._hide)
        self.source.ready.connect(self._suggest)

    def _begin(self, editor: CellEdit, index: QPersistentModelIndex) -> None:
        """An editor opens: of a name it is watched, of an empty value it says what is usual."""
        row = self.model.row_at(index)
        kind = self.model.columns[index.column()].kind
        if row is None or depth(row) < 3:
            return
        if kind == "name":
            self.source.want()
            self._editor, self._row, self._composing, self._there = editor, row.id, False, None
            editor.textChanged.connect(self._suggest)
            editor.installEventFilter(self)
        elif kind == "value":
            editor.setPlaceholderText(self._proposal(row))

    def _proposal(self, row: Row) -> str:
        form, index = self.workspace.form, self.source.want()
        if form is None or index is None:
            return ""
        usual = proposal(form.tree, index.named(row.get("level3")))
        return say.proposal(usual) if usual else ""

    def _hide(self) -> None:
        if self.popup:
            self.popup.hide()

    def is_open(self) -> bool:
        return self.popup is not None and self.popup.isVisible()

    def _suggest(self) -> None:
        editor, index, form, filing = (
            self._editor,
            self.source.index,
            self.workspace.form,
            self.workspace.filing,
        )
        if (
            index is None
            or form is None
            or filing is None
            or editor is None
            or editor is not self.grid.cells.editor
        ):
            return
        words = editor.toPlainText()
        if not words.strip() or words == editor.stored or self._composing or not editor.hasFocus():
            self._hide()
            return
        if self._there is None:
            # Once for each editor: in a large filing this takes longer than a keystroke may.
            row = filing.row(self._row)
            self._there = names_in(form, filing) - {label_key(row.get("level3")) if row else ""}
        there = self._there
        found = tuple(e for e in index.search(words, MOST * 4) if label_key(e.name) not in there)[:MOST]
        if not found:
            self._hide()
            return
        self._popup().offer(found, editor, ready=_is_pinyin(words))

    def _popup(self) -> Suggestions:
        if self.popup is None:
            self.popup = Suggestions(self.look, self.grid.window())
            self.popup.taken.connect(self.take)
        return self.popup

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        if self._composing or event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.is_open():
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        popup, editor = self.popup, self._editor
        if (
            popup is None
            or editor is None
            or self._composing
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        key = event.key()
        if key in (KEY.Key_Down, KEY.Key_Up):
            popup.step(1 if key == KEY.Key_Down else -1)
            return True
        if key == KEY.Key_Escape:
            self._hide()
            return True
        chosen = popup.chosen()
        if key in (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Tab) and chosen:
            self.take(chosen)
            return True
        return False

    def take(self, entry: Entry) -> None:
        """The entry instead of what was typed; then the value, where it is still missing."""
        space, row_id = self.workspace, self._row
        self._hide()
        if space.form is None or space.filing is None:
            return
        step = fill(space.form, space.filing, row_id, entry)
        self.grid.revert()
        if step is not None and not space.apply(step):
            return
        self.grid.show_cell(row_id, self.model.column_of("target"))
        row = space.filing.row(row_id) if space.filing else None
        if row and row.get("target").strip() in ("", entry.direction):
            self.grid.edit(self.grid.currentIndex())


def _is_pinyin(words: str) -> bool:
    """Letters that nobody wants to stand as a name: what they stand for is meant."""
    return len(words) > 1 and words.isascii() and words.isalpha() and words.islower()
