"""Budget tables drawn on pages and read again: any budget, any page cut, any damage."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.document.source import SourceTable, SourceText
from perfdesk.filing_json import filing_json
from perfdesk.model.filing import Filing, Row
from perfdesk.model.ledger import BudgetTable
from perfdesk.recognise import Recognised
from perfdesk.values import amount_json, one_line
from tests.recognise.budget_pages import (
    CAPTION,
    FORM,
    TABLES,
    Rows,
    drawn,
    facts,
    filings,
    head_rows,
    page,
    pages_of,
    read_back,
    shown,
)

SPENDING = next(t for t in TABLES if t.id == "支出总表")
DEVIATIONS = {t.id for t in TABLES}


def only(found: Recognised) -> Filing:
    (one,) = found.filings
    return one.filing


def kept(filing: Filing) -> list[Row]:
    return [r for r in filing.rows if r.section in DEVIATIONS]


def told_apart(found: Recognised, filing: Filing) -> bool:
    """Every table shows what was printed. Where the tables tell too little of where money comes from, a summary's empty cell may be
    filled by what was proposed, and that is told."""
    told = {r.where for r in found.filings[0].repairs if r.code == "cell-filled"}
    proposed = any(r.code == "facts-proposed" for r in found.filings[0].repairs)
    for table in TABLES:
        mine, theirs = shown(only(found))[table.id], shown(filing)[table.id]
        if mine == theirs:
            continue
        assert proposed and table.kind == "lines" and len(mine) == len(theirs)
        for a, b in zip(mine, theirs, strict=True):
            for column in (c for c in a if a[c] != b[c]):
                side = next(
                    s
                    for s in a
                    if table.column(s).kind == "line"
                    and table.money_of(s)
                    and column in [m.id for m in table.money_of(s)]
                )
                assert b[column] == "" and f"tables/{table.id}/{a[side]}/{column}" in told
    return True


@given(filings(any_facts=True))
@settings(max_examples=20)
def test_any_budget_is_shown_again_as_it_was_printed(filing: Filing) -> None:
    rows = pages_of(filing)
    found = read_back(page(t, rows[t.id]) for t in TABLES)
    assert told_apart(found, filing)
    assert found.leftovers == ()
    assert (only(found).year, only(found).unit_name) == (2024, "样本市城建局")


@given(filings())
@settings(max_examples=40)
def test_the_facts_that_the_tables_tell_are_found_again(filing: Filing) -> None:
    rows = pages_of(filing)
    found = read_back(page(t, rows[t.id]) for t in TABLES)
    amounts = [
        (s, {c: t if c == "code" else amount_json(t, "万元") for c, t in cells.items()})
        for s, cells in facts(only(found))
    ]
    wanted = [
        (s, {c: t if c == "code" else amount_json(t, "万元") for c, t in cells.items()})
        for s, cells in facts(filing)
    ]
    assert amounts == wanted
    assert kept(only(found)) == []
    assert not [r for r in found.filings[0].repairs if r.code == "facts-proposed"]


@given(filings(), st.data())
@settings(max_examples=40)
def test_what_a_table_prints_otherwise_is_shown_as_printed(filing: Filing, data: st.DataObject) -> None:
    rows = pages_of(filing)
    table = data.draw(st.sampled_from([t for t in TABLES if rows[t.id]]))
    row = data.draw(st.sampled_from(range(len(rows[table.id]))))
    columns = [n for n, c in enumerate(table.columns) if c.kind == "money" and rows[table.id][row][n]]
    if not columns:
        return
    column = data.draw(st.sampled_from(columns))
    rows[table.id][row][column] = "123456789.01"
    found = read_back(page(t, rows[t.id]) for t in TABLES)
    back = pages_of(only(found))
    assert {name: back[name] for name in rows} == rows
    assert found.leftovers == ()


# --- pages --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("caption", [True, False])
@pytest.mark.parametrize("head", [True, False])
@given(filings(), st.data())
@settings(max_examples=15)
def test_a_table_cut_at_any_row(caption: bool, head: bool, filing: Filing, data: st.DataObject) -> None:
    rows = pages_of(filing)
    table = data.draw(st.sampled_from([t for t in TABLES if len(rows[t.id]) > 1]))
    cut = data.draw(st.integers(1, len(rows[table.id]) - 1))
    above, below = rows[table.id][:cut], rows[table.id][cut:]
    pages = [
        [*page(t, above), *page(t, below, False, caption, head)] if t is table else page(t, rows[t.id])
        for t in TABLES
    ]
    found = read_back(pages)
    assert shown(only(found)) == shown(filing)
    assert found.leftovers == ()
    if head:
        repeated = [r.where for r in found.filings[0].repairs if r.code == "header-repeated"]
        assert repeated == [f"tables/{table.id}"]


@given(filings())
@settings(max_examples=30)
def test_the_second_page_stands_after_another_table(filing: Filing) -> None:
    rows = pages_of(filing)
    half = len(rows["支出总表"]) // 2 or 1
    first, second = rows["支出总表"][:half], rows["支出总表"][half:]
    pages = [page(t, first if t is SPENDING else rows[t.id]) for t in TABLES]
    found = read_back([*pages, page(SPENDING, second)])
    assert shown(only(found)) == shown(filing)
    assert "pages-out-of-order" in {r.code for r in found.filings[0].repairs}


@given(filings())
@settings(max_examples=30)
def test_tables_without_titles_are_told_by_their_headings(filing: Filing) -> None:
    rows = pages_of(filing)
    found = read_back(page(t, rows[t.id], title=False) for t in TABLES)
    assert shown(only(found)) == shown(filing)
    guessed = {r.where for r in found.filings[0].repairs if r.code == "title-missing"}
    assert guessed >= {f"tables/{t.id}" for t in TABLES if rows[t.id]}


@given(filings(), filings())
@settings(max_examples=20)
def test_two_units_in_one_file_are_two_filings(one: Filing, two: Filing) -> None:
    first, second = pages_of(one), pages_of(two)
    other = [
        [
            type(i)(i.text.replace("907 样本市", "908 另一市"), i.where) if hasattr(i, "text") else i
            for i in page(t, second[t.id])
        ]
        for t in TABLES
    ]
    found = read_back([*(page(t, first[t.id]) for t in TABLES), *other])
    assert [r.filing.unit_name for r in found.filings] == ["样本市城建局", "另一市城建局"]
    assert [shown(r.filing) for r in found.filings] == [shown(one), shown(two)]


# --- layouts ---


def without_row_numbers(table: BudgetTable, rows: Rows) -> list[Any]:
    return [*titles(table), sheet([r[1:] for r in (*head_rows(table), *rows)])]


def without_column_numbers(table: BudgetTable, rows: Rows) -> list[Any]:
    return [*titles(table), sheet([*head_rows(table)[:-1], *rows])]


def blank_column_at_the_left(table: BudgetTable, rows: Rows) -> list[Any]:
    return [*titles(table), sheet([["", *r] for r in (*head_rows(table), *rows)])]


def everything_in_one_sheet(table: BudgetTable, rows: Rows) -> list[Any]:
    rest = [""] * (len(table.columns) - 1)
    above = [[table.title, *rest], [CAPTION[0], *rest], ["预算年度：2024", *rest[1:], "单位：万元"]]
    return [sheet([*above, *head_rows(table), *rows])]


def zeros_and_separators(table: BudgetTable, rows: Rows) -> list[Any]:
    money = [c.kind == "money" for c in table.columns]
    body = [
        [(f"{Decimal(t):,.2f}" if t else "0.00") if m else t for t, m in zip(r, money, strict=True)]
        for r in rows
    ]
    return page(table, body)


def other_titles(table: BudgetTable, rows: Rows) -> list[Any]:
    above = [
        f"附件：样本市城建局2024年{table.id}",
        "单位名称：样本市城建局　　预算年度：2024　　金额单位：万元",
    ]
    return [*(SourceText(t, "段") for t in above), sheet([*head_rows(table), *rows])]


def titles(table: BudgetTable) -> list[SourceText]:
    return [SourceText(t, "段") for t in (table.title, *CAPTION)]


def sheet(rows: Rows) -> SourceTable:
    return SourceTable(drawn(rows), "表")


@pytest.mark.parametrize(
    "layout",
    [
        without_row_numbers,
        without_column_numbers,
        blank_column_at_the_left,
        everything_in_one_sheet,
        zeros_and_separators,
        other_titles,
    ],
)
@given(filings())
@settings(max_examples=8)
def test_tables_laid_out_otherwise(layout: Callable[[BudgetTable, Rows], list[Any]], filing: Filing) -> None:
    rows = pages_of(filing)
    found = read_back(layout(t, rows[t.id]) for t in TABLES)
    assert shown(only(found)) == shown(filing)
    assert (found.leftovers, found.filings[0].repairs) == ((), ())
    assert (only(found).year, only(found).unit_name) == (2024, "样本市城建局")


# --- damage -------------------------------------------------------------------------------------------------------------


@given(filings(), st.data())
@settings(max_examples=40)
def test_codes_and_amounts_split_by_a_scan_are_joined_and_told(filing: Filing, data: st.DataObject) -> None:
    rows = pages_of(filing)
    table = data.draw(st.sampled_from([t for t in TABLES if t.kind == "codes" and rows[t.id]]))
    n = data.draw(st.sampled_from(range(len(rows[table.id]))))
    row = rows[table.id][n]
    columns = [c for c, col in enumerate(table.columns) if col.kind in ("code", "money") and len(row[c]) > 3]
    column = data.draw(st.sampled_from(columns))
    at = data.draw(st.integers(1, len(row[column]) - 1))
    key = row[1] or "total"
    row[column] = f"{row[column][:at]} {row[column][at:]}"
    found = read_back(page(t, rows[t.id]) for t in TABLES)
    assert shown(only(found)) == shown(filing)
    code = "code-joined" if table.columns[column].kind == "code" else "amount-joined"
    where = f"tables/{table.id}/{key}/{table.columns[column].id}"
    told = {(r.code, r.where) for r in found.filings[0].repairs}
    # A number parted beside its point reads as one number with a mark; it is the same number either way.
    assert (code, where) in told


@given(filings(), st.data())
@settings(max_examples=30)
def test_a_row_with_its_row_number_lost_is_moved_back(filing: Filing, data: st.DataObject) -> None:
    rows = pages_of(filing)
    table = data.draw(st.sampled_from([t for t in TABLES if rows[t.id]]))
    n = data.draw(st.sampled_from(range(len(rows[table.id]))))
    rows[table.id][n] = [*rows[table.id][n][1:], ""]
    found = read_back(page(t, rows[t.id]) for t in TABLES)
    assert shown(only(found)) == shown(filing)
    assert found.leftovers == ()
    shifted = {r.where.split("/")[1] for r in found.filings[0].repairs if r.code == "cell-shifted"}
    assert shifted == {table.id}


@given(filings(), st.data())
@settings(max_examples=30)
def test_a_row_with_its_name_lost_is_moved_back(filing: Filing, data: st.DataObject) -> None:
    """Where the amounts add up only after moving; the name is the one in the other tables."""
    rows = pages_of(filing)
    codes = [n for n, r in enumerate(rows["支出总表"]) if r[1]]
    n = data.draw(st.sampled_from(codes))
    row = rows["支出总表"][n]
    rows["支出总表"][n] = [*row[:2], *row[3:], ""]
    found = read_back(page(t, rows[t.id]) for t in TABLES)
    assert shown(only(found)) == shown(filing)
    assert f"tables/支出总表/{row[1]}/name" in {
        r.where for r in found.filings[0].repairs if r.code == "cell-shifted"
    }


@given(filings(), st.data())
@settings(max_examples=30)
def test_a_code_whose_end_is_lost_is_told_by_its_name(filing: Filing, data: st.DataObject) -> None:
    rows = pages_of(filing)
    names = [r[2] for r in rows["支出总表"]]
    codes = [n for n, r in enumerate(rows["支出总表"]) if len(r[1]) == 7 and names.count(r[2]) == 1]
    if not codes:
        return
    row = rows["支出总表"][data.draw(st.sampled_from(codes))]
    whole, row[1] = row[1], row[1][:5]
    found = read_back(page(t, rows[t.id]) for t in TABLES)
    assert shown(only(found)) == shown(filing)
    assert ("code-restored", f"tables/支出总表/{whole}/code") in {
        (r.code, r.where) for r in found.filings[0].repairs
    }


@given(filings(), st.data())
@settings(max_examples=30)
def test_the_end_of_a_code_on_the_next_page_is_joined(filing: Filing, data: st.DataObject) -> None:
    rows = pages_of(filing)
    codes = [n for n, r in enumerate(rows["支出总表"]) if len(r[1]) == 7]
    n = data.draw(st.sampled_from(codes))
    row = rows["支出总表"][n]
    row[1], rest = row[1][:5], row[1][5:]
    above = rows["支出总表"][: n + 1]
    below = [["", rest, *[""] * (len(row) - 2)], *rows["支出总表"][n + 1 :]]
    pages = [
        [*page(t, above), *page(t, below, title=False)] if t is SPENDING else page(t, rows[t.id])
        for t in TABLES
    ]
    found = read_back(pages)
    assert shown(only(found)) == shown(filing)
    assert found.leftovers == ()
    assert ("code-joined", f"tables/支出总表/{row[1]}{rest}/code") in {
        (r.code, r.where) for r in found.filings[0].repairs
    }


def damage(rows: dict[str, Rows], data: st.DataObject, mark: str) -> None:
    """One thing that happens to a table: a cell scribbled over, lost, doubled, put in, a row twice, a strange row."""
    table = data.draw(st.sampled_from([t for t in TABLES if rows[t.id]]))
    own = rows[table.id]
    n = data.draw(st.sampled_from(range(len(own))))
    c = data.draw(st.sampled_from(range(len(own[n]))))
    match data.draw(st.sampled_from(["over", "beside", "lost", "between", "twice", "strange", "swapped"])):
        case "over":
            own[n][c] = mark
        case "beside":
            own[n][c] += mark
        case "lost":
            own[n] = [*own[n][:c], *own[n][c + 1 :], ""]
        case "between":
            own[n] = [*own[n][:c], mark, *own[n][c:]]
        case "twice":
            own.insert(n, list(own[n]))
        case "strange":
            own.insert(n, [mark if x == c else "" for x in range(len(own[n]))])
        case _:
            own[n].reverse()


def everything(found: Recognised) -> str:
    texts: list[str] = list(found.leftovers)
    for one in found.filings:
        texts += [r.message for r in one.repairs]
        texts += [t for row in one.filing.rows for t in row.cells.values()]
        texts += _texts(filing_json(FORM, one.filing)["sections"])
    return "\n".join(one_line(t) for t in texts)


def _texts(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    return [t for v in (data.values() if isinstance(data, dict) else data) for t in _texts(v)]


@given(filings(any_facts=True), st.data())
@settings(max_examples=80)
def test_no_cell_of_a_damaged_table_is_lost(filing: Filing, data: st.DataObject) -> None:
    rows = pages_of(filing)
    for n in range(data.draw(st.integers(1, 4))):
        damage(rows, data, f"污{n}迹")
    found = read_back(page(t, rows[t.id]) for t in TABLES)
    text = everything(found)
    cells = {one_line(t) for own in rows.values() for row in own for t in row[1:] if t}
    assert not {t for t in cells if t not in text and amount_json(t, "万元") not in text}
