"""The indicators of one filing as they are gathered: what was aimed at, what came of it, in whole numbers of one measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perfdesk.bureau.whole import whole
from perfdesk.evaluation.entered import number
from perfdesk.evaluation.evaluated import Evaluated, shown_points
from perfdesk.model.bureau import Indicator
from perfdesk.model.filing import Filing, Row, leaves, numbered_rows
from perfdesk.model.form import Form
from perfdesk.score import in_measure
from perfdesk.values import MONEY_UNITS, Target, canonical_unit, clean_text, parse_target

YUAN = "元"


def indicators_of(form: Form, filing: Filing, evaluated: Evaluated | None = None) -> tuple[Indicator, ...]:
    """Of the tree and of the goals. ``filing``: with what is computed in its empty cells (``evaluated.shown``); ``evaluated``: whose scores
    count for the total, where they are another than what is written."""
    found = [*_of_tree(form, filing, evaluated), *_of_goals(form, filing)]
    return tuple(replace(one, number=n) for n, one in enumerate(found, 1))


def _of_tree(form: Form, filing: Filing, evaluated: Evaluated | None) -> Iterator[Indicator]:
    scores = {i.row: i.score for i in evaluated.scored.items} if evaluated else {}
    for leaf in leaves(filing, form.tree.id):
        score = scores.get(leaf.row.id)
        points = _points(leaf.row.get("score")) if score is None else shown_points(score)
        yield _indicator(leaf.path, leaf.row, points)


def _of_goals(form: Form, filing: Filing) -> Iterator[Indicator]:
    if form.goals is None:
        return
    by_id = {row.id: row for row in filing.section(form.goals.id)}
    for _, row in numbered_rows(filing, form.goals.id):
        goal = by_id.get(row.parent or "")
        if goal is not None:
            yield _indicator((goal.get("level1"), "", row.get("level2")), row, "")


def _indicator(path: tuple[str, str, str], row: Row, score: str) -> Indicator:
    """``measure`` of words: that of the column beside them, so that they stand with the numbers of others."""
    target = parse_target(row.get("target"), row.get("unit"))
    written = target.unit if target.kind == "number" else canonical_unit(row.get("unit"))
    measure = YUAN if written in MONEY_UNITS else written
    value = _in_whole(target, written, measure)
    actual = row.get("actual")
    level1, level2, level3 = (clean_text(text) for text in path)
    return Indicator(
        0,
        level1,
        level2,
        level3,
        row.get("target").strip(),
        target.op,
        value,
        measure,
        actual.strip(),
        _in_whole(parse_target(actual, written), written, measure),
        _points(row.get("weight")),
        score,
    )


def _in_whole(quantity: Target, written: str, measure: str) -> int | None:
    """None where it is no number, or one of another measure than that in which the target is ``written``."""
    if quantity.kind != "number" or quantity.value is None:
        return None
    if in_measure(Decimal(1), quantity.unit, written) is None:
        return None
    value = in_measure(quantity.value, quantity.unit, measure)
    return None if value is None else whole(value)


def _points(text: str) -> str:
    value = number(text)
    return "" if value is None else shown_points(value)
