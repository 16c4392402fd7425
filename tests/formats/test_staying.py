"""A reading child that stays: many jobs, one process; a file that is its end costs only itself."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from perfdesk.errors import InputRefused
from perfdesk.formats.staying import Staying

CHILD = """
import json, os, sys, time
head = json.loads(sys.stdin.readline())
count = 0
for line in sys.stdin:
    job = json.loads(line)
    count += 1
    if job["do"] == "stop": os._exit(3)
    if job["do"] == "hang": time.sleep(60)
    if job["do"] == "work":
        for _ in range(5):
            time.sleep(0.5); print(".", flush=True)
    if job["do"] == "nonsense": print("x", flush=True); continue
    if job["do"] == "refuse":
        print(json.dumps({"refused": {"code": "c", "message": "不行", "detail": ""}}), flush=True); continue
    print(json.dumps({"head": head["a"], "count": count, "long": "长" * job.get("size", 0)}), flush=True)
"""


def never() -> bool:
    return False


@contextmanager
def staying(still: float = 5.0) -> Iterator[Staying]:
    child = Staying([sys.executable, "-c", CHILD], {"a": 1}, still)
    try:
        yield child
    finally:
        child.close()


def ask(child: Staying, do: str, **job: Any) -> Any:
    told = child.ask({"do": do, **job}, "甲.zip", never)
    return told.code if isinstance(told, InputRefused) else told["count"]


def test_one_child_answers_job_after_job() -> None:
    with staying() as child:
        assert [ask(child, "tell") for _ in range(3)] == [1, 2, 3]


def test_a_refusal_is_an_answer_and_the_child_goes_on() -> None:
    with staying() as child:
        assert [ask(child, do) for do in ("tell", "refuse", "tell")] == [1, "c", 3]


def test_after_a_crash_another_child_knows_the_head_again() -> None:
    with staying() as child:
        assert [ask(child, do) for do in ("tell", "stop", "tell", "nonsense", "tell")] == [
            1,
            "reader-stopped",
            1,
            "reader-stopped",
            1,
        ]


def test_a_file_that_hangs_the_reader_is_given_up_and_the_next_is_read() -> None:
    with staying(still=2.0) as child:
        assert [ask(child, do) for do in ("hang", "tell")] == ["no-progress", 1]


def test_work_that_gives_signs_may_take_longer() -> None:
    with staying(still=2.0) as child:
        assert ask(child, "work") == 1


def test_a_cancelled_job_leaves_nothing_running() -> None:
    with staying() as child:
        told = child.ask({"do": "hang"}, "甲.zip", lambda: True)
        assert isinstance(told, InputRefused) and told.code == "cancelled"
        assert ask(child, "tell") == 1, "another child"


def test_jobs_and_answers_larger_than_a_pipe_pass() -> None:
    with staying() as child:
        told = child.ask({"do": "tell", "names": ["名" * 100] * 2000, "size": 300_000}, "甲.zip", never)
        assert isinstance(told, dict) and len(told["long"]) == 300_000


def test_no_thread_waits_for_a_child_that_is_gone() -> None:
    before = threading.active_count()
    with staying() as child:
        ask(child, "tell")
        (talking,) = [t for t in threading.enumerate() if t.name.startswith("staying")]
    talking.join(timeout=5)
    assert threading.active_count() == before, json.dumps([t.name for t in threading.enumerate()])
