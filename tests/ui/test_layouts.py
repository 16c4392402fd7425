"""Every screen and dialogue, from a small window to a large one and from 100 % to 200 %: nothing cut, nothing on top of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from perfdesk.errors import UserError
from perfdesk.evaluation.begin import evaluation_of
from perfdesk.evaluation.unevaluated import editions
from perfdesk.filling.blank import Edits
from perfdesk.filling.plan import Goes, Plan, Stays
from perfdesk.formats.child import read_file
from perfdesk.model.change import SetCell, apply
from perfdesk.model.filing import leaves
from perfdesk.recognise import Recognised, RecognisedFiling
from tests.new_forms.blanks import word
from tests.ui.seen import cut_words, overlaps, troubles
from tests.ui.test_evaluations import project
from ui.dialogs.export import ExportDialog
from ui.dialogs.fill import FillDialog
from ui.dialogs.finder import Finder
from ui.dialogs.import_review import ImportDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.new_filing import NewFilingDialog
from ui.dialogs.scheme import SchemeDialog
from ui.dialogs.take_form import TakeFormDialog
from ui.evaluation.making import Wanted
from ui.models.taking import Taking
from ui.side import HISTORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from perfdesk.model.form import Form
    from tests.ui.driver import Driver

SIZES = [((800, 600), 1.0), ((800, 600), 1.5), ((1360, 850), 1.0), ((1920, 1080), 1.5), ((3840, 2160), 2.0)]
NAMES = ["800x600", "800x600 at 150%", "1360x850", "1920x1080 at 150%", "4K at 200%"]
LONG = "一个名字很长很长的单位预算绩效管理服务中心"


def wear(driver: Driver, size: tuple[int, int], zoom: float, dark: bool) -> None:
    """The filings of the year are compared first: cards dealt while one looks have no height yet."""
    driver.rest()
    driver.desk.look.wear(zoom=zoom, dark=dark)
    driver.window.resize(*size)
    driver.settle()
    driver.settle()


def screens(driver: Driver) -> Iterator[str]:
    """Leaves the window as each screen in turn, and tells which."""
    window = driver.window
    for number, page in enumerate(window.editor.pages):
        window.editor.turn_to(number)
        yield page.section.id
    window.office.overview()
    yield "overview"
    window.show_state()
    window.side.turn_to(HISTORY)
    window.folding.bring("right")
    yield "history"
    window.actions_by_id["preview"].trigger()
    driver.qtbot.waitUntil(window.preview.pages.is_idle)
    yield "preview"
    window.actions_by_id["preview"].trigger()
    window.show_findings()
    yield "findings"
    window.folding.turn("left")
    yield "list"
    window.notice.tell(LONG * 4, LONG[:6], lambda: None)
    yield "notice"
    window.notice.clear()
    yield from evaluations(driver)


def evaluations(driver: Driver) -> Iterator[str]:
    """The department's and a project's, typed over here and there, and the list of both."""
    window, space = driver.window, driver.space
    target = project(LONG)
    one = editions(space.catalog.forms.values(), "project", space.year)[0]
    filing = evaluation_of(one, space.catalog.form(target.form), target, space.store.new_id)
    leaf = next(leaves(filing, "indicators")).row.id
    typed = {"actual": "3 个", "score": "2"}
    changes = [SetCell(leaf, c, t) for c, t in typed.items()]
    changes += [SetCell("money", c, t) for c, t in {"adjusted": "90", "executed": "80", "score": "3"}.items()]
    space.store.add(apply(filing, changes)[0], "导入", space.unit)
    for info in [i for i in space.infos() if i.form.endswith("/self-evaluation") and i.year == space.year]:
        space.open(info.id)
        for number, page in enumerate(window.editor.pages):
            window.editor.turn_to(number)
            for _ in range(
                4
            ):  # findings and totals of other years come in free moments, and move what is below them
                driver.settle()
            yield f"{info.form} {page.section.id}"
    window.editor.page.scheme.more.click()
    yield "scheme"
    window.actions_by_id["evaluations"].trigger()
    yield "evaluations"


def planned(form: Form) -> Plan:
    """Something of every sort."""
    goes = tuple(Goes("a", LONG, LONG * 2, "表 1 第 3 行", LONG, "换算", True) for _ in range(40))
    stays = tuple(Stays("b", LONG, LONG, why, "工作表“1” B5", LONG) for why in ("no-place", "taken", "there"))
    return Plan(form, goes, stays, Edits({1: LONG}))


def dialogs(driver: Driver, folder: Path) -> Iterator[QDialog]:
    window, space, look = driver.window, driver.space, driver.desk.look
    yield window.office.units_dialog()
    window.office.keys()
    yield window.office.help_dialog
    window.library.library()
    yield window.library._library
    window.library.replace()
    yield window.library._replace
    window.commands.find()
    yield window.findChildren(Finder)[-1]
    here = space.form, space.filing
    yield ExportDialog(space, here, window.printouts._this_year(), str(folder / LONG), look, window)
    yield NewFilingDialog(space, look, window)
    yield Wanted(space).dialog(look, window)
    yield SchemeDialog(
        folder, space.catalog.form("national-2020/self-evaluation").evaluation.schemes[0], look, window
    )
    error = UserError("disk-full", f"“{LONG}.docx”写不进去，磁盘已满。请腾出空间再试。", LONG * 9)
    message = MessageDialog(error, look, window, "另存到别处")
    message.details.click()
    yield message
    yield FillDialog(f"{LONG}.docx", lambda _over: planned(space.form), 3, look, window)
    yield TakeFormDialog(Taking(read_file(word(folder / "空表.docx")), space.catalog, LONG), look, window)
    found = Recognised((RecognisedFiling(driver.filing, (), "全文"),), (LONG * 3, LONG))
    yield ImportDialog(f"{LONG}.docx", found, space.catalog, 2022, look, window, LONG)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("size", "zoom"), SIZES, ids=NAMES)
def test_every_screen_shows_its_words_whole(
    driver: Driver, size: tuple[int, int], zoom: float, dark: bool
) -> None:
    wear(driver, size, zoom, dark)
    for name in screens(driver):
        driver.settle()
        assert (driver.window.width(), driver.window.height()) == size, name
        assert (name, troubles(driver.window)) == (name, [])


@pytest.mark.parametrize(("size", "zoom"), SIZES, ids=NAMES)
def test_every_dialogue_fits_the_screen_and_shows_its_words_whole(
    driver: Driver, tmp_path: Path, size: tuple[int, int], zoom: float
) -> None:
    wear(driver, size, zoom, dark=False)
    for dialog in dialogs(driver, tmp_path):
        dialog.show()
        dialog.resize(min(dialog.width(), size[0]), min(dialog.height(), size[1]))
        driver.settle()
        name = type(dialog).__name__
        assert dialog.width() <= size[0] and dialog.height() <= size[1], name
        assert (name, troubles(dialog)) == (name, [])
        dialog.close()


@pytest.mark.parametrize(("size", "zoom"), SIZES, ids=NAMES)
def test_the_first_steps_show_their_words_whole(nobody: Driver, size: tuple[int, int], zoom: float) -> None:
    wear(nobody, size, zoom, dark=False)
    first = nobody.window.first
    for _ in range(3):
        nobody.settle()
        assert troubles(nobody.window) == []
        first.unit.name.setText(LONG)
        first.go_on()
    assert (nobody.window.width(), nobody.window.height()) == size


def test_the_bar_gives_way_step_by_step(driver: Driver) -> None:
    """From words with keys to words, to icons, to a menu; what goes into the menu is in no other place at the same time."""
    top = driver.window.top

    def said(width: int, zoom: float) -> tuple[str, str, bool]:
        wear(driver, (width, 600), zoom, dark=False)
        return top.check.text(), top.bring.text(), top.more.isVisible()

    wide, middle, icons = said(1360, 1.0), said(800, 1.0), said(800, 1.5)
    assert (wide[0], middle[0], icons[:2]) == ("审核 F8", "审核", ("", ""))
    assert not (wide[2] or middle[2] or icons[2])
    assert said(800, 2.0)[2]
    hidden = [b for b in (top.bring, top.preview, top.check) if b.isHidden()]
    assert len(hidden) == len(top.more.menu().actions()) > 0
    assert not said(1360, 1.0)[2] and all(not b.isHidden() for b in (top.bring, top.preview, top.check))


def test_the_eye_of_these_tests_sees_a_cut_word_and_an_overlap(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 200)
    label, button = QLabel(LONG, window), QPushButton(LONG, window)
    label.setGeometry(10, 10, 40, 30)
    button.setGeometry(30, 20, 60, 30)
    window.show()
    assert len(list(cut_words(window))) == 2
    assert len(list(overlaps(window))) == 1
