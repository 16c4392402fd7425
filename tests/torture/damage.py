"""Stores with bytes flipped, cut off, mixed up: opening or verifying says so, the damaged file is kept, and a backup brings all back."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

from perfdesk.errors import ChangeRefused, StoreRefused, UserError
from perfdesk.store import Store, backup, opening, restore_folder, verify
from perfdesk.store.vault import STORE_NAME
from tests.store.sample import Clock, insert_task, sample_filing, set_goal
from tests.torture.experiment import Experiment, Outcome
from tests.torture.jobs import NOW

_OFFERED = re.compile(r'restore "([^"]+)"')
Harm = Callable[[Path, random.Random], None]


def flipped(path: Path, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def cut_off(path: Path, rng: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: rng.randrange(path.stat().st_size)])


def zeros(path: Path, rng: random.Random) -> None:
    """All of it, or a stretch, as disks give back what was never written."""
    data = bytearray(path.read_bytes())
    start, end = sorted(
        (rng.choice((0, rng.randrange(len(data)))), rng.choice((len(data), rng.randrange(len(data)))))
    )
    data[start:end] = bytes(end - start)
    path.write_bytes(data)


def garbage(path: Path, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    start = rng.randrange(len(data))
    data[start : start + 512] = rng.randbytes(512)
    path.write_bytes(data)


def page_of_another_time(path: Path, rng: random.Random) -> None:
    """A write that the disk lost: one page is as it was before."""
    (old,) = sorted((path.parent / "backups").glob("*.db"))[:1]
    before, data = old.read_bytes(), bytearray(path.read_bytes())
    page = rng.randrange(min(len(before), len(data)) // 4096) * 4096
    data[page : page + 4096] = before[page : page + 4096]
    path.write_bytes(data)


def altered(*statements: str) -> Harm:
    def harm(path: Path, rng: random.Random) -> None:
        del rng
        conn = sqlite3.connect(path, isolation_level=None)
        for statement in statements:
            conn.execute(statement)
        conn.close()

    return harm


def table_gone(path: Path, rng: random.Random) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    names = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    conn.execute(f"DROP TABLE {rng.choice(names)}")
    conn.close()


def journal_of_another_store(path: Path, rng: random.Random) -> None:
    """Somebody put a store in the place of one that had crashed, and left its journal there."""
    other = path.with_name("other.db")
    shutil.copyfile(path, other)
    conn = sqlite3.connect(other, isolation_level=None)
    conn.execute("UPDATE row SET cells = replace(cells, '任务', '别的')")
    conn.execute("PRAGMA cache_size = 1")
    conn.execute("BEGIN")
    conn.execute("UPDATE step SET label = label || hex(randomblob(?))", (rng.randrange(2000),))
    conn.execute("INSERT INTO setting VALUES ('a', hex(randomblob(50000)))")
    journal = other.with_name("other.db-journal").read_bytes()
    conn.close()
    other.unlink()
    path.with_name(f"{STORE_NAME}-journal").write_bytes(journal)


HARMS: dict[str, Harm] = {
    "flipped": flipped,
    "flipped again": flipped,
    "flipped once more": flipped,
    "cut off": cut_off,
    "zeros": zeros,
    "garbage": garbage,
    "a page of another time": page_of_another_time,
    "no mark": altered("PRAGMA application_id = 0"),
    "another program's": altered("PRAGMA application_id = 77"),
    "newer": altered("PRAGMA user_version = 99"),
    "a table gone": table_gone,
    "a unit gone": altered("PRAGMA foreign_keys = OFF", "DELETE FROM unit"),
    "a journal of another store": journal_of_another_store,
}


def harmed(tries: int, seed: int, folder: Path) -> Outcome:
    base = folder / "base"
    whole = _make(base)
    failures: list[str] = []
    for number in range(tries):
        rng = random.Random(f"{seed}/{number}")
        name = list(HARMS)[number % len(HARMS)]
        here = folder / "here"
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(base, here)
        HARMS[name](here / STORE_NAME, rng)
        try:
            wrong = _judged(here, whole)
        except Exception as error:  # what a user would see as a traceback
            wrong = f"{type(error).__name__}: {error}"
        if wrong:
            failures.append(f"{name} ({number}): {wrong}")
    return Outcome(tries, tuple(failures))


def _make(base: Path) -> str:
    with Store.open(base, clock=Clock()) as store:
        store.add(sample_filing(), "导入")
        store.apply(1, set_goal("备份前"))
        store.backup()
        for step in (set_goal("备份后"), insert_task("t3", "t2"), set_goal("字" * 3000)):
            store.apply(1, step)
        store.undo(1)
        return _cells(store)


def _judged(here: Path, whole: str) -> str:
    """Why the promise is broken; empty: it holds."""
    path = here / STORE_NAME
    harmed = path.read_bytes()
    journal = path.with_name(f"{STORE_NAME}-journal")
    try:
        with Store.open(here, clock=Clock()) as store:
            _looked_at(store)
            if not store.verify() and _cells(store) != whole:
                return "opens without a word, with other texts in its cells"
            return ""
    except StoreRefused as error:
        if error.code in ("newer", "foreign"):
            return "" if path.read_bytes() == harmed else f"{error.code}, but the file was changed"
        if error.code not in ("damaged", "lost"):
            return f"refused as {error.code}: {error.message} {error.detail}"
        return _brought_back(here, error, b"" if journal.exists() else harmed)


def _cells(store: Store) -> str:
    """What people typed. Labels, times and names stand in the file once, without a sum: nobody can tell that they were others."""
    return json.dumps([one["rows"] for one in store.dump()["filings"]], ensure_ascii=False)


def _looked_at(store: Store) -> None:
    """What is damaged inside a text is told where it is read, and never another way."""
    looks: list[Callable[[], object]] = [store.filings, store.units, store.dump, store.office.deleted]
    looks += [partial(look, 1) for look in (store.filing, store.history, store.undo, store.redo)]
    for look in looks:
        try:
            look()
        except ChangeRefused:
            continue  # the journal and the rows do not fit together
        except StoreRefused as error:
            if error.code != "damaged":
                raise


def _brought_back(here: Path, error: UserError, harmed: bytes) -> str:
    offered = _OFFERED.search(error.message)
    if offered is None and "恢复" not in error.message:
        return f"no way out is offered: {error.message}"
    good = Path(offered[1]) if offered else backup.newest_good(here, NOW)
    assert good is not None
    restore_folder(here, good, clock=Clock())
    if harmed and not any(file.read_bytes() == harmed for file in here.glob("*.db")):
        return "the damaged file is gone"
    with Store.open(here, clock=Clock()) as store:
        if store.verify() or store.filing(1).cell("basic/goal") != "备份前":
            return "the restored store is not what the backup holds"
    return ""


def _nothing(*_: object) -> tuple[str, ...]:
    return ()


def unlooked_at(seed: int, folder: Path) -> Outcome:
    """The same stores, opened by a program that takes every file for a whole one."""
    with (
        patch.object(opening, "integrity", _nothing),
        patch.object(opening, "missing", _nothing),
        patch.object(verify, "problems", _nothing),
    ):
        return harmed(len(HARMS), seed, folder)


EXPERIMENTS = (
    Experiment(
        "damaged stores",
        "opening or verifying says so, the damaged file is kept, and the backup that is offered brings the store back",
        harmed,
        unlooked_at,
        short=len(HARMS),
        full=1000,
    ),
)
