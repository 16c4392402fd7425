"""A unit hands in from the window, what it handed in stays as it is, and a package dropped on the window is read like any file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from perfdesk.formats.child import read_file
from perfdesk.intake import take_in
from tests.making import catalog, counter
from tests.packages.made import package_of, parts_in, zipped
from tests.ui.test_files import answer
from ui.messages import handing_in as words

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.errors import UserError
    from tests.ui.driver import Driver

KEY = Qt.Key
GOOD, WRONG = 2021, 2022


@pytest.fixture
def good(driver: Driver) -> Driver:
    """At the year without errors."""
    driver.space.choose(driver.space.unit, GOOD)
    return driver


def hand_in(driver: Driver, do: Any) -> Any:
    """The dialogue of the action, handed to ``do``; returns when all is written."""
    seen = answer(driver, do)
    driver.window.actions_by_id["hand-in"].trigger()
    idle = lambda: bool(seen) and driver.window.files.task is None  # noqa: E731
    driver.qtbot.waitUntil(idle, timeout=60_000)
    return seen[0]


def accept_at(target: Path, said: list[object] | None = None) -> Any:
    """``said``: gets what the dialogue says, and of the draft whether it is chosen and can be."""

    def do(dialog: Any) -> None:
        if said is not None:
            said.extend([dialog.told.text(), dialog.draft.isChecked(), dialog.draft.isEnabled()])
        dialog.place.setText(str(target))
        dialog.start.click()

    return do


@pytest.fixture
def handed(good: Driver, tmp_path: Path) -> Driver:
    hand_in(good, accept_at(tmp_path / "报送.zip"))
    return good


def unseal(driver: Driver, reason: str, every: bool = False) -> Any:
    def do(dialog: Any) -> None:
        dialog.reason.setText(reason)
        dialog.all.setChecked(every)
        dialog.start.click()
        if dialog.isVisible():
            dialog.reject()

    seen = answer(driver, do)
    driver.window.editor.archived.button.click()
    return seen[0]


def test_the_package_of_the_year_is_written_and_its_forms_are_closed(good: Driver, tmp_path: Path) -> None:
    target, said = tmp_path / "报送.zip", list[object]()
    hand_in(good, accept_at(target, said))
    assert said == [words.WHAT_SEALS, False, True]
    found = take_in(read_file(target), catalog(), counter())
    stored = [good.space.store.filing(i.id) for i in good.space.store.filings(GOOD)]
    assert [one.filing.rows for one in found.filings] == [f.rows for f in stored]
    assert all(i.sealed for i in good.space.store.filings(GOOD))
    assert not any(i.sealed for i in good.space.store.filings(WRONG))
    assert "核对码" in good.window.notice.text.text()


def test_the_dialogue_names_the_forms_and_offers_a_name(good: Driver) -> None:
    dialog = hand_in(good, lambda d: d.reject())
    rows = [dialog.forms.topLevelItem(n) for n in range(dialog.forms.topLevelItemCount())]
    assert len(rows) == 3 and {r.text(2) for r in rows} == {words.UNSEALED_YET}
    assert dialog.target().name == "示例市住房保障中心2021年度报送包.zip"
    assert not any(i.sealed for i in good.space.store.filings())


def test_a_year_with_errors_can_only_be_made_a_draft_which_closes_nothing(
    driver: Driver, tmp_path: Path
) -> None:
    driver.space.choose(driver.space.unit, WRONG)
    said = list[object]()
    hand_in(driver, accept_at(tmp_path / "draft", said))
    assert said == [words.only_draft(2), True, False]
    told = take_in(read_file(tmp_path / "draft.zip"), catalog(), counter()).handed_in
    assert told is not None and told.draft
    assert not any(i.sealed for i in driver.space.store.filings())


def test_a_form_of_the_dialogue_opens_where_it_can_be_mended(driver: Driver) -> None:
    driver.space.choose(driver.space.unit, WRONG)
    last = driver.space.store.filings(WRONG)[-1].id

    def do(dialog: Any) -> None:
        dialog.forms.itemActivated.emit(dialog.forms.topLevelItem(2), 0)

    dialog = hand_in(driver, do)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert driver.filing.id == last


def test_what_was_handed_in_says_so_and_takes_no_key(handed: Driver) -> None:
    bar, before = handed.window.editor.archived, handed.filing
    day = f"{handed.space.sealed.astimezone():%Y-%m-%d}"
    assert (bar.isVisible(), bar.text.text()) == (True, words.sealed_bar(day))
    told: list[UserError] = []
    handed.space.refused.disconnect()
    handed.space.refused.connect(told.append)
    handed.turn_to("indicators")
    handed.at(handed.leaf(1), handed.column("value"))
    handed.type("5")
    handed.key(KEY.Key_Delete)
    handed.ctrl(KEY.Key_D)
    handed.field("basic", "goal")
    handed.type("5")
    handed.window.editor.commit()
    handed.ctrl(KEY.Key_Z)
    assert handed.filing == before == handed.on_disk()
    assert not handed.window.actions_by_id["unarchive"].isEnabled()
    entry = next(e for e in handed.window.shelf.entries() if e.id == before.id)
    assert entry.sealed


def test_it_is_opened_with_a_reason_that_stays_in_the_history(handed: Driver) -> None:
    unseal(handed, "   ")
    assert handed.space.sealed is not None
    unseal(handed, "局里退回")
    assert handed.space.sealed is None and not handed.window.editor.archived.isVisible()
    handed.window.side.stack.setCurrentWidget(handed.window.history)
    handed.settle()
    lines = handed.window.history.list
    shown = [lines.item(n).text() for n in range(lines.count())]
    assert words.unsealed_line("局里退回") in shown
    handed.field("basic", "goal").setPlainText("改过的目标")
    handed.window.editor.commit()
    assert handed.on_disk().cell("basic/goal") == "改过的目标"
    assert sum(1 for i in handed.space.store.filings(GOOD) if i.sealed) == 2


def test_all_of_the_year_are_opened_at_once(handed: Driver) -> None:
    unseal(handed, "局里退回", every=True)
    assert not any(i.sealed for i in handed.space.store.filings())


def test_an_edit_made_while_it_is_packed_is_not_sealed_away(good: Driver, tmp_path: Path) -> None:
    from perfdesk.commands.submitting import gathered, hand_in
    from perfdesk.errors import ExportRefused
    from perfdesk.handing_in import packed
    from tests.packages.made import DAY

    store, target = good.space.store, tmp_path / "a.zip"
    what = gathered(store, good.space.catalog, good.space.unit, GOOD, {})
    made = packed(what, good.space.catalog, DAY, formats=())
    good.space.set_cell("basic", "goal", "刚刚改的")
    with pytest.raises(ExportRefused) as refused:
        hand_in(store, what, made, target, draft=False)
    assert refused.value.code == "changed-meanwhile" and not target.exists()
    assert not any(i.sealed for i in store.filings())


def test_a_package_that_is_dropped_is_shown_and_taken_in_as_one_deed(nobody: Driver, tmp_path: Path) -> None:
    from perfdesk.sample import sample_filings

    sent = list(sample_filings(catalog(), counter()))
    path = tmp_path / "报送.zip"
    path.write_bytes(package_of(sent))
    seen = answer(nobody, lambda dialog: dialog.accept())
    nobody.window.files.bring_in([path])
    nobody.qtbot.waitUntil(lambda: bool(nobody.space.store.filings()), timeout=30_000)
    assert len(seen) == 1 and len(seen[0].cards) == len(sent)
    infos = nobody.space.store.filings()
    assert [nobody.space.store.filing(i.id).rows for i in infos] == [f.rows for f in sent]
    nobody.ctrl(KEY.Key_Z)
    assert nobody.space.store.filings() == ()


def test_a_folder_of_packages_is_read_one_after_the_other(nobody: Driver, tmp_path: Path) -> None:
    from perfdesk.sample import sample_filings

    for n, filing in enumerate(sample_filings(catalog(), counter())[:2]):
        (tmp_path / f"{n}.zip").write_bytes(package_of([filing]))

    def first(dialog: Any) -> None:
        dialog.accept()
        answer(nobody, lambda second: second.accept())

    answer(nobody, first)
    nobody.window.files.bring_in([tmp_path])
    nobody.qtbot.waitUntil(lambda: len(nobody.space.store.filings()) == 2, timeout=30_000)


def test_a_damaged_package_is_told_and_nothing_of_it_comes_in(nobody: Driver, tmp_path: Path) -> None:
    from perfdesk.sample import sample_filings

    parts = parts_in(package_of(sample_filings(catalog(), counter())[:1]))
    path = tmp_path / "报送.zip"
    path.write_bytes(zipped({**parts, "filings/001.json": parts["filings/001.json"][:-1]}))
    seen = answer(nobody, lambda dialog: dialog.accept())
    nobody.window.files.bring_in([path])
    nobody.qtbot.waitUntil(lambda: bool(seen) and nobody.window.files.task is None, timeout=30_000)
    assert nobody.space.store.filings() == ()
