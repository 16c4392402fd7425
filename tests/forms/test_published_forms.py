"""The published forms, in every file format, give what a careful person reads off them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfdesk.check import check
from perfdesk.formats.read import read
from perfdesk.intake import take_in
from perfdesk.recognise import Recognised, RecognisedFiling
from tests.making import as_read, catalog, counter, expected, plain

OVERALL = ("j01", "z01", "z03", "z04", "z05", "z07", "z08")
OFFICE = tuple(f"{name}.{style}" for name in OVERALL for style in ("a.docx", "c.docx", "d.xlsx"))
SIX = "zhengzhou-2021-six-units.txt"
JINSHUI = "jinshui-2021-self-evaluation-report.txt"
JIULONG = "jiulong-2023-overall-target.txt"


@pytest.fixture(scope="module")
def taken(forms: Path) -> Callable[[str], Recognised]:
    known: dict[str, Recognised] = {}

    def take(file: str) -> Recognised:
        if file not in known:
            known[file] = take_in(read(forms / file), catalog(), counter())
        return known[file]

    return take


def wanted(forms: Path, name: str) -> dict[str, Any]:
    data = expected(forms, name)
    return {
        "form": data["form"],
        "title": data["title"],
        "year": data["year"],
        "unit": data["amount_unit"],
        **plain(data["sections"]),
    }


def of_unit(recognised: Recognised, unit: str) -> RecognisedFiling:
    return next(r for r in recognised.filings if r.filing.unit_name == unit)


@pytest.mark.parametrize("file", OFFICE)
def test_an_office_file_gives_every_field(file: str, forms: Path, taken: Callable[[str], Recognised]) -> None:
    recognised = taken(f"office/{file}")
    assert [as_read(r.filing) for r in recognised.filings] == [wanted(forms, file[:3])]
    assert recognised.filings[0].repairs == ()
    assert recognised.leftovers == ()


@pytest.mark.parametrize("name", [n for n in OVERALL if n.startswith("z")])
def test_the_scanned_text_of_six_units_gives_every_field(
    name: str, forms: Path, taken: Callable[[str], Recognised]
) -> None:
    recognised = taken(f"text/{SIX}")
    assert len(recognised.filings) == 6
    assert as_read(of_unit(recognised, expected(forms, name)["unit_name"]).filing) == wanted(forms, name)


def test_the_scanned_text_of_the_2023_form_gives_every_field(
    forms: Path, taken: Callable[[str], Recognised]
) -> None:
    assert [as_read(r.filing) for r in taken(f"text/{JIULONG}").filings] == [wanted(forms, "j01")]


def repairs(recognised: Recognised, forms: Path, name: str) -> set[tuple[str, str]]:
    one = of_unit(recognised, expected(forms, name)["unit_name"])
    return {(r.code, r.where.split("/")[0]) for r in one.repairs}


def test_each_repair_of_the_scan_is_listed(forms: Path, taken: Callable[[str], Recognised]) -> None:
    six, jiulong = taken(f"text/{SIX}"), taken(f"text/{JIULONG}")
    assert ("stamp-dropped", "basic") in repairs(six, forms, "z01")
    assert {("pages-out-of-order", "indicators"), ("parent-column", "indicators")} <= repairs(
        six, forms, "z03"
    )
    assert {
        ("row-repeated", "budget"),
        ("header-repeated", "indicators"),
        ("cell-shifted", "tasks"),
    } <= repairs(six, forms, "z04")
    assert repairs(six, forms, "z05") == {("header-repeated", "indicators")}
    assert {
        ("row-repeated", "budget"),
        ("parent-column", "indicators"),
        ("parent-restored", "indicators"),
    } <= repairs(six, forms, "z07")
    assert ("parent-column", "indicators") in repairs(six, forms, "z08")
    assert {
        ("parent-shifted", "indicators"),
        ("parent-restored", "indicators"),
        ("cell-shifted", "tasks"),
    } <= repairs(jiulong, forms, "j01")


def test_marks_of_the_scan_are_left_over_not_lost(taken: Callable[[str], Recognised]) -> None:
    leftovers = taken(f"text/{SIX}").leftovers
    assert "410109" in leftovers
    assert sum("扫描全能王" in text for text in leftovers) == 5


def test_the_table_inside_the_report_gives_every_field(taken: Callable[[str], Recognised]) -> None:
    (one,) = [r for r in taken(f"text/{JINSHUI}").filings if r.filing.form.endswith("/overall-target")]
    read_off = as_read(one.filing)
    assert read_off["form"] == "jinshui-2021/overall-target"
    assert read_off["year"] == 2021
    assert [str(v) for v in read_off["budget"].values()] == ["0", "6316.75", "0", "3104.99", "3211.76"]
    assert read_off["basic"]["goal"].splitlines()[0].startswith("目标1:1、完成2020年续建75个")
    assert len(read_off["basic"]["goal"].splitlines()) == 8
    (task,) = read_off["tasks"]
    assert task["name"] == "任务1"
    assert (
        task["content"].startswith("主要负责")
        and "盘活闲置安置房" in task["content"]
        and "<" not in task["content"]
    )
    rows = {r["level3"]: r for r in read_off["indicators"]}
    assert len(read_off["indicators"]) == 27
    assert rows["预算执行率"]["target"] == "≥85%" and rows["评价结果应用率"]["target"] == ">=95%"
    assert (
        rows["绩效监控完成率"]["level2"] == "绩效管理" and rows["绩效监控完成率"]["level1"] == "投入管理指标"
    )
    assert all(r["level1"] and r["level2"] and r["note"] for r in read_off["indicators"])


def grave(one: RecognisedFiling) -> set[tuple[str, str]]:
    findings = check(catalog().form(one.filing.form), one.filing)
    return {(f.where, f.title) for f in findings if f.severity == "error"}


def test_check_finds_what_is_wrong_and_nothing_else(forms: Path, taken: Callable[[str], Recognised]) -> None:
    six = taken(f"text/{SIX}")
    places = {
        n: sorted(w for w, _ in grave(of_unit(six, expected(forms, n)["unit_name"])))
        for n in OVERALL
        if n != "j01"
    }
    assert places == {
        "z01": [],
        "z03": ["budget/basic", "budget/fiscal", "budget/project", "budget/total"],
        "z04": [],
        "z05": ["indicators/12/level1", "indicators/20/level1", "indicators/4/level2"],
        "z07": [],
        "z08": ["indicators/14/level2", "indicators/27/level3", "indicators/27/target"],
    }
    assert grave(taken(f"text/{JIULONG}").filings[0]) == set()


def test_the_total_of_0_against_its_parts_is_one_error(taken: Callable[[str], Recognised]) -> None:
    (one,) = [r for r in taken(f"text/{JINSHUI}").filings if r.filing.form.endswith("/overall-target")]
    assert [w for w, _ in grave(one)] == ["budget/total"]
    (error,) = [f for f in check(catalog().form(one.filing.form), one.filing) if f.severity == "error"]
    assert "6,316.75" in error.message and "0.00" in error.message


@pytest.mark.parametrize(
    "file",
    [
        "text/handan-2022-department-budget.txt",
        "text/shanhaiguan-2021-goals-and-projects.txt",
        "office/d01-d23.a.docx",
        "office/h01-h10.d.xlsx",
        "office/handan-2022-budget.xlsx",
    ],
)
def test_other_documents_are_not_taken_for_an_overall_target(
    file: str, taken: Callable[[str], Recognised]
) -> None:
    recognised = taken(file)
    assert not any(one.filing.form.endswith("overall-target") for one in recognised.filings)
    assert recognised.filings or recognised.leftovers
