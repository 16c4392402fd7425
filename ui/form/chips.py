"""Values of the tables in a text as chips: one character for cursor and selection, drawn with the value of now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPen,
    QPyTextObject,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from perfdesk.bound import Resolve, bound_in, bound_text

if TYPE_CHECKING:
    from ui.look import Look

CHIP = QTextFormat.ObjectTypes.UserObject.value + 1
NAME = QTextFormat.Property.UserProperty.value + 1
MARK = "\ufffc"
"""What stands in the document for an object."""
SIDE = 3


def nothing(_name: str) -> str | None:
    """Without a filing no name means anything."""
    return None


class Chips(QPyTextObject):
    """Draws the chips of one editor. ``resolve`` says what a name means now; ``cursor`` is the editor's, for what is selected."""

    def __init__(self, look: Look, document: QTextDocument) -> None:
        super().__init__(document)
        self.look = look
        self.resolve: Resolve = nothing
        self.selected: tuple[int, int] = (0, 0)
        self._values: dict[str, str | None] = {}
        document.documentLayout().registerHandler(CHIP, self)

    def value(self, name: str) -> str | None:
        """What the name means now; None where it means nothing."""
        name = name.strip()
        if name not in self._values:
            self._values[name] = self.resolve(name)
        return self._values[name]

    def renew(self) -> bool:
        """Ask again what every name means; True where one means something else now."""
        old = self._values
        self._values = {name: self.resolve(name) for name in old}
        return old != self._values

    def shown(self, name: str) -> str:
        """An empty value and a name that means nothing show the name, so that there is something to see."""
        return self.value(name) or name

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:
        measure = QFontMetricsF(doc.defaultFont())
        wide = measure.horizontalAdvance(self.shown(format.property(NAME))) + 2 * self.look.px(SIDE) + 2
        room = doc.textWidth() - 2 * doc.documentMargin()
        return QSizeF(min(wide, room) if room > 0 else wide, measure.height())

    def drawObject(
        self, painter: QPainter, rect: QRectF, doc: QTextDocument, posInDocument: int, format: QTextFormat
    ) -> None:
        name, look = format.property(NAME), self.look
        known = self.value(name) is not None
        chosen = self.selected[0] <= posInDocument < self.selected[1]
        box = rect.adjusted(1.5, 0.5, -1.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen if known else QPen(look.colour("error"), 1))
        # The toolkit lays the colour of the selection over it, half transparent: what is below must be as far apart as can be.
        painter.setBrush(look.colour("accent_ground" if known and not chosen else "paper"))
        painter.drawRoundedRect(box, look.px(3), look.px(3))
        painter.setFont(doc.defaultFont())
        painter.setPen(look.colour("ink" if chosen else "accent_deep" if known else "error"))
        text = QFontMetricsF(doc.defaultFont()).elidedText(
            self.shown(name), Qt.TextElideMode.ElideMiddle, rect.width() - 2 * look.px(SIDE)
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


# --- texts in and out -------------------------------------------------------------------------------------------------


def insert(cursor: QTextCursor, raw: str) -> None:
    """Put a text in at the cursor, what is bound in it as chips."""
    cursor.beginEditBlock()
    at = 0
    for bound in bound_in(raw):
        cursor.insertText(raw[at : bound.start], QTextCharFormat())
        cursor.insertText(MARK, _chip(raw[bound.start + 2 : bound.end - 2]))
        at = bound.end
    cursor.insertText(raw[at:], QTextCharFormat())
    cursor.endEditBlock()


def _chip(name: str) -> QTextCharFormat:
    """``name`` as it is written, with its spaces: the text must come out as it went in."""
    made = QTextCharFormat()
    made.setObjectType(CHIP)
    made.setProperty(NAME, name)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return made


def pieces(document: QTextDocument, start: int = 0, end: int = -1) -> Iterator[tuple[str, bool]]:
    """What stands from ``start`` to ``end`` (-1: the end): texts, and the names of chips (True). Lines end with ``\\n``."""
    end = document.characterCount() - 1 if end < 0 else end
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        yield from _of_block(block, start, end)
        last = block.position() + block.length() - 1
        block = block.next()
        if block.isValid() and start <= last < end:
            yield "\n", False


def _of_block(block: QTextBlock, start: int, end: int) -> Iterator[tuple[str, bool]]:
    for each in block:  # type: ignore[attr-defined]
        fragment = each.fragment()
        first, last = max(fragment.position(), start), min(fragment.position() + fragment.length(), end)
        text = _cut(fragment.text(), first - fragment.position(), last - fragment.position())
        if first < last and fragment.charFormat().objectType() == CHIP:
            yield from ((fragment.charFormat().property(NAME), True) for _ in text)
        elif first < last:
            yield text.replace("\u2028", "\n").replace(MARK, ""), False


def _cut(text: str, start: int, end: int) -> str:
    """By the toolkit's positions: a rare character counts as two."""
    return text.encode("utf-16-le")[2 * start : 2 * max(end, start)].decode("utf-16-le", "ignore")


def raw_text(document: QTextDocument, start: int = 0, end: int = -1) -> str:
    return "".join(bound_text(t) if chip else t for t, chip in pieces(document, start, end))


def chip_at(document: QTextDocument, position: int) -> str | None:
    """The name of the chip that is the character at ``position``."""
    if not 0 <= position < document.characterCount() - 1 or document.characterAt(position) != MARK:
        return None
    cursor = QTextCursor(document)
    cursor.setPosition(position + 1)
    own = cursor.charFormat()
    return own.property(NAME).strip() if own.objectType() == CHIP else None
