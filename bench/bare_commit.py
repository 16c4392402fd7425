"""What an edit is measured against: one commit of bare sqlite3 at the same durability, made between the edits, at the same moments."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import perf_counter
from typing import Any

ROWS = 10_000


class BareCommit:
    """A file of its own in ``folder``, with as many rows as the form that is edited."""

    def __init__(self, folder: Path) -> None:
        self.times: list[float] = []
        self._db = sqlite3.connect(folder / "bare.db", isolation_level=None)
        for line in ("PRAGMA journal_mode=TRUNCATE", "PRAGMA synchronous=EXTRA", "PRAGMA foreign_keys=ON"):
            self._db.execute(line)
        self._db.execute("CREATE TABLE cell (id INTEGER PRIMARY KEY, row TEXT, name TEXT, text TEXT)")
        self._db.execute("CREATE TABLE journal (id INTEGER PRIMARY KEY, done TEXT)")
        self._db.execute("BEGIN")
        many = ((n, f"x{n}", "target", str(n)) for n in range(ROWS))
        self._db.executemany("INSERT INTO cell VALUES (?, ?, ?, ?)", many)
        self._db.execute("COMMIT")

    def once(self) -> None:
        """One row is updated and its line of a journal added."""
        number = len(self.times)
        start = perf_counter()
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("UPDATE cell SET text = ? WHERE id = ?", (str(number), number * 37 % ROWS))
        self._db.execute("INSERT INTO journal (done) VALUES (?)", (f"修改 {number}",))
        self._db.execute("COMMIT")
        self.times.append(perf_counter() - start)


class Saves:
    """When the store last said that a step is on disk."""

    def __init__(self, store: Any) -> None:
        self.at = 0.0
        apply = store.apply

        def noted(*arguments: Any) -> Any:
            after = apply(*arguments)
            self.at = perf_counter()
            return after

        store.apply = noted
