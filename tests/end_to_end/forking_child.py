"""Runs a job in a process of its own for every line on stdin, so that the job can be killed at any moment.

``apply FOLDER ID FILE`` is ``perfdesk apply`` with the steps of FILE; ``keep FOLDER`` opens the store with a migration more
than it has, then backs it up and restores it again and again. The program is imported once and forked for each job: 200
starts of the interpreter would take longer than the 200 jobs. Prints ``PID n`` first and ``END`` last; what the job prints
stands between.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Connection

from perfdesk import steps
from perfdesk.__main__ import main
from perfdesk.commands import filings
from perfdesk.store import Store
from perfdesk.store.migrations import MIGRATIONS, Migration

TABLES = 15
PATIENCE = 60  # seconds
ROUNDS = 200  # always more than there is time for before the kill, but an end where none comes
IMPORTED_FOR_THE_CHILDREN = (steps, filings)


def more_tables(conn: Connection) -> None:
    for number in range(TABLES):
        conn.exec_driver_sql(
            f"CREATE TABLE more_{number} (id INTEGER PRIMARY KEY, unit INTEGER REFERENCES unit (id))"
        )


NEXT = (*MIGRATIONS, Migration(len(MIGRATIONS) + 1, more_tables))


def apply(folder: str, filing_id: str, file: str) -> None:
    os.dup2(os.open(file, os.O_RDONLY), 0)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 – it is the process's own for as long as it lives
    main(["--data", folder, "apply", filing_id])
    signal.alarm(
        PATIENCE
    )  # where the other end was slow: there must be somebody to kill, and an end where no kill comes
    signal.pause()


def keep(folder: str) -> None:
    with Store.open(Path(folder), migrations=NEXT) as store:
        for _ in range(ROUNDS):
            store.restore(store.backup())


def run(job: str, *words: str) -> None:
    print(f"PID {os.getpid()}", flush=True)
    {"apply": apply, "keep": keep}[job](*words)
    os._exit(0)


def serve() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(*line.split())
        os.waitpid(child, 0)
        print("END", flush=True)


if __name__ == "__main__":
    serve()
