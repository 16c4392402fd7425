"""What an indicator counts against how its target is written: a quantity in percent, a period in pieces, a cost with ``≥``.

One finding an indicator, and none where its number or sign has one already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdesk.model.filing import Leaf
from perfdesk.model.finding import Finding
from perfdesk.naming import label_key
from perfdesk.rules import direction, measurable
from perfdesk.rules.names import bare_name, is_rate, wants_low
from perfdesk.rules.subject import Kind, Subject, named
from perfdesk.values import MONEY_UNITS, Target, one_line, plain_number

_SOURCE = "财预〔2015〕88号"
IN_PERCENT = Kind("quantity-in-percent", "warning", "数量用百分比表示", _SOURCE)
UNIT = Kind("unit-of-another-kind", "warning", "度量单位与指标不符", _SOURCE)
COST = Kind("cost-at-least", "warning", "成本指标写成“≥”")
OUTPUT = Kind("output-at-most", "warning", "数量指标写成“≤”")
WORDS = Kind("rate-in-words", "warning", "“率”类指标没有数值", _SOURCE)
PROSE = Kind("target-in-prose", "warning", "指标值写成了说明", _SOURCE)
REPEATS = Kind("target-in-name", "hint", "名称里写了指标值")
KINDS = (IN_PERCENT, UNIT, COST, OUTPUT, WORDS, PROSE, REPEATS)

MOSTLY = 80
"""What should stay below so many percent is hardly something bad."""

LONGEST = 40
"""A target of more characters is an explanation."""

_COUNT = re.compile(
    r"(?:数量|个数|人数|户数|套数|栋数|台数|件数|次数|场数|场次|篇数|份数|人次|岗位数|面积|里程)$"
)
_TIME = re.compile(r"(?:时间|时限|年限|期限|工期|天数|时长)$")
_MONEY = re.compile(
    r"(?:价格|单价|总价|造价|金额|收入|费用|总额|补助标准|补贴标准|收费标准|人均标准|成本额)$"
)
_TIMES = re.compile(r"[年月日天周季时分秒]|小时|学期")
_PIECES = ("个", "次", "件", "人", "户", "套", "栋", "处", "项", "台")
_CONTROLLED = re.compile(r"控制|节约|节省|压减|降低|减少|下降|负债|能耗|误差|偏差|差异|调整")

_SHARES = ("比例", "占比", "比重")
"""Of a share nobody but the author knows whether more is better."""

_UNWANTED = re.compile(r"访|投诉|举报|事故|违|逾期|差错|错误|故障|失|病|死|伤|火灾|案件|纠纷")


def each(subject: Subject, leaf: Leaf) -> Iterator[Finding]:
    found = _finding(subject, leaf, subject.target(leaf))
    if found and not any(measurable.each(subject, leaf)) and not any(direction.each(subject, leaf)):
        yield found


def _finding(subject: Subject, leaf: Leaf, target: Target) -> Finding | None:
    if subject.standard(leaf):
        return None
    if target.kind != "number":
        return _worded(subject, leaf, target)
    found = _counted(subject, leaf, target) or _signed(subject, leaf, target)
    return found or _repeated(subject, leaf, target)


def _worded(subject: Subject, leaf: Leaf, target: Target) -> Finding | None:
    spot, written = subject.at_leaf(leaf, "target"), " ".join(target.text.split())
    if target.kind == "words" and len(one_line(written)) > LONGEST:
        message = f"{named(leaf)}的指标值是一段 {len(one_line(written))} 字的说明，请拆成可以衡量的指标。"
        return PROSE.at(*spot, message)
    if target.kind == "words" and is_rate(leaf.row.get("level3")):
        return WORDS.at(*spot, f"{named(leaf)}是比率，指标值却是“{written}”，没有数值。")
    return None


def _counted(subject: Subject, leaf: Leaf, target: Target) -> Finding | None:
    """The unit is one in which what the name says cannot be counted."""
    name, written = bare_name(leaf.row.get("level3")), target.text.strip()
    spot = subject.at_leaf(leaf, "target")
    count, time, money = (p.search(name) is not None for p in (_COUNT, _TIME, _MONEY))
    if target.unit == "%" and (count or time or money):
        what = "数量" if count else "时间" if time else "金额"
        return IN_PERCENT.at(
            *spot, f"{named(leaf)}是{what}，指标值“{written}”却用百分比，请写实际的{what}和单位。"
        )
    if time and target.unit in _PIECES and not _TIMES.search(target.unit):
        return UNIT.at(*spot, f"{named(leaf)}是时间，度量单位却是“{target.unit}”。")
    if money and target.unit in _PIECES:
        return UNIT.at(*spot, f"{named(leaf)}是金额，度量单位却是“{target.unit}”。")
    return None


def _signed(subject: Subject, leaf: Leaf, target: Target) -> Finding | None:
    """A sign with which the target is met by doing nothing, or by spending more."""
    name, written, spot = leaf.row.get("level3"), target.text.strip(), subject.at_leaf(leaf, "target")
    level2 = label_key(leaf.level2.get("level2"))
    cost = "成本" in level2 or "成本" in label_key(leaf.level1.get("level1"))
    up, down = target.op in ("≥", ">"), target.op in ("≤", "<")
    controlled = _CONTROLLED.search(bare_name(name)) is not None or bare_name(name).endswith(_SHARES)
    if cost and up and (target.unit in MONEY_UNITS or bare_name(name).endswith("控制率")):
        return COST.at(*spot, f"{named(leaf)}是成本，“{written}”的意思是花得越多越好，方向应为“≤”。")
    if cost or controlled or wants_low(name):
        return None
    if up and re.search(r"差异|误差|偏差|差错", target.extra):
        message = f"{named(leaf)}写的是“{written}”，{target.extra}越低越好，方向应为“≤”。"
        return direction.AGAINST.at(*spot, message)
    if down and target.unit == "%" and target.value is not None and MOSTLY <= target.value < 100:
        message = f"{named(leaf)}一般越高越好，“{written}”的方向应为“≥”。"
        return direction.AGAINST.at(*spot, message)
    if down and target.unit == "%" and target.value == 100:
        return direction.ALWAYS.at(
            *spot, f"{named(leaf)}的指标值是“{written}”，做得再少也算完成，方向应为“≥”。"
        )
    if down and level2.startswith("数量") and target.unit != "%" and not _UNWANTED.search(name):
        return OUTPUT.at(
            *spot, f"{named(leaf)}是要完成的数量，“{written}”的意思是不做也算完成，方向应为“≥”。"
        )
    return None


def _repeated(subject: Subject, leaf: Leaf, target: Target) -> Finding | None:
    """The name holds the very number and unit of the target."""
    if target.value is None or not target.unit:
        return None
    name = one_line(leaf.row.get("level3"))
    number = plain_number(target.value)
    if number not in name:  # most names: no pattern is made for them
        return None
    if not re.search(rf"(?<![\d.]){re.escape(number)}(?:{re.escape(target.unit)}|[个名])", name):
        return None
    message = f"{named(leaf)}的名称里已经写了 {number}{target.unit}，数值请只写在指标值里，改起来不会漏。"
    return REPEATS.at(*subject.at_leaf(leaf, "level3"), message)
