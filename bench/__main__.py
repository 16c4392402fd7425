"""``make bench``: everything measured side by side in one run; ``bench/results.json``, a table and a picture for the README.

``python -m bench [NAME…]``: only these modules, printed, nothing written.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from bench.chart import chart
from bench.machine import machine
from bench.measured import Row
from bench.reasons import with_reason

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

MODULES = (
    "starting",
    "one_form",
    "batch",
    "long_table",
    "reading",
    "editing",
    "checking",
    "importing",
    "main_job",
)
HERE = Path(__file__).parent
README = HERE.parent / "README.md"
BEGIN, END = "<!-- make bench：开始 -->", "<!-- make bench：结束 -->"


def main(names: list[str]) -> int:
    start = perf_counter()
    rows: list[Row] = []
    for name in names or MODULES:
        for row in map(with_reason, importlib.import_module(f"bench.{name}").rows()):
            print(line(row), flush=True)
            rows.append(row)
    minutes = (perf_counter() - start) / 60
    print(f"{len(rows)} 项，{sum(not row.held for row in rows)} 项未达到，{minutes:.1f} 分钟")
    if not names:
        keep(rows)
    return 0


def line(row: Row) -> str:
    """One line of the table: what, how much, beside whom, how far from the bar."""
    if row.ours is None:
        return f"| {row.work} | 没有测 | {row.peer} | ≤ {row.bar:g} 倍 | {row.said} |"
    beside = f"{row.peer} {row.theirs:,.2f} {row.unit}" if row.theirs is not None else ""
    reached = (
        f"{row.reached:.2f} 倍（≤ {row.bar:g}）" if row.theirs is not None else f"≤ {row.bar:g} {row.unit}"
    )
    mark = "" if row.held else "**未达到** "
    return f"| {row.work} | {row.ours:,.2f} {row.unit} | {beside} | {mark}{reached} | {row.said} |"


def keep(rows: list[Row]) -> None:
    """The figures as data, the table and the picture in the README."""
    data = {"machine": machine(), "rows": [asdict(row) | {"held": row.held} for row in rows]}
    (HERE / "results.json").write_text(
        json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (HERE / "results.svg").write_text(chart(rows), encoding="utf-8")
    head = f"中位数，同一次运行里轮流测得；{machine()}。\n\n| 做什么 | 本程序 | 对照 | 比 | 说明 |\n| --- | ---: | --- | --- | --- |\n"
    table = head + "\n".join(line(row) for row in rows) + "\n"
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n\n{table}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
