"""Blocks from Excel on the entry sheet and on printed tables: what lands where, and that nothing is lost without a word."""

from __future__ import annotations

from decimal import Decimal

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.paste import LedgerSheet, Pasted, TableSheet, paste_block
from perfdesk.budget.paste_layout import Target
from perfdesk.budget.tables import TOTAL
from perfdesk.model.change import apply
from perfdesk.model.filing import Filing
from tests.budget.ledgers import LEDGER, filing, row
from tests.budget.test_edits import BUDGET, NAMED
from tests.making import counter

ENTRY = (
    Target("code", "code", ("科目编码",)),
    Target("name", "name", ("科目名称",)),
    Target("total", "money", ("合计",)),
    Target("basic.general", "money", ("一般公共预算拨款", "基本支出")),
    Target("project.general", "money", ("一般公共预算拨款", "项目支出")),
    Target("project.other", "money", ("其他收入", "项目支出")),
)
PRINTED = (
    Target("code", "code", ("科目编码",)),
    Target("name", "name", ("科目名称",)),
    Target("total", "money", ("合计",)),
    Target("basic", "money", ("基本支出",)),
    Target("project", "money", ("项目支出",)),
)


def block(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip("\n").split("\n")]


def keys(one: Filing) -> tuple[str, ...]:
    return (TOTAL, *Budgeted.of(BUDGET, one, "万元").facts["spending"].codes)


def entered(
    one: Filing, text: str, at: tuple[int, int] = (0, 0), view: str = "万元"
) -> tuple[Filing, Pasted]:
    budgeted = Budgeted.of(BUDGET, one, "万元")
    sheet = LedgerSheet(NAMED, ENTRY, keys(one))
    return done(one, paste_block(one, budgeted, sheet, block(text), at, view, counter("n"), "粘贴"))


def on_table(one: Filing, text: str, at: tuple[int, int] = (0, 0)) -> tuple[Filing, Pasted]:
    budgeted = Budgeted.of(BUDGET, one, "万元")
    sheet = TableSheet("支出总表", PRINTED, budgeted.view("支出总表").keys)
    return done(one, paste_block(one, budgeted, sheet, block(text), at, "万元", counter("n"), "粘贴"))


def done(one: Filing, pasted: Pasted) -> tuple[Filing, Pasted]:
    return (apply(one, pasted.step.changes)[0] if pasted.step else one), pasted


def facts(one: Filing) -> dict[str, dict[str, str]]:
    return {
        r.get("code"): {c: t for c, t in r.cells.items() if "." in c and t}
        for r in one.section("spending")
        if any("." in c for c in r.cells)
    }


WITH_HEADS = """
序号|科目编码|科目名称|合计|一般公共预算拨款||其他收入
||||基本支出|项目支出|项目支出
1||合计|17|6|10|1
2|212|城乡社区支出|17|6|10|1
3|21201|城乡社区管理事务|17|6|10|1
4|21201 09|住宅建设|6|6||
5|2120199|其他支出|11||10|1
"""


def test_a_printed_table_with_its_headings_becomes_rows_and_its_sums_are_only_compared() -> None:
    after, pasted = entered(filing([]), WITH_HEADS)
    assert facts(after) == {
        "2120109": {"basic.general": "6"},
        "2120199": {"project.general": "10", "project.other": "1"},
    }
    assert (pasted.added, pasted.unlike, pasted.homeless, pasted.cut, pasted.words) == (2, (), 0, 0, 0)


def test_numbers_in_computed_cells_that_differ_are_told() -> None:
    _, pasted = entered(filing([]), WITH_HEADS.replace("4|21201 09|住宅建设|6|", "4|21201 09|住宅建设|7|"))
    assert [(u.key, u.column, u.pasted, u.computed) for u in pasted.unlike] == [
        ("2120109", "total", Decimal(7), Decimal(6))
    ]


def test_codes_names_and_amounts_without_headings_come_in_the_order_of_the_columns() -> None:
    after, pasted = entered(filing([]), "2120109|住宅建设|6||\n2120199|其他支出||10|1")
    assert facts(after) == {
        "2120109": {"basic.general": "6"},
        "2120199": {"project.general": "10", "project.other": "1"},
    }
    assert all(r.get("name") == "" for r in after.rows)
    assert pasted.cut == 0


def test_a_sum_in_front_of_the_amounts_is_known_as_one() -> None:
    after, pasted = entered(filing([]), "2120109|住宅建设|16|6|10\n2120199|其他支出|4|1|3")
    assert facts(after)["2120109"] == {"basic.general": "6", "project.general": "10"}
    assert pasted.unlike == ()


def test_a_name_of_ones_own_and_a_code_without_amounts_are_kept() -> None:
    after, pasted = entered(filing([]), "2120109|保障房建设|5\n2120301|公共设施|")
    assert [(r.get("code"), r.get("name")) for r in after.rows] == [
        ("2120109", "保障房建设"),
        ("2120301", "公共设施"),
    ]
    assert pasted.added == 2


def test_amounts_alone_come_cell_by_cell_and_those_at_parents_are_compared() -> None:
    one = filing([row("a", code="2120109"), row("b", code="2120199", basic_general="1")])
    after, pasted = entered(one, "9\n9\n4\n5\n8", (1, 3))
    assert facts(after) == {"2120109": {"basic.general": "4"}, "2120199": {"basic.general": "5"}}
    assert (pasted.homeless, pasted.unlike) == (1, ())


def test_columns_and_words_without_a_place_are_told() -> None:
    one = filing([row("a", code="2120109")])
    after, pasted = entered(one, "1|2|x", (3, 4))
    assert facts(after) == {"2120109": {"project.general": "1", "project.other": "2"}}
    assert pasted.cut == 1
    _, pasted = entered(one, "待定", (1, 3))
    assert (pasted.words, pasted.step) == (1, None)


def test_a_code_that_comes_twice_counts_once_and_is_told() -> None:
    after, pasted = entered(filing([]), "2120109|住宅建设|6\n2120109|住宅建设|7")
    assert (facts(after), pasted.doubled) == ({"2120109": {"basic.general": "6"}}, ("2120109",))


def test_amounts_are_taken_in_the_unit_one_looks_at() -> None:
    after, _ = entered(filing([]), "2120109|住宅建设|12345.67", view="元")
    assert facts(after) == {"2120109": {"basic.general": "1.234567"}}


def test_a_printed_table_is_pasted_by_code_and_new_codes_come_into_its_ledger() -> None:
    one = filing([row("a", code="2120109", basic_general="1")])
    after, pasted = on_table(one, "2120109|住宅建设|5|2|3\n2120199|其他支出|4||4")
    assert facts(after) == {
        "2120109": {"basic.general": "2", "project.general": "3"},
        "2120199": {"project.general": "4"},
    }
    assert pasted.unlike == ()


def test_cells_of_several_facts_are_compared_and_stay() -> None:
    one = filing([row("a", code="2120109", project_general="1", project_other="2")])
    after, pasted = on_table(one, "2120109|住宅建设|9||9")
    assert after is one
    assert {(u.column, u.computed) for u in pasted.unlike} == {
        ("total", Decimal(3)),
        ("project", Decimal(3)),
    }
    assert LEDGER.id == "spending"
