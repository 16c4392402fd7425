"""What the fault report says of this window: numbers and versions, no names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from perfdesk import VERSION
from perfdesk.errors import UserError
from ui.fault_report import Facts
from ui.messages import faults as words

if TYPE_CHECKING:
    from ui.keeping import KeepingCommands
    from ui.workspace import Workspace


def facts(keeping: KeepingCommands) -> Facts:
    space, window = keeping.workspace, keeping.window
    return Facts(
        f"PerfDesk {VERSION}",
        _store(space),
        space.trouble or window.saving.fault,
        _screen(keeping),
        tuple(keeping.log.deeds),
        (*filter(None, [keeping.log.crashes()]), *keeping.log.faults),
    )


def _store(space: Workspace) -> tuple[int, int, int, int] | None:
    """None, too, where it does not answer: that is told otherwise."""
    store = space.store
    try:
        if store is None:
            return None
        return (
            store.vault.version,
            len(store.filings()),
            store.vault.size or 0,
            len(store.backups()),
        )
    except (UserError, OSError):
        return None


def _screen(keeping: KeepingCommands) -> str:
    screen = keeping.window.screen()
    size, ratio = screen.size(), screen.devicePixelRatio()
    zoom, platform = keeping.look.theme.zoom, QGuiApplication.platformName()
    return words.report_screen(size.width(), size.height(), ratio, zoom, platform)
