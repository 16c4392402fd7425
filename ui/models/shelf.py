"""The filings of the chosen unit for the list at the left: this year's by kind with their state, earlier ones below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from perfdesk.check import check
from perfdesk.derive import derive
from perfdesk.explained import sorted_out
from ui import messages as say
from ui.explained import said
from ui.models.progress import Progress, progress

if TYPE_CHECKING:
    from perfdesk.store import FilingInfo
    from ui.explained import Explained
    from ui.workspace import Workspace

State = Literal["error", "warning", "clean", "untouched", ""]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a filing stands. ``state`` is empty while that is not known yet."""

    state: State = ""
    filled: int = 0
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; a heading has no ``id``. ``quiet``: of another year. ``action``: what the line does, where it is no filing."""

    text: str
    id: int | None = None
    standing: Standing = Standing()
    heading: bool = False
    quiet: bool = False
    action: str = ""


class Shelf(QObject):
    """``changed``: the lines are different. States of filings that are not open are found one by one when there is time."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._known: dict[int, tuple[object, Standing]] = {}
        self._waiting: list[FilingInfo] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)
        workspace.listed.connect(self.refresh)

    def follow(self, explained: Explained) -> None:
        """How the open filing stands."""
        explained.changed.connect(lambda: self._opened_is_known(explained))

    def entries(self) -> list[Entry]:
        infos = self.workspace.infos()
        year = self.workspace.year
        lines: list[Entry] = []
        here = [i for i in infos if i.year == year]
        for name in dict.fromkeys(self._group(i) for i in here):
            lines.append(Entry(name, heading=True))
            lines += [self._entry(i, self._title(i)) for i in here if self._group(i) == name]
        others = sorted((i for i in infos if i.year != year), key=lambda i: -(i.year or 0))
        if infos:
            lines.append(Entry(say.EARLIER, heading=True))
            lines += [self._entry(i, say.other_year(i.year, self._title(i)), True) for i in others]
            lines += [Entry(text, quiet=True, action=name) for name, text in say.SHELF_ACTIONS.items()]
        return lines

    def _group(self, info: FilingInfo) -> str:
        return say.GROUPS.get(info.form.rpartition("/")[2], say.OTHER_GROUP)

    def _title(self, info: FilingInfo) -> str:
        return say.KINDS.get(info.form.rpartition("/")[2], info.title)

    def _entry(self, info: FilingInfo, text: str, quiet: bool = False) -> Entry:
        known = self._known.get(info.id)
        return Entry(text, info.id, known[1] if known else Standing(), quiet=quiet)

    # --- states ---

    def refresh(self) -> None:
        infos = self.workspace.infos()
        self._waiting = [i for i in infos if self._known.get(i.id, (None,))[0] != i.changed_at]
        if self._waiting:
            self._timer.start()
        self.changed.emit()

    def _next(self) -> None:
        """One filing checked; the window stays alive between two."""
        if not self._waiting or self.workspace.store is None:
            self._timer.stop()
            return
        info = self._waiting.pop(0)
        filing = self.workspace.store.filing(info.id)
        form = self.workspace.catalog.form(filing.form)
        values = derive(form, filing)
        waiting, _ = sorted_out(filing, check(form, filing, values), said(self.workspace, info.id))
        standing = _standing(progress(form, values), [f.severity for f in waiting])
        self._known[info.id] = info.changed_at, standing
        self.changed.emit()

    def _opened_is_known(self, explained: Explained) -> None:
        space = self.workspace
        if space.filing is None or space.filing.id is None or space.values is None or space.form is None:
            return
        standing = _standing(progress(space.form, space.values), [f.severity for f in explained.open])
        stamp = self._known.get(space.filing.id, (None,))[0]
        self._known[space.filing.id] = (stamp, standing)
        self.changed.emit()


def _standing(done: Progress, severities: list[str]) -> Standing:
    """Grey while nothing is filled in but what the form brings."""
    if done.untouched:
        return Standing("untouched", done.filled, done.wanted)
    for severity in ("error", "warning"):
        if severity in severities:
            return Standing(severity, done.filled, done.wanted)  # type: ignore[arg-type]
    return Standing("clean", done.filled, done.wanted)
