"""Mappings between editions: the shipped ones are whole, and a wrong file tells all its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.errors import FormError
from perfdesk.mapping_files import load, own_mappings, read_mapping
from tests.making import catalog

PLACE = "zhengzhou-2023/overall-target.zhengzhou-2021.toml"
GOOD = """
format = 1
from = "zhengzhou-2021/overall-target"
to = "zhengzhou-2023/overall-target"
cells = [{ from = "budget/other", to = ["budget/unit_funds"] }]
"""


def problems(tmp_path: Path, text: str, place: str = PLACE) -> tuple[str, ...]:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormError) as caught:
        read_mapping(path, catalog())
    return caught.value.problems


def test_the_shipped_mappings_join_editions_of_one_kind() -> None:
    found = load(catalog())
    assert ("zhengzhou-2021/overall-target", "zhengzhou-2023/overall-target") in found
    assert ("national-2015/project-target", "national-2021/project-target") in found
    assert all(a.partition("/")[2] == b.partition("/")[2] for a, b in found)


def test_a_folder_of_the_users_own_wins(tmp_path: Path) -> None:
    path = own_mappings(tmp_path) / PLACE
    path.parent.mkdir(parents=True)
    path.write_text(GOOD, encoding="utf-8")
    found = load(catalog(), tmp_path)["zhengzhou-2021/overall-target", "zhengzhou-2023/overall-target"]
    assert found.cell("budget/other") == ("budget/unit_funds",)
    assert found.groups == ()


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = """
format = 1
from = "zhengzhou-2021/overall-target"
to = "zhengzhou-2023/overall-target"
cells = [{ from = "budget/others", to = ["budget/none"] }, { from = "tasks/name", to = ["basic/goal"] }, { from = "budget/other" }]
folds = [{ from = "indicators/unit", into = "indicators/remark", drops = [] }]
last = [{ from = "nothing/total", to = "budget/total" }]
[[groups]]
from = "产出指标/没有这组"
to = [{ group = "产出指标/也没有", near = ["plans"] }]
"""
    found = problems(tmp_path, text)
    wanted = ("cells[1].from", "cells[1].to", "cells[2].to", "cells[3].to", "folds[1].into", "folds[1].drops",
              "groups[1].from", "groups[1].to[1].group", "groups[1].to[1].near", "last[1].from")  # fmt: skip
    assert [p.partition("：")[0] for p in found] == list(wanted)


def test_a_file_in_the_wrong_place_and_unknown_editions_are_told(tmp_path: Path) -> None:
    assert problems(tmp_path / "a", GOOD, "zhengzhou-2023/other.toml") == (f"to：文件应放在 {PLACE}",)
    unknown = GOOD.replace("zhengzhou-2021/", "zhengzhou-1999/")
    assert problems(tmp_path / "b", unknown)[0] == "from：没有表样“zhengzhou-1999/overall-target”"
