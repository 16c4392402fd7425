"""Pictures of a report: score rates by level 1, the totals of the years, the execution by quarter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfdesk.document.blocks import Bar, Block, Chart, Paragraph
from perfdesk.report.reported import Reported

LEVELS, YEARS, QUARTERS = "各部分得分率", "历年总分", "各季度末累计执行数"
TITLES = (LEVELS, YEARS, QUARTERS)
RATE, TOTAL, EXECUTED = "得分率（%）", "总分", "累计执行数"
QUARTER_FACTS = (("executed_q1", "一季度末"), ("executed_q2", "二季度末"), ("executed_q3", "三季度末"), ("executed", "全年"))  # fmt: skip


def level_bars(reported: Reported) -> Iterator[Block]:
    """One bar for each line of the table of scores but the sum."""
    bars = tuple(Bar(x.label, (x.rate,)) for x in reported.lines[:-1] if x.rate is not None)
    yield from _chart(LEVELS, (RATE,), bars)


def years_line(reported: Reported) -> Iterator[Block]:
    """From the first earlier year that has a total to this one; a year alone is no line."""
    totals = [(t.year, t.total) for t in reported.companions.totals]
    if reported.total is not None and reported.year is not None:
        totals.append((reported.year, reported.total))
    if len(totals) < 2:
        return
    known = dict(totals)
    years = range(totals[0][0], totals[-1][0] + 1)
    points = tuple(Bar(f"{year}年", (known.get(year),)) for year in years)
    yield from _chart(YEARS, (TOTAL,), points, "line")


def quarter_bars(reported: Reported) -> Iterator[Block]:
    """Only where the execution of a quarter is known."""
    known = [(label, reported.facts[f]) for f, label in QUARTER_FACTS if f in reported.facts]
    if len(known) > 1:
        bars = tuple(Bar(label, (value,)) for label, value in known)
        yield from _chart(f"{QUARTERS}（{reported.unit}）", (EXECUTED,), bars)


def _chart(title: str, series: tuple[str, ...], bars: tuple[Bar, ...], kind: str = "bars") -> Iterator[Block]:
    if bars and any(isinstance(v, Decimal) for b in bars for v in b.values):
        yield Paragraph(title, "table_title")
        yield Chart(series, bars, title, "line" if kind == "line" else "bars")
