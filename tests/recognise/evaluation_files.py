"""Filled self-evaluations as other offices lay them out, of units that don't exist, as Word, Excel and text files.

A table is written as lines of cells parted by ``|``; ``<`` goes on with the cell to the left, ``^`` with the one above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl

Part = str | list[str]
"""A paragraph, or a table."""


@dataclass(frozen=True)
class Box:
    """A cell of a table: its text and the rows and columns that it covers."""

    row: int
    col: int
    down: int
    right: int
    text: str


def boxes(table: Sequence[str]) -> list[Box]:
    rows = [[cell.strip() for cell in line.split("|")] for line in table]
    assert len({len(r) for r in rows}) == 1, [len(r) for r in rows]
    found: list[Box] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right, down = c + 1, r + 1
            while right < len(row) and row[right] == "<":
                right += 1
            while down < len(rows) and rows[down][c] == "^":
                down += 1
            found.append(Box(r, c, down - r, right - c, text.replace("\\n", "\n")))
    return found


def size(table: Sequence[str]) -> tuple[int, int]:
    return len(table), len(table[0].split("|"))


def word(path: Path, parts: Sequence[Part]) -> Path:
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        made = document.add_table(*size(part))
        for box in boxes(part):
            cell = made.cell(box.row, box.col)
            last = made.cell(box.row + box.down - 1, box.col + box.right - 1)
            cell.merge(last).text = box.text
    document.save(str(path))
    return path


def excel(path: Path, parts: Sequence[Part], percent: bool = False) -> Path:
    """One sheet; numbers are numbers, with ``percent`` rates such as ``98.5%`` too, shown as percent."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    below = 1
    wide = max(size(p)[1] for p in parts if isinstance(p, list))
    for part in parts:
        if isinstance(part, str):
            sheet.cell(below, 1, part)
            sheet.merge_cells(start_row=below, start_column=1, end_row=below, end_column=wide)
            below += 1
            continue
        for box in boxes(part):
            cell: Any = sheet.cell(below + box.row, box.col + 1)
            _write(cell, box.text, percent)
            if box.down > 1 or box.right > 1:
                sheet.merge_cells(
                    start_row=cell.row, start_column=cell.column, end_row=cell.row + box.down - 1,
                    end_column=cell.column + box.right - 1,
                )  # fmt: skip
        below += size(part)[0]
    book.save(path)
    return path


def _write(cell: Any, text: str, percent: bool) -> None:
    plain = text.replace(",", "")
    if plain == "0" or (plain.replace(".", "", 1).isdigit() and not plain.startswith("0")):
        cell.value = float(plain)
    elif percent and plain.endswith("%") and plain[:-1].replace(".", "", 1).isdigit():
        cell.value, cell.number_format = float(Decimal(plain[:-1]) / 100), "0.00%"
    else:
        cell.value = text


def text(path: Path, parts: Sequence[Part]) -> Path:
    """As a converter writes it: tabs part the cells, a cell that spans rows stands in the first."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines.append(part)
            continue
        for row in part:
            cells = ["" if c.strip() in ("^", "<") else c.strip().replace("\\n", " ") for c in row.split("|")]
            lines.append("\t".join(cells))
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


OFFICIAL: list[Part] = [
    "附件1",
    "项目支出绩效自评表",
    "（2022年度）",
    [
        "项目名称 | < | < | 南湖图书馆夜间开放项目 | < | < | < | < | < | < | <",
        "主管部门 | < | < | 青溪市文化局 | < | < | < | 实施单位 | < | 青溪市南湖图书馆 | <",
        "项目资金\\n（万元） | < | < | | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | < | 得分",
        "^ | ^ | ^ | 年度资金总额 | 120.00 | 150.00 | 147.75 | 10 | 98.50% | < | 9.85",
        "^ | ^ | ^ | 其中：当年财政拨款 | 120.00 | 130.00 | 127.75 | — | 98.27% | < | —",
        "^ | ^ | ^ | 上年结转资金 | 0.00 | 20.00 | 20.00 | — | 100.00% | < | —",
        "^ | ^ | ^ | 其他资金 | 0.00 | 0.00 | 0.00 | — | | < | —",
        "年度总体目标 | 预期目标 | < | < | < | < | 实际完成情况 | < | < | < | <",
        "^ | 夜间开放到22时，全年不少于300天。 | < | < | < | < | 全年夜间开放310天。 | < | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | < | <",
        "^ | 产出指标 | 数量指标 | 夜间开放天数 | ≥300天 | 310天 | 20 | 20 | | < | <",
        "^ | ^ | ^ | 夜读活动场次 | ≥40场 | 36场 | 10 | 9 | 两个月因装修未办，来年补办。 | < | <",
        "^ | ^ | 质量指标 | 设备完好率 | ≥95% | 97% | 10 | 10 | | < | <",
        "^ | ^ | 时效指标 | 开放及时率 | 100% | 100% | 5 | 5 | | < | <",
        "^ | ^ | 成本指标 | 夜间值守成本 | ≤30万元 | 29.5万元 | 5 | 5 | | < | <",
        "^ | 效益指标 | 社会效益指标 | 夜间到馆人次 | ≥5万人次 | 6.2万人次 | 20 | 20 | | < | <",
        "^ | ^ | 可持续影响指标 | 开放制度健全性 | 健全 | 健全 | 10 | 10 | | < | <",
        "^ | 满意度指标 | 服务对象满意度指标 | 读者满意度 | ≥90% | 93.6% | 10 | 10 | | < | <",
        "总分 | < | < | < | < | < | 100 | 98.85 | | < | <",
    ],
]

ORDERED_OTHERWISE: list[Part] = [
    "青溪县2021年度项目绩效自评表",
    "填报单位：青溪县水利站　　金额单位：元",
    [
        "项目名称 | 石桥灌渠清淤 | < | < | < | < | <",
        "年初预算数 | 800,000.00 | 全年预算数 | 760,000.00 | 全年执行数 | 722,000.00 | ",
        "执行率 | 95% | 分值 | 10 | 得分 | 9.5分 | ",
        "一级指标 | 二级指标 | 三级指标 | 权重分值 | 目标值 | 完成情况 | 自评得分",
        "产出指标（50分） | 数量指标 | 清淤长度 | 25分 | ≥12公里 | 12.6公里 | 25分",
        "^ | 质量指标 | 验收合格率 | 25分 | 100% | 96% | 24分",
        "效益指标（30分） | 社会效益指标 | 受益农户 | 15分 | ≥900户 | 930户 | 15分",
        "^ | 生态效益指标 | 渠道水质 | 15分 | 改善 | 基本完成 | 10.5分",
        "满意度指标（10分） | 服务对象满意度 | 农户满意度 | 10分 | ≥85% | 90% | 10分",
        "合计 | < | < | 100分 | | | 94分",
        "自评等级 | 优 | < | < | < | < | <",
        "年度目标 | 灌渠清淤12公里。 | < | < | 全年完成情况 | 清淤12.6公里。 | <",
        "填表人：张某　　联系电话：12345 | < | < | < | < | < | <",
    ],
]

DEPARTMENT: list[Part] = [
    "部门整体支出绩效自评表",
    "（2021年度）",
    [
        "部门（单位）名称 | 白石区养老服务中心 | < | < | < | < | < | <",
        "年度绩效目标 | 托管老人不少于200名。 | < | < | < | < | < | <",
        "目标完成情况 | 托管老人212名。 | < | < | < | < | < | <",
        "预算执行情况（万元） | 名称 | 年初预算 | 调整后预算数 | 实际支出数 | 权重 | 执行率 | 得分",
        "^ | 部门预算总额 | 900 | 1000 | 935 | 10 | 93.5% | 9.35",
        "^ | 基本支出 | 500 | 520 | 520 | | 100% | ",
        "^ | 项目支出 | 400 | 480 | 415 | | 86.46% | ",
        "一级指标 | 二级指标 | 三级指标 | 权重 | 年度指标值 | 年度实际值 | 得分 | 偏差原因",
        "投入管理指标 | 工作目标管理 | 年度履职目标相关性 | 2 | 相关 | 完成 | 2 | ",
        "^ | 预算和财务管理 | 预算执行率 | 8 | ≥95% | 93.5% | 7.87 | 一个项目推迟",
        "^ | ^ | “三公经费”控制率 | 10 | ≤100% | 80% | 10 | ",
        "产出指标 | 履职目标实现 | 托管老人数 | 40 | ≥200名 | 212名 | 40 | ",
        "效益指标 | 满意度 | 家属满意度 | 30 | ≥90% | 95% | 30 | ",
        "总得分 | < | < | 100 | | | 99.22 | ",
        "评价等级 | 优 | < | < | < | < | < | <",
    ],
]

TWO_ROWS_OF_HEAD: list[Part] = [
    "2023年度青溪市项目支出绩效自评情况表",
    "单位：万元",
    [
        "项目名称 | < | 旧渡口护坡 | < | < | < | < | < | < | <",
        "项目单位 | < | 青溪市航道所 | < | < | < | 主管部门 | < | 青溪市交通局 | <",
        "预算执行情况 | < | 年初预算数 | 全年预算数 | 全年执行数 | < | 执行率 | < | 权重 | 自评得分",
        "^ | ^ | 60 | 80 | 56.4 | < | 0.705 | < | 10 | 7.05",
        "年初设定目标 | < | 护坡300米。 | < | < | < | 全年实际完成情况 | < | 护坡280米。 | <",
        "一级指标 | < | 二级指标 | < | 三级指标 | < | 指标完成情况 | < | 自评得分 | 未完成原因及改进措施",
        "名称 | 权重 | 名称 | 权重 | 名称 | 权重 | 目标值 | 完成值 | ^ | ^",
        "产出指标 | 50 | 数量指标 | 30 | 护坡长度 | 30 | ≥300米 | 280米 | 28 | 汛期停工20天",
        "^ | ^ | 质量指标 | 20 | 验收合格率 | 20 | 100% | 100% | 20 | ",
        "效益指标 | 30 | 社会效益指标 | 30 | 受益村民 | 30 | ≥800人 | 1200人 | 30 | 新并入一个村",
        "满意度指标 | 10 | 服务对象满意度指标 | 10 | 村民满意度 | 10 | ≥90% | 91% | 10 | ",
        "小计 | < | | | | 90 | | | 88 | ",
        "总分 | < | | | | 100 | | | 95.05 | ",
        "自评结果：优 | < | < | < | < | < | < | < | < | <",
        "其他需要说明的问题 | < | 无 | < | < | < | < | < | < | <",
    ],
]

UNTIDY: list[Part] = [
    "附件 2：",
    "部门（单位）整体支出绩效自评表",
    "（ 2022 年度 ）",
    [
        "单位名称 | < | < | 白石区图书馆 | < | < | < | < | < | <",
        "部门整体支出\\n（万元） | < | < | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分 | ",
        "^ | ^ | ^ | 300.5 | 310 | 305.2 | 10 | 98.45 | 9.85 | ",
        "年度总体目标 | 年初设定目标 | < | < | < | 全年完成情况 | < | < | < | <",
        "^ | 目标1：开馆300天；\\n目标2：新书1万册。 | < | < | < | 开馆305天，新书1.1万册。 | < | < | < | <",
        "绩\\n效 | 一级指标 | 二级指标 | 三级指标 | 指标解释 | 年度指标值 | 全年实际值(B) | 分值 | 得分 | 未完成原因和改进措施",
        "^ | 产\\n出\\n指\\n标\\n（50分） | 履职目标实现 | 开馆天数 | 全年开馆的天数 | ≥300天 | 305 | 25 | 25 | 无",
        "^ | ^ | 重点工作\\n任务完成 | 新书上架率 | | ≥95% | 96% | 25 | 25 | ",
        "^ | ^ | ^ | …… | | | | | | ",
        "^ | 效益指标（40分） | 履职效益 | 到馆人次 | | ≥10万人次 | 12万人次 | 30 | 30 | ",
        "^ | ^ | 满意度 | 读者满意度 | | ≥90% | 95% | 10 | 10 | ",
        "总分 | < | < | < | < | < | < | 100 | 99.85 | ",
    ],
    "注：得分不超过分值。",
    "填表人：李某　　填报日期：2023年3月1日",
]

SOURCES_OF_ITS_OWN: list[Part] = [
    "2022年度项目支出绩效自评表",
    "单位名称：青溪市园林局",
    [
        "项目名称 | < | 老城绿道 | < | < | < | <",
        "主管部门 | < | 青溪市园林局 | < | 项目实施单位 | < | 青溪市绿道办",
        "预算执行情况（万元） | | 预算数(A) | 执行数(B) | 执行率(B/A) | < | 得分(10分*执行率)",
        "^ | 年度财政资金总额 | 200 | 190 | 95% | < | 9.5",
        "^ | 其中：中央补助 | 150 | 150 | 100% | < | ",
        "^ | 上年结转资金 | 50 | 40 | 80% | < | ",
        "绩效指标 | < | < | 年初目标值(A) | 实际完成值(B) | 分值 | 得分",
        "一级指标 | 二级指标 | 三级指标 | ^ | ^ | ^ | ^",
        "产出指标 | 数量指标 | 绿道长度 | ≥8公里 | 8公里 | 50 | 50",
        "效益指标 | 社会效益指标 | 日均游人 | ≥500人 | 550人 | 30 | 30",
        "满意度指标 | 服务对象满意度指标 | 游人满意度 | ≥90% | 81% | 10 | 9",
        "总分 | < | < | < | < | 100 | 98.5",
        "偏差大或目标未完成原因分析 | < | 卫生间少。 | < | < | < | <",
    ],
]

MONEY_IN_PAIRS: list[Part] = [
    "项目支出绩效自评表",
    "（2022年度）",
    [
        "项目名称 | < | 堤防加固 | < | < | < | <",
        "实施单位 | < | 青溪市水利站 | < | < | < | <",
        "预算执行情况（万元） | 预算数： | 300 | < | 执行数： | 285 | <",
        "^ | 其中：财政拨款 | 260 | < | 其中：财政拨款 | 245 | <",
        "^ | 其他资金 | 40 | < | 其他资金 | 40 | <",
        "年度目标完成情况 | 预期目标 | < | < | 实际完成情况 | < | <",
        "^ | 加固堤防3公里。 | < | < | 加固3公里。 | < | <",
        "一级指标 | 二级指标 | 三级指标 | 分值 | 预期指标值 | 实际完成指标值 | 自评得分",
        "产出指标 | 数量指标 | 加固长度 | 50 | 3公里 | 3公里 | 50",
        "效益指标 | 社会效益指标 | 受益人口 | 30 | ≥2万人 | 2.2万人 | 30",
        "满意度指标 | 服务对象满意度指标 | 村民满意度 | 10 | ≥90% | 92% | 10",
        "合计 | < | < | 100 | | | 99.5",
    ],
]

PROJECT_ROWS = [
    ("产出指标", "数量指标", "{name}完成数量", "≥10个", "10个", "50", "50", ""),
    ("效益指标", "社会效益指标", "{name}惠及人数", "≥500人", "450人", "30", "27", "天气影响"),
    ("满意度指标", "服务对象满意度指标", "{name}群众满意度", "≥90%", "95%", "10", "10", ""),
]


def small(name: str) -> list[Part]:
    """A short form of one project, to stand among others."""
    return [
        "项目支出绩效自评表",
        "（2022年度）",
        [
            f"项目名称 | {name} | < | < | < | < | < | <",
            "主管部门 | 青溪市园林局 | < | < | 实施单位 | 青溪市苗圃 | < | <",
            "项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
            "^ | 年度资金总额 | 50 | 50 | 40 | 10 | 80% | 8",
            "年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <",
            f"^ | {name}建好。 | < | < | {name}已建好。 | < | < | <",
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
            *(" | ".join(c.format(name=name) for c in row) for row in PROJECT_ROWS),
            "总分 | < | < | < | < | 100 | 95 | ",
        ],
    ]
