"""Self-evaluations, line by line: weights, results, scores by hand and the reasons that they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perfdesk.evaluation.entered import number
from perfdesk.evaluation.evaluated import Evaluated, shown_points
from perfdesk.evaluation.printed import says
from perfdesk.model.change import SetCell, Step
from perfdesk.model.evaluation import NOTE
from perfdesk.model.filing import Leaf
from perfdesk.model.finding import Finding
from perfdesk.model.scheme import Scheme
from perfdesk.rules.subject import Kind, Subject, cell_fix, named
from perfdesk.score import INAPPLICABLE, Item
from perfdesk.values import DASHES, parse_target, plain_number
from perfdesk.weights import leaves_of, propose_weights, weight_sums

WEIGHTS = Kind("weights-sum", "error", "分值合计与评分方案不符")
UNSCORED = Kind("level-unscored", "warning", "评分方案里没有这一部分")
POINTS = Kind("points-not-a-number", "error", "分值或得分不是数字")
OPEN = Kind("not-scored", "error", "还不能计分")
RANGE = Kind("score-out-of-range", "error", "得分超出分值")
BY_HAND = Kind("score-without-note", "error", "得分与计算的不同，没有写明理由")
REASON = Kind("deviation-missing", "error", "没有写偏差原因")
OVER = Kind("over-unexplained", "warning", "超出目标较多，没有写原因")
TYPED = Kind("rate-typed-over", "error", "完成值与基础数据算出的不同")
SHARE = Kind("share-for-percent", "warning", "完成值像是漏了百分号")
EXEMPT = Kind("inapplicable-unexplained", "error", "填了“不适用”，没有写明理由")
NO_BASE = Kind("rate-without-base", "warning", "分母为 0，分子不是 0")
KINDS = (WEIGHTS, UNSCORED, POINTS, OPEN, RANGE, BY_HAND, REASON, OVER, TYPED, SHARE, EXEMPT, NO_BASE)


def find(subject: Subject) -> Iterator[Finding]:
    evaluated = subject.values.evaluated
    if evaluated is None:
        return
    yield from _weights(subject, evaluated)
    items: Mapping[str | None, Item] = {i.row: i for i in evaluated.scored.items}
    for leaf in subject.leaves:
        yield from _points(subject, leaf)
        share = [*_share(subject, leaf)]
        yield from share or _typed_over(subject, evaluated, leaf)
        yield from _no_base(subject, evaluated, leaf)
        item = items.get(leaf.row.id)  # None: no part of the scheme scores it
        if item is not None and not share:
            yield from _score(subject, leaf, item)
            yield from _reason(subject, leaf, item)
            yield from _exempt(subject, evaluated, leaf, item)


# --- weights ----------------------------------------------------------------------------------------------------------


def _weights(subject: Subject, evaluated: Evaluated) -> Iterator[Finding]:
    scheme = evaluated.scheme
    other = _fitting(subject, evaluated)
    parts = {
        p.label: leaves_of(subject.form, subject.filing, p) for p in scheme.parts if p.kind == "indicators"
    }
    for one in evaluated.sums:
        own = parts[one.label]
        if one.got == one.wanted or not own:
            continue
        by = shown_points(abs(one.got - one.wanted))
        apart = f"多 {by} 分" if one.got > one.wanted else f"少 {by} 分"
        message = (
            f"“{one.label}”{len(own)} 项指标的分值合计 {shown_points(one.got)} 分，"
            f"评分方案“{scheme.name}”规定 {shown_points(one.wanted)} 分，{apart}。"
        )
        clear = tuple(SetCell(x.row.id, "weight", "") for x in own if x.row.get("weight").strip())
        fixes = [Step(f"“{one.label}”的分值清空，按方案分配", clear)]
        if other is not None:
            fixes.append(cell_fix(f"改用评分方案“{other.name}”", "result", "scheme", other.id))
        yield WEIGHTS.at(*subject.at_leaf(own[0], "weight"), message, *fixes)
    scored = {x.row.id for own in parts.values() for x in own}
    if len(scored) < len(subject.leaves):
        yield from _unscored(subject, scheme, scored)


def _fitting(subject: Subject, evaluated: Evaluated) -> Scheme | None:
    """Another scheme of the same scope that the weights as typed fit in every part."""
    evaluation = subject.form.evaluation
    weights = evaluated.entered.weights
    weighed = all(x.row.id in weights for x in subject.leaves if x.row.get("actual").strip())
    if evaluation is None or not weights or not weighed:
        return None
    return next(
        (
            s
            for s in evaluation.schemes
            if s is not evaluated.scheme
            and all(w.got == w.wanted for w in weight_sums(s, subject.form, subject.filing, weights))
            and len(propose_weights(s, subject.form, subject.filing, weights)) == len(subject.leaves)
        ),
        None,
    )


def _unscored(subject: Subject, scheme: Scheme, scored: set[str]) -> Iterator[Finding]:
    """One finding a level 1. Of the schemes that score every indicator the one with the most parts is offered."""
    told: set[str] = set()
    schemes = subject.form.evaluation.schemes if subject.form.evaluation else ()
    whole = [s for s in schemes if len(_scored_by(subject, s)) == len(subject.leaves)]
    other = max(whole, key=lambda s: len(s.parts), default=None)
    fixes = (cell_fix(f"改用评分方案“{other.name}”", "result", "scheme", other.id),) if other else ()
    for leaf in subject.leaves:
        name = leaf.level1.get("level1")
        if leaf.row.id in scored or leaf.level1.id in told:
            continue
        told.add(leaf.level1.id)
        count = sum(1 for x in subject.leaves if x.level1.id == leaf.level1.id)
        message = f"评分方案“{scheme.name}”没有“{name}”这一部分，下面的 {count} 项指标不计分。"
        yield UNSCORED.at(*subject.at_heading(leaf.level1, "level1"), message, *fixes)


def _scored_by(subject: Subject, scheme: Scheme) -> set[str]:
    parts = (p for p in scheme.parts if p.kind == "indicators")
    return {x.row.id for p in parts for x in leaves_of(subject.form, subject.filing, p)}


def _points(subject: Subject, leaf: Leaf) -> Iterator[Finding]:
    for column, name in (("weight", "分值"), ("score", "得分")):
        text = leaf.row.get(column).strip()
        value = number(text)
        if text and text not in DASHES and (value is None or (column == "weight" and value < 0)):
            message = f"{named(leaf)}的{name}应填不小于 0 的数字，填的是“{text}”。"
            fix = cell_fix(f"清空{name}，按计算的填", leaf.row.id, column, "")
            yield POINTS.at(*subject.at_leaf(leaf, column), message, fix)


# --- results ----------------------------------------------------------------------------------------------------------


def _share(subject: Subject, leaf: Leaf) -> Iterator[Finding]:
    """``0.97`` for a target in percent: a number that a spreadsheet showed as 97 %."""
    typed, target = leaf.row.get("actual").strip(), subject.target(leaf)
    value = number(typed)
    if value is None or "%" in typed or target.unit != "%" or not 0 < value <= 1 < (target.value or 0):
        return
    percent = f"{shown_points(value * 100)}%"
    message = f"{named(leaf)}的指标值是“{target.text}”，完成值填的是“{typed}”，像是 {percent} 写成了小数。"
    fix = cell_fix(f"完成值改为 {percent}", leaf.row.id, "actual", percent)
    yield SHARE.at(*subject.at_leaf(leaf, "actual"), message, fix)


def _typed_over(subject: Subject, evaluated: Evaluated, leaf: Leaf) -> Iterator[Finding]:
    """A result that the facts make another."""
    typed, computed = leaf.row.get("actual").strip(), evaluated.cells.get((leaf.row.id, "actual"), "")
    noted = leaf.row.get(NOTE).strip()
    if leaf.row.id not in evaluated.rates or not typed or not computed or noted or says(typed, computed):
        return
    words = evaluated.rates[leaf.row.id].words
    message = f"{named(leaf)}的完成值填“{typed}”，按基础数据：{words}。改用算出的数，或写明不同的理由。"
    fix = cell_fix(f"完成值改用计算的 {computed}", leaf.row.id, "actual", "")
    yield TYPED.at(*subject.at_leaf(leaf, "actual"), message, fix)


def _no_base(subject: Subject, evaluated: Evaluated, leaf: Leaf) -> Iterator[Finding]:
    """Nothing was planned and something was spent: the rate does not apply and costs nothing, which is seldom meant."""
    computed, rates = (
        evaluated.rates.get(leaf.row.id),
        subject.form.evaluation and subject.form.evaluation.rates,
    )
    rate = rates.rate(leaf.row.get("level3")) if rates and computed and not computed.applies else None
    facts = evaluated.entered.facts
    if rate is not None and computed and sum(sign * facts.get(f.id, Decimal(0)) for sign, f in rate.over):
        message = f"{named(leaf)}按不适用没有扣分，但分子不是 0：{computed.words}。请核对基础数据。"
        yield NO_BASE.at(*subject.at_leaf(leaf, "actual"), message)


def _score(subject: Subject, leaf: Leaf, item: Item) -> Iterator[Finding]:
    if item.score is None:
        if subject.target(leaf).kind not in ("empty", "bare"):  # told where the target is
            yield OPEN.at(*subject.at_leaf(leaf, "actual"), f"{named(leaf)}还不能计分：{item.reason}。")
        return
    typed = number(leaf.row.get("score"))
    computed = "" if item.computed is None else shown_points(item.computed)
    if not item.refused or says(leaf.row.get("score"), computed):
        return
    fix = cell_fix(f"得分改为计算的 {computed} 分", leaf.row.id, "score", "")
    place = subject.at_leaf(leaf, "score")
    if typed is not None and 0 <= typed <= item.weight:
        message = (
            f"{named(leaf)}得分填 {plain_number(typed)} 分，按评分方案计算是 {computed} 分（{_how(item)}）。"
            f"改用计算的得分，或在评分说明里写明理由。"
        )
        yield BY_HAND.at(*place, message, fix)
    elif typed is not None:
        message = f"{named(leaf)}得分填 {plain_number(typed)} 分，应在 0 到分值 {shown_points(item.weight)} 分之间。"
        yield RANGE.at(*place, message, fix)


def _how(item: Item) -> str:
    """The reckoning without what is said of the score by hand."""
    return item.reason.removesuffix(f"；{item.refused}")


def _reason(subject: Subject, leaf: Leaf, item: Item) -> Iterator[Finding]:
    told = leaf.row.get("deviation").strip()
    if not item.due or (told and told not in DASHES):
        return
    place = subject.at_leaf(leaf, "deviation")
    actual, target = item.actual.strip(), leaf.row.get("target").strip()
    if item.due == "missed":
        apart = _above_unsigned(actual, target) or f"没有达到指标值“{target}”，要写明偏差原因和改进措施。"
        yield REASON.at(*place, f"{named(leaf)}完成“{actual}”，{apart}")
    else:
        times = _times(actual, target)
        yield OVER.at(*place, f"{named(leaf)}完成“{actual}”，超过指标值“{target}”较多{times}，要说明原因。")


def _above_unsigned(actual: str, target: str) -> str:
    """Of a target without a sign that is exceeded; else empty."""
    wanted = parse_target(target)
    got = parse_target(actual, wanted.unit)
    signed = wanted.op != "=" or any(mark in target for mark in "=＝")
    if (
        signed
        or wanted.value is None
        or got.value is None
        or got.unit != wanted.unit
        or got.value <= wanted.value
    ):
        return ""
    return f"指标值“{target}”没有写“≥”，按等于计分。指标值是“至少”的写成“≥{target}”，否则写明偏差原因。"


def _exempt(subject: Subject, evaluated: Evaluated, leaf: Leaf, item: Item) -> Iterator[Finding]:
    """Somebody says that an indicator does not apply, which leaves it its points; of a rate with a base of 0 the facts say so."""
    if item.score is None or item.actual.strip() != INAPPLICABLE or leaf.row.id in evaluated.rates:
        return
    if all(leaf.row.get(column).strip() in ("", *DASHES) for column in (NOTE, "deviation")):
        message = (
            f"{named(leaf)}的完成值填“{INAPPLICABLE}”，{shown_points(item.weight)} 分没有扣。"
            "请填写完成值；确实不适用的，在评分说明里写明理由。"
        )
        yield EXEMPT.at(*subject.at_leaf(leaf, "actual"), message)


def _times(actual: str, target: str) -> str:
    wanted = parse_target(target)
    got = parse_target(actual, wanted.unit)
    if not wanted.value or got.value is None or got.unit != wanted.unit:
        return ""
    return f"（是目标的 {shown_points((got.value / wanted.value).quantize(Decimal('0.01')))} 倍）"
