"""Another office's self-evaluation at the command line: read, checked, scored again, written in our layout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfdesk.__main__ import main
from tests.recognise import evaluation_files as files


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    return files.word(tmp_path / "自评.docx", files.UNTIDY)


def said(capsys: Any, *args: str) -> Any:
    main([*args, "--json"])
    return json.loads(capsys.readouterr().out)


def test_what_is_wrong_is_told_also_where_rows_of_the_form_are_missing(untidy: Path, capsys: Any) -> None:
    assert main(["check", str(untidy)]) == 1
    told = capsys.readouterr().out
    assert "缺少表样规定的指标" in told and "少 20 分" not in told and "多 10 分" in told


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "json"])
def test_written_in_our_layout_it_is_read_as_the_same(untidy: Path, ending: str, capsys: Any) -> None:
    before = said(capsys, "read", str(untidy))["files"][0]["filings"][0]["sections"]
    out = untidy.with_name(f"out.{ending}")
    assert main(["convert", str(untidy), str(out)]) == 0
    capsys.readouterr()
    after = said(capsys, "read", str(out))["files"][0]
    assert after["leftovers"] == []
    sections = after["filings"][0]["sections"]
    assert sections["indicators"] == before["indicators"]
    assert sections["result"] == before["result"]
    assert sections["basic"] == before["basic"]


def test_a_score_is_shown_beside_the_printed_one(tmp_path: Path, capsys: Any) -> None:
    title, year, table = files.small("育苗")
    changed = [row.replace("| 30 | 27 |", "| 30 | 29.5 |") for row in table]
    assert main(["score", str(files.word(tmp_path / "自评.docx", [title, year, changed]))]) == 0
    assert "得分 27，表上 29.5" in " ".join(capsys.readouterr().out.split())
