"""Facts that can be counted in a unit's year: how many projects there are, how many have targets, how many are evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfdesk.evaluation.evaluated import evaluate
from perfdesk.evaluation.unevaluated import One, scope_of
from perfdesk.model.filing import leaves
from perfdesk.model.rates import Counted, Rates
from perfdesk.values import parse_target


def counted(rates: Rates, year: Sequence[One]) -> Mapping[str, int]:
    """Fact → its number as the year's filings have it. Nothing where the year has no project: they are somewhere else then."""
    projects = [one for one in year if scope_of(one[0]) == "project"]
    if not projects:
        return {}
    found: dict[Counted, int] = {
        "projects": len(projects),
        "projects-with-targets": sum(map(_has_targets, projects)),
        "projects-evaluated": sum(map(_is_scored, year)),
    }
    return {f.id: found[f.counted] for f in rates.facts if f.counted}


def _has_targets(one: One) -> bool:
    form, filing = one
    targets = (
        parse_target(leaf.row.get("target"), leaf.row.get("unit")) for leaf in leaves(filing, form.tree.id)
    )
    return any(t.kind not in ("empty", "bare") for t in targets)


def _is_scored(one: One) -> bool:
    """A project's self-evaluation in which every line has its score."""
    form, filing = one
    if form.evaluation is None or form.evaluation.scope != "project":
        return False
    evaluated = evaluate(form, filing)
    return evaluated is not None and bool(evaluated.scored.items) and not evaluated.scored.open
