"""A code that the lists lack: added from the entry sheet, known at once, taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from perfdesk.budget import edits
from perfdesk.codes import ADDED, own_folder
from perfdesk.model.finding import Place
from tests.ui.test_ledger import empty, filled  # noqa: F401  # pyright: ignore[reportUnusedImport]
from ui.app import Desk, application

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver

KEY = Qt.Key
CODE, ABOVE = "2127777", "21277"


@pytest.fixture
def unknown(filled: Driver) -> Driver:  # noqa: F811
    """A budget with a code that the list has neither itself nor its parent of, at that code."""
    space, ledger = filled.space, filled.page.model.ledger
    step, row = edits.add_code(space.filing, ledger, CODE, "智慧物业", space.store.new_id)
    assert space.apply(step)
    filled.settle()
    assert filled.window.editor.show_place(Place(row, "code"))
    return filled


def dialogue(driver: Driver) -> Any:
    found = driver.window.office.code_lists.dialog()
    driver.qtbot.addWidget(found)
    found.show()
    return found


def unknown_codes(driver: Driver) -> list[str]:
    driver.space.check_now()
    return [f.where for f in driver.space.findings if f.code == "budget-code-unknown"]


def listed(dialog: Any) -> list[str]:
    return [dialog.rows.topLevelItem(n).text(1) for n in range(dialog.rows.topLevelItemCount())]


def click(driver: Driver, button: Any) -> None:
    driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def add_both(driver: Driver, dialog: Any) -> None:
    """The parent first, for which the dialogue asks by itself; Enter takes it."""
    for name in ("其他城乡社区", ""):
        if name:
            dialog.name.setText(name)
        driver.qtbot.keyClick(dialog.name, KEY.Key_Return)


def test_the_dialogue_begins_with_what_the_list_lacks_at_the_cursor(unknown: Driver) -> None:
    dialog = dialogue(unknown)
    assert (dialog.kind.currentData(), dialog.code.text(), dialog.name.text()) == ("function", ABOVE, "")
    dialog.name.setText("其他城乡社区")
    unknown.qtbot.keyClick(dialog.name, KEY.Key_Return)
    assert (dialog.code.text(), dialog.name.text()) == (CODE, "智慧物业")


def test_an_added_code_is_known_in_the_open_form_at_once(unknown: Driver) -> None:
    assert unknown_codes(unknown)
    before = unknown.filing
    here = unknown.page.place()
    dialog = dialogue(unknown)
    add_both(unknown, dialog)
    assert listed(dialog) == [ABOVE, CODE]
    assert unknown_codes(unknown) == []
    names = unknown.page.model.ledger.names
    assert (names[ABOVE], names[CODE]) == ("其他城乡社区", "智慧物业")
    assert unknown.page.place() == here
    assert unknown.filing == before
    parent = unknown.page.model.index_of(f"={ABOVE}", 1)
    assert parent.data(Qt.ItemDataRole.DisplayRole) == "其他城乡社区"


def test_a_removed_code_is_unknown_again(unknown: Driver) -> None:
    dialog = dialogue(unknown)
    add_both(unknown, dialog)
    dialog.rows.setCurrentItem(dialog.rows.topLevelItem(1))
    click(unknown, dialog.remove)
    assert listed(dialog) == [ABOVE]
    assert unknown_codes(unknown) == [f"spending/{CODE}"]


def test_what_fits_nowhere_is_told_in_the_dialogue_and_kept_to_mend(unknown: Driver) -> None:
    dialog = dialogue(unknown)
    dialog.code.setText(CODE)
    dialog.name.setText("智慧物业")
    click(unknown, dialog.add)
    assert ABOVE in dialog.told.text()
    assert dialog.code.text() == CODE
    assert not (own_folder(unknown.folder) / ADDED).exists()


def test_in_a_known_row_the_fields_are_empty_for_any_code(filled: Driver) -> None:  # noqa: F811
    dialog = dialogue(filled)
    assert (dialog.code.text(), dialog.name.text()) == ("", "")
    dialog.kind.setCurrentIndex(dialog.kind.findData("economic"))
    dialog.code.setText("30298")
    dialog.name.setText("其他补贴")
    click(filled, dialog.add)
    economic = filled.space.form.budget.ledger("economic")
    assert economic.names["30298"] == "其他补贴"


def test_lists_that_cannot_be_read_are_told_and_the_window_opens_with_the_shipped_ones(
    qtbot: Any, tmp_path: Path
) -> None:
    own = own_folder(tmp_path)
    own.mkdir(parents=True)
    (own / ADDED).write_text('format = 1\nfunction = "9990101 没有上级"\n', encoding="utf-8")
    told: list[str] = []
    application()
    desk = Desk(tmp_path, sample=True, shipped_font=True)
    qtbot.addWidget(desk.window)
    desk.workspace.refused.disconnect()
    desk.workspace.refused.connect(lambda error: told.append(error.message))
    desk.open_store()
    assert len(told) == 1 and "9990101 的上级 999 不在目录里" in told[0]
    assert desk.workspace.filing is not None
    assert not any(one.added for one in desk.workspace.catalog.code_lists.values())
    desk.close()
