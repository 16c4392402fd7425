"""The window is killed while somebody types in it: what it showed as saved is there, and at most one field or two seconds are not."""

from __future__ import annotations

import atexit
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from perfdesk import catalog
from perfdesk.sample import install
from perfdesk.store import Store
from tests.torture.experiment import Experiment, Outcome

ROOT = Path(__file__).resolve().parent.parent.parent
UNSAVED = 2.5
"""Seconds: two, and what a busy machine takes to come round to it."""
LIVES = {
    "many": ((0, 8), (0.0, 0.06)),
    "late": ((2, 5), (0.0, 0.06)),
    "long": ((0, 1), (UNSAVED, 2 * UNSAVED)),
    "patient": ((0, 1), (UNSAVED, 2 * UNSAVED)),
}
"""By the mode of ``_window_child``: a window is killed after so many edits were shown as saved (from, below), and so many seconds after
the last of them. A field is typed and left within a few hundredths of a second, and its commit takes a part of that."""
LANES = 2
"""So many windows at a time, where there are many: most of the time one waits."""
VERIFY = 50


@dataclass
class Heard:
    """What a window said until it was killed. ``typed``: all texts of each cell in their order; ``shown`` and ``left``: the last of each
    cell; ``keys``: (time, text) of a long text; ``refused``: that it did not open."""

    typed: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    shown: dict[tuple[str, str], str] = field(default_factory=dict)
    left: dict[tuple[str, str], str] = field(default_factory=dict)
    keys: list[tuple[float, str]] = field(default_factory=list)
    refused: str = ""
    edits: int = 0
    doomed: bool = False
    killed: float = 0.0


class Windows:
    """One process that can open a window as often as it is asked to."""

    def __init__(self) -> None:
        self._driver = subprocess.Popen(
            [sys.executable, "-m", "tests.torture._window_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )

    def close(self) -> None:
        assert self._driver.stdin is not None
        self._driver.stdin.close()
        self._driver.wait()

    def _lines(self) -> Iterator[list[Any]]:
        assert self._driver.stdout is not None
        for line in self._driver.stdout:
            # A killed process may leave a piece of a line before the next one: it told nothing.
            start = line.rfind(b'["')
            try:
                yield json.loads(line[start:])
            except ValueError:
                continue
        raise AssertionError("the driver of the windows ended")

    def killed_after(self, folder: Path, seed: int, mode: str, moment: tuple[int, float]) -> Heard:
        """A window over ``folder`` is opened, and killed at that moment: so many edits after one could type in it, and seconds."""
        assert self._driver.stdin is not None
        self._driver.stdin.write(f"{folder} {seed} {mode}\n".encode())
        self._driver.stdin.flush()
        heard, process, after = Heard(), 0, moment[0]
        for words in self._lines():
            match words:
                case ["PID", int(number)]:
                    process = number
                case ["READY"]:
                    pass
                case ["SHOWN", row, column, text]:
                    heard.shown[row, column] = text
                    heard.edits += 1
                case ["TYPED", row, column, text]:
                    heard.typed.setdefault((row, column), []).append(text)
                    continue
                case ["LEFT", row, column, text]:
                    heard.left[row, column] = text
                    continue
                case ["KEY", at, text]:
                    heard.keys.append((at, text))
                    continue
                case ["REFUSED", why]:
                    heard.refused = why
                    continue
                case _:
                    return heard
            if words[0] != "PID" and heard.edits == after and not heard.doomed:
                heard.doomed = True
                threading.Thread(target=_kill, args=(process, moment[1], heard)).start()
        return heard


def _kill(process: int, seconds: float, heard: Heard) -> None:
    time.sleep(seconds)
    heard.killed = time.monotonic()
    os.kill(process, signal.SIGKILL)


@cache
def windows(lane: int) -> Windows:
    """One for all experiments: what a window costs is its toolkit's start."""
    opened = Windows()
    atexit.register(opened.close)
    return opened


def prepared(folder: Path) -> tuple[Path, int]:
    """A store with the sample's filings; the id of the one that the window opens."""
    data = folder / "data"
    with Store.open(data) as store:
        made = install(store, catalog.load(), store.new_id)
        number = made[sorted(made)[0]]
        store.set_setting("window/filing", str(number))
        return data, number


def lost(heard: Heard, stored: dict[tuple[str, str], str]) -> list[str]:
    """One sentence for each promise that the store does not keep. ``stored``: what it holds now."""
    found = [f"it did not open: {heard.refused}"] if heard.refused else []
    for what, told in (("shown as saved", heard.shown), ("left", heard.left)):
        for cell, text in told.items():
            typed = heard.typed.get(cell, [])
            # A text that was typed over it may be on disk before the window could tell so.
            later = typed[typed.index(text) + 1 :] if text in typed else []
            if stored.get(cell) not in (text, *later) and not heard.keys:
                found.append(f"{what} and lost: {'/'.join(cell)} “{text}”, stored “{stored.get(cell)}”")
    old = [text for at, text in heard.keys if at < heard.killed - UNSAVED]
    if old and not stored.get(("basic", "goal"), "").startswith(old[-1]):
        found.append(f"typed more than {UNSAVED} s ago and lost: “{old[-1]}”")
    return found


def _lane(lane: int, mode: str, tries: int, seed: int, folder: Path) -> list[str]:
    rng = random.Random(seed)
    data, number = prepared(folder / f"{mode}{lane}")
    failures: list[str] = []
    edits = 0
    for index in range(tries):
        (least, below), delay = LIVES[mode]
        moment = rng.randrange(least, below), rng.uniform(*delay)
        heard = windows(lane).killed_after(data, rng.randrange(1 << 30), mode, moment)
        edits += heard.edits + len(heard.keys)
        with Store.open(data) as store:
            filing = store.filing(number)
            stored = {(row.id, column): text for row in filing.rows for column, text in row.cells.items()}
            found = lost(heard, stored)
            if index % VERIFY == VERIFY - 1 or index == tries - 1:
                found += store.verify()
        failures += [f"kill {index}, {moment[1]:.3f} s after edit {moment[0]}: {one}" for one in found]
    return failures if edits else ["nothing was typed at all"]


def _run(mode: str, tries: int, seed: int, folder: Path) -> Outcome:
    lanes = LANES if tries > VERIFY else 1
    with ThreadPoolExecutor(lanes) as pool:
        counts = [tries // lanes + (lane < tries % lanes) for lane in range(lanes)]
        jobs = [
            pool.submit(_lane, lane, mode, count, seed * LANES + lane, folder)
            for lane, count in enumerate(counts)
        ]
    return Outcome(tries, tuple(failure for job in jobs for failure in job.result()))


def _hindrance() -> str | None:
    return None if hasattr(os, "fork") else "no fork on this system"


EXPERIMENTS = (
    Experiment(
        name="window-kills",
        promise="what the window shows as saved outlives a kill, and so does every field that was left",
        run=lambda tries, seed, folder: _run("many", tries, seed, folder),
        control=lambda seed, folder: _run("late", 2, seed, folder),
        short=5,
        full=500,
        hindrance=_hindrance,
    ),
    Experiment(
        name="window-long-texts",
        promise="of a long text that is being typed a kill costs at most two seconds",
        run=lambda tries, seed, folder: _run("long", tries, seed, folder),
        control=lambda seed, folder: _run("patient", 1, seed, folder),
        short=1,
        full=20,
        hindrance=_hindrance,
    ),
)
