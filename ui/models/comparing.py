"""What the open filing can be compared with, the comparison, and its lines as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from perfdesk import mapping_files
from perfdesk.compare.filings import Side, compare
from perfdesk.compare.lines import Comparison, Line
from perfdesk.compare.printed import printed_against_computed
from perfdesk.model.way import state_at
from perfdesk.values import show_amount
from ui import messages as say
from ui.messages import compare as words

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.model.filing import Filing
    from perfdesk.store import FilingInfo, Store
    from ui.look import Look
    from ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
NONE = QModelIndex()
MOST_STEPS = 60
"""So many states are offered, the newest first."""
WHERE, LEFT, RIGHT, KIND, MORE = range(5)


@dataclass(frozen=True, slots=True)
class Other:
    """What stands at the left. ``number``: of the filing or of the step; ``short``: what heads its column."""

    kind: Literal["filing", "step", "printed"]
    label: str
    number: int = 0
    short: str = ""


def others(space: Workspace) -> tuple[Other, ...]:
    """Earlier years first, the newest before; then earlier states of the open filing; then the same form of other units."""
    filing = space.filing
    if space.store is None or filing is None:
        return ()
    kind = _kind(filing.form)
    same = [
        i
        for i in space.all_infos()
        if _kind(i.form) == kind and i.id != filing.id and i.form in space.catalog.forms
    ]
    same.sort(key=lambda i: (i.name != filing.cell("basic/name"), -(i.year or 0)))
    own = [i for i in same if i.unit_name == space.unit]
    steps = [e for e in reversed(space.history()) if not e.undone][1 : MOST_STEPS + 1]
    states = [
        Other("step", words.step(f"{e.at.astimezone():%Y-%m-%d %H:%M}", e.label), e.number) for e in steps
    ]
    strangers = [i for i in same if i.unit_name != space.unit]
    printed = Other("printed", words.PRINTED)
    return (*map(_filing, own), printed, *states, *(_filing(i, i.unit_name) for i in strangers))


def _filing(info: FilingInfo, unit: str = "") -> Other:
    year = say.year_text(info.year)
    label = words.other(year, info.name or info.title, unit)
    return Other("filing", label, info.id, words.other(year, unit, ""))


def _kind(form: str) -> str:
    return form.rpartition("/")[2]


def compared(store: Store, catalog: Catalog, filing: Filing, other: Other) -> Comparison:
    """``other`` at the left, ``filing`` at the right. On any thread."""
    form = catalog.form(filing.form)
    if other.kind == "printed":
        return printed_against_computed(form, filing)
    now = Side(form, filing, words.NOW if other.kind == "step" else say.year_text(filing.year))
    if other.kind == "filing":
        then = store.filing(other.number)
        left = Side(catalog.form(then.form), then, other.short)
    else:
        assert filing.id is not None
        entries = [e for e in store.history(filing.id) if not e.replaced and e.number <= other.number]
        left = Side(form, state_at([e.changes for e in entries], filing), other.label)
    return compare(left, now, mapping_files.load(catalog, store.vault.folder), store.new_id)


class ComparedModel(QAbstractTableModel):
    """``only``: without what is the same."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.found: Comparison | None = None
        self.only = True
        self.lines: tuple[Line, ...] = ()

    def show(self, found: Comparison | None, only: bool) -> None:
        self.beginResetModel()
        self.found, self.only = found, only
        self.lines = () if found is None else found.differences if only else found.lines
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NONE) -> int:
        return 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != ROLE.DisplayRole:
            return None
        sides = (self.found.left, self.found.right) if self.found else ("", "")
        return (words.COLUMNS[0], *sides, *words.COLUMNS[1:])[section]

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        text = self._text(line, column)
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return text or None
        if role == ROLE.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column == MORE else Qt.AlignmentFlag.AlignLeft
            return Qt.AlignmentFlag.AlignVCenter | side
        if role == ROLE.BackgroundRole and line.kind != "same" and column in (LEFT, RIGHT) and text:
            return self.look.colour("current" if line.kind == "changed" else "accent_ground")
        if role == ROLE.ForegroundRole and column in (KIND, MORE):
            return self.look.colour("quiet")
        return None

    def _text(self, line: Line, column: int) -> str:
        more = show_amount(line.more) if line.more else ""
        where = line.where if line.where.startswith(line.part) else f"{line.part} · {line.where}"
        return (where, line.left, line.right, words.KINDS[line.kind], more)[column]
