"""Undo and redo across filings: steps of one typing together, and a filing withdrawn by undo brought back by redo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from perfdesk.model.filing import Filing

if TYPE_CHECKING:
    from perfdesk.store import Store

Way = Literal["undo", "redo"]


@dataclass(frozen=True, slots=True)
class Turned:
    """``label`` of the step; ``withdrawn``: its filing is not in the list any more."""

    id: int
    filing: Filing
    label: str
    withdrawn: bool


class Travels:
    """Steps that were written while one field was being typed in are undone and redone together, as long as the window is
    open; what is older goes step by step. Per filing: the sizes of such runs."""

    def __init__(self) -> None:
        self._done: dict[int, list[int]] = {}
        self._undone: dict[int, list[int]] = {}
        self._open: tuple[int, tuple[str, str]] | None = None
        self._withdrawn: list[int] = []

    def did(self, filing: int, run: tuple[str, str] | None) -> None:
        """A step was made; ``run``: the cell that is still being typed in, None where the step stands alone."""
        done = self._done.setdefault(filing, [])
        if run is not None and self._open == (filing, run) and done:
            done[-1] += 1
        else:
            done.append(1)
        self._open = (filing, run) if run is not None else None
        self._undone.pop(filing, None)

    def close(self) -> None:
        """The field was left: what comes next is a run of its own."""
        self._open = None

    def turn(self, store: Store, filing: int | None, way: Way) -> Turned | None:
        """Undo or redo once. Redo with nothing to redo here brings back the filing that undo withdrew last."""
        self._open = None
        turned = self._turn_here(store, filing, way) if filing is not None else None
        if turned is None and way == "redo" and self._withdrawn:
            number = self._withdrawn.pop()
            done = store.redo(number)
            turned = Turned(number, done[0], done[1], withdrawn=False) if done else None
        return turned

    def _turn_here(self, store: Store, filing: int, way: Way) -> Turned | None:
        turn = store.undo if way == "undo" else store.redo
        last: tuple[Filing, str] | None = None
        for _ in range(self._size(filing, way)):
            last = turn(filing) or last
        if last is None:
            return None
        withdrawn = filing not in {i.id for i in store.filings()}
        if withdrawn:
            self._withdrawn.append(filing)
        return Turned(filing, last[0], last[1], withdrawn)

    def _size(self, filing: int, way: Way) -> int:
        source, target = (self._done, self._undone) if way == "undo" else (self._undone, self._done)
        sizes = source.get(filing, [])
        size = sizes.pop() if sizes else 1
        target.setdefault(filing, []).append(size)
        return size
