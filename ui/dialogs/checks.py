"""All rules of the check: what each looks for and why, with an example; each can be switched off with a reason."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.rule_book import Entry, rule_book
from ui import messages as say
from ui.fitting import open_at
from ui.messages import checks as words

if TYPE_CHECKING:
    from ui.look import Look
    from ui.switched import Switched

CODE = Qt.ItemDataRole.UserRole + 1


class ChecksDialog(QDialog):
    """Rules by topic at the left, the chosen one at the right. ``code``: the rule to begin with."""

    def __init__(self, switched: Switched, look: Look, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.RULES_TITLE)
        self.switched = switched
        self.look = look
        self.book: dict[str, Entry] = {e.code: e for e in rule_book()}
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.SEARCH)
        self.search.setAccessibleName(words.SEARCH)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.narrow)
        self.rules = QTreeWidget()
        self.rules.setObjectName("units")
        self.rules.setHeaderLabels(list(words.RULES_COLUMNS))
        self.rules.setAccessibleName(words.RULES_TITLE)
        self.rules.currentItemChanged.connect(lambda *_: self.show_rule())
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(words.RULES_TITLE)
        self.page.setFont(look.font())
        self.reason = QLineEdit()
        self.reason.setAccessibleName(words.REASON)
        self.reason.setPlaceholderText(words.REASON_WANTED)
        self.reason.textChanged.connect(self._offer)
        self.turn = QPushButton()
        self.turn.setAutoDefault(False)
        self.turn.clicked.connect(self.toggle)
        self.count = QLabel()
        self.count.setObjectName("muted")
        self._lay_out()
        self._fill()
        self.choose(code if code in self.book else next(iter(self.book)))

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(860), px(580))
        left, right = QWidget(), QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.search)
        rows.addWidget(self.rules, 1)
        told = QVBoxLayout(right)
        told.setContentsMargins(px(10), 0, 0, 0)
        told.addWidget(self.page, 1)
        told.addWidget(self.reason)
        told.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)
        both = QSplitter()
        both.addWidget(left)
        both.addWidget(right)
        both.setSizes([px(470), px(350)])
        both.setChildrenCollapsible(False)
        hint = QLabel(words.RULES_HINT)
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        close = QPushButton(say.CLOSE)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        ending = QHBoxLayout()
        ending.addWidget(self.count, 1)
        ending.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(hint)
        column.addWidget(both, 1)
        column.addLayout(ending)

    def _fill(self) -> None:
        topics: dict[str, QTreeWidgetItem] = {}
        for entry in self.book.values():
            top = topics.get(entry.topic)
            if top is None:
                top = topics[entry.topic] = QTreeWidgetItem([entry.topic])
                self.rules.addTopLevelItem(top)
                top.setFirstColumnSpanned(True)
                top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = QTreeWidgetItem([entry.title, words.SEVERITIES[entry.severity], ""])
            item.setData(0, CODE, entry.code)
            item.setToolTip(0, entry.title)
            top.addChild(item)
        self.rules.expandAll()
        self.rules.setColumnWidth(0, self.look.px(278))
        self.rules.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rules.setColumnWidth(1, self.look.px(60))
        self._mark()

    def _mark(self) -> None:
        """Which are off, in the list and below it."""
        for item in self._items():
            off = item.data(0, CODE) in self.switched.off
            item.setText(2, words.OFF if off else words.ON)
            for column in range(3):
                item.setForeground(column, self.look.colour("muted" if off else "ink"))
        known = [code for code in self.switched.off if code in self.book]
        self.count.setText(words.counted(len(self.book), len(known)))

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [self.rules.topLevelItem(n) for n in range(self.rules.topLevelItemCount())]
        return [top.child(n) for top in tops if top for n in range(top.childCount())]

    # --- which rule ---

    def choose(self, code: str) -> None:
        for item in self._items():
            if item.data(0, CODE) == code:
                self.rules.setCurrentItem(item)
                self.rules.scrollToItem(item)

    def code(self) -> str:
        item = self.rules.currentItem()
        return str(item.data(0, CODE) or "") if item else ""

    def narrow(self, text: str) -> None:
        """Only rules in whose words ``text`` stands."""
        wanted = text.strip()
        for item in self._items():
            entry = self.book[item.data(0, CODE)]
            item.setHidden(wanted not in f"{entry.title}{entry.why}{entry.example}{entry.topic}{entry.code}")
        for number in range(self.rules.topLevelItemCount()):
            top = self.rules.topLevelItem(number)
            if top:
                top.setHidden(all(top.child(n).isHidden() for n in range(top.childCount())))

    def show_rule(self) -> None:
        entry = self.book.get(self.code())
        off = self.switched.off.get(self.code())
        self.reason.clear()
        self.reason.setVisible(entry is not None and off is None)
        self.turn.setVisible(entry is not None)
        self.turn.setText(words.TURN_OFF if off is None else words.TURN_ON)
        self._offer()
        if entry is None:
            self.page.clear()
            return
        lines = [
            f"<h3>{escape(entry.title)}</h3>",
            _part(words.WHY, entry.why),
            _part(words.EXAMPLE, entry.example),
        ]
        if entry.source:
            lines.append(_part(words.SOURCE, entry.source))
        if off is not None:
            lines.append(f"<p><b>{escape(words.switched_off(off.at, off.reason))}</b></p>")
        self.page.setHtml("".join(lines))

    def _offer(self) -> None:
        off = self.code() in self.switched.off
        self.turn.setEnabled(off or bool(self.reason.text().strip()))

    # --- on and off ---

    def toggle(self) -> None:
        code = self.code()
        done = (
            self.switched.turn_on(code)
            if code in self.switched.off
            else self.switched.turn_off(code, self.reason.text())
        )
        if done:
            self._mark()
            self.show_rule()


def _part(name: str, text: str) -> str:
    return f"<p><b>{name}</b><br>{escape(text)}</p>"
