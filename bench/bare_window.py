"""The peer of the start: a bare PySide6 window with a tree of 300 rows. Says ``painted``, then ``typing`` when a letter went into a cell.

Run as a program of its own: ``python bench/bare_window.py``; prints each word with the kB of memory that the process takes by then.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMainWindow, QTreeView

from bench.memory import fail_at_once, kilobytes

ROWS = 300


class Window(QMainWindow):
    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, begin)


def model() -> QStandardItemModel:
    made = QStandardItemModel()
    made.setHorizontalHeaderLabels(["一级指标", "二级指标", "三级指标", "指标值", "说明"])
    parent = QStandardItem()
    for number in range(ROWS):
        cells = [QStandardItem(f"第{number}项指标{column}") for column in range(5)]
        if number % 10 == 0:
            parent = cells[0]
            made.appendRow(cells)
        else:
            parent.appendRow(cells)
    return made


def begin() -> None:
    print("painted", kilobytes(), flush=True)
    first = tree.model().index(0, 3)
    tree.setCurrentIndex(first)
    QTest.keyClick(tree.viewport(), Qt.Key.Key_9)
    editor = tree.findChild(QLineEdit)
    assert editor is not None and editor.text() == "9"
    application.processEvents()
    print("typing", kilobytes(), flush=True)
    application.quit()


sys.excepthook = fail_at_once
application = QApplication(sys.argv)
application.setStyle("fusion")
window = Window()
tree = QTreeView()
tree.setModel(model())
tree.expandAll()
tree.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
window.setCentralWidget(tree)
window.resize(1360, 850)
window.show()
application.exec()
