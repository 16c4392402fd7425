"""A self-evaluation against the target form of the same year: what was promised is what must be answered for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from perfdesk.derive import amount_unit
from perfdesk.evaluation.begin import GOAL, GOALS, with_unit
from perfdesk.evaluation.entered import MONEY
from perfdesk.evaluation.unevaluated import SCOPES
from perfdesk.model.change import Step
from perfdesk.model.filing import Filing, Leaf, leaves
from perfdesk.model.finding import Across, Finding, Place
from perfdesk.model.form import Form
from perfdesk.naming import label_key
from perfdesk.rules.plan import Plan
from perfdesk.rules.subject import Kind, cell_fix
from perfdesk.values import MONEY_UNITS, parse_amount, parse_target, plain_number, show_amount

TARGET = Kind("target-changed", "warning", "指标值与年初申报的不同")
DROPPED = Kind("indicator-not-evaluated", "warning", "申报的指标没有自评")
ADDED = Kind("indicator-not-declared", "hint", "自评的指标没有申报")
GOAL_CHANGED = Kind("goal-changed", "hint", "目标与年初申报的不同")
INITIAL = Kind("initial-changed", "warning", "年初预算数与申报的不同")
KINDS = (TARGET, DROPPED, ADDED, GOAL_CHANGED, INITIAL)

One = tuple[Form, Filing]
Named = tuple[str, int]
"""An indicator: its folded name, and which of that name it is (合格率 of the one road and of the other)."""
_KINDS: Mapping[str, str] = MappingProxyType({scope: kind for kind, scope in SCOPES.items()})
"""What is evaluated → the kind of the form that sets its targets."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A self-evaluation and the target form that it answers; ``declared``: the indicators of the target form."""

    form: Form
    filing: Filing
    target_form: Form
    target: Filing
    declared: Mapping[Named, Leaf]


def against_targets(year: Sequence[One]) -> Iterator[Across]:
    """``year``: the filings of one unit in one year. A project is told by its name; what has no target form, or two, is not compared."""
    for form, filing in year:
        if form.evaluation is None:
            continue
        name = label_key(filing.cell("basic/name"))
        kind = _KINDS[form.evaluation.scope]
        same = [(f, t) for f, t in year if f.kind == kind and label_key(t.cell("basic/name")) == name]
        if len(same) == 1 and (name or form.evaluation.scope == "department"):
            pair = _pair(form, filing, *same[0])
            yield from (Across(filing, f) for f in (*_basic(pair), *_indicators(pair)))


def compared(form: Form, filing: Filing) -> tuple[object, ...]:
    """What ``against_targets`` looks at in this filing."""
    if form.evaluation is None and form.kind not in SCOPES:
        return ()
    sections = ("basic", "budget", MONEY, form.tree.id)
    return tuple(filing.section(name) for name in sections if form.has(name))


def _pair(form: Form, filing: Filing, target_form: Form, target: Filing) -> _Pair:
    return _Pair(form, filing, target_form, target, dict(_by_name(leaves(target, target_form.tree.id))))


def _by_name(rows: Iterable[Leaf]) -> Iterator[tuple[Named, Leaf]]:
    seen: Counter[str] = Counter()
    for leaf in rows:
        key = label_key(leaf.row.get("level3"))
        if key:
            seen[key] += 1
            yield (key, seen[key]), leaf


# --- goal and money ---------------------------------------------------------------------------------------------------


def _basic(pair: _Pair) -> Iterator[Finding]:
    declared = pair.target.cell(f"basic/{GOAL}") or pair.target.cell(f"basic/{GOALS}")
    own = pair.filing.cell(f"basic/{GOAL}")
    if declared.strip() and own.strip() and label_key(own) != label_key(declared):
        message = "预期目标的文字与年初申报的不同；自评应对照申报的目标，调整过的请核对。"
        fix = cell_fix("改回申报的目标", "basic", GOAL, declared)
        yield GOAL_CHANGED.at(f"basic/{GOAL}", Place("basic", GOAL), message, fix)
    yield from _initial(pair)


def _initial(pair: _Pair) -> Iterator[Finding]:
    unit, other = amount_unit(pair.form, pair.filing), amount_unit(pair.target_form, pair.target)
    own = parse_amount(pair.filing.cell(f"{MONEY}/initial"), unit).value
    declared = parse_amount(pair.target.cell("budget/total"), other).value
    if own is None or declared is None or own * MONEY_UNITS[unit] == declared * MONEY_UNITS[other]:
        return
    in_own = _short(declared * MONEY_UNITS[other] / MONEY_UNITS[unit])
    message = f"年初预算数填 {show_amount(own)} {unit}，年初申报表是 {show_amount(declared)} {other}。"
    fix = cell_fix(f"年初预算数改为 {in_own}", MONEY, "initial", in_own)
    yield INITIAL.at(f"{MONEY}/initial", Place(MONEY, "initial"), message, fix)


def _short(value: Decimal) -> str:
    text = plain_number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- indicators -------------------------------------------------------------------------------------------------------


def _indicators(pair: _Pair) -> Iterator[Finding]:
    tree = pair.form.tree.id
    own = dict(_by_name(leaves(pair.filing, tree)))
    if not own or not pair.declared:
        return
    for key, leaf in own.items():
        where = f"{tree}/{leaf.number}"
        if key in pair.declared:
            yield from _target(leaf, pair.declared[key], where)
        else:
            message = f"“{_name(leaf)}”不在年初申报的指标里，是后来加的，或名称改过。"
            yield ADDED.at(f"{where}/level3", Place(leaf.row.id, "level3"), message)
    if missing := [x for key, x in pair.declared.items() if key not in own]:
        yield _dropped(pair, sorted(missing, key=lambda x: x.number))


def _name(leaf: Leaf) -> str:
    return " ".join(leaf.row.get("level3").split())


def _target(leaf: Leaf, declared: Leaf, where: str) -> Iterator[Finding]:
    was = with_unit(declared.row.get("target"), declared.row.get("unit"))
    now = leaf.row.get("target")
    if parse_target(was).kind in ("empty", "bare") or not now.strip() or _same(was, now):
        return  # a mere sign promised nothing
    message = (
        f"“{_name(leaf)}”的指标值是“{now.strip()}”，年初申报的是“{was.strip()}”。没有批准调整的，按申报的填。"
    )
    fix = cell_fix(f"指标值改回“{was.strip()}”", leaf.row.id, "target", was)
    yield TARGET.at(f"{where}/target", Place(leaf.row.id, "target"), message, fix)


def _same(one: str, other: str) -> bool:
    a, b = parse_target(one), parse_target(other)
    if a.kind == b.kind == "number":
        return (a.op, a.value, a.unit) == (b.op, b.value, b.unit)
    return label_key(one) == label_key(other)


def _dropped(pair: _Pair, missing: list[Leaf]) -> Finding:
    names = "、".join(f"“{_name(x)}”" for x in missing[:5])
    more = f"等 {len(missing)} 项指标" if len(missing) > 5 else ""
    plan = Plan(pair.filing, pair.form.tree)
    for leaf in missing:
        one, two, three = leaf.path
        top = plan.level1(one, pair.form.tree.id)
        target = with_unit(leaf.row.get("target"), leaf.row.get("unit"))
        plan.insert_leaf(plan.level2(top, two, top), {"level3": three, "target": target})
    step = Step(f"补上没有自评的 {len(missing)} 项", tuple(plan.changes))
    message = f"年初申报的{names}{more}没有自评，每一项申报的指标都要有完成值和得分。"
    return DROPPED.at(pair.form.tree.id, Place(None), message, step)
