"""A filing of a unit that does not exist, a clock that is set by hand, and ids that count."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from perfdesk.model.change import InsertRow, SetCell, Step
from perfdesk.model.filing import Filing, Row
from perfdesk.store import Store

SECTIONS = ("basic", "tasks", "budget", "indicators")


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **step: float) -> None:
        self.now += timedelta(**step)


def counter() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"r{next(numbers)}"


def row(row_id: str, section: str, parent: str | None = None, **cells: str) -> Row:
    return Row(row_id, section, MappingProxyType(cells), parent)


def sample_filing(unit_name: str = "云溪县示例服务中心", year: int | None = 2026) -> Filing:
    rows = (
        row("basic", "basic", unit_name=unit_name, goal="办好年度工作"),
        row("t1", "tasks", name="任务一", content="内容一"),
        row("t2", "tasks", name="任务二", content="内容二"),
        row("budget", "budget", total="12.30", fiscal="12.30"),
        row("a", "indicators", level1="产出指标"),
        row("a1", "indicators", "a", level2="数量指标"),
        row("a11", "indicators", "a1", level3="培训次数", target="≥4", unit="次"),
        row("a12", "indicators", "a1", level3="培训人数", target="≥120", unit="人"),
        row("b", "indicators", level1="效益指标"),
        row("b1", "indicators", "b", level2="满意度指标"),
        row("b11", "indicators", "b1", level3="满意度", target="≥95%"),
    )
    return Filing("made-up/overall-target", "整体绩效目标申报表", year, rows, SECTIONS)


def set_goal(text: str) -> Step:
    return Step(f"修改 {text}", (SetCell("basic", "goal", text),))


def insert_task(row_id: str, after: str | None = None) -> Step:
    return Step(f"新增 {row_id}", (InsertRow(row(row_id, "tasks", name=row_id), after),))


def turns(store: Store, filing_id: int) -> tuple[str | None, str | None]:
    """The labels of the steps that undo and redo would take."""
    steps = [step for step in store.history(filing_id) if not step.replaced]
    done, undone = ([s.label for s in steps if s.undone is wanted] for wanted in (False, True))
    return done[-1] if done else None, undone[0] if undone else None


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
