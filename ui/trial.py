"""The window proves itself, without a screen: opened over the sample, a field typed in, saved, exported, read back. For ``self-test``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop

from perfdesk.errors import UserError
from ui import messages as say
from ui.app import Desk, application
from ui.messages import faults as words

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 30.0
"""Seconds; a slow office computer needs a few."""
FORMATS = ("docx", "xlsx", "pdf")
PLACE = "basic", "goal"


def trial(folder: Path) -> str:
    """What was proven, in one sentence; UserError where it was not. ``folder``: an empty one."""
    application()
    desk = Desk(folder / "window", sample=True)
    refused: list[UserError] = []
    desk.workspace.refused.disconnect()  # nobody is there who could close a dialogue
    desk.workspace.refused.connect(refused.append)
    desk.window.show()
    try:
        space = desk.workspace
        _until(lambda: bool(space.filing or space.trouble or refused), words.TRIAL_NOT_OPEN)
        if trouble := space.trouble or next(iter(refused), None):
            raise trouble
        _type(desk)
        _exported(desk, folder)
    finally:
        desk.close()
    _stored(folder / "window")
    return words.TRIAL_GOOD


def _until(true: Callable[[], bool], otherwise: str) -> None:
    app, end = application(), time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise UserError("self-test", otherwise)
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def _type(desk: Desk) -> None:
    """As a person does: into the field, then out of it."""
    space, editor = desk.workspace, desk.window.editor
    page = next(p for p in editor.pages if p.section.id == PLACE[0])
    editor.turn_to(editor.pages.index(page))
    binding = next(f.binding for f in page.fields if f.field.id == PLACE[1])  # type: ignore[attr-defined]
    binding.editor.setPlainText(words.TRIAL_TEXT)
    editor.commit()
    filing = space.filing
    saved = filing is not None and filing.cell("/".join(PLACE)) == words.TRIAL_TEXT
    shown = space.saved_at is not None and desk.window.status.saved.text() == say.saved(space.saved_at)
    if not saved or not shown:
        raise UserError("self-test", words.TRIAL_NOT_SAVED)


def _exported(desk: Desk, folder: Path) -> None:
    from perfdesk.export import export_filing
    from perfdesk.formats.read import read

    form, filing = desk.workspace.form, desk.workspace.filing
    assert form is not None
    assert filing is not None
    for ending in FORMATS:
        file = folder / f"trial.{ending}"
        export_filing(form, filing, file, draft=True)
        texts = (cell.text for grid in read(file).tables for cell in grid.cells)
        if not any(words.TRIAL_TEXT in "".join(text.split()) for text in texts):
            raise UserError("self-test", words.trial_not_exported(ending))


def _stored(folder: Path) -> None:
    from perfdesk.store import Store

    with Store.open(folder, read_only=True) as store:
        kept = [store.filing(info.id).cell("/".join(PLACE)) for info in store.filings()]
        if words.TRIAL_TEXT not in kept or store.verify():
            raise UserError("self-test", words.TRIAL_NOT_SAVED)


def main(folder: str) -> int:
    """In a process of its own, so that a toolkit that aborts is told, too: one sentence on stdout, 3 where it is a refusal."""
    try:
        print(trial(Path(folder)))
    except UserError as error:
        print(error.message)
        return 3
    return 0
