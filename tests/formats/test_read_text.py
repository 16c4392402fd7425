"""Plain text as it comes: any usual encoding, tabs or commas, marks of converters."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from perfdesk.compose import compose
from perfdesk.document.source import SourceTable, SourceText
from perfdesk.errors import InputRefused
from perfdesk.formats.read import read
from perfdesk.formats.text_read import read_text
from perfdesk.intake import take_in
from perfdesk.sample import sample_filings
from tests.making import as_read, as_source, catalog, counter

TEXT = "# 标题\n\n甲\t乙\t\n\t丙\t丁\n--\t---\t--\n戊\t\t己\n\n页脚\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_usual_encoding_and_line_end_gives_the_same(encoding: str, end: str) -> None:
    source = read_text("a.txt", TEXT.replace("\n", end).encode(encoding))
    heading, table, foot = source.items
    assert isinstance(heading, SourceText) and heading.text == "标题"
    assert isinstance(table, SourceTable) and table.grid.texts() == [
        ["甲", "乙", ""],
        ["", "丙", "丁"],
        ["戊", "", "己"],
    ]
    assert isinstance(foot, SourceText) and (foot.text, foot.where) == ("页脚", "第 8 行")


def test_blank_lines_part_tables() -> None:
    tables = read_text("a.txt", "甲\t乙\n\n丙\t丁\n".encode()).tables
    assert [t.texts() for t in tables] == [[["甲", "乙"]], [["丙", "丁"]]]


CELL_A_LINE = "题\n\t某单位\n\t单位：元\n\n\t甲\n\t乙\n\t丙\n\n\t\n\t1.一件\n2.又一件\n\t丁\n\n\n\t末\n\n完\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_cells_on_lines_of_their_own_are_rows_and_blank_lines_part_the_rows(end: str) -> None:
    source = read_text("a.txt", CELL_A_LINE.replace("\n", end).encode())
    title, table, foot = source.items
    assert isinstance(title, SourceText) and title.text == "题"
    assert isinstance(table, SourceTable) and table.grid.texts() == [
        ["某单位", "单位：元", ""],
        ["甲", "乙", "丙"],
        ["", "1.一件\n2.又一件", "丁"],
        ["末", "", ""],
    ]
    assert isinstance(foot, SourceText) and foot.text == "完"


def test_a_table_whose_first_column_is_empty_is_still_a_table() -> None:
    (table,) = read_text("a.txt", "甲\t乙\n\t丙\n\t丁\n".encode()).tables
    assert table.texts() == [["甲", "乙"], ["", "丙"], ["", "丁"]]


def test_commas_with_any_line_end_and_texts_of_any_length_are_read() -> None:
    for end in ("\n", "\r\n", "\r"):
        (table,) = read_text("a.csv", f"甲,乙{end}{'长' * 140_000},丁".encode()).tables
        assert table.texts() == [["甲", "乙"], ["长" * 140_000, "丁"]]


def test_characters_that_nobody_sees_are_taken_away_and_told() -> None:
    source = read_text("a.txt", "甲\x07\t乙\x85\r\n丙\t丁".encode())
    assert source.tables[0].texts() == [["甲", "乙"], ["丙", "丁"]]
    assert source.leftovers == ("文件里有 2 个看不见的控制字符，已去掉",)


@pytest.mark.parametrize("text", ["甲\t" * 501, "甲\t乙\n" * 20_001, "\t" * 400 + "\n" + "甲\t乙\n" * 1_600])
def test_tables_beyond_sense_are_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="太大"):
        read_text("a.txt", text.encode())


@pytest.mark.parametrize("data", [b"\x00\x01\x02\xff" * 50, "甲乙，ab".encode("utf-16-le"), b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        read_text("怪.txt", data)
    assert "怪.txt" in caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_sheet_saved_as_csv_is_recognised(tmp_path: Path, encoding: str) -> None:
    filing = sample_filings(catalog(), counter())[1]
    out = io.StringIO()
    writer = csv.writer(out)
    for item in as_source(compose(catalog().form(filing.form), filing).document).items:
        rows = item.grid.texts() if isinstance(item, SourceTable) else [[item.text, "", "", "", ""]]
        writer.writerows(rows)
    path = tmp_path / "表.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    (one,) = take_in(read(path), catalog(), counter()).filings
    assert as_read(one.filing) == as_read(filing)


def test_marks_of_html_and_signs_in_code_are_mended_where_they_are_found(tmp_path: Path) -> None:
    path = tmp_path / "扫描.txt"
    path.write_text(
        "部门（单位）整体支出绩效目标申报表\n（2021 年度）\n部门（单位）名称\t某中心\n年度履职目标\t<p>甲；</p> <p>乙 &lt; 丙</p>\n"
        '年度主要任务\t任务名称\t主要内容\n\t任务一\t<ol style="x">1、甲。2、乙。</ol>\n预算情况\t部门预算总额（万元）\t1\n'
        "一级指标\t二级指标\t三级指标\t指标值\t指标说明\n产出指标\t重点工作任务完成\t某率\t$\\geq 85\\%$\t数 $\\times 100\\%$\n",
        encoding="utf-8",
    )
    (one,) = take_in(read(path), catalog(), counter()).filings
    content = as_read(one.filing)
    assert content["basic"]["goal"] == "甲；\n乙 < 丙"
    assert content["tasks"][0]["content"] == "1、甲。2、乙。"
    assert (content["indicators"][0]["target"], content["indicators"][0]["note"]) == ("≥85%", "数 ×100%")
    assert {r.code for r in one.repairs} == {"markup-dropped", "sign-restored"}
