"""``apply`` is killed 200 times at random moments: every step that was answered OK is there, and the store is whole."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from perfdesk import catalog
from perfdesk.model.filing import Filing, empty_filing
from perfdesk.store import Store
from tests.end_to_end.forking import ROOT, Forking, kill_within

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL 与 fork 只有 POSIX 系统才有")

KILLS = 200
EDITS = 2000
OFFERED = 40  # steps that a process is given: more than it has time for before it is killed


def step_line(rng: random.Random, label: str) -> str:
    """Every step writes its label into the goal; most do more, so that a half-written step would show."""
    changes: list[dict[str, object]] = [{"set": "basic/goal", "to": label}]
    kind = rng.random()
    if kind < 0.15:
        changes.append({"insert": "tasks", "after": None, "values": {"name": label, "content": "内容" * 50}})
    elif kind < 0.2:
        names = {"level1": "产出指标", "level2": "数量指标", "level3": f"指标 {label}", "target": "≥4"}
        changes.append({"insert": "indicators", "values": names})
    elif kind < 0.5:
        changes.append({"set": "budget/total", "to": f"{rng.randrange(10**6)}.00"})
    return json.dumps({"label": label, "changes": changes}, ensure_ascii=False)


def killed_run(forking: Forking, words: tuple[object, ...], after: int, delay: float) -> int:
    """Kills the run ``delay`` seconds after its ``after``-th answer; how many steps were answered OK."""
    process = forking.start("apply", *words)
    if after == 0:
        kill_within(process, delay)
    count = 0
    for line in forking.answers():
        count += 1
        assert line == f"OK {count}\n"
        if count == after:
            kill_within(process, delay)
    return count


def labels(store: Store, filing_id: int) -> list[str]:
    return [entry.label for entry in store.history(filing_id)][1:]


def first_filing() -> Filing:
    return empty_filing(catalog.load().form("zhengzhou-2023/overall-target"), 2026)


def test_every_answered_step_is_there_after_two_hundred_kills(tmp_path: Path) -> None:
    folder, file = tmp_path / "data", tmp_path / "steps.jsonl"
    with Store.open(folder) as store:
        filing_id = store.add(first_filing(), "新建")
    rng = random.Random(20260301)
    kept: list[str] = []
    answered = 0
    with Forking() as forking:
        for number in range(KILLS):
            offered = [f"{number}.{n}" for n in range(OFFERED)]
            file.write_text("\n".join(step_line(rng, label) for label in offered) + "\n", encoding="utf-8")
            after, delay = rng.randrange(0, 24), rng.uniform(0, 0.008)
            count = killed_run(forking, (folder, filing_id, file), after, delay)
            with closing(Store.open(folder)) as store:
                found = labels(store, filing_id)
                # What was answered, in order; of the step that was under way when the kill came: all or nothing.
                assert found[: len(kept) + count] == kept + offered[:count]
                assert found[len(kept) + count :] in ([], offered[count : count + 1])
                assert store.filing(filing_id).cell("basic/goal") == (found[-1] if found else "")
                if number % 40 == 39:
                    assert store.verify() == ()
            answered += count
            kept = found
    assert answered >= EDITS


def test_the_installed_command_keeps_what_it_answered_when_it_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with Store.open(folder) as store:
        filing_id = store.add(first_filing(), "新建")
    rng = random.Random(7)
    kept: list[str] = []
    for number in range(5):
        offered = [f"{number}.{n}" for n in range(OFFERED)]
        command = [sys.executable, "-m", "perfdesk", "--data", str(folder), "apply", str(filing_id)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("\n".join(step_line(rng, label) for label in offered) + "\n")
            process.stdin.flush()
            count, last = 0, rng.randrange(3, 20)
            for line in process.stdout:
                count += line.startswith("OK ")
                if count == last:
                    process.kill()
        with closing(Store.open(folder)) as store:
            found = labels(store, filing_id)
            assert found[: len(kept) + count] == kept + offered[:count]
            assert len(found) <= len(kept) + count + 1
            assert store.verify() == ()
        kept = found
