"""What an eye would stumble over in a window: words that are cut, things that lie on each other, things that have no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSplitterHandle,
    QTextEdit,
    QToolButton,
    QWidget,
)

from ui.tabs import TabRow

if TYPE_CHECKING:
    from collections.abc import Iterator

SLACK = 1
"""Pixels that rounding may cost."""
INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractItemView)


def troubles(window: QWidget) -> list[str]:
    """Every cut word, every widget that leaves its parent, every two that overlap."""
    return [*cut_words(window), *outside(window), *overlaps(window)]


def shown(window: QWidget) -> Iterator[QWidget]:
    """What this window shows of its own: no scroll bars, nothing of another window, nothing inside a list or a grid."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window and not _of_toolkit(widget):
            yield widget


def _of_toolkit(widget: QWidget) -> bool:
    above = widget.parentWidget()
    inner = isinstance(above, QComboBox | QAbstractItemView | QLineEdit) or (
        above is not None and isinstance(above.parentWidget(), QAbstractItemView)
    )
    return inner or isinstance(widget, QScrollBar | QSplitterHandle) or widget.objectName().startswith("qt_")


def named(widget: QWidget | None) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__}#{widget.objectName() if widget else ''} {text[:24]!r}"


def cut_words(window: QWidget) -> Iterator[str]:
    for widget in shown(window):
        if needed := _missing(widget):
            have = widget.size()
            yield f"cut: {named(widget)} needs {needed.width()}x{needed.height()}, has {have.width()}x{have.height()}"


def _missing(widget: QWidget) -> QSize | None:
    """The room that the words want, where they have less."""
    wants = QSize(0, 0)
    if isinstance(widget, QLabel) and widget.text():
        wants = _label(widget)
    elif isinstance(widget, QPushButton | QToolButton | QCheckBox | QRadioButton):
        high = widget.fontMetrics().height() if widget.text() else widget.iconSize().height()
        wants = QSize(widget.sizeHint().width(), high)
    elif isinstance(widget, QComboBox):
        wants = QSize(widget.fontMetrics().horizontalAdvance(widget.currentText()) + 20, 0)
    elif isinstance(widget, QLineEdit) and not widget.text():
        wants = QSize(widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + 8, 0)
    short = wants.width() > widget.width() + SLACK or wants.height() > widget.height() + SLACK
    return wants if short else None


def _label(label: QLabel) -> QSize:
    if label.wordWrap():
        return QSize(0, min(label.heightForWidth(label.width()), label.sizeHint().height() + 10_000))
    if "<" in label.text() and label.textFormat().name != "PlainText":
        document = QTextDocument()
        document.setDefaultFont(label.font())
        document.setHtml(label.text())
        return QSize(round(document.idealWidth() - 2 * document.documentMargin()), 0)
    lines = label.text().split("\n")
    wide = max(label.fontMetrics().horizontalAdvance(line) for line in lines)
    edge = label.width() - label.contentsRect().width()
    return QSize(wide + edge, label.fontMetrics().height() * len(lines))


def outside(window: QWidget) -> Iterator[str]:
    """What goes over the edge of its parent; in a scrolled area it may, but only the way one can scroll."""
    for widget in shown(window):
        above = widget.parentWidget()
        if above is None or widget.isWindow():
            continue
        area = above.parentWidget()
        room = above.rect()
        if isinstance(area, QAbstractScrollArea):
            room.setBottom(widget.geometry().bottom())
            room.setTop(widget.geometry().top())
        if isinstance(area, TabRow):
            room.setLeft(widget.geometry().left())
            room.setRight(widget.geometry().right())
        if not room.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
            yield f"outside: {named(widget)} {_box(widget.geometry())} of {named(above)} {_box(above.rect())}"


def overlaps(window: QWidget) -> Iterator[str]:
    families: dict[int, list[QWidget]] = {}
    for widget in shown(window):
        if above := widget.parentWidget():
            families.setdefault(id(above), []).append(widget)
    for children in families.values():
        for place, one in enumerate(children):
            for other in children[place + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > SLACK and both.height() > SLACK:
                    yield f"overlap: {named(one)} {_box(one.geometry())} and {named(other)} {_box(other.geometry())}"


def nameless(window: QWidget) -> list[str]:
    """Things to press or fill in of which a screen reader would say nothing."""
    return [
        f"{named(w)} in {named(w.parentWidget())}"
        for w in shown(window)
        if isinstance(w, INTERACTIVE) and not _spoken(w)
    ]


def _spoken(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    buddy = any(
        label.buddy() is widget for label in widget.window().findChildren(QLabel) if label.text().strip()
    )
    return widget.accessibleName() or words or ("label" if buddy else "")


def _box(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}x{rect.height()}"
