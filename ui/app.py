"""Start: the one place that creates the long-lived objects and connects them. Painted first, furnished and the store opened then."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from perfdesk import paths
from perfdesk.errors import UserError
from ui import messages as say
from ui.address import may_answer
from ui.look import Look
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.store import FirstLook, Store
    from ui.door import Door
    from ui.workspace import Workspace

SAMPLE_FOLDER = "sample"
SIZE = 1360, 850
FREE = 100
"""ms after the form is painted: the first moments are for who types."""


class Desk:
    """The program while it runs: look, workspace, window, and the store once it is open. ``files`` are imported then."""

    def __init__(
        self, folder: Path, sample: bool = False, shipped_font: bool = False, files: Sequence[Path] = ()
    ) -> None:
        self.folder = folder
        self.sample = sample
        self.files = list(files)
        self.door: Door | None = None
        self.trouble: UserError | None = None
        self.look = Look(shipped_font)
        self.look.wear()
        self.window = MainWindow(self.look)
        room = self.window.screen().availableGeometry()
        self.window.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        self.window.painted.connect(self.begin)

    @cached_property
    def workspace(self) -> Workspace:
        """The window is furnished with it when it is first asked for: after the first paint, for it imports most of the program."""
        from ui.workspace import Workspace

        known, self.trouble = known_forms(self.folder)
        space = Workspace(known)
        self.window.furnish(space)
        self.window.keeping.folder = self.folder
        self.window.keeping.watch()
        self.window.keeping.wanted.connect(self.open_other)
        return space

    def begin(self) -> None:
        """After the first paint: what is in the data is shown at a first look; the store opens once somebody could type, or needs it."""
        gc.disable()  # until the store is open: what is imported and made meanwhile is no garbage
        from perfdesk.store import first_look

        space, look = self.workspace, None if self.workspace.is_open else first_look(self.folder)
        if look is None:
            self.open_store()
            return
        space.look, space.open_at_last = look, self.open_store
        self._dress(look)
        space.resume()
        self.window.restore()
        window = self.window
        QTimer.singleShot(0, window, lambda: QTimer.singleShot(FREE, window, self._after_look))

    def _after_look(self) -> None:
        """Where nobody needed the store before; a window that was closed meanwhile has no look any more."""
        if self.workspace.look is not None:
            self.open_store()

    def open_store(self) -> None:
        """The database library costs a fifth of a second. A refused store is told, nothing is touched."""
        try:
            if not self.workspace.is_open:
                self._open_store()
        finally:
            gc.enable()

    def _open_store(self) -> None:
        from perfdesk.store import Store

        space = self.workspace
        looked = space.look
        if looked is not None:
            looked.close()
        try:
            store = Store.open(self.folder, server=paths.store_address())
        except UserError as error:
            space.look = None
            if error.code == "locked" and self._hand_over():
                self.window.close()
            else:
                space.refuse(error)
            return
        if self.sample and not store.filings():
            self._install_sample(store)
        self._dress(store)
        space.attach(store)
        if looked is None:
            self.window.restore()
        self._open_door()
        if self.trouble is not None:
            space.refused.emit(self.trouble)
        if self.files:
            self.window.files.bring_in(self.files)

    def _dress(self, data: Store | FirstLook) -> None:
        """As the window was the last time."""
        dark, strong = bool(data.setting("window/dark")), bool(data.setting("window/contrast"))
        zoom, worn = _number(data.setting("window/zoom")), self.look.theme
        if (dark, zoom, strong) != (worn.dark, worn.zoom, worn.strong):
            self.look.wear(dark, zoom, strong)

    def open_other(self, folder: Path | None) -> None:
        """Another folder of data, or the same once more, while none is open. None: nothing was chosen."""
        if folder is None or self.workspace.is_open:
            return
        self.folder = self.window.keeping.folder = self.window.keeping.log.folder = folder
        self.workspace.catalog, self.trouble = known_forms(folder)
        self.open_store()

    def _hand_over(self) -> bool:
        """Started at the same moment as another one, which was faster."""
        from ui.door import OPENING, hand_over

        return hand_over(self.folder, self.files, OPENING)

    def _open_door(self) -> None:
        from ui.door import Door

        self.door = Door(self.window)
        self.door.knocked.connect(self.come_forward)
        self.door.open(self.folder)

    def come_forward(self, files: list[Path]) -> None:
        """The program was started again: here it is, and it imports the files that were named."""
        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        for shown in (window, QApplication.activeModalWidget()):
            if shown is not None:
                shown.raise_()
                shown.activateWindow()
        if files:
            window.files.bring_in(files)

    def _install_sample(self, store: object) -> None:
        from perfdesk.sample import install
        from perfdesk.store import Store

        if isinstance(store, Store):
            made = install(store, self.workspace.catalog, store.new_id)
            middle = sorted(made)[len(made) // 2] if made else None
            if middle is not None:
                store.set_setting("window/filing", str(made[middle]))

    def close(self) -> None:
        gc.enable()
        if not self.window.is_furnished:
            return
        from ui.tasks import wait_for_all

        self.window.editor.commit()
        wait_for_all()
        if self.door is not None:
            self.door.close()
        if self.workspace.look is not None:
            self.workspace.look.close()
            self.workspace.look = None
        if self.workspace.store:
            self.workspace.store.close()
            self.workspace.store = None


def known_forms(folder: Path) -> tuple[Catalog, UserError | None]:
    """With what the user added, as far as it is right, and what is wrong."""
    from perfdesk import catalog

    known = catalog.load(own=folder)
    return known, known.trouble


def _number(text: str | None) -> float:
    try:
        return float(text or 1.0)
    except ValueError:
        return 1.0


def application() -> QApplication:
    """The one application object; Chinese words for the toolkit's own dialogs, ibus where the desktop says fcitx."""
    here = QApplication.instance()
    if isinstance(here, QApplication):
        return here
    if "fcitx" in (os.environ.get("QT_IM_MODULE") or os.environ.get("XMODIFIERS", "")).lower():
        # The wheel carries no fcitx plugin; fcitx answers ibus.
        os.environ["QT_IM_MODULE"] = "ibus"
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    app.setApplicationName("PerfDesk")
    words = QTranslator(app)
    if words.load(
        QLocale(QLocale.Language.Chinese),
        "qtbase",
        "_",
        QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    ):
        app.installTranslator(words)
    return app


def data_folder(named: str | None, sample: bool) -> Path:
    """The sample lives in a folder of its own, so that nobody's data are mixed with it."""
    folder = paths.data_dir(named)
    return folder / SAMPLE_FOLDER if sample and not named else folder


def run(named: str | None = None, sample: bool = False, files: Sequence[Path] = ()) -> int:
    """One window for a folder of data: where one is open already, it comes forward and this start ends."""
    from ui.unexpected import Unexpected

    app = application()
    folder = data_folder(named, sample)
    if may_answer(folder):
        from ui.door import hand_over

        if hand_over(folder, files):
            return 0
    desk = Desk(folder, sample, files=files)
    Unexpected(desk.window).install()
    desk.window.painted.connect(lambda: desk.window.keeping.log.guard())
    desk.window.show()
    code = app.exec()
    desk.close()
    return code


def main(arguments: list[str] | None = None) -> int:
    """The command line of the window."""
    parser = argparse.ArgumentParser(prog="perfdesk", description=say.PROGRAM_HELP)
    parser.add_argument("--data", metavar="DIR", help=say.HELP_DATA)
    parser.add_argument("--sample", action="store_true", help=say.HELP_SAMPLE)
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help=say.HELP_FILES)
    told = parser.parse_args(arguments)
    return run(told.data, told.sample, told.files)
