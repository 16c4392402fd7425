"""The whole job on a published form, from the first run to finished files: once without a mouse, once without shortcuts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from perfdesk.model.filing import leaves
from perfdesk.values import parse_amount
from tests.ui.driver import Driver
from ui import messages as say
from ui.dialogs.export import ExportDialog
from ui.dialogs.finder import Finder
from ui.dialogs.import_review import ImportDialog
from ui.first.answers import FILES
from ui.messages import first as first_words
from ui.messages import paper as paper_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from perfdesk.model.filing import Filing, Row

KEY = Qt.Key
FORMATS = ("docx", "xlsx", "pdf")
NEW = ("回访群众满意率", "≥", "87", "%")


class Person(Driver):
    """A driver that answers dialogues while they are open; ``busy`` is how many are still to be answered."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        super().__init__(qtbot, folder, sample=False, toured=False)
        self.busy = 0
        self.gone = False

    def close(self) -> None:
        self.gone = True
        super().close()

    def focus(self) -> QWidget:
        """In a dialogue the keys are its own."""
        active = QApplication.activeModalWidget() or QApplication.activeWindow()
        if active is None or active is self.window:
            return super().focus()
        return active.focusWidget() or active

    def expect(self, kind: type[QWidget], do: Callable[[Any], None]) -> None:
        """When a window of this kind opens, do this in it."""
        self.busy += 1

        def look() -> None:
            open_now = (QApplication.activePopupWidget(), QApplication.activeModalWidget())
            here = next((w for w in open_now if isinstance(w, kind) and w.isVisible()), None)
            if here is None:
                if not self.gone:
                    QTimer.singleShot(5, look)
                return
            here.activateWindow()
            self.qtbot.waitUntil(lambda: here.isActiveWindow() or isinstance(here, QMenu))
            do(here)
            self.busy -= 1

        QTimer.singleShot(0, look)

    def wait(self) -> None:
        """Until every dialogue was answered and no file is being read or written."""
        files = self.window.files
        self.qtbot.waitUntil(lambda: not self.busy and files.task is None, timeout=60_000)
        # A dialogue that goes late would take the window's focus from the cell that is being typed in by then.
        self.settle()
        self.focus()

    def key_in(self, text: str) -> None:
        """Keys, and words from an input method where there are no keys for them."""
        for letter in text:
            if letter.isascii():
                self.qtbot.keyClicks(self.focus(), letter)
            else:
                self.compose(letter)

    def hint(self) -> bool:
        """A hint of the tour stands there."""
        bubble = self.window.office.tour.bubble
        return bubble is not None and bubble.isVisible()

    def errors(self) -> list[str]:
        self.space.check_now()
        return [f.code for f in self.space.findings if f.severity == "error"]

    def named(self, name: str) -> list[Row]:
        return [n.row for n in leaves(self.filing, "indicators") if n.row.get("level3") == name]


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """The toolkit's own file dialogue: the system's cannot be driven, and is not there on a bare machine."""
    native = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    before = QApplication.testAttribute(native)
    QApplication.setAttribute(native, True)
    person = Person(qtbot, tmp_path / "unit")
    yield person
    person.close()
    QApplication.setAttribute(native, before)


@pytest.fixture
def last_year(forms: Path) -> Path:
    return forms / "office" / "z01.c.docx"


def recognised(person: Person, file: Path) -> Filing:
    from perfdesk.formats.read import read
    from perfdesk.intake import take_in

    return take_in(read(file), person.space.catalog, person.space.store.new_id).filings[0].filing


def told(filing: Filing) -> list[dict[str, Any]]:
    """Everything that is filled in; amounts by their value, since they are printed with separators."""
    rows = [r for r in filing.rows if r.section != "budget"]
    budget = filing.section("budget")[0]
    money = {c: parse_amount(t).value for c, t in budget.cells.items() if t}
    return [*({k: v for k, v in r.cells.items() if v} for r in rows), money]


def is_done(person: Person, out: Path, first: str) -> None:
    """Three files that read back as the filing stands on disk, with what was changed in it."""
    assert person.on_disk() == person.filing
    assert person.named(first)[0].get("target") == "≥96%"
    new = person.named(NEW[0])[0]
    assert (new.get("target"), new.get("unit")) == ("≥87", "%")
    assert sorted(f.name for f in out.iterdir()) == sorted(f"done.{f}" for f in FORMATS)
    for format in ("docx", "xlsx"):
        assert told(recognised(person, out / f"done.{format}")) == told(person.filing), format
    pages = printed(out / "done.pdf")
    for text in (r.get("level3") for r in person.filing.section("indicators")):
        assert letters(text) in pages
    assert letters("".join(NEW[:3])) in pages


def printed(file: Path) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
    return letters("".join(pages))


def letters(text: str) -> str:
    """Without blanks and line breaks, which paper puts where it wants."""
    return "".join(text.split())


def export_words(format: str) -> str:
    """What menus and the finder call this format."""
    return say.ACTIONS[f"export-{format}"].split("（")[0]


def wrong_total(text: str) -> str:
    """The amount with a digit too many."""
    return f"{text}1" if "." in text else f"{text}0"


def is_begun(person: Person, unit: str) -> None:
    """The first run is over: the imported filing stands in the unit that was named in it, and the tour has begun."""
    assert [u.name for u in person.space.store.units()] == [unit]
    assert person.space.unit == unit
    assert person.window.middle.currentWidget() is person.window.editor
    person.qtbot.waitUntil(person.hint)


def choices(dialog: ExportDialog, folder: Path) -> tuple[list[str], list[str]]:
    """The formats that are ticked and the files that will be written there."""
    dialog_names = [job.target.name for job in dialog.jobs() if job.target.parent == folder]
    return [name for name, box in dialog.formats.items() if box.isChecked()], dialog_names


# --- without a mouse ---


def tab_to(person: Person, widget: QWidget) -> None:
    for _ in range(40):
        if person.focus() is widget:
            return
        person.key(KEY.Key_Tab)
    raise AssertionError(f"no way to {widget}")


def export_by_keys(person: Person, out: Path) -> Callable[[Any], None]:
    def drive(dialog: ExportDialog) -> None:
        for format, box in dialog.formats.items():
            if box.isChecked() is not (format in FORMATS):
                tab_to(person, box)
                person.key(KEY.Key_Space)
        for field, text in ((dialog.folder, str(out)), (dialog.pattern, "done")):
            tab_to(person, field)
            person.ctrl(KEY.Key_A)
            person.key_in(text)
        person.qtbot.waitUntil(dialog.start.isEnabled, timeout=30_000)
        assert choices(dialog, out) == (list(FORMATS), [f"done.{f}" for f in FORMATS])
        person.key(KEY.Key_Return)

    return drive


def into_file_dialogue(person: Person, path: Path) -> Callable[[Any], None]:
    def type_path(dialog: QFileDialog) -> None:
        person.ctrl(KEY.Key_A)
        person.key_in(str(path))
        person.key(KEY.Key_Return)

    return type_path


def walk_to(person: Person, name: str, kind: str) -> None:
    """With the arrows to a cell of the indicator with this name."""
    person.ctrl(KEY.Key_Home)
    while person.grid.currentIndex().column() < person.column(kind):
        person.key(KEY.Key_Right)
    for _ in range(200):
        if person.here().get("level3") == name:
            return
        person.key(KEY.Key_Down)
    raise AssertionError(f"no way to {name}")


def run_command(person: Person, words: str) -> None:
    """By its name in the box that finds everything."""
    person.ctrl(KEY.Key_K)
    person.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), Finder))
    finder: Any = QApplication.activeWindow()
    person.key_in(words)
    person.qtbot.waitUntil(lambda: words in finder.list.currentItem().text())
    person.key(KEY.Key_Return)


def test_the_whole_job_without_a_mouse(person: Person, last_year: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    unit = recognised(person, last_year).unit_name
    person.key_in(unit)
    person.key(KEY.Key_Return)
    person.key(KEY.Key_Return)
    assert person.window.first.step == FILES
    person.expect(QFileDialog, into_file_dialogue(person, last_year))
    person.expect(ImportDialog, lambda _dialog: person.key(KEY.Key_Return))
    person.key(KEY.Key_Return)
    person.wait()
    is_begun(person, unit)
    last = person.leaf(-1)
    name = next(r.get("level3") for r in person.leaves_shown() if r.get("target").endswith("95%"))

    walk_to(person, name, "value")
    person.key_in("96%")
    person.key(KEY.Key_Return)
    assert person.on_disk().row(person.named(name)[0].id).get("target") == "≥96%"
    assert person.hint()
    person.key(KEY.Key_Escape)
    person.qtbot.waitUntil(lambda: not person.hint())
    person.ctrl(KEY.Key_Z)
    assert person.named(name)[0].get("target") == "≥95%"
    person.ctrl(KEY.Key_Y)
    assert person.named(name)[0].get("target") == "≥96%"

    walk_to(person, last.get("level3"), "name")
    person.ctrl(KEY.Key_Return)
    for part in NEW:
        person.key_in(part)
        person.key(KEY.Key_Tab)
    added = person.filing
    while person.named(NEW[0]):
        person.ctrl(KEY.Key_Z)
    while person.filing.rows != added.rows:
        person.ctrl(KEY.Key_Y)

    right = person.filing.row("budget").get("total")
    person.ctrl(KEY.Key_PageUp)
    person.ctrl(KEY.Key_A)
    person.key_in(wrong_total(right))
    person.ctrl(KEY.Key_PageDown)
    assert person.errors()
    person.key(KEY.Key_F8)
    person.ctrl(KEY.Key_A)
    person.key_in(right)
    person.key(KEY.Key_Return)
    assert not person.errors()

    person.expect(ExportDialog, export_by_keys(person, out))
    person.ctrl(KEY.Key_E)
    person.wait()
    is_done(person, out, name)
    person.expect(QFileDialog, into_file_dialogue(person, tmp_path / "one.docx"))
    run_command(person, export_words("docx"))
    person.wait()
    assert (tmp_path / "one.docx").read_bytes() == (out / "done.docx").read_bytes()


# --- without shortcuts ---


def press(person: Person, text: str, within: QWidget | None = None) -> None:
    """Click the button that says this."""
    buttons = (within or person.window).findChildren(QWidget)
    shown = [b for b in buttons if isinstance(b, QPushButton | QToolButton) and b.isVisible()]
    button = next(b for b in shown if b.text().replace("&", "").startswith(text) and b.isEnabled())
    person.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def pick_file(person: Person, path: Path) -> Callable[[Any], None]:
    def pick(dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        person.qtbot.mouseDClick(name, Qt.MouseButton.LeftButton)
        name.selectAll()
        person.qtbot.keyClicks(name, str(path))
        if popup := QApplication.activePopupWidget():
            popup.close()
        buttons = dialog.findChild(QDialogButtonBox, "buttonBox").buttons()
        person.qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    return pick


def export_by_mouse(person: Person, out: Path) -> Callable[[Any], None]:
    def drive(dialog: ExportDialog) -> None:
        for format, box in dialog.formats.items():
            if box.isChecked() is not (format in FORMATS):
                person.qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
        replace_field(person, dialog.folder, str(out))
        replace_field(person, dialog.pattern, "done")
        person.qtbot.waitUntil(dialog.start.isEnabled, timeout=30_000)
        assert choices(dialog, out) == (list(FORMATS), [f"done.{f}" for f in FORMATS])
        press(person, paper_words.EXPORT_START, dialog)

    return drive


def click_in(person: Person, menu: QMenu, text: str) -> None:
    # An open menu shows its letters behind the words.
    action = next(a for a in menu.actions() if re.sub(r"\(&.\)", "", a.text()).startswith(text))
    person.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def write_into(person: Person, row: Row, kind: str, text: str) -> None:
    """Double click opens the cell; a click on another cell leaves it."""
    named: Any = person.page.model
    person.focus()
    index = person.at(row, named.column_of("unit") if kind == "unit" else person.column(kind))
    double_click(person, index)
    editor = person.cell_editor()
    # A busy machine gives the window its focus late; a person looks for the cursor before typing.
    person.qtbot.waitUntil(editor.hasFocus, timeout=20_000)
    editor.selectAll()
    person.key_in(text)
    assert editor.toPlainText() == text


def double_click(person: Person, index: QModelIndex) -> None:
    person.qtbot.mouseDClick(
        person.grid.viewport(), Qt.MouseButton.LeftButton, pos=person.grid.visualRect(index).center()
    )


def turn_by_mouse(person: Person, label: str) -> None:
    press(person, label, person.window.editor.tabs)


def test_the_whole_job_without_a_shortcut(person: Person, last_year: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    unit, page = recognised(person, last_year).unit_name, person.window.first
    person.qtbot.mouseClick(page.unit.name, Qt.MouseButton.LeftButton)
    person.key_in(unit)
    for _ in range(2):
        press(person, plain(first_words.NEXT), page)
    person.expect(QFileDialog, pick_file(person, last_year))
    person.expect(ImportDialog, lambda dialog: press(person, say.IMPORT_ACCEPT, dialog))
    press(person, first_words.CHOOSE, page)
    person.wait()
    is_begun(person, unit)
    press(person, plain(first_words.TOUR_NEXT))
    assert person.hint()
    press(person, first_words.TOUR_STOP)
    assert not person.hint()
    name = next(r.get("level3") for r in person.leaves_shown() if r.get("target").endswith("95%"))

    write_into(person, person.named(name)[0], "value", "96%")
    person.at(person.leaf(-1), 0)
    person.qtbot.waitUntil(
        lambda: person.on_disk().row(person.named(name)[0].id).get("target") == "≥96%", timeout=20_000
    )
    tools = person.page
    undo = next(b for b in tools.findChildren(QToolButton) if b.defaultAction() is action(person, "undo"))
    redo = next(b for b in tools.findChildren(QToolButton) if b.defaultAction() is action(person, "redo"))
    person.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert person.named(name)[0].get("target") == "≥95%"
    person.qtbot.mouseClick(redo, Qt.MouseButton.LeftButton)
    assert person.named(name)[0].get("target") == "≥96%"

    person.at(person.leaf(-1), 0)
    press(person, say.ACTIONS["row-add"], person.page)
    person.key_in(NEW[0])
    for kind, text in zip(("sign", "value", "unit"), NEW[1:], strict=True):
        write_into(person, person.here(), kind, text)
    turn_by_mouse(person, say_budget(person))

    right = person.filing.row("budget").get("total")
    money: Any = person.page
    replace_field(person, money.rows["total"].editor, wrong_total(right))
    press(person, say.ACTIONS["check"], person.window.top)
    assert person.errors()
    card = person.window.findings.cards[0]
    person.qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    replace_field(person, money.rows["total"].editor, right)
    press(person, say.ACTIONS["check"], person.window.top)
    assert not person.errors()

    person.expect(QMenu, lambda menu: click_in(person, menu, say.ACTIONS["export-files"]))
    person.expect(ExportDialog, export_by_mouse(person, out))
    press(person, say.EXPORT_BUTTON, person.window.top)
    person.wait()
    is_done(person, out, name)
    person.expect(QMenu, lambda menu: click_in(person, menu, export_words("docx")))
    person.expect(QFileDialog, pick_file(person, tmp_path / "one.docx"))
    press(person, say.EXPORT_BUTTON, person.window.top)
    person.wait()
    assert (tmp_path / "one.docx").read_bytes() == (out / "done.docx").read_bytes()


def plain(words: str) -> str:
    """What stands on a button, without its underlined key."""
    return words.split("(")[0]


def action(person: Person, name: str) -> object:
    return person.window.actions_by_id[name]


def say_budget(person: Person) -> str:
    return next(s.label for s in person.space.form.sections if s.id == "budget")


def replace_field(person: Person, editor: QLineEdit, text: str) -> None:
    person.qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
    editor.selectAll()
    person.qtbot.keyClicks(editor, text)
