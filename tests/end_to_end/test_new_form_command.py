"""``perfdesk new-form BLANK``: shown, kept, and known to every other command from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfdesk.__main__ import main
from tests.new_forms.blanks import TITLE, excel, word


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(list(argv))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_what_is_recognised_is_shown_and_nothing_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], own_data_dir: Path
) -> None:
    code, out, _ = said(capsys, "new-form", str(word(tmp_path / "评估.docx")), "--json")
    data = json.loads(out)
    assert (code, data["id"], data["title"]) == (0, None, TITLE)
    assert [s["kind"] for s in data["sections"]] == ["fields", "fields", "list", "fields"]
    assert not own_data_dir.exists()


def test_a_kept_form_is_known_to_the_other_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = excel(tmp_path / "跟踪.xlsx")
    code, out, _ = said(capsys, "new-form", str(blank), "--save", "--json")
    data = json.loads(out)
    assert code == 0 and Path(data["path"]).is_file()
    code, out, _ = said(capsys, "read", str(blank), "--json")
    (filing,) = json.loads(out)["files"][0]["filings"]
    assert (code, filing["form"]) == (0, data["id"])


@pytest.mark.parametrize("sheet", ["2", "9"])
def test_a_sheet_without_a_table_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sheet: str
) -> None:
    code, _, err = said(capsys, "new-form", str(excel(tmp_path / "跟踪.xlsx")), "--sheet", sheet)
    assert code == 3 and len(err.strip().splitlines()) == 1 and "没有可以填写的空格" in err
