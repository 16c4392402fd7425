"""Checks that the user switched off: the day and the reason are kept, and only those checks are silent."""

from __future__ import annotations

from datetime import date

import pytest

from perfdesk.check import check
from perfdesk.model.change import SetCell
from perfdesk.switched_off import NONE_OFF, Off, read_off, still_on, switch_off, switch_on, write_off
from tests.rules import filings as f

TODAY = date(2026, 11, 21)


def test_the_day_and_the_reason_are_kept() -> None:
    off = switch_off(NONE_OFF, "always-met", " 本市统一\n这样写 ", TODAY)
    assert read_off(write_off(off)) == {"always-met": Off("2026-11-21", "本市统一 这样写")}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_switched_off(reason: str) -> None:
    with pytest.raises(ValueError):
        switch_off(NONE_OFF, "always-met", reason, TODAY)


def test_switched_on_again_it_is_forgotten() -> None:
    off = switch_off(NONE_OFF, "always-met", "理由", TODAY)
    assert switch_on(off, "always-met") == {} and switch_on(NONE_OFF, "always-met") == {}


@pytest.mark.parametrize("setting", [None, "", "[", "[]", '{"a": 1}', '{"a": {"at": "x"}}', "null"])
def test_a_setting_that_cannot_be_read_switches_nothing_off(setting: str | None) -> None:
    assert read_off(setting) == {}


def test_only_what_is_switched_off_is_silent() -> None:
    filing = f.change(f.honest(), SetCell(f.leaf_id(f.honest(), "游客满意度"), "target", "≤100%"))
    filing = f.change(filing, SetCell(f.leaf_id(filing, "养护公园数量"), "target", "≥"))
    findings = check(f.form(), filing)
    assert {x.code for x in findings} == {"always-met", "bare-sign"}
    off = switch_off(NONE_OFF, "always-met", "理由", TODAY)
    assert {x.code for x in still_on(findings, off)} == {"bare-sign"}
