"""``perfdesk fill ID BLANK OUT``: a stored filing into the bureau's own file, through the reading process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfdesk.__main__ import main
from tests.blanks import emptied, filings_in, parts
from tests.making import as_read


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(list(argv))
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize("name", ["z04.c.docx", "z04.d.xlsx"])
def test_a_stored_filing_is_written_into_the_blank(
    forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    source = forms / "office" / name
    blank = emptied(source, tmp_path / f"blank-{name}")
    before = blank.read_bytes()
    number = said(capsys, "import", str(source))[1].strip()
    code, out, err = said(capsys, "fill", number, str(blank), str(tmp_path / name), "--draft", "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert data["added_rows"] == 0 and {g["address"] for g in data["goes"]} >= {"basic/goal", "budget/total"}
    assert as_read(filings_in(tmp_path / name)[0]) == as_read(filings_in(source)[0])
    assert blank.read_bytes() == before


@pytest.mark.parametrize(("also", "told"), [((), "设为自动换行"), (("--no-wrap",), "增加 0 行\n")])
def test_a_text_that_does_not_fit_wraps_and_that_is_told_unless_the_user_says_no(
    forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], also: tuple[str, ...], told: str
) -> None:
    source = forms / "office" / "j01.d.xlsx"
    blank = emptied(source, tmp_path / "blank.xlsx")
    number = said(capsys, "import", str(source))[1].strip()
    code, out, _ = said(capsys, "fill", number, str(blank), str(tmp_path / "out.xlsx"), "--draft", *also)
    before, after = (parts(p.read_bytes()) for p in (blank, tmp_path / "out.xlsx"))
    assert code == 0 and told in out
    assert (before["xl/styles.xml"] == after["xl/styles.xml"]) == bool(also)


def test_what_found_no_place_is_told(forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = said(capsys, "import", str(forms / "office" / "z05.c.docx"))[1].strip()
    blank = emptied(forms / "office" / "z03.c.docx", tmp_path / "blank.docx")
    code, out, err = said(capsys, "fill", number, str(blank), str(tmp_path / "out.docx"), "--draft")
    assert code == 0 and "增加 4 行" in out
    assert "没有填入" in err and "空表里没有这一格" in err


def test_with_errors_open_it_refuses_unless_it_is_a_draft(
    forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = said(capsys, "import", str(forms / "office" / "z08.c.docx"))[1].strip()
    blank = emptied(forms / "office" / "z08.c.docx", tmp_path / "blank.docx")
    code, _, err = said(capsys, "fill", number, str(blank), str(tmp_path / "out.docx"))
    assert code == 3 and "错误" in err and not (tmp_path / "out.docx").exists()


def test_the_blank_itself_is_never_written_over(
    forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = said(capsys, "import", str(forms / "office" / "z04.c.docx"))[1].strip()
    blank = emptied(forms / "office" / "z04.c.docx", tmp_path / "blank.docx")
    before = blank.read_bytes()
    code, _, err = said(capsys, "fill", number, str(blank), str(tmp_path / "." / "blank.docx"), "--draft")
    assert code == 3 and "空表本身" in err and blank.read_bytes() == before


def test_a_file_that_is_no_word_or_excel_file_is_refused_in_one_line(
    forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = said(capsys, "import", str(forms / "office" / "z04.c.docx"))[1].strip()
    code, _, err = said(
        capsys, "fill", number, str(forms / "office" / "z04.p.pdf"), str(tmp_path / "out.pdf"), "--draft"
    )
    assert code == 3 and len(err.strip().splitlines()) == 1 and "docx" in err
