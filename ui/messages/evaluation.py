"""Words of self-evaluations: scores with their reasons, facts, schemes, many at once."""

from __future__ import annotations

from collections.abc import Sequence

ALL = "全部自评"
MAKE = "生成自评表"
TOTAL = "总分"
NO_GRADE = "未定等级"
WHOLE_WEIGHT = "权重合计"
REASON_DUE = "须说明原因"
NOTE_DUE = "须写明理由"
HEADS = {"deviation": "偏差原因"}
"""Columns whose printed name is too long for the screen."""
NO_REASON = "选中一项三级指标，这里显示它怎样得分。"
TO_FACTS = "到基础数据修改"
NOTHING_TYPED = "所选的格里没有手工填写的数，都是计算的。"
STEP_COMPUTED = "采用计算数"


def counted(name: str, score: str, weight: str) -> str:
    return f"{name} {score}/{weight}"


def weight_off(name: str, got: str, wanted: str) -> str:
    return f"{name}权重 {got}/{wanted}"


def still_open(count: int) -> str:
    return f"还有 {count} 项不能得分"


def typed_over(computed: str) -> str:
    """Of a cell that shows what somebody typed."""
    return (
        f"手工填写；按公式计算是 {computed}。清空后恢复计算。" if computed else "手工填写。清空后恢复计算。"
    )


def weight_typed() -> str:
    return "手工填写的分值；清空后由程序平均分配。"


def not_in_scheme(level1: str) -> str:
    return f"“{level1}”不在所选的评分方案里，这一项不计分。"


def rate_reason(indicator: str, words: str) -> str:
    return f"{indicator}：{words}"


def cut(text: str, cap: str) -> Sequence[str]:
    return (text, cap) if cap else (text,)


# --- the result ---

SUMMARY_HEADS = ("指标", "权重分值", "得分", "得分率", "")
NOT_SCORED = "不计分"
YEARS = "历年总分"
QUARTERS = "各季度末累计执行"
NO_RATE = "—"
ONE_YEAR = "只有这一年的自评；有了往年的自评表，这里画出历年总分。"
PRINTED = "印出的总分和等级"
PRINTED_HINT = "一般不用填：空着就印计算的结果。"


def percent(text: str) -> str:
    return f"{text}%"


def outcome(total: str, grade: str) -> str:
    return f"{total} {grade}".strip()


def year(number: int) -> str:
    return f"{number} 年"


# --- facts, money ---

BY_HAND = "手工填写"


def against(computed: str) -> str:
    """Below a field that somebody typed over."""
    return f"手工填写，计算是 {computed}" if computed else BY_HAND


def propose(number: int) -> str:
    return f"采用本年填报的 {number}"


def proposed_tip(label: str, number: int) -> str:
    return f"{label}：按本年的填报数出来是 {number}，点一下填入。"


def rate_line(indicator: str, reckoned: str) -> str:
    return f"{indicator}：{reckoned}"


STEP_PROPOSED = "采用本年填报的个数"


# --- making them ---

MAKE_TITLE = "生成自评表"
MAKE_HEAD = "按本年的绩效目标生成自评表（已有的不再生成）："
MAKE_ALL = "全选"
MAKE_START = "生成"
SCOPES = {"department": "部门整体", "project": "项目"}
FORM_OF = {"department": "部门整体用的表样", "project": "项目用的表样"}
SCHEME_OF = {"department": "部门整体的评分方案", "project": "项目的评分方案"}
NO_TARGETS = "本年还没有整体绩效目标或项目绩效目标，不能生成自评表。"
NO_FORM = "没有可用的自评表样。"
ALL_MADE = "本年的绩效目标都已有自评表。"


MAKING = "正在生成自评表…"


def target_line(scope: str, name: str) -> str:
    return f"{SCOPES[scope]}：{name}"


def step_make(count: int) -> str:
    return f"生成 {count} 份自评表" if count > 1 else MAKE


def made(count: int, kept: int) -> str:
    return f"已生成 {count} 份自评表" + (f"，{kept} 份已有，没有重复生成。" if kept else "。")


# --- all of a year ---

COLUMNS = ("序号", "名称", "评分方案", "总分", "表上总分", "等级", "错误", "提醒")
WORST_COLUMNS = ("得分率", "指标", "指标值", "实际完成值", "得分", "名称")
WORST = "得分率最低的指标"
OPEN = "打开"
EXPORT = "导出 Excel…"
DELETE = "删除"
EXPORT_TITLE = "导出得分汇总"
HEAD = "自评"
EMPTY = "本年还没有自评表。点“生成自评表”，按本年的绩效目标一次生成；或把填好的自评表拖进窗口。"
KEYS_HINT = "Enter 打开　Delete 删除"
NOT_COUNTED = "没有评完的不计入平均分和等级。"


def title(year: str, unit: str, count: int) -> str:
    return f"{year} · {unit} · {count} 份自评" if count else f"{year} · {unit} · 自评"


def head(count: int) -> str:
    return f"{HEAD} · {count}" if count else HEAD


def scored(total: str, grade: str) -> str:
    return f"{TOTAL} {total}（{grade or NO_GRADE}）"


def evaluations_of(year: str, count: int) -> str:
    return f"{year}项目自评 · {count}"


def graded(name: str, count: int) -> str:
    return f"{name} {count}"


def averaged(count: int, average: str, grades: Sequence[str]) -> str:
    parts = [f"已评完 {count} 份", *([f"平均 {average} 分"] if average else []), *grades]
    return "　".join(parts)


def unfinished(count: int) -> str:
    return f"还有 {count} 项"


def weak_score(score: str, weight: str) -> str:
    return f"{score}/{weight}"


def deleted(count: int) -> str:
    return f"已删除 {count} 份自评表，可以撤销。"


def file_name(year: int | None, unit: str) -> str:
    return f"{year or ''}{unit}绩效自评得分汇总.xlsx"
