"""A unit's year at a glance: how each form stands, findings by severity, amounts beside those of the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfdesk.check import check
from perfdesk.derive import Values, derive
from perfdesk.explained import sorted_out
from ui.explained import said
from ui.models.progress import Progress, progress
from ui.models.year_amounts import Beside, beside

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.model.finding import Finding
    from perfdesk.model.form import Form
    from perfdesk.store import FilingInfo
    from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FormState:
    """``findings``: severity → how many wait; ``settled``: how many are explained."""

    id: int
    title: str
    done: Progress
    findings: Mapping[str, int]
    archived: bool
    settled: int = 0

    @property
    def state(self) -> str:
        if self.done.untouched:
            return "untouched"
        return next((s for s in ("error", "warning") if self.findings.get(s)), "clean")


@dataclass(frozen=True, slots=True)
class YearView:
    """``amounts``: of each kind of form that has any, this year beside last."""

    forms: tuple[FormState, ...]
    amounts: tuple[Beside, ...]

    def counts(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for form in self.forms:
            found.update(form.findings)
        return found

    def settled(self) -> int:
        return sum(form.settled for form in self.forms)


def year_view(workspace: Workspace) -> YearView:
    """Of the chosen unit and year. The open filing is taken as it is; the others are read and checked."""
    infos, year = workspace.infos(), workspace.year
    here = [_seen(workspace, i) for i in infos if i.year == year]
    known = [one for one in here if one is not None]
    before = [_seen(workspace, i) for i in infos if year is not None and i.year == year - 1]
    forms = tuple(_state(*one, said(workspace, one[0].id)) for one in known)
    return YearView(forms, beside([one[1:4] for one in known], [one[1:4] for one in before if one], year))


Seen = tuple["FilingInfo", "Form", "Filing", Values, "tuple[Finding, ...] | None"]


def _seen(workspace: Workspace, info: FilingInfo) -> Seen | None:
    """None for a form that this program does not know."""
    if info.form not in workspace.catalog.forms or workspace.store is None:
        return None
    form = workspace.catalog.form(info.form)
    if workspace.filing is not None and workspace.filing.id == info.id and workspace.values is not None:
        return info, form, workspace.filing, workspace.values, workspace.findings
    filing = workspace.store.filing(info.id)
    return info, form, filing, derive(form, filing), None


def _state(
    info: FilingInfo,
    form: Form,
    filing: Filing,
    values: Values,
    findings: tuple[Finding, ...] | None,
    told: Mapping[str, str],
) -> FormState:
    found = check(form, filing, values) if findings is None else findings
    waiting, settled = sorted_out(filing, found, told)
    counts = Counter(f.severity for f in waiting)
    return FormState(
        info.id, info.name or info.title, progress(form, values), counts, info.archived, len(settled)
    )
