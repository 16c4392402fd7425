"""Words of the self-evaluation report."""

from __future__ import annotations

STEP = "生成自评报告"
THERE = "本年度已有自评报告，已打开。"
NO_EVALUATION = "本年度还没有部门整体的自评表。先由申报表生成自评表，再生成报告。"
BIND_STEP = "文字里的数改为随数据更新"
BOUND = "与数据相同的数已改为随数据更新。"
NOTHING_TO_BIND = "文字里没有可以改为随数据更新的数。"
NO_TEXTS = "这张表没有引用数据的文字。"


def made(last_year: int | None) -> str:
    """``last_year``: of the report whose words were taken over."""
    taken = f"，沿用了 {last_year} 年度报告的文字" if last_year is not None else ""
    return f"已由自评表生成自评报告{taken}。"
