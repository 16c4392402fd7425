"""``check``: against last year, with explanations, as a document."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from perfdesk.__main__ import main
from perfdesk.catalog import new_filing
from perfdesk.check import check
from perfdesk.explained import finding_key
from perfdesk.formats.child import read_file
from perfdesk.model.change import SetCell, Step, apply
from perfdesk.store import Store
from tests.making import catalog
from tests.rules import filings as f


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two years of a unit; this year's satisfaction is lower than last year's, and a rate's sign can never be missed."""
    last, this = f.honest(), f.honest()
    this = f.change(this, SetCell(f.leaf_id(this, "游客满意度"), "target", "≥80%"))
    this = f.change(this, SetCell(f.leaf_id(this, "绩效监控完成率"), "target", "≤100%"))
    with Store.open(tmp_path / "data") as store:
        store.add(replace(last, year=2021), "导入")
        filing_id = store.add(replace(this, year=2022), "导入")
        stored = store.filing(filing_id)
        (finding,) = [x for x in check(f.form(), stored) if x.code == "always-met"]
        store.office.explain(filing_id, finding_key(stored, finding), "财政局要求这样写")
    return tmp_path / "data"


def said(capsys: Any, *args: str) -> Any:
    assert main([*args, "--json"]) == 0
    return json.loads(capsys.readouterr().out)["filings"]


def test_projects_of_a_unit_are_told_apart_by_their_names(tmp_path: Path, capsys: Any) -> None:
    form = catalog().form("national-2021/project-target")
    with Store.open(tmp_path / "data") as store:
        for name in ("道路养护", "档案数字化"):
            filing = apply(new_filing(form, 2022, "某局", store.new_id), (SetCell("basic", "name", name),))[0]
            store.add(filing, "新建")
    for command in ("list", "check"):
        main([command, "--data", str(tmp_path / "data")])
        lines = capsys.readouterr().out.splitlines()
        assert [sum(name in line for line in lines) for name in ("道路养护", "档案数字化")] == [1, 1], command


def test_a_year_without_filings_is_told(data: Path, capsys: Any) -> None:
    assert main(["check", "--year", "2031", "--data", str(data)]) == 0
    assert "2031 年度没有填报" in capsys.readouterr().err


def test_this_year_is_checked_against_the_last_and_what_is_explained_is_told_apart(
    data: Path, capsys: Any
) -> None:
    (one,) = said(capsys, "check", "--year", "2022", "--data", str(data))
    assert [x["code"] for x in one["findings"]] == ["lower-than-last-year"]
    assert [(x["code"], x["explanation"]) for x in one["explained"]] == [("always-met", "财政局要求这样写")]


def test_the_first_year_has_nothing_to_be_compared_with(data: Path, capsys: Any) -> None:
    (one,) = said(capsys, "check", "--year", "2021", "--data", str(data))
    assert one["findings"] == []


def test_the_findings_are_written_as_a_document(data: Path, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "审核结果.docx"
    assert main(["check", "--year", "2022", "--data", str(data), "--to", str(path)]) == 0
    (table,) = read_file(path).tables
    texts = [str(c.value) for c in table.cells]
    assert "财政局要求这样写" in texts and any(t.startswith("指标值低于上年：") for t in texts)


def test_a_check_is_switched_off_with_a_reason_and_on_again(data: Path, capsys: Any) -> None:
    store = ["--data", str(data)]
    assert main(["check", "--off", "lower-than-last-year", *store]) == 2
    assert main(["check", "--off", "no-such-check", "--reason", "x", *store]) == 2
    assert main(["check", "--off", "lower-than-last-year", "--reason", "今年机构调整", *store]) == 0
    capsys.readouterr()
    (one,) = said(capsys, "check", "--year", "2022", *store)
    assert one["findings"] == []
    assert main(["check", "--on", "lower-than-last-year", *store]) == 0
    capsys.readouterr()
    (one,) = said(capsys, "check", "--year", "2022", *store)
    assert [x["code"] for x in one["findings"]] == ["lower-than-last-year"]


def test_an_error_that_is_switched_off_stops_no_official_export(data: Path, tmp_path: Path) -> None:
    with Store.open(data) as store:
        (info,) = store.filings(2022)
        filing = store.filing(info.id)
        store.apply(info.id, Step("改", (SetCell(f.leaf_id(filing, "养护公园数量"), "target", "≥"),)))
    out = ["export", str(info.id), "--to", str(tmp_path / "x.docx"), "--data", str(data)]
    assert main(out) == 3
    assert main(["check", "--off", "bare-sign", "--reason", "财政局要求留空", "--data", str(data)]) == 0
    assert main(out) == 0


def test_another_units_name_is_told_where_the_store_knows_that_unit(data: Path, capsys: Any) -> None:
    with Store.open(data) as store:
        other = f.change(f.honest(), SetCell("basic", "unit_name", "示例市供水管理中心"))
        store.add(replace(other, year=2022), "导入")
        (info,) = (i for i in store.filings(2022) if i.unit_name == "示例市公园管理中心")
        store.apply(
            info.id, Step("改", (SetCell("basic", "goal", "示例市供水管理中心做好供水，管好公园。"),))
        )
    assert main(["check", "--year", "2022", "--data", str(data), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)["filings"]
    assert "name-of-another-unit" in {x["code"] for one in report for x in one["findings"]}
