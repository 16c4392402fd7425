"""What the bureau sends back is dropped on the window, stands beside the filing that it is about, and is seen to there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from perfdesk.bureau.sending_back import Verdict
from perfdesk.commands.sending_back import send_back, write_note
from perfdesk.handing_back import Signer
from perfdesk.model.bureau import Note
from perfdesk.model.filing import leaves
from perfdesk.pack_trust import trusted
from tests.making import catalog
from tests.packages.packs import key_pair
from tests.packages.returns import UNIT, bureau, collect
from tests.ui.driver import Driver
from tests.ui.test_files import answer
from tests.ui.test_handing_in import GOOD, accept_at, hand_in
from ui.bureau.notes_list import NoteCard
from ui.messages import handing_in
from ui.messages import remarks as words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PRIVATE, _ = key_pair()
WHOLE, ON_CELL = "请补盖章。", "目标值偏低，请核实。"


@pytest.fixture
def handed(driver: Driver, tmp_path: Path) -> Driver:
    """The year without errors is handed in."""
    driver.space.choose(driver.space.unit, GOOD)
    hand_in(driver, accept_at(tmp_path / "报送.zip"))
    return driver


def sent_back(driver: Driver, folder: Path, accept: bool = False, signer: Signer | None = None) -> Path:
    """What the bureau says about what was handed in: on everything, and on a cell of the first form."""
    made = folder / "退回.zip"
    with bureau(folder / "bureau", driver.space.unit) as store:
        collect(store, (folder / "报送.zip").read_bytes(), folder)
        if not accept:
            write_note(store, catalog(), GOOD, UNIT, WHOLE)
            write_note(store, catalog(), GOOD, UNIT, ON_CELL, 1, "indicators/2/target")
        verdict = Verdict("accepted" if accept else "returned", "某县财政局", date(2026, 3, 5))
        send_back(store, catalog(), GOOD, UNIT, verdict, made, signer)
    return made


def drop(
    driver: Driver, file: Path, do: Callable[[Any], object] = lambda dialog: dialog.start.click()
) -> Any:
    """The dialogue that asks about the file, handed to ``do``."""
    seen = answer(driver, do)
    driver.window.files.bring_in([file])
    driver.qtbot.waitUntil(lambda: bool(seen) and driver.window.files.task is None, timeout=60_000)
    return seen[0]


@pytest.fixture
def told(handed: Driver, tmp_path: Path) -> Driver:
    """With the remarks beside the first form of the year, which is open."""
    drop(handed, sent_back(handed, tmp_path))
    return handed


def cards(driver: Driver) -> list[Any]:
    remarks = driver.window.findings.remarks
    return [] if remarks is None or remarks.isHidden() else remarks.cards


def texts(widget: Any) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def target(driver: Driver) -> tuple[str, str]:
    """Row and text of the cell that the bureau means."""
    row = list(leaves(driver.filing, "indicators"))[1].row
    return row.id, row.get("target")


def test_the_dialogue_says_who_says_what(handed: Driver, tmp_path: Path) -> None:
    dialog = drop(handed, sent_back(handed, tmp_path), lambda d: d.reject())
    told = " ".join(texts(dialog))
    assert words.DECISIONS["returned"] in told and "某县财政局" in told and words.UNSIGNED in told
    rows = [dialog.remarks.topLevelItem(n) for n in range(dialog.remarks.topLevelItemCount())]
    assert (rows[0].text(0), rows[0].text(2)) == (words.WHOLE, WHOLE)
    assert any(r.text(2) == ON_CELL and r.text(1) for r in rows)
    assert handed.space.store.remarks.of_year(handed.space.unit, GOOD) == (), (
        "nothing is kept that was not wanted"
    )


def test_remarks_stand_beside_the_filing_with_what_was_handed_in(told: Driver) -> None:
    mine = next(c for c in cards(told) if c.kept.remark.text == ON_CELL)
    row, text = target(told)
    assert words.stood(text) in texts(mine)
    mine.jump()
    assert told.here().id == row


def test_a_remark_on_everything_stands_in_each_form_of_the_year_and_leads_nowhere(told: Driver) -> None:
    other = next(i for i in told.space.store.filings(GOOD) if i.id != told.space.open_id)
    told.window.open_filing(other.id)
    found = [c for c in cards(told) if c.kept.remark.text == WHOLE]
    assert len(found) == 1 and words.WHOLE in texts(found[0])
    assert "jump" not in [key for key, _ in found[0].ways()]


def test_forms_of_other_years_say_nothing_of_it(told: Driver) -> None:
    told.space.choose(told.space.unit, GOOD + 1)
    assert cards(told) == []


def test_a_remark_is_done_with_a_word_open_again_and_survives_a_restart(told: Driver) -> None:
    card = next(c for c in cards(told) if c.kept.remark.text == ON_CELL)
    card.follow("answer")
    told.type("yi gai")
    told.ctrl(Qt.Key.Key_Return)
    assert [c.kept.remark.text for c in cards(told) if c.kept.remark.text == ON_CELL] == []
    (kept,) = [r for r in told.space.store.remarks.of(told.filing.id) if r.done]
    assert (kept.remark.text, kept.answer) == (ON_CELL, "yi gai")
    told.window.findings.remarks.findChild(QPushButton).click()
    again = next(c for c in cards(told) if c.kept.done)
    assert words.answered("yi gai") in texts(again)
    again.follow("open")
    assert not any(r.done for r in told.space.store.remarks.of(told.filing.id))


def test_a_window_that_is_opened_again_shows_them(told: Driver) -> None:
    before = [card.kept for card in cards(told)]
    told.close()
    again = Driver(told.qtbot, told.folder, sample=False)
    again.qtbot.waitUntil(lambda: bool(cards(again)), timeout=30_000)
    assert [card.kept for card in cards(again)] == before
    assert words.decided("returned", len(before)) in again.window.editor.archived.text.text()


def test_the_line_above_a_returned_filing_counts_and_proposes_the_reason(told: Driver) -> None:
    bar = told.window.editor.archived
    waiting = len(cards(told))
    assert words.decided("returned", waiting) in bar.text.text()
    cards(told)[0].seen_to.emit(cards(told)[0].kept, True, "")
    assert words.decided("returned", waiting - 1) in bar.text.text()
    dialog = told.window.office.handing_in.unseal_dialog()
    assert dialog.reason.text() == words.UNSEAL_REASON and dialog.start.isEnabled()
    dialog.deleteLater()
    told.window.office.handing_in.open_again(dialog.reason.text(), True)
    assert bar.isHidden() and len(cards(told)) == waiting - 1, "what the bureau said stays while it is mended"


def test_an_accepted_package_is_told_above_its_filings(handed: Driver, tmp_path: Path) -> None:
    drop(handed, sent_back(handed, tmp_path, accept=True))
    assert words.decided("accepted", 0) in handed.window.editor.archived.text.text()


def test_the_overview_counts_what_waits(told: Driver) -> None:
    told.window.office.overview()
    view = told.window.overview.view
    open_id = told.space.open_id
    counts = {form.id: form.remarks for form in view.forms}
    assert counts[open_id] > 1 and all(counts.values()), "what is said of all counts everywhere"
    assert any(words.waiting(counts[open_id]) in text for text in texts(told.window.overview))
    assert any(handing_in.sealed("returned") in text for text in texts(told.window.overview))
    assert {e.decision for e in told.window.shelf.entries() if e.sealed} == {"returned"}


def test_what_was_taken_in_is_not_asked_about_again(told: Driver, tmp_path: Path) -> None:
    before = told.space.store.dump()
    told.window.files.bring_in([tmp_path / "退回.zip"])
    told.qtbot.waitUntil(lambda: told.window.notice.text.text() == words.AGAIN_TAKEN, timeout=30_000)
    assert told.space.store.dump() == before


def test_what_is_for_another_unit_is_refused_with_its_name(handed: Driver, tmp_path: Path) -> None:
    file, unit = sent_back(handed, tmp_path), handed.space.unit
    forget(handed)
    message = drop(handed, file, lambda dialog: dialog.reject())
    assert any("没有收下" in text and unit in text for text in texts(message))
    assert handed.space.store.dump()["returned"] == []


def forget(driver: Driver) -> None:
    """All that was handed in is gone."""
    store = driver.space.store
    ids = [i.id for i in store.filings(GOOD)]
    store.office.unseal(ids, "…")
    store.office.delete_filings(ids)
    driver.space.refresh()


def test_a_key_that_nobody_knows_is_trusted_when_a_person_has_compared_it(
    handed: Driver, tmp_path: Path
) -> None:
    file = sent_back(handed, tmp_path, signer=Signer("某县财政局", PRIVATE))

    def compare(dialog: Any) -> None:
        assert "未确认的密钥" in dialog.signed.text()
        dialog.trust.setChecked(True)
        dialog.start.click()

    drop(handed, file, compare)
    assert [key.name for key in trusted(handed.folder).values() if not key.shipped] == ["某县财政局"]


def test_the_bureau_reads_what_the_unit_says_about_its_note(driver: Driver) -> None:
    note = Note(
        1, 1, 1, "indicators/2/target", ON_CELL, datetime(2026, 3, 5, tzinfo=UTC), "wang", "2026-03-05"
    )
    silent = NoteCard(note, "……", driver.window.look)
    said = NoteCard(replace(note, done=True, answer="已改为 96%。"), "……", driver.window.look)
    assert words.from_unit(True, "已改为 96%。") in texts(said)
    assert [t for t in texts(said) if t not in texts(silent)] == [words.from_unit(True, "已改为 96%。")]
