"""Who stands where: by the computed total, equal totals on one place, those that are not scored to their end behind."""

from __future__ import annotations

from perfdesk.bureau.standings import standings
from perfdesk.model.bureau import Node, PaperInfo
from tests.making import catalog

DEPARTMENT, PROJECT = "jinshui-2021/self-evaluation", "national-2020/self-evaluation"
NODES = tuple(Node(k, k, f"{k}局", "unit", None, k != "己") for k in "甲乙丙丁戊己")


def info(
    unit: str, total: str, grade: str = "良", printed: str = "", form: str = DEPARTMENT, number: int = 1
) -> PaperInfo:
    return PaperInfo(unit, 2023, 1, number, form, "self-evaluation", "自评表", "", total, grade, printed)


def test_equal_totals_share_a_place_and_the_next_one_is_left_out() -> None:
    papers = [info("甲", "85.5"), info("乙", "90", "优"), info("丙", "85.50"), info("丁", "61", "中")]
    found = standings(papers, catalog().forms, NODES)
    assert [(s.place, s.unit_name) for s in found.rows] == [
        (1, "乙局"),
        (2, "甲局"),
        (2, "丙局"),
        (4, "丁局"),
    ]
    assert list(found.grades.items()) == [("优", 1), ("良", 2), ("中", 1)]


def test_what_is_not_scored_to_its_end_has_no_place_whatever_its_points() -> None:
    papers = [info("甲", "99", ""), info("乙", "60", "中"), info("丙", "", "")]
    rows = standings(papers, catalog().forms, NODES).rows
    assert [(s.place, s.unit) for s in rows] == [(1, "乙"), (None, "甲"), (None, "丙")]


def test_a_printed_total_is_told_where_it_is_another_number() -> None:
    printed = {"甲": "85.50", "乙": "85.5分", "丙": "86", "丁": "八十六", "戊": ""}
    rows = standings([info(u, "85.5", printed=p) for u, p in printed.items()], catalog().forms, NODES).rows
    assert {s.unit: s.printed for s in rows if s.printed} == {"丙": "86", "丁": "八十六"}


def test_departments_and_projects_are_ranked_apart_and_only_expected_units_are_missing() -> None:
    papers = [info("甲", "85"), info("甲", "70", form=PROJECT, number=2), info("乙", "99", form=PROJECT)]
    whole = standings(papers, catalog().forms, NODES)
    projects = standings(papers, catalog().forms, NODES, "project")
    assert [s.unit for s in whole.rows] == ["甲"] and [n.key for n in whole.missing] == [*"乙丙丁戊"]
    assert [(s.place, s.unit, s.paper.number) for s in projects.rows] == [(1, "乙", 1), (2, "甲", 2)]
