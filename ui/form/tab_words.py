"""What stands on the tab of a section, whether its page is made or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.workspace import Workspace


def tab_label(section: Section) -> str:
    """The word; a table's short name, for its title is long."""
    return section.id if section.kind == "table" else section.label


def tab_count(section: Section, space: Workspace) -> int | None:
    """The number: how many indicators, goals, rows or codes; None where nothing is counted."""
    values, filing = space.values, space.filing
    if section.kind == "tree":
        return len(values.targets) if values else 0
    if section.kind == "ledger":
        facts = values.budget.facts.get(section.id) if values and values.budget else None
        return len(facts.parsed) if facts else None
    if section.kind in ("list", "goals"):
        return sum(row.parent is None for row in filing.section(section.id)) if filing else 0
    return None
