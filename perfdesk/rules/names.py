"""What an indicator's name says about its number: a rate, something to keep low, something to keep high."""

from __future__ import annotations

import re

from perfdesk.values import one_line

_TAIL = re.compile(r"[（(][^（()）]*[)）]$|[\d、.:：；;，,。]+$")
# Rates that are counted in something else than percent.
_OTHER_RATES = re.compile(r"(?:频|功|效|速|流|倍|斜|曲|汇|容积|周转|分辨|采样|比特|折射)率$")
# Rates that may well be above 100 %.
_OPEN_RATES = re.compile(
    r"(?:增长|增速|增加|提高|提升|上升|增幅|增产|增收|回报|收益|投资|利润|毛利|负债|杠杆|偿债|流动比|拨备覆盖|毛入学|入学|产能利用|周转|超额完成|撬动|控制|调整|调增|变动|波动|偏差|差异|浮动|负荷)率$"
)
_GOOD = re.compile(
    r"(?:满意度|满意程度|满意率|及时度|完成度|达标度|知晓度|准确率|及时率|准时率|按时[^率]*率|覆盖率|合格率|完成率|达标率|知晓率|普及率|办结率|到位率|优良率|公开率|参与率|执行率|使用率|利用率|受益率|成活率|完好率|通过率)$"
)
_BAD = re.compile(
    r"(?:成本|投诉率|投诉量|投诉数|投诉件数|投诉次数|投诉起数|上访率|上访数|上访量|上访件数|上访次数|上访人次|差错率|错误率|事故率|事故发生率|事故数|事故起数|事故发生数|死亡率|发病率|感染率|违规率|违法率|逾期率|超时率|流失率|故障率|失误率|损耗率|闲置率|空置率|返修率|退货率|不合格率|能耗|误差|误差率)$"
)
_TURNED = re.compile(
    r"[不未无非]|差错|错误|投诉|上访|逾期|超期|超时|违规|违法|事故|故障|流失|降低|减少|下降|节约|节省|压减|控制"
)


def bare_name(name: str) -> str:
    """The name without blanks, numbering and an explanation in brackets at its end."""
    text = one_line(name)
    while (shorter := _TAIL.sub("", text)) != text:
        text = shorter
    return text


def is_rate(name: str) -> bool:
    """A “…率” that is a percentage."""
    text = bare_name(name)
    return text.endswith("率") and not _OTHER_RATES.search(text)


def is_bounded(name: str) -> bool:
    """A share that cannot pass 100 %."""
    text = bare_name(name)
    return text.endswith(("满意度", "满意程度", "及时度", "完成度", "达标度", "知晓度")) or (
        is_rate(text) and not _OPEN_RATES.search(text)
    )


def is_turned(name: str) -> bool:
    """A word in the name turns it round (``未完成率``) or speaks of something bad (``投诉率``)."""
    return _TURNED.search(bare_name(name)) is not None or wants_low(name)


def wants_high(name: str) -> bool:
    """More is better, beyond doubt: satisfaction, accuracy, coverage … and no word in the name turns it round."""
    text = bare_name(name)
    return _GOOD.search(text) is not None and not _TURNED.search(text)


def wants_low(name: str) -> bool:
    """Less is better, beyond doubt: a cost, complaints, errors. ``投诉减少率`` and ``投诉处理率`` end in another word and do not count."""
    text = bare_name(name)
    match = _BAD.search(text)
    return match is not None and not re.search(r"降低|减少|下降|节约|节省|压减|控制", text)
