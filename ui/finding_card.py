"""One finding as a card: a coloured edge, a heading, the sentence, links that mend it, explain it or lead there."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from perfdesk.model.finding import Finding
from ui import messages as say
from ui.messages import checks as rules
from ui.messages import units as words

if TYPE_CHECKING:
    from ui.look import Look

EDGES = {"error": "error", "warning": "warning", "hint": "dot"}


class ExplainEdit(QPlainTextEdit):
    """``done``: Ctrl+Enter; ``given_up``: Esc."""

    done = Signal()
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter is ours while one writes here, not the window's shortcut for a new row."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_done(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_done(event):
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


def _is_help(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1


def _is_done(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class FindingCard(QWidget):
    """``jumped``: to the place; ``mended``: by this step; ``explained``: with this text (empty: taken away).
    ``text`` is the explanation, empty where the finding is open. ``closed``: of an archived filing, it only leads to its place.
    ``ruled``: the page of its rule is asked for."""

    jumped = Signal(object)
    mended = Signal(object)
    explained = Signal(object, str)
    ruled = Signal(str)

    def __init__(self, finding: Finding, look: Look, text: str = "", closed: bool = False) -> None:
        super().__init__()
        self.finding = finding
        self.closed = closed
        self.look = look
        self.text = text
        px = look.px
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(13), px(8), px(10), px(8))
        self._column.setSpacing(px(2))
        self._add_words()
        self.links = QLabel(self._links())
        self.links.setWordWrap(True)
        self.links.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.links.linkActivated.connect(self.follow)
        self._column.addWidget(self.links)
        self.links.setVisible(bool(self.links.text()))  # only now: without a parent it would be a window
        self.editor: ExplainEdit | None = None
        if finding.source:
            self.setToolTip(finding.source)

    def lines(self) -> list[tuple[str, str]]:
        """What stands on it, one below the other, and the names of the looks."""
        said = words.explained(self.text) if self.text else ""
        return [(self.finding.title, "dialogTitle"), (self.finding.message, ""), (said, "quiet")]

    def _add_words(self) -> None:
        for text, name in self.lines():
            if text:
                label = QLabel(text)
                label.setObjectName(name)
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
                self._column.addWidget(label)

    def _links(self) -> str:
        named = self.ways()
        style = f"color:{self.look.theme.colour('accent')};text-decoration:none"
        return say.SEPARATOR.join(
            f'<a href="{key}" style="{style}">{escape(text)}</a>' for key, text in named
        )

    def ways(self) -> list[tuple[str, str]]:
        """Where its links lead, and their words: the fixes by their numbers, the explanation, the jump."""
        named = [] if self.closed else self._settling()
        return [*named, ("jump", whole(say.JUMP)), ("rule", whole(rules.THIS_RULE))]

    def _settling(self) -> list[tuple[str, str]]:
        named = [(str(n), step.label) for n, step in enumerate(self.finding.fixes)]
        if self.text:
            named += [("explain", whole(words.EXPLAIN_AGAIN)), ("away", whole(words.EXPLAIN_AWAY))]
        elif self.finding.severity != "error":
            named.append(("explain", whole(words.EXPLAIN)))
        return named

    def jump(self) -> None:
        self.jumped.emit(self.finding.goes_to)

    def follow(self, link: str) -> None:
        match link:
            case "jump":
                self.jump()
            case "explain":
                self.open_editor()
            case "rule":
                self.ruled.emit(self.finding.code)
            case "away":
                self.explained.emit(self.finding, "")
            case _:
                self.mended.emit(self.finding.fixes[int(link)])

    # --- the explanation ---

    def open_editor(
        self, placeholder: str = words.EXPLAIN_PLACEHOLDER, save: str = words.EXPLAIN_SAVE
    ) -> None:
        """An editor in the card; nothing else of the window is in the way."""
        if self.editor is not None:
            self.editor.setFocus()
            return
        self.editor = ExplainEdit(self.text)
        self.editor.setPlaceholderText(placeholder)
        self.editor.setAccessibleName(placeholder)
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(self.look.px(76))
        self.editor.done.connect(self.save)
        self.editor.given_up.connect(self.close_editor)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, self.look.px(4), 0, 0)
        for text, name, do in (
            (save, "primary", self.save),
            (say.CANCEL, "", self.close_editor),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.clicked.connect(do)
            row.addWidget(button)
        row.addStretch(1)
        self._column.addWidget(self.editor)
        self._column.addWidget(self._buttons)
        self.links.hide()
        for widget in (self.editor, self._buttons):
            widget.show()  # at once: what is not shown takes no focus
        self.editor.setFocus()

    def save(self) -> None:
        if self.editor is not None and (text := self.editor.toPlainText().strip()):
            self.explained.emit(self.finding, text)

    def close_editor(self) -> None:
        if self.editor is not None:
            for widget in (self.editor, self._buttons):
                self._column.removeWidget(widget)
                widget.deleteLater()
            self.editor = None
            self.links.show()

    # --- keys, mouse and paint ---

    def event(self, event: QEvent) -> bool:
        """F1 on one of its links is about this finding, not about the page of the form."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_help(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_help(event):
            self.ruled.emit(self.finding.code)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.editor is None:
            self.jump()
        event.accept()

    @property
    def edge(self) -> str:
        """The name of its colour."""
        return "dot" if self.text else EDGES[self.finding.severity]

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded box whose left edge is as thick and red as the finding is grave; a settled one is quiet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, self.look.px(8), self.look.px(8))
        colour = self.look.colour(self.edge)
        painter.fillPath(path, self.look.colour("paper"))
        painter.setClipPath(path)
        edge = QRectF(0, 0, self.look.px(3), self.height())
        painter.fillRect(edge, colour)
        painter.setClipping(False)
        painter.setPen(QPen(self.look.colour("line"), 1))
        painter.drawPath(path)
        painter.setClipRect(edge)
        painter.setPen(QPen(colour, 1.5))
        painter.drawPath(path)


def whole(text: str) -> str:
    """Words that no line breaks."""
    return "\u2060".join(text)
