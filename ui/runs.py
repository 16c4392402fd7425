"""Steps that were written while one field was being typed in: undone and redone together, as long as the window is open."""

from __future__ import annotations

from typing import Literal


class Runs:
    """Per filing, the sizes of the runs done and undone in this session; what is older counts as runs of one."""

    def __init__(self) -> None:
        self._done: dict[int, list[int]] = {}
        self._undone: dict[int, list[int]] = {}
        self._open: tuple[int, tuple[str, str]] | None = None

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

    def turn(self, filing: int, way: Literal["undo", "redo"]) -> int:
        """How many steps to undo or redo now."""
        source, target = (self._done, self._undone) if way == "undo" else (self._undone, self._done)
        sizes = source.get(filing, [])
        size = sizes.pop() if sizes else 1
        target.setdefault(filing, []).append(size)
        self._open = None
        return size
