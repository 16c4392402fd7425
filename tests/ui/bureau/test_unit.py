"""One unit's handing: its papers as printed, what is found in them and said about it, what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from perfdesk.formats.child import read_file
from perfdesk.intake import take_in
from perfdesk.model.finding import Place
from perfdesk.signing import fingerprint, new_key
from tests.counting import statements
from tests.making import catalog, counter
from tests.ui.bureau.conftest import YEAR, made
from ui.bureau.told_side import FINDINGS, NOTES, OLD
from ui.bureau.unit_model import NOTES as OPEN_NOTES
from ui.bureau.unit_model import STATE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.bureau.bench import Bench

KEY = Qt.Key
UNIT = "410101"


def test_a_unit_is_opened_with_its_papers_findings_and_explanations(bench: Bench) -> None:
    unit = bench.open(UNIT)
    assert unit.papers.count() == 1
    spoken = unit.papers.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "错误 1" in spoken and "提醒" not in spoken, "an explained warning does not wait"
    assert [(c.finding.severity, c.text) for c in unit.side.findings.cards] == [
        ("error", ""),
        ("warning", "名称与公章一致"),
    ]
    assert [[link for link, _ in card.ways()] for card in unit.side.findings.cards] == [
        ["note", "jump", "rule"]
    ] * 2
    assert "新包.zip" in unit.about.text() and "AAAA-1111" in unit.about.text()


def test_a_finding_leads_to_its_place_on_paper(bench: Bench) -> None:
    unit = bench.open(UNIT)
    card = unit.side.findings.cards[0]
    card.jump()
    assert unit.pane.paper.marked and unit.pane.place == card.finding.place
    assert card.finding.place.row == "budget"


def test_a_note_is_written_at_a_finding_and_counted_in_the_tree(bench: Bench) -> None:
    unit = bench.open(UNIT)
    card = unit.side.findings.cards[0]
    card.follow("note")
    assert unit.side.stack.currentIndex() == NOTES and unit.side.notes.text.hasFocus()
    bench.driver.compose("请核对合计。")
    bench.driver.ctrl(KEY.Key_Return)
    bench.rest()
    (note,) = bench.store.bureau.notes(YEAR, UNIT)
    assert (note.paper, note.place, note.text) == (1, card.finding.where, "请核对合计。")
    assert bench.told(UNIT, OPEN_NOTES) == "1"
    assert unit.side.notes.text.toPlainText() == ""
    unit.side.notes.cards[0].dropped.emit(note.number)
    bench.rest()
    assert bench.store.bureau.notes(YEAR, UNIT) == () and not unit.side.notes.cards


def test_a_note_can_be_about_a_clicked_cell_the_paper_or_the_whole(bench: Bench) -> None:
    unit = bench.open(UNIT)
    notes = unit.side.notes
    unit.pane.picked.emit(Place("basic", "goal"))
    assert [(a.paper, a.place) for a in notes.choices] == [(0, ""), (1, ""), (1, "basic/goal")]
    assert notes.about.currentIndex() == 2
    notes.about.setCurrentIndex(0)
    notes.text.setPlainText("请补盖章。")
    notes.add.click()
    bench.rest()
    assert [(n.paper, n.place) for n in bench.store.bureau.notes(YEAR, UNIT)] == [(0, "")]


def test_a_handing_is_accepted_and_not_any_more(bench: Bench) -> None:
    unit = bench.open(UNIT)
    unit.accept.click()
    bench.rest()
    assert bench.told(UNIT, STATE) == "已受理"
    unit.accept.click()
    bench.rest()
    assert bench.store.bureau.handings(YEAR)[0].state == "taken"


def test_a_handing_goes_back_as_a_file_with_what_is_to_be_mended(bench: Bench, tmp_path: Path) -> None:
    unit = bench.open(UNIT)
    bench.store.bureau.put_note(YEAR, UNIT, "请核对。")
    bench.commands.year.load()
    bench.rest()
    dialog = bench.commands.deciding.dialog()
    assert (
        dialog.told.text()
        == "退回给“住房保障中心”：意见 1 条，审核发现错误 1 处、提醒 0 处，连同位置一起写进退回包。"
    )
    assert not dialog.start.isEnabled(), "who sends it back has no name yet"
    dialog.name.setText("某市财政局")
    dialog.place.setText(str(tmp_path / "退回"))
    assert dialog.start.isEnabled()
    bench.commands.deciding.write(dialog.target(), dialog.bureau())
    dialog.deleteLater()
    bench.work()
    assert (tmp_path / "退回.zip").stat().st_size > 500
    assert bench.told(UNIT, STATE) == "已退回" and unit.state.text() == "已退回"
    assert [bool(n.sent) for n in bench.store.bureau.notes(YEAR, UNIT)] == [True]


def test_a_return_is_signed_with_the_bureaus_key_which_is_remembered(bench: Bench, tmp_path: Path) -> None:
    private, public = new_key()
    key, target = tmp_path / "本局.pem", tmp_path / "退回.zip"
    key.write_bytes(private)
    bench.open(UNIT)
    bench.commands.deciding.write(target, "某市财政局", str(key))
    bench.work()
    told = take_in(read_file(target), catalog(), counter()).sent_back
    assert told is not None and told.receipt is not None
    assert (told.receipt.signer, told.receipt.fingerprint) == ("某市财政局", fingerprint(public))
    dialog = bench.commands.deciding.dialog()
    assert (dialog.signing(), dialog.bureau()) == (str(key), "某市财政局")
    dialog.deleteLater()


def test_an_earlier_handing_is_looked_at_and_compared(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.bureau import collecting

    shown: list[list[str]] = []

    class Seen(collecting.ChangesDialog):
        def exec(self) -> int:
            shown.append([line.left for line in self.model.lines])
            return 0

    monkeypatch.setattr(collecting, "ChangesDialog", Seen)
    unit = bench.open(UNIT)
    unit.side.turn_to(OLD)
    unit.side.old.list.setCurrentRow(1)
    bench.laid()
    assert unit.read.is_old and unit.accept.isHidden() and unit.side.notes.form.isHidden()
    unit.side.old.compare.click()
    bench.work()
    assert shown == [["旧的目标"]]


def test_the_next_unit_is_one_key_away_and_one_without_papers_says_what_to_do(bench: Bench) -> None:
    unit = bench.open(UNIT)
    bench.driver.key(KEY.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert unit.key == "410102" and unit.nothing.isVisible() and "还没有报送" in unit.nothing.text()
    bench.driver.key(KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert bench.tree.hasFocus() and bench.tree.key() == "410102"


def test_opening_a_unit_looks_at_its_heads_and_one_paper(bench: Bench) -> None:
    for number in range(6):
        bench.store.bureau.take(made(f"{UNIT[:-1]}2", source=f"{number}.zip"))
    bench.commands.year.load()
    bench.rest()
    with statements() as ran:
        bench.open("410102")
    assert len([s for s in ran if s.startswith("SELECT")]) <= 5


def test_more_papers_are_looked_at_with_the_arrow_keys(bench: Bench) -> None:
    one = made("410102")
    bench.store.bureau.take(replace(one, papers=one.papers * 3))
    bench.commands.year.load()
    bench.rest()
    unit = bench.open("410102")
    assert unit.papers.hasFocus() and unit.papers.currentRow() == 0
    bench.driver.key(KEY.Key_Down)
    assert unit.reviewing.paper.number == 2
    assert len(unit.side.findings.cards) == 2 and unit.side.stack.currentIndex() == FINDINGS
