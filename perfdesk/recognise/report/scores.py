"""The table of scores of a report, 指标 | 权重分值 | 得分 | 得分率, and the tables that stand for its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from perfdesk.catalog import label_key
from perfdesk.model.form import Form
from perfdesk.recognise.lines import Line
from perfdesk.report.pictures import EXECUTED, RATE, TITLES, TOTAL

_SUMS = frozenset({"合计", "总计", "总分", "总得分", "综合得分"})
_SERIES = frozenset(label_key(t) for t in (RATE, TOTAL, EXECUTED))
_TITLES = tuple(label_key(t) for t in TITLES)


@dataclass(slots=True)
class Scores:
    """``rows`` without the sum, which is ``result``: its weight, ``total`` and rate."""

    rows: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    result: dict[str, str] = field(default_factory=dict[str, str])
    claimed: set[int] = field(default_factory=set[int])


def read_scores(lines: Sequence[Line], form: Form) -> Scores:
    """The first table that has the columns of the section ``scores`` and no others that name indicators."""
    names = {label_key(t): f.id for f in form.section("scores").fields for t in (f.label, *f.aliases)}
    scores = Scores()
    for at, line in enumerate(lines):
        columns = _columns(names, line)
        if not columns:
            continue
        scores.claimed.add(id(line))
        for row in lines[at + 1 :]:
            if row.table != line.table or scores.result:
                break
            if _columns(names, row):
                scores.claimed.add(id(row))  # the head again, on the next page
            elif not _take(scores, columns, row):
                break
        break
    titles = {label_key(t) for t in (form.section("scores").label, *form.section("scores").aliases)}
    scores.claimed |= (
        {id(n) for n in lines if len(n.filled) == 1 and label_key(n.text) in titles} if scores.rows else set()
    )
    return scores


def _columns(names: dict[str, str], line: Line) -> dict[str, int]:
    """Field → column, where the row is the head of such a table."""
    if line.table < 0:
        return {}
    found: dict[str, int] = {}
    for spot in line.filled:
        name = names.get(label_key(spot.own))
        if name is None or name in found:
            return {}
        found[name] = spot.col
    return found if {"label", "weight", "score"} <= found.keys() else {}


def _take(scores: Scores, columns: dict[str, int], line: Line) -> bool:
    """False where the row is none of the table: of a sheet all rows are one table."""
    spots = {name: line.at(col) for name, col in columns.items()}
    row = {name: spot.own for name, spot in spots.items() if spot and spot.own}
    label = spots["label"]
    if not row.get("label") or label is spots["weight"]:
        return False
    scores.claimed.add(id(line))
    if label_key(row["label"]) in _SUMS:
        own = {"weight": row.get("weight", ""), "total": row.get("score", ""), "rate": row.get("rate", "")}
        scores.result = {k: v for k, v in own.items() if v}
    else:
        scores.rows.append(row)
    return True


def pictures(lines: Sequence[Line]) -> set[int]:
    """Ids of the lines that are titles of pictures, or rows of the tables that stand for them."""
    found = {id(line) for line in lines if _is_title(line)}
    table: int | None = None
    for line in lines:
        first = line.filled[0] if line.filled else None
        if first and line.table >= 0 and first.col == 1 and label_key(line.text) in _SERIES:
            table = line.table
        elif table is not None and not (
            line.table == table and len(line.filled) <= 2 and first and (first.col, first.end) == (0, 1)
        ):
            table = None
        if table is not None:
            found.add(id(line))
    return found


def _is_title(line: Line) -> bool:
    return (
        len(line.filled) == 1
        and len(line.text) < 30
        and any(label_key(line.text).startswith(t) for t in _TITLES)
    )
