"""The start: from the command to the first paint, to a cursor that takes typing with the sample year open, and the memory by then."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep

from bench.measured import Row

HERE = Path(__file__).parent
BUILT = HERE.parent / "dist" / "perfdesk" / "perfdesk-window"
PATIENCE = 60


def rows(rounds: int = 7) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        _sample(data)
        ours = [sys.executable, str(HERE / "our_window.py"), str(data)]
        bare = [sys.executable, str(HERE / "bare_window.py")]
        runs = [(_run(ours), _run(bare)) for _ in range(rounds + 1)][1:]
        source = [sys.executable, "-m", "ui"]
        pairs = [
            (_until_open([str(BUILT)], data), _until_open(source, data))
            for _ in range(rounds + 1 if BUILT.exists() else 0)
        ][1:]
    peer = "空的 PySide6 窗口"
    works = (
        ("启动到第一次画出", "painted", 0, 1000.0, "ms", 1.3),
        ("启动到光标可以录入（示例年度）", "typing", 0, 1000.0, "ms", 2.2),
        ("内存（示例年度打开）", "open", 1, 1 / 1024, "MB", 1.6),
    )
    found: list[Row] = []
    for work, word, part, factor, unit, bar in works:
        mine = statistics.median(one[0][word][part] for one in runs) * factor
        theirs = (
            statistics.median(one[1]["painted" if word == "painted" else "typing"][part] for one in runs)
            * factor
        )
        found.append(Row(work, mine, unit, bar, peer, theirs))
    return [*found, _built(pairs, found[1].reached)]


def _built(pairs: list[tuple[float, float]], typing: float) -> Row:
    """``pairs``: seconds of the built program and of the source; ``typing``: how many times as long as the bare window the source takes
    until it takes a letter, which of the built program cannot be seen from outside."""
    work, peer = "打包的程序，启动到数据打开", "从源码启动"
    if not pairs:
        return Row(work, None, "ms", 1.3, peer, note="没有打包（make package）")
    mine, theirs = (statistics.median(pair[side] for pair in pairs) * 1000 for side in (0, 1))
    note = f"光标可以录入的时刻从外面看不到，照此约为空窗口的 {mine / theirs * typing:.2f} 倍（≤ 2.2）"
    return Row(work, mine, "ms", 1.3, peer, theirs, note=note)


def _until_open(command: list[str], data: Path) -> float:
    """Seconds until the program, seen from outside, has painted its window and opened its data: then the door for a second start stands
    open."""
    door = data / "perfdesk.socket"
    door.unlink(missing_ok=True)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    start = perf_counter()
    running = subprocess.Popen(
        [*command, "--data", str(data)],
        env=environment,
        cwd=HERE.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not door.exists():
            if running.poll() is not None or perf_counter() - start > PATIENCE:
                raise RuntimeError(f"{command[0]} opened nothing")
            sleep(0.002)
        return perf_counter() - start
    finally:
        running.kill()
        running.wait()


def _sample(data: Path) -> None:
    """The sample unit, its middle year's declaration open, the tour seen."""
    from itertools import count

    from perfdesk.catalog import load
    from perfdesk.sample import install
    from perfdesk.store import Store

    numbers = count()
    with Store.open(data) as store:
        made = sorted(install(store, load(), lambda: f"b{next(numbers)}"))
        store.set_setting("window/filing", str(made[len(made) // 2]))


def _run(command: list[str]) -> dict[str, tuple[float, float]]:
    """Word → (seconds since the start of the process, kB)."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = perf_counter()
    found: dict[str, tuple[float, float]] = {}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment | {"QT_QPA_PLATFORM": "offscreen"}
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            word, kilobytes = line.split()
            found[word] = perf_counter() - start, float(kilobytes)
    return found
