"""How a scored self-evaluation is told: as JSON, and as lines for people."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from perfdesk.evaluation.entered import MONEY, RESULT
from perfdesk.evaluation.evaluated import Evaluated, evaluate, shown_points
from perfdesk.evaluation.ranking import Ranked, Ranking, Weak
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.form import Form
from perfdesk.score import Item
from perfdesk.titles import name_of, title_of
from perfdesk.weights import WeightSum

HEAD = ("指标", "权重分值", "得分", "得分率")


def found_by(form: Form, filing: Filing) -> Evaluated:
    """Of a self-evaluation."""
    found = evaluate(form, filing)
    assert found is not None
    return found


def printed(filing: Filing, item: Item) -> str:
    """The score that stands on the form where it is another than the computed one, else empty."""
    row = filing.row(item.row or MONEY)
    return row.get("score").strip() if row else ""


def score_json(form: Form, filing: Filing) -> dict[str, Any]:
    """Numbers as decimal strings. ``printed``: what stands on the form where it is not what is computed, else null."""
    found = found_by(form, filing)
    scored, places = found.scored, _places(form, filing)
    return {
        "id": filing.id,
        "form": filing.form,
        "title": title_of(form, filing),
        "name": name_of(form, filing),
        "unit_name": filing.unit_name,
        "year": filing.year,
        "scheme": {"id": found.scheme.id, "name": found.scheme.name, "source": found.scheme.source},
        "items": [_item_json(filing, item, places) for item in scored.items],
        "levels": [
            {
                "label": level.label,
                "weight": shown_points(level.weight),
                "score": shown_points(level.score),
                "rate": shown_points(level.rate),
            }
            for level in scored.levels
        ],
        "total": shown_points(scored.total),
        "uncapped": shown_points(scored.uncapped),
        "cap": scored.cap,
        "grade": scored.grade,
        "open": scored.open,
        "printed": {key: filing.cell(f"{RESULT}/{key}").strip() or None for key in ("total", "grade")},
        "weights": [
            {"label": s.label, "wanted": shown_points(s.wanted), "got": shown_points(s.got)}
            for s in found.sums
        ],
        "rates": {places[row]: computed.words for row, computed in found.rates.items()},
    }


def _places(form: Form, filing: Filing) -> dict[str, str]:
    return {leaf.row.id: f"{form.tree.id}/{leaf.number}" for leaf in leaves(filing, form.tree.id)}


def _item_json(filing: Filing, item: Item, places: dict[str, str]) -> dict[str, Any]:
    row = filing.row(item.row) if item.row else None
    return {
        "where": places[item.row] if item.row else MONEY,
        "part": item.part,
        "name": item.name,
        "weight": shown_points(item.weight),
        "target": item.target,
        "actual": item.actual,
        "score": None if item.score is None else shown_points(item.score),
        "computed": None if item.computed is None else shown_points(item.computed),
        "printed": printed(filing, item) or None,
        "by_hand": item.by_hand,
        "due": item.due,
        "deviation": row.get("deviation") if row else "",
        "reason": item.reason,
        "refused": item.refused,
    }


def ranking_json(found: Ranking) -> dict[str, Any]:
    return {
        "rows": [_row_json(row) for row in found.rows],
        "average": None if found.average is None else shown_points(found.average),
        "grades": dict(found.grades),
        "worst": [_weak_json(weak) for weak in found.worst],
    }


def _row_json(row: Ranked) -> dict[str, Any]:
    return {
        "id": row.filing.id,
        "name": row.name,
        "scope": row.scope,
        "unit_name": row.filing.unit_name,
        "year": row.filing.year,
        "scheme": row.scheme.id,
        "levels": {level.label: shown_points(level.score) for level in row.scored.levels},
        "total": shown_points(row.scored.total),
        "printed": row.printed or None,
        "grade": row.scored.grade,
        "open": row.scored.open,
    }


def _weak_json(weak: Weak) -> dict[str, Any]:
    return {
        "name": weak.of.name,
        "indicator": weak.item.name,
        "weight": shown_points(weak.item.weight),
        "score": shown_points(weak.item.score) if weak.item.score is not None else None,
        "rate": shown_points(weak.rate),
        "deviation": weak.deviation,
    }


# --- for people -------------------------------------------------------------------------------------------------------


def score_lines(form: Form, filing: Filing) -> list[str]:
    """Heading, summary, total with grade, weights that do not add up, each line with its reason."""
    found = found_by(form, filing)
    scored = found.scored
    year = "年度不明" if filing.year is None else f"{filing.year} 年度"
    name = " ".join(t for t in (title_of(form, filing), filing.cell("basic/name")) if t)
    lines = [f"▪ {name}  {filing.unit_name or '单位不明'}  {year}  按“{found.scheme.name}”评分"]
    levels = [
        (x.label, shown_points(x.weight), shown_points(x.score), f"{shown_points(x.rate)}%")
        for x in scored.levels
    ]
    lines += columns([HEAD, *levels])
    lines.append(f"  {_total(found, filing)}")
    lines += [f"  {scored.cap}"] if scored.cap else []
    lines += [_weights(s) for s in found.sums if s.wanted != s.got]
    lines.append("  各项得分：")
    lines += [f"  {_line(filing, item)}" for item in scored.items]
    return lines


def _total(found: Evaluated, filing: Filing) -> str:
    scored = found.scored
    grade = f"等级“{scored.grade}”" if scored.grade else f"还有 {scored.open} 项不能评分，暂不定等级"
    on_form = [
        f"{name} {text}"
        for key, name in (("total", "总分"), ("grade", "等级"))
        if (text := filing.cell(f"{RESULT}/{key}").strip())
    ]
    differs = f"（表上印的是{'、'.join(on_form)}）" if on_form else ""
    return f"总分 {shown_points(scored.total)}，{grade}{differs}"


def _weights(one: WeightSum) -> str:
    return f"  “{one.label}”各指标的分值合计 {shown_points(one.got)}，应为 {shown_points(one.wanted)}"


def _line(filing: Filing, item: Item) -> str:
    got = "—" if item.score is None else shown_points(item.score)
    on_form = printed(filing, item)
    beside = f"，表上 {on_form}" if on_form and not item.by_hand else ""
    reason = item.reason.removesuffix(f"；{item.refused}") if beside else item.reason
    return f"{item.part}  {item.name}  分值 {shown_points(item.weight)}  得分 {got}{beside}  {reason}"


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns under each other: the first at the left, the others, which are numbers, at the right."""
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines: list[str] = []
    for row in rows:
        cells = [" " * (widths[n] - _width(text)) for n, text in enumerate(row)]
        padded = [
            text + room if n == 0 else room + text
            for n, (text, room) in enumerate(zip(row, cells, strict=True))
        ]
        lines.append("  " + "  ".join(padded).rstrip())
    return lines


def _width(text: str) -> int:
    """Places on a screen of equal places: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def ranking_lines(found: Ranking) -> list[str]:
    head = ("名称", *found.labels, "总分", "等级")
    rows = [_row(row, found.labels) for row in found.rows]
    lines = columns([head, *rows])
    if found.average is not None:
        grades = "，".join(f"{name} {count}" for name, count in found.grades.items() if count)
        lines.append(f"  已评完 {len(found.counted)} 份，平均 {shown_points(found.average)} 分；{grades}")
    lines += ["  得分率最低的指标："] if found.worst else []
    for weak in found.worst:
        because = f"  {weak.deviation}" if weak.deviation else ""
        score = shown_points(weak.item.score) if weak.item.score is not None else "—"
        lines.append(
            f"  {shown_points(weak.rate):>6}%  {weak.of.name}  {weak.item.name}  {score} / {shown_points(weak.item.weight)}{because}"
        )
    return lines


def _row(row: Ranked, labels: Sequence[str]) -> tuple[str, ...]:
    got = {level.label: shown_points(level.score) for level in row.scored.levels}
    grade = row.scored.grade or f"{row.scored.open} 项未评"
    return (row.name, *(got.get(label, "") for label in labels), shown_points(row.scored.total), grade)
