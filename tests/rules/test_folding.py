"""One cause gives one finding."""

from __future__ import annotations

from tests.rules import filings as f


def test_doubts_about_a_row_that_is_not_filled_in_are_folded_into_it() -> None:
    filing = f.with_own("......", "≥12", "")
    (finding,) = f.findings(filing)
    assert (finding.code, finding.place.column) == ("leftover", "level3")
    assert "没有度量单位" in finding.message


def test_errors_are_never_folded_away() -> None:
    assert {x.code for x in f.findings(f.with_own("......", "≥", "个"))} == {"leftover", "bare-sign"}


def test_two_mistakes_of_a_named_indicator_are_two_findings() -> None:
    filing = f.with_own("2021年游客满意度", "≤100%", "%")
    assert {x.code for x in f.findings(filing)} == {"stale-year", "always-met"}
