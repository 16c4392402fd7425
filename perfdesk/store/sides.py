"""The parts of a store that are made when first asked for: most who fill in forms never do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from perfdesk.store.scribe import Scribe
from perfdesk.store.seam import Keeper

if TYPE_CHECKING:
    from perfdesk.store.bureau import Bureau
    from perfdesk.store.people import People
    from perfdesk.store.remarks import Remarks


class Sides:
    """What a store is behind its sides."""

    vault: Keeper
    _scribe: Scribe
    _guard: AbstractContextManager[object]
    _change: Callable[[], AbstractContextManager[Connection]]

    @cached_property
    def bureau(self) -> Bureau:
        """What units handed in to us."""
        from perfdesk.store.bureau import Bureau

        return Bureau(self.vault, self._change, self._guard, self._scribe)

    @cached_property
    def remarks(self) -> Remarks:
        """What the bureau said about what we handed in."""
        from perfdesk.store.remarks import Remarks

        return Remarks(self.vault, self._change, self._guard, self._scribe)

    @cached_property
    def people(self) -> People:
        """Who may do what, and who did what."""
        from perfdesk.store.people import People

        return People(self.vault, self._change, self._guard, self._scribe)
