"""Weights of a filing by a scheme: proposed so that they add up exactly, and how far those that somebody set are from adding up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from perfdesk.catalog import label_key
from perfdesk.model.filing import Filing, Leaf, leaves
from perfdesk.model.form import Form
from perfdesk.model.scheme import Scheme, ScoredPart

CENT = Decimal("0.01")
NONE_SET: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class WeightSum:
    """A part of the scheme: what its leaves' weights have to add up to, and what they do."""

    label: str
    wanted: Decimal
    got: Decimal


def propose_weights(
    scheme: Scheme, form: Form, filing: Filing, fixed: Mapping[str, Decimal] = NONE_SET
) -> dict[str, Decimal]:
    """Leaf row → weight: what ``fixed`` leaves of a part's weight goes to its level-2 headings by their number of other leaves, then
    equally to the leaves, in hundredths of a point that add up exactly. Where ``fixed`` leaves nothing, the others get 0."""
    weights: dict[str, Decimal] = {}
    for part in scheme.parts:
        own = leaves_of(form, filing, part) if part.kind == "indicators" else []
        set_already = {x.row.id: fixed[x.row.id] for x in own if x.row.id in fixed}
        weights |= set_already
        rest = max(part.weight - sum(set_already.values(), Decimal(0)), Decimal(0))
        free = [x for x in own if x.row.id not in fixed]
        groups = [[leaf.row.id for leaf in group] for _, group in groupby(free, key=lambda x: x.level2.id)]
        for group, share in zip(groups, split(rest, [len(g) for g in groups]), strict=True):
            weights.update(zip(group, split(share, [1] * len(group)), strict=True))
    return weights


def weight_sums(
    scheme: Scheme, form: Form, filing: Filing, weights: Mapping[str, Decimal]
) -> tuple[WeightSum, ...]:
    """Every part of leaves, in the scheme's order; right where ``got`` is ``wanted``."""
    return tuple(
        WeightSum(p.label, p.weight, sum((weights.get(x.row.id, Decimal(0)) for x in own), Decimal(0)))
        for p in scheme.parts
        if p.kind == "indicators"
        for own in [leaves_of(form, filing, p)]
    )


def split(whole: Decimal, sizes: Sequence[int]) -> list[Decimal]:
    """``whole`` in proportion to ``sizes``, in hundredths, the largest remainders rounded up: the parts add up to ``whole``."""
    if not sizes:
        return []
    cents, rest = divmod(whole, CENT)
    exact = [int(cents) * size for size in sizes]
    parts = [e // sum(sizes) for e in exact]
    by_remainder = sorted(range(len(sizes)), key=lambda n: (-(exact[n] % sum(sizes)), n))
    for n in by_remainder[: int(cents) - sum(parts)]:
        parts[n] += 1
    shares = [CENT * p for p in parts]
    shares[0] += rest
    return shares


def leaves_of(form: Form, filing: Filing, part: ScoredPart) -> list[Leaf]:
    """The leaves that a part of the scheme scores, in printed order."""
    key = label_key(part.level1).removesuffix("指标")
    every = leaves(filing, form.tree.id)
    return [x for x in every if not key or label_key(x.level1.get("level1")).removesuffix("指标") == key]
