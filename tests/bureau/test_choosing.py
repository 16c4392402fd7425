"""The same unit several times: the newest is proposed, the same is told as the same, and what the store has is not gone back behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from perfdesk.bureau.choosing import Wish, arranged, arranged_again, choice, versions_of
from perfdesk.bureau.placing import Tree
from perfdesk.model.bureau import HandingInfo
from perfdesk.model.collected import Choice, PaperSeen, Refused, Seen
from tests.bureau.handed import FIRST, SECOND, TREE

NODE = TREE[2]
PAPERS = (PaperSeen("f", "目标表", "", "p1"),)
AT = datetime(2026, 4, 1, tzinfo=UTC)
STORED = HandingInfo(
    NODE.key, 2026, 1, AT, "", "a.zip", "2026-03-02", "", "0.1.0", False, "", "d1", "taken", 1, 0, 0, 0
)


def package(path: str, digest: str = "d1", made: str = "2026-03-02", **other: object) -> Seen:
    one = Seen(path, FIRST, 2026, PAPERS, digest, 0.0, True, NODE.code, made, "0.1.0")
    return replace(one, **other)  # type: ignore[arg-type]


def plain(path: str, *papers: tuple[str, str], changed: float = 0.0) -> Seen:
    """``papers``: project and digest."""
    some = tuple(PaperSeen("f", "目标表", name, digest) for name, digest in papers)
    return Seen(path, FIRST, 2026, some, path, changed)


def chosen(some: list[Seen], stored: tuple[HandingInfo, ...] = (), wish: Wish | None = None) -> Choice:
    return choice(NODE, 2026, some, stored, wish or Wish())


def paths(found: Choice) -> list[str]:
    return [one.path for version in found.versions for one in version.files]


def test_the_newest_is_proposed_by_day_then_program_then_the_files_time() -> None:
    some = [
        package("old.zip", "d1", "2026-03-01", changed=9.0),
        package("older program.zip", "d2", program="0.9.0", changed=8.0),
        package("late.zip", "d3", program="0.10.0", changed=2.0),
        package("early.zip", "d4", program="0.10.0", changed=1.0),
    ]
    found = chosen(some)
    assert paths(found) == ["late.zip", "early.zip", "older program.zip", "old.zip"]
    assert (found.proposed, found.standing) == (0, "first")


def test_the_same_package_twice_is_one_version() -> None:
    found = chosen([package("a.zip"), package("copy.zip", changed=5.0)])
    (version,) = found.versions
    assert (version.first.path, version.again) == ("copy.zip", ("a.zip",))


def test_of_the_same_package_the_signed_one_counts() -> None:
    found = chosen([package("a.zip", changed=5.0), package("signed.zip", known=True)])
    assert found.versions[0].first.path == "signed.zip"


def test_drafts_are_told_and_not_taken_unless_asked() -> None:
    draft = package("draft.zip", "d2", "2026-03-09", draft=True)
    assert (chosen([draft]).proposed, chosen([draft]).standing) == (None, "draft")
    assert chosen([draft], wish=Wish(drafts=True)).standing == "first"
    both = chosen([draft, package("a.zip")])
    assert both.version is not None and both.version.first.path == "a.zip"
    assert paths(both) == ["a.zip", "draft.zip"], "a draft stands behind what is final, however new"


def test_the_very_same_in_the_store_means_nothing_to_do() -> None:
    found = chosen([package("a.zip")], (STORED,))
    assert (found.proposed, found.standing) == (None, "same")
    final = chosen([package("a.zip")], (replace(STORED, draft=True),))
    assert final.standing == "newer", "what was a draft is handed in now"


def test_another_one_of_the_same_or_a_later_day_replaces_what_is_there() -> None:
    for made in ("2026-03-02", "2026-03-03"):
        assert chosen([package("a.zip", "d2", made)], (STORED,)).standing == "newer"


def test_an_older_stick_does_not_replace_what_is_there() -> None:
    assert chosen([package("a.zip", "d0", "2026-03-01")], (STORED,)).standing == "older"
    before = replace(STORED, digest="d0", state="replaced")
    found = chosen([package("a.zip", "d0")], (STORED, before))
    assert found.standing == "older", "of the same day, and replaced once already"
    again = chosen([package("a.zip", "d0", "2026-03-05")], (STORED, before))
    assert again.standing == "newer", "handed in once more"


def test_where_nothing_is_to_be_chosen_several_wait() -> None:
    wish = Wish(take="none")
    assert chosen([package("a.zip"), package("b.zip", "d2")], wish=wish).standing == "undecided"
    assert chosen([package("a.zip"), package("b.zip")], wish=wish).standing == "first"


# --- plain files ------------------------------------------------------------------------------------------------------


def test_all_plain_files_of_a_unit_are_one_handing() -> None:
    (version,) = versions_of(
        [plain("盘/b.docx", ("乙", "2")), plain("盘/项目/a.docx", ("甲", "1"), ("丙", "3"))]
    )
    assert [one.path for one in version.files] == ["盘/b.docx", "盘/项目/a.docx"]
    assert version.papers == 3 and version.twice == ()


def test_the_same_form_in_two_files_is_taken_once() -> None:
    (version,) = versions_of([plain("a.docx", ("甲", "1")), plain("a.pdf", ("甲", "1"), changed=1.0)])
    assert ([one.path for one in version.files], version.again) == (["a.pdf"], ("a.docx",))
    assert version.twice == ()


def test_of_two_that_differ_the_newer_files_is_taken_and_told() -> None:
    old = plain("a.docx", ("甲", "1"), ("乙", "2"))
    (version,) = versions_of([old, plain("改.docx", ("甲", "9"), changed=1.0)])
    taken = {one.path: [p.digest for p in one.papers] for one in version.files}
    assert taken == {"改.docx": ["9"], "a.docx": ["2"]}
    (told,) = version.twice
    assert (told.title, told.taken, told.left) == ("甲", "改.docx", "a.docx")


def test_what_one_file_says_twice_is_meant_twice() -> None:
    (version,) = versions_of([plain("a.docx", ("甲", "1"), ("甲", "2"), ("甲", "1"))])
    assert version.papers == 3 and version.twice == ()


def test_a_package_counts_before_files_beside_it_whatever_their_times() -> None:
    found = chosen([plain("a.docx", ("甲", "1"), changed=4e9), package("a.zip")])
    assert paths(found)[0] == "a.zip"


def test_files_that_were_replaced_by_a_later_handing_do_not_come_back() -> None:
    stored = replace(STORED, made="", digest="x")
    earlier, later = AT.timestamp() - 86_400, AT.timestamp() + 86_400
    assert chosen([plain("a.docx", ("甲", "1"), changed=earlier)], (stored,)).standing == "older"
    assert chosen([plain("a.docx", ("甲", "1"), changed=later)], (stored,)).standing == "newer"


# --- all together -----------------------------------------------------------------------------------------------------


def none_stored(_year: int) -> tuple[HandingInfo, ...]:
    return ()


def test_units_stand_in_the_order_of_the_tree_each_year_for_itself() -> None:
    some = [
        package("b.zip", unit_name=SECOND, unit_code=""),
        package("a.zip"),
        package("a25.zip", year=2025),
        package("x.zip", unit_name="别的单位", unit_code=""),
    ]
    found = arranged(some, Tree(TREE), Wish(), none_stored)
    assert [(c.node.name, c.year) for c in found.choices] == [(FIRST, 2025), (FIRST, 2026), (SECOND, 2026)]
    assert [one.seen.path for one in found.unplaced] == ["x.zip"]


def test_another_year_is_set_aside_and_none_is_the_wanted_one() -> None:
    some = [package("a.zip", year=2025), replace(plain("b.docx", ("甲", "1")), year=None)]
    found = arranged(some, Tree(TREE), Wish(2026), none_stored)
    assert [(r.path, r.code) for r in found.refused] == [("a.zip", "other-year")]
    assert [(c.year, c.version is not None) for c in found.choices] == [(2026, True)]
    unsaid = arranged(some[1:], Tree(TREE), Wish(), none_stored)
    assert [r.code for r in unsaid.refused] == ["no-year"]


def test_a_unit_that_calls_itself_otherwise_than_the_tree_is_told() -> None:
    found = arranged([package("a.zip", unit_name="新名小学")], Tree(TREE), Wish(), none_stored)
    assert found.choices[0].other_name == "新名小学"


def test_what_somebody_says_of_a_file_is_arranged_again_and_refusals_stay() -> None:
    found = arranged([package("x.zip", unit_name="别的单位", unit_code="")], Tree(TREE), Wish(), none_stored)
    bad = Refused("bad.zip", "broken", "……")
    again = arranged_again(
        replace(found, refused=(bad,), unopened=("z.rar",)),
        Tree(TREE),
        Wish(),
        none_stored,
        {"x.zip": "4101002"},
    )
    assert [c.node.name for c in again.choices] == [SECOND]
    assert (again.refused, again.unopened, again.unplaced) == ((bad,), ("z.rar",), ())
