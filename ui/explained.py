"""Which findings of the open filing the user has explained: those are settled until their cells change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from perfdesk.explained import finding_key, sorted_out

if TYPE_CHECKING:
    from perfdesk.model.finding import Finding
    from ui.workspace import Workspace


class Explained(QObject):
    """``open``: findings that still wait; ``settled``: those with an explanation, and its text. ``changed`` after every check
    and every explanation."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.open: tuple[Finding, ...] = ()
        self.settled: tuple[tuple[Finding, str], ...] = ()
        workspace.checked.connect(self.refresh)

    def refresh(self) -> None:
        space = self.workspace
        if space.filing is None:
            self.open, self.settled = space.findings, ()
        else:
            self.open, self.settled = sorted_out(space.filing, space.findings, said(space, space.filing.id))
        self.changed.emit()

    def key(self, finding: Finding) -> str:
        filing = self.workspace.filing
        return finding_key(filing, finding) if filing else ""

    def explain(self, finding: Finding, text: str) -> bool:
        """False where it could not be kept, which was told. An empty text opens the finding again."""
        space = self.workspace
        if space.store is None or space.filing is None or space.filing.id is None:
            return False
        try:
            space.store.office.explain(space.filing.id, self.key(finding), text)
        except UserError as error:
            space.refused.emit(error)
            return False
        self.refresh()
        return True


def said(workspace: Workspace, filing_id: int | None) -> dict[str, str]:
    """The explanations of a filing by the keys of their findings."""
    if (reading := workspace.reading) is None or filing_id is None:
        return {}
    return {e.finding: e.text for e in reading.office.explanations(filing_id)}


def all_said(workspace: Workspace) -> dict[int, dict[str, str]]:
    """The explanations of all filings that have any, by the filing's id."""
    found: dict[int, dict[str, str]] = {}
    for filing, one in reading.office.all_explanations() if (reading := workspace.reading) else ():
        found.setdefault(filing, {})[one.finding] = one.text
    return found
