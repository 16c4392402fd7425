"""Everything that the forms of a unit say differently: within a year, and this year against the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from perfdesk import against_last_year, between, between_evaluation, other_units
from perfdesk.derive import Values
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Across
from perfdesk.model.form import Form
from perfdesk.projects import One

KINDS = (*between.KINDS, *between_evaluation.KINDS, *against_last_year.KINDS, *other_units.KINDS)
CODES = frozenset(kind.code for kind in KINDS)
_NONE: Mapping[int | None, Values] = MappingProxyType({})


def across(
    year: Sequence[One],
    last: Sequence[One] = (),
    derived: Mapping[int | None, Values] = _NONE,
    units: Sequence[str] = (),
) -> tuple[Across, ...]:
    """``year`` and ``last``: the filings of one unit in a year and the one before; ``derived``: values known already, by filing id;
    ``units``: the names of all units that are known."""
    return (
        *between.between(year, derived),
        *between_evaluation.against_targets(year),
        *against_last_year.against_last_year(year, last),
        *other_units.other_units(year, units),
    )


def compared(
    form: Form, filing: Filing, last: bool, units: bool, evaluations: bool = False
) -> tuple[object, ...]:
    """What ``across`` looks at in this filing: as long as it is the same, and the others are, it says the same. ``last``: there is a year
    before or after; ``units``: there are other units; ``evaluations``: there are self-evaluations."""
    everything = filing.rows if units else ()
    targets = filing.section(form.tree.id) if last else ()
    evaluated = between_evaluation.compared(form, filing) if evaluations else ()
    return *between.compared(form, filing), *evaluated, targets, everything
