"""Words of the bureau's sums: tables, indicators, scores, differences, units side by side."""

from __future__ import annotations

from decimal import Decimal

VIEWS = {
    "sums": "汇总表", "indicators": "指标", "standings": "得分排名", "differences": "差额表", "heat": "分单位",
}  # fmt: skip
OF_WHOM = "汇总哪些单位"
EVERYONE = "全部单位"
FORM = "表样"
TABLE = "表"
KIND = "自评"
KINDS = {"department": "部门（单位）整体自评", "project": "项目自评"}
EXPORT = "导出"
EXPORT_ALL = "汇总册（全部表、指标、排名、差额）…"
EXPORT_FORM = "这份表样的汇总表…"
EXPORT_FILTER = "Excel 文件 (*.xlsx);;Word 文件 (*.docx);;PDF 文件 (*.pdf)"
EXPORTING = "正在汇总并导出…"
READING = "正在汇总…"

CODE, NAME, UNIT, AMOUNT, PART = "科目编码", "名称", "单位", "金额", "占比"
TOGETHER = "合计"
TARGET_ACTUAL = "指标值 → 完成值"
INDICATOR_HEADS = ("一级指标", "二级指标", "三级指标", "表数", "指标值", "完成值", "合并方法")
STANDING_HEADS = ("名次", "单位", "名称", "总分", "等级", "表上总分")
DIFFERENCE_HEADS = ("表", "行", "栏", "本级填报", "下级合计", "差额")
HOW = {"weighted": "按金额加权", "plain": "简单平均", "added": "相加"}
IN_WORDS = "文字"
UNFINISHED = "未评完"
NOT_HANDED_IN = "未报"

NOTHING = "还没有可以汇总的表。收到各单位的报送以后，这里显示合计；点一个合计，就看到由哪些单位相加。"
NO_INDICATORS = "这份表样没有可以合并的指标，或者还没有单位填写。"
NO_STANDINGS = "还没有单位报送自评表。"
NO_NODE = "差额表把一个部门自己填的表和下级单位的合计对照。先在左上角选一个部门。"
NO_DIFFERENCES = "没有可以对照的表：要有这个部门自己的一份，也要有下级单位的。"
ALL_SAME = "本级填报和下级合计完全一致。"
PICK_CELL = "点一个数，这里列出它由哪些单位相加。"
PICK_INDICATOR = "点一个指标，这里列出各单位的指标值和完成值。"
OPEN_PAPER = "双击或按 Enter 打开那个单位的表。"
UNREAD = "带 * 的合计：有单位在这里填的不是数，没有加进来；点开可以看是哪些单位。"
CHOOSE_HINT = "按住 Ctrl 或 Shift 可以选几个；选一个上级就是它下面的全部单位。"
MOST_NAME = 16
CHOOSE_TITLE = "汇总哪些单位"


def cell(text: str, unread: int) -> str:
    """A sum; marked where somebody has something there that is no number."""
    return f"{text} *" if unread else text


def shortened(of: str) -> str:
    return of if len(of) <= MOST_NAME else f"{of[: MOST_NAME - 1]}…"


def percent(part: Decimal | None) -> str:
    return "" if part is None else f"{part}%"


def instead(text: str) -> str:
    return f"“{text}”" if text else "—"


def wanted(target: str, actual: str) -> str:
    return f"{target} → {actual}" if actual else target


def money_unit(unit: str) -> str:
    return f"金额单位：{unit}" if unit else ""


def same_cells(count: int) -> str:
    return f"另有 {count} 格一致。"


def grades(counts: dict[str, int], missing: int) -> str:
    told = [f"{grade} {count}" for grade, count in counts.items()]
    told += [f"未报 {missing}"] if missing else []
    return "　".join(told)


def file_name(of: str, year: int) -> str:
    return f"{of}{year}年度报送汇总"


def form_choice(title: str, scheme: str) -> str:
    return f"{title}　{scheme}"
