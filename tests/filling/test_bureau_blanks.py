"""Blanks as bureaus issue them: a line for the unit's name above the table, a bracket for the year, rows shown as examples, hints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from openpyxl import Workbook

from perfdesk.catalog import new_filing
from perfdesk.errors import InputRefused
from perfdesk.filling.marks import Room, is_empty, rooms, with_values
from perfdesk.filling.plan import Plan, plan
from perfdesk.formats.child import read_file
from perfdesk.model.filing import Filing, Row, empty_filing
from tests.blanks import filings_in, filled_bytes, open_blank
from tests.making import catalog, counter

NATIONAL = "national-2021/project-target"


@pytest.mark.parametrize("text", ["", " 　", "____", "指标1：", "指标 2:", "……", "（请填写名称）", "任务一"])
def test_what_invites_to_write_is_empty(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["0", "/", "—", "指标值", "数量指标", "无", "1", "（万元）"])
def test_what_says_something_is_not_empty(text: str) -> None:
    assert not is_empty(text)


@pytest.mark.parametrize(
    ("text", "alone", "found"),
    [
        ("填报单位：　　　　单位：万元", False, (Room(5, 9),)),
        ("填报单位（盖章）：", True, (Room(9, 9),)),
        ("项目名称：", False, ()),
        ("填报日期：____ 联系电话：____", True, (Room(5, 10), Room(15, 19))),
        ("（    年度）", True, (Room(1, 5, True),)),
        ("（20  年度）", True, (Room(1, 5, True),)),
        ("(20XX年)", True, (Room(1, 5, True),)),
        ("（2023年度）", True, ()),
        ("金额单位：万元", True, ()),
    ],
)
def test_room_in_a_text_of_the_forms_own(text: str, alone: bool, found: tuple[Room, ...]) -> None:
    assert rooms(text, alone) == found


def test_a_value_takes_the_blanks_that_were_kept_for_it() -> None:
    assert (
        with_values("填报单位：　　　　　　　　单位：万元", [(Room(5, 13), "某某局")])
        == "填报单位：某某局　　　　　单位：万元"
    )
    assert with_values("（    年度）", [(Room(1, 5, True), "2024")]) == "（2024年度）"


# --- a project form of the national kind ------------------------------------------------------------------------------------


def national(path: Path) -> Path:
    """Columns 一级 二级 三级 指标值; two rows a group, the second of dots."""
    document: Word = Document()
    document.add_paragraph("项目支出绩效目标表")
    document.add_paragraph("（    年度）")
    table = document.add_table(0, 4, style="Table Grid")

    def row(*texts: str) -> None:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text

    row("项目名称", "", "", "")
    table.cell(0, 1).merge(table.cell(0, 3))
    row("主管部门", "", "实施单位", "")
    row("年度总体目标", "（请填写本年度要达到的目标）", "", "")
    table.cell(2, 1).merge(table.cell(2, 3))
    row("一级指标", "二级指标", "三级指标", "指标值")
    for one, two in (("产出指标", "数量指标"), ("", "质量指标"), ("效益指标", "社会效益指标")):
        row(one, two, "指标1：", "")
        row("", "", "……", "")
    for n in (4, 6, 8):
        table.cell(n, 1).merge(table.cell(n + 1, 1))
    table.cell(4, 0).merge(table.cell(7, 0))
    table.cell(8, 0).merge(table.cell(9, 0))
    run = table.cell(0, 1).paragraphs[0].add_run("　")
    run.font.size, run.bold = Pt(15), True
    document.save(str(path))
    return path


def project(*indicators: tuple[str, str, str, str]) -> Filing:
    form = catalog().form(NATIONAL)
    new_id = counter()
    rows: list[Row] = []
    above: dict[tuple[str, ...], str] = {}
    for one, two, three, target in indicators:
        for key, cells, parent in (
            ((one,), {"level1": one}, None),
            ((one, two), {"level2": two}, above.get((one,))),
        ):
            if key not in above:
                above[key] = new_id()
                rows.append(
                    Row(
                        above[key],
                        "indicators",
                        MappingProxyType(cells),
                        parent or above.get((one,)) if len(key) > 1 else None,
                    )
                )
        rows.append(
            Row(
                new_id(), "indicators", MappingProxyType({"level3": three, "target": target}), above[one, two]
            )
        )
    fields = {f.id for f in form.section("basic").fields}
    basic = {
        k: v
        for k, v in {"name": "河道清淤", "unit_name": "某某水务局", "goals": "完成清淤"}.items()
        if k in fields
    }
    return empty_filing(form, 2024, (Row("basic", "basic", MappingProxyType(basic)), *rows))


def planned(path: Path, filing: Filing) -> Plan:
    return plan(open_blank(path), catalog().form(filing.form), filing, catalog(), counter())


FULL = (
    ("产出指标", "数量指标", "清淤长度", "≥12公里"),
    ("产出指标", "质量指标", "验收合格率", "100%"),
    ("产出指标", "质量指标", "返工率", "≤1%"),
    ("产出指标", "质量指标", "抽检次数", "≥4次"),
    ("效益指标", "社会效益指标", "受益村庄", "≥9个"),
)


def test_examples_hints_and_the_year_give_way_to_the_units_words(tmp_path: Path) -> None:
    blank = national(tmp_path / "blank.docx")
    made = planned(blank, project(*FULL))
    target = tmp_path / "out.docx"
    target.write_bytes(filled_bytes(blank, made.edits))
    document = Document(str(target))
    assert document.paragraphs[1].text == "（2024年度）"
    rows = [[c.text.strip() for c in r.cells] for r in document.tables[0].rows]
    assert rows[0][1] == "河道清淤" and rows[2][1] == "完成清淤"
    assert [r for r in rows if r[0] in ("产出指标", "效益指标")] == [
        ["产出指标", "数量指标", "清淤长度", "≥12公里"],
        ["产出指标", "数量指标", "……", ""],
        ["产出指标", "质量指标", "验收合格率", "100%"],
        ["产出指标", "质量指标", "返工率", "≤1%"],
        ["产出指标", "质量指标", "抽检次数", "≥4次"],
        ["效益指标", "社会效益指标", "受益村庄", "≥9个"],
        ["效益指标", "社会效益指标", "……", ""],
    ]
    assert made.added_rows == 1 and made.missing == ()


def test_a_value_has_the_face_that_the_blank_kept_for_it(tmp_path: Path) -> None:
    blank = national(tmp_path / "blank.docx")
    target = tmp_path / "out.docx"
    target.write_bytes(filled_bytes(blank, planned(blank, project(*FULL)).edits))
    (run,) = Document(str(target)).tables[0].cell(0, 1).paragraphs[0].runs
    assert run.font.size == Pt(15) and run.bold


def test_a_value_without_a_place_is_told(tmp_path: Path) -> None:
    made = planned(
        national(tmp_path / "blank.docx"), project(("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"))
    )
    assert {(s.what, s.value, s.why) for s in made.missing} >= {("三级指标", "群众满意度", "no-place")}


def test_a_content_control_is_filled_and_no_longer_invites(tmp_path: Path) -> None:
    blank = national(tmp_path / "blank.docx")
    document = Document(str(blank))
    cell = document.tables[0].cell(1, 3)
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:rPr>"
        '<w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>单击此处输入</w:t></w:r></w:p></w:sdtContent></w:sdt>'
    )
    cell._tc.replace(cell.paragraphs[0]._p, control)
    document.save(str(blank))
    target = tmp_path / "out.docx"
    target.write_bytes(filled_bytes(blank, planned(blank, project(*FULL)).edits))
    made = Document(str(target)).tables[0].cell(1, 3)._tc
    assert "某某水务局" in "".join(made.itertext()) and "单击" not in "".join(made.itertext())
    assert "showingPlcHdr" not in made.xml


@pytest.mark.parametrize(("words", "rule"), [(1, "exact"), (60, "atLeast")])
def test_a_row_of_exact_height_gives_way_only_to_a_text_that_it_would_cut_off(
    tmp_path: Path, words: int, rule: str
) -> None:
    blank = national(tmp_path / "blank.docx")
    document = Document(str(blank))
    row = document.tables[0].rows[2]
    row.height, row.height_rule = Pt(24), WD_ROW_HEIGHT_RULE.EXACTLY
    document.save(str(blank))
    filing = project(*FULL)
    basic = filing.row("basic")
    assert basic is not None
    rows = tuple(r.with_cell("goals", "完成清淤" * words) if r.id == "basic" else r for r in filing.rows)
    target = tmp_path / "out.docx"
    target.write_bytes(filled_bytes(blank, planned(blank, replace(filing, rows=rows)).edits))
    (height,) = Document(str(target)).tables[0].rows[2]._tr.iter(qn("w:trHeight"))
    assert height.get(qn("w:hRule")) == rule and height.get(qn("w:val")) == "480"


def test_amounts_are_written_in_the_unit_of_the_blank(tmp_path: Path, forms: Path) -> None:
    from tests.blanks import emptied

    source = forms / "office" / "z04.d.xlsx"
    (filing,) = filings_in(source)
    money = filing.row("budget")
    assert money is not None
    yuan = {c: f"{float(t) * 10000:.0f}" for c, t in money.cells.items()}
    rows = tuple(
        Row("budget", "budget", MappingProxyType(yuan)) if r.id == "budget" else r for r in filing.rows
    )
    made = planned(emptied(source, tmp_path / "blank.xlsx"), replace(filing, rows=rows, amount_unit="元"))
    written = {g.address: g for g in made.goes if g.address.startswith("budget/")}
    assert {a.rpartition("/")[2]: float(g.value) for a, g in written.items()} == {
        c: float(t) for c, t in money.cells.items()
    }
    assert all("换算" in g.note for g in written.values())


def test_a_budget_is_told_to_go_another_way(tmp_path: Path) -> None:
    form = catalog().form("handan-2022/department-budget")
    filing = new_filing(form, 2022, "某局", counter())
    with pytest.raises(InputRefused) as told:
        plan(open_blank(national(tmp_path / "blank.docx")), form, filing, catalog(), counter())
    assert told.value.code == "no-fill"


# --- one row for each heading: a heading that stood beside one row comes to span those that are added ------------------------


def lean(path: Path) -> Path:
    """The national form with a single row for each group, as Word or Excel has it."""
    rows = (
        ("项目名称", "", "", ""),
        ("实施单位", "", "", ""),
        ("年度总体目标", "", "", ""),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "", ""),
        ("", "质量指标", "", ""),
        ("效益指标", "社会效益指标", "", ""),
    )
    if path.suffix == ".xlsx":
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(("项目支出绩效目标表",))
        for line in rows:
            sheet.append([text or None for text in line])
        for area in ("A1:D1", "B2:D2", "B3:D3", "B4:D4", "A6:A7"):
            sheet.merge_cells(area)
        book.save(path)
        return path
    document: Word = Document()
    document.add_paragraph("项目支出绩效目标表")
    table = document.add_table(0, 4, style="Table Grid")
    for line in rows:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            if text:
                cell.text = text
    for n in range(3):
        table.cell(n, 1).merge(table.cell(n, 3))
    table.cell(4, 0).merge(table.cell(5, 0))
    document.save(str(path))
    return path


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_heading_spans_the_rows_that_are_added_beside_it(tmp_path: Path, kind: str) -> None:
    blank, target = lean(tmp_path / f"blank.{kind}"), tmp_path / f"out.{kind}"
    filing = project(*FULL, ("效益指标", "社会效益指标", "投诉减少", "≥3起"))
    made = planned(blank, filing)
    assert made.added_rows == 3 and made.missing == ()
    target.write_bytes(filled_bytes(blank, made.edits))
    (read,) = filings_in(target)
    assert [dict(r.cells) for r in read.section("indicators")] == [
        dict(r.cells) for r in filing.section("indicators")
    ]
    # Nobody's heading stands beside a row of another: the levels are read off merged cells alone.
    grid = read_file(target).tables[0]
    spans = {
        c.text: c.rowspan
        for c in grid.cells
        if c.text in ("产出指标", "质量指标", "效益指标", "社会效益指标", "数量指标")
    }
    assert spans == {"产出指标": 4, "数量指标": 1, "质量指标": 3, "效益指标": 2, "社会效益指标": 2}
