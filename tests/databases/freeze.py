"""Writes ``v<version>.db``: a store of the present schema as it was released. Run once when a schema is released, never again.

python -m tests.databases.freeze
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from perfdesk.model.change import MoveRow, RemoveRow, Step
from perfdesk.store import Store
from tests.store.sample import Clock, insert_task, sample_filing, set_goal

HERE = Path(__file__).resolve().parent


def fill(store: Store) -> None:
    """A made-up unit with two years, undone and replaced steps, a withdrawn filing and a setting."""
    first = store.add(sample_filing(year=2025), "导入 2025")
    store.add(sample_filing(year=2026), "导入 2026")
    store.undo(store.add(sample_filing("别的单位", 2026), "导入错的"))
    store.apply(first, set_goal("第一稿"))
    store.undo(first)
    for step in (
        set_goal("第二稿"),
        insert_task("t3", "t1"),
        Step("移动 a12", (MoveRow("a12", "b1", None),)),
    ):
        store.apply(first, step)
    store.apply(first, Step("删除 t2", (RemoveRow("t2"),)))
    store.undo(first)
    store.set_setting("last-year", "2026")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "data", clock=Clock()) as store:
        target = HERE / f"v{store.migrate()[1]}.db"
        if target.exists():
            raise SystemExit(f"{target.name} is released and never written again")
        fill(store)
        store.backup(target)


if __name__ == "__main__":
    main()
