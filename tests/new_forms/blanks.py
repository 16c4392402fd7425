"""Blank forms of kinds that the program has never seen, made as an office would make them."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Border, Side

TITLE = "项目支出事前评估申请表"
ROWS = (
    ("项目名称", "", "", "项目负责人", "", ""),
    ("立项依据", "", "", "", "", ""),
    ("资金来源（万元）", "合计", "", "财政拨款", "", ""),
    ("", "上级补助", "", "自筹资金", "", ""),
    ("支出明细", "支出内容", "数量", "单价（元）", "金额（万元）", "备注"),
    *(("",) * 6 for _ in range(3)),
    ("进度安排", "一季度", "二季度", "三季度", "四季度", "合计"),
    ("计划（%）", "", "", "", "", ""),
    ("评估结论", "", "", "", "", ""),
)
MERGED = (
    (0, 1, 0, 2),
    (0, 4, 0, 5),
    (1, 1, 1, 5),
    (2, 4, 2, 5),
    (3, 4, 3, 5),
    (2, 0, 3, 0),
    (4, 0, 7, 0),
    (10, 1, 10, 5),
)
"""Top, left, bottom, right."""
BORDER = Border(*(Side("thin") for _ in range(4)))


def word(path: Path) -> Path:
    """Cells with labels, a list, labels over cells, notes."""
    document = Document()
    for text in ("附件2：", TITLE, "（    年度）", "填报单位（盖章）：                    金额单位：万元"):
        document.add_paragraph(text)
    table = document.add_table(len(ROWS), 6, style="Table Grid")
    for r, line in enumerate(ROWS):
        for c, text in enumerate(line):
            if text:
                table.cell(r, c).text = text
    for top, left, bottom, right in MERGED:
        text = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = text
    document.add_paragraph("注：本表一式两份。")
    document.save(str(path))
    return path


def excel(path: Path) -> Path:
    """The tree of indicators with columns of its own, below cells; a second sheet that explains."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "绩效跟踪"
    lines = (
        ("专项债券项目绩效跟踪表",),
        ("（20  年度）",),
        ("主管部门", None, None, "联系人", None, None),
        ("项目名称", None, None, "债券额度（万元）", None, None),
        ("一级指标", "二级指标", "三级指标", "指标值", "上半年完成值", "偏差说明"),
        ("产出指标", "数量指标", None, None, None, None),
        (None, None, None, None, None, None),
        (None, "质量指标", None, None, None, None),
        ("效益指标", "社会效益指标", None, None, None, None),
        (None, None, None, None, None, None),
        ("跟踪意见", None, None, None, None, None),
    )
    for line in lines:
        sheet.append(line)
    for area in (
        "A1:F1",
        "A2:F2",
        "B3:C3",
        "E3:F3",
        "B4:C4",
        "E4:F4",
        "A6:A8",
        "B6:B7",
        "A9:A10",
        "B9:B10",
        "B11:F11",
    ):
        sheet.merge_cells(area)
    for row in sheet["A3:F11"]:
        for cell in row:
            cell.border = BORDER
    book.create_sheet("填表说明")["A1"] = "按季度填报。"
    book.save(path)
    return path
