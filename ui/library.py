"""What the store holds for the chosen unit and year, and the window's settings in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from perfdesk.values import unkept
from ui.messages import texts as words

if TYPE_CHECKING:
    from perfdesk.store import FilingInfo, FirstLook, Store


class Library(QObject):
    """``listed``: units, years or filings are different; ``refused``: a UserError to be told; ``told``: a sentence about what was
    entered; ``stored``: the store is open."""

    listed = Signal()
    refused = Signal(object)
    told = Signal(str)
    stored = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self.look: FirstLook | None = None
        """What is read in before the store is open."""
        self.open_at_last: Callable[[], object] = bool
        """Opens the store, where only a first look was taken."""
        self.unit: str | None = None
        self.year: int | None = None
        self.archived = False
        """The filing that is followed is only read: it is archived, or was handed in."""
        self.sealed: datetime | None = None
        """Since when it is handed in."""
        self.trouble: UserError | None = None
        """Why there is no store."""
        self.held: Callable[[], bool] = bool
        """Whether something is typed that cannot be written now: then no other filing takes its place."""

    @property
    def store(self) -> Store | None:
        """None: no data. Whoever asks for more than a first look has the store opened now."""
        if self._store is None and self.look is not None:
            self.open_at_last()
        return self._store

    @store.setter
    def store(self, store: Store | None) -> None:
        self._store = store

    @property
    def reading(self) -> Store | FirstLook | None:
        """Who answers what both know; None: no data."""
        return self._store or self.look

    def take(self, store: Store) -> bool:
        """This is the store. True where a first look has shown what is in it."""
        look, self.look = self.look, None
        self._store, self.trouble = store, None
        self.stored.emit()
        return look is not None and look.agrees_with(store)

    @property
    def is_open(self) -> bool:
        """Whether the store is: only then something can be on disk."""
        return self._store is not None

    def tell_unkept(self, text: str) -> bool:
        """Says what was taken away of a text that was entered; always True."""
        if count := unkept(text):
            self.told.emit(words.unkept(count))
        return True

    @property
    def problem(self) -> str:
        return self.trouble.message if self.trouble else ""

    def begin_with(self, unit: str, year: int) -> None:
        """Chosen before there is any filing of it."""
        self.unit, self.year = unit, year
        self.listed.emit()

    def all_infos(self) -> tuple[FilingInfo, ...]:
        return self.reading.filings() if self.reading else ()

    @property
    def holds_nothing(self) -> bool:
        """There are data, and no filing in them."""
        return self.reading is not None and not self.all_infos()

    def infos(self) -> tuple[FilingInfo, ...]:
        """All filings of the chosen unit, every year."""
        return tuple(i for i in self.all_infos() if i.unit_name == self.unit)

    def units(self) -> tuple[str, ...]:
        """Names of the units that have filings, in the order they came."""
        return tuple(dict.fromkeys(i.unit_name for i in self.all_infos()))

    def all_units(self) -> tuple[str, ...]:
        """Those without filings, too."""
        made = tuple(u.name for u in self.reading.units()) if self.reading else ()
        return tuple(dict.fromkeys((*self.units(), *made)))

    def years(self) -> tuple[int, ...]:
        """Of the chosen unit, newest first."""
        return tuple(sorted({i.year for i in self.infos() if i.year is not None}, reverse=True))

    def info(self, filing_id: int) -> FilingInfo | None:
        return next((i for i in self.all_infos() if i.id == filing_id), None)

    def follow(self, filing_id: int | None) -> None:
        """Unit and year become those of this filing (None: they stay)."""
        info = self.info(filing_id) if filing_id is not None else None
        self.archived = info is not None and info.closed
        self.sealed = info.sealed if info else None
        if info:
            self.unit, self.year = info.unit_name, info.year

    def setting(self, key: str) -> str | None:
        return self.reading.setting(key) if self.reading else None

    def can_write(self) -> bool:
        """Something small is written to find out."""
        try:
            if self.store:
                self.store.set_setting("window/tried", datetime.now().isoformat())
        except UserError:
            return False
        return self.store is not None

    def set_setting(self, key: str, value: str) -> None:
        """A setting that cannot be written is no reason to disturb anybody."""
        if self.setting(key) != value and self.store:
            try:
                self.store.set_setting(key, value)
            except UserError:
                return


def newest(infos: tuple[FilingInfo, ...]) -> FilingInfo | None:
    return max(infos, key=lambda i: (i.year or 0, str(i.changed_at)), default=None)
