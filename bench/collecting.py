"""A bureau collects: packages of units' whole years read, checked and stored, twice as many beside as many; ``make bureau`` is the same
at full size, with everything proved."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from bench.bureau import command, lead_to, server
from bench.measured import Row
from bench.thousand import Size
from bench.thousand.made import YEAR
from bench.thousand.packages import TREE, write_all

UNITS, FORMS = 40, 60


def rows(rounds: int = 3) -> list[Row]:
    sizes = (UNITS, UNITS // 2)
    with tempfile.TemporaryDirectory() as name, server() as started:
        folder = Path(name)
        handed = {n: folder / f"handed{n}" for n in sizes}
        for units, place in handed.items():
            write_all(place, Size(units, FORMS), with_departments=False)
        places = {"SQLite": ""} | ({"PostgreSQL": "server"} if started else {})
        found: list[Row] = []
        for base in places:
            runs: dict[int, list[tuple[float, float]]] = {n: [] for n in sizes}
            for _ in range(rounds):
                for units, place in handed.items():
                    url = started.url(started.database()) if started and places[base] else ""
                    runs[units].append(_collected(place, folder / "data", url))
            found += _rows(base, runs)
    return found


def _rows(base: str, runs: dict[int, list[tuple[float, float]]]) -> list[Row]:
    (many, most), (few, least) = (
        tuple(statistics.median(one[part] for one in runs[n]) for part in (0, 1)) for n in (UNITS, UNITS // 2)
    )
    what = f"收取 {UNITS} 个单位 × {FORMS} 张表（{base}）"
    half = f"{UNITS // 2} 个单位"
    return [
        Row(what, many, "s", 2.2, half, few, note=f"每个单位 {many / UNITS * 1000:.0f} ms"),
        Row(f"内存：{what}", most, "MB", 1.1, half, least),
    ]


def _collected(handed: Path, data: Path, url: str) -> tuple[float, float]:
    """Seconds and MB, into a new store."""
    shutil.rmtree(data, ignore_errors=True)
    if url:
        lead_to(url, data)
    command(data, "tree", str(handed / TREE))
    return command(data, "collect", "--year", str(YEAR), str(handed))
