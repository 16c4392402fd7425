"""Runs ``perfdesk apply`` in a process of its own for every line ``FOLDER ID FILE`` on stdin; FILE holds the steps.

The program is imported once and forked for each run: 200 starts of the interpreter would take longer than the 200 runs.
Prints ``PID n`` first and ``END`` last; what the command answers stands between.
"""

from __future__ import annotations

import os
import sys

from perfdesk import steps, store
from perfdesk.__main__ import main
from perfdesk.commands import filings


def run(folder: str, filing_id: str, file: str) -> None:
    print(f"PID {os.getpid()}", flush=True)
    os.dup2(os.open(file, os.O_RDONLY), 0)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 – it is the process's own for as long as it lives
    os._exit(main(["--data", folder, "apply", filing_id]))


def serve() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(*line.split())
        os.waitpid(child, 0)
        print("END", flush=True)


if __name__ == "__main__":
    assert store and steps and filings  # imported here so that every child has them
    serve()
