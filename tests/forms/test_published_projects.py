"""The published tables of projects, in every file format, give what a careful person reads off them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfdesk.commands.files import together
from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.intake import take_in
from perfdesk.model.change import SetCell, apply
from perfdesk.model.filing import Filing
from perfdesk.recognise import Recognised, RecognisedFiling
from tests.making import as_read, catalog, counter, expected, plain, published

D = tuple(f"d{n:02}" for n in range(1, 24))
H = tuple(f"h{n:02}" for n in range(1, 11))
OFFICE = (
    *((f"office/d01-d23.{style}", name) for style in ("a.docx", "c.docx") for name in D),
    *((f"office/h01-h10.{style}", name) for style in ("a.docx", "c.docx", "d.xlsx") for name in H),
)
HANDAN = "text/handan-2022-department-budget.txt"
SHANHAIGUAN = "text/shanhaiguan-2021-goals-and-projects.txt"
TEXT = (*((HANDAN, name) for name in D), *((SHANHAIGUAN, name) for name in H))


@pytest.fixture(scope="module")
def taken(forms: Path) -> Callable[[str], Recognised]:
    known: dict[str, Recognised] = {}

    def take(file: str) -> Recognised:
        if file not in known:
            known[file] = take_in(read(forms / file), catalog(), counter())
        return known[file]

    return take


def projects(recognised: Recognised) -> list[RecognisedFiling]:
    return [one for one in recognised.filings if one.filing.form.endswith("/project-target")]


def of(taken: Callable[[str], Recognised], file: str, name: str) -> RecognisedFiling:
    return projects(taken(file))[(D if name in D else H).index(name)]


def wanted(forms: Path, name: str) -> dict[str, Any]:
    """What was read off: the goals of some are a list of their lines there, one text with lines here."""
    data = expected(forms, name)
    sections = plain(data["sections"])
    if isinstance(goals := sections["basic"]["goals"], list):
        sections["basic"]["goals"] = "\n".join(goals)
    same = {"form": data["form"], "title": data["title"], "year": data["year"], "unit": data["amount_unit"]}
    return same | {"unit_name": data["unit_name"], **sections}


def as_wanted(filing: Filing, want: dict[str, Any]) -> dict[str, Any]:
    """The same keys of the filing."""
    read_off: dict[str, Any] = as_read(filing) | {"unit_name": filing.unit_name}
    return {
        key: {k: value for k, value in read_off[key].items() if k in content}
        if key in ("basic", "budget", "plan")
        else read_off[key]
        for key, content in want.items()
    }


@pytest.mark.parametrize("file", sorted({file for file, _ in OFFICE}))
def test_every_table_of_an_office_file_is_a_project_and_nothing_is_left(
    file: str, taken: Callable[[str], Recognised]
) -> None:
    recognised = taken(file)
    assert len(projects(recognised)) == len(recognised.filings) == (23 if "d01" in file else 10)
    assert recognised.leftovers == ()


@pytest.mark.parametrize(("file", "name"), OFFICE)
def test_an_office_file_gives_every_field(
    file: str, name: str, forms: Path, taken: Callable[[str], Recognised]
) -> None:
    want = wanted(forms, name)
    one = of(taken, file, name)
    assert as_wanted(one.filing, want) == want
    amounts_share_a_cell = {("cell-parted", "budget/fiscal")} if name in H else set[tuple[str, str]]()
    assert {(r.code, r.where) for r in one.repairs} == {("year-taken", "basic"), *amounts_share_a_cell}


def folded(want: dict[str, Any]) -> dict[str, Any]:
    """The goals without the breaks of their lines and the converter's dashes: the text has lines where the other copy has blanks."""
    goals = " ".join(word for word in want["basic"]["goals"].split() if set(word) != {"-"})
    return want | {"basic": want["basic"] | {"goals": goals}}


@pytest.mark.parametrize(("file", "name"), TEXT)
def test_a_text_gives_every_field(
    file: str, name: str, forms: Path, taken: Callable[[str], Recognised]
) -> None:
    want = folded(wanted(forms, name))
    if file == HANDAN:
        del want["unit_name"]  # of the department whose budget the text is
    assert folded(as_wanted(of(taken, file, name).filing, want)) == want


def test_each_repair_of_the_text_is_listed(taken: Callable[[str], Recognised]) -> None:
    assert len(projects(taken(HANDAN))) == len(D)
    cut_header = {"d03", "d08", "d09", "d10", "d11", "d12", "d13", "d14", "d15", "d16", "d18", "d20"}
    told = {
        name: {(r.code, r.where) for r in of(taken, HANDAN, name).repairs} - {("year-taken", "basic")}
        for name in D
    }
    want: dict[str, set[tuple[str, str]]] = {name: set() for name in D}
    for name in cut_header:
        want[name].add(("header-repeated", "indicators"))
    for name in ("d07", "d12", "d23"):
        want[name].add(("cell-joined", "basic/goals"))
    for name in ("d12", "d16"):
        want[name].add(("markup-dropped", "basic/goals"))
    for name, number in {"d09": 7, "d10": 5, "d11": 2, "d13": 9}.items():
        want[name].add(("cell-joined", f"indicators/{number}"))
    assert told == want


def test_a_text_with_a_cell_a_line_is_rows(taken: Callable[[str], Recognised]) -> None:
    assert len(projects(taken(SHANHAIGUAN))) == len(H)
    told = {name: {(r.code, r.where) for r in of(taken, SHANHAIGUAN, name).repairs} for name in H}
    always = {("field-code-dropped", "title"), ("year-taken", "basic")}
    want = dict.fromkeys(H, always) | {"h07": always | {("cell-joined", "indicators/1")}}
    assert told == want


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_two_hundred_projects_of_one_file_come_back(ending: str, forms: Path, tmp_path: Path) -> None:
    ten = [published(forms, name) for name in H]
    many = [
        apply(filing, [SetCell("basic", "name", f"{filing.cell('basic/name')}之{turn}")])[0]
        for turn in range(20)
        for filing in ten
    ]
    file = tmp_path / f"many.{ending}"
    write(together(many, catalog()), file)
    recognised = take_in(read(file), catalog(), counter())
    assert [as_read(r.filing) for r in recognised.filings] == [as_read(f) for f in many]
    assert recognised.leftovers == ()


def test_what_was_read_off_is_a_filing_with_its_unit_and_all_lines_of_its_goals(forms: Path) -> None:
    filing = published(forms, "h03")
    assert filing.unit_name == expected(forms, "h03")["unit_name"]
    assert filing.cell("basic/goals").split("\n") == expected(forms, "h03")["sections"]["basic"]["goals"]


def test_a_row_of_cells_on_lines_of_their_own_may_be_cut_between_any_two_cells(
    forms: Path, tmp_path: Path
) -> None:
    text = (forms / SHANHAIGUAN).read_text(encoding="utf-8")
    start = text.index("1.大龙道")
    row = [
        "\t产出指标",
        "\t数量指标",
        "\t改造小区的数量",
        "\t改造小区的数量",
        "\t≥90百分比",
        "\t秦政办【2012】32号",
    ]
    whole = "\n".join(row)
    page = text[start : text.index("2.下属单位")]
    assert page.count(whole) == 1
    wanted = as_read(take_one(tmp_path, page))["indicators"]
    for cut in (3, 4, 5):
        halves = "\n".join(row[:cut]) + "\n\n\n" + "\n".join(row[cut:])
        assert as_read(take_one(tmp_path, page.replace(whole, halves)))["indicators"] == wanted


def take_one(folder: Path, text: str) -> Filing:
    file = folder / "页.txt"
    file.write_text(text, encoding="utf-8")
    (one,) = take_in(read(file), catalog(), counter()).filings
    return one.filing
