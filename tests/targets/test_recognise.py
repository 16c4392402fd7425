"""Department targets found in documents that somebody else typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.filing_json import filing_json
from perfdesk.formats.child import read_file
from perfdesk.model.filing import Filing
from perfdesk.recognise import Recognised, recognise
from tests.making import catalog, counter

PLAIN = (
    "二○二六年度部门绩效文本",
    "第一部分 部门整体绩效目标",
    "一、总体绩效目标",
    "管好数据。",
    "二、分项绩效目标",
    "（一）系统运行",
    "绩效目标：系统全年稳定",
    "绩效指标：①可用率：可用时间占比，指标值≥99%。②故障数：全年故障，指标值≤3次。",
    "（二）数据共享",
    "绩效目标：数据能共享",
    "绩效指标：①共享率：共享的占比，指标值≥90%。",
    "三、工作保障措施",
    "（一）加强培训。",
    "（二）加强检查。",
    "第二部分 其他",
    "别的内容",
)


def word(path: Path, lines: Sequence[str]) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def found_in(lines: Sequence[str], format: str = "docx") -> Recognised:
    items = tuple(SourceText(line, f"第 {n} 段") for n, line in enumerate(lines, 1))
    return recognise(Source("x", format, items), catalog(), counter())


def goals(filing: Filing) -> list[tuple[str, str, list[str]]]:
    data = filing_json(catalog().form(filing.form), filing)["sections"]["goals"]
    return [(g["name"], g["goal"], [i["name"] for i in g["indicators"]]) for g in data]


WANTED = [
    ("系统运行", "系统全年稳定", ["可用率", "故障数"]),
    ("数据共享", "数据能共享", ["共享率"]),
]


def test_a_word_file_typed_by_hand_is_read(tmp_path: Path) -> None:
    found = recognise(read_file(word(tmp_path / "x.docx", PLAIN)), catalog(), counter())
    (one,) = found.filings
    assert goals(one.filing) == WANTED
    assert [r.get("text") for r in one.filing.section("measures")] == ["加强培训。", "加强检查。"]
    assert one.filing.cell("basic/goal") == "管好数据。"
    assert one.repairs == ()
    assert found.leftovers == ("二○二六年度部门绩效文本", "第二部分 其他", "别的内容")


@pytest.mark.parametrize(
    "change",
    [
        {"一、": "（一）", "二、": "（二）", "三、": "（三）", "（一）": "1、", "（二）": "2、"},
        {"一、": "1．", "二、": "2．", "三、": "3．", "（一）": "（1）", "（二）": "（2）"},
        {"一、": "", "二、": "", "三、": "", "（一）": "", "（二）": ""},
        {"（一）": "(一)", "（二）": "(二)", "绩效目标：": "绩效目标: "},
    ],
    ids=["brackets", "digits", "none", "half width"],
)
def test_any_style_of_numbers_is_read(change: dict[str, str]) -> None:
    lines: list[str] = []
    for line in PLAIN[1:-2]:
        old = next((o for o in change if line.startswith(o)), "")
        lines.append(change.get(old, "") + line[len(old) :])
    (one,) = found_in(lines).filings
    assert goals(one.filing) == WANTED
    assert [r.get("text") for r in one.filing.section("measures")] == ["加强培训。", "加强检查。"]


def test_year_title_and_unit_above_are_taken() -> None:
    found = found_in(["2026年度部门整体绩效目标", "单位名称：示例市数据局", *PLAIN[2:14]])
    (one,) = found.filings
    assert (one.filing.year, one.filing.unit_name) == (2026, "示例市数据局")
    assert found.leftovers == ()


def test_numbered_lines_inside_a_goals_text_belong_to_it() -> None:
    lines = [*PLAIN]
    lines[6] = "绩效目标：做好三件事："
    lines[7:7] = ["（一）建设；", "（二）运维；", "（三）培训。"]
    (one,) = found_in(lines).filings
    assert goals(one.filing)[0][1] == "做好三件事：\n（一）建设；\n（二）运维；\n（三）培训。"
    assert [name for name, _, _ in goals(one.filing)] == ["系统运行", "数据共享"]


def test_a_number_left_out_by_a_scan_costs_no_goal() -> None:
    lines = [*PLAIN]
    lines[8] = "（四）数据共享"
    (one,) = found_in(lines).filings
    assert goals(one.filing) == WANTED


def test_a_sentence_cut_by_a_page_is_joined_only_in_texts_of_scans() -> None:
    lines = [*PLAIN]
    lines[3:4] = ["认真落实各项决策部署，坚持以人民为中心的发展思", "想，管好数据。"]
    cut, kept = found_in(lines, "text").filings[0], found_in(lines, "docx").filings[0]
    assert cut.filing.cell("basic/goal") == "认真落实各项决策部署，坚持以人民为中心的发展思想，管好数据。"
    assert [(r.code, r.where) for r in cut.repairs] == [("cell-joined", "basic/goal")]
    assert "\n" in kept.filing.cell("basic/goal")


def test_a_short_line_of_a_scan_was_not_cut_by_a_page() -> None:
    lines = [*PLAIN]
    lines[3:4] = ["两件事", "管好数据"]
    assert found_in(lines, "text").filings[0].filing.cell("basic/goal") == "两件事\n管好数据"


LOWER = {"一、": "（一）", "二、": "（二）", "三、": "（三）", "（一）": "1、", "（二）": "2、"}


@pytest.mark.parametrize(
    ("at", "line", "kept"),
    [
        (4, "一、重点工作", True),
        (4, "六、重点工作", True),
        (14, "一、重点工作", True),
        (14, "六、政府采购", False),
        (14, "（四）政府采购", False),
        (14, "（四）政府采购按照年初批复的预算执行，确保全年的进度。", True),
    ],
    ids=["first higher", "headings follow", "begins anew", "next chapter", "next heading", "a sentence"],
)
def test_a_heading_of_the_document_ends_the_text_where_none_of_its_own_follows(
    at: int, line: str, kept: bool
) -> None:
    lines: list[str] = []
    for old in PLAIN[:14]:
        mark = next((m for m in LOWER if old.startswith(m)), "")
        lines.append(LOWER.get(mark, "") + old[len(mark) :])
    lines.insert(at, line)
    found = found_in(lines)
    (one,) = found.filings
    texts = "\n".join(t for row in one.filing.rows for t in row.cells.values())
    assert goals(one.filing) == WANTED
    assert (line in texts, line in found.leftovers) == (kept, not kept)


def test_a_table_ends_the_text() -> None:
    from perfdesk.document.grid import Cell, grid

    table = SourceTable(grid([0.0, 0.0], 1, [Cell(0, 0, "甲格"), Cell(0, 1, "乙格")]), "表 1")
    items = [SourceText(line, "段") for line in PLAIN[2:14]]
    found = recognise(Source("x", "docx", (*items, table)), catalog(), counter())
    assert len(found.filings[0].filing.section("measures")) == 2
    assert found.leftovers == ("甲格 乙格",)


def test_a_heading_alone_is_no_department_part() -> None:
    found = found_in(["一、总体绩效目标", "管好数据。"])
    assert found.filings == ()
    assert found.leftovers == ("一、总体绩效目标", "管好数据。")


@given(st.data())
def test_no_word_of_a_damaged_text_is_lost(data: st.DataObject) -> None:
    """Lines lost, doubled, swapped: every mark that stands in the lines is somewhere in what was found."""
    lines = [f"{line}甲{n}乙" if line[0] not in "一二三第" else line for n, line in enumerate(PLAIN)]
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(("drop", "double", "move"))):
            case "drop":
                lines.pop(at)
            case "double":
                lines.insert(at, lines[at])
            case _:
                lines.insert(data.draw(st.integers(0, len(lines) - 1)), lines.pop(at))
    found = found_in(lines)
    everything = "\n".join(
        [*found.leftovers, *(t for r in found.filings for row in r.filing.rows for t in row.cells.values())]
    )
    for line in lines:
        if "甲" in line:
            assert line[line.rindex("甲") :] in everything
