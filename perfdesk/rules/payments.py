"""The payment plan of a project: cumulative shares of the year's money, so it never falls and never goes over 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from perfdesk.model.change import SetCell, Step
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Field
from perfdesk.rules.subject import Kind, Subject
from perfdesk.values import parse_target, plain_number

PERCENT = Kind("plan-percent", "error", "支出计划不是百分数")
OVER = Kind("plan-over", "error", "支出计划超过 100%")
FALLS = Kind("plan-falls", "error", "累计支出计划下降")
SHARES = Kind("plan-shares", "warning", "支出计划不是累计数")
KINDS = (PERCENT, OVER, FALLS, SHARES)

SECTION = "plan"
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Share:
    field: Field
    percent: Decimal

    @property
    def said(self) -> str:
        return f"{self.field.name} {plain_number(self.percent)}%"


def find(subject: Subject) -> Iterator[Finding]:
    if not subject.form.has(SECTION):
        return
    shares: list[_Share] = []
    for field in subject.form.section(SECTION).fields:
        text = subject.filing.cell(f"{SECTION}/{field.id}").strip()
        percent = percent_of(text)
        if text and percent is None:
            message = f"{field.name}填的是“{text}”，应填累计支出的百分比，如 50%。"
            yield PERCENT.at(*_at(field), message)
        elif percent is not None:
            shares.append(_Share(field, percent))
    yield from _order(shares)


def percent_of(text: str) -> Decimal | None:
    """``25.00%`` or ``25`` → 25; None where it is empty or no plain share."""
    target = parse_target(text)
    signed = text.strip()[:1] in "≥≤=<>±＝＜＞" if text.strip() else False
    plain = target.kind == "number" and target.unit in ("", "%") and not target.extra and not signed
    return target.value if plain and target.value is not None and target.value >= 0 else None


def _order(shares: list[_Share]) -> Iterator[Finding]:
    """One finding for the first share that is wrong; shares of single months that add up to the whole are offered as cumulative ones."""
    over = next((s for s in shares if s.percent > _WHOLE), None)
    fall = next(((a, b) for a, b in pairwise(shares) if b.percent < a.percent), None)
    if over is not None:
        yield OVER.at(*_at(over.field), f"{over.said}，累计支出不能超过 100%。")
    elif fall is not None:
        before, after = fall
        message = f"{after.said}，比{before.said} 还少；这里填的是从年初起的累计比例。"
        yield FALLS.at(*_at(after.field), message, *_added_up(shares))
    elif shares and shares[-1].percent < _WHOLE and (fixes := _added_up(shares)):
        message = f"各期加起来正好 100%，而{shares[-1].said}；这里应填从年初起的累计比例。"
        yield SHARES.at(*_at(shares[-1].field), message, *fixes)


def _added_up(shares: list[_Share]) -> tuple[Step, ...]:
    sums = list(accumulate(s.percent for s in shares))
    if len(shares) < 2 or sums[-1] != _WHOLE:
        return ()
    cells = zip(shares, sums, strict=True)
    changes = tuple(SetCell(SECTION, s.field.id, f"{plain_number(n)}%") for s, n in cells)
    return (Step("改为累计数：" + "、".join(f"{plain_number(n)}%" for n in sums), changes),)


def _at(field: Field) -> tuple[str, Place]:
    return f"{SECTION}/{field.id}", Place(SECTION, field.id)
