"""Undo and redo over everything: steps of the open filing and deeds on units and whole filings, in the order they were done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from perfdesk.errors import UserError

if TYPE_CHECKING:
    from perfdesk.store import Store
    from ui.workspace import Workspace

Way = Literal["undo", "redo"]


class Travels:
    """``left``: the filing that was open when it left the list; it is opened again when it comes back with others."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.left: int | None = None

    def coming(self, way: Way) -> str | None:
        """The label of what comes next, None where nothing is left."""
        return self.both()[0 if way == "undo" else 1]

    def both(self) -> tuple[str | None, str | None]:
        """What undo and what redo would take next."""
        space = self.workspace
        undo, redo = (
            space.store.timeline.both(space.open_id) if space.is_open and space.store else (None, None)
        )
        return undo.label if undo else None, redo.label if redo else None

    def go(self, way: Way) -> str | None:
        """Undo or redo once; the label of what was turned. What cannot be done is told."""
        store = self.workspace.store
        try:
            return self._go(store, way) if store else None
        except UserError as error:
            self.workspace.refused.emit(error)
            return None

    def _go(self, store: Store, way: Way) -> str | None:
        space = self.workspace
        coming = store.timeline.next(way, space.open_id)
        if coming is None:
            return None
        before, back = _listed(store), way == "undo"
        if coming.filing is None:
            store.office.undo() if back else store.office.redo()
        else:
            done = store.undo(coming.filing) if back else store.redo(coming.filing)
            if done and coming.filing == space.open_id and coming.filing in _listed(store):
                space.became(done[0], way)
                return coming.label
        self._follow([i for i in _listed(store) if i not in before])
        return coming.label

    def _follow(self, came: list[int]) -> None:
        """Filings came or went, or were named or closed otherwise: what came back is opened."""
        if came:
            self.workspace.open(self.left if self.left in came else came[-1])
        else:
            self.workspace.refresh()


def _listed(store: Store) -> list[int]:
    return [info.id for info in store.filings()]
