"""What came with a folder is looked at, reviewed and taken; the tree comes from a list in Excel."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk import VERSION, catalog
from perfdesk.bureau.choosing import Wish, arranged
from perfdesk.bureau.placing import Tree
from perfdesk.findings_paper import Reviewed
from perfdesk.formats.manifest_zip import SUBMISSION, zip_bytes
from perfdesk.model.bureau import Node
from perfdesk.model.collected import Choice, Collection, PaperSeen, Refused, Seen, Unplaced, Version
from perfdesk.sample import sample_filings
from perfdesk.submission.made import Handed, Whose, manifest_of, parts_of
from tests.ui.bureau.conftest import TREE, YEAR
from ui.bureau.unit_model import STATE

if TYPE_CHECKING:
    from tests.ui.bureau.bench import Bench

UNIT = TREE[2]
PAPER = PaperSeen("zhengzhou-2021/overall-target", "整体绩效目标申报表", "", "p")


def seen(path: str, name: str = UNIT.name, digest: str = "d") -> Seen:
    return Seen(path, name, YEAR, (PAPER,), digest, 0.0, True, "", "2021-03-01")


def found(bench: Bench) -> Collection:
    """A new one, one that came twice, a stranger's, a broken one."""
    twice = (Version((seen("/u/二.zip", digest="2"),), "2"), Version((seen("/u/一.zip", digest="1"),), "1"))
    stored = bench.commands.year.handing(UNIT.key)
    return Collection(
        (
            Choice(UNIT, YEAR, twice, 0, "newer", stored),
            Choice(TREE[3], YEAR, (Version((seen("/u/三.zip"),), "3"),), 0, "first"),
            Choice(TREE[5], YEAR, (Version((seen("/u/四.zip"),), "4"),), None, "same", stored),
        ),
        (Unplaced(seen("/u/五.zip", "市政工程管理处", "5"), (TREE[3],)),),
        (Refused("/u/坏.zip", "package-changed", "“坏.zip”被改动过，没有收。"),),
        files=6,
    )


def test_what_came_is_shown_newest_proposed_and_what_cannot_be_taken_with_its_reason(bench: Bench) -> None:
    dialog = bench.commands.collecting.dialog(found(bench))
    lines = [(line.kind, line.unit, line.ticked) for line in dialog.model.lines]
    assert lines == [
        ("newer", "住房保障中心", True),
        ("first", "市政工程处", True),
        ("unplaced", "市政工程管理处", False),
        ("refused", "坏.zip", False),
        ("same", "第一实验小学", False),
    ]
    assert dialog.take.text() == "收下 2 个"
    assert dialog.model.lines[3].files == "“坏.zip”被改动过，没有收。"
    dialog.deleteLater()


def test_ticks_and_versions_are_chosen_by_a_person(bench: Bench) -> None:
    dialog = bench.commands.collecting.dialog(found(bench))
    dialog.show()
    buttons = dialog.detail.group.buttons()
    assert len(buttons) == 2 and buttons[0].isChecked()
    buttons[1].click()
    assert [c.version.first.path for c in dialog.chosen()] == ["/u/一.zip", "/u/三.zip"]
    dialog.table.selectRow(1)
    dialog.table.setFocus()
    bench.qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert [c.node for c in dialog.chosen()] == [UNIT]
    bench.qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert len(dialog.chosen()) == 2
    dialog.close()
    dialog.deleteLater()


def test_a_stranger_is_placed_by_a_person_beside_what_came_from_the_unit_otherwise(bench: Bench) -> None:
    """The newer of the two is proposed, and what was chosen of another unit stays chosen."""
    files = (
        seen("/u/二.zip", digest="2"),
        replace(seen("/u/三.zip", TREE[3].name, "3"), unit_code=TREE[3].code),
        replace(seen("/u/五.zip", "市政工程管理处", "5"), made="2021-04-01"),
    )
    tree = Tree(bench.commands.year.store.bureau.nodes())
    dialog = bench.commands.collecting.dialog(arranged(files, tree, Wish(YEAR), lambda _year: ()))
    rows = {line.unit: n for n, line in enumerate(dialog.model.lines)}
    dialog.model.propose(rows[UNIT.name], None)
    dialog.table.selectRow(rows["市政工程管理处"])
    assert not dialog.detail.place.isHidden()
    assert dialog.detail.picker.key == TREE[3].key, "the likeliest is proposed, not taken"
    dialog.detail.this.click()
    assert len(dialog.model.lines) == 2 and [c.node for c in dialog.chosen()] == [TREE[3]]
    (chosen,) = dialog.chosen()
    assert [v.first.path for v in chosen.versions] == ["/u/五.zip", "/u/三.zip"] and chosen.proposed == 0
    assert dialog.model.lines[dialog.row()].choice == chosen, "the line that it is in now is in sight"
    dialog.deleteLater()


def test_a_folder_is_looked_at_reviewed_and_taken(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.bureau import collecting

    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "包.zip").write_bytes(package(TREE[3]))
    (stick / "坏.zip").write_bytes(b"PK" + bytes(100))
    reviewed: list[list[str]] = []

    class Taken(collecting.ReviewDialog):
        def exec(self) -> int:
            reviewed.append([f"{line.kind} {line.unit}" for line in self.model.lines])
            return 1

    monkeypatch.setattr(collecting, "ReviewDialog", Taken)
    bench.page.units.dropped.emit([stick])
    bench.work()
    bench.work()
    assert reviewed == [["first 市政工程处", "refused 坏.zip"]]
    assert bench.told(TREE[3].key, STATE) == "已报"
    assert "已收下 1 个单位的表" in bench.window.notice.text.text()


def test_a_new_bureau_takes_whatever_year_comes_and_shows_it(
    empty: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.bureau import collecting

    monkeypatch.setattr(collecting.ReviewDialog, "exec", lambda _dialog: 1)
    empty.commands.begin()
    empty.store.bureau.put_nodes(TREE)
    empty.commands.year.load()
    empty.rest()
    assert empty.commands.year.year != YEAR
    (tmp_path / "包.zip").write_bytes(package(TREE[3]))
    empty.commands.collecting.look_at([tmp_path / "包.zip"])
    empty.work()
    empty.work()
    assert empty.commands.year.year == YEAR and empty.told(TREE[3].key, STATE) == "已报"
    assert empty.page.years.currentText() == f"{YEAR} 年度"


def drop(widget: QWidget, path: Path) -> bool:
    """True where the widget itself takes it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    kept = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(5, 5), *kept)
    over.setAccepted(False)
    QApplication.sendEvent(widget, over)
    if over.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), *kept))
    return over.isAccepted()


def test_what_is_dropped_anywhere_on_the_page_is_looked_at_and_not_imported(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []
    monkeypatch.setattr(bench.commands.collecting, "look_at", looked.extend)
    bench.page.dropped.disconnect()
    bench.page.dropped.connect(bench.commands.collecting.look_at)
    for number in (0, 1):
        bench.page.tabs.chosen.emit(number)
        assert drop(bench.page, tmp_path)
    assert drop(bench.page.units, tmp_path)
    bench.driver.settle()
    assert looked == [tmp_path] * 3


def test_before_it_is_a_bureau_what_is_dropped_goes_to_the_window(empty: Bench) -> None:
    here = empty.page.ask
    while here is not empty.window:
        assert not here.acceptDrops()
        here = here.parentWidget()
    assert empty.window.acceptDrops()


def package(node: Node) -> bytes:
    """As the unit's own program makes it, without the exported files."""
    numbers, known = count(1), catalog.load()
    filing = next(f for f in sample_filings(known, lambda: f"r{next(numbers)}") if f.year == YEAR)
    rows = tuple(r.with_cell("unit_name", node.name) if r.id == "basic" else r for r in filing.rows)
    handed = (Handed(Reviewed(known.form(filing.form), replace(filing, rows=rows), ())),)
    whose = Whose(node.name, node.code, YEAR, "2021-03-01", VERSION)
    return zip_bytes(SUBMISSION, manifest_of(whose, handed, known), parts_of(handed))[0]


def test_a_tree_in_excel_is_shown_before_it_is_used(bench: Bench) -> None:
    from perfdesk.bureau.tree_files import Mistake, TreeRead
    from ui.bureau.tree_import import TreeImport

    importing = TreeImport(bench.commands.year, bench.driver.desk.look, bench.window)
    more = (*TREE, Node("410203", "410203", "第三实验小学", "unit", "4102", True))
    dialog = importing.dialog("单位.xlsx", TreeRead(more, ()))
    assert dialog.model.index_of("410203").isValid() and not dialog.take.isHidden()
    importing.take(more)
    bench.rest()
    assert "第三实验小学" in bench.names()
    wrong = importing.dialog(
        "单位.xlsx", TreeRead((), (Mistake("code-twice", "表1", 3, "第 3 行：编码重复。"),))
    )
    assert wrong.take.isHidden() and wrong.mistakes.item(0).text() == "表1　第 3 行：编码重复。"
    for one in (dialog, wrong):
        one.deleteLater()
