"""A year with many projects: into the store, out as one document, contents that are right, everything read back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from perfdesk.__main__ import main
from perfdesk.catalog import new_filing
from perfdesk.formats.read import read
from perfdesk.intake import take_in
from perfdesk.model.filing import Filing, Row
from perfdesk.store import Store
from tests.making import as_read, catalog, counter

FORM = "hebei-2021/project-target"
COUNT = 200


def project(number: int) -> Filing:
    """Of one to three pages, all required cells filled."""
    form = catalog().form(FORM)
    made = new_filing(form, 2021, "某市某局", counter(f"p{number}-"))
    money = {"total": str(number * 1000), "fiscal": str(number * 1000)}
    cells = {
        "basic": {"unit_name": "某市某局", "code": f"{number:05d}", "name": f"改造工程{number}期", "goals": f"完成{number}期改造。"},
        "budget": money,
        "plan": {"march": "10", "june": "50", "october": "80", "december": "100"},
    }  # fmt: skip
    rows: list[Row] = []
    for row in made.rows:
        for column, text in cells.get(row.id, {}).items():
            row = row.with_cell(column, text)
        rows.append(row)
        if row.section == "indicators" and "level2" in row.cells:
            for n in range(1 + (number + len(rows)) % 3):
                own = {"level3": f"{row.get('level2')[:2]}完成率{n}", "description": "完成量占计划量的比例" * (1 + number % 4),
                       "target": f"≥{90 + n}%", "basis": "年度工作计划"}  # fmt: skip
                rows.append(Row(f"{number}-{len(rows)}", row.section, own, row.id))
    return replace(made, rows=tuple(rows))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with the projects of one year, the last of them put first."""
    folder = tmp_path_factory.mktemp("year")
    with Store.open(folder / "data") as store:
        made = store.add_all([project(n) for n in range(1, COUNT + 1)], "导入")
        store.office.put_in_order((made[-1], *made[:-1]))
    return folder


@pytest.fixture(scope="module")
def files(year: Path) -> dict[str, Path]:
    """The set in every format, made by the command."""
    made = {}
    for format in ("docx", "xlsx", "pdf"):
        made[format] = year / f"set.{format}"
        told = main(
            [
                "export",
                "--data",
                str(year / "data"),
                "--year",
                "2021",
                "--set",
                "--draft",
                "--to",
                str(made[format]),
            ]
        )
        assert told == 0
    return made


def names() -> list[str]:
    return [f"改造工程{n}期" for n in (COUNT, *range(1, COUNT))]


def pages(pdf: Path) -> list[str]:
    """Lines without blanks."""
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return ["\n".join("".join(line.split()) for line in text.splitlines()) for text in texts]


def test_the_contents_name_the_page_on_which_each_project_begins(files: dict[str, Path]) -> None:
    texts = pages(files["pdf"])
    wanted = [f"{n}、{name}绩效目标表" for n, name in enumerate(names(), 1)]
    contents = {
        title: int(page)
        for text in texts
        for title, page in re.findall(r"(\d+、改造工程\d+期绩效目标表)[.…·]{2,}(\d+)", text)
    }
    assert sorted(contents) == sorted(wanted)
    numbered = {int(m[1]): text for text in texts if (m := re.search(r"—(\d+)—$", text))}
    for title in wanted:
        page = numbered[contents[title]]
        assert title in page
        assert contents[title] == 1 or page.replace("草稿\n", "").startswith(title)


def test_bookmarks_lead_to_every_project(files: dict[str, Path]) -> None:
    outline = [item.get_title() for item in pypdfium2.PdfDocument(files["pdf"]).get_toc()]
    assert [t for t in outline if "、" in t] == [
        f"{n}、{name}绩效目标表" for n, name in enumerate(names(), 1)
    ]


def test_the_excel_file_has_a_sheet_for_each_project(files: dict[str, Path]) -> None:
    sheets = openpyxl.load_workbook(files["xlsx"], read_only=True).sheetnames
    assert [s for s in sheets if "、" in s] == [f"{n}、{name}" for n, name in enumerate(names(), 1)]


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_everything_is_read_back_in_its_order(files: dict[str, Path], format: str) -> None:
    found = take_in(read(files[format]), catalog(), counter()).filings
    by_name = {project(n).cell("basic/name"): as_read(project(n)) for n in range(1, COUNT + 1)}
    assert [one.filing.cell("basic/name") for one in found] == names()
    for one in found:
        mine, theirs = as_read(one.filing), by_name[one.filing.cell("basic/name")]
        assert mine["form"] == theirs["form"]
        for section in ("basic", "budget", "plan", "indicators"):
            assert mine[section] == theirs[section]
        # The tables print no year: the cover tells it.
        assert one.filing.year == 2021
        assert [r.code for r in one.repairs] == ["year-taken"]


def test_a_folder_gets_one_file_for_each_project(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = main(
        [
            "export",
            "--data",
            str(year / "data"),
            "--json",
            "--year",
            "2021",
            "--draft",
            "--to",
            str(year / "each"),
        ]
    )
    written = json.loads(capsys.readouterr().out)["files"]
    assert told == 0
    assert len(set(written)) == COUNT == len(list((year / "each").iterdir()))
    assert all(any(name in file for file in written) for name in names())


def test_a_set_with_errors_is_written_as_a_draft_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(tmp_path / "data") as store:
        store.add(project(1), "导入")
        store.add(new_filing(catalog().form(FORM), 2021, "某市某局", counter()), "新建")
    command = [
        "export",
        "--data",
        str(tmp_path / "data"),
        "--year",
        "2021",
        "--set",
        "--to",
        str(tmp_path / "set.pdf"),
    ]
    assert main(command) == 3
    assert "草稿" in capsys.readouterr().err
    assert not (tmp_path / "set.pdf").exists()
    assert main([*command, "--draft"]) == 0
    assert any("草稿" in text for text in pages(tmp_path / "set.pdf"))


def test_check_list_and_show_tell_what_the_forms_of_a_year_say_differently(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "data"), "--json"]
    with Store.open(tmp_path / "data") as store:
        first, second = store.add_all([project(1), project(1)], "导入")
        (alone,) = store.add_all([replace(project(1), year=2022)], "导入")

    def told(*command: str) -> dict[str, list[dict[str, object]]]:
        main([*command, *data])
        return json.loads(capsys.readouterr().out)

    found = {f["id"]: [x["code"] for x in f["findings"]] for f in told("check")["filings"]}  # type: ignore[attr-defined]
    assert {number for number, codes in found.items() if "project-twice" in codes} == {second}
    warnings = {f["id"]: f["warnings"] for f in told("list")["filings"]}
    assert warnings[first] == warnings[alone] < warnings[second]  # type: ignore[operator]
    assert "project-twice" in {f["code"] for f in told("show", str(second))["findings"]}
