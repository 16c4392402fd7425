"""The filings of the chosen unit for the list at the left: this year's by kind with their state, earlier ones below."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from perfdesk.explained import sorted_out
from perfdesk.projects import is_project
from ui import messages as say
from ui.explained import all_said
from ui.messages import evaluation as scores
from ui.messages import projects as words
from ui.models.progress import Progress, progress

if TYPE_CHECKING:
    from perfdesk.store import FilingInfo
    from ui.explained import Explained
    from ui.workspace import Workspace

State = Literal["error", "warning", "clean", "untouched", ""]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a filing stands. ``state`` is empty while that is not known yet."""

    state: State = ""
    filled: int = 0
    wanted: int = 0
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; a heading has no ``id``. ``quiet``: of another year. ``action``: what the line does, where it is no filing;
    ``year``: for another year than the one that is shown. ``folds``: a click folds what is below the heading, or unfolds it (``action``
    says which). ``sealed``: it was handed in; ``decision``: the bureau's on that."""

    text: str
    id: int | None = None
    standing: Standing = Standing()
    heading: bool = False
    quiet: bool = False
    action: str = ""
    year: int | None = None
    folds: bool = False
    folded: bool = False
    sealed: bool = False
    decision: str | None = None


class Shelf(QObject):
    """``changed``: the lines are different. States of filings that are not open come in as they are checked."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._known: dict[int, tuple[object, Standing]] = {}
        self._folded: frozenset[str] = frozenset()
        workspace.listed.connect(self.refresh)
        workspace.checks.found.connect(self._found)

    def follow(self, explained: Explained) -> None:
        """How the open filing stands."""
        explained.changed.connect(lambda: self._opened_is_known(explained))

    def entries(self) -> list[Entry]:
        infos = self.workspace.infos()
        year = self.workspace.year
        lines: list[Entry] = []
        here = [i for i in infos if i.year == year and not is_project(i.form) and not _is_evaluation(i)]
        for name in dict.fromkeys(self._group(i) for i in here):
            lines.append(Entry(name, heading=True))
            lines += [self._entry(i, self._title(i)) for i in here if self._group(i) == name]
        lines += self._projects([i for i in infos if i.year == year and is_project(i.form)]) if infos else []
        lines += (
            self._evaluations([i for i in infos if i.year == year and _is_evaluation(i)]) if infos else []
        )
        others = sorted((i for i in infos if i.year != year), key=lambda i: -(i.year or 0))
        counts = Counter(i.year for i in others if is_project(i.form))
        scored = Counter(i.year for i in others if _is_evaluation(i) and i.name)
        others = [i for i in others if not is_project(i.form) and not (_is_evaluation(i) and i.name)]
        if infos:
            lines.append(Entry(say.EARLIER, heading=True))
            lines += [
                Entry(words.projects_of(say.year_text(y), n), quiet=True, action="projects", year=y)
                for y, n in counts.items()
                if y is not None
            ]
            lines += [
                Entry(scores.evaluations_of(say.year_text(y), n), quiet=True, action="evaluations", year=y)
                for y, n in scored.items()
                if y is not None
            ]
            lines += [self._entry(i, say.other_year(i.year, self._title(i)), True) for i in others]
            lines += [Entry(text, quiet=True, action=name) for name, text in say.SHELF_ACTIONS.items()]
        return lines

    def _projects(self, here: list[FilingInfo]) -> list[Entry]:
        """A heading that folds, the way to their list, and each by its name."""
        shown = [] if "projects" in self._folded else [self._entry(i, i.name or i.title) for i in here]
        return [
            self._head("projects", words.head(len(here)), here),
            Entry(words.ALL_PROJECTS, action="projects"),
            *shown,
        ]

    def _evaluations(self, here: list[FilingInfo]) -> list[Entry]:
        """The department's own first; projects by their names."""
        own = sorted(here, key=lambda i: bool(i.name))
        shown = (
            [] if "evaluations" in self._folded else [self._entry(i, i.name or self._title(i)) for i in own]
        )
        return [
            self._head("evaluations", scores.head(len(here)), here),
            Entry(scores.ALL, action="evaluations"),
            *shown,
        ]

    def _head(self, action: str, text: str, here: list[FilingInfo]) -> Entry:
        folded = action in self._folded
        return Entry(text, heading=True, action=action, folds=bool(here), folded=folded)

    def fold(self, action: str) -> None:
        """What is below the heading is hidden, or shown again."""
        self._folded ^= {action}
        self.changed.emit()

    def standing(self, filing: int) -> Standing:
        """Of any filing; an empty one while that is not known yet."""
        known = self._known.get(filing)
        return known[1] if known else Standing()

    def _group(self, info: FilingInfo) -> str:
        return say.GROUPS.get(info.form.rpartition("/")[2], say.OTHER_GROUP)

    def _title(self, info: FilingInfo) -> str:
        return say.KINDS.get(info.form.rpartition("/")[2], info.title)

    def _entry(self, info: FilingInfo, text: str, quiet: bool = False) -> Entry:
        return Entry(
            text,
            info.id,
            self.standing(info.id),
            quiet=quiet,
            sealed=info.sealed is not None,
            decision=info.decision,
        )

    # --- states ---

    def refresh(self) -> None:
        self._look()
        self.changed.emit()

    def _found(self) -> None:
        if self._look():
            self.changed.emit()

    def _look(self) -> bool:
        """Whether something is known now that was not."""
        space, checks = self.workspace, self.workspace.checks
        some = [i for i in space.infos() if checks.is_known(i)]
        new = [i for i in some if self._known.get(i.id, (None,))[0] != (i.changed_at, checks.across(i.id))]
        told = all_said(space) if new else {}
        for info in new:
            if (seen := checks.seen(info)) is not None:
                waiting, _ = sorted_out(seen.filing, seen.findings, told.get(info.id, {}))
                standing = _standing(progress(seen.form, seen.values), [f.severity for f in waiting])
                self._known[info.id] = (info.changed_at, checks.across(info.id)), standing
        return bool(new)

    def _opened_is_known(self, explained: Explained) -> None:
        space = self.workspace
        if space.filing is None or space.filing.id is None or space.values is None or space.form is None:
            return
        standing = _standing(progress(space.form, space.values), [f.severity for f in explained.open])
        stamp = self._known.get(space.filing.id, (None,))[0]
        self._known[space.filing.id] = (stamp, standing)
        self.changed.emit()


def _is_evaluation(info: FilingInfo) -> bool:
    """A self-evaluation or its report."""
    return info.form.rpartition("/")[2] in say.EVALUATIONS


def _standing(done: Progress, severities: list[str]) -> Standing:
    """Grey while nothing is filled in but what the form brings."""
    counts = Counter(severities)
    state: State = "untouched" if done.untouched else "clean"
    if not done.untouched:
        state = "error" if counts["error"] else "warning" if counts["warning"] else "clean"
    return Standing(state, done.filled, done.wanted, counts["error"], counts["warning"])
