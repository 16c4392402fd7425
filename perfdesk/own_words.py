"""Own words: what a project says in words that are another project's – goals, bases, indicators pasted from one form into the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from perfdesk.model.filing import Filing, Leaf, leaves
from perfdesk.model.finding import Across, Finding, Place
from perfdesk.model.form import Form
from perfdesk.naming import label_key
from perfdesk.rules.subject import Kind
from perfdesk.same_words import NUMBERING, core, limits, pairs
from perfdesk.values import one_line

PASTED = Kind("goals-pasted", "warning", "两个项目的绩效目标相同")
GOALS = Kind("goals-of-another", "warning", "绩效目标说的不是本项目")
BASIS = Kind("basis-of-another", "warning", "指标值依据与项目无关")
INDICATOR = Kind("indicator-of-another", "warning", "指标说的是另一个项目")
INDICATORS = Kind("indicators-pasted", "hint", "两个项目的指标相同")
KINDS = (PASTED, GOALS, BASIS, INDICATOR, INDICATORS)

_DOCUMENT = re.compile(r"(?:方案|规划|办法|通知|意见|条例|纲要|计划|规定|细则)》?$")
_LONG = 12
"""Goals of fewer characters may well be the same."""


class Project:
    """One project's texts, read once."""

    def __init__(self, form: Form, filing: Filing) -> None:
        self.form, self.filing = form, filing
        self.name = " ".join(filing.cell("basic/name").split())
        self.goals = filing.cell("basic/goals") or filing.cell("basic/goal")
        self.leaves: tuple[Leaf, ...] = tuple(leaves(filing, form.tree.id))

    @cached_property
    def goals_key(self) -> str:
        return label_key(self.goals)

    @cached_property
    def subject(self) -> str:
        """What the project says it is about."""
        return f"{self.name}\n{self.filing.cell('basic/purpose')}"

    @cached_property
    def about(self) -> frozenset[str]:
        """Pairs of everything but the bases and the goals."""
        indicators = "\n".join(f"{x.row.get('level3')}\n{x.row.get('description')}" for x in self.leaves)
        return pairs(f"{self.subject}\n{indicators}")

    @cached_property
    def names(self) -> frozenset[str]:
        """Of its indicators, folded."""
        return frozenset(label_key(x.row.get("level3")) for x in self.leaves) - {""}


def own_words(projects: Sequence[tuple[Form, Filing]]) -> Iterator[Across]:
    """Findings among the projects of one unit and year; of two forms with the same words the later is told."""
    known = [Project(form, filing) for form, filing in projects]
    holders: dict[str, list[Project]] = {}
    firsts: dict[str, Project] = {}
    for project in known:
        firsts.setdefault(project.goals_key, project)
        for name in project.names:
            holders.setdefault(name, []).append(project)
    about = {name: "\n".join(core(p.name) for p in held) for name, held in holders.items()}
    for number, project in enumerate(known):
        others = [p for p in known if p is not project]
        pasted = _pasted(project, firsts[project.goals_key])
        found = [pasted] if pasted else [_goals(project, others), _indicators(project, known[:number])]
        found += [_basis(project, others), *_foreign(project, holders, about)]
        yield from (Across(project.filing, f) for f in found if f)


def alike(one: str, other: str) -> bool:
    """Two names of which so much is the same in one stretch that they are projects of one kind."""
    a, b = core(one).replace(" ", ""), core(other).replace(" ", "")
    length = -(-min(len(a), len(b)) * limits().alike // 100)
    return length > 0 and any(a[n : n + length] in b for n in range(len(a) - length + 1))


# --- goals ------------------------------------------------------------------------------------------------------------


def _pasted(project: Project, first: Project) -> Finding | None:
    """Word for word; between projects of one kind only where amounts or quantities are counted twice. ``first``: the first that has these
    goals."""
    if len(project.goals_key) < _LONG or first is project:
        return None
    counts = re.search(r"\d", NUMBERING.sub(" ", project.goals)) is not None
    if alike(project.name, first.name) and not counts:
        return None
    message = f"绩效目标与项目“{first.name}”的一字不差，请核对是否照抄。"
    return PASTED.at("basic/goals", Place("basic", _goals_column(project)), message)


def _goals(project: Project, others: Sequence[Project]) -> Finding | None:
    """Judged only where there are indicators to compare with; without another project that the words fit it is a hint."""
    words = pairs(project.goals)
    if len(words) < limits().least or not project.leaves or words & project.about:
        return None
    owner = _owner(words, others)
    whose = f"，倒与项目“{owner.name}”相近" if owner else ""
    message = f"绩效目标与项目名称、资金用途、指标没有一个共同的词{whose}，请核对是否抄错。"
    severity = "warning" if owner else "hint"
    return GOALS.at("basic/goals", Place("basic", _goals_column(project)), message, severity=severity)


def _goals_column(project: Project) -> str:
    return "goals" if project.form.section("basic").field("goals") else "goal"


def _owner(words: frozenset[str], others: Sequence[Project]) -> Project | None:
    """The other project whose name and indicators share most with these words; at least two pairs."""
    shared = [(len(words & other.about), -n, other) for n, other in enumerate(others)]
    best = max(shared, default=None, key=lambda s: s[:2])
    return best[2] if best and best[0] >= 2 else None


# --- indicators -------------------------------------------------------------------------------------------------------


def _basis(project: Project, others: Sequence[Project]) -> Finding | None:
    """A document as basis that shares no word with the project and some with another one; told once a project."""
    own = project.about | pairs(project.goals)
    deeds = frozenset(limits().deeds)
    strange: list[Leaf] = []
    owner: Project | None = None
    for leaf in project.leaves:
        text = leaf.row.get("basis")
        words = pairs(text) - deeds
        if not _DOCUMENT.search(one_line(text)) or len(words) < limits().least or words & own:
            continue
        found = owner or _owner(words, others)
        if found:
            owner = found
            strange.append(leaf)
    if owner is None:
        return None
    first = strange[0]
    rows = f"等 {len(strange)} 项指标" if len(strange) > 1 else ""
    quoted = " ".join(first.row.get("basis").split()).strip("《》")
    message = f"“{first.row.get('level3').strip()}”{rows}的依据是《{quoted}》，与本项目没有共同的词，像是从项目“{owner.name}”抄来的。"
    return BASIS.at(_path(first, "basis"), Place(first.row.id, "basis"), message)


def _path(leaf: Leaf, column: str) -> str:
    return f"indicators/{leaf.number}/{column}"


def _foreign(
    project: Project, holders: Mapping[str, Sequence[Project]], about: Mapping[str, str]
) -> Iterator[Finding]:
    """An indicator that another project has, too, and whose name speaks of that one's subject, not of this one's. ``holders``: the
    projects by the names of their indicators; ``about``: what these projects are called."""
    own = core(f"{project.subject}\n{project.goals}").replace(" ", "")
    for leaf in project.leaves:
        name = label_key(leaf.row.get("level3"))
        holding = holders.get(name, ())
        strange = _strange(core(leaf.row.get("level3")), own) if len(holding) > 1 else []
        if not any(piece in about[name] for piece in strange):
            continue  # as nearly always, and found without going through them all
        for other in (p for p in holding if p is not project):
            if piece := next((p for p in strange if p in core(other.name)), ""):
                message = (
                    f"“{leaf.row.get('level3').strip()}”说的是“{piece}”，本项目的名称、用途和目标里都没有，"
                    f"像是从项目“{other.name}”抄来的。"
                )
                yield INDICATOR.at(_path(leaf, "level3"), Place(leaf.row.id, "level3"), message)
                break


def _strange(words: str, own: str) -> list[str]:
    """The stretches of ``words`` that are long enough and do not stand in ``own``, the longest first."""
    size = limits().foreign
    found = [
        run[start:end]
        for run in words.split()
        for start in range(len(run))
        for end in range(start + size, len(run) + 1)
        if run[start:end] not in own
    ]
    return sorted(found, key=len, reverse=True)


def _indicators(project: Project, before: Sequence[Project]) -> Finding | None:
    """Nearly the same indicators as a project of another kind."""
    names = project.names
    if len(names) < limits().pasted_least:
        return None
    for other in before:
        same = names & other.names
        if len(same) * 100 >= limits().pasted * len(names) and not alike(project.name, other.name):
            message = f"{len(names)} 项三级指标有 {len(same)} 项与项目“{other.name}”的相同，请核对是否照抄。"
            return INDICATORS.at("indicators", Place(None), message)
    return None
