"""The projects of the shown year for their list: their names, amounts, and what they cost together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfdesk.projects import Totals, is_project, project_amount, totals
from perfdesk.titles import name_of
from perfdesk.values import show_amount

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.model.form import Form
    from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """``amount`` as shown: what was typed where it cannot be read."""

    id: int
    name: str
    amount: str
    archived: bool


@dataclass(frozen=True, slots=True)
class ProjectsOfYear:
    lines: tuple[ProjectLine, ...]
    totals: Totals


def projects_of_year(workspace: Workspace) -> ProjectsOfYear:
    """Of the chosen unit and year, in the order of the list."""
    known = filings_of(workspace, workspace.year)
    closed = {i.id for i in workspace.infos() if i.closed}
    lines = tuple(_line(*one, closed) for one in known if is_project(one[1].form))
    return ProjectsOfYear(lines, totals(known))


def filings_of(workspace: Workspace, year: int | None) -> list[tuple[Form, Filing]]:
    """Of the chosen unit; the open one as it is now. Forms that this program does not know are left out."""
    store, catalog = workspace.store, workspace.catalog
    if store is None:
        return []
    ids = [i.id for i in workspace.infos() if i.year == year and i.form in catalog.forms]
    filings = [store.filing(number) for number in ids]
    return [(catalog.form(f.form), f) for f in filings]


def projects_before(workspace: Workspace) -> list[Filing]:
    """Last year's projects."""
    year = workspace.year
    if year is None:
        return []
    return [filing for form, filing in filings_of(workspace, year - 1) if is_project(form.id)]


def _line(form: Form, filing: Filing, closed: set[int]) -> ProjectLine:
    value = project_amount(form, filing)
    unit = filing.amount_unit or form.amount_unit
    amount = filing.cell("budget/total") if value is None else f"{show_amount(value)} {unit}"
    assert filing.id is not None
    return ProjectLine(filing.id, name_of(form, filing), amount, filing.id in closed)
