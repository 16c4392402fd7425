"""Self-evaluations in the styles of other word processors and of page cuts: the same filings come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.catalog import new_filing
from perfdesk.compose import compose
from perfdesk.document.grid import Cell, Grid, grid, split, stack
from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.evaluation.evaluated import settled, shown
from perfdesk.model.change import Change, InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.recognise import recognise
from tests.making import as_read, as_source, catalog, counter
from tests.recognise.test_styles import doubled, grids, pages, shifted_right, source, unmerged, with_header

FORMS = ("national-2020/self-evaluation", "jinshui-2021/self-evaluation")
RESULTS = ("12 次", "8 次", "10 次", "11 次", "10.5 次")


def made(form_id: str, name: str = "河岸步道照明改造") -> Filing:
    """A filled evaluation of a unit that does not exist; some scores are not what the method gives."""
    form = catalog().form(form_id)
    new_id = counter()
    filing = new_filing(form, 2022, "", new_id)
    changes: list[Change] = [
        SetCell("basic", c, t)
        for c, t in {
            "name": name,
            "unit_name": "示例市公园管理中心",
            "department": "示例市城市管理局",
            "goal": "1.换下坏了的路灯。\n2.夜里也能走。",
            "completion": "1.路灯换好。\n2.夜里有人走。",
        }.items()
        if form.section("basic").field(c)
    ]
    amounts = {"initial": "100", "adjusted": "120", "executed": "90.5"}
    changes += [SetCell("money", c, t) for c, t in amounts.items()]
    changes += [SetCell("money", f"fiscal_{c}", t) for c, t in amounts.items()]
    for leaf in leaves(filing, "indicators"):
        changes += [SetCell(leaf.row.id, "actual", "完成"), SetCell(leaf.row.id, "target", "完成")]
    level2 = {r.id: r for r in filing.section("indicators") if "level2" in r.cells}
    fixed = {leaf.row.parent for leaf in leaves(filing, "indicators")}
    for n, parent in enumerate(i for i in level2 if i not in fixed):
        cells = {
            "level3": f"照明第{n}项",
            "target": "≥10 次",
            "actual": RESULTS[n % len(RESULTS)],
            "deviation": "停电。" if n % 3 else "",
            "score": "1.5" if n == 2 else "",
        }
        changes.append(InsertRow(Row(new_id(), "indicators", MappingProxyType(cells), parent), None))
    return apply(filing, tuple(changes))[0]


@pytest.fixture(params=FORMS)
def filing(request: pytest.FixtureRequest) -> Filing:
    return made(request.param)


def told(filing: Filing) -> dict[str, object]:
    """What its paper says."""
    form = catalog().form(filing.form)
    return as_read(settled(form, shown(form, filing)))


def same(filing: Filing, made: Source) -> bool:
    found = recognise(made, catalog(), counter())
    return [as_read(one.filing) for one in found.filings] == [told(filing)] and not found.leftovers


def test_the_fixtures_hold_what_is_to_be_found(filing: Filing) -> None:
    page = told(filing)["indicators"]
    assert isinstance(page, list)
    scores = {str(row["level3"]): row["score"] for row in page if "照明" in str(row["level3"])}
    assert scores["照明第2项"] == "1.5"
    assert len(page) > 8


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
    top = grid(upper.widths, len(heads), (Cell(n, 0, t, 1, upper.width) for n, t in enumerate(heads)))
    sheet = Source("made", "xlsx", (SourceTable(stack(top, stack(upper, lower)), "工作表"),))
    assert same(filing, sheet)


def test_a_deviation_cut_by_a_page_is_joined(filing: Filing) -> None:
    upper, lower = grids(filing)
    place = next(c for c in lower.cells if c.text == "停电。")
    first, second = split(unmerged(lower, repeat=True), place.row + 1)
    cells = [replace(c, value="停") if (c.row, c.col) == (place.row, place.col) else c for c in first.cells]
    rest = grid(lower.widths, 1, [Cell(0, place.col, "电。", 1, place.colspan)])
    page = with_header(stack(rest, second), split(lower, 1)[0])
    assert same(filing, source(filing, [upper, replace(first, cells=tuple(cells)), page]))


def test_columns_in_any_order_and_without_the_deviations(filing: Filing) -> None:
    """Each column of the lower table moved to another place, the rows below the total left whole."""
    upper, lower = grids(filing)
    rows = [list(_row(lower, n)) for n in range(lower.height)]
    body = rows[:-2]
    for order in ((0, 1, 2, 5, 3, 4, 6), (0, 1, 2, 6, 5, 4, 3), (0, 1, 2, 4, 3, 6, 5)):
        texts = [[row[n] for n in order] for row in body]
        total = [""] * len(order)
        total[0], total[order.index(5)], total[order.index(6)] = "合计", "100", rows[-2][2]
        grade = ["等级", rows[-1][-1], *[""] * (len(order) - 2)]
        table = _plain([*texts, total, grade])
        found = recognise(source(filing, [upper, table]), catalog(), counter())
        wanted = told(_without(filing, "deviation"))
        assert [as_read(one.filing) for one in found.filings] == [wanted], order


def _row(table: Grid, number: int) -> list[str]:
    """Texts of the row's logical cells."""
    covering = table.at()
    row = [covering[number, c] for c in range(table.width)]
    return [c.text for n, c in enumerate(row) if n == 0 or row[n - 1] is not c]


def _plain(rows: Sequence[Sequence[str]]) -> Grid:
    cells = [Cell(r, c, t) for r, row in enumerate(rows) for c, t in enumerate(row)]
    return grid([0.0] * len(rows[0]), len(rows), cells)


def _without(filing: Filing, column: str) -> Filing:
    form = catalog().form(filing.form)
    page = shown(form, filing)
    return apply(page, tuple(SetCell(leaf.row.id, column, "") for leaf in leaves(page, "indicators")))[0]


@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=4), st.booleans())
def test_any_number_of_forms_below_each_other(ids: list[str], titled: bool) -> None:
    """With the titles between them, or only the tables: a form begins with its first row."""
    filings = [made(form, f"第{n}段步道") for n, form in enumerate(ids)]
    items = [i for f in filings for i in as_source(compose(catalog().form(f.form), f).document).items]
    if not titled:
        items = [i for n, i in enumerate(items) if isinstance(i, SourceTable) or n < 2]
    found = recognise(Source("x", "docx", tuple(items)), catalog(), counter())
    assert [as_read(r.filing)["indicators"] for r in found.filings] == [
        told(f)["indicators"] for f in filings
    ]
    assert [as_read(r.filing)["basic"] for r in found.filings] == [told(f)["basic"] for f in filings]


@given(st.data())
def test_a_damaged_table_loses_no_text(data: st.DataObject) -> None:
    filing = made(data.draw(st.sampled_from(FORMS)))
    width = grids(filing)[0].width
    rows = [list(r) for r in stack(*grids(filing)).texts()]
    for mark in range(data.draw(st.integers(1, 6))):
        r, c = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, width - 1))
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
    items: list[SourceText | SourceTable] = []
    if data.draw(st.booleans()):
        items.append(SourceText("2022年度项目支出绩效自评表", "x"))
    cut = data.draw(st.integers(1, len(rows) - 1))
    for part in (rows[:cut], rows[cut:]):
        items.append(SourceTable(_plain(part), "表", data.draw(st.booleans())))
    found = recognise(Source("x", "text", tuple(items)), catalog(), counter())
    kept = "".join([*found.leftovers, *(str(as_read(r.filing)) for r in found.filings)])
    marks = {t for row in rows for t in row if t.startswith("标记")}
    assert {m for m in marks if m not in kept} == set()
