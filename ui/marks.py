"""Findings by the cell they stand at: what a view needs to draw an edge and a tooltip."""

from __future__ import annotations

from collections.abc import Iterable

from perfdesk.model.finding import Finding
from perfdesk.model.form import Severity

RANK: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


class Marks:
    def __init__(self, findings: Iterable[Finding]) -> None:
        self._rows: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.place.row is not None:
                self._rows.setdefault(finding.place.row, []).append(finding)

    @property
    def are_known(self) -> bool:
        """False as long as nobody has looked for findings."""
        return self is not UNCHECKED

    def differing(self, other: Marks) -> set[str]:
        """Rows whose findings are not the same in both."""
        rows = self._rows.keys() | other._rows.keys()
        return {row for row in rows if self._rows.get(row) != other._rows.get(row)}

    def at(self, row: str, *columns: str) -> list[Finding]:
        """Findings of the row; with columns only those of these columns."""
        found = self._rows.get(row, [])
        return [f for f in found if f.place.column in columns] if columns else list(found)

    def severity(self, row: str, *columns: str) -> Severity | None:
        """The gravest, None where there is nothing (hints do not count: they are only told)."""
        found: list[Severity] = [f.severity for f in self.at(row, *columns) if f.severity != "hint"]
        return min(found, key=lambda s: RANK[s], default=None)

    def sentence(self, row: str, *columns: str) -> str:
        """The findings in words, one below the other."""
        return "\n".join(f.message for f in self.at(row, *columns))


UNCHECKED = Marks(())
"""Of a filing that nobody has checked yet: at a first look at the data."""
