"""What ``make bureau`` found, as data and as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.machine import machine

HERE = Path(__file__).parent
HEADS = (
    "单位", "库", "报送包", "收取（读、核对、存）", "每个单位", "收取时最大的进程", "汇总", "汇总写成工作簿", "写时最大的进程", "库的大小",
    "合计相等", "命令列出的合计", "错误查出", "各单位的份额", "差额表",
)  # fmt: skip
HEAD = f"| {' | '.join(HEADS)} |\n|{' ---: |' * len(HEADS)}\n"


def keep(runs: Sequence[dict[str, Any]]) -> None:
    """``bureau.json`` and ``bureau.md`` beside this file."""
    data = {"machine": machine(), "runs": list(runs)}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (HERE / "bureau.json").write_text(text + "\n", encoding="utf-8")
    lines = "\n".join(line(run) for run in runs)
    forms = runs[0]["forms"]
    told = f"# 财政局一侧，足尺\n\n每个单位 {forms} 张表，部门另报两张；{machine()}。`make bureau` 写出。\n\n{HEAD}{lines}\n"
    (HERE / "bureau.md").write_text(told, encoding="utf-8")


def line(run: dict[str, Any]) -> str:
    proof = (
        f"{run['proof'][name][0]}/{run['proof'][name][1]}"
        for name in ("sums", "shown", "planted", "shares", "apart")
    )
    each = 1000 * run["collecting"] / run["units"]
    cells = (
        f"{run['units']}",
        run["base"],
        f"{run['handed']:.1f} MB",
        f"{run['collecting']:.1f} s",
        f"{each:.0f} ms",
        f"{run['memory']:.0f} MB",
        f"{run['summing']:.2f} s",
        f"{run['summary']:.1f} s",
        f"{run['summary_memory']:.0f} MB",
        f"{run['stored']:.1f} MB" if run["stored"] else "",
        *proof,
    )
    return f"| {' | '.join(cells)} |"
