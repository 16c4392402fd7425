"""How much of the budget was executed by the end of each quarter, as far as the facts say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.report.pictures import QUARTER_FACTS
from perfdesk.score import ADJUSTED
from perfdesk.score_methods import execution_rate


@dataclass(frozen=True, slots=True)
class Quarter:
    """``executed`` since the year's beginning, in the filing's unit; ``rate`` in percent of the adjusted budget, None without that."""

    label: str
    executed: Decimal
    rate: Decimal | None


def quarters(facts: Mapping[str, Decimal]) -> tuple[Quarter, ...]:
    """Empty where the execution of no quarter but the last is known."""
    known = [(label, facts[fact]) for fact, label in QUARTER_FACTS if fact in facts]
    adjusted = facts.get(ADJUSTED)
    found = tuple(Quarter(label, value, execution_rate(value, adjusted)) for label, value in known)
    return found if len(found) > 1 else ()
