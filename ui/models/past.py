"""The journal of the open filing as lines: what, when, where; and the step that goes back to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from perfdesk.model.change import Change, InsertRow, MoveRow, RemoveRow, SetCell, Step
from perfdesk.model.finding import Place
from perfdesk.model.way import state_at, way
from ui import messages as say
from ui.messages import handing_in
from ui.messages import units as words

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.store import HistoryEntry, Seal


@dataclass(frozen=True, slots=True)
class Past:
    """One step as a line. ``place`` is the first cell or row that it touched; ``undone``: it does not count now."""

    number: int
    label: str
    at: datetime
    place: Place | None
    undone: bool
    reachable: bool
    """Whether one can go back to the point after it: not where it was overtaken."""
    who: str = ""

    @property
    def time(self) -> str:
        return say.clock_text(self.at)


def lines(entries: Sequence[HistoryEntry], only: Place | None = None) -> list[Past]:
    """Newest first; with ``only`` those that touched this cell (or its row, where it names no column)."""
    found = [e for e in entries if only is None or any(_touches(c, only) for c in e.changes)]
    return [
        Past(e.number, e.label + _became(e), e.at.astimezone(), _place(e), e.undone, not e.replaced, e.who)
        for e in reversed(found)
    ]


def with_seals(found: Sequence[Past], seals: Sequence[Seal]) -> list[Past]:
    """Among the steps when it was handed in and opened again; nobody goes back to such a point."""
    told = [(s.at, handing_in.history_line(s.package), s.who) for s in seals]
    told += [(s.opened_at, handing_in.unsealed_line(s.reason), s.opened_by) for s in seals if s.opened_at]
    extra = [Past(0, label, at.astimezone(), None, False, False, who) for at, label, who in told]
    return sorted([*found, *extra], key=lambda past: past.at, reverse=True)


def back_to(entries: Sequence[HistoryEntry], number: int, filing: Filing) -> Step:
    """One step that makes the filing what it was after the step ``number``; without changes where it is that already."""
    live = [e for e in entries if not e.replaced and e.number <= number]
    there = state_at([e.changes for e in live], filing)
    last = live[-1]
    return Step(words.step_back_to(say.clock_text(last.at.astimezone()), last.label), way(filing, there))


def _became(entry: HistoryEntry) -> str:
    match entry.changes:
        case (SetCell(_, _, text),):
            from perfdesk.bound import name_bound

            return words.became(name_bound(text))
        case _:
            return ""


def _touches(change: Change, place: Place) -> bool:
    match change:
        case SetCell(row, column, _):
            return row == place.row and place.column in (None, column)
        case InsertRow(row, _):
            return row.id == place.row and (place.column is None or bool(row.get(place.column)))
        case RemoveRow(row) | MoveRow(row, _, _):
            return row == place.row


def _place(entry: HistoryEntry) -> Place | None:
    for change in entry.changes:
        match change:
            case SetCell(row, column, _):
                return Place(row, column)
            case InsertRow(row, _):
                return Place(row.id)
            case MoveRow(row, _, _):
                return Place(row)
            case RemoveRow():
                continue
    return None
