"""Checking a year of 60 forms from scratch, and again after an edit."""

from __future__ import annotations

from bench.checks_60 import FORMS, measured
from bench.measured import Row, percentile


def rows(rounds: int = 7) -> list[Row]:
    whole, edits = measured(rounds)
    return [
        Row(f"审核全年 {FORMS} 张表（连同上年和各表之间）", percentile(whole, 0.5), "ms", 1000),
        Row("改一格后再审核", percentile(edits, 0.99), "ms", 20),
    ]
