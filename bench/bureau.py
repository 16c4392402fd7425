"""``make bureau``: a bureau at full size. Made units hand in, are collected and added up, in a file and on PostgreSQL; all is compared with
what must come out (``bench.thousand.oracle``), and timed at ten, a hundred and a thousand units.

``python -m bench.bureau [UNITS…] [--forms N]``: other numbers; with any, nothing is written.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bench.bureau_proof import Proof, proved
from bench.bureau_table import keep
from bench.thousand import Size
from bench.thousand.made import YEAR
from bench.thousand.packages import TREE, Written, write_all

if TYPE_CHECKING:
    from tests.postgres import Postgres

SIZES = (10, 100, 1000)
FORMS = 60
FILE, SERVER = "SQLite", "PostgreSQL"


@dataclass(frozen=True, slots=True)
class Run:
    """One size in one kind of store. Seconds of each step; ``summary``: everything in one workbook. ``memory``, ``summary_memory``: MB at
    most of any one process while collecting and while the workbook is made. ``handed`` and ``stored``: MB of the packages and of the
    store's file (0 where the data are on a server, which keeps them among its own)."""

    units: int
    forms: int
    base: str
    collecting: float
    summing: float
    summary: float
    memory: float
    summary_memory: float
    handed: float
    stored: float
    proof: Proof

    @property
    def right(self) -> bool:
        return self.proof.right


def main(words: list[str]) -> int:
    forms = int(words[words.index("--forms") + 1]) if "--forms" in words else FORMS
    sizes = [int(word) for n, word in enumerate(words) if word.isdigit() and words[n - 1 : n] != ["--forms"]]
    runs: list[Run] = []
    for units in sizes or SIZES:
        for run in measured(Size(units, forms)):
            print(told(run), flush=True)
            runs.append(run)
    if not words:
        keep([asdict(run) | {"right": run.right} for run in runs])
    return 0 if runs and all(run.right for run in runs) else 1


def measured(size: Size) -> Iterator[Run]:
    """In a file, and on a server where there can be one (else why not is said)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = write_all(folder / "handed", size)
        yield run(size, FILE, written, folder / "handed", folder / "file")
        with server() as started:
            if started is not None:
                data, database = folder / "server", started.database()
                yield on_server(size, written, folder / "handed", data, started.url(database))


def on_server(size: Size, written: Written, handed: Path, data: Path, url: str) -> Run:
    lead_to(url, data)
    return run(size, SERVER, written, handed, data)


def lead_to(url: str, data: Path) -> None:
    """A folder of data whose store is there."""
    data.mkdir()
    (data / "store.toml").write_text(f'url = "{url}"\n', encoding="utf-8")


@contextmanager
def server() -> Iterator[Postgres | None]:
    """A PostgreSQL of its own; None, and why is said, where there can be none."""
    from tests import postgres

    try:
        started = postgres.start()
    except postgres.NotThere as why:
        print(f"没有测 PostgreSQL：{why}", file=sys.stderr)
        yield None
        return
    try:
        yield started
    finally:
        started.stop()


def run(size: Size, base: str, written: Written, handed: Path, data: Path) -> Run:
    """``handed``: the folder with the packages; ``data``: an empty folder of data, or one that names a server."""
    command(data, "tree", str(handed / TREE))
    collecting, memory = command(data, "collect", "--year", str(YEAR), str(handed))
    summary, most = command(data, "consolidate", "--year", str(YEAR), "--to", str(data / "summary.xlsx"))
    proof, summing = proved(data, size, written)
    stored = sum(file.stat().st_size for file in data.glob("*.db")) / 1e6
    packages = sum(file.stat().st_size for file in written.files) / 1e6
    return Run(
        size.units, size.forms, base, collecting, summing, summary, memory, most, packages, stored, proof
    )


def command(data: Path, *words: str) -> tuple[float, float]:
    """Seconds, and MB of the largest of its processes. What is left to be decided (exit 1) or was no form (the list of units) is no
    mistake; a refused package is told by what is missing afterwards."""
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "perfdesk", "--data", str(data), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1, 3), (words, process.returncode)
    return perf_counter() - start, used.ru_maxrss / 1024


def told(run: Run) -> str:
    steps = (
        f"收取 {run.collecting:.1f} 秒、{run.memory:.0f} MB，汇总 {run.summing:.2f} 秒，"
        f"写成工作簿 {run.summary:.1f} 秒、{run.summary_memory:.0f} MB"
    )
    proof = json.dumps(asdict(run.proof), ensure_ascii=False)
    return f"{run.units} 个单位 × {run.forms} 张表，{run.base}：{steps}；{proof}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
