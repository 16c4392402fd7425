"""What a file holds, known by what it says; its papers with the bureau's check, and whole after the pipe."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from perfdesk.bureau.contents import Rules, given_in, known_year, papers_of, seen_in
from perfdesk.bureau.papers_json import paper_from, paper_json, seen_from, seen_json
from perfdesk.check import check
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Repair
from perfdesk.model.submission import HandedIn, Told
from perfdesk.recognise import Recognised, RecognisedFiling
from perfdesk.sample import sample_budgets, sample_evaluations, sample_filings
from perfdesk.switched_off import Off
from tests.bureau.handed import FIRST, SECOND, YEAR, filing
from tests.making import catalog, counter

WRONG = filing(FIRST, total="999999", goal="办好XX学校。")


def found(*filings: Filing, said: str = "", draft: bool = False) -> Recognised:
    """A package. ``said``: about something in the first filing."""
    told = (Told(0, "k", "warning", "", "", "", said),) if said else ()
    head = HandedIn(FIRST, "4101001", YEAR, "2026-03-02", "0.1.0", draft, (), (), told)
    return Recognised(tuple(RecognisedFiling(f, (), "") for f in filings), (), head)


def digest(some: Recognised) -> str:
    (seen,) = seen_in(some, given_in(some), catalog(), "a.zip", 0.0)
    return seen.digest


def renamed(one: Filing) -> Filing:
    """The same form with other ids of rows, as when it is read once more."""
    ids = {r.id: r.id if r.id == r.section else f"n{n}" for n, r in enumerate(one.rows)}
    rows = tuple(
        replace(r, id=ids[r.id], parent=None if r.parent is None else ids[r.parent]) for r in one.rows
    )
    return replace(one, rows=rows)


def test_the_same_content_is_known_again_whatever_its_rows_are_called_and_in_which_order_forms_come() -> None:
    one, other = filing(FIRST), filing(FIRST, goal="第二份。")
    assert digest(found(one, other)) == digest(found(renamed(other), renamed(one)))


def test_a_cell_an_explanation_or_a_form_more_is_another_content() -> None:
    one = filing(FIRST, goal="办好学校。")
    others = [
        found(filing(FIRST, goal="办好学校！")),
        found(one, said="情况属实。"),
        found(one, one),
        found(replace(one, amount_unit="元")),
        found(replace(one, rows=one.rows[:-1])),
    ]
    assert len({digest(some) for some in (found(one), *others)}) == 6


def test_of_a_plain_file_each_unit_and_year_stands_for_itself() -> None:
    some = (filing(FIRST), filing(SECOND), filing(FIRST, YEAR - 1), filing(FIRST, goal="又一份。"))
    plain = replace(found(*some), handed_in=None)
    seen = seen_in(plain, given_in(plain), catalog(), "a.docx", 5.0)
    assert [(s.unit_name, s.year, len(s.papers)) for s in seen] == [
        (FIRST, YEAR, 2),
        (SECOND, YEAR, 1),
        (FIRST, YEAR - 1, 1),
    ]
    assert [seen_from(json.loads(json.dumps(seen_json(s)))) for s in seen] == [*seen]


def test_what_reading_mended_and_left_over_is_counted() -> None:
    mended = Repair("split-row", "indicators/1", "……")
    parts = RecognisedFiling(filing(FIRST), (mended, mended), ""), RecognisedFiling(filing(SECOND), (), "")
    plain = Recognised(parts, ("页脚的字", "印章"))
    seen = seen_in(plain, given_in(plain), catalog(), "a.docx", 0.0)
    assert [(s.unit_name, s.repairs, s.leftovers) for s in seen] == [(FIRST, 2, 2), (SECOND, 0, 2)]


def sample() -> Sequence[Filing]:
    forms, new_id = catalog(), counter()
    targets, budgets = sample_filings(forms, new_id), sample_budgets(forms, new_id)
    return targets[1], budgets[1], sample_evaluations(forms, new_id)[0]


@pytest.mark.parametrize("one", sample(), ids=lambda one: one.form)
def test_a_paper_is_the_same_after_the_pipe(one: Filing) -> None:
    (paper,) = papers_of(given_in(found(one)), catalog(), Rules(), lambda: None)
    assert paper.amounts and paper.filing == replace(one, id=None)
    assert paper_from(json.loads(json.dumps(paper_json(paper))), catalog()) == paper


def codes(some: Recognised, rules: Rules) -> list[str]:
    (paper, *_) = papers_of(given_in(some), catalog(), rules, lambda: None)
    return [told.code for told in paper.findings]


def test_the_bureau_checks_for_itself_but_for_what_it_switched_off() -> None:
    own = [f.code for f in check(catalog().form(WRONG.form), WRONG)]
    assert {"balance", "leftover"} <= set(own)
    assert codes(found(WRONG), Rules()) == own
    off = Rules({"leftover": Off(date(2026, 1, 1).isoformat(), "本年不查。")})
    assert codes(found(WRONG), off) == [code for code in own if code != "leftover"]


def test_another_known_units_name_in_a_units_words_is_found() -> None:
    copied = found(filing(FIRST, goal=f"{SECOND}办好学校。"))
    assert "name-of-another-unit" in codes(copied, Rules(units=(FIRST, SECOND)))
    assert "name-of-another-unit" not in codes(copied, Rules(units=(FIRST,)))


def test_somebody_is_told_again_and_again_that_work_goes_on() -> None:
    signs: list[None] = []
    papers_of(given_in(found(WRONG, WRONG, WRONG)), catalog(), Rules(), lambda: signs.append(None))
    assert len(signs) >= 6, "before and after each check"


def test_a_form_without_a_year_is_of_the_year_that_was_asked_for() -> None:
    given = known_year(given_in(found(replace(WRONG, year=None), filing(FIRST, 2020))), YEAR)
    assert [one.filing.year for one in given] == [YEAR, 2020]
