"""What a scoring scheme says, in sentences that an accountant reads before choosing it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfdesk.evaluation.evaluated import shown_points
from perfdesk.model.scheme import Scheme, Special

SCHEME = "评分方案"
OF_FORM = "（表样规定）"
SHOW_RULES = "方案怎样计分"
HIDE_RULES = "收起"
COPY_SCHEME = "复制为自己的方案…"
CHANGE_SCHEME = "修改自己的方案…"
TITLE_COPY = "复制为自己的方案"
TITLE_CHANGE = "修改自己的方案"
NAME = "方案名称"
COPY = "复制"
SAVE = "保存"
TEXT = "方案内容"
COPY_HINT = (
    "下面是方案的全部内容。起个名字复制到自己的数据文件夹，就可以改其中的权重、等级等数值；升级程序不会覆盖。"
)
CHANGE_HINT = "只改数值和文字；“#”后面是说明。保存时整份检查，写错的一次列出，改对才会保存。"
ROUNDING = {"half-up": "四舍五入", "cut": "舍去"}


def own(name: str) -> str:
    return f"{name}{OF_FORM}"


def own_name(name: str) -> str:
    return f"{name}（自己的）"


def source(text: str) -> str:
    return f"依据：{text}"


def weights(scheme: Scheme) -> str:
    parts = [f"{p.label} {shown_points(p.weight)}" for p in scheme.parts]
    return f"权重：{' · '.join(parts)}"


def rules(scheme: Scheme) -> list[str]:
    """One line each."""
    return [weights(scheme), *_methods(scheme), *_switches(scheme), _grades(scheme), source(scheme.source)]


def _methods(scheme: Scheme) -> Iterator[str]:
    scored = [p for p in scheme.parts if p.kind == "execution"]
    if any(p.weight for p in scored):
        yield "预算执行：分值 × 执行数 ÷ 调整预算数，不超过满分。"
    elif scored:
        yield "预算执行率只列出，不计分。"
    yield "≥ 指标：达到目标得满分，没有达到按完成值 ÷ 目标计分；≤ 指标：不超过目标得满分，超过按目标 ÷ 完成值计分。"
    yield f"= 指标：等于目标得满分，{'不等于不得分' if scheme.strict_equal else '不等于按接近的比例计分'}。"
    bands = [f"{b.name} {shown_points(b.high)}%–{shown_points(b.low)}%" for b in scheme.bands]
    if bands:
        yield f"定性指标按档计分（占分值）：{'、'.join(bands)}。"
    yield from (_special(s) for s in scheme.specials)


def _special(special: Special) -> str:
    match special.kind:
        case "stepped":
            steps = [f"{shown_points(a)} 以上得 {shown_points(b)}%" for a, b in special.steps]
            return f"“{special.indicator}”分段计分：{'，'.join(steps)}。"
        case "per-point":
            return f"“{special.indicator}”每差 1 个单位扣 {shown_points(special.deduction)} 分。"
        case "yes-no":
            return f"“{special.indicator}”达到得满分，没有达到不得分。"


def _switches(scheme: Scheme) -> Iterator[str]:
    if scheme.pass_mark:
        yield f"完成不到 {shown_points(scheme.pass_mark)}% 的指标不得分。"
    if over := scheme.over:
        off = f"，并扣 {shown_points(over.deduction)} 分" if over.deduction else ""
        yield f"完成值达到目标的 {shown_points(over.ratio)} 倍以上，要说明原因{off}。"
    for cap in scheme.caps:
        yield f"预算执行率低于 {shown_points(cap.below)}% 的，总分不超过 {shown_points(cap.most)} 分。"
    yield f"得分保留 {scheme.digits} 位小数，{ROUNDING[scheme.rounding]}。"


def _grades(scheme: Scheme) -> str:
    lowest: list[str] = []
    above: Decimal | None = None
    for grade in sorted(scheme.grades, key=lambda g: -g.lowest):
        end = "以上" if above is None else f"–{shown_points(above)}"
        lowest.append(f"{grade.name} {shown_points(grade.lowest)}{end}")
        above = grade.lowest
    return f"等级（含下限）：{'、'.join(lowest)}。"
