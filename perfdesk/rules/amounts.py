"""Money cells that are not plain numbers. What can be read is read all the same; the sign or unit is never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfdesk.derive import exact_sum
from perfdesk.model.change import Step
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Field
from perfdesk.rules.subject import Kind, Subject, cell_fix
from perfdesk.values import FINEST_DIGITS, Amount, plain_number, round_half_up, show_amount

UNIT = Kind("unit-in-amount", "error", "金额里带了单位")
WORD = Kind("word-in-amount", "error", "金额栏填了文字")
MARK = Kind("mark-in-amount", "error", "金额不是纯数字")
DASH = Kind("dash-in-amount", "hint", "金额栏填了横线")
PRECISE = Kind("too-precise", "hint", "金额小数位过多")
NEGATIVE = Kind("negative-amount", "warning", "金额为负数")
KINDS = (UNIT, WORD, MARK, DASH, PRECISE, NEGATIVE)


def find(subject: Subject) -> Iterator[Finding]:
    for address, section, field in subject.fields():
        amount = subject.values.amounts.get(address)
        if amount is not None:
            raw = subject.filing.cell(address)
            finding = _of_cell(subject, address, Place(section.id, field.id), field, raw, amount)
            if finding:
                yield finding


def _of_cell(
    subject: Subject, address: str, place: Place, field: Field, raw: str, amount: Amount
) -> Finding | None:
    name, unit = field.name, subject.amount_unit
    match amount.problem:
        case "unit-in-amount":
            message = f"{name}栏的金额单位是{unit}，只填数字，“{raw}”里带了单位。"
            return UNIT.at(address, place, message, _number_fix(place, field, amount.value))
        case "word-in-amount":
            message = f"{name}栏应填金额（{unit}），填的是文字“{raw}”。"
            return WORD.at(address, place, message, *_rest_fix(subject, address, place, field))
        case "mark-in-amount":
            message = f"{name}栏应填一个确定的金额（{unit}），“{raw}”里有数字以外的字符。"
            return MARK.at(address, place, message)
        case "dash-in-amount":
            return _dash(address, place, field, raw)
        case _:
            return _of_number(subject, address, place, field, amount)


def _dash(address: str, place: Place, field: Field, raw: str) -> Finding:
    if field.required:
        return DASH.at(address, place, f"{field.name}是必填的金额，填的是“{raw}”。", severity="error")
    fix = cell_fix(f"清空{field.name}", place.row or "", field.id, "")
    return DASH.at(address, place, f"{field.name}栏填的是“{raw}”；没有金额时留空或填 0。", fix)


def _of_number(subject: Subject, address: str, place: Place, field: Field, amount: Amount) -> Finding | None:
    if amount.value is None:
        return None
    if amount.value < 0:
        return NEGATIVE.at(
            address, place, f"{field.name}填写 {show_amount(amount.value)}，预算金额一般不是负数。"
        )
    if amount.problem == "too-precise":
        unit = subject.amount_unit
        rounded = round_half_up(amount.value, FINEST_DIGITS.get(unit, 6))
        message = f"{field.name}填写 {plain_number(amount.value)}，比 1 分钱还细，多半是表格软件算出的尾数。"
        return PRECISE.at(address, place, message, _number_fix(place, field, rounded))
    return None


def _number_fix(place: Place, field: Field, value: Decimal | None) -> Step:
    number = plain_number(_short(value or Decimal(0)))
    return cell_fix(f"{field.name}改为 {number}", place.row or "", field.id, number)


def _short(value: Decimal) -> Decimal:
    """Without zeros at the end of the decimals."""
    text = plain_number(value)
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else value


def _rest_fix(subject: Subject, address: str, place: Place, field: Field) -> tuple[Step, ...]:
    """What must stand here if the total and the other parts of its group are right."""
    for balance in subject.form.balances:
        total = subject.values.amounts.get(balance.total, Amount()).value
        for _, parts in balance.groups:
            others = [subject.values.amounts.get(p, Amount()) for p in parts if p != address]
            unknown = any(a.value is None and a.problem not in (None, "dash-in-amount") for a in others)
            if address in parts and total is not None and not unknown:
                rest = exact_sum([total, *(a.value.copy_negate() for a in others if a.value is not None)])
                return (_number_fix(place, field, rest),) if rest >= 0 else ()
    return ()
