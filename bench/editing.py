"""Leaving a cell: 10 000 indicators or 5 000 codes in the window, until it is saved durably (beside a bare sqlite3 commit at the same
durability and the same moments) and until everything is painted and checked."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from bench.measured import Row


def rows() -> list[Row]:
    found: list[Row] = []
    for module, what in (("window_10000", "10000 项指标的表"), ("ledger_5000", "5000 个科目的预算")):
        told = _told(module)
        (middle, high), (saved, _), (commit, _) = (
            told[x] for x in ("leaving", "until saved", "a bare commit")
        )
        done = f"{what}，离开一格，存稳、画好、审核完（第 99 百分位）"
        found.append(Row(done, high, "ms", 50, note=f"中位数 {middle:.1f} ms"))
        found.append(Row(f"{what}，离开一格到存稳", saved, "ms", 3.0, "同时各提交一次的 sqlite3", commit))
    return found


def _told(module: str) -> dict[str, tuple[float, float]]:
    """By the beginnings of the lines that the window's own measurement prints: median and 99th percentile in ms, of the first line
    that begins so."""
    command = [sys.executable, "-m", f"bench.{module}"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout
    found: dict[str, tuple[float, float]] = {}
    for line in told.splitlines():
        numbers = [float(x) for x in re.findall(r"(?:median|p99)\s+([\d.]+)", line)]
        for name in ("leaving", "until saved", "a bare commit"):
            if line.startswith(name) and name not in found:
                found[name] = numbers[0], numbers[1]
    return found
