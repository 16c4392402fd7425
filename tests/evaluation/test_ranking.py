"""Many self-evaluations beside each other: order, average, grades, where the most was lost, and the table that is handed on."""

from __future__ import annotations

from decimal import Decimal

from perfdesk.evaluation.ranking import ranking
from perfdesk.evaluation.ranking_page import ranking_document
from perfdesk.evaluation.unevaluated import One
from perfdesk.model.change import SetCell
from perfdesk.model.filing import leaves
from tests.evaluation.test_unevaluated import OVERALL, evaluated, form, project
from tests.rules import filings as f

D = Decimal


def scored(name: str, executed: str, *actuals: str, more: tuple[tuple[str, str, str], ...] = ()) -> One:
    """A project of 100 万元 whose quantities shall be 10 each; the helper
    puts each new indicator before the others, so that the last name is the first line."""
    own, filing = evaluated(project(name, *("≥10" for _ in actuals)))
    rows = [leaf.row.id for leaf in leaves(filing, own.tree.id)]
    cells = [SetCell("money", "adjusted", "100"), SetCell("money", "executed", executed)]
    cells += [SetCell(row, "actual", actual) for row, actual in zip(rows, actuals, strict=True)]
    cells += [SetCell("result", "scheme", "sichuan"), *(SetCell(*c) for c in more)]
    return own, f.change(filing, *cells)


# 四川: execution 10 points, all indicators 90
GOOD = scored("甲", "100", "10", "10")  # 10 + 45 + 45
FAIR = scored("乙", "80", "10", "8")  # 8 + 45 + 36
POOR = scored("丙", "50", "1", "0")  # 5 + 4.5 + 0
OPEN = scored("丁", "100", "10", "")


def test_the_best_stands_first_and_what_is_not_finished_behind() -> None:
    found = ranking([OPEN, POOR, GOOD, FAIR])
    assert [(r.name, r.scored.total, r.scored.grade) for r in found.rows] == [
        ("甲", 100, "优"),
        ("乙", 89, "良"),
        ("丙", D("9.5"), "差"),
        ("丁", 55, ""),
    ]


def test_average_and_grades_are_those_of_what_is_finished() -> None:
    found = ranking([OPEN, POOR, GOOD, FAIR])
    assert found.average == D("66.17")  # 198.5 / 3 = 66.1666…
    assert found.grades == {"优": 1, "良": 1, "中": 0, "差": 1}
    assert [r.name for r in found.counted] == ["甲", "乙", "丙"]


def test_the_half_of_a_hundredth_is_rounded_up_in_the_average() -> None:
    assert ranking([FAIR, scored("戊", "80.1", "10", "8")]).average == D("89.01")  # (89 + 89.01) / 2 = 89.005


def test_the_lines_of_the_lowest_rate_come_first_and_full_ones_not_at_all() -> None:
    found = ranking([GOOD, FAIR, POOR])
    assert [(w.of.name, w.item.name, w.item.score, w.rate) for w in found.worst] == [
        ("丙", "养护公园数量0", 0, 0),
        ("丙", "养护公园数量1", D("4.5"), 10),
        ("丙", "预算执行率", 5, 50),
        ("乙", "养护公园数量0", 36, 80),
        ("乙", "预算执行率", 8, 80),
    ]
    assert [w.of.name for w in ranking([GOOD, FAIR, POOR], worst=1).worst] == ["丙"]


def test_of_equal_rates_the_line_that_lost_more_points_comes_first() -> None:
    """乙: 80 % of 45 points lost 9, 80 % of 10 points lost 2."""
    assert [w.item.weight for w in ranking([FAIR]).worst] == [45, 10]


def test_reasons_that_were_given_stand_with_their_lines() -> None:
    own, filing = FAIR
    row = [leaf.row.id for leaf in leaves(filing, own.tree.id)][1]
    (first, *_) = ranking([(own, f.change(filing, SetCell(row, "deviation", "雨季停工")))]).worst
    assert first.deviation == "雨季停工"


def test_other_forms_are_passed_over_and_nothing_is_nothing() -> None:
    found = ranking([(form(OVERALL), f.honest()), project("未评", "≥1")])
    assert (found.rows, found.average, dict(found.grades), found.worst) == ((), None, {}, ())


def test_a_printed_total_stands_beside_the_computed_one_only_where_it_differs() -> None:
    same = scored("甲", "100", "10", more=(("result", "total", "100"),))
    other = scored("乙", "100", "10", more=(("result", "total", "95"),))
    assert [(r.name, r.printed) for r in ranking([same, other]).rows] == [("甲", ""), ("乙", "95")]


def test_departments_stand_before_projects_and_count_only_among_themselves() -> None:
    from tests.evaluation.test_evaluated import BEGUN, DEPARTMENT

    both = ranking([FAIR, (DEPARTMENT, BEGUN)])
    assert [r.scope for r in both.rows] == ["department", "project"]
    assert (both.average, both.labels[:2]) == (D(89), ("预算执行", "投入管理"))
    assert ranking([(DEPARTMENT, BEGUN)]).average == 100


def texts(filings: list[One]) -> list[list[list[str]]]:
    return [table.texts() for table in ranking_document(ranking(filings)).tables]


def test_the_document_holds_totals_grades_and_the_weakest_lines() -> None:
    totals, grades, worst = texts([OPEN, FAIR, GOOD])
    assert totals == [
        ["序号", "名称", "预算执行率", "绩效指标", "总分", "等级"],
        ["1", "甲", "10", "90", "100", "优"],
        ["2", "乙", "8", "81", "89", "良"],
        ["3", "丁", "10", "45", "55", "有 1 项未评"],
    ]
    assert grades == [
        ["等级", "个数", "占比"],
        ["优", "1", "50%"],
        ["良", "1", "50%"],
        ["中", "0", "0%"],
        ["差", "0", "0%"],
    ]
    assert worst[1] == ["1", "乙", "养护公园数量0", "≥10", "8", "45", "36", "80%", ""]


def test_units_and_years_have_a_column_where_there_are_several() -> None:
    own, filing = GOOD
    other = f.change(filing, SetCell("basic", "unit_name", "示例市绿化队"))
    totals, *_ = texts([(own, other), FAIR])
    assert totals[0][:3] == ["序号", "名称", "单位"]
    assert {line[2] for line in totals[1:]} == {"示例市绿化队", "示例市公园管理中心"}


def test_schemes_with_other_parts_have_columns_of_their_own() -> None:
    own, filing = GOOD
    totals, *_ = texts([GOOD, (own, f.change(filing, SetCell("result", "scheme", "national-2020")))])
    assert totals[0][2:-2] == ["预算执行率", "绩效指标", "产出指标", "效益指标", "满意度指标"]
    assert totals[1][3:5] == ["90", ""]
