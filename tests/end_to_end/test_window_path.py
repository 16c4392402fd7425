"""One form all the way through the window: a published file comes in, is mended, checked, handed out, and is on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.ui.driver import Driver
from tests.ui.test_files import answer

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from perfdesk.model.filing import Filing


def office_files(forms: Path) -> list[Path]:
    return [
        f
        for f in sorted((forms / "office").iterdir())
        if f.suffix in (".docx", ".xlsx") and f.name.startswith("z")
    ]


@pytest.mark.parametrize("place", [0, -1])
def test_a_published_form_is_read_edited_and_handed_out(
    qtbot: QtBot, tmp_path: Path, forms: Path, place: int
) -> None:
    driver = Driver(qtbot, tmp_path / "unit", sample=False)
    answer(driver, lambda dialog: dialog.accept())
    driver.window.files.bring_in([office_files(forms)[place]])
    qtbot.waitUntil(lambda: driver.space.filing is not None, timeout=30_000)
    driver.at(driver.leaf(-1), driver.column("value"))
    driver.type("87")
    driver.key(Qt.Key.Key_Return)
    target = tmp_path / "out.docx"
    driver.window.files.write(target, draft=True)
    qtbot.waitUntil(lambda: driver.window.files.task is None, timeout=30_000)
    assert texts(recognised(driver, target)) == texts(driver.filing)
    assert driver.on_disk() == driver.filing
    driver.close()


def recognised(driver: Driver, file: Path) -> Filing:
    from perfdesk.formats.read import read
    from perfdesk.intake import take_in

    return take_in(read(file), driver.space.catalog, driver.space.store.new_id).filings[0].filing


def texts(filing: Filing) -> list[dict[str, str]]:
    """Rows of words (amounts are printed with separators)."""
    rows = [r for r in filing.rows if r.section != "budget"]
    return [{k: v for k, v in r.cells.items() if v} for r in rows]
