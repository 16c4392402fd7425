"""The rows of a filing linked to their neighbours while a step is carried out, so that each change costs only what it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfdesk.model.filing import Row


class LinkedRows:
    """Made of rows in preorder; ``in_order`` gives them in preorder again. Rows at the top of all sections are one family,
    in printed order; the others are children of their parent.

    LookupError where a row's parent does not stand before it: such rows are no filing.
    """

    __slots__ = ("_before", "_first", "_next", "known")

    def __init__(self, rows: Iterable[Row]) -> None:
        self.known: dict[str, Row] = {}
        self._first: dict[str | None, str] = {}
        self._next: dict[str, str | None] = {}
        self._before: dict[str, str | None] = {}
        last: dict[str | None, str] = {}
        for row in rows:
            row_id, parent = row.id, row.parent
            if parent is not None and parent not in self.known:
                raise LookupError(row_id)
            elder = last.get(parent)
            if elder is None:
                self._first[parent] = row_id
            else:
                self._next[elder] = row_id
            self.known[row_id] = row
            self._before[row_id] = elder
            self._next[row_id] = None
            last[parent] = row_id

    def in_order(self) -> tuple[Row, ...]:
        return tuple(self._below(None))

    def subtree(self, row_id: str) -> tuple[Row, ...]:
        """The row and everything below it, in order."""
        return (self.known[row_id], *self._below(row_id))

    def _below(self, parent: str | None) -> Iterator[Row]:
        at, waiting = self._first.get(parent), list[str]()
        while at is not None or waiting:
            if at is None:
                at = self._next[waiting.pop()]
                continue
            yield self.known[at]
            below = self._first.get(at)
            if below is None:
                at = self._next[at]
            else:
                waiting.append(at)
                at = below

    def siblings(self, parent: str | None) -> Iterator[Row]:
        at = self._first.get(parent)
        while at is not None:
            yield self.known[at]
            at = self._next[at]

    def before(self, row: Row) -> str | None:
        """The id of the sibling in the same section just before ``row``; None where it is the first."""
        at = self._before[row.id]
        while at is not None and self.known[at].section != row.section:
            at = self._before[at]
        return at

    def is_within(self, row_id: str | None, above: str) -> bool:
        """``row_id`` is the row ``above`` or stands somewhere below it."""
        while row_id is not None and row_id != above:
            row = self.known.get(row_id)
            row_id = row.parent if row else None
        return row_id is not None

    # --- changing ---

    def put(self, row: Row, elder: str | None) -> None:
        """A row that is not among them comes below its parent, after ``elder`` (None: first)."""
        younger = self._first.get(row.parent) if elder is None else self._next[elder]
        self.known[row.id] = row
        self._link(row.parent, elder, row.id)
        self._link(row.parent, row.id, younger)

    def take(self, row: Row) -> None:
        """The row leaves its place; what stands below it stays below it."""
        self._link(row.parent, self._before.pop(row.id), self._next.pop(row.id))
        del self.known[row.id]

    def _link(self, parent: str | None, elder: str | None, younger: str | None) -> None:
        """The two follow one another among the children of ``parent``; None stands for either end."""
        if elder is not None:
            self._next[elder] = younger
        elif younger is not None:
            self._first[parent] = younger
        else:
            self._first.pop(parent, None)
        if younger is not None:
            self._before[younger] = elder

    def drop(self, rows: tuple[Row, ...]) -> None:
        """A whole subtree, as ``subtree`` gives it, is forgotten."""
        self.take(rows[0])
        for row in rows:
            self._first.pop(row.id, None)
        for row in rows[1:]:
            del self.known[row.id], self._next[row.id], self._before[row.id]

    def become(self, row: Row) -> None:
        """Another content of the row of that id, at the same place."""
        self.known[row.id] = row
