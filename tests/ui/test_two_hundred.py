"""Two hundred projects of one Word file: in with what goes on told, or cancelled; then listed, looked at and compared soon."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from perfdesk.export import export_set
from tests.making import catalog
from tests.ui.test_projects import FORM, names, project
from ui import messages as say
from ui.dialogs.import_review import ImportDialog
from ui.tasks import wait_for_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver

COUNT = 200
SOON = 10
"""s: what a person is promised for the whole import."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("many") / "set.docx"
    many = [project(f"工程{n}", str(n)) for n in range(1, COUNT + 1)]
    export_set([(catalog().form(FORM), f) for f in many], file, draft=True)
    return file


def test_they_are_in_the_list_within_ten_seconds_and_what_goes_on_is_told(driver: Driver, file: Path) -> None:
    space, window = driver.space, driver.window
    told: list[str] = []

    def review() -> None:
        told.append(window.notice.text.text())
        dialog: Any = next((w for w in QApplication.topLevelWidgets() if isinstance(w, ImportDialog)), None)
        if dialog is None:
            QTimer.singleShot(5, review)
            return
        dialog.many.unit.setText(space.unit)
        dialog.many.year.set_year(2022)
        dialog.accept()

    start = perf_counter()
    review()
    window.files.bring_in([file], 2022)
    assert window.notice.is_busy()
    driver.qtbot.waitUntil(
        lambda: len([i for i in space.infos() if i.name]) == COUNT and len(names(driver)) == COUNT,
        timeout=60_000,
    )
    assert perf_counter() - start < SOON
    assert {say.reading(file.name), say.recognising(file.name, COUNT)} & set(told)
    assert names(driver) == [f"工程{n}" for n in range(1, COUNT + 1)]


def test_a_cancelled_import_leaves_everything_as_it_was(driver: Driver, file: Path) -> None:
    space, window = driver.space, driver.window
    before = space.store.filings()
    window.files.bring_in([file], 2022)
    assert window.notice.link.text() == say.CANCEL
    window.notice.link.click()
    assert not window.notice.isVisible()
    assert wait_for_all()
    driver.settle()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, ImportDialog) and w.isVisible()]
    assert space.store.filings() == before
    assert window.files.task is None


def test_the_overview_checks_nothing_that_it_has_seen_before(driver: Driver) -> None:
    """The list at the left looks at every project in free moments; the overview has to look at none."""
    space = driver.space
    space.store.add_all([project(f"工程{n}", str(n)) for n in range(1, COUNT + 1)], "导入", space.unit)
    space.listed.emit()
    infos = [i for i in space.infos() if i.id != space.open_id]
    driver.qtbot.waitUntil(lambda: all(space.checks.is_known(i) for i in infos), timeout=30_000)
    known = [space.checks.seen(i).values for i in infos]
    driver.window.office.overview()
    assert [space.checks.seen(i).values for i in infos] == known
    assert all(space.checks.seen(i).values is old for i, old in zip(infos, known, strict=True))
    _, (state,) = driver.window.overview.view.lines()
    assert (state.group, state.count) == ("projects", COUNT)
