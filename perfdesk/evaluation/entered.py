"""What a self-evaluation's cells say to the scorer: weights, results, facts, scores by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.model.evaluation import NOTE, Evaluation
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.model.form import Form
from perfdesk.model.scheme import Scheme
from perfdesk.score import EXECUTION, HandSet
from perfdesk.values import parse_amount

RESULT, MONEY = "result", "money"
"""The sections of total and grade (and of the scheme that was chosen) and of the budget with its execution."""


@dataclass(frozen=True, slots=True)
class Entered:
    """By leaf row: ``weights``, ``actuals`` (as written), ``hand`` (that of the budget's execution under ``score.EXECUTION``). ``facts``
    by id, amounts in the filing's unit."""

    weights: Mapping[str, Decimal]
    actuals: Mapping[str, str]
    hand: Mapping[str, HandSet]
    facts: Mapping[str, Decimal]


def entered(form: Form, filing: Filing) -> Entered:
    """Cells that hold no number are left out: what is computed stands for them."""
    rows = [leaf.row for leaf in leaves(filing, form.tree.id)]
    weights = {row.id: value for row in rows if (value := number(row.get("weight"))) is not None}
    hand = dict(_hand(rows))
    return Entered(
        weights,
        {row.id: row.get("actual") for row in rows},
        hand | _of_execution(filing),
        facts_of(form, filing),
    )


def chosen_scheme(evaluation: Evaluation, filing: Filing) -> Scheme:
    return evaluation.chosen(filing.cell(f"{RESULT}/scheme"))


def facts_of(form: Form, filing: Filing) -> dict[str, Decimal]:
    """Every number of the ``fields`` sections by the id of its field."""
    unit = filing.amount_unit or form.amount_unit
    found: dict[str, Decimal] = {}
    for section in (s for s in form.sections if s.kind == "fields"):
        row = filing.row(section.id)
        for field in section.fields:
            if row is None or field.computed or field.kind not in ("money", "number"):
                continue
            value = parse_amount(row.get(field.id), unit if field.kind == "money" else "").value
            if value is not None:
                found[field.id] = value
    return found


def number(text: str) -> Decimal | None:
    """A weight or a score as typed (``10``, ``10分``, of a whole of 100 ``10%``); None where there is none."""
    return parse_amount(text.strip().removesuffix("分").rstrip("%％")).value


def _hand(rows: list[Row]) -> Iterator[tuple[str, HandSet]]:
    for row in rows:
        value = number(row.get("score"))
        if value is not None:
            yield row.id, HandSet(value, row.get(NOTE))


def _of_execution(filing: Filing) -> dict[str, HandSet]:
    value = number(filing.cell(f"{MONEY}/score"))
    return {} if value is None else {EXECUTION: HandSet(value, filing.cell(f"{MONEY}/{NOTE}"))}
