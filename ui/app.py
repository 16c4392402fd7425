"""Start: the one place that creates the long-lived objects and connects them. Painted first, the store opened then."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from perfdesk import catalog, paths
from perfdesk.errors import UserError
from ui import messages as say
from ui.look import Look
from ui.main_window import MainWindow
from ui.tasks import wait_for_all
from ui.workspace import Workspace

SAMPLE_FOLDER = "sample"
SIZE = 1360, 850


class Desk:
    """The program while it runs: look, workspace, window, and the store once it is open."""

    def __init__(self, folder: Path, sample: bool = False, shipped_font: bool = False) -> None:
        self.folder = folder
        self.sample = sample
        self.look = Look(shipped_font)
        self.look.wear()
        self.workspace = Workspace(catalog.load())
        self.window = MainWindow(self.workspace, self.look)
        room = self.window.screen().availableGeometry()
        self.window.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        self.window.painted.connect(self.open_store)

    def open_store(self) -> None:
        """Imported only now: the database library costs a third of a second. A refused store is told, nothing is touched."""
        if self.workspace.store is not None:
            return
        from perfdesk.store import Store

        try:
            store = Store.open(self.folder)
        except UserError as error:
            self.workspace.refuse(error)
            return
        if self.sample and not store.filings():
            self._install_sample(store)
        dark, zoom = bool(store.setting("window/dark")), _number(store.setting("window/zoom"))
        if (dark, zoom) != (self.look.theme.dark, self.look.theme.zoom):
            self.look.wear(dark, zoom)
        self.workspace.attach(store)
        self.window.restore()

    def _install_sample(self, store: object) -> None:
        from perfdesk.sample import install
        from perfdesk.store import Store

        if isinstance(store, Store):
            made = install(store, self.workspace.catalog, store.new_id)
            middle = sorted(made)[len(made) // 2] if made else None
            if middle is not None:
                store.set_setting("window/filing", str(made[middle]))

    def close(self) -> None:
        self.window.editor.commit()
        wait_for_all()
        if self.workspace.store:
            self.workspace.store.close()
            self.workspace.store = None


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
    if "fcitx" in os.environ.get("QT_IM_MODULE", "").lower():
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


def run(named: str | None = None, sample: bool = False) -> int:
    app = application()
    desk = Desk(data_folder(named, sample), sample)
    desk.window.show()
    code = app.exec()
    desk.close()
    return code


def main(arguments: list[str] | None = None) -> int:
    """The command line of the window."""
    parser = argparse.ArgumentParser(prog="perfdesk", description=say.PROGRAM_HELP)
    parser.add_argument("--data", metavar="DIR", help=say.HELP_DATA)
    parser.add_argument("--sample", action="store_true", help=say.HELP_SAMPLE)
    told = parser.parse_args(arguments)
    return run(told.data, told.sample)
