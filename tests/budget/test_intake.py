"""Printed tables → facts: which tables have the last word, what is proposed, what stays as printed."""

from __future__ import annotations

from collections.abc import Mapping

from perfdesk.budget.intake import Intake, facts_from_printed
from perfdesk.budget.printed import PrintedRow
from tests.making import catalog, counter

FORM = catalog().form("handan-2022/department-budget")
GENERAL, FUND, BASIC = (
    "一般公共预算财政拨款支出表",
    "政府基金预算财政拨款支出表",
    "一般公共预算财政拨款基本支出表",
)
SANGONG = "财政拨款“三公”经费支出表"


def taken(**tables: Mapping[str, Mapping[str, str]]) -> Intake:
    printed = {name: tuple(PrintedRow(k, c) for k, c in rows.items()) for name, rows in tables.items()}
    return facts_from_printed(FORM, printed, "万元", counter())


def facts(found: Intake, ledger: str = "spending") -> dict[str, dict[str, str]]:
    return {
        r.get("code"): {c: t for c, t in r.cells.items() if "." in c}
        for r in found.rows
        if r.section == ledger
    }


def kept(found: Intake) -> list[tuple[str, str, dict[str, str]]]:
    return [
        (r.section, r.get("row"), {c: t for c, t in r.cells.items() if c != "row"})
        for r in found.rows
        if r.section not in ("spending", "economic")
    ]


def codes(found: Intake) -> dict[str, str]:
    """What was told besides the parents and totals that these short tables leave out."""
    return {r.where: r.code for r in found.repairs if r.code != "row-filled"}


def test_a_table_of_one_source_has_the_last_word() -> None:
    found = taken(
        支出总表={"2010101": {"total": "10", "basic": "10"}},
        **{GENERAL: {"2010101": {"total": "12", "basic": "12"}}},
    )
    assert facts(found) == {"2010101": {"basic.general": "12"}}
    assert kept(found) == [("支出总表", "2010101", {"total": "10", "basic": "10"})]


def test_without_the_table_of_one_source_its_income_tells() -> None:
    found = taken(
        支出总表={"2010101": {"total": "30", "basic": "10", "project": "20"}},
        收入总表={"2010101": {"total": "30", "subtotal": "30", "fiscal": "30"}},
    )
    assert facts(found) == {"2010101": {"basic.general": "10", "project.general": "20"}}
    assert kept(found) == []
    assert set(codes(found).values()) == {"facts-proposed"}, "it may be another of the three budgets"


def test_what_is_not_fiscal_goes_to_the_source_that_prints_it() -> None:
    found = taken(
        支出总表={"2010101": {"total": "30", "basic": "10", "project": "20"}},
        收入总表={"2010101": {"total": "30", "subtotal": "30", "fiscal": "25", "career": "5"}},
        **{GENERAL: {"2010101": {"total": "25", "basic": "10", "project": "15"}}},
    )
    assert facts(found) == {
        "2010101": {"basic.general": "10", "project.general": "15", "project.career": "5"}
    }
    assert codes(found) == {} and kept(found) == []


def test_two_kinds_and_two_sources_are_proposed_and_told() -> None:
    found = taken(
        支出总表={"2010101": {"total": "30", "basic": "10", "project": "20"}},
        收入总表={"2010101": {"total": "30", "subtotal": "30", "career": "12", "other": "18"}},
    )
    assert facts(found)["2010101"].keys() <= {
        "basic.career",
        "project.career",
        "basic.other",
        "project.other",
    }
    assert kept(found) == []
    assert "facts-proposed" in codes(found).values()


def test_a_code_printed_only_with_its_parent_in_one_table() -> None:
    found = taken(
        支出总表={
            "201": {"total": "30", "project": "30"},
            "20101": {"total": "30", "project": "30"},
            "2010101": {"total": "30", "project": "30"},
        },
        **{FUND: {"201": {"total": "30", "project": "30"}, "20101": {"total": "30", "project": "30"}}},
    )
    assert facts(found) == {"2010101": {"project.fund": "30"}}
    assert kept(found) == []


def test_a_negative_amount_is_an_amount() -> None:
    found = taken(
        支出总表={"2010101": {"total": "-5", "project": "-5"}},
        **{GENERAL: {"2010101": {"total": "-5", "project": "-5"}}},
    )
    assert facts(found) == {"2010101": {"project.general": "-5"}}
    assert kept(found) == [] and codes(found) == {}


def test_words_in_an_amount_stay_as_printed() -> None:
    found = taken(**{GENERAL: {"2010101": {"total": "约12", "basic": "约12"}}})
    assert facts(found) == {}
    assert kept(found) == [(GENERAL, "2010101", {"total": "约12", "basic": "约12"})]


def test_a_number_that_one_table_leaves_out_is_filled_and_told() -> None:
    found = taken(
        支出总表={"2010101": {"total": "10", "basic": "10"}},
        收入总表={"2010101": {}},
        **{GENERAL: {"2010101": {"total": "10", "basic": "10"}}},
    )
    assert facts(found) == {"2010101": {"basic.general": "10"}}
    cells = {r.where for r in found.repairs if r.code == "cell-filled"}
    assert cells == {f"tables/收入总表/2010101/{c}" for c in ("total", "subtotal", "fiscal")}
    rows = {r.where for r in found.repairs if r.code == "row-filled"}
    assert {"tables/收入总表/total", "tables/收入总表/201", "tables/收入总表/20101"} <= rows


def test_reception_and_cars_beyond_the_basic_expenditure_are_projects() -> None:
    basic = {
        "30217": {"total": "2", "public": "2", "name": "公务接待费"},
        "30231": {"total": "5", "public": "5", "name": "公务用车运行维护费"},
    }
    lines = {
        "reception": {"item": "三、公务接待费", "total": "3.5", "general": "3.5"},
        "running": {"item": "公务用车运行维护费", "total": "5", "general": "5"},
        "purchase": {"item": "其中：公务用车购置费", "total": "18", "fund": "18"},
    }
    found = taken(**{BASIC: basic, SANGONG: lines})
    assert facts(found, "economic") == {
        "30217": {"public.general": "2", "project.general": "1.5"},
        "30231": {"public.general": "5"},
        "31013": {"project.fund": "18"},
    }
    assert kept(found) == []


def test_money_that_is_not_spent_is_kept_only_where_the_summary_says_so() -> None:
    tables = {
        "支出总表": {"2010101": {"total": "10", "project": "10"}},
        "收入总表": {"2010101": {"total": "15", "subtotal": "15", "other": "15"}},
    }
    silent = taken(**tables)
    assert facts(silent) == {"2010101": {"project.other": "10"}}
    assert kept(silent) == [("收入总表", "2010101", {"total": "15", "subtotal": "15", "other": "15"})]
    said = taken(**tables, 收支总表={"kept": {"expenditure": "年终结转结余", "expenditure_amount": "5"}})
    assert facts(said) == {"2010101": {"project.other": "10", "kept.other": "5"}}
    assert kept(said) == []


def test_the_name_that_most_tables_print_is_the_name_and_another_stays_where_it_is_printed() -> None:
    row = {"total": "1", "project": "1"}
    found = taken(
        支出总表={"2010101": {"name": "行政运行（本级）", **row}},
        **{
            GENERAL: {"2010101": {"name": "行政运行（本级）", **row}},
            FUND: {"2010101": {"name": "行政运转"}},
        },
    )
    (name,) = [r.get("name") for r in found.rows if r.section == "spending"]
    assert name == "行政运行（本级）"
    assert kept(found) == [(FUND, "2010101", {"name": "行政运转"})]


def test_a_row_that_the_form_does_not_have_is_left_over() -> None:
    found = taken(
        **{FUND: {"total": {"name": "合计", "total": "7"}, "2010101": {"total": "7", "project": "7"}}}
    )
    assert found.leftovers == ("合计 7",)
    assert facts(found) == {"2010101": {"project.fund": "7"}}
