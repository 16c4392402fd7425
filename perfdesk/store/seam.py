"""What the store asks of the place where its data are, be it a file (``Database``, ``Vault``) or a server (``Server``, ``Served``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from perfdesk.errors import UserError
from perfdesk.paths import STORE_SETTINGS
from perfdesk.store.infos import BackupInfo
from perfdesk.store.migrations import Migration
from perfdesk.store.vault import Vault


class Data(Protocol):
    """Transactions. ``state``: the same as long as nobody has written. ``version``, ``faults``: what the database itself says it is, and
    what it finds wrong with itself."""

    def read(self) -> AbstractContextManager[Connection]: ...
    def write(self) -> AbstractContextManager[Connection]: ...
    def state(self) -> tuple[int, int]: ...
    def version(self, conn: Connection) -> int: ...
    def copy_into(self, target: Path) -> None: ...
    def faults(self, conn: Connection, version: int) -> Iterable[str]: ...


class Keeper(Protocol):
    """The life of the data. ``who``: whoever writes here. ``alone``: nobody else writes. ``size`` in bytes; None: not known here."""

    folder: Path
    found: int
    problem: UserError | None

    @property
    def who(self) -> Callable[[], str]: ...
    @property
    def database(self) -> Data: ...
    @property
    def alone(self) -> bool: ...
    @property
    def size(self) -> int | None: ...
    @property
    def version(self) -> int: ...
    def writing(self) -> None: ...
    def close(self) -> None: ...
    def after_change(self) -> None: ...
    def before_import(self) -> None: ...
    def make(self, reason: str) -> BackupInfo: ...
    def copy_to(self, target: Path) -> Path: ...
    def restore(self, source: Path) -> None: ...


def opened(
    folder: Path,
    server: str,
    clock: Callable[[], datetime],
    migrations: Sequence[Migration],
    read_only: bool,
) -> Keeper:
    """``server``: its address, which goes before the one in the folder; empty: not said. All that a server needs is imported only here."""
    if server or (folder / STORE_SETTINGS).exists():
        from perfdesk.store.served import Served
        from perfdesk.store.where import server_of

        if where := server_of(folder / STORE_SETTINGS, server):
            return Served.open(folder, where, clock, migrations, read_only=read_only)
    return (Vault.open_to_read if read_only else Vault.open)(folder, clock, migrations)
