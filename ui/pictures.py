"""``python -m ui.pictures OUT``: the real window with the sample unit, painted without a screen into PNG files."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.model.filing import leaves
from perfdesk.model.finding import Place
from ui import messages as say
from ui.side import HISTORY

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.app import Desk


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="ui.pictures", description=say.HELP_PICTURES)
    parser.add_argument("out", type=Path, help=say.HELP_OUT)
    parser.add_argument("--scale", type=float, default=1.0, help=say.HELP_SCALE)
    parser.add_argument("--dark", action="store_true", help=say.HELP_DARK)
    parser.add_argument("--size", default="1360x850", help=say.HELP_SIZE)
    parser.add_argument("--forms", type=Path, help=say.HELP_FORMS)
    told = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    width, height = (int(n) for n in told.size.lower().split("x"))
    told.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for file in take(Path(folder), told.out, (width, height), told.scale, told.dark):
            print(say.picture_written(str(file)))
        if told.forms and told.forms.is_dir():
            for file in longest(Path(folder), told.out, (width, height), told.forms):
                print(say.picture_written(str(file)))
    return 0


def take(data: Path, out: Path, size: tuple[int, int], scale: float, dark: bool) -> Iterator[Path]:
    """All the pictures; in the usual set the window with errors, clean, empty and longest is also painted in all ``LOOKS``."""
    from ui.app import Desk, application

    application()
    desk = Desk(data / "unit", sample=True, shipped_font=True)
    with_store(desk, size)
    desk.window.office.tour.end()
    desk.look.wear(dark=dark, zoom=scale)
    for name, prepare in SCENES:
        prepare(desk)
        yield shoot(desk, out / f"{name}.png")
    if not dark and scale == 1.0:
        yield from looks(desk, out, "window", size)
        desk.window.office.overview()
        yield shoot(desk, out / "window-overview.png")
        yield from evaluation(desk, out, size)
        _clean(desk)
        yield shoot(desk, out / "window-clean.png")
        yield from looks(desk, out, "window-clean", size)
    put_away(desk)
    yield from first_run(Desk(data / "nobody", shipped_font=True), out, size, (dark, scale))


def evaluation(desk: Desk, out: Path, size: tuple[int, int]) -> Iterator[Path]:
    """The year's self-evaluation, page by page, and the list of all; then what was open before is open again."""
    space, editor = desk.workspace, desk.window.editor
    before = space.open_id
    own = [i for i in space.infos() if i.year == space.year and i.form.endswith("/self-evaluation")]
    if not own:
        return
    space.open(own[0].id)
    for number, page in enumerate(editor.pages):
        editor.turn_to(number)
        yield shoot(desk, out / f"evaluation-{page.section.id}.png")
        if page.section.kind == "tree":
            yield from looks(desk, out, "evaluation", size, ("dark", "800", "150-dark"))
    desk.window.office.show_evaluations()
    yield shoot(desk, out / "evaluations.png")
    space.open(before)


LOOKS = (
    ("dark", None, 1.0, True),
    ("1920", (1920, 1080), 1.0, False),
    ("1920-dark", (1920, 1080), 1.0, True),
    ("1920-150", (1920, 1080), 1.5, False),
    ("150", None, 1.5, False),
    ("150-dark", None, 1.5, True),
    ("800", (800, 600), 1.0, False),
    ("800-150", (800, 600), 1.5, False),
    ("4k-200", (3840, 2160), 2.0, False),
)
"""What a screen is also painted as: name, size (None: the usual one), scale, dark."""


def looks(
    desk: Desk, out: Path, name: str, usual: tuple[int, int], some: Sequence[str] = ()
) -> Iterator[Path]:
    """``some``: only those (empty: all)."""
    for look, size, scale, dark in (one for one in LOOKS if not some or one[0] in some):
        desk.look.wear(dark=dark, zoom=scale)
        desk.window.resize(*(size or usual))
        yield shoot(desk, out / f"{name}-{look}.png")
    desk.look.wear(dark=False, zoom=1.0)
    desk.window.resize(*usual)


def first_run(desk: Desk, out: Path, size: tuple[int, int], look: tuple[bool, float]) -> Iterator[Path]:
    """The three steps from an empty store, and the first hint of the tour."""
    dark, scale = look
    with_store(desk, size)
    desk.look.wear(dark=dark, zoom=scale)
    yield shoot(desk, out / "window-empty.png")
    if not dark and scale == 1.0:
        yield from looks(desk, out, "window-empty", size)
    first = desk.window.first
    first.go_on()
    yield shoot(desk, out / "first-wrong.png")
    first.unit.name.setText(say.PICTURE_UNIT)
    for name in ("first-year", "first-files"):
        first.go_on()
        yield shoot(desk, out / f"{name}.png")
    if not dark and scale == 1.0:
        desk.look.wear(dark=True)
        yield shoot(desk, out / "first-dark.png")
        desk.look.wear(dark=False)
    desk.window.actions_by_id["sample"].trigger()
    desk.window.office.show_tour()
    yield shoot(desk, out / "tour.png")
    put_away(desk)


def longest(data: Path, out: Path, size: tuple[int, int], forms: Path) -> Iterator[Path]:
    """Of the Word files in this folder the filing with the most rows."""
    from perfdesk.errors import InputRefused
    from perfdesk.formats.read import read_many
    from perfdesk.intake import take_in
    from ui.app import Desk

    desk = Desk(data / "longest", shipped_font=True)
    with_store(desk, size)
    desk.window.office.tour.end()
    space = desk.workspace
    if space.store is None:
        return
    files = sorted(forms.glob("*.docx"))
    filings = [
        (found.filing, file.name)
        for file, source in zip(files, read_many(files), strict=True)
        if not isinstance(source, InputRefused)
        for found in take_in(source, space.catalog, space.store.new_id).filings
    ]
    if filings:
        filing, name = max(filings, key=lambda f: len(f[0].rows))
        space.add(filing, say.step_import(name))
        yield shoot(desk, out / "window-longest.png")
        yield from looks(desk, out, "window-longest", size)
    put_away(desk)


def with_store(desk: Desk, size: tuple[int, int]) -> None:
    desk.window.resize(*size)
    desk.window.show()
    desk.open_store()
    desk.window.resize(*size)


def put_away(desk: Desk) -> None:
    """Its window is gone, too: it would be dressed again with every look of the next one."""
    from PySide6.QtCore import QCoreApplication, QEvent

    desk.close()
    desk.window.close()
    desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shoot(desk: Desk, file: Path) -> Path:
    """One picture, after everything that waits for a free moment was done."""
    rest(desk.window)
    desk.window.grab().save(str(file))
    return file


def rest(window: QWidget) -> None:
    """Everything that waits for a free moment is done, with this window in front."""
    from PySide6.QtCore import QCoreApplication, QEvent

    window.activateWindow()
    for _ in range(12):
        QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def wait_for(there: Callable[[], bool]) -> None:
    """Until another thread is through with it."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    while not there():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def turn_to(kind: str) -> Callable[[Desk], None]:
    def turn(desk: Desk) -> None:
        pages = desk.window.editor.pages
        desk.window.editor.turn_to(next(n for n, p in enumerate(pages) if p.section.id == kind))

    return turn


def at_an_indicator(desk: Desk) -> None:
    turn_to("indicators")(desk)
    space = desk.workspace
    if space.filing and space.form:
        some = list(leaves(space.filing, space.form.tree.id))[:6]
        desk.window.editor.show_place(Place(some[-1].row.id, "target"))


def with_preview(desk: Desk) -> None:
    """The pages come from another thread."""
    at_an_indicator(desk)
    desk.window.actions_by_id["preview"].trigger()
    for _ in range(3):  # wide room, pages, their pictures
        rest(desk.window)
        wait_for(desk.window.preview.pages.is_idle)


def with_history(desk: Desk) -> None:
    desk.window.side.turn_to(HISTORY)


def _clean(desk: Desk) -> None:
    """The same form in a year without trouble."""
    space = desk.workspace
    here = space.form.kind if space.form else ""
    others = [i for i in space.infos() if i.year != space.year and space.catalog.form(i.form).kind == here]
    space.open(others[-1].id)
    desk.workspace.check_now()
    desk.window.show_findings()
    at_an_indicator(desk)


def _first(desk: Desk) -> None:
    desk.window.show_findings()
    at_an_indicator(desk)


SCENES: tuple[tuple[str, Callable[[Desk], None]], ...] = (
    ("window-texts", turn_to("basic")),
    ("window-tasks", turn_to("tasks")),
    ("window-budget", turn_to("budget")),
    ("window-preview", with_preview),
    ("window-history", with_history),
    ("window", _first),
)


if __name__ == "__main__":
    sys.exit(main())
