"""A pack of forms from a stick: the key is compared once, the form can be filled in at once, what filings use stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from perfdesk.catalog import new_filing
from perfdesk.pack_folders import installed
from perfdesk.pack_trust import trust
from perfdesk.signing import fingerprint
from tests.packages.packs import FORM, key_pair, made_pack, repacked, write_source
from tests.ui.test_files import answer
from ui.dialogs.form_packs import TrustDialog
from ui.messages import form_packs as words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver

PRIVATE, PUBLIC = key_pair()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return made_pack(write_source(tmp_path / "source"), PRIVATE, tmp_path / "河南.pdpack")


@pytest.fixture
def dialog(driver: Driver) -> Any:
    found = driver.window.office.packs.dialog()
    driver.qtbot.addWidget(found)
    found.show()
    return found


def install(driver: Driver, dialog: Any, path: Path) -> None:
    driver.window.office.packs.install(dialog, path)
    driver.qtbot.waitUntil(lambda: driver.window.files.task is None, timeout=60_000)


def listed(dialog: Any) -> list[str]:
    return [dialog.packs.topLevelItem(n).text(1) for n in range(dialog.packs.topLevelItemCount())]


def click(driver: Driver, button: Any) -> None:
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_pack_of_a_known_key_is_installed_shown_and_its_form_can_be_filled_in(
    driver: Driver, dialog: Any, pack: Path
) -> None:
    trust(driver.folder, "某省财政厅", PUBLIC)
    assert dialog.told.text() == words.NONE
    install(driver, dialog, pack)
    assert listed(dialog) == ["2027.1"]
    assert fingerprint(PUBLIC) in dialog.details.text() and "河南.pdpack" in dialog.details.text()
    driver.window.files.create(driver.space.catalog.form(FORM), 2027, "某单位")
    assert driver.filing.form == FORM


def test_a_new_key_is_asked_about_and_taken_only_by_who_says_that_he_compared_it(
    driver: Driver, dialog: Any, pack: Path
) -> None:
    seen: list[Any] = []

    def confirm(question: Any) -> None:
        assert isinstance(question, TrustDialog)
        seen.append((question.fingerprint.text(), question.start.isEnabled()))
        question.checked.setChecked(True)
        click(driver, question.start)

    answer(driver, lambda question: question.reject())
    install(driver, dialog, pack)
    assert installed(driver.folder) == () and FORM not in driver.space.catalog.forms
    answer(driver, confirm)
    install(driver, dialog, pack)
    driver.qtbot.waitUntil(lambda: listed(dialog) == ["2027.1"], timeout=60_000)
    assert seen == [(fingerprint(PUBLIC), False)]


def test_a_changed_pack_is_told_and_nothing_is_installed(driver: Driver, dialog: Any, pack: Path) -> None:
    trust(driver.folder, "某省财政厅", PUBLIC)
    told = answer(driver, lambda message: message.accept())
    install(driver, dialog, repacked(pack, {f"forms/{FORM}.toml": b"changed"}))
    driver.qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert installed(driver.folder) == () and listed(dialog) == []


def test_a_pack_that_filings_use_stays_and_goes_once_nobody_does(
    driver: Driver, dialog: Any, pack: Path
) -> None:
    trust(driver.folder, "某省财政厅", PUBLIC)
    install(driver, dialog, pack)
    store = driver.space.store
    number = store.add(new_filing(driver.space.catalog.form(FORM), 2027, "某单位", store.new_id), "新建")
    told = answer(driver, lambda message: message.accept())
    click(driver, dialog.remove)
    assert len(told) == 1 and listed(dialog) == ["2027.1"]
    store.office.delete_filings([number])
    click(driver, dialog.remove)
    assert listed(dialog) == [] and FORM not in driver.space.catalog.forms
    assert dialog.told.text() == words.removed("河南 2027 年度表样", "2027.1")


def test_a_dialogue_closed_while_a_pack_is_checked_is_not_missed(driver: Driver, pack: Path) -> None:
    trust(driver.folder, "某省财政厅", PUBLIC)
    gone = driver.window.office.packs.dialog()
    driver.window.office.packs.install(gone, pack)
    gone.deleteLater()
    driver.settle()
    driver.qtbot.waitUntil(lambda: FORM in driver.space.catalog.forms, timeout=60_000)
    assert driver.window.notice.text.text() == words.installed("河南 2027 年度表样", "2027.1", 1)


def test_without_a_chosen_pack_nothing_can_be_removed(dialog: Any) -> None:
    assert not dialog.remove.isEnabled() and not dialog.details.isVisible()


def test_a_pack_that_is_double_clicked_or_dropped_is_installed_and_not_read_as_a_form(
    driver: Driver, pack: Path
) -> None:
    trust(driver.folder, "某省财政厅", PUBLIC)
    shown: list[list[str]] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None and listed(dialog) == ["2027.1"]:
            shown.append(listed(dialog))
            dialog.close()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(10, look)
    driver.window.files.bring_in([pack])
    driver.qtbot.waitUntil(lambda: bool(shown), timeout=60_000)
    assert [found.release for found in installed(driver.folder)] == ["2027.1"]
    assert driver.window.files.task is None
