"""What a command says: people's text or one JSON value on stdout, messages on stderr, and the exit code."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from perfdesk.model.finding import Finding

DONE, FOUND_NOTHING_OR_ERRORS, WRONG_USAGE, REFUSED = 0, 1, 2, 3

SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}


def say_json(value: Any) -> None:
    """Exactly one JSON value, nothing else."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def warn(message: str) -> None:
    print(message, file=sys.stderr)


def counter(prefix: str = "r") -> Callable[[], str]:
    """Row ids for filings that are not stored: the same file gives the same ids."""
    numbers = itertools.count(1)
    return lambda: f"{prefix}{next(numbers)}"


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    """One line a finding, as people read it."""
    return [f"  {SEVERITIES[f.severity]}  {f.where}  {f.title}：{f.message}" for f in findings]


def summary(findings: Sequence[Finding]) -> str:
    counts = [(name, sum(f.severity == key for f in findings)) for key, name in SEVERITIES.items()]
    return "，".join(f"{name} {count}" for name, count in counts if count) or "没有发现问题"
