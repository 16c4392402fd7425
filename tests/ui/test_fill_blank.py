"""The bureau's blank is filled from the window: chosen, shown place by place, written beside, the blank left as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from perfdesk.compose import compose
from perfdesk.formats.write import write
from tests.blanks import emptied, filings_in, parts
from tests.ui.test_files import answer
from ui.dialogs.export import ExportDialog
from ui.dialogs.fill import FillDialog
from ui.messages import blanks as words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver


@pytest.fixture(params=["docx", "xlsx"])
def blank(request: pytest.FixtureRequest, driver: Driver, tmp_path: Path) -> Path:
    """The open filing's form without its values."""
    full = tmp_path / f"full.{request.param}"
    write(compose(driver.space.form, driver.filing).document, full)
    return emptied(full, tmp_path / f"空表.{request.param}")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, blank: Path, tmp_path: Path) -> Path:
    """The system's own dialogues answer with the blank and with a name beside it."""
    target = tmp_path / f"填好{blank.suffix}"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(blank), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    return target


def shown(dialog: FillDialog) -> dict[str, list[list[str]]]:
    tops = [dialog.tree.topLevelItem(n) for n in range(dialog.tree.topLevelItemCount())]
    return {
        top.text(0).partition(" ")[0]: [
            [top.child(n).text(c) for c in range(3)] for n in range(top.childCount())
        ]
        for top in tops
        if top
    }


def fill(driver: Driver, target: Path, do: Any, start: Any = None) -> FillDialog:
    seen: list[Any] = []

    def act(dialog: Any) -> None:
        if isinstance(dialog, ExportDialog):
            answer(driver, act)
            driver.qtbot.mouseClick(dialog.blank, Qt.MouseButton.LeftButton)
        else:
            seen.append(dialog)
            do(dialog)

    answer(driver, act)
    (start or driver.window.actions_by_id["fill-blank"].trigger)()
    driver.qtbot.waitUntil(lambda: bool(seen) and driver.window.files.task is None, timeout=30_000)
    return seen[0]


def test_what_goes_where_is_shown_and_written(driver: Driver, blank: Path, asked: Path) -> None:
    before, seen = blank.read_bytes(), []

    def accept(dialog: FillDialog) -> None:
        seen.append(shown(dialog))
        dialog.start.click()

    fill(driver, asked, accept)
    driver.qtbot.waitUntil(asked.exists, timeout=30_000)
    goal = driver.filing.cell("basic/goal")
    (line,) = [one for one in seen[0]["填入"] if one[1] == " ".join(goal.split())]
    assert "第 2 行" in line[2] or "B" in line[2]
    (read,) = filings_in(asked)
    assert read.cell("basic/goal") == goal
    assert [r.cells for r in read.section("tasks")] == [r.cells for r in driver.rows("tasks")]
    assert [r.cells for r in read.section("indicators")] == [r.cells for r in driver.rows("indicators")]
    assert blank.read_bytes() == before


def test_a_workbook_may_wrap_what_it_would_cut_off_or_stay_as_it_is(
    driver: Driver, blank: Path, asked: Path
) -> None:
    seen: list[bool] = []

    def accept(dialog: FillDialog) -> None:
        dialog.wrap.setChecked(False)
        seen.append(dialog.wrap.isVisibleTo(dialog))
        assert not dialog.edits.wrap
        dialog.start.click()

    fill(driver, asked, accept)
    driver.qtbot.waitUntil(asked.exists, timeout=30_000)
    assert seen == [blank.suffix == ".xlsx"]
    before, after = parts(blank.read_bytes()), parts(asked.read_bytes())
    (changed,) = [name for name in before if before[name] != after[name]]
    assert changed in ("word/document.xml", "xl/worksheets/sheet1.xml")


def test_given_up_nothing_is_written(driver: Driver, asked: Path) -> None:
    fill(driver, asked, lambda dialog: dialog.cancel.click())
    assert not asked.exists()


def test_the_way_leads_from_the_export_dialogue_too(driver: Driver, asked: Path) -> None:
    fill(driver, asked, lambda dialog: dialog.start.click(), driver.window.printouts.export_files)
    driver.qtbot.waitUntil(asked.exists, timeout=30_000)


def test_what_stands_in_the_file_already_gives_way_only_when_ticked(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    full = tmp_path / "旧表.docx"
    write(compose(driver.space.form, driver.filing).document, full)
    editor = driver.field("basic", "goal")
    editor.selectAll()
    driver.compose("今年的新目标")
    driver.window.editor.commit()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(full), ""))
    seen: list[Any] = []

    def look(dialog: FillDialog) -> None:
        seen.append((shown(dialog), dialog.start.isEnabled()))
        dialog.over.click()
        seen.append((shown(dialog), dialog.start.isEnabled()))
        dialog.cancel.click()

    fill(driver, full, look)
    (first, could), (second, can) = seen
    taken = words.GROUPS["taken"]
    assert [one[1] for one in first[taken]] == ["今年的新目标"] and not could
    assert taken not in second and [one[1] for one in second["填入"]] == ["今年的新目标"] and can


def test_a_file_without_the_form_gets_one_calm_message(
    driver: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "不是.docx"
    other.write_bytes(b"no zip")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    seen = answer(driver, lambda dialog: dialog.accept())
    driver.window.actions_by_id["fill-blank"].trigger()
    driver.qtbot.waitUntil(lambda: bool(seen) and driver.window.files.task is None, timeout=30_000)
    assert len(seen) == 1 and not isinstance(seen[0], FillDialog)
