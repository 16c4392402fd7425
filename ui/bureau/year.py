"""What the bureau has of one year: the units, how each of them stands; read off the window's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.search import Index
from ui.models.library import source_of
from ui.rare_commands import BUREAU
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.errors import UserError
    from perfdesk.model.bureau import HandingInfo, Node
    from perfdesk.model.collected import Status, UnitStatus
    from perfdesk.store import Store
    from ui.workspace import Workspace

YEAR = "bureau/year"
FILTERS = ("", "missing", "errors", "returned")


@dataclass(frozen=True, slots=True)
class Read:
    """One look into the store. ``names``: the units by name and code, their pinyin looked up."""

    status: Status
    years: tuple[int, ...]
    names: Index[str]


class BureauYear(QObject):
    """``changed``: something was read anew; ``refused``: why it could not be."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.read: Read | None = None
        self._chosen = False
        self._told: str | None = None
        self._task: Task | None = None
        self._again = False
        self._running: set[Task] = set()

    @property
    def store(self) -> Store:
        assert self.workspace.store is not None
        return self.workspace.store

    @property
    def told(self) -> str | None:
        """Whether this is a bureau (see ``BUREAU``); None: nobody has said so yet. Asked of the store once: it may be adding up."""
        if self._told is None:
            self._told = self.workspace.setting(BUREAU)
        return self._told

    def tell(self, told: str) -> None:
        self._told = told
        self.workspace.set_setting(BUREAU, told)

    @property
    def year(self) -> int:
        """The one that was looked at last; the newest handed in, else this one."""
        if self.read is not None:
            return self.read.status.year
        kept = self.workspace.setting(YEAR) or ""
        return int(kept) if kept.isdigit() else 0

    @property
    def wanted(self) -> int | None:
        """The year that is collected for; None: whatever comes, as long as nothing was handed in and nobody chose."""
        return self.year if self._chosen or (self.read is not None and self.read.years) else None

    def turn_to(self, year: int) -> None:
        self._chosen = True
        if self.read is None or year != self.year:
            self.workspace.set_setting(YEAR, str(year))
            self._load(year)

    def load(self) -> None:
        self._load(self.year)

    def _load(self, year: int) -> None:
        """The newest wish counts; what an earlier one found is thrown away."""
        store, pinyin, before = self.store, source_of(self.workspace).pinyin, self.read

        def work(_task: Task) -> Read:
            from datetime import date

            from perfdesk.bureau.received import status_of

            years, nodes = store.bureau.years(), store.bureau.nodes()
            this = year or next(iter(years), date.today().year)
            if before is not None and before.status.nodes == nodes:
                names = before.names
            else:
                names = Index(((f"{n.name} {n.code}", n.key) for n in nodes), pinyin)
                names.warm()
            return Read(status_of(this, nodes, store.bureau.handings(this)), years, names)

        if self._task is not None:
            self._task.cancel()
        task = self._task = Task(work)
        self._running.add(task)
        task.done.connect(self._take)
        task.failed.connect(self._fail)
        task.ended.connect(lambda: self._running.discard(task))
        task.start()

    def is_idle(self) -> bool:
        return self._task is None

    def _take(self, read: Read) -> None:
        self._task, self.read = None, read
        self.changed.emit()

    def _fail(self, error: UserError) -> None:
        self._task = None
        self.refused.emit(error)

    # --- what is known ---

    @property
    def status(self) -> Status | None:
        return self.read.status if self.read else None

    def node(self, key: str) -> Node | None:
        return next((n for n in self.status.nodes if n.key == key), None) if self.status else None

    def handing(self, key: str) -> HandingInfo | None:
        """The one that counts."""
        units = self.status.units if self.status else ()
        return next((u.handing for u in units if u.node.key == key), None)

    def matching(self, words: str, which: str) -> set[str] | None:
        """Keys of what is found by these words (with all below it) and stands so; None: all."""
        if self.read is None or (not words.strip() and not which):
            return None
        status = self.read.status
        stands = {u.node.key for u in status.units if stands_so(u, which)} if which else None
        if not words.strip():
            return stands
        found = {hit.item for hit in self.read.names.search(words)}
        for node in status.nodes:  # parents stand first
            if node.parent in found:
                found.add(node.key)
        return found if stands is None else found & stands

    def counts(self) -> Mapping[str, int]:
        """Filter → how many units it shows."""
        units = self.status.units if self.status else ()
        return {which: sum(1 for u in units if stands_so(u, which)) for which in FILTERS}


def stands_so(unit: UnitStatus, which: str) -> bool:
    if which == "errors":
        return unit.handing is not None and unit.handing.errors > 0
    return not which or unit.state == which
