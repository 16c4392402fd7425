"""What the bureau sent back stays beside the filings: once, until it is done, and the newest counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.errors import ChangeRefused
from perfdesk.model.sent_back import Meant, Remark, SentBack
from perfdesk.store import Store
from tests.store.sample import sample_filing

UNIT = sample_filing().unit_name
ON_CELL = Remark(0, "note", "偏低。", "", "indicators/1/target", "培训次数 指标值", "a11", "target", "≥4")
ON_ALL = Remark(None, "note", "请补盖章。")
FIRST, SECOND = "AAAA 0000", "BBBB 1111"


def sent(code: str, *remarks: Remark, answers: str = FIRST, made: str = "2026-03-05") -> SentBack:
    meant = Meant(sample_filing().form, "整体绩效目标申报表", "", "0123", ("a11",))
    return SentBack(
        UNIT,
        "",
        2026,
        "returned",
        "某县财政局",
        made,
        "0.1.0",
        answers,
        "2026-03-01",
        (meant,),
        remarks,
        code,
    )


@pytest.fixture
def ours(store: Store) -> int:
    """A filing that was handed in with the first package."""
    number = store.add(sample_filing(), "导入")
    store.office.seal((number,), FIRST)
    return number


def take(store: Store, filing: int | None, one: SentBack) -> int | None:
    return store.remarks.take(one, UNIT, (filing,), "退回意见.zip")


def texts(store: Store, filing: int) -> list[str]:
    return [one.remark.text for one in store.remarks.of(filing)]


def test_what_is_said_of_a_filing_stands_before_what_is_said_of_all(store: Store, ours: int) -> None:
    assert take(store, ours, sent("1", ON_ALL, ON_CELL)) == 1
    first, second = store.remarks.of(ours)
    assert first.remark == replace(ON_CELL, filing=None) and first.filing == ours
    assert (second.remark.text, second.filing, second.about) == ("请补盖章。", None, "")
    assert [i.remarks for i in store.filings()] == [2]


def test_remarks_are_of_one_unit_and_one_year(store: Store, ours: int) -> None:
    take(store, ours, sent("1", ON_ALL))
    others = store.add(sample_filing("别的单位"), "导入"), store.add(sample_filing(year=2025), "导入")
    assert [texts(store, other) for other in others] == [[], []]
    assert {i.id: i.remarks for i in store.filings()} == {
        ours: 1,
        others[0]: None,
        others[1]: None,
    }


def test_the_same_return_is_taken_once(store: Store, ours: int) -> None:
    take(store, ours, sent("1", ON_CELL))
    before = store.dump()
    assert take(store, ours, sent("1", ON_CELL)) is None
    assert store.dump() == before


def test_what_was_done_stays_done_when_the_same_is_said_again_of_the_same_package(
    store: Store, ours: int
) -> None:
    take(store, ours, sent("1", ON_CELL))
    store.remarks.see_to(1, 1, True, "已提高。")
    take(store, ours, sent("2", ON_ALL, ON_CELL, made="2026-03-06"))
    assert [(r.remark.text, r.done, r.answer) for r in store.remarks.of(ours)] == [
        ("偏低。", True, "已提高。"),
        ("请补盖章。", False, ""),
    ]


def test_what_is_said_again_of_the_next_package_waits_again(store: Store, ours: int) -> None:
    take(store, ours, sent("1", ON_CELL))
    store.remarks.see_to(1, 1, True)
    store.office.unseal((ours,), "改")
    store.office.seal((ours,), SECOND)
    take(store, ours, sent("2", ON_CELL, answers=SECOND))
    assert [r.done for r in store.remarks.of(ours)] == [False]


def test_a_return_on_an_older_package_or_an_older_day_does_not_count(store: Store, ours: int) -> None:
    store.office.unseal((ours,), "改")
    store.office.seal((ours,), SECOND)
    take(store, ours, sent("2", ON_ALL, answers=SECOND))
    take(store, ours, sent("1", ON_CELL, made="2026-04-01"))
    take(store, ours, sent("0", ON_CELL, answers=SECOND, made="2026-03-01"))
    assert texts(store, ours) == ["请补盖章。"]
    assert [i.remarks for i in store.filings()] == [1]


def test_the_decision_is_told_as_long_as_that_package_is_the_last(store: Store, ours: int) -> None:
    take(store, ours, sent("1"))
    assert [i.decision for i in store.filings()] == ["returned"]
    store.office.unseal((ours,), "改")
    assert [i.decision for i in store.filings()] == [None]
    store.office.seal((ours,), SECOND)
    assert [i.decision for i in store.filings()] == [None]


def test_done_or_open_is_said_of_a_remark_that_is_there(store: Store, ours: int) -> None:
    take(store, ours, sent("1", ON_CELL))
    store.remarks.see_to(1, 1, True, " 已改。 ")
    assert [(r.done, r.answer) for r in store.remarks.of(ours)] == [(True, "已改。")]
    assert [i.remarks for i in store.filings()] == [0]
    store.remarks.see_to(1, 1, False)
    assert [i.remarks for i in store.filings()] == [1]
    with pytest.raises(ChangeRefused):
        store.remarks.see_to(1, 2, True)


def test_a_unit_that_is_not_here_is_told_nothing(store: Store, ours: int) -> None:
    with pytest.raises(ChangeRefused) as refused:
        store.remarks.take(sent("1", ON_CELL), "别的单位", (ours,), "退回意见.zip")
    assert refused.value.code == "unknown-unit" and store.dump()["returned"] == []
