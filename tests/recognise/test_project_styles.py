"""Tables of projects in the styles of other word processors and of page cuts: the same filings come out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.catalog import new_filing
from perfdesk.document.grid import Cell, Grid, grid, split, stack
from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.model.change import Change, InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row
from perfdesk.recognise import recognise
from tests.making import as_read, catalog, counter, published
from tests.recognise.test_styles import (
    doubled,
    grids,
    pages,
    same,
    shifted_right,
    source,
    unmerged,
    with_header,
)

PUBLISHED = ("d01", "d09", "d22", "h01", "h02", "h08")
EDITIONS = tuple(
    f"{s}/project-target" for s in ("hebei-2021", "hebei-2022", "national-2015", "national-2021")
)


def made(edition: str) -> Filing:
    """A project of a unit that does not exist, every printed cell filled in."""
    form = catalog().form(edition)
    new_id = counter()
    filing = new_filing(form, 2022 if form.paper.year_line else None, "", new_id)
    texts = {
        "unit_name": "示例市公园管理中心",
        "name": "河岸步道照明改造",
        "goals": "1.换下坏了的路灯。\n2.夜里也能走。",
    }
    if edition.startswith("hebei-2022"):
        texts.pop("unit_name")  # not printed there
    changes: list[Change] = [SetCell("basic", c, t) for c, t in texts.items()]
    for n, field in enumerate(f for f in form.section("basic").fields if f.id not in {*texts, "unit_name"}):
        changes.append(SetCell("basic", field.id, f"内容{n}"))
    for section in (
        s for s in form.sections if s.id in ("budget", "plan") and s.id not in form.paper.unprinted
    ):
        for n, field in enumerate(section.fields, 1):
            changes.append(
                SetCell(section.id, field.id, f"{n}00" if section.id == "budget" else f"{n * 25}%")
            )
    extra = [f.id for f in form.tree.fields if f.id not in ("level1", "level2", "level3", "target")]
    for n, parent in enumerate(r for r in filing.section("indicators") if "level2" in r.cells):
        cells = {"level3": f"照明第{n}项", "target": f"≥{n + 1}盏"} | {c: f"{c}{n}" for c in extra}
        changes.append(InsertRow(Row(new_id(), "indicators", MappingProxyType(cells), parent.id), None))
    return apply(filing, tuple(changes))[0]


@pytest.fixture(params=[*PUBLISHED, *EDITIONS])
def filing(request: pytest.FixtureRequest) -> Filing:
    if request.param in EDITIONS:
        return made(request.param)
    return replace(published(request.getfixturevalue("forms"), request.param), year=None)


@pytest.mark.parametrize("repeat_header", [True, False])
@pytest.mark.parametrize("parents", ["repeated", "missing"])
def test_indicators_cut_by_a_page_at_any_row(filing: Filing, repeat_header: bool, parents: str) -> None:
    upper, lower = grids(filing)
    for cut in range(2, lower.height):
        assert same(filing, source(filing, [upper, *pages(lower, cut, repeat_header, parents)])), cut


def test_a_page_between_any_two_rows_above_the_indicators(filing: Filing) -> None:
    upper, lower = grids(filing)
    for cut in range(1, upper.height):
        first, second = split(upper, cut)
        second = replace(second, cells=tuple(replace(c, continued=False) for c in second.cells))
        assert same(filing, source(filing, [first, stack(second, lower)])), cut


def test_one_table_merged_or_not_with_more_columns_and_a_blank_one(filing: Filing) -> None:
    upper, lower = grids(filing)
    whole = stack(upper, lower)
    assert same(filing, source(filing, [whole]))
    assert same(filing, source(filing, [unmerged(whole, repeat=False)]))
    assert same(filing, source(filing, [unmerged(whole, repeat=True)]))
    assert same(filing, source(filing, [doubled(upper), lower]))
    assert same(filing, source(filing, [shifted_right(whole, 1)]))


def test_titles_inside_the_table(filing: Filing) -> None:
    upper, lower = grids(filing)
    heads = [i.text for i in source(filing, []).items if isinstance(i, SourceText)]
    top = grid(upper.widths, len(heads), (Cell(n, 0, text, 1, upper.width) for n, text in enumerate(heads)))
    sheet = Source("made", "xlsx", (SourceTable(stack(top, stack(upper, lower)), "工作表"),))
    assert same(filing, sheet)


def test_goals_cut_by_a_page_are_joined(filing: Filing) -> None:
    upper, lower = grids(filing)
    goals = next(c for c in upper.cells if c.text == filing.cell("basic/goals"))
    half = len(goals.text) // 2
    cells = [replace(c, value=c.text[:half]) if c is goals else c for c in upper.cells]
    top = replace(upper, cells=tuple(cells))
    rest = grid(lower.widths, 1, [Cell(0, 0, ""), Cell(0, 1, goals.text[half:], 1, lower.width - 1)])
    found = recognise(source(filing, [top, stack(rest, lower)]), catalog(), counter()).filings
    assert [r.filing.cell("basic/goals").replace("\n", "") for r in found] == [
        filing.cell("basic/goals").replace("\n", "")
    ]
    assert ("cell-joined", "basic/goals") in {(r.code, r.where) for r in found[0].repairs}


def test_goals_below_the_header(filing: Filing) -> None:
    upper, lower = grids(filing)
    if filing.form.startswith("hebei-2022"):
        header, rows = split(lower, 1)
        assert same(filing, source(filing, [stack(stack(header, upper), rows)]))
        assert same(filing, source(filing, [stack(header, upper), with_header(rows, header)]))


def test_words_of_a_row_split_by_a_page_are_joined(filing: Filing) -> None:
    """The second page says the parents again, then the rest of the words (``效益指标 | 社会效益指标 | 度 | 度``)."""
    upper, lower = grids(filing)
    lower = unmerged(lower, repeat=True)
    name = {c.col: c for c in lower.cells if c.row == 4}
    column = next(c.col for c in lower.cells if c.row == 0 and c.text == "三级指标")
    first, second = split(lower, 5)
    shorter = tuple(
        replace(c, value=c.text[:-1]) if (c.row, c.col) == (4, column) else c for c in first.cells
    )
    rest = [
        replace(c, row=0, value=c.text if c.col < column else c.text[-1] if c.col == column else "")
        for c in name.values()
    ]
    header, _ = split(lower, 1)
    page = with_header(stack(grid(lower.widths, 1, rest), second), header)
    found = recognise(source(filing, [upper, replace(first, cells=shorter), page]), catalog(), counter())
    assert [as_read(r.filing) for r in found.filings] == [as_read(filing)]
    assert ("cell-joined", "indicators/4") in {(r.code, r.where) for r in found.filings[0].repairs}


def test_a_row_whose_first_cell_is_not_there(filing: Filing) -> None:
    """The row of a table that is no scan has one cell less, and its cells stand one column to the left."""
    upper, lower = grids(filing)
    rows = unmerged(lower, repeat=True).texts()
    widths = [0.0] * len(lower.texts()[0])
    if lower.width != len({c.col for c in lower.cells if c.row == 0}):
        return  # columns of several cells
    for lost in range(2, len(rows)):
        damaged = [[*r[1:], ""] if n == lost else r for n, r in enumerate(rows)]
        cells = [Cell(r, c, t) for r, row in enumerate(damaged) for c, t in enumerate(row)]
        found = recognise(source(filing, [upper, grid(widths, len(rows), cells)]), catalog(), counter())
        read_off = [row["level3"] for row in as_read(found.filings[0].filing)["indicators"]]
        assert read_off == [row["level3"] for row in as_read(filing)["indicators"]], lost


def test_a_target_cut_by_a_page_is_joined(filing: Filing) -> None:
    upper, lower = grids(filing)
    header, _ = split(lower, 1)
    column = next(c.col for c in header.cells if c.text in ("指标值", "年度指标值"))
    first, second = split(unmerged(lower, repeat=True), 3)
    cut = tuple(replace(c, value="≥95 百") if (c.row, c.col) == (2, column) else c for c in first.cells)
    rest = grid(lower.widths, 1, [Cell(0, column, "分号")])
    page = with_header(stack(rest, second), header)
    found = recognise(source(filing, [upper, replace(first, cells=cut), page]), catalog(), counter()).filings
    targets = [row["target"] for row in as_read(found[0].filing)["indicators"]]
    assert targets[1] == "≥95 百分号"
    assert targets[2:] == [row["target"] for row in as_read(filing)["indicators"]][2:]


def test_many_projects_below_each_other_numbered(forms: Path) -> None:
    filings = [replace(published(forms, n), year=None) for n in ("d01", "d09", "d15", "d22")]
    items: list[SourceText | SourceTable] = [SourceText("第二部分　项目绩效目标", "x")]
    for number, filing in enumerate(filings, 1):
        title, *rest = source(filing, grids(filing)).items
        assert isinstance(title, SourceText)
        items += [SourceText(f"{number}、{title.text}", "x"), *rest]
    found = recognise(Source("x", "docx", tuple(items)), catalog(), counter())
    years = {one.filing.year for one in found.filings}
    assert [replace_year(as_read(r.filing)) for r in found.filings] == [
        replace_year(as_read(f)) for f in filings
    ]
    assert years == {2022}  # two of the names say so
    assert found.leftovers == ("第二部分　项目绩效目标",)


def replace_year(data: dict[str, object]) -> dict[str, object]:
    return {k: v for k, v in data.items() if k != "year"}


def test_a_list_of_contents_is_no_project(forms: Path) -> None:
    filings = [replace(published(forms, n), year=None) for n in ("h01", "h03")]
    titles = [source(f, ()).items[0] for f in filings]
    tables = [i for f in filings for i in source(f, grids(f)).items]
    found = recognise(Source("x", "docx", (*titles, *tables)), catalog(), counter())
    assert [as_read(r.filing) for r in found.filings] == [as_read(f) for f in filings]


OFFICIAL = [
    ["项目名称", "河岸步道照明改造", "", "", "", "", "", ""],
    ["主管部门及代码", "示例市城市管理局［123］", "", "", "实施单位", "示例市公园管理中心", "", ""],
    ["项目属性", "延续项目", "", "", "项目期", "3年", "", ""],
    ["项目资金（万元）", "中期资金总额：", "300", "", "年度资金总额：", "", "100", ""],
    ["", "其中：财政拨款", "240", "", "其中：财政拨款", "", "80", ""],
    ["", "其他资金", "60", "", "其他资金", "", "20", ""],
    ["总体目标", "中期目标（2022年—2024年）", "", "", "年度目标", "", "", ""],
    ["", "步道全程有灯。", "", "", "东段有灯。", "", "", ""],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"],
    ["", "产出指标", "数量指标", "更换路灯", "≥300盏", "数量指标", "更换路灯", "≥100盏"],
    ["", "", "", "", "", "", "新设灯杆", "≥20根"],
    ["", "", "成本指标", "每盏造价", "≤4000元", "成本指标", "每盏造价", "≤4000元"],
    [
        "",
        "满意度指标",
        "服务对象满意度指标",
        "游人满意度",
        "≥90%",
        "服务对象满意度指标",
        "游人满意度",
        "≥85%",
    ],
]


def test_the_official_layout_with_medium_term_and_year_side_by_side() -> None:
    cells = [Cell(r, c, t) for r, row in enumerate(OFFICIAL) for c, t in enumerate(row)]
    items = (
        SourceText("项目支出绩效目标申报表", "x"),
        SourceText("（2022年度）", "x"),
        SourceTable(grid([0.0] * 8, len(OFFICIAL), cells), "表"),
    )
    found = recognise(Source("x", "docx", items), catalog(), counter())
    (one,) = found.filings
    assert (one.filing.form, one.filing.year) == ("national-2015/project-target", 2022)
    assert found.leftovers == ()
    assert dict(one.filing.section("basic")[0].cells) == {
        "name": "河岸步道照明改造",
        "department": "示例市城市管理局［123］",
        "unit_name": "示例市公园管理中心",
        "attribute": "延续项目",
        "period": "3年",
        "mid_goals": "步道全程有灯。",
        "goals": "东段有灯。",
    }
    assert dict(one.filing.section("budget")[0].cells) == {
        "mid_total": "300",
        "total": "100",
        "mid_fiscal": "240",
        "fiscal": "80",
        "mid_other": "60",
        "other": "20",
    }
    assert [tuple(r.values()) for r in as_read(one.filing)["indicators"]] == [
        ("产出指标", "数量指标", "更换路灯", "≥300盏", "≥100盏"),
        ("产出指标", "数量指标", "新设灯杆", "≥20根"),
        ("产出指标", "成本指标", "每盏造价", "≤4000元", "≤4000元"),
        ("满意度指标", "服务对象满意度指标", "游人满意度", "≥90%", "≥85%"),
    ]


@given(st.data())
def test_a_damaged_table_loses_no_text(data: st.DataObject) -> None:
    filing = made(data.draw(st.sampled_from(EDITIONS)))
    width = grids(filing)[0].width
    rows = [list(r) for r in stack(*grids(filing)).texts()]
    for mark in range(data.draw(st.integers(1, 6))):
        r = data.draw(st.integers(0, len(rows) - 1))
        c = data.draw(st.integers(0, width - 1))
        match data.draw(st.sampled_from(["set", "drop", "twice", "blank", "insert", "move"])):
            case "set":
                rows[r][c] = f"标记{mark}"
            case "insert":
                rows.insert(r, [f"标记{mark}" if n == c else "" for n in range(width)])
            case "blank":
                rows[r] = ["" for _ in rows[r]]
            case "drop":
                rows[r] = [*rows[r][1:], ""]
            case "twice":
                rows.insert(r, list(rows[r]))
            case _:
                rows.append(rows.pop(r))
    title = [SourceText("河岸步道照明改造绩效目标表", "x")] if data.draw(st.booleans()) else []
    items: list[SourceText | SourceTable] = [*title]
    cut = data.draw(st.integers(1, len(rows) - 1))
    for part in (rows[:cut], rows[cut:]):
        cells = [Cell(r, c, text) for r, row in enumerate(part) for c, text in enumerate(row)]
        items.append(SourceTable(grid([0.0] * width, len(part), cells), "表", data.draw(st.booleans())))
    found = recognise(Source("x", "text", tuple(items)), catalog(), counter())
    kept = "".join([*found.leftovers, *(str(as_read(r.filing)) for r in found.filings)])
    marks = {t for row in rows for t in row if t.startswith("标记")}
    assert {m for m in marks if m not in kept} == set()


def test_tables_do_not_run_into_each_other_without_titles() -> None:
    one, other = made(EDITIONS[0]), made(EDITIONS[0])
    other = apply(other, (SetCell("basic", "name", "河岸步道绿化"),))[0]
    tables: list[Grid] = [t for f in (one, other) for t in grids(f)]
    found = recognise(
        Source("x", "docx", tuple(SourceTable(t, "表") for t in tables)), catalog(), counter()
    ).filings
    assert [r.filing.cell("basic/name") for r in found] == ["河岸步道照明改造", "河岸步道绿化"]


def named(*names: str) -> list[int | None]:
    """The years that tables with projects of these names are read with; none of them prints its year."""
    filings = [apply(made(EDITIONS[0]), (SetCell("basic", "name", name),))[0] for name in names]
    items = tuple(i for f in filings for i in source(f, grids(f)).items)
    return [r.filing.year for r in recognise(Source("x", "docx", items), catalog(), counter()).filings]


def test_the_year_is_taken_from_names_only_where_two_say_the_same() -> None:
    assert named("2022年河岸照明", "河岸绿化", "2022年度设备购置") == [2022, 2022, 2022]
    assert named("2019年遗留问题处理") == [None]
    assert named("2019年遗留问题处理", "2022年设备购置", "2022年河岸照明") == [None, None, None]


def test_a_table_without_a_year_has_that_of_the_others_in_its_file() -> None:
    dated, bare = made("national-2021/project-target"), made(EDITIONS[0])
    items = tuple(i for f in (dated, bare) for i in source(f, grids(f)).items)
    found = recognise(Source("x", "docx", items), catalog(), counter()).filings
    assert [r.filing.year for r in found] == [2022, 2022]
    assert [[r.code for r in one.repairs] for one in found] == [[], ["year-taken"]]
