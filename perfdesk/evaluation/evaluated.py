"""A self-evaluation computed: proposed weights, rates from facts, scores with their reasons, total and grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from perfdesk.evaluation.entered import MONEY, RESULT, Entered, chosen_scheme, entered, number
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.model.form import Form
from perfdesk.model.rates import Rates
from perfdesk.model.scheme import Scheme
from perfdesk.rates import Computed, compute
from perfdesk.score import ADJUSTED, EXECUTED, INAPPLICABLE, Item, Scored, score
from perfdesk.score_methods import execution_rate
from perfdesk.values import DASHES, plain_number
from perfdesk.weights import WeightSum, propose_weights, weight_sums

RATE = "rate"
Cell = tuple[str, str]
"""Row id and column."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """``rates``: what is computed for a leaf row from the facts. ``cells``: what is computed for each cell of a computed column, whether or
    not something else was typed there. ``sums``: the weights of each part against the scheme's."""

    scheme: Scheme
    entered: Entered
    scored: Scored
    rates: Mapping[str, Computed]
    sums: tuple[WeightSum, ...]
    cells: Mapping[Cell, str]

    def item(self, row: str | None) -> Item | None:
        """The scored line of a leaf, or with None the budget's execution."""
        return next((i for i in self.scored.items if i.row == row), None)


def evaluate(form: Form, filing: Filing) -> Evaluated | None:
    """None where the form is no self-evaluation."""
    evaluation = form.evaluation
    if evaluation is None:
        return None
    scheme = chosen_scheme(evaluation, filing)
    given = entered(form, filing)
    rates = _rates(form, filing, evaluation.rates, given.facts)
    results = {
        r: given.actuals[r] or _percent(rates[r]) if r in rates else t for r, t in given.actuals.items()
    }
    scored = score(scheme, form, filing, results, given.facts, given.weights, given.hand)
    weights = propose_weights(scheme, form, filing, given.weights)
    cells = dict(_cells(form, scheme, given, scored, weights, rates))
    sums = weight_sums(scheme, form, filing, weights)
    return Evaluated(scheme, given, scored, MappingProxyType(rates), sums, MappingProxyType(cells))


def _rates(
    form: Form, filing: Filing, rates: Rates | None, facts: Mapping[str, Decimal]
) -> dict[str, Computed]:
    """The leaves that are standard rates, and of which at least one fact was entered."""
    found: dict[str, Computed] = {}
    for leaf in leaves(filing, form.tree.id) if rates else ():
        rate = rates.rate(leaf.row.get("level3")) if rates else None
        if rate is not None and any(f.id in facts for f in rate.facts):
            found[leaf.row.id] = compute(rate, facts)
    return found


def _percent(computed: Computed) -> str:
    if computed.percent is not None:
        return f"{shown_points(computed.percent)}%"
    return "" if computed.applies else INAPPLICABLE


def _cells(
    form: Form,
    scheme: Scheme,
    given: Entered,
    scored: Scored,
    weights: Mapping[str, Decimal],
    rates: Mapping[str, Computed],
) -> Iterator[tuple[Cell, str]]:
    for row, computed in rates.items():
        yield (row, "actual"), _percent(computed)
    for row, weight in weights.items():
        yield (row, "weight"), shown_points(weight)
    for item in scored.items:
        text = "" if item.computed is None else shown_points(item.computed)
        if item.row is not None:
            yield (item.row, "score"), text
        else:
            yield (MONEY, "weight"), shown_points(item.weight)
            yield (MONEY, "score"), text
    yield from _line_rates(form, given.facts)
    none = all(item.score is None for item in scored.items)
    yield (RESULT, "total"), "" if none else shown_points(scored.total)
    yield (RESULT, "grade"), scored.grade
    yield (RESULT, "scheme"), scheme.id


def _line_rates(form: Form, facts: Mapping[str, Decimal]) -> Iterator[tuple[Cell, str]]:
    """The rate of execution of the whole (``rate``) and of each line of the money block (``fiscal_rate``)."""
    for field in form.section(MONEY).fields if form.has(MONEY) else ():
        if field.computed and (field.id == RATE or field.id.endswith(f"_{RATE}")):
            line = field.id.removesuffix(RATE)
            rate = execution_rate(facts.get(f"{line}{EXECUTED}"), facts.get(f"{line}{ADJUSTED}"))
            yield (MONEY, field.id), "" if rate is None else f"{shown_points(rate)}%"


def shown_points(value: Decimal) -> str:
    """A score, a weight or a rate in its shortest spelling: ``10``, ``8.5``."""
    text = plain_number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- as it is shown ---------------------------------------------------------------------------------------------------


def shown(form: Form, filing: Filing, evaluated: Evaluated | None = None) -> Filing:
    """The filing with computed values in the computed cells that are empty, as paper and files show it; of another form the filing
    itself."""
    result = evaluated or evaluate(form, filing)
    if result is None:
        return filing
    columns = computed_columns(form)
    changed: dict[str, Row] = {}
    for (row_id, column), text in result.cells.items():
        row = changed.get(row_id) or filing.row(row_id)
        if (
            row is not None
            and text
            and column in columns.get(row.section, ())
            and not row.get(column).strip()
        ):
            changed[row_id] = row.with_cell(column, text)
    return filing.with_rows({filing.index.places[i]: row for i, row in changed.items()})


def computed_columns(form: Form) -> dict[str, frozenset[str]]:
    """Section → its columns that show what is computed."""
    return {s.id: frozenset(f.id for f in s.fields if f.computed) for s in form.sections}


def _same(written: str, computed: str) -> bool:
    """A rate may be written as a share (``0.985`` for ``98.5%``); a dash says as much as nothing."""
    plain = written.strip().replace("％", "%")
    if plain in DASHES:
        return True
    one, other = (number(t.removesuffix("%")) for t in (plain, computed))
    if one is None or other is None:
        return plain == computed
    share = computed.endswith("%") and not plain.endswith("%") and one <= 1
    return other in (one, one * 100) if share else one == other


SETTLED = ("score", RATE, "total", "grade")


def settled(form: Form, filing: Filing) -> Filing:
    """A filing as read from a file, where every computed cell is printed: those whose value is the computed one become empty again, what
    differs stays as written. Weights and results stay: they are what the file says."""
    result = evaluate(form, filing)
    if result is None:
        return filing
    columns = computed_columns(form)
    changed: dict[str, Row] = {}
    for (row_id, column), text in result.cells.items():
        row = changed.get(row_id) or filing.row(row_id)
        if (
            row is None
            or column.rpartition("_")[2] not in SETTLED
            or column not in columns.get(row.section, ())
        ):
            continue
        if _same(row.get(column), text):
            changed[row_id] = row.with_cell(column, "")
    return filing.with_rows({filing.index.places[i]: row for i, row in changed.items()})
