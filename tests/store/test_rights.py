"""Who may do what on a server: every public thing a store can do is tried by who may not, and what was done is told."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from perfdesk.errors import ChangeRefused, StoreRefused, UserError
from perfdesk.model.bureau import Handing, Node, Paper, Scope
from perfdesk.model.change import SetCell, Step
from perfdesk.store import Store
from perfdesk.store.bureau import Bureau
from perfdesk.store.infos import DONE, DeletedInfo
from perfdesk.store.office import Office
from perfdesk.store.people import People
from perfdesk.store.remarks import Remarks
from perfdesk.store.rights import Person
from perfdesk.store.timeline import Timeline
from tests.postgres import PASSWORD, Postgres
from tests.store.sample import sample_filing, set_goal

TREE = (
    Node("41", "41", "某省", "province", None, False),
    Node("4101", "4101", "某市", "city", "41", False),
    Node("4101a", "4101a", "甲局", "unit", "4101", True),
    Node("4101b", "4101b", "乙局", "unit", "4101", True),
    Node("4102", "4102", "另一市", "city", "41", False),
    Node("丁局", "", "丁局", "unit", "4102", True),
)
LOGINS = ("jia", "shen", "admin2")


@dataclass
class Place:
    """``boss`` made the database; ``jia`` fills in for 甲局, ``shen`` judges 某市. ``a``, ``b``, ``d``: filings of 甲局, 乙局, 丁局."""

    boss: Store
    jia: Store
    shen: Store
    a: int
    b: int
    d: int


@pytest.fixture
def logins(server: Postgres, with_tables: str) -> Iterator[None]:
    for name in LOGINS:
        server.ask(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    yield
    for name in LOGINS:
        server.ask(f"DROP OWNED BY {name}", with_tables)
        server.ask(f"DROP ROLE {name}")


def handing(unit: str) -> Handing:
    return Handing(unit, 2026, f"{unit}.zip", (Paper(sample_filing(unit), "overall", "", (), (), ()),), "d")


@pytest.fixture
def place(
    server: Postgres, with_tables: str, on_server: Path, logins: None, tmp_path: Path
) -> Iterator[Place]:
    def come(name: str) -> Store:
        return Store.open(tmp_path / name, server=server.url(with_tables, name, PASSWORD))

    with Store.open(on_server) as boss:
        boss.bureau.put_nodes(TREE)
        for unit in ("4101a", "4101b", "丁局"):
            boss.bureau.take(handing(unit))
        a, b, d = (boss.add(sample_filing(name), f"导入 {name}") for name in ("甲局", "乙局", "丁局"))
        boss.people.put(Person("jia", "unit", "4101a", "甲局会计"))
        boss.people.put(Person("shen", "reviewer", "4101"))
        with come("jia") as jia, come("shen") as shen:
            yield Place(boss, jia, shen, a, b, d)


def code(attempt: Callable[[], Any]) -> str:
    """Of the refusal; empty where there is none."""
    try:
        attempt()
    except UserError as refused:
        return refused.code
    return ""


# --- a unit's own person ---


def test_a_units_person_does_everything_with_the_filings_of_the_unit(place: Place) -> None:
    jia, a = place.jia, place.a
    assert [(f.id, f.unit_name) for f in jia.filings()] == [(a, "甲局")]
    assert [u.name for u in jia.units()] == ["甲局"]
    jia.apply(a, set_goal("甲局自己写的"))
    jia.undo(a)
    jia.redo(a)
    jia.office.explain(a, "key", "情况属实")
    jia.office.seal([a], "校验码")
    jia.office.unseal([a], "改一处")
    new = jia.add(sample_filing("甲局", 2025), "导入")
    jia.office.delete_filings([new])
    assert jia.office.can_undo() == "删除“整体绩效目标申报表”"
    jia.office.undo()
    assert jia.history(a)[-1].who.startswith("jia@")
    assert place.boss.verify() == ()


def test_settings_are_each_persons_own(place: Place) -> None:
    place.jia.set_setting("window/zoom", "1.5")
    assert (place.jia.setting("window/zoom"), place.boss.setting("window/zoom")) == ("1.5", None)


def test_nobody_takes_back_what_another_did(place: Place) -> None:
    place.boss.office.delete_filings([place.b])
    assert place.jia.office.can_undo() is None
    assert place.jia.office.undo() is None
    assert place.jia.timeline.next("undo", None) is None
    assert place.boss.office.undo() is not None


def _named(name: str) -> Step:
    return Step("改名", (SetCell("basic", "unit_name", name),))


def _scoped(store: Store, scope: Scope, money: Any = ((), ("", "", ""))) -> list[Callable[[], Any]]:
    bureau, forms = store.bureau, [sample_filing().form]
    return [
        lambda: bureau.handings(2026, scope=scope),
        lambda: bureau.forms(2026, scope),
        lambda: bureau.papers(2026, scope),
        lambda: bureau.findings(2026, scope),
        lambda: bureau.sums(2026, forms, scope),
        lambda: bureau.counted(2026, forms, scope),
        lambda: bureau.shares(2026, forms, ("a", "b", "c"), scope),
        lambda: bureau.per_unit(2026, forms, [("a", "b", "c")], scope),
        lambda: bureau.gathered(2026, forms, money, scope),
        lambda: bureau.indicators(2026, forms, money, scope),
    ]


Attempts = dict[str, list[Callable[[], Any]]]


def of_filing(store: Store, filing: int) -> Attempts:
    """Everything that reads or changes one filing."""
    office = store.office
    return {
        "Store.filing": [lambda: store.filing(filing)],
        "Store.history": [lambda: store.history(filing)],
        "Store.apply": [lambda: store.apply(filing, set_goal("x"))],
        "Store.undo": [lambda: store.undo(filing)],
        "Store.redo": [lambda: store.redo(filing)],
        "Office.delete_filings": [lambda: office.delete_filings([filing])],
        "Office.put_in_order": [lambda: office.put_in_order([3, 2, 1])],
        "Office.seal": [lambda: office.seal([filing], "x")],
        "Office.unseal": [lambda: office.unseal([filing], "x")],
        "Office.seals": [lambda: office.seals(filing)],
        "Office.explanations": [lambda: office.explanations(filing)],
        "Office.explain": [lambda: office.explain(filing, "key", "x")],
        "Office.bring_back": [
            lambda: office.bring_back(DeletedInfo(1, "", filing, 2026, "x", store._scribe.clock()))
        ],
        "Remarks.of": [lambda: store.remarks.of(filing)],
    }


def of_units(store: Store, unit: int) -> Attempts:
    """Everything that makes or changes a unit, or a filing in one."""
    office = store.office
    return {
        "Store.add": [lambda: store.add(sample_filing("乙局"), "x")],
        "Store.add_all": [lambda: store.add_all([sample_filing("新的")], "x", "乙局")],
        "Office.create_unit": [lambda: office.create_unit("新单位")],
        "Office.rename_unit": [lambda: office.rename_unit(unit, "新名")],
        "Office.set_code": [lambda: office.set_code(unit, "99")],
        "Office.archive_unit": [lambda: office.archive_unit(unit)],
        "Office.delete_unit": [lambda: office.delete_unit(unit)],
        "Office.archive_year": [lambda: office.archive_year(unit, 2026)],
    }


def of_bureau(store: Store, key: str) -> Attempts:
    bureau = store.bureau
    return {
        "Bureau.take": [lambda: bureau.take(handing(key))],
        "Bureau.take_all": [lambda: bureau.take_all([handing(key)])],
        "Bureau.decide": [lambda: bureau.decide(2026, key, "accepted")],
        "Bureau.put_note": [lambda: bureau.put_note(2026, key, "意见")],
        "Bureau.drop_note": [lambda: bureau.drop_note(2026, key, 1)],
        "Bureau.notes_sent": [lambda: bureau.notes_sent(2026, key, [1], "2026-01-01")],
        "Bureau.put_nodes": [lambda: bureau.put_nodes(TREE)],
    }


def of_bureau_read(store: Store, key: str) -> Attempts:
    bureau = store.bureau
    names = (
        "handings",
        "forms",
        "papers",
        "findings",
        "sums",
        "counted",
        "shares",
        "per_unit",
        "gathered",
        "indicators",
    )
    scoped = zip(names, _scoped(store, Scope(node=key)), strict=True)
    return {f"Bureau.{name}": [attempt] for name, attempt in scoped} | {
        "Bureau.filing": [lambda: bureau.filing(2026, key, 1, 1)],
        "Bureau.notes": [lambda: bureau.notes(2026, key)],
    }


def of_all(store: Store) -> Attempts:
    return {
        "Store.dump": [store.dump],
        "Store.verify": [store.verify],
        "People.put": [lambda: store.people.put(Person("jia", "administrator"))],
        "People.remove": [lambda: store.people.remove("shen")],
        "People.done": [store.people.done],
    }


# What is asked, and answered with what the person may see: looked at in tests of their own.
ANSWERED = {
    *("Store.units", "Store.filings", "Store.setting", "Store.set_setting", "Office.deleted"),
    *("Office.all_explanations", "Office.undo", "Office.redo", "Office.can_undo", "Office.can_redo"),
    *(
        "Timeline.newest",
        "Timeline.next",
        "Timeline.both",
        "Bureau.nodes",
        "Bureau.years",
        "People.me",
        "People.all",
    ),
    *("Remarks.take", "Remarks.is_here", "Remarks.of_year", "Remarks.see_to"),
}
# What is of the program or of a file.
NOT_OF_DATA = {"Store.open", "Store.close", "Store.backup", "Store.backups", "Store.restore", "Store.migrate"}


def test_nothing_that_a_store_can_do_was_forgotten_here(place: Place) -> None:
    store = place.boss
    tried = set().union(
        of_filing(store, 1),
        of_units(store, 1),
        of_bureau(store, "x"),
        of_bureau_read(store, "x"),
        of_all(store),
    )
    public = {
        f"{kind.__name__}.{name}"
        for kind in (Store, Office, Timeline, Bureau, Remarks, People)
        for name, what in inspect.getmembers(kind, callable)
        if not name.startswith("_")
    }
    assert public - tried - ANSWERED - NOT_OF_DATA == set()


def test_a_units_person_reaches_nothing_of_others(place: Place) -> None:
    other = {u.name: u.id for u in place.boss.units()}["乙局"]
    before = place.boss.dump()
    attempts = of_filing(place.jia, place.b) | of_units(place.jia, other) | of_bureau(place.jia, "4101a")
    attempts |= of_bureau_read(place.jia, "4101b") | of_all(place.jia)
    told = {name: code(one) for name, some in attempts.items() for one in some}
    assert {name for name, said in told.items() if said not in ("unknown-filing", "not-allowed")} <= {
        "Office.archive_year"  # there is nothing of that unit for this person
    }, told
    assert all(told.values())
    assert place.boss.dump() == before


def test_a_units_person_cannot_give_a_filing_to_another_unit_nor_take_one(place: Place) -> None:
    assert code(lambda: place.jia.apply(place.a, _named("乙局"))) == "not-allowed"
    assert code(lambda: place.jia.add(sample_filing("甲局"), "x", None)) == ""
    assert code(lambda: place.jia.add_all([sample_filing("甲局")], "x", None, [place.b])) == "unknown-filing"
    assert place.boss.filing(place.a).unit_name == "甲局"


def test_a_units_person_sees_of_the_bureau_what_the_unit_handed_in(place: Place) -> None:
    assert {h.unit for h in place.jia.bureau.handings(2026)} == {"4101a"}
    assert {p.unit for p in place.jia.bureau.papers(2026)} == {"4101a"}
    assert place.jia.bureau.filing(2026, "4101a", 1, 1).unit_name == "4101a"


def test_what_undo_would_take_back_in_a_filing_of_others_is_not_told(place: Place) -> None:
    place.boss.apply(place.b, set_goal("乙局的"))
    place.boss.apply(place.d, set_goal("丁局的"))
    assert place.jia.timeline.next("undo", place.b) is None
    assert place.jia.timeline.both(place.b) == (None, None)
    assert place.shen.timeline.both(place.d) == (None, None)


def test_what_was_said_and_deleted_elsewhere_is_not_shown(place: Place) -> None:
    place.boss.office.explain(place.b, "key", "乙局的话")
    place.boss.office.explain(place.a, "key", "甲局的话")
    place.boss.office.delete_filings([place.b])
    assert [e.text for _, e in place.jia.office.all_explanations()] == ["甲局的话"]
    assert place.jia.office.deleted() == ()
    assert [d.filing for d in place.shen.office.deleted()] == [place.b]


# --- a reviewer ---


def test_a_reviewer_reads_all_below_the_node_and_judges_it(place: Place) -> None:
    shen = place.shen
    assert {f.id for f in shen.filings()} == {place.a, place.b}
    assert shen.filing(place.b).unit_name == "乙局"
    assert {h.unit for h in shen.bureau.handings(2026)} == {"4101a", "4101b"}
    shen.bureau.put_note(2026, "4101b", "请补附件")
    shen.bureau.decide(2026, "4101b", "returned")
    shen.bureau.take(handing("4101a"))


def test_a_reviewer_writes_no_filing_and_sees_no_other_node(place: Place) -> None:
    place.boss.apply(place.a, set_goal("x"))
    place.boss.undo(place.a)
    before = place.boss.dump()
    units = {u.name: u.id for u in place.boss.units()}
    reading = {"Store.filing", "Store.history", "Office.seals", "Office.explanations", "Remarks.of"}
    tries = [
        of_filing(place.shen, place.d),
        of_bureau_read(place.shen, "4102"),
        of_bureau(place.shen, "丁局"),
    ]
    writes = {n: some for n, some in of_filing(place.shen, place.a).items() if n not in reading}
    tries += [writes, of_units(place.shen, units["甲局"]), of_all(place.shen)]
    for attempts in tries:
        told = {name: code(one) for name, some in attempts.items() for one in some}
        assert set(told.values()) <= {"unknown-filing", "not-allowed"}, told
    assert place.boss.dump() == before


# --- administrators ---


def test_who_loses_a_role_loses_it_at_once(place: Place) -> None:
    place.boss.people.put(Person("jia", "reviewer", "4102"))
    assert code(lambda: place.jia.apply(place.a, set_goal("x"))) in ("not-allowed", "unknown-filing")
    assert {f.id for f in place.jia.filings()} == {place.d}
    place.boss.people.remove("jia")
    with pytest.raises(StoreRefused) as refused:
        place.jia.filings()
    assert refused.value.code in ("no-person", "no-permission")


def test_one_administrator_stays(place: Place) -> None:
    assert code(lambda: place.boss.people.remove("postgres")) == "last-administrator"
    assert code(lambda: place.boss.people.put(Person("postgres", "reviewer"))) == "last-administrator"
    place.boss.people.put(Person("admin2", "administrator"))
    assert [(p.login, p.role) for p in place.boss.people.all()] == [
        ("admin2", "administrator"),
        ("jia", "unit"),
        ("postgres", "administrator"),
        ("shen", "reviewer"),
    ]


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Person("nobody_here", "unit", "4101a"), "no-login"),
        (Person("jia", "unit"), "bad-person"),
        (Person("", "reviewer"), "bad-person"),
        (Person("jia", "king", "4101"), "bad-person"),  # type: ignore[arg-type]
    ],
)
def test_who_cannot_be_put_down_is_refused(place: Place, person: Person, said: str) -> None:
    assert code(lambda: place.boss.people.put(person)) == said


def test_a_file_has_one_person_who_may_do_everything(tmp_path: Path) -> None:
    with Store.open(tmp_path / "data") as store:
        assert (store.people.me().role, store.people.all()) == ("administrator", ())
        with pytest.raises(ChangeRefused) as refused:
            store.people.put(Person("zhang", "reviewer"))
        assert refused.value.code == "one-person"


# --- who did what ---


def test_what_was_done_is_told_with_who_did_it(place: Place) -> None:
    place.jia.apply(place.a, set_goal("一"))
    place.jia.office.seal([place.a], "校验码")
    place.jia.office.unseal([place.a], "补一处")
    place.boss.office.delete_filings([place.b])
    place.shen.bureau.decide(2026, "4101a", "accepted")
    place.boss.people.remove("shen")
    place.boss.set_setting("checks/off", "X1")
    told = [(d.who.partition("@")[0], d.verb, d.what, d.detail) for d in place.boss.people.done()]
    a = str(place.a)
    assert told[:7] == [
        ("postgres", "setting", "checks/off", "X1"),
        ("postgres", "person-gone", "shen", ""),
        ("shen", "accepted", "2026 4101a", ""),
        ("postgres", "deed", "1", "删除“整体绩效目标申报表”"),
        ("jia", "unsealed", a, "补一处"),
        ("jia", "sealed", a, "校验码"),
        ("jia", "step", a, "修改 一"),
    ]
    assert ("postgres", "person", "jia", "unit 4101a") in told
    assert ("postgres", "collected", "2026 4101a", "4101a.zip") in told
    assert ("postgres", "tree", "", f"{len(TREE)} 个") in told
    assert {verb for _, verb, _, _ in told} <= DONE.keys()
    newest = place.boss.people.done(most=1)
    assert len(newest) == 1 and place.boss.people.done(since="2999") == ()


def test_a_file_tells_what_was_done_too(tmp_path: Path) -> None:
    with Store.open(tmp_path / "data", who=lambda: "wang@caiwu") as store:
        filing = store.add(sample_filing(), "导入")
        store.apply(filing, set_goal("一"))
        store.undo(filing)
        store.redo(filing)
        store.office.delete_filings([filing])
        store.office.undo()
        done = store.people.done()
    assert {d.who for d in done} == {"wang@caiwu"}
    step, deed = "修改 一", "删除“整体绩效目标申报表”"
    assert [(d.verb, d.detail) for d in reversed(done)] == [
        ("came", "导入"),
        *((verb, step) for verb in ("step", "undone", "redone")),
        *((verb, deed) for verb in ("deed", "deed-undone")),
    ]
