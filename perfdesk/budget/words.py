"""What texts and tooltips say of the tables: values by name for the explanation, a cell's formula in words."""

from __future__ import annotations

from decimal import Decimal

from perfdesk.bound import Resolve
from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.facts import exact_sum
from perfdesk.budget.tables import TOTAL, View
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.ledger import BudgetTable
from perfdesk.values import parse_amount, plain_number, show_amount

CHANGE = "增减"
"""``{{增减 甲 乙}}``: 甲 against 乙 (last year's) in words: 增加 12.5, 减少 3, 与上年持平."""


def resolver(form: Form, filing: Filing, budgeted: Budgeted) -> Resolve:
    """Names of bound values: ``年度``, ``上年``, ``单位``, ``金额单位``; a cell of a table (``表/行/列``: the row by its code or label, the
    column by its id or label; without a column the first amount of the row); a field (``last_year/total``); ``增减 甲 乙``.

    Amounts are shown without zeros at the end; an empty cell is 0.
    """

    def resolve(name: str) -> str | None:
        fixed = {
            "年度": str(filing.year or ""),
            "上年": str(filing.year - 1) if filing.year else "",
            "单位": filing.unit_name,
            "金额单位": budgeted.unit,
        }
        if name in fixed:
            return fixed[name]
        if name.startswith(f"{CHANGE} "):
            return _change(name.split()[1:])
        if (amount := amount_of(form, filing, budgeted, name)) is not None:
            return short_number(amount)
        return filing.cell(name) if _is_field(form, name) else None

    def _change(names: list[str]) -> str | None:
        amounts = [amount_of(form, filing, budgeted, n) for n in names]
        if len(amounts) != 2 or amounts[0] is None or amounts[1] is None:
            return None
        by = exact_sum((amounts[0], amounts[1].copy_negate()))
        if by == 0:
            return "与上年持平"
        return f"{'增加' if by > 0 else '减少'}{short_number(abs(by))}{budgeted.unit}"

    return resolve


def amount_of(form: Form, filing: Filing, budgeted: Budgeted, name: str) -> Decimal | None:
    """The amount that a name means, 0 for an empty cell; None where the name means no amount."""
    first, *rest = name.split("/")
    table = next((t for t in budgeted.budget.tables if t.id == first), None)
    if table is not None and table.part is None:
        return _of_table(budgeted, table, rest)
    if table is not None and table.part is not None and rest[:1] == [TOTAL] and len(rest) == 2:
        rows = filing.section(table.part.section)
        amounts = (parse_amount(r.get(rest[1]), budgeted.unit).value for r in rows)
        return exact_sum(a for a in amounts if a is not None)
    if _is_field(form, name):
        amount = parse_amount(filing.cell(name), budgeted.unit)
        money = form.section(first).field(rest[0])
        if money and money.kind == "money":
            return (
                amount.value
                if amount.value is not None
                else Decimal(0)
                if not filing.cell(name).strip()
                else None
            )
    return None


def _of_table(budgeted: Budgeted, table: BudgetTable, rest: list[str]) -> Decimal | None:
    view = budgeted.view(table.id)
    line = next((x for x in table.lines if rest and rest[0] in (x.id, x.label)), None)
    key = line.id if line else rest[0] if rest else ""
    columns = table.money_of(line.column) if line else table.money
    if table.kind == "codes" and not (key == TOTAL or key.isdecimal()):
        return None
    if table.kind == "lines" and line is None:
        return None
    wanted = rest[1] if len(rest) > 1 else ""
    column = next((c for c in columns if not wanted or wanted in (c.id, c.label)), None)
    if column is None:
        return None
    if key == TOTAL and line is None:
        # The sum of all codes, whether or not the table prints it.
        return view.facts.root.amount(view.facts_of[column.id]) or Decimal(0)
    if not view.has(key):
        return Decimal(0)
    return view.cell(key, column.id).amount(budgeted.unit).value or Decimal(0)


def _is_field(form: Form, name: str) -> bool:
    section, _, column = name.partition("/")
    return any(s.id == section and s.kind == "fields" and s.field(column) for s in form.sections)


def short_number(value: Decimal) -> str:
    """As a sentence writes it: ``32000``, ``86991.86``, without zeros at the end."""
    text = plain_number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- formulas ---------------------------------------------------------------------------------------------------------


def formula(view: View, key: str, column: str) -> str:
    """How a computed cell comes about, for a tooltip: ``＝ 基本支出 1,965.00 ＋ 项目支出 85,026.86``; at most six parts are named."""
    row, found = view.row(key), view.table.column(column)
    if found is None:
        return ""
    if row.below:
        parts = [
            (_short_name(view, k), view.row(k).cells[column].computed)
            for k in row.below
            if column in view.row(k).cells
        ]
    elif found.sum:
        labels = {c.id: c.label for c in view.table.money}
        parts = [(labels[c], row.cells[c].computed) for c in found.sum if c in row.cells]
    else:
        node = view.facts.nodes.get(row.code)
        label = view.facts.ledger.label_of
        parts = [(label(f), node.facts.get(f)) for f in view.facts_of[column]] if node else []
    given = [(name, amount) for name, amount in parts if amount is not None]
    if not given:
        return ""
    named = " ＋ ".join(f"{name} {show_amount(amount)}" for name, amount in given[:6])
    return f"＝ {named}" + (f" ＋ …（共 {len(given)} 项）" if len(given) > 6 else "")


def _short_name(view: View, key: str) -> str:
    row = view.row(key)
    return row.code or row.name
