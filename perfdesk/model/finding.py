"""What a check says: code, severity, place, sentence, and where possible the step that mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from perfdesk.model.change import Step
from perfdesk.model.filing import Filing
from perfdesk.model.form import Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where to jump to: the row (None: the whole filing) and the column (None: the whole row)."""

    row: str | None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """``where`` is the path for people and scripts (``budget/total``, ``indicators/12/target``); ``title`` a short heading;
    ``message`` the sentence with the numbers in it; ``source`` the rule document that asks for it, where one does."""

    code: str
    severity: Severity
    where: str
    place: Place
    title: str
    message: str
    fixes: tuple[Step, ...] = ()
    source: str = ""

    @property
    def goes_to(self) -> Place:
        """Its place; where there is no row yet, its section."""
        return self.place if self.place.row is not None else Place(self.where.partition("/")[0])


def errors(findings: Iterable[Finding]) -> int:
    """How many of them stop an official export."""
    return sum(1 for f in findings if f.severity == "error")


@dataclass(frozen=True, slots=True)
class Across:
    """A finding between forms, and the filing in which it is told."""

    filing: Filing
    finding: Finding


@dataclass(frozen=True, slots=True)
class Repair:
    """What reading mended: the page's damage, never the author's choice."""

    code: str
    where: str
    message: str
