"""``compare``: two filings, two states of one, printed against computed; said, as JSON, or as a list in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfdesk.__main__ import main
from perfdesk.model.change import SetCell, Step
from perfdesk.store import Store
from tests.rules.filings import change, honest


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Number 1 as it is, number 2 with another goal, which was typed in one step."""
    with Store.open(tmp_path) as store:
        store.add(honest(), "导入")
        two = store.add(change(honest(), SetCell("budget", "total", "100")), "导入")
        store.apply(two, Step("修改", (SetCell("basic", "goal", "新的目标"),)))
    return tmp_path


def told(data: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, str]]:
    capsys.readouterr()
    assert main(["--data", str(data), "--json", "compare", *arguments]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    return [(x["where"], x["left"], x["right"]) for x in lines]


def test_two_filings(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goal = honest().cell("basic/goal")
    wanted = [("年度履职目标", goal, "新的目标"), ("预算总额", "100.5", "100")]
    assert told(data, capsys, "1", "2") == wanted
    assert len(told(data, capsys, "1", "2", "--all")) > 40


def test_two_states_of_one(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(data, capsys, "2", "--step", "1") == [
        ("年度履职目标", honest().cell("basic/goal"), "新的目标")
    ]
    assert told(data, capsys, "2", "--step", "2") == []


def test_printed_against_computed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {(left, right) for _, left, right in told(data, capsys, "2", "--printed")} == {("100", "100.5")}


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
def test_the_list_is_written(data: Path, ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"list.{ending}"
    assert main(["--data", str(data), "compare", "1", "2", "--to", str(out)]) == 0
    assert out.stat().st_size > 1000


def test_what_to_compare_with_must_be_said(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data), "compare", "1"]) == 3
    assert main(["--data", str(data), "compare", "1", "2", "--printed"]) == 3
    assert main(["--data", str(data), "compare", "2", "--step", "9"]) == 3
    assert "第 9 步" in capsys.readouterr().err
