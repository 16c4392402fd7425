"""Writes ``v<version>.db``: a store of the present schema as it was released. Run once when a schema is released, never again.

python -m tests.databases.freeze
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from perfdesk.model.bureau import Amount, Handing, Indicator, Node, Paper, Told
from perfdesk.model.change import MoveRow, RemoveRow, Step
from perfdesk.model.sent_back import Meant, Remark, SentBack
from perfdesk.model.submission import Answered
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
    store.office.put_in_order((2, 1))
    _keep_office(store)
    _type_on(store)
    store.undo(2)
    _hand_in(store)
    _collect(store)
    _hear_back(store)
    _hear_answers(store)


def _keep_office(store: Store) -> None:
    """What version 2 brought: a unit made by hand, deeds done and undone, a deleted filing, an explanation."""
    office = store.office
    made = office.create_unit("第二个单位", "002")
    office.archive_unit(made)
    office.delete_filings([store.add(sample_filing("别的单位", 2024), "导入另一份")])
    office.explain(2, "made-up:t1/name:0123456789ab", "情况属实。")
    office.archive_year(1, 2026)
    office.undo()


def _type_on(store: Store) -> None:
    """What version 3 brought: who made a step, and several saves in one stay in a cell."""
    for text in ("想到", "想到一半", "想到一半就停"):
        store.apply(2, set_goal(text), visit="second-filing")


def _hand_in(store: Store) -> None:
    """What version 5 brought: a filing was handed in, opened again with a reason, and another one is closed."""
    store.office.seal((1, 2), "AAAA 0000 BBBB 1111")
    store.office.unseal((1,), "局里退回，改目标值")


def _collect(store: Store) -> None:
    """What version 6 brought: a tree of units, what they handed in, one of them twice, and a note."""
    bureau = store.bureau
    bureau.put_nodes(
        (Node("01", "01", "某县", "county", None, False), Node("某局", "", "某局", "unit", "01", True))
    )
    paper = Paper(
        sample_filing("某局", 2026),
        "overall",
        "",
        (Amount("budget", "", "total", 12_345), Amount("budget", "", "fiscal", None, "约1")),
        (Indicator(1, "产出", "数量", "次数", "≥3次", "≥", 30_000, "次"),),
        (Told("sum", "error", "budget/total", "不平", "合计不等于各项之和。"),),
    )
    for source in ("报送包.zip", "报送包（改）.zip"):
        bureau.take(Handing("某局", 2026, source, (paper,), "0123", "2026-03-01", "AAAA 0000", "0.1.0"))
    bureau.decide(2026, "某局", "returned")
    bureau.put_note(2026, "某局", "请核对合计。", 1, "budget/total")


def _hear_back(store: Store) -> None:
    """What version 8 brought: what the bureau sent back, twice about one package, one remark done."""
    meant = Meant("made-up/overall-target", "整体绩效目标申报表", "", "0123", ("t1",))
    remark = Remark(
        0, "note", "目标值偏低。", "", "indicators/1/target", "培训次数 指标值", "a11", "target", "≥4"
    )
    whole = Remark(None, "note", "请补盖章。")
    for day, remarks in (("2026-03-05", (remark,)), ("2026-03-06", (remark, whole))):
        head = ("云溪县示例服务中心", "", 2025, "returned", "某县财政局", day, "0.1.0", "AAAA 0000 BBBB 1111")
        sent = SentBack(*head, "2026-03-01", (meant,), remarks, f"CCCC {day}")
        store.remarks.take(sent, "云溪县示例服务中心", (1,), "退回意见.zip")
        store.remarks.see_to(1, 1, True, "已提高。")


def _hear_answers(store: Store) -> None:
    """What version 9 brought: the unit's answer to a note, with what it handed in next."""
    store.bureau.notes_sent(2026, "某局", (1,), "2026-03-02")
    answer = Answered("DDDD 0000", 1, 0, "budget/total", "预算情况 总额", "请核对合计。", True, "已改。")
    source = "报送包（再改）.zip"
    store.bureau.take(Handing("某局", 2026, source, (), "4567", "2026-03-03", answers=(answer,)))


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "data", clock=Clock(), who=lambda: "wang@caiwu") as store,
    ):
        target = HERE / f"v{store.migrate()[1]}.db"
        if target.exists():
            raise SystemExit(f"{target.name} is released and never written again")
        fill(store)
        store.backup(target)


if __name__ == "__main__":
    main()
