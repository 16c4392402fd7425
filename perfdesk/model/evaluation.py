"""What makes a form a self-evaluation: the scoring schemes that it can be scored by and the rates computed from its facts."""

from __future__ import annotations

from dataclasses import dataclass

from perfdesk.model.rates import Rates
from perfdesk.model.scheme import Scheme, Scope

FACTS = "facts"
"""The section of the facts, made of ``rates``; a fact that another section has as a field is not repeated in it."""

NOTE = "note"
"""The column that says why somebody typed otherwise than computed; it is not printed."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``scope``: what is evaluated. ``scheme``: the form's own; ``schemes``: all that may be chosen, the form's own among them.
    ``rates`` None: no facts sheet."""

    scope: Scope
    scheme: str
    schemes: tuple[Scheme, ...]
    rates: Rates | None = None

    def chosen(self, scheme: str) -> Scheme:
        """The scheme of that id; the form's own where there is none of that id."""
        return next((s for s in self.schemes if s.id == scheme), None) or self.chosen(self.scheme)
