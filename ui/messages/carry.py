"""Words of carrying a year's filings into the next."""

from __future__ import annotations

ACTION = "由上年结转…"
TITLE = "由上年结转"
FROM, TO, SCHEME, AMOUNTS, UNIT = "从", "到", "表样", "金额", "单位"
SCHEME_OWN = "适用于新年度的表样"
AMOUNT_CHOICES = {"keep": "保留上年数", "empty": "清空", "percent": "上年数的百分之"}
PERCENT = "百分比"
COLUMNS = ("内容", "上年", "结转后")
KINDS = {
    "group": "归到哪个二级指标，由您定",
    "cell": "填到哪一栏，由您定",
    "left": "新表样没有位置（随表保留，在审核里列出）",
    "year": "文字里的年份",
    "look": "上年的字样，请您看（不自动改）",
    "target": "指标值沿用上年",
}
ACCEPT_ALL = "全部接受"
START = "结转"
HINT = "没有勾选的不改，需要您定的会留在审核里提醒。结转后 Ctrl+Z 可整次撤销。"
PREPARING = "正在比对上年的内容…"
CARRYING = "正在结转…"
NOTHING = "这一年度没有可以结转的填报。"
WRONG_PERCENT = "百分比应大于 0，如 105。"
EMPTY = "（空）"
EMPTIED = "（清空）"
LINK = "由上年结转"


def heading(unit: str, source: str, target: str) -> str:
    return f"{unit}：{source}　→　{target}"


def all_units(count: int) -> str:
    return f"全部 {count} 个单位"


def group_text(kind: str, count: int) -> str:
    return f"{KINDS[kind]} · {count}"


def summary(filings: int, deciding: int, waiting: int) -> str:
    """``deciding``: choices that nobody has confirmed; ``waiting``: other proposals that are not ticked."""
    said = f"结转 {filings} 份表"
    if deciding:
        said += f"；{deciding} 处由您定，先按建议放好，勾选即确认"
    return f"{said}；{waiting} 处建议没有勾选" if waiting else said


def skipped(title: str, reason: str) -> str:
    return f"“{title}”{reason}，不结转。"


def all_skipped(first: str, count: int) -> str:
    return first if count == 1 else f"{first}另有 {count - 1} 份也不结转。"


def done(count: int, source: str) -> str:
    return f"已由 {source}结转 {count} 份表，上年的值列在旁边对照；Ctrl+Z 可整次撤销。"


def next_year(year: str) -> str:
    return f"文件已导入。{year} 的表可以现在由它结转：保留内容，更新年份，上年的值列在旁边对照。"


def make_year(year: str) -> str:
    return f"结转到 {year}"


# --- last year beside this year ---

MOST = 60
LAST_YEAR = "显示上年值"
LAST_YEAR_TIP = "上年的值列在格子下方（与今年不同的）"
USE_LAST = "填入上年值"
NO_LAST = "选中的格子没有上年值，或与上年相同。"


def whole(text: str) -> str:
    """All of last year's text of a cell; empty where there was none."""
    return f"上年：{text}" if text.strip() else ""


def before(text: str) -> str:
    """Last year's value of a cell, on one line; empty where there was none."""
    plain = " ".join(text.split())
    short = plain if len(plain) <= MOST else f"{plain[: MOST - 1]}…"
    return f"上年：{short}" if short else ""
