"""Filled self-evaluations as other offices lay them out: the same entries come out of Word, Excel and text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.check import check
from perfdesk.evaluation.evaluated import evaluate, shown
from perfdesk.formats.child import read_file
from perfdesk.model.change import SetCell
from perfdesk.model.filing import Filing, leaves
from perfdesk.recognise import Recognised, recognise
from perfdesk.values import parse_amount
from tests.making import catalog, counter
from tests.recognise import evaluation_files as files

Writer = Callable[[Path, Sequence[files.Part]], Path]


def percents(path: Path, parts: Sequence[files.Part]) -> Path:
    return files.excel(path, parts, percent=True)


WRITERS: dict[str, tuple[str, Writer]] = {
    "word": ("x.docx", files.word),
    "excel": ("x.xlsx", files.excel),
    "excel with percents": ("x.xlsx", percents),
    "text": ("x.txt", files.text),
}


@pytest.fixture(params=WRITERS)
def found_in(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Sequence[files.Part]], Recognised]:
    name, write = WRITERS[request.param]
    return lambda parts: recognise(read_file(write(tmp_path / name, parts)), catalog(), counter())


def on_page(filing: Filing) -> Filing:
    return shown(catalog().form(filing.form), filing)


def cells(filing: Filing, *columns: str) -> list[tuple[str, ...]]:
    """Of every indicator, with the computed values where the file says the same."""
    return [tuple(leaf.row.get(c) for c in columns) for leaf in leaves(on_page(filing), "indicators")]


def amounts(filing: Filing, *columns: str) -> list[Decimal | None]:
    return [parse_amount(filing.cell(f"money/{c}")).value for c in columns]


def printed(filing: Filing, *addresses: str) -> list[str]:
    page = on_page(filing)
    return [page.cell(a) for a in addresses]


def typed(filing: Filing) -> dict[str, str]:
    """Scores, rates and totals that the file prints otherwise than they are computed."""
    held = {
        f"{leaf.row.get('level3')}": leaf.row.get("score")
        for leaf in leaves(filing, "indicators")
        if leaf.row.get("score")
    }
    for section, columns in (("money", ("rate", "score")), ("result", ("total", "grade"))):
        held |= {c: filing.cell(f"{section}/{c}") for c in columns if filing.cell(f"{section}/{c}")}
    return held


Found = Callable[[Sequence[files.Part]], Recognised]


def test_the_official_form(found_in: Found) -> None:
    recognised = found_in(files.OFFICIAL)
    (one,) = recognised.filings
    filing = one.filing
    assert (filing.form, filing.year, filing.title) == (
        "national-2020/self-evaluation",
        2022,
        "项目支出绩效自评表",
    )
    basic = [filing.cell(f"basic/{c}") for c in ("name", "department", "unit_name", "goal", "completion")]
    assert basic == [
        "南湖图书馆夜间开放项目",
        "青溪市文化局",
        "青溪市南湖图书馆",
        "夜间开放到22时，全年不少于300天。",
        "全年夜间开放310天。",
    ]
    assert amounts(filing, "initial", "adjusted", "executed") == [120, 150, Decimal("147.75")]
    assert amounts(filing, "fiscal_initial", "fiscal_adjusted", "fiscal_executed") == [
        120,
        130,
        Decimal("127.75"),
    ]
    assert amounts(filing, "carried_initial", "carried_adjusted", "other_executed") == [0, 20, 0]
    assert cells(filing, "level3", "target", "actual", "weight", "score") == [
        ("夜间开放天数", "≥300天", "310天", "20", "20"),
        ("夜读活动场次", "≥40场", "36场", "10", "9"),
        ("设备完好率", "≥95%", "97%", "10", "10"),
        ("开放及时率", "100%", "100%", "5", "5"),
        ("夜间值守成本", "≤30万元", "29.5万元", "5", "5"),
        ("夜间到馆人次", "≥5万人次", "6.2万人次", "20", "20"),
        ("开放制度健全性", "健全", "健全", "10", "10"),
        ("读者满意度", "≥90%", "93.6%", "10", "10"),
    ]
    assert cells(filing, "deviation")[:3] == [("",), ("两个月因装修未办，来年补办。",), ("",)]
    assert printed(filing, "money/weight", "money/rate", "money/fiscal_rate", "money/score", "result/total") == [
        "10", "98.5%", "98.27%", "9.85", "98.85",
    ]  # fmt: skip
    assert typed(filing) == {}  # the office has computed right
    assert recognised.leftovers == ()


def test_columns_in_another_order_money_in_pairs_and_goals_below(found_in: Found) -> None:
    recognised = found_in(files.ORDERED_OTHERWISE)
    (one,) = recognised.filings
    filing = one.filing
    assert (filing.form, filing.year, filing.amount_unit, filing.unit_name) == (
        "national-2020/self-evaluation", 2021, "元", "青溪县水利站",
    )  # fmt: skip
    assert amounts(filing, "initial", "adjusted", "executed") == [800000, 760000, 722000]
    assert cells(filing, "level3", "weight", "target", "actual", "score") == [
        ("清淤长度", "25分", "≥12公里", "12.6公里", "25"),
        ("验收合格率", "25分", "100%", "96%", "24"),
        ("受益农户", "15分", "≥900户", "930户", "15"),
        ("渠道水质", "15分", "改善", "基本完成", "10.5"),
        ("农户满意度", "10分", "≥85%", "90%", "10"),
    ]
    assert [leaf.level1.get("level1") for leaf in leaves(filing, "indicators")] == [
        "产出指标", "产出指标", "效益指标", "效益指标", "满意度指标",
    ]  # fmt: skip
    assert printed(filing, "money/score", "result/total", "result/grade") == ["9.5", "94", "优"]
    assert printed(filing, "basic/goal", "basic/completion") == ["灌渠清淤12公里。", "清淤12.6公里。"]
    assert recognised.leftovers == ("填表人：张某　　联系电话：12345",)


def test_a_department_with_its_kinds_of_expenditure(found_in: Found) -> None:
    recognised = found_in(files.DEPARTMENT)
    (one,) = recognised.filings
    filing = one.filing
    assert (filing.form, filing.year) == ("jinshui-2021/self-evaluation", 2021)
    assert amounts(filing, "initial", "adjusted", "executed") == [900, 1000, 935]
    assert amounts(filing, "basic_adjusted", "project_executed") == [520, 415]
    assert cells(filing, "level3", "weight", "actual", "score", "deviation") == [
        ("年度履职目标相关性", "2", "完成", "2", ""),
        ("预算执行率", "8", "93.5%", "7.87", "一个项目推迟"),
        ("“三公经费”控制率", "10", "80%", "10", ""),
        ("托管老人数", "40", "212名", "40", ""),
        ("家属满意度", "30", "95%", "30", ""),
    ]
    assert printed(filing, "money/rate", "result/total", "result/grade") == ["93.5%", "99.22", "优"]
    assert typed(filing) == {}
    assert recognised.leftovers == ()


def test_a_header_of_two_rows_weights_of_whole_levels_and_a_rate_as_a_share(found_in: Found) -> None:
    recognised = found_in(files.TWO_ROWS_OF_HEAD)
    (one,) = recognised.filings
    filing = one.filing
    assert (filing.year, filing.title) == (2023, "青溪市项目支出绩效自评情况表")
    assert cells(filing, "level2", "level3", "weight", "target", "actual", "score") == [
        ("", "护坡长度", "30", "≥300米", "280米", "28"),
        ("", "验收合格率", "20", "100%", "100%", "20"),
        ("", "受益村民", "30", "≥800人", "1200人", "30"),
        ("", "村民满意度", "10", "≥90%", "91%", "10"),
    ]
    assert printed(filing, "money/rate", "money/score", "result/total", "result/grade") == [
        "70.5%", "7.05", "95.05", "优",
    ]  # fmt: skip
    assert typed(filing) == {}
    assert set(recognised.leftovers) == {"小计", "90", "88", "其他需要说明的问题", "无", "指标完成情况"}


def test_an_untidy_one_with_broken_names_letters_behind_labels_and_a_column_of_its_own(
    found_in: Found,
) -> None:
    recognised = found_in(files.UNTIDY)
    (one,) = recognised.filings
    filing = one.filing
    assert (filing.form, filing.year) == ("jinshui-2021/self-evaluation", 2022)
    assert [leaf.path for leaf in leaves(filing, "indicators")] == [
        ("产出指标", "履职目标实现", "开馆天数"),
        ("产出指标", "重点工作任务完成", "新书上架率"),
        ("产出指标", "重点工作任务完成", "……"),
        ("效益指标", "履职效益", "到馆人次"),
        ("效益指标", "满意度", "读者满意度"),
    ]
    assert cells(filing, "actual", "weight", "score")[:2] == [("305", "25", "25"), ("96%", "25", "25")]
    assert printed(filing, "money/rate", "money/score", "result/total") == ["98.45%", "9.85", "99.85"]
    assert {" ".join(t.split()) for t in recognised.leftovers} == {
        "全年开馆的天数", "指标解释", "绩 效", "注：得分不超过分值。", "填表人：李某 填报日期：2023年3月1日",
    }  # fmt: skip
    offered = [f.fixes[-1] for f in check(catalog().form(filing.form), filing) if f.code == "weights-sum"]
    assert offered and offered[0].changes == (SetCell("result", "scheme", "sichuan"),)


def test_levels_below_their_heading_and_sources_that_the_form_does_not_have(found_in: Found) -> None:
    recognised = found_in(files.SOURCES_OF_ITS_OWN)
    (one,) = recognised.filings
    filing = one.filing
    assert (filing.year, filing.unit_name) == (2022, "青溪市绿道办")
    assert amounts(filing, "initial", "adjusted", "executed", "carried_adjusted", "carried_executed") == [
        None, 200, 190, 50, 40,
    ]  # fmt: skip
    assert cells(filing, "level3", "target", "actual", "weight", "score") == [
        ("绿道长度", "≥8公里", "8公里", "50", "50"),
        ("日均游人", "≥500人", "550人", "30", "30"),
        ("游人满意度", "≥90%", "81%", "10", "9"),
    ]
    assert printed(filing, "money/rate", "money/score", "money/carried_rate", "result/total") == [
        "95%", "9.5", "80%", "98.5",
    ]  # fmt: skip
    assert (one.repairs, typed(filing)) == ((), {})
    assert {"其中：中央补助 150 150 100%", "卫生间少。"} <= set(recognised.leftovers)
    assert set(recognised.leftovers) <= {
        "其中：中央补助 150 150 100%", "偏差大或目标未完成原因分析", "卫生间少。", "青溪市园林局",
    }  # fmt: skip


def test_sources_of_money_beside_their_labels_belong_to_the_column_above(found_in: Found) -> None:
    recognised = found_in(files.MONEY_IN_PAIRS)
    (one,) = recognised.filings
    assert amounts(one.filing, "adjusted", "fiscal_adjusted", "other_adjusted") == [300, 260, 40]
    assert amounts(one.filing, "executed", "fiscal_executed", "other_executed") == [285, 245, 40]
    assert amounts(one.filing, "initial", "fiscal_initial") == [None, None]
    assert cells(one.filing, "target", "actual", "weight", "score")[0] == ("3公里", "3公里", "50", "50")
    assert printed(one.filing, "basic/goal", "basic/completion", "result/total") == [
        "加固堤防3公里。", "加固3公里。", "99.5",
    ]  # fmt: skip
    assert recognised.leftovers == ()


def test_several_projects_in_one_file(found_in: Found) -> None:
    names = ("育苗", "移栽", "浇灌")
    recognised = found_in([part for name in names for part in files.small(name)])
    assert [r.filing.cell("basic/name") for r in recognised.filings] == list(names)
    for name, one in zip(names, recognised.filings, strict=True):
        assert cells(one.filing, "level3", "score") == [
            (f"{name}完成数量", "50"), (f"{name}惠及人数", "27"), (f"{name}群众满意度", "10"),
        ]  # fmt: skip
        assert printed(one.filing, "result/total") == ["95"]
    assert recognised.leftovers == ()


def test_what_the_office_scored_otherwise_stays_as_written(found_in: Found) -> None:
    (title, year, table) = files.small("育苗")
    changed = [
        row.replace("| 40 | 10 | 80% | 8", "| 40 | 10 | 85% | 9").replace("| 30 | 27 |", "| 30 | 29.5分 |")
        .replace("| 100 | 95 |", "| 100 | 98.5 |") for row in table
    ]  # fmt: skip
    (one,) = found_in([title, year, changed]).filings
    assert typed(one.filing) == {"育苗惠及人数": "29.5分", "rate": "85%", "score": "9", "total": "98.5"}
    computed = evaluate(catalog().form(one.filing.form), one.filing)
    assert computed is not None
    assert {i.name: i.computed for i in computed.scored.items}["育苗惠及人数"] == 27
    assert computed.cells["money", "rate"] == "80%"


def test_a_target_form_beside_it_is_no_evaluation(found_in: Found) -> None:
    target: list[files.Part] = [
        "项目支出绩效目标表",
        "（2022年度）",
        [
            "项目名称 | 移栽 | < | < | <",
            "年度总体目标 | 移栽五百株。 | < | < | <",
            "一级指标 | 二级指标 | 三级指标 | < | 指标值",
            "产出指标 | 数量指标 | 移栽株数 | < | ≥500株",
        ],
    ]
    for parts in ([*files.small("育苗"), *target], [*target, *files.small("育苗")]):
        kinds = {r.filing.form.partition("/")[2]: r.filing for r in found_in(parts).filings}
        assert kinds.keys() == {"self-evaluation", "project-target"}
        assert kinds["project-target"].cell("basic/name") == "移栽"
        assert cells(kinds["self-evaluation"], "level3")[-1] == ("育苗群众满意度",)
        assert len(cells(kinds["self-evaluation"], "level3")) == 3
