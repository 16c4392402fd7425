"""The whole job under strace, the window's and the commands', with everything that the program starts: no socket but local ones."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from perfdesk.compose import compose
from perfdesk.formats.write import write_bytes
from perfdesk.sample import sample_filings
from tests.making import catalog, counter
from tests.torture.experiment import Experiment, Outcome
from tests.torture.traced import no_strace

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "perfdesk")
LOCAL = ("AF_UNIX", "AF_LOCAL")
_FAMILY = re.compile(r"\b(?:socket|socketpair)\((\w+)")
_ADDRESS = re.compile(r"sa_family=(\w+)")
RTF = r"{\rtf1\ansi\ansicpg936 \u32489?\u25928?\u30446?\u26631?\par}"


def traced(log: Path, *command: str) -> subprocess.Popen[bytes]:
    """All network calls of the command and of what it starts, in ``log``; in a session of its own."""
    return subprocess.Popen(
        ["strace", "-f", "-e", "trace=%network", "-o", str(log), *command],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def finished(log: Path, *command: str) -> None:
    assert traced(log, *command).wait(300) in (0, 1), command  # 1: done, and mistakes were found


def foreign(log: Path) -> Iterator[str]:
    """Calls that open or name a socket that could leave this machine."""
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        families = {*_FAMILY.findall(line), *_ADDRESS.findall(line)}
        if any(family not in (*LOCAL, "AF_UNSPEC") for family in families):
            yield line[:160]


# --- the jobs ----------------------------------------------------------------------------------------------------------------


def itself(log: Path, folder: Path) -> None:
    """Reads, checks, keeps and writes; opens the window, types, exports, reads again, closes it."""
    finished(log, *PROGRAM, "self-test")


def commands(log: Path, folder: Path) -> None:
    filing = sample_filings(catalog(), counter())[0]
    document = compose(catalog().form(filing.form), filing).document
    files = [folder / f"表.{ending}" for ending in ("docx", "xlsx", "pdf")]
    for file in files:
        file.write_bytes(write_bytes(document, file.suffix.removeprefix(".")))  # pyright: ignore[reportArgumentType]
    data = ("--data", str(folder / "data"))
    for number, words in enumerate((
        ("import", *map(str, files)), ("check", str(files[0])), ("list",), ("show", "1"), ("backup",), ("verify",), ("dump",),
        ("export", "1", "--to", str(folder / "out"), "--format", "docx,xlsx,pdf", "--draft"), ("history", "1"),
    )):  # fmt: skip
        own = log.with_suffix(f".{number}")
        finished(own, *PROGRAM, *data, *words)
        log.open("a", encoding="utf-8").write(own.read_text(encoding="utf-8", errors="replace"))


def converting(log: Path, folder: Path) -> None:
    """LibreOffice, where it is installed, reads what the program does not."""
    file = folder / "旧.rtf"
    file.write_text(RTF, encoding="ascii")
    traced(log, *PROGRAM, "read", str(file)).wait(300)  # what it finds is no form: its answer says so
    assert log.stat().st_size


def second_start(log: Path, folder: Path) -> None:
    """The window is started, then once more with a file, which the first one takes over."""
    data = folder / "data"
    window = (sys.executable, "-m", "ui", "--data", str(data))
    first = traced(log, *window)
    try:
        wait(lambda: any(data.glob("perfdesk.socket")))
        finished(log.with_suffix(".second"), *window, str(folder / "没有.docx"))
        log.open("a", encoding="utf-8").write(log.with_suffix(".second").read_text(encoding="utf-8"))
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()


def wait(done: Callable[[], bool]) -> None:
    limit = time.monotonic() + 60
    while not done():
        assert time.monotonic() < limit
        time.sleep(0.05)


JOBS = (itself, commands, second_start, converting)


def run(tries: int, seed: int, folder: Path) -> Outcome:
    failures: list[str] = []
    for job in JOBS[:tries]:
        own = folder / job.__name__
        own.mkdir()
        job(own / "calls", own)
        failures += [f"{job.__name__}: {line}" for line in foreign(own / "calls")]
        if LOCAL[0] not in (own / "calls").read_text(encoding="utf-8", errors="replace"):
            failures.append(f"{job.__name__}: not even a local one was seen")
    return Outcome(min(tries, len(JOBS)), tuple(failures))


def control(seed: int, folder: Path) -> Outcome:
    """A process that asks this machine itself for a page."""
    log = folder / "calls"
    asking = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    finished(log, sys.executable, "-c", asking)
    return Outcome(1, tuple(foreign(log)))


EXPERIMENTS = (
    Experiment(
        name="sockets",
        promise="the program, its window and everything it starts open no socket but local ones",
        run=run,
        control=control,
        short=1,
        full=len(JOBS),
        hindrance=no_strace,
    ),
)
