"""The import review: the file beside what was recognised, places walked with one key, cells mended, another edition, the year's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.intake import take_in
from perfdesk.model.change import RemoveRow
from perfdesk.model.change import apply as changed
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.finding import Place
from tests.making import catalog, counter, published
from ui.dialogs.import_review import ImportDialog
from ui.import_reviewed import Beside
from ui.import_same import WAYS
from ui.messages import importing as words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.driver import Driver

SCAN = "text/jiulong-2023-overall-target.txt"


class Review:
    """The dialogue over one file; ``there``: what the store has."""

    def __init__(self, qtbot: QtBot, driver: Driver, path: Path, there: Filing | None = None) -> None:
        self.qtbot = qtbot
        self.new_id = counter("n")
        self.source = read(path)
        found = take_in(self.source, catalog(), self.new_id)
        known = driver.space.all_infos() if there else ()
        beside = Beside(self.source, self.new_id, driver.space.store.filing)
        self.dialog: Any = ImportDialog(
            path.name, found, catalog(), 2021, driver.desk.look, driver.window, "", known, beside
        )
        self.dialog.show()

    @property
    def pane(self) -> Any:
        return self.dialog.pane

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.dialog, key, held)

    def taken(self) -> Filing:
        ((filing, _),) = self.dialog.taken()
        return filing


@pytest.fixture
def open_review(qtbot: QtBot, driver: Driver) -> Iterator[Any]:
    made: list[Review] = []

    def start(path: Path, there: Filing | None = None) -> Review:
        made.append(Review(qtbot, driver, path, there))
        return made[-1]

    yield start
    for review in made:
        review.dialog.close()
        review.dialog.deleteLater()


def test_one_key_walks_what_was_mended_and_marks_it_in_the_file(open_review: Any, forms: Path) -> None:
    review = open_review(forms / SCAN)
    marked: list[Any] = []
    review.pane.pointed.connect(marked.append)
    review.qtbot.waitUntil(review.dialog.isActiveWindow)
    count = len(review.pane.notes)
    assert count == len(review.dialog.cards[0].found.repairs)
    for number in range(count):
        review.press(Qt.Key.Key_F4)
        assert review.pane.list.currentRow() == number
    review.press(Qt.Key.Key_F4)
    assert review.pane.list.currentRow() == 0, "round and round"
    note = review.pane.notes[1]
    row = review.taken().row(note.place.row)
    table = review.source.items[note.spot.item]
    assert table.grid.at()[note.spot.row, note.spot.col].text in row.cells.values()
    assert note.spot in marked and "background" in review.dialog.source.text.toHtml()


def test_a_cell_of_a_pdf_is_outlined_on_its_page(open_review: Any, forms: Path) -> None:
    review = open_review(forms / "office" / "z01.p.pdf")
    filing = review.taken()
    row = list(leaves(filing, "indicators"))[20].row
    pages = review.dialog.source.pages
    review.pane.table.go_to(Place(row.id, "level3"))
    assert pages.said.text() == words.page_of(2, 3)
    review.qtbot.waitUntil(lambda: pages.number in pages._drawn, timeout=20_000)
    (box,) = pages.sheet._boxes
    place = pages.sheet.placed(box)
    assert 0 < place.left() < place.right() < pages.sheet.width()


def test_what_is_typed_over_a_cell_is_taken_in(open_review: Any, forms: Path) -> None:
    review = open_review(forms / "office" / "z04.c.docx")
    leaf = list(leaves(review.taken(), "indicators"))[2]
    review.pane.table.put(Place(leaf.row.id, "target"), "≥99%")
    review.pane.table.put(Place(leaf.level1.id, "level1"), "投入指标")
    review.pane.table.put(Place("budget", "total"), "1,000.00")
    after = review.taken()
    assert after.row(leaf.row.id).get("target") == "≥99%"
    assert after.row(leaf.level1.id).get("level1") == "投入指标"
    assert after.cell("budget/total") == "1,000.00"
    untouched = [r for r in after.rows if r.id not in (leaf.row.id, leaf.level1.id, "budget")]
    assert untouched == [r for r in review.dialog.cards[0].found.filing.rows if r in untouched]


def test_another_edition_can_be_chosen_and_what_is_none_is_told(open_review: Any, forms: Path) -> None:
    review = open_review(forms / "office" / "z04.c.docx")
    card = review.dialog.cards[0]
    assert review.taken().form == "zhengzhou-2021/overall-target"
    card.reread.emit("zhengzhou-2023/overall-target")
    assert review.taken().form == "zhengzhou-2023/overall-target"
    assert list(leaves(review.taken(), "indicators")), "its rows came with it"
    assert card.form.currentData() == "zhengzhou-2023/overall-target"
    other = next(name for name in catalog().forms if name.endswith("/project-target"))
    card.reread.emit(other)
    assert review.taken().form == "zhengzhou-2023/overall-target"
    assert review.dialog.told.text() == words.not_as(card.form.currentText())


def test_where_the_year_has_the_form_each_cell_can_keep_what_is_there(
    open_review: Any, driver: Driver, forms: Path, tmp_path: Path
) -> None:
    there = published(forms, "z04")
    space = driver.space
    space.store.add_all([there], "导入", there.unit_name)
    space.listed.emit()
    leaf = list(leaves(there, "indicators"))[4].row
    coming = replace(
        there, rows=tuple(r.with_cell("target", "≥1%") if r.id == leaf.id else r for r in there.rows)
    )
    write(_document(coming), tmp_path / "新.docx")
    review = open_review(tmp_path / "新.docx", there)
    (note,) = [n for n in review.pane.notes if n.kind == "differs"]
    assert (note.present, note.place.column) == (leaf.get("target"), "target")
    assert review.taken().row(note.place.row).get("target") == "≥1%"
    review.pane.table.go_to(note.place)
    assert review.pane.keep.isEnabled()
    review.qtbot.mouseClick(review.pane.keep, Qt.MouseButton.LeftButton)
    assert review.taken().row(note.place.row).get("target") == leaf.get("target")


def _document(filing: Filing) -> Any:
    from perfdesk.compose import compose

    return compose(catalog().form(filing.form), filing).document


# --- rows that only the year's own filing has ---


@pytest.fixture
def apart(open_review: Any, driver: Driver, forms: Path, tmp_path: Path) -> tuple[Review, Filing, list[Any]]:
    """The store has the form whole; the file lacks a task and two indicators."""
    there = published(forms, "z04")
    driver.space.store.add_all([there], "导入", there.unit_name)
    driver.space.listed.emit()
    lost = [there.section("tasks")[1], *(x.row for x in list(leaves(there, "indicators"))[-5:-3])]
    write(_document(changed(there, [RemoveRow(r.id) for r in lost])[0]), tmp_path / "新.docx")
    return open_review(tmp_path / "新.docx", there), there, lost


def texts(filing: Filing, section: str) -> list[dict[str, str]]:
    return [{c: "".join(t.split()) for c, t in r.cells.items() if t} for r in filing.section(section)]


def struck(review: Review, row: str) -> bool:
    table = review.pane.table
    (at, *_) = [place for place, where in table._places.items() if where.row == row]
    return table.item(*at).font().strikeOut()


def test_rows_of_the_years_own_are_offered_where_they_stand_and_left_out_unless_kept(
    apart: tuple[Review, Filing, list[Any]],
) -> None:
    review, _, lost = apart
    own = [n for n in review.pane.notes if n.kind == "own-row"]
    assert len(own) == 3 and not {r.id for r in lost} & {r.id for r in review.taken().rows}
    assert all(struck(review, n.place.row) for n in own)
    table = review.pane.table
    lines = [table.item(n, 0).text() for n in range(table.rowCount())]
    assert lines.index(lost[0].get("name")) > 0


def test_one_key_keeps_the_row_and_drops_it_again(apart: tuple[Review, Filing, list[Any]]) -> None:
    review, there, lost = apart
    review.qtbot.waitUntil(review.dialog.isActiveWindow)
    places = [n.place.row for n in review.pane.notes]
    while review.pane.list.currentRow() < 0 or places[review.pane.list.currentRow()] != lost[0].id:
        review.press(Qt.Key.Key_F4)
    assert review.pane.keep.text() == words.KEEP_ROW
    review.press(Qt.Key.Key_F3)
    assert texts(review.taken(), "tasks") == texts(there, "tasks")
    assert not struck(review, lost[0].id) and review.pane.keep.text() == words.DROP_ROW
    review.press(Qt.Key.Key_F3)
    assert len(review.taken().section("tasks")) == len(there.section("tasks")) - 1
    assert struck(review, lost[0].id)


def test_what_is_typed_over_a_kept_row_is_taken_in(apart: tuple[Review, Filing, list[Any]]) -> None:
    review, _, lost = apart
    review.pane.table.go_to(Place(lost[1].id, "level3"))
    review.press(Qt.Key.Key_F3)
    review.pane.table.put(Place(lost[1].id, "target"), "≥77%")
    kept = review.taken().row(lost[1].id)
    assert kept is not None and kept.get("target") == "≥77%"


def test_all_are_kept_with_one_button_replace_the_years_own_and_one_undo_brings_it_back(
    apart: tuple[Review, Filing, list[Any]], driver: Driver
) -> None:
    review, there, _ = apart
    before = {i.id: driver.space.store.filing(i.id) for i in driver.space.all_infos()}
    review.qtbot.mouseClick(review.pane.all_rows, Qt.MouseButton.LeftButton)
    assert texts(review.taken(), "indicators") == texts(there, "indicators")
    review.dialog.same.way.setCurrentIndex(WAYS.index("replace"))
    driver.window.office.projects.take_in(review.dialog.taken(), "导入")
    assert before.keys() != {i.id for i in driver.space.all_infos()}
    driver.window.commands.undo()
    assert {i.id: driver.space.store.filing(i.id) for i in driver.space.all_infos()} == before
