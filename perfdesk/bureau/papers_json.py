"""Papers as plain data and back, for the pipe between the process that reads what came in and this one."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from perfdesk.catalog import Catalog
from perfdesk.model.bureau import Amount, Indicator, Paper, Told
from perfdesk.model.collected import PaperSeen, Seen
from perfdesk.model.submission import HandedIn
from perfdesk.submission.whole import whole_filing, whole_json

_WORDS = ("kind", "name", "total", "grade", "printed")


def paper_json(paper: Paper) -> dict[str, Any]:
    parts = {"amounts": paper.amounts, "indicators": paper.indicators, "findings": paper.findings}
    lists = {name: [_values(one) for one in some] for name, some in parts.items()}
    return {"filing": whole_json(paper.filing), **{w: getattr(paper, w) for w in _WORDS}, **lists}


def paper_from(data: dict[str, Any], forms: Catalog) -> Paper:
    """KeyError, TypeError or ValueError where the data are something else."""
    filing = data["filing"]
    return Paper(
        whole_filing(filing, forms.forms[filing["form"]]),
        str(data["kind"]),
        str(data["name"]),
        tuple(Amount(*one) for one in data["amounts"]),
        tuple(Indicator(*one) for one in data["indicators"]),
        tuple(Told(*one) for one in data["findings"]),
        str(data["total"]),
        str(data["grade"]),
        str(data["printed"]),
    )


def answers_json(told: HandedIn | None) -> list[list[Any]]:
    """What a package says about the bureau's remarks; ``Answered(*one)`` is one of them again."""
    return [_values(one) for one in told.answers] if told else []


def seen_json(seen: Seen) -> dict[str, Any]:
    names = (f.name for f in fields(Seen))
    return {name: getattr(seen, name) for name in names} | {"papers": [_values(one) for one in seen.papers]}


def seen_from(data: dict[str, Any]) -> Seen:
    """TypeError, KeyError or ValueError where the data are something else."""
    head: dict[str, Any] = {**data, "papers": tuple(PaperSeen(*one) for one in data["papers"])}
    return Seen(**head)


def _values(value: Any) -> list[Any]:
    return [getattr(value, name) for name in value.__slots__]
