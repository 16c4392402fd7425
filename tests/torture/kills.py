"""Killed at every call that changes something on disk, and at random: what was answered is there, whole, and nothing is half done."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from perfdesk import catalog
from perfdesk.sample import sample_filings
from perfdesk.store import Store
from tests.torture.experiment import Experiment, Outcome
from tests.torture.forking import driver, kill_within, no_fork
from tests.torture.jobs import Job, Told, Workshop, told
from tests.torture.traced import Call, Traced, no_strace

EVERY = 1_000_000
"""More than there are: every one of them."""
ONE_STORE = 25  # tries, then another one: reading a long journal takes longer than the try
OFFERED = 40  # steps that a process is given: more than it has time for before it is killed


def at_every_call(names: Sequence[str], tries: int, seed: int, folder: Path) -> Outcome:
    shop = Workshop(folder)
    rng = random.Random(seed)
    jobs = [shop.job(name) for name in chosen(names, tries, rng)]
    failures: list[str] = []
    # A call that changes nothing leaves the same disk behind as the one before it.
    jobs = [replace(job, calls=tuple(c for c in job.calls if not c.opens_to_read)) for job in jobs]
    drawn = drawn_calls(jobs, tries, rng)
    for job, call in drawn:
        said = killed_at(shop, job, call)
        if broken := shop.broken(job, said):
            failures.append(f"{job.name} killed at {call}: {broken}")
    return Outcome(len(drawn), tuple(failures))


def chosen(names: Sequence[str], tries: int, rng: random.Random) -> Sequence[str]:
    """All jobs; where the tries are few, some of them, because each has to be made once before it is disturbed."""
    return names if tries >= 10 * len(names) else rng.sample(names, min(len(names), max(2, tries // 4)))


def drawn_calls(jobs: list[Job], tries: int, rng: random.Random) -> list[tuple[Job, Call]]:
    """All calls of all jobs, or so many of them, from every job in turn."""
    waiting = [rng.sample(job.calls, len(job.calls)) for job in jobs]
    found: list[tuple[Job, Call]] = []
    while len(found) < tries and any(waiting):
        found += [(job, rest.pop()) for job, rest in zip(jobs, waiting, strict=True) if rest]
    return found[:tries]


def killed_at(shop: Workshop, job: Job, call: Call) -> Told:
    shop.begin(job.base)
    traced = Traced(shop.start(job), shop.log, (f"{call.name}:signal=SIGKILL:when={call.nth}",))
    driver().go()
    said = told(list(driver().rest()))
    traced.wait()
    return said


def at_random(tries: int, seed: int, folder: Path) -> Outcome:
    """Typing into one store, killed again and again; what one try left, the next begins with."""
    rng = random.Random(seed)
    file = folder / "steps.jsonl"
    kept: list[str] = []
    failures: list[str] = []
    for number in range(tries):
        data = folder / f"data {number // ONE_STORE}"
        if number % ONE_STORE == 0:
            kept = []
            with Store.open(data) as store:
                store.add(sample_filings(catalog.load(), store.new_id)[0], "导入")
        offered = [f"{number}.{n}" for n in range(OFFERED)]
        file.write_text("\n".join(step_line(rng, label) for label in offered) + "\n", encoding="utf-8")
        count = _killed_within(data, file, rng.randrange(0, 24), rng.uniform(0, 0.008))
        with Store.open(data) as store:
            found = [entry.label for entry in store.history(1)][1:]
            broken = _lost(found, kept, offered, count) or (
                # Verifying replays the whole journal, which grows with every try.
                store.verify()[:1] if number % ONE_STORE == ONE_STORE - 1 or number == tries - 1 else ()
            )
        if broken:
            failures.append(f"try {number}, {count} answered: {broken}")
        kept = found
    return Outcome(tries, tuple(failures))


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


def _killed_within(data: Path, file: Path, after: int, delay: float) -> int:
    """Kills ``apply`` so many seconds after its ``after``-th answer; how many steps were answered OK."""
    process = driver().start(["command", file, "--data", data, "apply", "1"])
    driver().go()
    if after == 0:
        kill_within(process, delay)
    count = 0
    for line in driver().rest():
        count += line.startswith("OK")
        if line.startswith("OK") and count == after:
            kill_within(process, delay)
    return count


def _lost(found: list[str], kept: list[str], offered: list[str], count: int) -> str:
    """What was answered, in order; of the step that was under way when the kill came: all or nothing."""
    if found[: len(kept) + count] != kept + offered[:count]:
        return "a step that was answered is not there"
    return (
        ""
        if found[len(kept) + count :] in ([], offered[count : count + 1])
        else "steps that were not asked for"
    )


def _answered_too_early(seed: int, folder: Path) -> Outcome:
    return _stand_in("answers-before-commit", seed, folder, 4)


def _written_without_journal(seed: int, folder: Path) -> Outcome:
    return _stand_in("without-journal", seed, folder, 4)


def _stand_in(name: str, seed: int, folder: Path, tries: int) -> Outcome:
    """A stand-in in the place of the long edit, killed at some of its writes."""
    shop = Workshop(folder)
    job = shop.job("long" if name == "without-journal" else "edit")
    states = job.states
    job = replace(shop.learnt(Job(name, (name, "HERE/data"), shop.used)), states=states)
    failures: list[str] = []
    writes = [call for call in job.calls if call.name == "pwrite64"]
    for call in random.Random(seed).sample(writes, min(tries, len(writes))):
        said = killed_at(shop, job, call)
        if broken := shop.broken(job, said):
            failures.append(f"{name} killed at {call}: {broken}")
    return Outcome(tries, tuple(failures))


EDITING = ("edit", "long", "undo", "come", "delete", "apply")
EXPORTING = ("export docx", "export xlsx", "export pdf")
RESTORING = ("restore", "restore command", "restore damaged")
KEEPING = ("import", *EXPORTING, "backup", "backup command", "backup to", *RESTORING)

EXPERIMENTS = (
    Experiment(
        "edits killed at every call",
        "what was answered is there, whole, and nothing is half done",
        partial(at_every_call, EDITING),
        _answered_too_early,
        short=12,
        full=EVERY,
        hindrance=no_strace,
    ),
    Experiment(
        "keeping killed at every call",
        "import, export, backup and restore are done or not begun, and the backups are good",
        partial(at_every_call, KEEPING),
        _written_without_journal,
        short=12,
        full=EVERY,
        hindrance=no_strace,
    ),
    Experiment(
        "edits killed at random",
        "every edit that was answered is there",
        at_random,
        _answered_too_early,
        short=8,
        full=500,
        hindrance=no_fork,
    ),
)
