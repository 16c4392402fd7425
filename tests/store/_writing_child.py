"""Ten people in one process: each opens the store, brings a filing of its own, and edits it and shared ones; says what was promised.

python -m tests.store._writing_child URL FOLDER NAME SHARED...
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from threading import Lock, Thread

from perfdesk.errors import StoreRefused
from perfdesk.store import Store
from tests.store.sample import insert_task, sample_filing, set_goal

PEOPLE, EDITS = 10, 4
_SAYING = Lock()


def say(*words: object) -> None:
    with _SAYING:
        print(*words, flush=True)


def write(url: str, folder: str, name: str, shared: list[int]) -> None:
    choice = random.Random(name)
    with Store.open(Path(folder), server=url) as store:
        own = store.add(sample_filing(f"{name}的单位"), f"{name}-0")
        say("promised", own, f"{name}-0")
        for number in range(EDITS):
            filing = own if number % 2 else choice.choice(shared)
            edit(store, filing, f"{name}-{number + 1}")


def edit(store: Store, filing: int, label: str) -> None:
    """Until it is in; a row or a text."""
    step = insert_task(label) if filing % 2 else set_goal(label)
    while True:
        try:
            store.apply(filing, step)
        except StoreRefused as refused:
            if refused.code not in ("overtaken", "locked"):
                raise
            say("again", filing, label)
        else:
            return say("promised", filing, step.label)


def main(url: str, folder: str, name: str, *shared: str) -> None:
    people = [
        Thread(target=write, args=(url, folder, f"{name}{n}", list(map(int, shared)))) for n in range(PEOPLE)
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    say("done", name)


if __name__ == "__main__":
    main(*sys.argv[1:])
