"""Measurable: a quantity has a number and a unit, a rate is in percent, a sign has its number (财预〔2015〕88号: 细化量化)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdesk.model.change import Step
from perfdesk.model.filing import Leaf
from perfdesk.model.finding import Finding
from perfdesk.rules.names import bare_name, is_rate
from perfdesk.rules.subject import Kind, Subject, cell_fix, named
from perfdesk.values import Target, canonical_unit, plain_number

_SOURCE = "财预〔2015〕88号"
BARE = Kind("bare-sign", "error", "只有符号没有数值", _SOURCE)
MIXED = Kind("mixed-target", "warning", "数值与文字混写", _SOURCE)
NO_UNIT = Kind("unit-missing", "warning", "没有度量单位", _SOURCE)
DIFFERS = Kind("unit-differs", "warning", "两处单位不一致", _SOURCE)
QUALITY = Kind("number-as-quality", "warning", "数值写成了定性指标", _SOURCE)
RATE = Kind("rate-unit", "warning", "“率”类指标的单位应为 %", _SOURCE)
KINDS = (BARE, MIXED, NO_UNIT, DIFFERS, QUALITY, RATE)

_QUALITY_UNITS = ("定性指标", "定性", "定性描述")
_SMALL_SHARES = re.compile(r"‰|百分点|个百分点|.*[/每].*|.*分之.*|.*比例.*|%+.*")
_UNITLESS = re.compile(r"(?:容积率|指数|系数|比值|倍率|得分|评分|分值)$")
_AT_LEAST = re.compile(r"%?(?:及以上|以上|或以上)")
_AT_MOST = re.compile(r"%?(?:及以下|以下|以内|之内)")


def each(subject: Subject, leaf: Leaf) -> Iterator[Finding]:
    target = subject.target(leaf)
    if target.kind == "bare":
        message = f"{named(leaf)}的指标值只有“{target.text.strip()}”，没有数值。"
        yield BARE.at(*subject.at_leaf(leaf, "target"), message)
    elif target.kind == "mixed":
        yield _mixed(subject, leaf, target)
    elif target.kind == "number":
        yield from _unit(subject, leaf, target)


def _mixed(subject: Subject, leaf: Leaf, target: Target) -> Finding:
    message = f"{named(leaf)}的指标值“{target.text.strip()}”把数值和文字写在一起，请只填数值，文字写到说明或名称里。"
    fixes: tuple[Step, ...] = ()
    sign = "≥" if _AT_LEAST.fullmatch(target.extra) else "≤" if _AT_MOST.fullmatch(target.extra) else ""
    if sign and target.value is None:
        number = re.match(r"[\d.,]+", target.text.strip())
        percent = "%" if target.extra.startswith("%") else ""
        if number:
            text = f"{sign}{number[0]}{percent}"
            fixes = (cell_fix(f"{named(leaf)}改为 {text}", leaf.row.id, "target", text),)
    return MIXED.at(*subject.at_leaf(leaf, "target"), message, *fixes)


def _unit(subject: Subject, leaf: Leaf, target: Target) -> Iterator[Finding]:
    """One finding for the unit at most: the surest first."""
    name, column = leaf.row.get("level3"), "unit" if subject.tree.field("unit") else "target"
    spot = subject.at_leaf(leaf, column)
    beside = canonical_unit(leaf.row.get("unit")) if column == "unit" else ""
    if not target.unit:
        if not _UNITLESS.search(bare_name(name)):
            message = f"{named(leaf)}的指标值是“{target.text.strip()}”，没有度量单位。"
            yield NO_UNIT.at(*spot, message, *_percent_fix(subject, leaf, target, column))
    elif beside in _QUALITY_UNITS:
        message = f"{named(leaf)}的指标值“{target.text.strip()}”是数值，度量单位却是“{beside}”。"
        yield QUALITY.at(*spot, message, *_percent_fix(subject, leaf, target, column))
    elif beside and target.unit != beside and "%" in (target.unit, beside):
        message = f"{named(leaf)}的指标值写的是“{target.unit}”，度量单位栏是“{beside}”。"
        fix = cell_fix(f"单位改为 {target.unit}", leaf.row.id, "unit", target.unit)
        yield DIFFERS.at(*spot, message, fix)
    elif is_rate(name) and target.unit != "%" and not _SMALL_SHARES.fullmatch(target.unit):
        message = f"{named(leaf)}的度量单位是“{target.unit}”。"
        yield RATE.at(*spot, message, *_rate_fixes(subject, leaf, target, column))


def _rate_fixes(subject: Subject, leaf: Leaf, target: Target, column: str) -> tuple[Step, ...]:
    """Either the unit is wrong or the name: a number that no share reaches is a count."""
    name = leaf.row.get("level3").strip()
    unit = _percent_fix(subject, leaf, target, column)
    if not name.endswith("率"):
        return unit
    count = name.removesuffix("率") + "数"
    rename = (cell_fix(f"改名为“{count}”", leaf.row.id, "level3", count),)
    return rename + unit if target.value is not None and target.value > 100 else unit + rename


def _percent_fix(subject: Subject, leaf: Leaf, target: Target, column: str) -> tuple[Step, ...]:
    """Percent where the name says so; otherwise only the author knows the unit."""
    name = leaf.row.get("level3")
    if not (is_rate(name) or bare_name(name).endswith("满意度")) or target.value is None:
        return ()
    if column == "unit":
        return (cell_fix("单位改为 %", leaf.row.id, "unit", "%"),)
    sign = "" if target.op == "=" else target.op
    text = f"{sign}{plain_number(target.value)}%"
    return (cell_fix(f"改为 {text}", leaf.row.id, "target", text),)
