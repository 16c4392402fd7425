"""What one unit handed in, as the store tells it in a handful of looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfdesk.model.bureau import HandingInfo, Node, Note, PaperInfo, Scope, Told

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.store import Store

WAITING = ("error", "warning")


@dataclass(frozen=True, slots=True)
class UnitRead:
    """``handings``: all of the year, the newest first; ``shown``: the one that is looked at (None: nothing was handed in). ``findings``:
    number of a paper → what the bureau's check says; only of the handing that counts."""

    node: Node
    year: int
    handings: tuple[HandingInfo, ...]
    shown: HandingInfo | None
    papers: tuple[PaperInfo, ...]
    findings: Mapping[int, tuple[Told, ...]]
    notes: tuple[Note, ...]

    @property
    def is_old(self) -> bool:
        """Another one counts."""
        return self.shown is not None and self.shown.state == "replaced"

    def waiting(self, paper: int) -> Mapping[str, int]:
        """Severity → how many findings of it wait."""
        found = [told.severity for told in self.findings.get(paper, ()) if told.waits]
        return {severity: found.count(severity) for severity in WAITING}

    def notes_of(self, paper: int | None = None) -> tuple[Note, ...]:
        """Of the handing that is shown; ``paper``: of this one alone, 0: about the whole."""
        number = self.shown.number if self.shown else 0
        return tuple(n for n in self.notes if n.handing == number and paper in (None, n.paper))


def read_unit(store: Store, year: int, node: Node, number: int | None = None) -> UnitRead:
    """``number``: of an earlier handing; None: the one that counts."""
    alone = Scope(units=(node.key,))
    handings = store.bureau.handings(year, replaced=True, scope=alone)
    shown = next((h for h in handings if h.number == number), None)
    shown = shown or next((h for h in handings if h.state != "replaced"), None)
    if shown is None:
        return UnitRead(node, year, handings, None, (), {}, ())
    papers = store.bureau.papers(year, alone, shown.number)
    counts = shown.state != "replaced"
    found = store.bureau.findings(year, alone) if counts else {}
    findings = {paper: told for (_, paper), told in found.items()}
    return UnitRead(node, year, handings, shown, papers, findings, store.bureau.notes(year, node.key))


def filing_of(store: Store, read: UnitRead, paper: int) -> Filing:
    assert read.shown is not None
    return store.bureau.filing(read.year, read.node.key, read.shown.number, paper)
