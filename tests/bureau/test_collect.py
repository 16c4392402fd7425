"""Folders and sticks of what units handed in are taken in: whole, once, told by unit; and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.thousand import Size
from bench.thousand.made import OVERALL
from bench.thousand.made import YEAR as MADE_YEAR
from bench.thousand.packages import TREE as MADE_TREE
from bench.thousand.packages import write_all
from perfdesk.bureau.choosing import Wish
from perfdesk.check import check
from perfdesk.collecting import Desk, look, take
from perfdesk.model.bureau import HandingInfo
from perfdesk.model.collected import Collection, Progress
from perfdesk.pack_trust import trust
from perfdesk.store import Store
from tests.bureau.handed import (
    FIRST,
    SECOND,
    THIRD,
    TREE,
    YEAR,
    Bureau,
    exported,
    filing,
    package,
    put,
)
from tests.making import catalog
from tests.packages.packs import key_pair

GOAL = "办好学校，让孩子们上得好。"


def handings(bureau: Bureau, year: int = YEAR, replaced: bool = False) -> tuple[HandingInfo, ...]:
    with bureau.store(read_only=True) as store:
        return store.bureau.handings(year, replaced)


def test_made_units_are_collected_and_their_sums_and_planted_mistakes_come_out(
    tmp_path: Path, bureau: Bureau
) -> None:
    made = write_all(tmp_path / "盘", Size(units=9, forms=5), processes=1, with_departments=False)
    (tmp_path / MADE_TREE).write_bytes((tmp_path / "盘" / MADE_TREE).read_bytes())
    (tmp_path / "盘" / MADE_TREE).unlink()
    assert bureau.run("tree", tmp_path / MADE_TREE).code == 0
    said = bureau.collect(tmp_path / "盘")
    assert (said.code, {one["taken"]["papers"] for one in said.json["units"]}) == (0, {5})
    with bureau.store(read_only=True) as store:
        sums = {
            ("" + OVERALL, s.section, s.line, s.field): s.value
            for s in store.bureau.sums(MADE_YEAR, [OVERALL])
        }
        wanted = {cell: value for cell, value in made.sums.items() if cell[0] == OVERALL}
        assert {cell: sums[cell] for cell in wanted} == wanted
        told = store.bureau.findings(MADE_YEAR)
        found = {
            (unit, paper - 1, one.code, one.place) for (unit, paper), some in told.items() for one in some
        }
    assert {(p.unit, p.filing, p.code, p.where) for p in made.planted} <= found
    status = bureau.run("received", "--year", MADE_YEAR, "--json")
    assert (status.code, status.json["missing"]) == (1, ["991101"]), "of the department nothing came"


def test_what_was_handed_in_is_kept_as_it_was_with_the_bureaus_own_check(
    tmp_path: Path, bureau: Bureau
) -> None:
    wrong = filing(FIRST, total="999999", goal=f"办好XX学校，由{SECOND}验收。")
    findings = check(catalog().form(wrong.form), wrong)
    explained = next(f for f in findings if f.severity == "warning")
    put(tmp_path / "a.zip", package([wrong], settled=[(explained, "情况属实。")]))
    bureau.collect(tmp_path / "a.zip")
    with bureau.store(read_only=True) as store:
        assert store.bureau.filing(YEAR, "4101001", 1, 1) == wrong
        told = store.bureau.findings(YEAR)["4101001", 1]
        (info,) = store.bureau.handings(YEAR)
    assert {f.code for f in findings} | {"name-of-another-unit"} <= {one.code for one in told}
    said = [one for one in told if one.explanation]
    assert [(one.code, one.explanation) for one in said] == [(explained.code, "情况属实。")]
    assert info.errors == sum(one.severity == "error" for one in told) > 0
    assert info.warnings == sum(one.severity == "warning" for one in told) - 1
    assert (info.made, info.source, info.check_code != "") == ("2026-03-02", "a.zip", True)


def test_the_same_stick_once_more_changes_nothing(tmp_path: Path, bureau: Bureau) -> None:
    for unit in (FIRST, SECOND):
        put(tmp_path / "盘" / f"{unit}.zip", package([filing(unit)], unit))
    first = bureau.collect(tmp_path / "盘", "--year", YEAR)
    assert (first.code, [one["taken"]["number"] for one in first.json["units"]]) == (0, [1, 1])
    before = bureau.run("dump", "--json").out
    again = bureau.collect(tmp_path / "盘", "--year", YEAR)
    assert (again.code, set(again.standings.values())) == (0, {"same"})
    assert bureau.run("dump", "--json").out == before


def test_of_two_packages_of_a_unit_the_newest_is_taken_and_the_difference_told(
    tmp_path: Path, bureau: Bureau
) -> None:
    put(tmp_path / "盘" / "一.zip", package([filing(FIRST, goal=GOAL)]))
    put(tmp_path / "盘" / "二.zip", package([filing(FIRST, goal="改过的目标。")], day=date(2026, 3, 9)))
    waits = bureau.collect(tmp_path / "盘", "--take", "none")
    assert (waits.code, waits.standings) == (1, {"4101001": "undecided"}) and handings(bureau) == ()
    said = bureau.run("collect", tmp_path / "盘")
    assert said.code == 0 and f"{GOAL} → 改过的目标。" in said.out
    (info,) = handings(bureau)
    assert info.source == "二.zip"


def test_what_comes_later_replaces_with_the_difference_told_and_what_is_older_does_not(
    tmp_path: Path, bureau: Bureau
) -> None:
    put(tmp_path / "1" / "a.zip", package([filing(FIRST, goal=GOAL), filing(FIRST, goal="第二份。")]))
    put(tmp_path / "2" / "a.zip", package([filing(FIRST, goal="改过的目标。")], day=date(2026, 3, 9)))
    bureau.collect(tmp_path / "1")
    later = bureau.collect(tmp_path / "2")
    assert later.standings == {"4101001": "newer"} and later.json["units"][0]["differences"] == 2
    assert bureau.collect(tmp_path / "1").standings == {"4101001": "older"}
    assert [(h.number, h.state) for h in handings(bureau, replaced=True)] == [(2, "taken"), (1, "replaced")]


def test_plain_files_of_a_unit_are_one_handing(tmp_path: Path, bureau: Bureau) -> None:
    stick = tmp_path / "盘"
    exported(filing(FIRST, goal=GOAL), stick / FIRST / "目标.docx")
    exported(filing(FIRST, year=2025, goal=GOAL), stick / FIRST / "去年" / "目标.docx")
    exported(filing("甲县第二小学校"), stick / "别的" / "目标.xlsx")
    (stick / FIRST / "照片.jpg").touch()
    said = bureau.collect(stick, "--year", YEAR)
    assert (said.code, said.refused) == (3, {"目标.docx": "other-year"})
    (unknown,) = said.json["unplaced"]
    assert unknown["near"][0]["name"] == SECOND, "near, and not taken"
    assert [Path(path).name for path in said.json["unopened"]] == ["照片.jpg"]
    (info,) = handings(bureau)
    assert (info.unit, info.papers, info.source, info.made) == ("4101001", 1, "目标.docx", "")


def test_a_unit_that_the_tree_does_not_have_is_added_where_one_says(tmp_path: Path, bureau: Bureau) -> None:
    stick = tmp_path / "盘"
    put(stick / "新.zip", package([filing("新建小学")], "新建小学", "4101009"))
    put(stick / "两可.zip", package([filing("中心幼儿园")], "中心幼儿园", ""))
    told = bureau.collect(stick)
    assert (told.code, len(told.json["unplaced"]), handings(bureau)) == (1, 2, ())
    said = bureau.collect(stick, "--add-unknown", "某省甲县教育局")
    assert [one["path"].rpartition("/")[2] for one in said.json["unplaced"]] == ["两可.zip"]
    with bureau.store(read_only=True) as store:
        (node,) = (n for n in store.bureau.nodes() if n.name == "新建小学")
    assert (node.key, node.parent, [h.unit for h in handings(bureau)]) == ("4101009", "4101", ["4101009"])


def test_a_draft_is_told_and_taken_only_where_one_asks(tmp_path: Path, bureau: Bureau) -> None:
    stick = tmp_path / "盘"
    put(stick / "a.zip", package([filing(FIRST)], draft=True))
    assert bureau.collect(stick).standings == {"4101001": "draft"} and handings(bureau) == ()
    bureau.collect(stick, "--drafts")
    assert [h.draft for h in handings(bureau)] == [True]


def test_what_the_bureau_signed_comes_back_as_accepted(tmp_path: Path, bureau: Bureau) -> None:
    private, public = key_pair()
    key = put(tmp_path / "key.pem", private)
    plain = put(tmp_path / "1" / "a.zip", package([filing(FIRST)]))
    signed = tmp_path / "2" / "a.zip"
    signed.parent.mkdir()
    bureau.run("accept", plain, "--key", key, "--name", "甲县财政局", "--to", signed)
    bureau.collect(plain)
    stranger = bureau.collect(signed)
    assert stranger.json["units"][0]["versions"][0]["signer_known"] is False
    assert [h.state for h in handings(bureau)] == ["taken"], "anybody can sign"
    trust(bureau.data, "甲县财政局", public)
    assert bureau.collect(signed).standings == {"4101001": "same"}
    assert [h.state for h in handings(bureau)] == ["accepted"]


def test_a_package_that_is_accepted_after_it_was_collected_is_marked(tmp_path: Path, bureau: Bureau) -> None:
    key = put(tmp_path / "key.pem", key_pair()[0])
    for unit in (FIRST, SECOND):
        put(tmp_path / "盘" / f"{unit}.zip", package([filing(unit)], unit))
    bureau.collect(tmp_path / "盘")
    sign = ("--key", key, "--name", "甲县财政局", "--to", tmp_path / "签.zip", "--json")
    said = bureau.run("accept", tmp_path / "盘" / f"{SECOND}.zip", *sign)
    assert (said.code, said.json["unit"]) == (0, "4101002")
    assert [h.state for h in handings(bureau)] == ["taken", "accepted"]


# --- cut off ----------------------------------------------------------------------------------------------------------


def looked(bureau: Bureau, store: Store, folder: Path, desk: Desk | None = None) -> tuple[Desk, Collection]:
    desk = desk or Desk(bureau.data, catalog(), TREE)
    return desk, look([folder], desk, Wish(), lambda year: store.bureau.handings(year, replaced=True))


def test_what_is_cut_off_goes_on_where_it_was_and_takes_nothing_twice(tmp_path: Path, bureau: Bureau) -> None:
    for unit in (FIRST, SECOND, THIRD):
        put(tmp_path / "盘" / f"{unit}.zip", package([filing(unit)], unit))
    said: list[Progress] = []
    with bureau.store() as store:
        desk = Desk(bureau.data, catalog(), TREE, say=said.append)
        desk, found = looked(bureau, store, tmp_path / "盘", desk)
        taking = take(store, found.choices, desk)
        assert next(taking).choice.node.name == FIRST
        taking.close()
        assert [h.unit for h in store.bureau.handings(YEAR)] == ["4101001"], "on disk when it is told"
        _, rest = looked(bureau, store, tmp_path / "盘")
        assert [c.standing for c in rest.choices] == ["same", "first", "first"]
        assert [t.number for t in take(store, rest.choices, Desk(bureau.data, catalog(), TREE))] == [1, 1]
        assert len(store.bureau.handings(YEAR, replaced=True)) == 3
    assert [(p.number, p.of, p.name) for p in said if p.doing == "look"][-1] == (3, 3, f"{SECOND}.zip")


def test_who_cancels_has_what_was_taken_by_then_and_no_more(tmp_path: Path, bureau: Bureau) -> None:
    for unit in (FIRST, SECOND, THIRD):
        put(tmp_path / "盘" / f"{unit}.zip", package([filing(unit)], unit))
    with bureau.store() as store:
        desk, found = looked(bureau, store, tmp_path / "盘")
        stop: list[bool] = []
        desk = replace(desk, cancelled=lambda: bool(stop))
        took = []
        for one in take(store, found.choices, desk):
            took.append(one)
            stop.append(True)
        assert len(took) < 3 and all(t.number for t in took)
        assert len(store.bureau.handings(YEAR)) == len(took)
        _, cut = looked(bureau, store, tmp_path / "盘", desk)
        assert cut.cancelled and cut.choices == ()


def test_a_file_that_changes_between_looking_and_taking_is_not_taken(tmp_path: Path, bureau: Bureau) -> None:
    path = put(tmp_path / "盘" / "a.zip", package([filing(FIRST, goal=GOAL)]))
    with bureau.store() as store:
        desk, found = looked(bureau, store, tmp_path / "盘")
        put(path, package([filing(FIRST, goal="换掉了。")]))
        (took,) = take(store, found.choices, desk)
        assert took.refused is not None and took.refused.code == "changed-meanwhile"
        assert store.bureau.handings(YEAR) == ()


def test_two_choices_of_one_unit_do_not_replace_one_another(tmp_path: Path, bureau: Bureau) -> None:
    """As when somebody says that a file without a name is of a unit whose package lies beside it."""
    put(tmp_path / "盘" / "a.zip", package([filing(FIRST, goal=GOAL)]))
    put(tmp_path / "别的" / "b.zip", package([filing(FIRST, goal="另一份。")]))
    with bureau.store() as store:
        desk, one = looked(bureau, store, tmp_path / "盘")
        _, other = looked(bureau, store, tmp_path / "别的")
        took = list(take(store, (*one.choices, *other.choices), desk))
        assert [t.refused and t.refused.code for t in took] == [None, "unit-twice"]
        assert [h.source for h in store.bureau.handings(YEAR, replaced=True)] == ["a.zip"]


def test_before_a_run_of_handings_the_store_is_backed_up_once(tmp_path: Path, bureau: Bureau) -> None:
    for unit in (FIRST, SECOND):
        put(tmp_path / "盘" / f"{unit}.zip", package([filing(unit)], unit))
    with bureau.store() as store:
        store.bureau.put_nodes(TREE)
        desk, found = looked(bureau, store, tmp_path / "盘")
        assert [t.number for t in take(store, found.choices, desk)] == [1, 1]
        assert [b.reason for b in store.backups()].count("import") == 1


def test_the_bureaus_own_data_below_the_folder_are_nobodys_handing(tmp_path: Path, bureau: Bureau) -> None:
    assert tmp_path in bureau.data.parents
    put(bureau.data / "旧包.zip", package([filing(FIRST)]))
    put(tmp_path / "新包.zip", package([filing(SECOND)], SECOND))
    said = bureau.collect(tmp_path)
    assert (said.code, said.json["unopened"]) == (0, [])
    assert [h.source for h in handings(bureau)] == ["新包.zip"]
