"""One form in the styles of other word processors and of page cuts: the same filing comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.compose import compose
from perfdesk.document.grid import Cell, Grid, grid, split, stack
from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.model.filing import Filing
from perfdesk.recognise import recognise
from perfdesk.sample import sample_filings
from tests.making import as_read, as_source, catalog, counter, published, texts_only

REAL = ("j01", "z01", "z04", "z05", "z07")


@pytest.fixture(params=[*REAL, 2021, 2022, 2023])
def filing(request: pytest.FixtureRequest) -> Filing:
    if isinstance(request.param, int):
        return next(f for f in sample_filings(catalog(), counter()) if f.year == request.param)
    return published(request.getfixturevalue("forms"), request.param)


def grids(filing: Filing) -> tuple[Grid, Grid]:
    """Upper table and table of indicators as our own layout draws them."""
    upper, lower = compose(catalog().form(filing.form), filing).document.tables
    return texts_only(upper), texts_only(lower)


def source(filing: Filing, tables: Iterable[Grid], scanned: bool = False) -> Source:
    texts = [
        i
        for i in as_source(compose(catalog().form(filing.form), filing).document).items
        if isinstance(i, SourceText)
    ]
    return Source("made", "docx", (*texts, *(SourceTable(t, "表", scanned) for t in tables)))


def same(filing: Filing, made: Source) -> bool:
    found = recognise(made, catalog(), counter()).filings
    return [as_read(one.filing) for one in found] == [as_read(filing)]


def unmerged(table: Grid, repeat: bool, columns: tuple[int, ...] = (0, 1)) -> Grid:
    """Cells that span rows taken apart: the text repeated in every row, or only in the first."""
    cells: list[Cell] = []
    for cell in table.cells:
        if cell.rowspan == 1 or cell.col not in columns:
            cells.append(cell)
            continue
        for n in range(cell.rowspan):
            text = cell.value if repeat or n == 0 else ""
            cells.append(replace(cell, row=cell.row + n, rowspan=1, value=text))
    return grid(table.widths, table.height, cells)


def with_header(table: Grid, header: Grid) -> Grid:
    """The table with the header row on top again, as a word processor repeats it on the next page."""
    return stack(header, replace(table, cells=tuple(replace(c, continued=False) for c in table.cells)))


def pages(table: Grid, cut: int, repeat_header: bool, parents: str) -> list[Grid]:
    """The table of indicators cut above row ``cut``; ``parents``: ``repeated`` or ``missing`` on the second page."""
    header, _ = split(table, 1)
    first, second = split(table, cut)
    blank = parents == "missing"
    cells = tuple(
        replace(c, continued=False, value="" if blank and c.continued else c.value) for c in second.cells
    )
    second = replace(second, cells=cells)
    return [first, with_header(second, header) if repeat_header else second]


@pytest.mark.parametrize("repeat_header", [True, False])
@pytest.mark.parametrize("parents", ["repeated", "missing"])
def test_a_table_cut_by_a_page_at_any_row(filing: Filing, repeat_header: bool, parents: str) -> None:
    upper, lower = grids(filing)
    for cut in range(2, lower.height):
        assert same(filing, source(filing, [upper, *pages(lower, cut, repeat_header, parents)])), cut


def test_a_table_cut_by_every_page_of_ten_rows(filing: Filing) -> None:
    upper, lower = grids(filing)
    header, body = split(lower, 1)
    parts: list[Grid] = []
    while body.height > 10:
        first, body = split(body, 10)
        parts.append(with_header(first, header))
    assert same(filing, source(filing, [upper, *parts, with_header(body, header)]))


def test_rows_repeated_after_the_page_cut(filing: Filing) -> None:
    upper, lower = grids(filing)
    header, _ = split(lower, 1)
    first, second = split(unmerged(lower, repeat=True), 12)
    _, repeated = split(first, 10)
    assert same(filing, source(filing, [upper, first, with_header(stack(repeated, second), header)]))


def test_all_rows_of_the_upper_table_repeated_on_the_second_page(filing: Filing) -> None:
    upper, lower = grids(filing)
    last = upper.height - 2
    _, tail = split(upper, last)
    tail = replace(tail, cells=tuple(replace(c, continued=False) for c in tail.cells))
    first, second = split(unmerged(lower, repeat=True), 8)
    again = with_header(second, split(lower, 1)[0])
    assert same(filing, source(filing, [upper, first, stack(tail, again)], scanned=True))


@pytest.mark.parametrize("repeat", [True, False])
def test_parents_not_merged(filing: Filing, repeat: bool) -> None:
    upper, lower = grids(filing)
    assert same(filing, source(filing, [unmerged(upper, repeat), unmerged(lower, repeat)]))


def test_one_table_from_top_to_bottom(filing: Filing) -> None:
    upper, lower = grids(filing)
    whole = stack(upper, lower)
    assert same(filing, source(filing, [whole]))
    assert same(filing, source(filing, [unmerged(whole, repeat=False)]))


def shifted_right(table: Grid, by: int) -> Grid:
    return grid([0.0] * (table.width + by), table.height, (replace(c, col=c.col + by) for c in table.cells))


def test_a_blank_column_at_the_left(filing: Filing) -> None:
    upper, lower = grids(filing)
    assert same(filing, source(filing, [shifted_right(stack(upper, lower), 1)]))


def doubled(table: Grid) -> Grid:
    """Every column split in two, as a table whose borders were drawn by hand has more columns than cells."""
    cells = (replace(c, col=c.col * 2, colspan=c.colspan * 2) for c in table.cells)
    return grid([0.0] * (table.width * 2), table.height, cells)


def test_tables_with_other_columns_above_and_below(filing: Filing) -> None:
    upper, lower = grids(filing)
    assert same(filing, source(filing, [doubled(upper), lower]))
    assert same(filing, source(filing, [upper, doubled(lower)]))
    assert same(filing, source(filing, [stack(doubled(upper), doubled(lower))]))


def test_titles_inside_the_table(filing: Filing) -> None:
    upper, lower = grids(filing)
    heads = [i.text for i in source(filing, []).items if isinstance(i, SourceText)]
    top = grid(upper.widths, len(heads), (Cell(n, 0, text, 1, upper.width) for n, text in enumerate(heads)))
    made = Source("made", "xlsx", (SourceTable(stack(top, stack(upper, lower)), "工作表"),))
    assert same(filing, made)


def test_several_forms_in_one_table_and_in_several(forms: Path) -> None:
    filings = [published(forms, n) for n in REAL]
    sources = [source(f, [stack(*grids(f))]) for f in filings]
    apart = Source("made", "docx", tuple(i for s in sources for i in s.items))
    assert [as_read(r.filing) for r in recognise(apart, catalog(), counter()).filings] == [
        as_read(f) for f in filings
    ]
    whole: list[Grid] = []
    for filing, one in zip(filings, sources, strict=True):
        heads = [i.text for i in one.items if isinstance(i, SourceText)]
        upper, lower = grids(filing)
        whole.append(
            stack(
                grid(upper.widths, len(heads), (Cell(n, 0, t, 1, 5) for n, t in enumerate(heads))),
                stack(upper, lower),
            )
        )
    sheet = whole[0]
    for table in whole[1:]:
        sheet = stack(replace(sheet, widths=table.widths), table)
    made = Source("made", "xlsx", (SourceTable(sheet, "工作表"),))
    assert [as_read(r.filing) for r in recognise(made, catalog(), counter()).filings] == [
        as_read(f) for f in filings
    ]


def respelt(table: Grid, change: Callable[[str], str]) -> Grid:
    return replace(table, cells=tuple(replace(c, value=change(c.text)) for c in table.cells))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（", "("),
        ("：", ":"),
        ("1、资金来源：", "1.资金来源:"),
        ("一级指标", "一级\n指标"),
        ("预算情况", "预算\n情况"),
        ("度量单位", "度量 单位"),
        ("部门（单位）名称", "部门(单位)名称:"),
    ],
)
def test_labels_in_other_spellings(filing: Filing, old: str, new: str) -> None:
    upper, lower = grids(filing)
    labels = {c.text for t in (upper, lower) for c in t.cells if c.col <= 1 or c.row == 0}
    made = source(
        filing,
        [
            respelt(t, lambda x: x.replace(old, new) if x in labels and len(x) < 30 else x)
            for t in (upper, lower)
        ],
    )
    found = recognise(made, catalog(), counter()).filings
    assert len(found) == 1
    assert len(as_read(found[0].filing)["indicators"]) == len(as_read(filing)["indicators"])
    assert as_read(found[0].filing)["budget"] == as_read(filing)["budget"]


def test_a_page_cut_inside_a_long_text_joins_it_again(filing: Filing) -> None:
    upper, lower = grids(filing)
    last = next(c for c in reversed(upper.cells) if c.col == 2 and c.row < upper.height - 6)
    top, bottom = split(upper, last.row + 1)
    half = len(last.text) // 2
    top = replace(
        top,
        cells=tuple(
            replace(c, value=c.text[:half]) if (c.row, c.col) == (last.row, last.col) else c
            for c in top.cells
        ),
    )
    rest = grid(upper.widths, 1, [Cell(0, 2, last.text[half:], 1, upper.width - 2)])
    bottom = replace(bottom, cells=tuple(replace(c, continued=False) for c in bottom.cells))
    assert same(filing, source(filing, [top, stack(rest, bottom), lower], scanned=True))


@given(st.data())
def test_any_text_never_raises_and_nothing_vanishes(data: st.DataObject) -> None:
    words = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "度量单位",
        "部门（单位）名称",
        "年度履职目标",
        "任务名称",
        "主要内容",
        "部门预算总额（万元）",
        "预算情况",
        "（2）项目支出",
        "投入管理指标",
        "绩效管理",
        "≥",
        "",
        "甲",
        "预算执行率",
        "附件3：",
        "（2021年度）",
    ]
    text = st.sampled_from(words) | st.text(max_size=6)
    height, width = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 6))
    cells = [Cell(r, c, data.draw(text)) for r in range(height) for c in range(width)]
    made = Source(
        "x", "text", (SourceTable(grid([0.0] * width, height, cells), "表", data.draw(st.booleans())),)
    )
    found = recognise(made, catalog(), counter())
    kept = "".join([*found.leftovers, *(str(as_read(r.filing)) for r in found.filings)])
    own = {t for c in cells if (t := c.text.strip()) and t not in words and t.isalnum()}
    assert {t for t in own if t not in kept} == set()


@given(st.data())
def test_a_damaged_form_loses_no_text(data: st.DataObject) -> None:
    filing = sample_filings(catalog(), counter())[data.draw(st.integers(0, 2))]
    rows = [list(r) for r in stack(*grids(filing)).texts()]
    for mark in range(data.draw(st.integers(1, 6))):
        r = data.draw(st.integers(0, len(rows) - 1))
        c = data.draw(st.integers(0, 4))
        damage = data.draw(st.sampled_from(["set", "drop", "twice", "blank", "insert", "move"]))
        if damage == "set":
            rows[r][c] = f"标记{mark}"
        elif damage == "insert":
            rows.insert(r, [f"标记{mark}" if n == c else "" for n in range(5)])
        elif damage == "blank":
            rows[r] = ["" for _ in rows[r]]
        elif damage == "drop":
            rows[r] = [*rows[r][1:], ""]
        elif damage == "twice":
            rows.insert(r, list(rows[r]))
        else:
            rows.append(rows.pop(r))
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    table = SourceTable(grid([0.0] * 5, len(rows), cells), "表", data.draw(st.booleans()))
    found = recognise(Source("x", "text", (table,)), catalog(), counter())
    kept = "".join([*found.leftovers, *(str(as_read(r.filing)) for r in found.filings)])
    marks = {t for row in rows for t in row if t.startswith("标记")}
    assert {m for m in marks if m not in kept} == set()


def test_label_and_value_in_one_cell(filing: Filing) -> None:
    upper, lower = grids(filing)
    name = next(c for c in upper.cells if c.col > 0)
    cells = [c for c in upper.cells if c.row > 0]
    both = Cell(0, 0, f"部门（单位）名称：{name.text}", 1, upper.width)
    assert same(filing, source(filing, [grid(upper.widths, upper.height, [both, *cells]), lower]))


def test_the_unit_named_above_the_table(filing: Filing) -> None:
    upper, lower = grids(filing)
    _, rest = split(upper, 1)
    made = source(filing, [rest, lower])
    line = SourceText(f"填报单位（盖章）：{filing.unit_name}", "第 4 段")
    assert same(filing, replace(made, items=(*made.items[:-2], line, *made.items[-2:])))


@pytest.mark.parametrize("line", ["2022年", "（2022年）", "（ 2022 年度 ）", "2022年度"])
def test_the_year_in_other_spellings(line: str) -> None:
    filing = sample_filings(catalog(), counter())[0]
    made = source(filing, grids(filing))
    items = tuple(
        SourceText(line, "x") if isinstance(i, SourceText) and "2021" in i.text else i for i in made.items
    )
    assert [r.filing.year for r in recognise(replace(made, items=items), catalog(), counter()).filings] == [
        2022
    ]


def test_a_column_of_the_tasks_that_the_form_does_not_know_is_left_over(filing: Filing) -> None:
    upper, lower = grids(filing)
    head = next(c for c in upper.cells if c.text == "主要内容")
    rows = range(head.row, head.row + 1 + len(filing.section("tasks")))
    cells = [replace(c, colspan=2) if c.col == 2 and c.row in rows else c for c in upper.cells]
    cells += [Cell(r, 4, "对应项目" if r == head.row else f"项目{r}") for r in rows]
    found = recognise(source(filing, [grid(upper.widths, upper.height, cells), lower]), catalog(), counter())
    assert [as_read(r.filing) for r in found.filings] == [as_read(filing)]
    assert set(found.leftovers) == {"对应项目", *(f"项目{r}" for r in rows[1:])}


def test_characters_that_nobody_sees_are_taken_away_and_told() -> None:
    """An old workbook, or text that came through one, holds them."""
    filing = sample_filings(catalog(), counter())[0]
    upper, lower = grids(filing)
    cells = [replace(c, value=f"{c.text[:1]}\x07{c.text[1:]}") if c.text else c for c in lower.cells]
    found = recognise(source(filing, (upper, replace(lower, cells=tuple(cells)))), catalog(), counter())
    assert as_read(found.filings[0].filing) == as_read(filing)
    assert "control-dropped" in {r.code for r in found.filings[0].repairs}
