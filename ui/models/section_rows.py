"""A model of one section of the open filing that keeps up with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.models.row_tree import RowTreeModel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from perfdesk.model.filing import Filing, Row
    from ui.workspace import Workspace


class SectionModel(RowTreeModel):
    """Subclasses name the section; see ``RowTreeModel`` for what else they say."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._marks = workspace.marks
        self._shown: Filing | None = None

    def section_id(self) -> str:
        raise NotImplementedError

    def load(self) -> None:
        """Show the open filing from the beginning."""
        self._shown = filing = self.workspace.filing
        self.reset(filing.section(self.section_id()) if filing else ())

    def update(self) -> None:
        """Follow the open filing after a change."""
        filing = self.workspace.filing
        if filing is None:
            return
        places = filing.differing(self._shown) if self._shown else None
        self._shown = filing
        section = self.section_id()
        if places is None:
            self.keep_up(filing.section(section), None)
        elif changed := [filing.rows[n] for n in places if filing.rows[n].section == section]:
            self.keep_up(filing.section(section), changed)

    def keep_up(self, rows: tuple[Row, ...], changed: list[Row] | None) -> None:
        """As ``follow``; where nothing of the section differs this is not asked."""
        self.follow(rows, changed)

    def remark(self) -> None:
        """The findings are new: edges and tooltips of some rows differ."""
        new = self.workspace.marks
        self.tell(self._marks.differing(new))
        self._marks = new
