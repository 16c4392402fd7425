"""``perfdesk import`` of what is there already: the same is not taken in a second time, another is, and both are told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk.__main__ import main
from perfdesk.compose import compose
from perfdesk.export import export_set
from perfdesk.formats.write import write
from tests.making import catalog, published
from tests.ui.test_projects import FORM, project


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(list(argv))
    told = capsys.readouterr()
    return code, told.out, told.err


def ids(capsys: pytest.CaptureFixture[str]) -> list[int]:
    return [f["id"] for f in json.loads(said(capsys, "list", "--json")[1])["filings"]]


def test_the_same_file_again_adds_nothing_and_names_what_is_there(
    forms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(forms / "office" / "z04.c.docx")
    code, first, quiet = said(capsys, "import", file)
    assert (code, quiet) == (0, "")
    code, second, told = said(capsys, "import", file)
    assert (code, second) == (0, first)
    assert f"编号 {first.strip()}" in told and "--again" in told
    assert ids(capsys) == [int(first)]


def test_the_same_form_from_another_kind_of_file_is_the_same(
    forms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = said(capsys, "import", str(forms / "office" / "z04.c.docx"))[1]
    assert said(capsys, "import", str(forms / "office" / "z04.d.xlsx"))[1] == first
    assert ids(capsys) == [int(first)]


def test_again_adds_a_second_one(forms: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(forms / "office" / "z04.c.docx")
    first = said(capsys, "import", file)[1]
    code, second, told = said(capsys, "import", file, "--again")
    assert (code, told) == (0, "") and second != first
    assert ids(capsys) == [int(first), int(second)]


def test_another_content_is_added_and_told(
    forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filing = published(forms, "z04")
    first = said(capsys, "import", str(forms / "office" / "z04.c.docx"))[1]
    rows = tuple(r.with_cell("goal", "另一个目标") if r.id == "basic" else r for r in filing.rows)
    write(compose(catalog().form(filing.form), replace(filing, rows=rows)).document, tmp_path / "新.docx")
    code, second, told = said(capsys, "import", str(tmp_path / "新.docx"))
    assert code == 0 and second != first
    assert f"编号 {first.strip()}" in told and f"另存为编号 {second.strip()}" in told


def test_another_unit_or_year_has_its_own(forms: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(forms / "office" / "z04.c.docx")
    for also in ((), ("--unit", "示例市公园管理中心"), ("--year", "2030")):
        assert said(capsys, "import", file, *also)[2] == ""
    assert len(ids(capsys)) == 3


def test_of_a_file_of_many_only_what_is_new_comes_in_and_all_are_named_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = catalog().form(FORM)
    one, two = tmp_path / "一.docx", tmp_path / "二.docx"
    old = [project("道路工程", "1"), project("照明工程", "1")]
    export_set([(form, f) for f in old], one, draft=True)
    export_set([(form, project("绿化工程", "5")), *((form, f) for f in reversed(old))], two, draft=True)
    unit = ("--unit", "示例市公园管理中心", "--year", "2024", "--json")
    first = json.loads(said(capsys, "import", str(one), *unit)[1])["filings"]
    assert [f["there"] for f in first] == [False, False]
    second = json.loads(said(capsys, "import", str(two), *unit)[1])["filings"]
    assert [f["there"] for f in second] == [False, True, True]
    assert [f["id"] for f in second][1:] == [f["id"] for f in first][::-1]
    assert len(ids(capsys)) == 3


def test_two_that_are_alike_in_one_file_both_come_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "双.docx"
    export_set([(catalog().form(FORM), project("道路工程", "1"))] * 2, file, draft=True)
    unit = ("--unit", "示例市公园管理中心", "--year", "2024")
    assert len(said(capsys, "import", str(file), *unit)[1].split()) == 2
    assert len(set(said(capsys, "import", str(file), *unit)[1].split())) == 2
    assert len(ids(capsys)) == 2
