"""A model of one section of the open filing that keeps up with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.last_year import same
from ui.messages import carry as words
from ui.models.row_tree import MANY, RowTreeModel
from ui.models.viewing import viewing_of

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from perfdesk.model.filing import Filing, Row
    from ui.workspace import Workspace


class SectionModel(RowTreeModel):
    """Subclasses name the section; see ``RowTreeModel`` for what else they say."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.viewing = viewing_of(workspace)
        self._marks = workspace.marks
        self._shown: Filing | None = None
        self.viewing.changed.connect(self._look_anew)

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

    def _look_anew(self) -> None:
        """Last year's values come or go: rows have another height."""
        self.tell_all()
        self.layoutChanged.emit()

    # --- last year ---

    def last_of(self, row: Row, field: str) -> str:
        """What stood in the cell last year, as it would be typed this year; empty where there was nothing."""
        space = self.workspace
        if space.form is None or space.filing is None:
            return ""
        return space.last_year.typed(space.form, space.filing, row.id, field)

    def then(self, row: Row, field: str) -> str:
        """What stands below this year's value: last year's where that was another; empty where nobody wants to see it or lines have no
        room."""
        if not self.viewing.last_year or not field or len(self.rows()) > MANY:
            return ""
        last = self.last_of(row, field)
        return "" if same(last, row.get(field)) else words.before(last)

    def last_tip(self, row: Row, field: str) -> str:
        """All of last year's text, where it was another."""
        last = self.last_of(row, field)
        return "" if same(last, row.get(field)) else words.whole(last)

    def remark(self) -> None:
        """The findings are new: edges and tooltips of some rows differ."""
        new = self.workspace.marks
        self.tell(self._marks.differing(new))
        self._marks = new
