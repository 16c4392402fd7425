"""What becomes of one recognised filing before it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.document.source import Source
from perfdesk.import_notes import mended
from perfdesk.import_rows import NOTHING, apart, with_kept
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Place

if TYPE_CHECKING:
    from perfdesk.model.form import Form
    from perfdesk.recognise import RecognisedFiling
    from perfdesk.store import Store


class Beside(NamedTuple):
    """The file of an import, a maker of row ids, and how to get a filing of the store."""

    source: Source
    new_id: Callable[[], str]
    stored: Callable[[int], Filing]


def beside(source: Source, store: Store | None) -> Beside | None:
    """None where there is nothing to look at: our own data files are taken as they are."""
    looked_at = source.format not in ("json", "package")
    return Beside(source, store.new_id, store.filing) if store and looked_at else None


class Reviewed:
    """A recognised filing with what was typed over it. ``there``: the filing that the year has already, None where it has none;
    ``apart``: the rows that only that one has, of which those of ``keeping`` come with the file's."""

    def __init__(self, found: RecognisedFiling) -> None:
        self.found = found
        self.texts: dict[Place, str] = {}
        self.there: Filing | None = None
        self.apart = NOTHING
        self.keeping: frozenset[str] = frozenset()

    @property
    def filing(self) -> Filing:
        return self._with(self.keeping)

    @property
    def offered(self) -> Filing:
        """With every row that could be kept."""
        return self._with(self.own_rows)

    @property
    def own_rows(self) -> frozenset[str]:
        return frozenset(row.id for row in self.apart.rows)

    def _with(self, rows: frozenset[str]) -> Filing:
        return mended(with_kept(self.found.filing, self.apart, rows), self.texts)

    def stand_beside(self, there: Filing | None, form: Form, new_id: Callable[[], str]) -> None:
        """What was chosen of another one's rows is forgotten."""
        if there != self.there:
            self.there, self.keeping = there, frozenset()
            self.apart = NOTHING if there is None else apart(form, there, self.found.filing, new_id)

    def became(self, found: RecognisedFiling) -> None:
        """Read as another edition: what was typed over the first is gone with it."""
        self.found = found
        self.texts = {}
        self.there, self.apart, self.keeping = None, NOTHING, frozenset()
