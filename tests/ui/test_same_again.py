"""A file that holds what the year has already: the review says so, and keeps both, replaces or skips as one wishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from perfdesk.export import export_set
from tests.making import catalog
from tests.ui.test_projects import FORM, names, project
from ui.dialogs.import_review import ImportDialog
from ui.import_same import WAYS
from ui.messages import projects as words

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver

OLD = ("道路工程", "绿化工程", "照明工程")


@pytest.fixture
def year(driver: Driver) -> Driver:
    space = driver.space
    space.store.add_all([project(name, "1") for name in OLD], "导入", space.unit)
    space.listed.emit()
    driver.window.actions_by_id["projects"].trigger()
    return driver


def bring_in(driver: Driver, folder: Path, news: list[str], do: Callable[[Any], object]) -> None:
    """A file with these projects, each of 900 yuan; the review is answered by ``do`` and accepted."""
    file = folder / "set.docx"
    export_set([(catalog().form(FORM), project(name, "900")) for name in news], file, draft=True)
    done: list[bool] = []

    def review() -> None:
        dialog: Any = next((w for w in QApplication.topLevelWidgets() if isinstance(w, ImportDialog)), None)
        if dialog is None:
            QTimer.singleShot(20, review)
            return
        for one in [dialog.many] if dialog.many else dialog.cards:
            one.unit.setText(driver.space.unit)
            one.year.set_year(2022)
        do(dialog)
        dialog.accept() if dialog.accept_button.isEnabled() else dialog.reject()
        done.append(True)

    review()
    driver.window.files.bring_in([file], 2022)
    driver.qtbot.waitUntil(lambda: bool(done), timeout=30_000)
    driver.settle()


def choose(way: str) -> Callable[[Any], object]:
    def do(dialog: Any) -> None:
        assert not dialog.same.isHidden()
        dialog.same.way.setCurrentIndex(WAYS.index(way))

    return do


def amounts(driver: Driver) -> list[tuple[str, str]]:
    filings = [driver.space.store.filing(i.id) for i in driver.space.infos() if i.name and i.year == 2022]
    return [(f.cell("basic/name"), f.cell("budget/total").removesuffix(".00")) for f in filings]


def test_replacing_puts_the_new_ones_where_the_old_ones_stood_and_goes_back_as_one(
    year: Driver, tmp_path: Path
) -> None:
    bring_in(year, tmp_path, ["绿化 工程", "桥梁工程"], choose("replace"))
    assert amounts(year) == [("道路工程", "1"), ("绿化 工程", "900"), ("照明工程", "1"), ("桥梁工程", "900")]
    year.window.commands.undo()
    assert amounts(year) == [(name, "1") for name in OLD]
    year.window.commands.redo()
    assert ("绿化 工程", "900") in amounts(year) and ("绿化工程", "1") not in amounts(year)


def test_one_alone_replaces_too_and_comes_back(year: Driver, tmp_path: Path) -> None:
    bring_in(year, tmp_path, ["照明工程"], choose("replace"))
    assert amounts(year) == [("道路工程", "1"), ("绿化工程", "1"), ("照明工程", "900")]
    year.window.commands.undo()
    assert amounts(year) == [(name, "1") for name in OLD]


def test_skipping_takes_in_only_what_is_new(year: Driver, tmp_path: Path) -> None:
    bring_in(year, tmp_path, ["照明工程", "桥梁工程"], choose("skip"))
    assert amounts(year) == [*((name, "1") for name in OLD), ("桥梁工程", "900")]


def test_where_everything_is_skipped_there_is_nothing_to_import(year: Driver, tmp_path: Path) -> None:
    def do(dialog: Any) -> None:
        choose("skip")(dialog)
        assert not dialog.accept_button.isEnabled()

    bring_in(year, tmp_path, ["照明工程"], do)
    assert amounts(year) == [(name, "1") for name in OLD]


def test_both_are_kept_where_nothing_else_is_chosen(year: Driver, tmp_path: Path) -> None:
    bring_in(year, tmp_path, ["照明工程"], lambda dialog: None)
    assert amounts(year) == [*((name, "1") for name in OLD), ("照明工程", "900")]


def test_many_lines_say_which_are_there_and_follow_unit_and_year(year: Driver, tmp_path: Path) -> None:
    news = [*OLD, *(f"工程{n}" for n in range(1, 9))]

    def do(dialog: Any) -> None:
        lines = dialog.many.list
        marked = lambda: [lines.topLevelItem(n).text(3) for n in range(len(news))]  # noqa: E731
        assert marked() == [words.IMPORT_THERE] * 3 + [""] * 8
        assert all(name in dialog.same.told.text() for name in OLD)
        dialog.many.year.set_year(2019)
        assert marked() == [""] * 11 and dialog.same.isHidden()
        dialog.many.year.set_year(2022)
        dialog.many.unit.setText("另一个单位")
        assert marked() == [""] * 11
        dialog.many.unit.setText(year.space.unit)
        lines.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
        assert marked() == ["", *[words.IMPORT_THERE] * 2, *[""] * 8]
        choose("replace")(dialog)

    bring_in(year, tmp_path, news, do)
    assert names(year) == [*OLD, *news[3:]]
    assert [amount for _, amount in amounts(year)] == ["1", "900", "900", *["900"] * 8]


def test_of_two_of_one_name_in_the_file_one_replaces_and_both_are_there(year: Driver, tmp_path: Path) -> None:
    bring_in(year, tmp_path, ["照明工程", "照明工程"], choose("replace"))
    assert amounts(year)[2:] == [("照明工程", "900"), ("照明工程", "900")]
