"""Words of the comparison: the open form against another year, an earlier state, or what was printed."""

from __future__ import annotations

TITLE = "比较"
WITH = "与谁比较"
PRINTED = "印出（填写）数与计算数"
NOW = "现在"
ONLY_DIFFERENCES = "只看不同"
EXPORT = "导出清单…"
BACK = "回到填报"
COLUMNS = ("内容", "差别", "增减")
KINDS = {"same": "相同", "changed": "不同", "left": "仅左", "right": "仅右"}
COMPARING = "正在比较…"
HINT = "双击或按 Enter 转到本表的那一格。"
EXPORT_TITLE = "导出比较清单"
EXPORT_FILTER = "Word 文件 (*.docx);;Excel 文件 (*.xlsx);;PDF 文件 (*.pdf)"
NOTHING_OPEN = "请先打开一份填报，再比较。"
UNNAMED_PART = "—"


def title(form: str, year: str) -> str:
    return f"比较 · {year} {form}"


def step(time: str, label: str) -> str:
    return f"{time} “{label}”之后"


def other(year: str, title: str, unit: str) -> str:
    return " · ".join(part for part in (year, title, unit) if part)


def summary(differences: int, cells: int, unit: str) -> str:
    said = (
        f"不同 {differences} 处，共比较 {cells} 处；金额单位：{unit}。"
        if differences
        else f"{cells} 处全部相同。"
    )
    return said + HINT


def file_name(unit: str, year: str) -> str:
    return f"{year.replace(' ', '')}{unit}比较清单.docx"


def written(name: str) -> str:
    return f"正在写出 {name}…"
