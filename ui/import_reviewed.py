"""What becomes of one recognised filing before it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.document.source import Source
from perfdesk.import_notes import mended
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Place

if TYPE_CHECKING:
    from perfdesk.recognise import RecognisedFiling
    from perfdesk.store import Store


class Beside(NamedTuple):
    """The file of an import, a maker of row ids, and how to get a filing of the store."""

    source: Source
    new_id: Callable[[], str]
    stored: Callable[[int], Filing]


def beside(source: Source, store: Store | None) -> Beside | None:
    """None where there is nothing to look at: our own data files are taken as they are."""
    return Beside(source, store.new_id, store.filing) if store and source.format != "json" else None


class Reviewed:
    """A recognised filing with what was typed over it. ``there``: the filing that the year has already, None where it has none."""

    def __init__(self, found: RecognisedFiling) -> None:
        self.found = found
        self.texts: dict[Place, str] = {}
        self.there: Filing | None = None

    @property
    def filing(self) -> Filing:
        return mended(self.found.filing, self.texts)

    def became(self, found: RecognisedFiling) -> None:
        """Read as another edition: what was typed over the first is gone with it."""
        self.found = found
        self.texts = {}
