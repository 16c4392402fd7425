"""``apply`` is killed 200 times at random moments: every step that was answered OK is there, and the store is whole."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest

from perfdesk import catalog
from perfdesk.model.filing import Filing, empty_filing
from perfdesk.store import Store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL 与 fork 只有 POSIX 系统才有")

KILLS = 200
EDITS = 2000
OFFERED = 40  # steps that a process is given: always more than it can answer before it is killed


def step_line(rng: random.Random, label: str) -> str:
    """Every step writes its label into the goal; most do more, so that a half-written step would show."""
    changes: list[dict[str, object]] = [{"set": "basic/goal", "to": label}]
    kind = rng.random()
    if kind < 0.3:
        changes.append({"insert": "tasks", "after": None, "values": {"name": label, "content": "内容" * 50}})
    elif kind < 0.4:
        names = {"level1": "产出指标", "level2": "数量指标", "level3": f"指标 {label}", "target": "≥4"}
        changes.append({"insert": "indicators", "values": names})
    elif kind < 0.6:
        changes.append({"set": "budget/total", "to": f"{rng.randrange(10**6)}.00"})
    return json.dumps({"label": label, "changes": changes}, ensure_ascii=False)


class Server:
    """The forking driver, one process for all runs."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "tests.end_to_end.forking_apply"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
        )

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def start(self, *words: object) -> tuple[int, IO[str]]:
        """Starts a run; its process id and the stream of its answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        verb, number = self._process.stdout.readline().split()
        assert verb == "PID"
        return int(number), self._process.stdout


def answers(stream: IO[str]) -> Iterator[str]:
    """The lines of one run, up to its end. A killed process may leave a piece of a line: it is no answer."""
    for line in stream:
        if line.endswith("END\n"):
            return
        yield line


def kill_within(process: int, seconds: float) -> None:
    """A step takes a few milliseconds and its commit a part of that: the moment is drawn so that any part can be hit."""
    moment = time.perf_counter() + seconds
    while time.perf_counter() < moment:
        pass
    os.kill(process, signal.SIGKILL)


def killed_run(server: Server, words: tuple[object, ...], after: int, delay: float) -> int:
    """Kills the run ``delay`` seconds after its ``after``-th answer; how many steps were answered OK."""
    process, stream = server.start(*words)
    if after == 0:
        kill_within(process, delay)
    count = 0
    for line in answers(stream):
        count += 1
        assert line == f"OK {count}\n"
        if count == after:
            kill_within(process, delay)
    return count


def labels(store: Store, filing_id: int) -> list[str]:
    return [entry.label for entry in store.history(filing_id)][1:]


@pytest.fixture
def root(request: pytest.FixtureRequest) -> Path:
    return request.config.rootpath


def first_filing() -> Filing:
    return empty_filing(next(iter(catalog.load().forms.values())), 2026)


def test_every_answered_step_is_there_after_two_hundred_kills(tmp_path: Path, root: Path) -> None:
    folder, file = tmp_path / "data", tmp_path / "steps.jsonl"
    with Store.open(folder) as store:
        filing_id = store.add(first_filing(), "新建")
    rng = random.Random(20260301)
    kept: list[str] = []
    answered = 0
    with Server(root) as server:
        for number in range(KILLS):
            offered = [f"{number}.{n}" for n in range(OFFERED)]
            file.write_text("\n".join(step_line(rng, label) for label in offered) + "\n", encoding="utf-8")
            after, delay = rng.randrange(0, 24), rng.uniform(0, 0.008)
            count = killed_run(server, (folder, filing_id, file), after, delay)
            assert count < OFFERED, "the process was done before it was killed"
            with closing(Store.open(folder)) as store:
                found = labels(store, filing_id)
                # What was answered, in order; of the step that was under way when the kill came: all or nothing.
                assert found[: len(kept) + count] == kept + offered[:count]
                assert found[len(kept) + count :] in ([], offered[count : count + 1])
                assert store.filing(filing_id).cell("basic/goal") == (found[-1] if found else "")
                if number % 20 == 19:
                    assert store.verify() == ()
            answered += count
            kept = found
    assert answered >= EDITS


def test_the_installed_command_keeps_what_it_answered_when_it_is_killed(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "data"
    with Store.open(folder) as store:
        filing_id = store.add(first_filing(), "新建")
    rng = random.Random(7)
    kept: list[str] = []
    for number in range(5):
        offered = [f"{number}.{n}" for n in range(OFFERED)]
        command = [sys.executable, "-m", "perfdesk", "--data", str(folder), "apply", str(filing_id)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("\n".join(step_line(rng, label) for label in offered) + "\n")
            process.stdin.flush()
            count = 0
            for line in process.stdout:
                count += line.startswith("OK ")
                if count == rng.randrange(3, 20):
                    process.kill()
            process.kill()
        with closing(Store.open(folder)) as store:
            found = labels(store, filing_id)
            assert found[: len(kept) + count] == kept + offered[:count]
            assert len(found) <= len(kept) + count + 1
            assert store.verify() == ()
        kept = found
