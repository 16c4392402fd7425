"""What the headings of a self-evaluation add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.evaluation.evaluated import Evaluated
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.form import Form
from perfdesk.score import Level
from perfdesk.weights import WeightSum


@dataclass(frozen=True, slots=True)
class Below:
    """Weights and scores of the leaves below a level-1 or level-2 row; a line that cannot be scored counts as nothing."""

    weight: Decimal = Decimal(0)
    score: Decimal = Decimal(0)

    def plus(self, weight: Decimal, score: Decimal | None) -> Below:
        return Below(self.weight + weight, self.score + (score or Decimal(0)))


def sums_below(form: Form, filing: Filing, evaluated: Evaluated) -> Mapping[str, Below]:
    """By the id of the level-1 or level-2 row."""
    items = {item.row: item for item in evaluated.scored.items}
    found: dict[str, Below] = {}
    for leaf in leaves(filing, form.tree.id):
        item = items.get(leaf.row.id)
        for row in (leaf.level1, leaf.level2):
            below = found.get(row.id, Below())
            found[row.id] = below.plus(item.weight, item.score) if item else below
    return found


def wants_note(evaluated: Evaluated) -> frozenset[str]:
    """The leaf rows whose score by hand does not count without a reason, or whose rate is another than its facts make it."""
    refused = {i.row for i in evaluated.scored.items if i.row is not None and i.refused}
    typed = {
        row
        for row in evaluated.rates
        if (actual := evaluated.entered.actuals.get(row, "").strip())
        and actual != evaluated.cells.get((row, "actual"), "")
    }
    return frozenset(refused | typed)


def whole_weight(evaluated: Evaluated) -> WeightSum:
    """All weights of the scheme against those there are; the budget's execution has its own."""
    parts = evaluated.scheme.parts
    fixed = sum((p.weight for p in parts if p.kind == "execution"), Decimal(0))
    got = sum((s.got for s in evaluated.sums), fixed)
    return WeightSum("", sum((p.weight for p in parts), Decimal(0)), got)


def whole_level(evaluated: Evaluated, label: str) -> Level:
    """The line below the parts of the summary: the total after the cap, against all weights."""
    scored = evaluated.scored
    return Level(label, sum((x.weight for x in scored.levels), Decimal(0)), scored.total)
