"""Which checks the user switched off: kept in the store with day and reason, left out wherever findings are shown or counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from perfdesk.switched_off import NONE_OFF, SETTING, Off, read_off, still_on, switch_off, switch_on, write_off

if TYPE_CHECKING:
    from perfdesk.model.finding import Finding
    from ui.workspace import Workspace


class Switched(QObject):
    """``changed``: another check is on or off now."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.workspace = workspace
        self.off: Mapping[str, Off] = NONE_OFF

    def load(self) -> None:
        """Of the store that was just attached."""
        self.off = read_off(self.workspace.setting(SETTING))

    def still_on(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return still_on(findings, self.off) if self.off else tuple(findings)

    def turn_off(self, code: str, reason: str) -> bool:
        """False without a reason, and where it could not be kept, which was told."""
        if not reason.strip():
            return False
        return self._keep(switch_off(self.off, code, reason, date.today()))

    def turn_on(self, code: str) -> bool:
        return self._keep(switch_on(self.off, code))

    def _keep(self, off: Mapping[str, Off]) -> bool:
        store = self.workspace.store
        if store is None:
            return False
        try:
            store.set_setting(SETTING, write_off(off))
        except UserError as error:
            self.workspace.refused.emit(error)
            return False
        self.off = off
        self.changed.emit()
        return True
