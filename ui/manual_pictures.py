"""``python -m ui.manual_pictures OUT``: every picture of the manual and the README, painted by the program as it is."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from perfdesk.model.filing import leaves
from ui import messages as say
from ui import pictures
from ui.messages import pictures as words
from ui.small_png import write_small
from ui.staged import examples, repaired_source, unknown_blank

if TYPE_CHECKING:
    from ui.app import Desk

SIZE = (1280, 800)
DEPARTMENT, PROJECTS = "/self-evaluation", "/project-target"


@dataclass(frozen=True, slots=True)
class Stage:
    """``folder``: for files that a picture needs."""

    desk: Desk
    folder: Path


Show = Callable[[Stage], QWidget]
"""Brings the window to where the picture is taken. What is painted is the widget it gives: the window, a part of it, or a dialogue, which
is closed after it."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="ui.manual_pictures", description=words.HELP)
    parser.add_argument("out", type=Path, help=say.HELP_OUT)
    told = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    told.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for file in take(Path(folder), told.out):
            print(say.picture_written(str(file)))
    return 0


def take(data: Path, out: Path) -> Iterator[Path]:
    from ui.app import Desk, application

    application()
    for name, shown in STAGES.items():
        desk = Desk(data / name, sample=name == "unit", shipped_font=True)
        pictures.with_store(desk, SIZE)
        desk.window.office.tour.end()
        desk.look.wear(dark=False, zoom=1.0)
        stage = Stage(desk, data)
        if name == "unit":
            examples(desk)
        for picture, show in shown.items():
            yield _shoot(stage, show, out / f"{picture}.png")
        pictures.put_away(desk)


def _shoot(stage: Stage, show: Show, file: Path) -> Path:
    widget = show(stage)
    if isinstance(widget, QDialog):
        widget.show()
    pictures.rest(widget.window())
    write_small(widget.grab().toImage(), file)
    if isinstance(widget, QDialog):
        widget.close()
        widget.deleteLater()
    return file


# --- nobody was here before ---


def _first_unit(stage: Stage) -> QWidget:
    stage.desk.window.first.unit.name.setText(say.PICTURE_UNIT)
    return stage.desk.window.first.card


def _first_step(stage: Stage) -> QWidget:
    stage.desk.window.first.go_on()
    return stage.desk.window.first.card


def _import(stage: Stage) -> QWidget:
    """A file whose reading mended something."""
    from perfdesk.formats.read import read
    from perfdesk.intake import take_in
    from ui.dialogs.import_review import ImportDialog
    from ui.import_reviewed import beside

    space = stage.desk.workspace
    assert space.store is not None
    file = repaired_source(space.catalog, stage.folder)
    source = read(file)
    found = take_in(source, space.catalog, space.store.new_id)
    seen = space.unit or "", space.all_infos(), beside(source, space.store)
    look, window = stage.desk.look, stage.desk.window
    dialog = ImportDialog(file.name, found, space.catalog, 2021, look, window, *seen)
    dialog.resize(*SIZE)
    return dialog


def _new_form(stage: Stage) -> QWidget:
    from perfdesk.formats.read import read
    from ui.dialogs.take_form import TakeFormDialog
    from ui.models.taking import Taking

    desk = stage.desk
    blank = unknown_blank(stage.folder)
    return TakeFormDialog(Taking(read(blank), desk.workspace.catalog, blank.name), desk.look, desk.window)


# --- the sample unit ---


def _section(kind: str, section: str) -> Show:
    """That part of the year's first filing of this kind."""

    def show(stage: Stage) -> QWidget:
        space = stage.desk.workspace
        space.open(next(i.id for i in space.infos() if i.form.endswith(kind) and i.year == space.year))
        stage.desk.window.show_state()
        stage.desk.window.show_findings()
        pictures.turn_to(section)(stage.desk)
        return stage.desk.window

    return show


def _window(stage: Stage) -> QWidget:
    _section("/overall-target", "indicators")(stage)
    pictures.at_an_indicator(stage.desk)
    return stage.desk.window


def _dark(stage: Stage) -> QWidget:
    _window(stage)
    stage.desk.look.wear(dark=True)
    return stage.desk.window


def _preview(stage: Stage) -> QWidget:
    stage.desk.look.wear(dark=False)
    _window(stage)
    pictures.with_preview(stage.desk)
    return stage.desk.window


def _history(stage: Stage) -> QWidget:
    """Of a year that nothing else is shown of: a few targets are changed in it, and one is taken back."""
    stage.desk.window.actions_by_id["preview"].trigger()
    space = stage.desk.workspace
    space.choose(space.unit or "", min(space.years()))
    _section("/overall-target", "indicators")(stage)
    assert space.filing is not None and space.form is not None
    some = [n.row for n in leaves(space.filing, space.form.tree.id) if n.row.get("target").startswith("≥")]
    for row in some[:4]:
        space.set_cell(row.id, "target", f"{row.get('target')}.5")
    stage.desk.window.actions_by_id["undo"].trigger()
    pictures.with_history(stage.desk)
    return stage.desk.window


def _overview(stage: Stage) -> QWidget:
    space = stage.desk.workspace
    space.choose(space.unit or "", space.years()[1])
    stage.desk.window.actions_by_id["overview"].trigger()
    return stage.desk.window


def _of_office(deed: str) -> Show:
    """What a command of the office brings into the middle of the window."""

    def show(stage: Stage) -> QWidget:
        stage.desk.window.actions_by_id[deed].trigger()
        return stage.desk.window

    return show


def _report(stage: Stage) -> QWidget:
    _section(DEPARTMENT, "indicators")(stage)
    stage.desk.window.actions_by_id["make-report"].trigger()
    return stage.desk.window


def _units(stage: Stage) -> QWidget:
    dialog = stage.desk.window.office.units_dialog()
    assert dialog is not None
    return dialog


def _rules(stage: Stage) -> QWidget:
    return stage.desk.window.office.rules.dialog()


def _carry(stage: Stage) -> QWidget:
    dialog = stage.desk.window.office.carrying.dialog(2024)
    assert dialog is not None
    dialog.resize(*SIZE)
    dialog.show()
    while not dialog.start.isEnabled():
        pictures.rest(dialog)
    dialog.tree.expandAll()
    return dialog


def _compare(stage: Stage) -> QWidget:
    """With the year before."""
    stage.desk.window.actions_by_id["compare"].trigger()
    panel = stage.desk.window.office.comparing.panel
    assert panel is not None
    before = str((stage.desk.workspace.year or 0) - 1)
    panel.other.setCurrentIndex(next(n for n, o in enumerate(panel.choices) if before in o.label))
    return stage.desk.window


def _finder(stage: Stage) -> QWidget:
    from ui.dialogs.finder import Finder

    _window(stage)
    stage.desk.window.commands.find()
    finder = stage.desk.window.findChildren(Finder)[-1]
    finder.words.setText(words.SEARCH)
    return finder


def _library(stage: Stage) -> QWidget:
    _window(stage)
    stage.desk.window.library.library()
    dialog = stage.desk.window.library._library
    assert dialog is not None
    pictures.wait_for(lambda: dialog.source.index is not None)
    return dialog


def _export(stage: Stage) -> QWidget:
    from ui.dialogs.export import ExportDialog

    desk = stage.desk
    _window(stage)
    assert desk.workspace.form is not None and desk.workspace.filing is not None
    here = desk.workspace.form, desk.workspace.filing
    dialog = ExportDialog(
        desk.workspace, here, desk.window.printouts._this_year(), words.FOLDER, desk.look, desk.window
    )
    for box in dialog.formats.values():
        box.setChecked(True)
    pictures.wait_for(lambda: bool(dialog.jobs()))
    return dialog


def _fill(stage: Stage) -> QWidget:
    from itertools import count

    from perfdesk.filling.plan import plan
    from perfdesk.formats.fill import open_blank
    from ui.dialogs.fill import FillDialog
    from ui.staged import own_blank

    space = stage.desk.workspace
    assert space.form is not None and space.filing is not None
    file = own_blank(space.form, stage.folder)
    seen, numbers = open_blank(file), count(1)
    made = plan(seen, space.form, space.filing, space.catalog, lambda: str(next(numbers)), False)
    return FillDialog(file.name, lambda _over: made, 0, stage.desk.look, stage.desk.window)


def _backups(stage: Stage) -> QWidget:
    from perfdesk.store import backups_of
    from ui.dialogs.backups import BackupsDialog

    store = stage.desk.workspace.store
    assert store is not None
    store.backup(None)
    return BackupsDialog(backups_of(stage.desk.folder), stage.desk.look, stage.desk.window)


def _hand_in(stage: Stage) -> QWidget:
    """The year without mistakes."""
    from perfdesk.commands.submitting import gathered
    from ui.dialogs.hand_in import HandInDialog

    desk, space = stage.desk, stage.desk.workspace
    assert space.store is not None and space.unit is not None
    what = gathered(space.store, space.catalog, space.unit, min(space.years()), {})
    return HandInDialog(what, (), words.FOLDER, desk.look, desk.window)


def _remarks(stage: Stage) -> QWidget:
    """What the bureau says about the year without mistakes, beside the form that it means."""
    from perfdesk.model.sent_back import Meant, Remark, SentBack

    desk, space = stage.desk, stage.desk.workspace
    assert space.store is not None and space.unit is not None
    store, year = space.store, min(space.years())
    handed = [i for i in store.filings(year) if i.unit_name == space.unit]
    meant = next(i for i in handed if i.form.endswith("/overall-target"))
    row = list(leaves(store.filing(meant.id), "indicators"))[5].row
    where = words.REMARK_PLACE.format(name=row.get("level3"))
    cell = "indicators/6/target", where, row.id, "target", row.get("target")
    remarks = Remark(0, "note", words.REMARK, "", *cell), Remark(None, "note", words.REMARK_ON_ALL)
    days = f"{year}-03-05", "", "0000 0000 0000 0000", f"{year}-03-01"
    about = (Meant(meant.form, meant.title, "", "", ()),)
    sent = SentBack(space.unit, "", year, "returned", words.BUREAU, *days, about, remarks, "1")
    store.office.seal([i.id for i in handed], sent.answers)
    store.remarks.take(sent, space.unit, (meant.id,), words.RETURN)
    space.open(meant.id)
    desk.window.show_state()
    desk.window.show_findings()
    return desk.window


def _of_bureau(what: str) -> Show:
    def show(stage: Stage) -> QWidget:
        from ui.bureau import staged

        staged.SHOWN[what](stage.desk)
        return stage.desk.window

    return show


STAGES: dict[str, dict[str, Show]] = {
    "nobody": {
        "first-unit": _first_unit,
        "first-year": _first_step,
        "first-files": _first_step,
        "import": _import,
        "new-form": _new_form,
    },
    "unit": {
        "window": _window,
        "window-dark": _dark,
        "window-preview": _preview,
        "history": _history,
        "window-overview": _overview,
        "tasks": _section("/overall-target", "tasks"),
        "budget": _section("/overall-target", "budget"),
        "library": _library,
        "finder": _finder,
        "projects": _of_office("projects"),
        "goals": _section("/department-targets", "goals"),
        "ledger": _section("/department-budget", "spending"),
        "evaluation": _section(DEPARTMENT, "indicators"),
        "evaluations": _of_office("evaluations"),
        "report": _report,
        "rules": _rules,
        "units": _units,
        "backups": _backups,
        "export": _export,
        "fill": _fill,
        "hand-in": _hand_in,
        "carry": _carry,
        "compare": _compare,
        "remarks": _remarks,
    },
    "bureau": {
        "bureau": _of_bureau("units"),
        "bureau-unit": _of_bureau("unit"),
        "bureau-sums": _of_bureau("sums"),
    },
}
"""The pictures by name, in the order in which they are taken."""
NAMES = tuple(name for shown in STAGES.values() for name in shown)


if __name__ == "__main__":
    sys.exit(main())
