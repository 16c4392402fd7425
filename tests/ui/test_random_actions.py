"""Whatever a person does in whatever order: nothing raises, nothing disagrees, and undo leads back to the beginning."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from perfdesk.derive import derive
from perfdesk.errors import UserError
from ui.actions import SPECS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.driver import Driver

KEY = Qt.Key
KEYS = [
    KEY.Key_Return,
    KEY.Key_Tab,
    KEY.Key_Escape,
    KEY.Key_F2,
    KEY.Key_Delete,
    KEY.Key_Up,
    KEY.Key_Down,
    KEY.Key_Space,
]
DIALOGUES = (
    "backups",
    "bureau",
    "fault-report",
    "hand-in",
    "unseal",
    "carry",
    "export",
    "import",
    "new",
    "sample",
    "find",
    "print",
    "units",
    "codes",
    "library",
    "replace",
    "help",
    "keys",
    "take-form",
    "fill-blank",
    "own-scheme",
    "make-",
    "compare",
)
HARMLESS = [s.id for s in SPECS if not s.id.startswith((*DIALOGUES, "overview", "dark", "zoom", "tour"))]
BLOCKS = ["5", "≥9\n≤3", "名称\t≥5%\t%\n又一个\t7\t个", 'a\t"b\nc"']


def any_action(driver: Driver, dice: random.Random) -> None:
    choices: list[Callable[[], object]] = [
        lambda: driver.window.actions_by_id[dice.choice(HARMLESS)].trigger(),
        lambda: driver.key(dice.choice(KEYS)),
        lambda: driver.type(dice.choice(["7", "ab", "<=4", " "])),
        lambda: driver.preedit(dice.choice(["zhu'fang", ""])),
        lambda: driver.compose("住房"),
        lambda: go_anywhere(driver, dice),
        lambda: drop_anywhere(driver, dice),
        lambda: mend_anything(driver, dice),
        lambda: paste_anything(driver, dice),
    ]
    dice.choice(choices)()


def go_anywhere(driver: Driver, dice: random.Random) -> None:
    from perfdesk.model.finding import Place

    row = dice.choice(driver.filing.rows)
    driver.window.editor.show_place(Place(row.id, dice.choice(["target", "unit", "goal", "total", None])))


def drop_anywhere(driver: Driver, dice: random.Random) -> None:
    if driver.page.has_rows() and driver.page.model.rows():
        rows = driver.page.model.rows()
        driver.page.drop([dice.choice(rows).id], dice.choice(rows).id, dice.choice(["above", "below", "on"]))


def mend_anything(driver: Driver, dice: random.Random) -> None:
    fixes = [step for f in driver.space.findings for step in f.fixes]
    if fixes:
        driver.window.commands.mend(dice.choice(fixes))


def paste_anything(driver: Driver, dice: random.Random) -> None:
    QGuiApplication.clipboard().setText(dice.choice(BLOCKS))
    driver.window.commands.paste()


def steps_done(driver: Driver, filing: int) -> int:
    return sum(1 for entry in driver.space.store.history(filing) if not entry.undone)


@pytest.mark.parametrize("seed", range(8))
def test_any_actions_in_any_order_agree_with_the_disk_and_undo_leads_back(
    driver: Driver, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[UserError] = []
    monkeypatch.setattr(driver.window, "tell_error", lambda error, extra="": told.append(error))
    dice, filing, first = random.Random(seed), driver.filing.id, driver.filing
    for _ in range(60):
        if driver.filing.id != filing:
            driver.space.redo()
        any_action(driver, dice)
        driver.settle()
    driver.window.editor.commit()
    assert driver.filing == driver.on_disk()
    assert driver.space.values == derive(driver.space.form, driver.filing)
    for page in driver.window.editor.pages:
        if page.has_rows():
            assert page.model.rows() == driver.filing.section(page.section.id)
    while steps_done(driver, filing) > 1:
        driver.space.undo()
    assert driver.filing == first
    assert [e.code for e in told if e.code == "unexpected"] == []
