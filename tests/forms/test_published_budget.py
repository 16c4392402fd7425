"""The published department budget, from Word, Excel and the scanned text: every code, name and amount; what was mended is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.filing_json import filing_json, filings_from_json
from perfdesk.formats.read import read
from perfdesk.formats.write import write_bytes
from perfdesk.intake import take_in
from perfdesk.recognise import Recognised, RecognisedFiling
from perfdesk.recognise.budget import budgets
from perfdesk.recognise.lines import lines_of
from tests.making import catalog, counter

WORD, EXCEL = "office/handan-2022-budget.docx", "office/handan-2022-budget.xlsx"
TEXT = "text/handan-2022-department-budget.txt"
FILES = (WORD, EXCEL, TEXT)

CODED = {
    "收入总表": (1, "total subtotal fiscal special career business upper affiliated other carried"),
    "支出总表": (2, "total basic project business upward subsidy"),
    "一般公共预算财政拨款支出表": (4, "total basic project"),
    "一般公共预算财政拨款基本支出表": (5, "total personnel public"),
    "政府基金预算财政拨款支出表": (6, "total basic project"),
    "国有资本经营预算财政拨款支出表": (7, "total basic project"),
}
"""Table → its place in the document and its money columns from the left."""
LINES = {
    "收支总表": (0, "income income_amount expenditure expenditure_amount"),
    "财政拨款收支总表": (3, "income income_amount expenditure total general fund capital"),
    "财政拨款“三公”经费支出表": (8, "item total general fund capital"),
}


@pytest.fixture(scope="module")
def taken(forms: Path) -> Callable[[str], Recognised]:
    @cache
    def take(file: str) -> Recognised:
        return take_in(read(forms / file), catalog(), counter())

    return take


def budget(recognised: Recognised) -> RecognisedFiling:
    """The one budget of the file; the text holds forms of other kinds besides."""
    (one,) = [r for r in recognised.filings if r.filing.form == "handan-2022/department-budget"]
    return one


def sections(recognised: Recognised) -> dict[str, Any]:
    one = budget(recognised)
    return filing_json(catalog().form(one.filing.form), one.filing)["sections"]


# --- what the files say, read without any of our code -------------------------------------------------------------------


def word_rows(path: Path, table: int) -> list[list[str]]:
    return [[cell.text.strip() for cell in row.cells] for row in docx.Document(str(path)).tables[table].rows]


def excel_rows(path: Path, table: int) -> list[list[str]]:
    sheet = openpyxl.load_workbook(path).worksheets[table]
    return [["" if v is None else str(v).strip() for v in row] for row in sheet.iter_rows(values_only=True)]


def printed(forms: Path, file: str, table: int) -> list[list[str]]:
    rows = (word_rows if file == WORD else excel_rows)(forms / file, table)
    return [row[1:] for row in rows if row[0].isdecimal()]


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def coded_rows(forms: Path, file: str, table: str) -> list[tuple[str, str, list[Decimal | None]]]:
    return [(r[0], r[1], [number(t) for t in r[2:]]) for r in printed(forms, file, CODED[table][0])]


DOUBLED = "tables/收入总表/2120109/subtotal"
"""The scan has the last digit twice, once at the end of a page and once on the next; the office files have it glued to the number."""


def read_coded(found: dict[str, Any], table: str) -> list[tuple[str, str, list[Decimal | None]]]:
    columns = CODED[table][1].split()
    return [(r["code"], r["name"], [number(r[c]) for c in columns]) for r in found[table]["rows"]]


def amounts_or_words(texts: list[str], columns: list[str]) -> list[object]:
    labels = ("income", "expenditure", "item")
    return [t if c in labels else number(t) for t, c in zip(texts, columns, strict=True)]


# --- Word and Excel -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", [WORD, EXCEL])
@pytest.mark.parametrize("table", CODED)
def test_an_office_file_gives_every_code_name_and_amount(
    file: str, table: str, forms: Path, taken: Callable[[str], Recognised]
) -> None:
    wanted = coded_rows(forms, file, table)
    if table == DOUBLED.split("/")[1]:
        columns = CODED[table][1].split()
        (row,) = [amounts for code, _, amounts in wanted if code == "2120109"]
        assert row[columns.index("subtotal")] == Decimal("1069.155")
        row[columns.index("subtotal")] = Decimal("1069.15")
    assert read_coded(sections(taken(file)), table) == wanted


@pytest.mark.parametrize("file", [WORD, EXCEL])
@pytest.mark.parametrize("table", LINES)
def test_an_office_file_gives_every_line_and_amount(
    file: str, table: str, forms: Path, taken: Callable[[str], Recognised]
) -> None:
    place, names = LINES[table]
    columns = names.split()
    rows = [[r[c] for c in columns] for r in sections(taken(file))[table]["rows"]]
    assert [amounts_or_words(r, columns) for r in rows] == [
        amounts_or_words(r, columns) for r in printed(forms, file, place)
    ]


@pytest.mark.parametrize("file", FILES)
def test_the_tables_have_as_many_rows_as_the_document(file: str, taken: Callable[[str], Recognised]) -> None:
    found = sections(taken(file))
    assert [len(found[t]["rows"]) for t in CODED] == [26, 26, 24, 39, 3, 0]
    assert [len(found[t]["rows"]) for t in LINES] == [33, 36, 6]


@pytest.mark.parametrize("file", FILES)
def test_year_unit_and_code_are_read(file: str, taken: Callable[[str], Recognised]) -> None:
    one = budget(taken(file))
    assert (one.filing.form, one.filing.year, one.filing.amount_unit) == (
        "handan-2022/department-budget",
        2022,
        "",
    )
    assert (one.filing.unit_name, one.filing.cell("basic/unit_code")) == ("邯郸市住房保障和房产管理局", "502")


@pytest.mark.parametrize("file", [WORD, EXCEL])
def test_an_office_file_leaves_nothing_over(file: str, taken: Callable[[str], Recognised]) -> None:
    recognised = taken(file)
    assert recognised.leftovers == ()
    repairs = budget(recognised).repairs
    assert {r.code for r in repairs} == {"header-repeated", "number-mended", "digit-doubled"}
    assert [r.where for r in repairs if r.code == "digit-doubled"] == [DOUBLED]
    assert [r.where for r in repairs if r.code == "number-mended"] == [
        "tables/一般公共预算财政拨款支出表/22102"
    ]


@pytest.mark.parametrize("file", FILES)
def test_the_facts_behind_the_tables_are_found(file: str, taken: Callable[[str], Recognised]) -> None:
    facts = {r["code"]: r for r in sections(taken(file))["spending"]["rows"]}
    assert Decimal(facts["2120109"]["basic.general"]) == Decimal("1069.15")
    assert Decimal(facts["2120811"]["project.fund"]) == Decimal("32000")
    other = {f: Decimal(t) for f, t in facts["2120199"].items() if "." in f}
    assert other == {"project.general": Decimal("1768.61"), "project.other": Decimal("1550.98")}
    economic = {r["code"]: r for r in sections(taken(file))["economic"]["rows"]}
    assert Decimal(economic["30231"]["public.general"]) == Decimal("5.18")
    assert Decimal(economic["30399"]["personnel.general"]) == Decimal("1.37")


@pytest.mark.parametrize("file", FILES)
def test_only_what_is_printed_wrong_is_kept_beside_the_computed(
    file: str, taken: Callable[[str], Recognised]
) -> None:
    one = budget(taken(file))
    kept = {
        (section, row.get("row"), column, Decimal(text))
        for section in (*CODED, *LINES)
        for row in one.filing.section(section)
        for column, text in row.cells.items()
        if column != "row"
    }
    assert kept == {
        ("收入总表", "21201", "fiscal", Decimal("4388.74")),
        ("支出总表", "212", "total", Decimal("36382.67")),
        ("支出总表", "21201", "total", Decimal("4382.67")),
        ("支出总表", "2120199", "total", Decimal("3313.52")),
        ("支出总表", "22101", "total", Decimal("50026.51")),
    }


# --- the text -----------------------------------------------------------------------------------------------------------


def differing(forms: Path, found: dict[str, Any]) -> set[str]:
    """Paths of the cells in which the text's reading differs from the Word file."""
    paths: set[str] = set()
    for table, (_, names) in CODED.items():
        for (code, name, mine), (c, n, theirs) in zip(
            read_coded(found, table), coded_rows(forms, WORD, table), strict=True
        ):
            assert (code, name) == (c, n)
            for column, a, b in zip(names.split(), mine, theirs, strict=True):
                if a != b:
                    paths.add(f"tables/{table}/{code or 'total'}/{column}")
    return paths


def test_the_text_gives_the_same_but_for_what_is_told(
    forms: Path, taken: Callable[[str], Recognised]
) -> None:
    one = budget(taken(TEXT))
    told = {r.where for r in one.repairs}
    assert differing(forms, sections(taken(TEXT))) == {DOUBLED} <= told
    for table, (place, names) in LINES.items():
        columns = names.split()
        rows = [[r[c] for c in columns] for r in sections(taken(TEXT))[table]["rows"]]
        assert [amounts_or_words(r, columns) for r in rows] == [
            amounts_or_words(r, columns) for r in printed(forms, WORD, place)
        ]


def test_every_split_code_and_amount_of_the_text_is_told(
    forms: Path, taken: Callable[[str], Recognised]
) -> None:
    one = budget(taken(TEXT))
    text = (forms / TEXT).read_text(encoding="utf-8")
    lines = text[: text.index("情况说明\n\n按照")].split("\n")
    codes = {
        c.replace(" ", "") for line in lines for c in line.split("\t") if re.fullmatch(r"\d{5} \d{2}", c)
    }
    told = {r.where.split("/")[2] for r in one.repairs if r.code == "code-joined"}
    assert told == codes | {"2120109"}
    amounts = [c for line in lines for c in line.split("\t") if re.fullmatch(r"\d+\.\d? \d+", c)]
    joined = [r for r in one.repairs if r.code == "amount-joined"]
    assert len(joined) == len(amounts) + 1
    assert {f"“{a}”" for a in amounts} <= {m for r in joined for m in re.findall(r"“[^”]+”", r.message)}
    assert any("第 15 行" in r.message and r.where == "tables/收入总表/2120199/other" for r in joined)


def test_every_page_that_repeats_its_heading_is_told(taken: Callable[[str], Recognised]) -> None:
    one = budget(taken(TEXT))
    repeated = {r.where.split("/")[1] for r in one.repairs if r.code == "header-repeated"}
    assert repeated == {
        "收支总表",
        "收入总表",
        "支出总表",
        "财政拨款收支总表",
        "一般公共预算财政拨款支出表",
        "一般公共预算财政拨款基本支出表",
        "固定资产占用情况表",
    }


def test_purchases_and_assets_are_read(taken: Callable[[str], Recognised]) -> None:
    found = sections(taken(TEXT))
    assert [
        (r["project"], r["budget"], r["item"], r["catalog"], r["total"]) for r in found["procurement"]
    ] == [
        ("城关房管处办公楼维修经费", "128.21", "房屋修缮", "[B0801]", "128.21"),
        ("中华房产管理处办公楼及华润燃气维修经费", "255.00", "房屋修缮", "[B0801]", "255.00"),
    ]
    assert {k: v for k, v in found["assets"].items() if v} == {
        "total_value": "10154.9",
        "house_count": "20676.55",
        "house_value": "8632.39",
        "office_count": "20500.55",
        "office_value": "8606.43",
        "vehicle_count": "7",
        "vehicle_value": "202.84",
        "device_count": "2",
        "device_value": "233.11",
        "other_count": "1422",
        "other_value": "1086.56",
    }
    assert found["basic"]["asset_date"] == "2021-12-31"


CHAPTERS = {
    "opening": ("情况说明\n\n按照", "一、部门职责"),
    "duties": ("部门职责：", "机构设置："),
    "overview": ("二、部门预算安排的总体情况\n", "1、收入说明"),
    "income": ("1、收入说明", "2、支出说明"),
    "expenditure": ("2、支出说明", "3、比上年增减情况"),
    "change": ("3、比上年增减情况", "三、机关运行经费安排情况\n"),
    "operation": ("三、机关运行经费安排情况\n", "四、财政拨款“三公”经费预算情况及增减变化原因\n"),
    "sangong": ("四、财政拨款“三公”经费预算情况及增减变化原因\n", "五、预算绩效信息\n"),
    "terms": ("八、名词解释\n", "九、其他需要说明的事项\n"),
}


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_of_the_explanation_is_read_whole(
    name: str, forms: Path, taken: Callable[[str], Recognised]
) -> None:
    text = (forms / TEXT).read_text(encoding="utf-8")
    text = text[text.index("情况说明\n\n按照") :]
    begin, end = CHAPTERS[name]
    start = text.index(begin) + (len("情况说明\n\n") if name == "opening" else len(begin))
    raw = text[start : text.index(end, start)]
    wanted = [re.sub(r"^- ", "", line).replace("**", "").strip() for line in raw.splitlines() if line.strip()]
    found = sections(taken(TEXT))["explanation"][name].splitlines()
    assert len(found) == len(wanted)
    for line, printed_line in zip(found, wanted, strict=True):
        # Numbers that are the tables' own are bound to them; the words around them are the author's.
        around = [re.escape(part) for part in re.split(r"\{\{[^{}]+\}\}", line)]
        assert re.fullmatch(r"[\d.]+".join(around), printed_line)


def test_the_table_of_institutions_stays_readable(taken: Callable[[str], Recognised]) -> None:
    lines = sections(taken(TEXT))["explanation"]["institutions"].splitlines()
    assert lines[:2] == ["部门机构设置情况", "单位名称\t单位性质\t单位规格\t经费保障形式"]
    assert len(lines) == 10 and all(line.count("\t") == 3 for line in lines[1:])


def test_targets_and_projects_are_left_to_their_own_readers(forms: Path) -> None:
    lines = list(lines_of(read(forms / TEXT)))
    places = {line.text: n for n, line in enumerate(lines)}
    first = places["第一部分 部门整体绩效目标"]
    stop = places["六、政府采购预算情况"]
    claim = budgets(lines, tuple(catalog().forms.values()), counter())
    assert list(claim.rest) == lines[first:stop]
    assert claim.leftovers == ()


@pytest.mark.parametrize("file", [WORD, EXCEL])
def test_check_of_the_real_document_reports_what_is_printed_wrong(
    file: str, taken: Callable[[str], Recognised]
) -> None:
    one = budget(taken(file))
    errors = {f.where for f in check(catalog().form(one.filing.form), one.filing) if f.severity == "error"}
    assert {
        "tables/支出总表/total/total",
        "tables/支出总表/212/total",
        "tables/支出总表/21201/total",
        "tables/支出总表/2120199/total",
        "tables/支出总表/22101/total",
        "tables/支出总表/221/total",
        "tables/收入总表/21201/fiscal",
        "tables/收入总表/212/fiscal",
    } <= errors


@pytest.mark.parametrize("ending", ["docx", "xlsx", "text"])
def test_what_we_write_of_the_budget_is_read_back_and_nothing_is_left(
    ending: str, taken: Callable[[str], Recognised], tmp_path: Path
) -> None:
    """Contents, chapters, notes and empty tables are known again in our own layout."""
    one = budget(taken(WORD))
    form = catalog().form(one.filing.form)
    path = tmp_path / f"x.{ending.replace('text', 'txt')}"
    path.write_bytes(write_bytes(compose(form, one.filing).document, ending))
    again = take_in(read(path), catalog(), counter())
    assert again.leftovers == () and budget(again).repairs == ()
    before, after = sections(taken(WORD)), sections(again)
    assert {t: after[t] for t in (*CODED, *LINES)} == {t: before[t] for t in (*CODED, *LINES)}
    assert after["procurement"] == [] and after["explanation"] == before["explanation"]


# --- JSON ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_the_budget_comes_back_from_json(file: str, taken: Callable[[str], Recognised]) -> None:
    one = budget(taken(file))
    form = catalog().form(one.filing.form)
    data = filing_json(form, one.filing)
    (back,) = filings_from_json(data, catalog(), counter(), "x")
    assert filing_json(form, back) == data
    assert [(r.section, dict(r.cells)) for r in back.rows] == [
        (r.section, dict(r.cells)) for r in one.filing.rows
    ]


@pytest.mark.parametrize("file", [WORD, EXCEL])
def test_json_with_tables_alone_gives_the_facts(file: str, taken: Callable[[str], Recognised]) -> None:
    one = budget(taken(file))
    form = catalog().form(one.filing.form)
    data = filing_json(form, one.filing)
    facts = {name: data["sections"].pop(name) for name in ("spending", "economic")}
    (back,) = filings_from_json(data, catalog(), counter(), "x")
    again = filing_json(form, back)["sections"]
    assert {t: again[t] for t in (*CODED, *LINES)} == {t: data["sections"][t] for t in (*CODED, *LINES)}
    for name, rows in facts.items():
        amounts = [{c: Decimal(t) for c, t in r.items() if "." in c} for r in rows["rows"]]
        assert [{c: Decimal(t) for c, t in r.items() if "." in c} for r in again[name]["rows"]] == amounts
