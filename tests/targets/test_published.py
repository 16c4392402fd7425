"""The department parts of two published documents, read from their texts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from perfdesk.filing_json import filing_json
from perfdesk.formats.child import read_file
from perfdesk.recognise import Recognised, RecognisedFiling, recognise
from tests.making import as_read, catalog, counter

TAKEN = ("year-taken", "unit-taken")
"""From other forms of the file."""
FIRST, SECOND = "shanhaiguan-2021-goals-and-projects.txt", "handan-2022-department-budget.txt"


@cache
def taken(path: Path) -> Recognised:
    return recognise(read_file(path), catalog(), counter())


def part(forms: Path, name: str) -> RecognisedFiling:
    (one,) = [
        r for r in taken(forms / "text" / name).filings if r.filing.form.endswith("/department-targets")
    ]
    return one


def lines(forms: Path, name: str, first: str, last: str) -> list[str]:
    """The lines of the file from the one that begins so up to the one that begins so."""
    text = (forms / "text" / name).read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(text) if line.strip().startswith(first))
    end = next(n for n, line in enumerate(text) if n > at and line.strip().startswith(last))
    return [line.strip() for line in text[at:end] if line.strip()]


def test_every_goal_and_indicator_of_the_first_text_is_read(forms: Path) -> None:
    one = part(forms, FIRST)
    printed = lines(forms, FIRST, "二、分项绩效目标", "三、工作保障措施")
    names = [re.sub(r"^（.{1,3}）", "", x) for x in printed if re.match(r"（[一二三四五六七八九十]+）", x)]
    goals = [x.removeprefix("绩效目标：") for x in printed if x.startswith("绩效目标：")]
    indicators = [re.split("[①②③]", x)[1:] for x in printed if x.startswith("绩效指标：")]
    found = filing_json(catalog().form(one.filing.form), one.filing)["sections"]["goals"]
    assert one.filing.form == "hebei-2021/department-targets"
    assert len(found) == 15
    assert [g["name"] for g in found] == names
    assert [g["goal"] for g in found] == goals
    assert [len(g["indicators"]) for g in found] == [3] * 15
    for goal, wanted in zip(found, indicators, strict=True):
        for indicator, text in zip(goal["indicators"], wanted, strict=True):
            name, _, rest = text.partition("：")
            description, _, target = re.sub("，指标值|,指标值", "|", rest).rstrip("。").partition("|")
            assert (indicator["name"], indicator["description"]) == (name, description.strip())
            assert indicator["target"]["text"] == target


def test_text_and_measures_of_the_first_text_are_read_whole(forms: Path) -> None:
    filing = part(forms, FIRST).filing
    assert [filing.cell("basic/goal")] == lines(forms, FIRST, "一、总体绩效目标", "二、分项绩效目标")[1:]
    printed = lines(forms, FIRST, "三、工作保障措施", "第二部分")[1:]
    assert [r.get("text") for r in filing.section("measures")] == [re.sub(r"^（.）", "", x) for x in printed]
    assert len(printed) == 9


def test_field_codes_are_dropped_and_listed(forms: Path) -> None:
    one = part(forms, FIRST)
    assert {(r.code, r.where) for r in one.repairs if r.code not in TAKEN} == {
        ("field-code-dropped", section) for section in ("basic", "goals", "measures")
    }


def test_nothing_of_the_department_part_is_left_over_and_nothing_of_the_next_part_taken(forms: Path) -> None:
    left = "\n".join(taken(forms / "text" / FIRST).leftovers)
    assert "绩效指标：" not in left
    assert "第一部分" not in left
    filing = part(forms, FIRST).filing
    assert not any("绩效目标表" in text for row in filing.rows for text in row.cells.values())


def test_the_second_text_has_another_numbering_and_pages_that_cut_sentences(forms: Path) -> None:
    one = part(forms, SECOND)
    printed = lines(forms, SECOND, "（二）分项绩效目标", "第二部分 专项资金")
    names = [m[1] for x in printed if (m := re.match(r"\d+、(.*)。$", x))]
    goals = one.filing.children("goals", None)
    assert one.filing.form == "hebei-2022/department-targets"
    assert [r.get("level1") for r in goals] == names
    assert len(names) == 12
    printed_text = "".join(x for x in printed[1:] if not re.match(r"\d+、.*。$", x)).replace("**", "")
    assert "".join(f"绩效目标：{r.get('goal')}" for r in goals) == printed_text
    assert not any("\n" in r.get("goal") for r in goals)
    assert {(r.code, r.where) for r in one.repairs if r.code not in TAKEN} == {
        ("markup-dropped", "basic/goal"),
        ("markup-dropped", "goals/2/goal"),
        ("cell-joined", "goals/3/goal"),
        ("cell-joined", "goals/8/goal"),
    }


def test_paragraphs_of_the_second_text_stay_paragraphs(forms: Path) -> None:
    printed = lines(forms, SECOND, "（一）总体绩效目标", "（二）分项绩效目标")[1:]
    assert part(forms, SECOND).filing.cell("basic/goal").split("\n") == [x.replace("**", "") for x in printed]


@pytest.mark.parametrize("name", [FIRST, SECOND])
@pytest.mark.parametrize("ending", ["docx", "xlsx", "text"])
def test_it_comes_back_from_our_own_files(name: str, ending: str, forms: Path, tmp_path: Path) -> None:
    from perfdesk.compose import compose
    from perfdesk.formats.write import write_bytes

    filing = part(forms, name).filing
    path = tmp_path / f"x.{'txt' if ending == 'text' else ending}"
    path.write_bytes(write_bytes(compose(catalog().form(filing.form), filing).document, ending))  # type: ignore[arg-type]
    found = recognise(read_file(path), catalog(), counter())
    assert [as_read(r.filing) for r in found.filings] == [as_read(filing)]
    assert (found.filings[0].repairs, found.leftovers) == ((), ())


@pytest.mark.parametrize(
    ("name", "unit"),
    [(FIRST, "335001山海关区住房保障和房产管理局本级"), (SECOND, "邯郸市住房保障和房产管理局")],
)
def test_the_unit_is_taken_from_the_tables_of_the_file_and_told(name: str, unit: str, forms: Path) -> None:
    one = part(forms, name)
    assert one.filing.unit_name == unit
    assert ("unit-taken", "basic/unit_name") in {(r.code, r.where) for r in one.repairs}
