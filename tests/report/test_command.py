"""``perfdesk report``: the report of a unit's year in one step from what is stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document

from perfdesk.__main__ import main
from perfdesk.catalog import new_filing
from perfdesk.model.change import SetCell, apply
from perfdesk.sample import install
from perfdesk.store import Store
from tests.making import catalog
from tests.report.made import YEARS, evaluated, report, targets


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The sample's three years of targets with their self-evaluations."""
    with Store.open(tmp_path / "data") as store:
        for year in YEARS:
            store.add(targets()[year], "示例")
            store.add(evaluated(year), "自评")
    return tmp_path / "data"


def run(data: Path, *arguments: str) -> int:
    return main([*arguments, "--data", str(data), "--json"])


def ids(data: Path, capsys: pytest.CaptureFixture[str]) -> dict[tuple[int, str], int]:
    capsys.readouterr()
    assert run(data, "list") == 0
    rows = json.loads(capsys.readouterr().out)["filings"]
    return {(r["year"], r["form"].rpartition("/")[2]): r["id"] for r in rows}


def read(path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    main(["read", str(path), "--json"])
    return json.loads(capsys.readouterr().out)["files"][0]["filings"]


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_report_is_made_of_the_self_evaluation_and_read_back(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    number = ids(data, capsys)[2023, "self-evaluation"]
    target = tmp_path / f"报告.{ending}"
    assert run(data, "report", str(number), "--to", str(target)) == 0
    kinds = [str(f["form"]).rpartition("/")[2] for f in read(target, capsys)]
    assert kinds == ["self-evaluation-report", "overall-target"]
    assert (2023, "self-evaluation-report") not in ids(data, capsys)


def test_a_year_is_enough_and_a_stored_report_is_the_one_that_is_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, _ = apply(report(2021), (SetCell("texts", "others", "自己写的话，总分 {{总分}}。"),))
    with Store.open(data) as store:
        store.add(own, "报告")
    for what in (["--year", "2021"], [str(ids(data, capsys)[2021, "self-evaluation"])]):
        target = tmp_path / "报告.docx"
        assert run(data, "report", *what, "--to", str(target)) == 0
        (filing,) = [f for f in read(target, capsys) if str(f["form"]).endswith("report")]
        texts = filing["sections"]["texts"]  # type: ignore[index]
        assert texts["others"] == "自己写的话，总分 93.24。"


def test_what_is_shown_and_checked_of_a_stored_report_stands_beside_its_year(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, _ = apply(report(2021), (SetCell("texts", "money", "预算执行率 98%。"),))
    with Store.open(data) as store:
        store.add(own, "报告")
    number = ids(data, capsys)[2021, "self-evaluation-report"]
    assert run(data, "show", str(number)) == 0
    shown = json.loads(capsys.readouterr().out)
    assert "93.24 分" in shown["sections"]["texts"]["conclusion"]
    assert "{{总分}}" in shown["written"]["texts/conclusion"]
    assert [f["code"] for f in shown["findings"]] == ["report-text"]
    assert run(data, "report", str(number), "--to", "x.docx") == 3
    assert "错误" in capsys.readouterr().err


def test_a_target_form_alone_is_no_report(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = ids(data, capsys)[2021, "overall-target"]
    assert run(data, "report", str(number), "--to", "x.docx") == 3


def test_a_projects_self_evaluation_makes_no_report_of_the_department(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = catalog().form("national-2020/self-evaluation")
    with Store.open(data) as store:
        number = store.add(new_filing(form, 2023, targets()[2023].unit_name, store.new_id), "项目")
    assert run(data, "report", str(number), "--to", "x.docx") == 3
    assert "项目的自评表" in capsys.readouterr().err


def test_of_several_units_one_has_to_be_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, _ = apply(evaluated(2023), (SetCell("basic", "unit_name", "白石区养老服务中心"),))
    with Store.open(data) as store:
        store.add(other, "另一个单位")
    assert run(data, "report", "--year", "2023", "--to", "x.docx") == 3
    told = capsys.readouterr().err
    assert other.unit_name in told and targets()[2023].unit_name in told
    assert run(data, "report", "--year", "2021", "--to", str(data / "x.docx")) == 0


def test_the_sample_units_report_is_made_in_one_step_from_its_three_years(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Totals of three years, execution by quarter, no word of another year; read back it says the same."""
    with Store.open(tmp_path / "data") as store:
        install(store, catalog(), store.new_id)
    scores = ids(tmp_path / "data", capsys)
    target = tmp_path / "报告.docx"
    assert run(tmp_path / "data", "report", "--year", "2023", "--to", str(target)) == 0
    (read_back,) = [f for f in read(target, capsys) if str(f["form"]).endswith("report")]
    assert run(tmp_path / "data", "score", str(scores[2023, "self-evaluation"])) == 0
    total = json.loads(capsys.readouterr().out)
    sections = read_back["sections"]
    assert isinstance(sections, dict)
    assert sections["result"]["total"] in json.dumps(total)
    assert read_back["findings"] == []
    text = Document(str(target)).element.xml
    assert text.count('descr="') == 3
    assert "历年总分；总分；2021年，89.00；2022年" in text


def test_a_target_form_that_the_report_shows_is_not_printed_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(tmp_path / "data") as store:
        install(store, catalog(), store.new_id)
    first, second = tmp_path / "一.docx", tmp_path / "二.docx"
    assert run(tmp_path / "data", "report", "--year", "2021", "--to", str(first)) == 0
    assert main(["convert", str(first), str(second)]) == 0
    kinds = [str(f["form"]).rpartition("/")[2] for f in read(second, capsys)]
    assert kinds == ["self-evaluation-report", "overall-target"]
