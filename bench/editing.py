"""Leaving a cell: 10 000 indicators or 5 000 codes in the window, saved durably; beside a bare sqlite3 commit at the same durability."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench.measured import Row, percentile

EDITS = 200


def rows() -> list[Row]:
    commit = _commits()
    found: list[Row] = []
    for module, what in (("window_10000", "10000 项指标的表"), ("ledger_5000", "5000 个科目的预算")):
        middle, high = _leaving(module)
        found.append(Row(f"{what}，离开一格并存盘（第 99 百分位）", high, "ms", 50))
        found.append(Row(f"{what}，离开一格并存盘（中位数）", middle, "ms", 3.0, "sqlite3 提交一次", commit))
    return found


def _leaving(module: str) -> tuple[float, float]:
    """Median and 99th percentile in ms, as the window's own measurement tells them."""
    command = [sys.executable, "-m", f"bench.{module}"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout
    line = next(x for x in told.splitlines() if x.startswith("leaving"))
    middle, high = re.findall(r"(?:median|p99)\s+([\d.]+)", line)
    return float(middle), float(high)


def _commits() -> float:
    """Median ms of an update of one row and its journal line in a file of its own."""
    times: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        db = sqlite3.connect(Path(name) / "bare.db", isolation_level=None)
        for line in ("PRAGMA journal_mode=TRUNCATE", "PRAGMA synchronous=EXTRA", "PRAGMA foreign_keys=ON"):
            db.execute(line)
        db.execute("CREATE TABLE cell (id INTEGER PRIMARY KEY, row TEXT, name TEXT, text TEXT)")
        db.execute("CREATE TABLE journal (id INTEGER PRIMARY KEY, done TEXT)")
        many = ((n, f"x{n}", "target", str(n)) for n in range(10_000))
        db.execute("BEGIN")
        db.executemany("INSERT INTO cell VALUES (?, ?, ?, ?)", many)
        db.execute("COMMIT")
        for number in range(EDITS):
            start = perf_counter()
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE cell SET text = ? WHERE id = ?", (str(number), number * 37 % 10_000))
            db.execute("INSERT INTO journal (done) VALUES (?)", (f"修改 {number}",))
            db.execute("COMMIT")
            times.append((perf_counter() - start) * 1000)
        db.close()
    return percentile(times, 0.5)
