"""A new user with nothing but the manual: each step of its page “first use” has its deed here, in the page's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from perfdesk.compose import compose
from perfdesk.formats.write import write
from perfdesk.manual import pages
from perfdesk.manual.markdown import Item, parsed
from perfdesk.model.filing import leaves
from perfdesk.sample import sample_filings
from tests.conftest import ROOT
from tests.end_to_end.test_few_actions import Counted
from tests.end_to_end.test_whole_job import FORMATS, letters, printed, recognised, told
from tests.making import catalog, counter
from ui import messages as say
from ui.dialogs.carry import CarryDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.import_review import ImportDialog
from ui.messages import carry, first, importing, paper
from ui.side import PREVIEW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

KEY = Qt.Key


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    """A published form where they are here, else the sample's oldest year in Word."""
    published = ROOT.parent / "shared" / "forms" / "office" / "z01.c.docx"
    if published.is_file():
        return published
    filing = sample_filings(catalog(), counter())[0]
    file = tmp_path / "last.docx"
    write(compose(catalog().form(filing.form), filing).document, file)
    return file


class NewUser(Counted):
    """``deeds``: step by step, each with the words that the step must name."""

    def __init__(self, qtbot: QtBot, folder: Path, file: Path) -> None:
        super().__init__(qtbot, folder)
        self.file = file
        self.out = folder.parent / "out"
        self.out.mkdir()
        self.year = 0

    @property
    def deeds(self) -> tuple[tuple[Callable[[], None], tuple[str, ...]], ...]:
        return (
            (self.begin, ()),
            (self.name_unit, (f"【{first.UNIT_NAME}】", "`Enter`")),
            (self.name_year, (f"【{first.YEAR_LABEL}】", "`Enter`")),
            (self.choose_file, (f"【{first.CHOOSE}】",)),
            (self.look_through, (f"【{importing.NOTES}】", "`F4`", f"【{say.IMPORT_ACCEPT}】")),
            (self.carry, (f"【{carry.make_year('').strip()}】", f"【{carry.START}】")),
            (self.change, ("`Enter`", "【预算情况】")),
            (self.mend, (f"【{say.FINDINGS_TAB}】",)),
            (self.preview, ("`F9`",)),
            (
                self.export,
                (
                    "`Ctrl+E`",
                    *(f"【{name}】" for name in paper.EXPORT_FORMATS.values()),
                    f"【{paper.EXPORT_FOLDER}】",
                    f"【{paper.EXPORT_START}】",
                ),
            ),
        )

    def begin(self) -> None:
        assert self.window.middle.currentWidget() is self.window.first
        assert self.window.first.unit.name.hasFocus()
        self.last = recognised(self, self.file)

    def name_unit(self) -> None:
        self.value(self.last.unit_name)
        self.key(KEY.Key_Return)

    def name_year(self) -> None:
        self.year = (self.last.year or 0) + 1
        self.value(str(self.year))
        self.key(KEY.Key_Return)

    def choose_file(self) -> None:
        def choose(_dialog: Any) -> None:
            self.value(str(self.file))
            self.key(KEY.Key_Return)

        self.expect(QFileDialog, choose)
        self.expect(ImportDialog, self._look_through)
        self.click(self.window.first.files.choose)

    def _look_through(self, dialog: ImportDialog) -> None:
        """The dialogue waits for the next step, which is this."""
        for _ in range(3):
            self.key(KEY.Key_F4)
        self.click(dialog.accept_button)

    def look_through(self) -> None:
        self.wait()
        assert self.filing.year == self.year - 1

    def carry(self) -> None:
        def start(dialog: Any) -> None:
            self.qtbot.waitUntil(dialog.start.isEnabled, timeout=20_000)
            self.click(dialog.start)

        assert self.window.notice.link.text() == carry.make_year(say.year_text(self.year))
        self.expect(CarryDialog, start)
        self.click(self.window.notice.link)
        self.wait()
        assert self.filing.year == self.year

    def change(self) -> None:
        row = next(n.row for n in leaves(self.filing, "indicators") if n.row.get("target"))
        number = [p.section.id for p in self.window.editor.pages].index("indicators")
        self.click(self.window.editor.tabs._group.button(number))
        self.click_cell(row)
        self.value("8")
        self.key(KEY.Key_Return)
        assert self.filing.row(row.id).get("target") != row.get("target")
        number = [p.section.id for p in self.window.editor.pages].index("budget")
        self.click(self.window.editor.tabs._group.button(number))
        total: Any = self.page
        self.click(total.rows["total"].editor)
        self.ctrl(KEY.Key_A)
        self.value("12345.60")
        self.key(KEY.Key_Return)
        assert self.filing.cell("budget/total") == "12345.60"

    def mend(self) -> None:
        """A card leads to its cell, a blue word mends it."""
        self.rest()
        card = next(c for c in self.window.findings.cards if c.finding.fixes)
        finding = card.finding
        self.click(card, QPoint(20, 10))
        place = finding.goes_to
        assert self.page.section.id == (self.filing.row(place.row).section if place.row else place.section)
        card.follow("0")
        self.qtbot.waitUntil(lambda: finding not in self.space.findings)

    def preview(self) -> None:
        self.key(KEY.Key_F9)
        assert self.window.side.current() == PREVIEW
        self.key(KEY.Key_F9)
        assert self.window.side.current() != PREVIEW

    def export(self) -> None:
        def drive(dialog: Any) -> None:
            for name, box in dialog.formats.items():
                if box.isChecked() is not (name in FORMATS):
                    self.click(box, QPoint(8, box.height() // 2))
            self.click(dialog.folder)
            self.ctrl(KEY.Key_A)
            self.value(str(self.out))
            self.qtbot.waitUntil(dialog.start.isEnabled, timeout=30_000)
            self.click(dialog.start)

        self.expect(ExportDialog, drive)
        self.ctrl(KEY.Key_E)
        self.wait()


@pytest.fixture
def user(qtbot: QtBot, tmp_path: Path, last_year: Path) -> Iterator[NewUser]:
    native = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    before = QApplication.testAttribute(native)
    QApplication.setAttribute(native, True)
    user = NewUser(qtbot, tmp_path / "unit", last_year)
    yield user
    user.close()
    QApplication.setAttribute(native, before)


def steps() -> list[str]:
    """The numbered steps of the page's first list."""
    return [part.text for part in parsed(pages.page("first")) if isinstance(part, Item) and part.mark != "-"]


def test_the_steps_of_the_first_page_lead_from_last_years_file_to_three_files(user: NewUser) -> None:
    assert len(steps()) == len(user.deeds)
    for text, (deed, words) in zip(steps(), user.deeds, strict=True):
        assert [word for word in words if word not in text] == [], text
        deed()
    files = {file.suffix[1:]: file for file in user.out.iterdir()}
    assert sorted(files) == sorted(FORMATS)
    for format in ("docx", "xlsx"):
        assert told(recognised(user, files[format])) == told(user.filing), format
    assert letters(f"{user.year}年度") in printed(files["pdf"])
