"""The page of all checks is made from the rules; each has its reason and an example."""

from __future__ import annotations

import json
from pathlib import Path

from perfdesk.__main__ import main
from perfdesk.check import check
from perfdesk.rule_book import ACROSS, entry, rule_book
from perfdesk.rules import RULES
from tests.making import catalog, published


def test_every_check_is_in_it_once_with_reason_and_example() -> None:
    codes = [kind.code for rule in RULES for kind in rule.kinds] + [k.code for _, ks in ACROSS for k in ks]
    assert sorted(e.code for e in rule_book()) == sorted(set(codes))
    assert [e.code for e in rule_book() if not (e.why and e.example)] == []


def test_no_explanation_is_left_of_a_check_that_is_gone() -> None:
    import tomllib

    from perfdesk import paths

    written = tomllib.loads((paths.templates() / "words" / "checks.toml").read_text(encoding="utf-8"))
    assert set(written) - {"format", "id"} == {e.code for e in rule_book()}


def test_what_a_check_finds_is_in_the_book_with_the_same_title_and_source(forms: Path) -> None:
    for name in ("z05", "z08", "d10", "d14", "h01", "h03"):
        filing = published(forms, name)
        for finding in check(catalog().form(filing.form), filing):
            known = entry(finding.code)
            assert known is not None and known.source == finding.source


def test_the_command_lists_them(capsys) -> None:
    assert main(["check", "--list"]) == 0
    text = capsys.readouterr().out
    assert "满意度 ≤100%" in text and "【方向】" in text and f"共 {len(rule_book())} 条" in text
    assert main(["check", "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["checks"]
    assert {"topic", "code", "severity", "title", "source", "why", "example"} == set(listed[0])


def test_an_unknown_code_has_no_entry() -> None:
    assert entry("no-such-check") is None
