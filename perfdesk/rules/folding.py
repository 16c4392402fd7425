"""One cause gives one finding: doubts that follow from an error at the same indicator are folded into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perfdesk.model.finding import Finding

_CAUSES = (("leftover", "level3"), ("name-missing", "level3"))
"""Code and column of findings after which nothing else need be said of the indicator: the row is not filled in yet. Gravest first."""


def folded(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Of one indicator's findings; the cause names what was folded into it. Errors are never folded away."""
    for code, column in _CAUSES:
        cause = next(
            (f for f in found if (f.code, f.place.column, f.severity) == (code, column, "error")), None
        )
        doubts = [f for f in found if f.severity != "error"]
        if cause is not None and doubts:
            others = "、".join(dict.fromkeys(f.title for f in doubts))
            told = replace(cause, message=f"{cause.message}这一行的其他问题（{others}）填好后再看。")
            return tuple(told if f is cause else f for f in found if f.severity == "error")
    return tuple(found)
