"""Goals in lines of ``perfdesk apply``, in JSON, and in form files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from perfdesk import paths
from perfdesk.catalog import load
from perfdesk.errors import ChangeRefused, FormError
from perfdesk.filing_json import filing_json, filings_from_json
from perfdesk.model.change import MoveRow, apply
from perfdesk.model.filing import Filing
from perfdesk.step_lines import step_from_json
from tests.making import catalog, counter
from tests.targets.test_rules import GOOD

FORM = catalog().form("hebei-2021/department-targets")


@pytest.fixture
def filing() -> Filing:
    (filing,) = filings_from_json(GOOD, catalog(), counter(), "x")
    return filing


def after(filing: Filing, *lines: Any) -> Filing:
    for n, line in enumerate(lines):
        filing, _ = apply(filing, step_from_json(FORM, filing, line, counter(f"n{n}-")).changes)
    return filing


def names(filing: Filing) -> list[tuple[str, list[str]]]:
    data = filing_json(FORM, filing)["sections"]["goals"]
    return [(g["name"], [i["name"] for i in g["indicators"]]) for g in data]


def test_a_cell_is_named_as_findings_name_it(filing: Filing) -> None:
    changed = after(
        filing,
        {"set": "goals/1/2/target", "to": "≤2次"},
        {"set": "goals/2/goal", "to": "都能共享"},
        {"set": "measures/1/text", "to": "多培训。"},
    )
    sections = filing_json(FORM, changed)["sections"]
    assert sections["goals"][0]["indicators"][1]["target"]["text"] == "≤2次"
    assert sections["goals"][1]["goal"] == "都能共享"
    assert sections["measures"] == [{"text": "多培训。"}]


def test_goals_and_indicators_are_inserted_moved_and_removed(filing: Filing) -> None:
    more = after(
        filing,
        {"insert": "goals", "after": "goals/2", "values": {"level1": "安全", "goal": "不出事"}},
        {"insert": "goals", "under": "goals/3", "values": {"level2": "事故数", "target": "=0起"}},
    )
    assert names(more)[2] == ("安全", ["事故数"])
    moved = after(more, {"move": "goals/3/1", "under": "goals/1", "after": "goals/1/1"})
    assert names(moved)[0] == ("系统运行", ["可用率", "事故数", "故障数"])
    gone = after(moved, {"remove": "goals/1"})
    assert names(gone) == [("数据共享", ["共享率"]), ("安全", [])]


def test_an_indicator_with_its_goals_name_finds_its_goal_or_makes_it(filing: Filing) -> None:
    more = after(
        filing,
        {"insert": "goals", "values": {"level1": "数据共享", "level2": "接口数"}},
        {"insert": "goals", "values": {"level1": "安全", "level2": "事故数"}},
    )
    assert names(more)[1:] == [("数据共享", ["共享率", "接口数"]), ("安全", ["事故数"])]


@pytest.mark.parametrize(
    "line",
    [
        {"set": "goals/1/target", "to": "≥1"},
        {"set": "goals/1/1/goal", "to": "x"},
        {"set": "goals/3/goal", "to": "x"},
        {"set": "goals/1/3/target", "to": "x"},
        {"insert": "goals", "under": "goals/1/1", "values": {"level2": "x"}},
        {"insert": "goals", "values": {"level1": "x", "target": "≥1"}},
        {"insert": "goals", "values": {"nothing": "x"}},
        {"move": "goals/1", "under": "goals/2"},
        {"move": "goals/1/1", "under": "measures/1"},
    ],
)
def test_what_goals_cannot_hold_is_refused(filing: Filing, line: dict[str, Any]) -> None:
    with pytest.raises(ChangeRefused):
        after(filing, line)


def test_an_indicator_cannot_become_a_goal_by_moving(filing: Filing) -> None:
    indicator = filing.children("goals", filing.children("goals", None)[0].id)[0]
    with pytest.raises(ChangeRefused):
        apply(filing, (MoveRow(indicator.id, None, None),))


def test_json_is_read_as_it_was_written(filing: Filing) -> None:
    data = json.loads(json.dumps(filing_json(FORM, filing)))
    (back,) = filings_from_json(data, catalog(), counter(), "x")
    assert filing_json(FORM, back) == data
    assert [(r.section, dict(r.cells)) for r in back.rows] == [
        (r.section, dict(r.cells)) for r in filing.rows
    ]


def test_json_with_ids_names_every_row(filing: Filing) -> None:
    data = filing_json(FORM, filing, ids=True)["sections"]["goals"]
    ids = [i for g in data for i in (g["id"], *(x["id"] for x in g["indicators"]))]
    assert ids == [r.id for r in filing.section("goals")]


# --- form files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('running = ["一、", "（一）"]', 'running = ["一、"]', "paper.running：应为标题和条目的两种编号"),
        ('running = ["一、", "（一）"]', 'running = ["一、", "a)"]', "paper.running：应为标题和条目的两种编号"),
        ('id = "description"', 'id = "note"', "sections[2].fields：goals 的各列应为"),
        ('kind = "list"', 'kind = "goals"', "sections：至多有一个 tree 或 goals 部分"),
        ("{unit_name}", "", "paper.unit_line：应含 {unit_name}"),
        ("[paper]", "[paper]\nwidths = [170]", "paper.widths：不认识的键"),
        ('fields = [{ id = "text"', 'fields = [{ id = "head", label = "标题" }, { id = "text"', "“measures”只能有一栏"),
    ],
)  # fmt: skip
def test_mistakes_of_a_form_of_running_text_are_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(paths.templates(), tmp_path / "templates"))
    path = folder / "forms" / "hebei-2021" / "department-targets.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FormError) as caught:
        load(folder)
    assert any(told in problem for problem in caught.value.problems), caught.value.problems
