"""Law 7: parse(show(value)) == value, and the raw text is never lost."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.values import Target, parse_amount, parse_target, show_amount, show_target

amounts = st.decimals(allow_nan=False, allow_infinity=False, places=6) | st.decimals(
    allow_nan=False, allow_infinity=False, min_value=Decimal(-(10**40)), max_value=Decimal(10**40), places=2
)
signs = st.sampled_from(["", "≥", "≤", "=", ">", "<", "±", ">=", "＞", " ≥ "])
numbers = st.from_regex(r"-?(?:[0-9]{1,12}|[0-9]{1,3},[0-9]{3})(?:\.[0-9]{1,6})?", fullmatch=True)
units = st.sampled_from(
    [
        "",
        "%",
        "百分号",
        "百分比",
        "个",
        "万元",
        "元/亩",
        "万m²",
        "次",
        "%（完成）",
        "个（每年）",
        "天内",
        "是/否",
    ]
)
columns = st.sampled_from(
    ["", "%", "百分号", "定性指标", "万平方米", "件", "元/平方米（建筑面积）", "人次/年度平均"]
) | st.text(max_size=12)
spelt = st.builds(lambda *parts: "".join(parts), signs, numbers, st.sampled_from(["", " "]), units)


def understood(target: Target) -> tuple[object, ...]:
    return target.op, target.value, target.unit, target.kind, target.extra


@given(amounts)
def test_a_shown_amount_is_read_as_the_same_amount(value: Decimal) -> None:
    assert parse_amount(show_amount(value)).value == value


@given(spelt)
def test_a_shown_target_is_read_as_the_same_target(raw: str) -> None:
    target = parse_target(raw)
    assert understood(parse_target(show_target(target))) == understood(target)


@given(spelt | st.text(), columns | st.text(max_size=12))
def test_it_is_so_beside_any_unit_column(raw: str, column: str) -> None:
    target = parse_target(raw, column)
    assert target.text == raw
    assert understood(parse_target(show_target(target), column)) == understood(target)


@given(spelt)
def test_showing_twice_is_showing_once(raw: str) -> None:
    shown = show_target(parse_target(raw))
    assert show_target(parse_target(shown)) == shown
