"""A unit's year at a glance: how each form stands, findings by severity, amounts beside those of the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfdesk.evaluation.evaluated import shown_points
from perfdesk.explained import sorted_out
from perfdesk.projects import is_project
from ui.checks import Seen, is_across
from ui.explained import all_said
from ui.messages import evaluation as words
from ui.models.progress import Progress, progress
from ui.models.year_amounts import Beside, beside

if TYPE_CHECKING:
    from perfdesk.derive import Values
    from perfdesk.model.filing import Filing
    from perfdesk.model.finding import Finding
    from perfdesk.model.form import Form
    from perfdesk.store import FilingInfo
    from ui.workspace import Workspace

FEW = 8
"""More projects than these are one line, which leads to their list."""


@dataclass(frozen=True, slots=True)
class FormState:
    """``findings``: severity → how many wait; ``settled``: how many are explained; ``score``: of a self-evaluation, with its grade."""

    id: int
    form: str
    title: str
    done: Progress
    findings: Mapping[str, int]
    archived: bool
    sealed: bool
    settled: int = 0
    score: str = ""
    group: str = ""
    """The action that shows all of its kind; empty where there is only one in a year."""
    remarks: int = 0
    """Of the bureau, that wait."""
    decision: str | None = None
    """The bureau's, on what was handed in."""

    @property
    def state(self) -> str:
        if self.done.untouched:
            return "untouched"
        return next((s for s in ("error", "warning") if self.findings.get(s)), "clean")


@dataclass(frozen=True, slots=True)
class ProjectsState:
    """All projects of the year, or their self-evaluations, together; otherwise as ``FormState``."""

    group: str
    count: int
    done: Progress
    findings: Mapping[str, int]
    settled: int
    remarks: int

    @property
    def state(self) -> str:
        if not self.done.filled:
            return "untouched"
        return next((s for s in ("error", "warning") if self.findings.get(s)), "clean")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding beside other forms that waits, and where."""

    id: int
    title: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class YearView:
    """``amounts``: of each kind of form that has any, this year beside last."""

    forms: tuple[FormState, ...]
    amounts: tuple[Beside, ...]
    across: tuple[Told, ...] = ()

    def counts(self) -> Counter[str]:
        return _counted(self.forms)

    def settled(self) -> int:
        return sum(form.settled for form in self.forms)

    def lines(self) -> tuple[tuple[FormState, ...], tuple[ProjectsState, ...]]:
        """The forms that have a line each, and the projects together where they are more than a few; so their self-evaluations."""
        counts = Counter(f.group for f in self.forms if f.group)
        many = [kind for kind, count in counts.items() if count > FEW]
        together = tuple(_together(kind, [f for f in self.forms if f.group == kind]) for kind in many)
        return tuple(f for f in self.forms if f.group not in many), together


def _together(kind: str, forms: Sequence[FormState]) -> ProjectsState:
    done = Progress(sum(f.done.filled for f in forms), sum(f.done.wanted for f in forms))
    settled, remarks = (sum(counts) for counts in zip(*((f.settled, f.remarks) for f in forms), strict=True))
    return ProjectsState(kind, len(forms), done, _counted(forms), settled, remarks)


def _group_of(form: Form) -> str:
    evaluation = form.evaluation
    if evaluation is not None and evaluation.scope == "project":
        return "evaluations"
    return "projects" if is_project(form.id) else ""


def _score(values: Values) -> str:
    found = values.evaluated
    return words.scored(shown_points(found.scored.total), found.scored.grade) if found else ""


def _counted(forms: Iterable[FormState]) -> Counter[str]:
    found: Counter[str] = Counter()
    for form in forms:
        found.update(form.findings)
    return found


def year_view(workspace: Workspace) -> YearView:
    """Of the chosen unit and year; the open filing is taken as it is."""
    infos, year = workspace.infos(), workspace.year
    here = _seen(workspace, [i for i in infos if i.year == year])
    before = _seen(workspace, [i for i in infos if year is not None and i.year == year - 1])
    told = all_said(workspace)
    forms: list[FormState] = []
    across: list[Told] = []
    for one in here:
        waiting, settled = sorted_out(one.filing, one.findings, told.get(one.info.id, {}))
        counts, done = Counter(f.severity for f in waiting), progress(one.form, one.values)
        title = one.info.name or one.info.title
        forms.append(
            FormState(
                one.info.id,
                one.form.id,
                title,
                done,
                counts,
                one.info.archived,
                one.info.sealed is not None,
                len(settled),
                _score(one.values),
                _group_of(one.form),
                one.info.remarks or 0,
                one.info.decision,
            )
        )
        across += [Told(one.info.id, title, f) for f in waiting if is_across(f)]
    amounts = beside([_known(one) for one in here], [_known(one) for one in before], year)
    return YearView(tuple(forms), amounts, tuple(across))


def _seen(workspace: Workspace, infos: Iterable[FilingInfo]) -> list[Seen]:
    found = (workspace.checks.seen(info) for info in infos)
    return [one for one in found if one is not None]


def _known(one: Seen) -> tuple[Form, Filing, Values]:
    return one.form, one.filing, one.values
