"""A department's goals and measures at the window, with the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from perfdesk.catalog import new_filing
from perfdesk.check import check
from perfdesk.filing_json import filing_json, filings_from_json
from perfdesk.model.filing import Filing
from tests.making import catalog, counter
from tests.targets.test_rules import GOOD
from tests.ui.test_finder import go
from tests.ui.test_library import choose, dialog
from ui.import_card import rows_found

if TYPE_CHECKING:
    from perfdesk.model.filing import Row
    from tests.ui.driver import Driver

KEY, HELD = Qt.Key, Qt.KeyboardModifier
FORM = "hebei-2021/department-targets"


@pytest.fixture
def open_one(nobody: Driver) -> Driver:
    """A new, empty filing of a department's targets."""
    filing = new_filing(catalog().form(FORM), 2021, "示例市数据局", counter())
    nobody.space.open(nobody.space.store.add(filing, "新建"))
    return nobody


def goals_of(filing: Filing) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    data = filing_json(catalog().form(FORM), filing)["sections"]["goals"]
    return [
        (
            g["name"],
            g["goal"],
            [(i["name"], i["description"], i["target"]["text"]) for i in g["indicators"]],
        )
        for g in data
    ]


def test_a_department_fills_its_targets_from_empty_with_keys_only(open_one: Driver) -> None:
    d = open_one
    d.field("basic", "goal")
    d.compose("管好数据，服务群众。")
    d.ctrl(KEY.Key_PageDown)
    assert d.page.section.id == "goals"
    d.key(KEY.Key_Return, HELD.ControlModifier | HELD.ShiftModifier)
    d.compose("系统运行")
    d.key(KEY.Key_Tab)
    d.compose("系统全年稳定")
    d.key(KEY.Key_Return)
    d.ctrl(KEY.Key_Return)
    d.compose("可用率")
    d.key(KEY.Key_Tab)
    d.compose("可用时间占全年时间的比率")
    d.key(KEY.Key_Tab)
    d.compose("≥99%")
    d.key(KEY.Key_Return)
    d.ctrl(KEY.Key_PageDown)
    assert d.page.section.id == "measures"
    d.ctrl(KEY.Key_Return)
    d.compose("加强培训。")
    d.key(KEY.Key_Return)
    stored = d.on_disk()
    assert stored.cell("basic/goal") == "管好数据，服务群众。"
    assert goals_of(stored) == [
        ("系统运行", "系统全年稳定", [("可用率", "可用时间占全年时间的比率", "≥99%")])
    ]
    assert [r.get("text") for r in stored.section("measures")] == ["加强培训。"]
    assert check(catalog().form(FORM), stored) == ()


def filled(d: Driver) -> list[Row]:
    """Two goals, the first with two indicators, added with the tools' keys."""
    d.turn_to("goals")
    for name in ("甲", "乙"):
        d.key(KEY.Key_Return, HELD.ControlModifier | HELD.ShiftModifier)
        d.compose(name)
        d.key(KEY.Key_Return)
    first = d.rows("goals")[0]
    d.at(first, 0)
    for name in ("一号", "二号"):
        d.ctrl(KEY.Key_Return)
        d.compose(name)
        d.key(KEY.Key_Tab)
    return list(d.rows("goals"))


def names(d: Driver) -> list[str]:
    return [r.get("level1") or r.get("level2") for r in d.rows("goals")]


def test_rows_move_within_their_goal_and_over_its_edge_and_go_with_it(open_one: Driver) -> None:
    d = open_one
    rows = filled(d)
    assert names(d) == ["甲", "一号", "二号", "乙"]
    d.at(rows[1], 0)
    d.key(KEY.Key_Down, HELD.AltModifier)
    assert names(d) == ["甲", "二号", "一号", "乙"]
    d.key(KEY.Key_Down, HELD.AltModifier)
    assert names(d) == ["甲", "二号", "乙", "一号"]
    d.at(d.rows("goals")[0], 0)
    d.window.actions_by_id["row-remove"].trigger()
    assert names(d) == ["乙", "一号"]
    for before in (["甲", "二号", "乙", "一号"], ["甲", "二号", "一号", "乙"], ["甲", "一号", "二号", "乙"]):
        d.ctrl(KEY.Key_Z)
        assert names(d) == before


def paste(d: Driver, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    d.ctrl(KEY.Key_V)


def test_three_columns_pasted_on_a_goal_become_its_indicators(open_one: Driver) -> None:
    d = open_one
    rows = filled(d)
    d.at(rows[3], 0)
    paste(d, "丙率\t丙的说明\t≥80%\n丁数\t丁的说明\t5个")
    assert goals_of(d.filing)[1] == ("乙", "", [("丙率", "丙的说明", "≥80%"), ("丁数", "丁的说明", "5个")])


def test_two_columns_pasted_on_a_goal_are_goals(open_one: Driver) -> None:
    d = open_one
    rows = filled(d)
    d.at(rows[0], 0)
    paste(d, "子\t子目标\n丑\t丑目标\n寅\t寅目标")
    assert [(name, goal, len(below)) for name, goal, below in goals_of(d.filing)] == [
        ("子", "子目标", 2),
        ("丑", "丑目标", 0),
        ("寅", "寅目标", 0),
    ]


def test_a_block_on_an_indicator_fills_downwards_and_adds_what_is_missing(open_one: Driver) -> None:
    d = open_one
    rows = filled(d)
    d.at(rows[2], 0)
    paste(d, "改名\t说明\t≥1个\n新的\t新说明\t≥2个")
    assert goals_of(d.filing)[0][2] == [
        ("一号", "", ""),
        ("改名", "说明", "≥1个"),
        ("新的", "新说明", "≥2个"),
    ]
    d.ctrl(KEY.Key_Z)
    assert names(d) == ["甲", "一号", "二号", "乙"]


def test_a_finding_leads_to_its_indicator(open_one: Driver) -> None:
    d = open_one
    rows = filled(d)
    d.space.check_now()
    finding = next(f for f in d.space.findings if f.where == "goals/1/2/target")
    d.turn_to("basic")
    assert d.window.editor.show_place(finding.place)
    assert (d.here().id, d.grid.currentIndex().column()) == (rows[2].id, 2)


def test_words_of_the_tools_are_those_of_the_page(open_one: Driver) -> None:
    d = open_one
    d.turn_to("goals")
    texts = [d.window.actions_by_id[name].text() for name in ("row-add", "group-add")]
    assert texts == ["绩效指标", "分项目标"]
    assert d.window.actions_by_id["group-add"].isEnabled()
    d.turn_to("measures")
    assert not d.window.actions_by_id["group-add"].isEnabled()
    assert d.window.actions_by_id["row-add"].text() == "增加一行"


def test_an_indicator_and_a_goals_text_are_found_and_gone_to(open_one: Driver) -> None:
    d = open_one
    rows = filled(d)
    d.at(rows[3], 1)
    d.compose("让数据多跑路")
    d.key(KEY.Key_Return)
    d.turn_to("basic")
    go(d, "二号")
    assert (d.page.section.id, d.here().id) == ("goals", rows[2].id)
    d.turn_to("basic")
    go(d, "多跑路")
    assert (d.here().id, d.grid.currentIndex().column()) == (rows[3].id, 1)


def test_the_library_says_that_a_form_without_a_tree_has_no_place_for_its_indicators(
    open_one: Driver,
) -> None:
    d = open_one
    rows = filled(d)
    box = dialog(d)
    choose(box, "培训人次")
    box.put()
    assert d.rows("goals") == tuple(rows)
    assert box.said.text() != ""


@pytest.mark.parametrize("dark", [False, True])
def test_the_model_keeps_the_rules_of_models(open_one: Driver, qtmodeltester: object, dark: bool) -> None:
    filled(open_one)
    open_one.desk.look.wear(dark=dark)
    qtmodeltester.check(open_one.page.model)  # type: ignore[attr-defined]


def test_the_review_of_a_file_counts_goals_indicators_and_measures() -> None:
    filing = filings_from_json(GOOD, catalog(), counter(), "x")[0]
    assert rows_found(catalog().form(FORM), filing) == "分项目标 2 项，指标 3 项，措施 1 条"
