"""Standard indicators and the form's own level-2 headings that stand under another level 1 or 2 than the form has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from perfdesk.catalog import label_key
from perfdesk.model.change import Step
from perfdesk.model.filing import Leaf
from perfdesk.model.finding import Finding, Place
from perfdesk.rules.plan import Plan, group_keys, level1_key
from perfdesk.rules.subject import Kind, Subject, named

MISPLACED = Kind("misplaced", "error", "指标放错了位置")
KINDS = (MISPLACED,)

Spot = tuple[str, str]


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
    settled = _rightly_placed(subject)
    strays = [(leaf, _stray(subject, leaf, settled)) for leaf in subject.leaves]
    for key, neighbours in groupby(strays, key=lambda pair: pair[1].block if pair[1] else None):
        block = [stray for _, stray in neighbours if stray]
        if key is not None:
            yield _finding(subject, block)


def wanted_spot(subject: Subject, leaf: Leaf) -> Spot | None:
    """Where the form has this leaf; None where the form leaves it to the unit."""
    fixed = subject.standard(leaf)
    if fixed:
        return fixed.level1, fixed.level2
    key = label_key(leaf.level2.get("level2"))
    homes = [g for g in subject.tree.groups if key and key in group_keys(g)]
    own = level1_key(leaf.level1.get("level1"))
    if len(homes) != 1 or level1_key(homes[0].level1) == own:
        return None
    return homes[0].level1, homes[0].level2


def _stands_at(subject: Subject, leaf: Leaf, spot: Spot) -> bool:
    keys = next(
        (group_keys(g) for g in subject.tree.groups if (g.level1, g.level2) == spot), {label_key(spot[1])}
    )
    in_level1 = level1_key(leaf.level1.get("level1")) == level1_key(spot[0])
    return in_level1 and label_key(leaf.level2.get("level2")) in keys


def _rightly_placed(subject: Subject) -> set[str]:
    """Standard indicators that stand where they belong: a second one elsewhere is a repetition, not a stray."""
    found: set[str] = set()
    for leaf in subject.leaves:
        fixed = subject.standard(leaf)
        if fixed and _stands_at(subject, leaf, (fixed.level1, fixed.level2)):
            found.add(fixed.standard.name)
    return found


def _stray(subject: Subject, leaf: Leaf, settled: set[str]) -> Stray | None:
    spot, fixed = wanted_spot(subject, leaf), subject.standard(leaf)
    if spot is None or _stands_at(subject, leaf, spot) or (fixed and fixed.standard.name in settled):
        return None
    wrong_top = level1_key(leaf.level1.get("level1")) != level1_key(spot[0])
    return Stray(leaf, spot, "level1" if wrong_top else "level2")


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
        whole = len(strays) == len(plan.filing.children(subject.tree.id, row_id))
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
    keys = next(
        (group_keys(g) for g in subject.tree.groups if (g.level1, g.level2) == stray.spot), set[str]()
    )
    return label_key(stray.leaf.level2.get("level2")) in keys
