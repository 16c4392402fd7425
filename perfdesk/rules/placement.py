"""Standard indicators and the form's own level-2 headings that stand under another level 1 or 2 than the form has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from perfdesk.catalog import label_key
from perfdesk.model.change import Step
from perfdesk.model.filing import Leaf
from perfdesk.model.finding import Finding, Place
from perfdesk.rules.plan import Plan, level1_key
from perfdesk.rules.subject import Kind, Subject, named
from perfdesk.rules.wants import Spot

MISPLACED = Kind("misplaced", "error", "指标放错了位置")
KINDS = (MISPLACED,)


@dataclass(frozen=True, slots=True)
class Stray:
    """A leaf that should stand at ``spot`` (level 1, level 2) and does not. ``column``: the upper level that is wrong."""

    leaf: Leaf
    spot: Spot
    column: str

    @property
    def block(self) -> tuple[str, str]:
        """Neighbours with the same of this belong to one block."""
        return (
            (self.leaf.level1.id, self.spot[0])
            if self.column == "level1"
            else (self.leaf.level2.id, self.spot[1])
        )


def find(subject: Subject) -> Iterator[Finding]:
    strays = list(_strays(subject))
    # Neighbours: as they count on, the difference of a leaf's number and its place among the strays stays.
    runs = groupby(enumerate(strays), key=lambda pair: (pair[1].leaf.number - pair[0], pair[1].block))
    for _, block in runs:
        yield _finding(subject, [stray for _, stray in block])


def _strays(subject: Subject) -> Iterator[Stray]:
    """Of a standard indicator that also stands where it belongs, a second one elsewhere is a repetition, not a stray."""
    standings = [subject.standings[n - 1] for n in subject.roll.formal]
    settled = {s.fixed.standard.name for s in standings if s.at_spot and s.fixed}
    for standing in standings:
        leaf, spot, fixed = standing.leaf, standing.spot, standing.fixed
        if spot is None or standing.at_spot or (fixed and fixed.standard.name in settled):
            continue
        wrong_top = level1_key(leaf.level1.get("level1")) != level1_key(spot[0])
        yield Stray(leaf, spot, "level1" if wrong_top else "level2")


def _finding(subject: Subject, block: list[Stray]) -> Finding:
    first, last = block[0], block[-1]
    where, _ = subject.at_leaf(first.leaf, first.column)
    place = Place(first.leaf.row.id, "level3")
    which = named(first.leaf)
    if len(block) > 1:
        which += f"至{named(last.leaf)}共 {len(block)} 项"
    wanted = _spots([s.spot for s in block])
    now = _spots([(s.leaf.level1.get("level1"), s.leaf.level2.get("level2")) for s in block])
    return MISPLACED.at(where, place, f"{which}应放在{wanted}下，现在放在{now}下。", _fix(subject, block))


def _spots(spots: list[Spot]) -> str:
    return "、".join(f"“{a or '（空）'} › {b or '（空）'}”" for a, b in dict.fromkeys(spots))


def _fix(subject: Subject, block: list[Stray]) -> Step:
    """Whole level-2 rows move where the right place has no such heading yet; otherwise their leaves move one by one."""
    plan = Plan(subject.filing, subject.tree)
    for heading, group in groupby(block, key=lambda s: (s.leaf.level2.id, s.spot)):
        strays, (row_id, (level1, level2)) = list(group), heading
        top = plan.level1(level1, strays[0].leaf.level1.id)
        whole = len(strays) == len(plan.children(row_id))
        if (
            whole
            and strays[0].column == "level1"
            and _is_group(subject, strays[0])
            and not plan.find_level2(top, level2)
        ):
            plan.place_heading(row_id, top, level2)
            continue
        parent = plan.level2(top, level2, row_id)
        for stray in strays:
            plan.place_leaf(stray.leaf.row.id, parent)
    plan.drop_empty(s.leaf.level2.id for s in block)
    level = 0 if block[0].column == "level1" else 1
    return Step(f"移到“{'、'.join(dict.fromkeys(s.spot[level] for s in block))}”下", tuple(plan.changes))


def _is_group(subject: Subject, stray: Stray) -> bool:
    """The stray's level-2 row bears the very heading that the form has for it."""
    return label_key(stray.leaf.level2.get("level2")) in subject.wants.heading_keys(stray.spot)
