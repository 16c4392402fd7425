"""The overall targets of a thousand units, read from their packages and stored; the storing beside raw sqlite3 with the same rows."""

from __future__ import annotations

import gc
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

from bench.measured import Row, medians
from bench.thousand import Size, unit
from bench.thousand.packages import package_of
from bench.thousand.rows import catalog
from perfdesk.errors import InputRefused
from perfdesk.formats.read import read_many
from perfdesk.intake import take_in
from perfdesk.model.filing import Filing
from perfdesk.store import Store
from perfdesk.store.vault import STORE_NAME

UNITS = 1000
PRAGMAS = ("journal_mode=TRUNCATE", "synchronous=EXTRA", "foreign_keys=ON")


def rows(rounds: int = 3) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _packages(folder / "packages")
        filings = _taken(files)
        content = _content(_stored(folder / "model", filings))
        # What earlier measurements left behind, and all filings at once, would be looked through again and again.
        gc.collect()
        gc.freeze()
        times = medians(
            rounds,
            {
                "ours": lambda: _stored(_fresh(folder / "ours"), filings),
                "raw": lambda: _raw(_fresh(folder / "raw"), content),
                "all": lambda: _stored(_fresh(folder / "all"), _taken(files)),
                "half": lambda: _stored(_fresh(folder / "half"), _taken(files[: UNITS // 2])),
            },
        )
    written = f"{UNITS} 个单位的整体绩效目标存进一个库"
    whole = f"{UNITS} 个单位的报送包读入、核对、存盘，单位数加倍"
    return [
        Row(written, times["ours"], "s", 3.0, "sqlite3 写入同样的行", times["raw"]),
        Row(whole, times["all"], "s", 2.2, f"{UNITS // 2} 个", times["half"]),
    ]


def _packages(folder: Path) -> list[Path]:
    """Of each unit its overall target alone."""
    folder.mkdir()
    size = Size(UNITS, 6)
    files: list[Path] = []
    for number in range(UNITS):
        made = unit(number, size)
        files.append(folder / f"{made.code}.zip")
        files[-1].write_bytes(package_of(replace(made, filings=made.filings[:1])))
    return files


def _taken(files: Sequence[Path]) -> list[Filing]:
    numbers, found = count(1), list[Filing]()
    for source in read_many(files):
        if isinstance(source, InputRefused):
            raise source
        found += [x.filing for x in take_in(source, catalog(), lambda: f"n{next(numbers)}").filings]
    assert len(found) == len(files)
    return found


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _stored(folder: Path, filings: Sequence[Filing]) -> Path:
    """The store's file; every filing with its rows and its step, in one import."""
    with Store.open(folder) as store:
        assert len(store.add_all(filings, "导入")) == len(filings)
        return folder / STORE_NAME


def _content(model: Path) -> tuple[list[str], dict[str, list[tuple[object, ...]]]]:
    """The statements that made its tables and indexes, and everything that is in it by table."""
    with closing(sqlite3.connect(model)) as db:
        made = db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql <> ''").fetchall()
        tables = [name for kind, name, _ in made if kind == "table"]
        return [sql for *_, sql in made], {
            name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables
        }


def _raw(folder: Path, content: tuple[list[str], dict[str, list[tuple[object, ...]]]]) -> None:
    """The same tables, indexes and rows in one transaction, at the same durability."""
    folder.mkdir()
    statements, contents = content
    with closing(sqlite3.connect(folder / "raw.db", isolation_level=None)) as db:
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        for sql in statements:
            db.execute(sql)
        db.execute("BEGIN")
        for name, records in contents.items():
            if records:
                marks = ",".join("?" * len(records[0]))
                db.executemany(f'INSERT INTO "{name}" VALUES ({marks})', records)
        db.execute("COMMIT")
