"""Which of the unit's own filings a return means, and which of their rows: by what was handed in, by name, by rows; never one twice."""

from __future__ import annotations

from dataclasses import replace

from perfdesk.catalog import new_filing
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.model.sent_back import Meant, Remark, SentBack
from perfdesk.sample import sample_filings
from perfdesk.submission.own import Own, age, beside_own, matched
from perfdesk.submission.sent_back import digest_of
from tests.making import catalog, counter

TARGET = next(f for f in sample_filings(catalog(), counter()) if f.year == 2021)
LEAF = list(leaves(TARGET, "indicators"))[1].row


def project(name: str, prefix: str) -> Filing:
    """Row ids begin with ``prefix``."""
    made = new_filing(catalog().form("hebei-2021/project-target"), 2021, "某单位", counter(prefix))
    rows = tuple(r.with_cell("name", name) if r.id == "basic" else r for r in made.rows)
    return replace(made, rows=rows)


def meant(filing: Filing) -> Meant:
    name = filing.cell("basic/name")
    return Meant(filing.form, filing.title, name, digest_of(filing), tuple(r.id for r in filing.rows))


def sent(*filings: Filing, remarks: tuple[Remark, ...] = (), answers: str = "AAAA") -> SentBack:
    some = tuple(meant(f) for f in filings)
    head = ("某单位", "", 2021, "returned", "某局", "2026-03-05", "0.1.0", answers, "2026-03-01")
    return SentBack(*head, some, remarks)


def own(number: int, filing: Filing, *packages: str) -> Own:
    return Own(replace(filing, id=number), packages)


def ids(found: tuple[Own | None, ...]) -> list[int | None]:
    return [one.filing.id if one else None for one in found]


def renamed(filing: Filing, name: str) -> Filing:
    return replace(
        filing, rows=tuple(r.with_cell("name", name) if r.id == "basic" else r for r in filing.rows)
    )


def test_projects_of_one_form_are_known_by_their_content_whatever_their_order() -> None:
    one, two, three = (project(name, name) for name in "甲乙丙")
    assert ids(matched(sent(one, two, three), [own(1, three), own(2, one), own(3, two)])) == [2, 3, 1]


def test_a_project_that_was_renamed_since_is_known_by_its_rows() -> None:
    one, two = project("甲", "a"), project("乙", "b")
    here = [own(1, renamed(one, "丙")), own(2, two)]
    rows = [r for r in one.rows if r.id != r.section]
    assert rows and ids(matched(sent(one, two), here)) == [1, 2]


def test_two_copies_of_a_project_are_told_apart_by_their_names() -> None:
    one = project("甲", "a")
    copy = renamed(one, "甲（二期）")
    changed = replace(one, title="改过的表")
    assert ids(matched(sent(one, copy), [own(1, copy), own(2, changed)])) == [2, 1]


def test_a_filing_that_is_not_here_is_none_of_those_that_are() -> None:
    one, two = project("甲", "a"), project("乙", "b")
    assert ids(matched(sent(one), [own(1, two)])) == [None]
    assert ids(matched(sent(one), [own(1, TARGET)])) == [None], "another form"
    assert ids(matched(sent(one, one), [own(1, one)])) == [1, None], "each is meant once"


def with_other_ids(filing: Filing) -> Filing:
    """As the bureau reads a Word file of it."""
    names = {r.id: r.id if r.id == r.section else f"x{n}" for n, r in enumerate(filing.rows)}
    rows = tuple(replace(r, id=names[r.id], parent=r.parent and names[r.parent]) for r in filing.rows)
    return replace(filing, rows=rows)


def test_rows_of_a_word_file_are_known_by_what_stood_there_where_only_one_says_so() -> None:
    theirs = with_other_ids(TARGET)
    row = list(leaves(theirs, "indicators"))[1].row
    remark = Remark(0, "note", "……", "", "indicators/2/level3", "", row.id, "level3", row.get("level3"))
    everywhere = replace(remark, column="unit", stood=row.get("unit"))
    return_ = sent(theirs, remarks=(remark, everywhere), answers="")
    found = matched(return_, [own(1, TARGET)])
    assert ids(found) == [1]
    first, second = beside_own(return_, found).remarks
    assert first.row == LEAF.id
    assert second.row == "", "several rows have this unit: the section is meant"


def test_a_row_that_is_here_is_meant_whatever_stands_in_it_now() -> None:
    remark = Remark(0, "note", "……", "", "indicators/2/target", "", LEAF.id, "target", LEAF.get("target"))
    rows = tuple(r.with_cell("target", "另外") if r.id == LEAF.id else r for r in TARGET.rows)
    found = matched(sent(TARGET), [own(1, replace(TARGET, rows=rows))])
    assert beside_own(sent(TARGET, remarks=(remark,)), found).remarks == (remark,)


def test_the_age_of_a_return_is_told_by_the_packages_of_the_filings() -> None:
    here = [own(1, TARGET, "AAAA", "BBBB"), own(2, project("甲", "a"))]
    assert age(sent(TARGET, answers="BBBB"), here) == "newest"
    assert age(sent(TARGET, answers="AAAA"), here) == "older"
    assert age(sent(TARGET, answers="CCCC"), here) == "unknown"
    assert age(sent(TARGET, answers=""), here) == "unknown"


def test_a_cell_of_a_computed_table_stays_as_it_is_named() -> None:
    remark = Remark(0, "error", "……", "", "tables/支出总表/212/total", "", "支出总表!212", "total")
    found = matched(sent(TARGET), [own(1, TARGET)])
    assert beside_own(sent(TARGET, remarks=(remark,)), found).remarks == (remark,)
    assert isinstance(found[0], Own) and isinstance(found[0].filing.rows[0], Row)
