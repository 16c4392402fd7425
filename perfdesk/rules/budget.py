"""A department budget: amounts and codes of the ledgers, printed tables that do not add up, tables that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.facts import UNCODED, Facts
from perfdesk.budget.relations import Broken, CellName, broken, column_of, row_name
from perfdesk.budget.settle import take_computed, take_printed
from perfdesk.budget.tables import View
from perfdesk.model.change import SetCell, Step
from perfdesk.model.filing import Row
from perfdesk.model.finding import Finding, Place
from perfdesk.rules.subject import Kind, Subject, cell_fix
from perfdesk.values import Amount, plain_number, show_amount

COLUMNS = Kind("budget-columns", "error", "合计不等于各栏之和")
CHILDREN = Kind("budget-children", "error", "与下级科目之和不符")
LINES = Kind("budget-lines", "error", "合计不等于各行之和")
TABLES = Kind("budget-tables", "error", "表间数字不一致")
PRINTED = Kind("budget-printed", "warning", "印出数与计算数不同")
UNREADABLE = Kind("budget-amount", "error", "金额不是纯数字")
NEGATIVE = Kind("budget-negative", "warning", "金额为负数")
OVERFULL = Kind("budget-overfull", "error", "有下级的科目填了金额")
CODE = Kind("budget-code", "error", "没有科目编码")
TWICE = Kind("budget-code-twice", "warning", "科目编码重复")
UNKNOWN = Kind("budget-code-unknown", "hint", "科目编码不在目录里")
CLASS = Kind("budget-class", "error", "科目没有列入收支总表")
KINDS = (
    COLUMNS, CHILDREN, LINES, TABLES, PRINTED, UNREADABLE, NEGATIVE, OVERFULL, CODE, TWICE, UNKNOWN, CLASS,
)  # fmt: skip

_KIND = {"columns": COLUMNS, "children": CHILDREN, "lines": LINES, "tables": TABLES, "agreement": TABLES}


def find(subject: Subject) -> Iterator[Finding]:
    budgeted = subject.values.budget
    if budgeted is None:
        return
    for facts in budgeted.facts.values():
        yield from _ledger(subject, facts)
    relations = broken(budgeted)
    told = {b.at for b in relations}
    yield from (_relation(subject, budgeted, b) for b in relations)
    for view in budgeted.views:
        yield from _printed(subject, budgeted, view, told)
        yield from _classes(subject, budgeted, view)


def place_of(name: CellName) -> Place:
    """Where the window jumps to: a cell of a computed table is named ``<table>!<row key>``."""
    return Place(f"{name.table}!{name.key}", name.column)


def where_of(budgeted: Budgeted, name: CellName) -> str:
    """``tables/支出总表/212/total``; a line by its label."""
    line = budgeted.budget.table(name.table).line(name.key)
    return f"tables/{name.table}/{line.label if line else name.key}/{name.column}"


# --- relations --------------------------------------------------------------------------------------------------------


def _relation(subject: Subject, budgeted: Budgeted, one: Broken) -> Finding:
    kind = _KIND[one.kind]
    title = f"{one.at.table} {row_name(budgeted, one.at)}：{kind.title}"
    message = f"{_said(budgeted, one)}，差 {show_amount(abs(one.shown - one.other))} {subject.amount_unit}。"
    fixes = _fixes(subject, budgeted, one.at)
    severity = "warning" if one.kind == "agreement" and _unfilled(budgeted, one) else None
    return kind.at(
        where_of(budgeted, one.at), place_of(one.at), message, *fixes, title=title, severity=severity
    )


def _unfilled(budgeted: Budgeted, one: Broken) -> bool:
    """One of the two tables is made of a ledger that nobody has begun: not a mistake yet, only something left to do."""
    tables = (one.at.table, *(name.table for name, _ in one.parts))
    ledgers = {budgeted.budget.table(t).ledger for t in tables}
    return len(ledgers) > 1 and any(not budgeted.facts[x].root.facts for x in ledgers)


def _said(budgeted: Budgeted, one: Broken) -> str:
    column = column_of(budgeted, one.at).label
    here = f"{column} {show_amount(one.shown)}"
    match one.kind:
        case "columns":
            parts = [f"{column_of(budgeted, n).label} {show_amount(a)}" for n, a in one.parts if a]
            sums = f" ＝ {show_amount(one.other)}" if len(parts) > 1 else ""
            return f"{here}，{' ＋ '.join(parts) or '各栏都是空的'}{sums}"
        case "children" | "lines":
            return f"{here}，{_listed(budgeted, one)}"
        case _:
            (name, amount), *_ = one.parts
            there = f"{name.table} {row_name(budgeted, name)}的{column_of(budgeted, name).label}"
            why = f"（{one.why}）" if one.why else ""
            return f"{here}，{there} {show_amount(amount)}{why}"


def _listed(budgeted: Budgeted, one: Broken) -> str:
    """The parts with their sum; of more than four only how many they are."""
    what = "下级科目" if one.kind == "children" else "各行"
    parts = [(n, a) for n, a in one.parts if a]
    if len(parts) > 4:
        return f"{what} {len(parts)} 项之和 {show_amount(one.other)}"
    names = (row_name(budgeted, n).split(" ")[0] for n, _ in parts)
    sums = " ＋ ".join(f"{name} {show_amount(a)}" for name, (_, a) in zip(names, parts, strict=True))
    return f"{what} {sums} ＝ {show_amount(one.other)}" if len(parts) > 1 else f"{what} {sums or '都是空的'}"


def _fixes(subject: Subject, budgeted: Budgeted, name: CellName) -> tuple[Step, ...]:
    """Of a cell whose printed number differs: either number. Other cells of a broken relation are right themselves."""
    view = budgeted.view(name.table)
    if not view.has(name.key) or view.cell(name.key, name.column).printed is None:
        return ()
    computed = take_computed(subject.filing, budgeted, name.table, ((name.key, name.column),))
    printed = take_printed(subject.filing, budgeted, name.table, name.key, name.column)
    return (computed, printed) if printed else (computed,)


def _printed(subject: Subject, budgeted: Budgeted, view: View, told: set[CellName]) -> Iterator[Finding]:
    """Printed numbers that break no relation of their own, and still are not what the facts make."""
    for key in view.keys if view.deviations else ():
        for column, cell in view.row(key).cells.items() if key in view.deviations else ():
            name = CellName(view.table.id, key, column)
            if cell.printed is not None and name not in told:
                computed = show_amount(cell.computed) if cell.computed is not None else "空"
                label = column_of(budgeted, name).label
                message = f"{view.table.id} {row_name(budgeted, name)}的{label}印的是 {cell.printed}，按明细计算是 {computed}。"
                yield PRINTED.at(
                    where_of(budgeted, name), place_of(name), message, *_fixes(subject, budgeted, name)
                )


def _classes(subject: Subject, budgeted: Budgeted, view: View) -> Iterator[Finding]:
    """A 类 with facts that no line of the summary names: the summary would not hold all the money."""
    lines = [x for x in view.table.lines if x.codes]
    if not lines or any(len(c) != 3 for x in lines for c in x.codes):
        return
    listed = {c for x in lines for c in x.codes}
    wanted = {f for x in lines for f in view.facts.ledger.matching(x.facts)}
    for code in view.facts.root.below:
        node = view.facts.nodes[code]
        amount = node.amount(f for f in node.facts if f in wanted)
        if amount and code not in listed and not code.startswith(UNCODED):
            message = (
                f"{view.table.id}没有 {code} 这一类，{show_amount(amount)} {subject.amount_unit}没有列入。"
            )
            where = f"{view.facts.ledger.id}/{code}"
            yield CLASS.at(where, Place(_row_of(view.facts, code), "code"), message)


# --- ledgers ----------------------------------------------------------------------------------------------------------


def _ledger(subject: Subject, facts: Facts) -> Iterator[Finding]:
    for row_id in sorted(facts.odd_rows):
        code, amounts = facts.parsed[row_id]
        for fact, amount in amounts.items():
            yield from _amount(subject, facts, (row_id, code, fact), amount)
        if code.startswith(UNCODED) and amounts:
            yield CODE.at(
                f"{facts.ledger.id}/{row_id}/code",
                Place(row_id, "code"),
                "这一行有金额，没有科目编码，不能归入任何科目。",
            )
    for code in sorted(facts.odd_codes):
        node = facts.nodes[code]
        if len(node.rows) > 1:
            message = f"科目 {code} 有 {len(node.rows)} 行，金额相加。一个科目只留一行更清楚。"
            yield TWICE.at(f"{facts.ledger.id}/{code}", Place(node.rows[1], "code"), message)
        if facts.ledger.names and code not in facts.ledger.names and code.isdecimal():
            yield from _unknown(subject, facts, code, next(iter(node.rows)))
    yield from (_overfull(subject, facts, row) for row in facts.overfull)


def _amount(subject: Subject, facts: Facts, cell: tuple[str, str, str], amount: Amount) -> Iterator[Finding]:
    row_id, code, fact = cell
    row = subject.filing.row(row_id)
    raw, name = row.get(fact) if row else "", facts.ledger.label_of(fact)
    where, place = f"{facts.ledger.id}/{code}/{fact}", Place(row_id, fact)
    if amount.problem == "dash-in-amount":
        fix = cell_fix(f"清空 {code} {name}", row_id, fact, "")
        message = f"{code} 的{name}填的是“{raw}”；没有金额时留空。"
        yield UNREADABLE.at(where, place, message, fix, severity="hint", title="金额栏填了横线")
    elif amount.problem is not None and amount.value is None:
        yield UNREADABLE.at(
            where, place, f"{code} 的{name}应填金额（{subject.amount_unit}），“{raw}”读不出数字。"
        )
    elif amount.problem == "unit-in-amount" and amount.value is not None:
        fix = cell_fix(
            f"{code} {name}改为 {plain_number(amount.value)}", row_id, fact, plain_number(amount.value)
        )
        message = f"{code} 的{name}只填数字，“{raw}”里带了单位。"
        yield UNREADABLE.at(where, place, message, fix, title="金额里带了单位")
    if amount.value is not None and amount.value < 0:
        yield NEGATIVE.at(
            where, place, f"{code} 的{name}是 {show_amount(amount.value)}，预算金额一般不是负数。"
        )


def _unknown(subject: Subject, facts: Facts, code: str, row_id: str) -> Iterator[Finding]:
    row = subject.filing.row(row_id)
    name = row.get("name") if row else ""
    message = f"目录里没有科目 {code}{name}。请核对编码；确有这个科目时可以加入目录。"
    yield UNKNOWN.at(f"{facts.ledger.id}/{code}", Place(row_id, "code"), message)


def _overfull(subject: Subject, facts: Facts, row_id: str) -> Finding:
    code, amounts = facts.parsed[row_id]
    typed = "、".join(f"{facts.ledger.label_of(f)} {_raw(subject.filing.row(row_id), f)}" for f in amounts)
    changes = tuple(SetCell(row_id, fact, "") for fact in amounts)
    message = f"科目 {code} 下面还有明细科目，它的金额由下级相加；这一行填的{typed}没有计入。"
    fix = Step(f"清空 {code} 的金额", changes)
    return OVERFULL.at(f"{facts.ledger.id}/{code}", Place(row_id, next(iter(amounts))), message, fix)


def _raw(row: Row | None, fact: str) -> str:
    return row.get(fact) if row else ""


def _row_of(facts: Facts, code: str) -> str | None:
    """A row of the ledger at the code or below it."""
    node = facts.nodes[code]
    while not node.rows and node.below:
        node = facts.nodes[node.below[0]]
    return node.rows[0] if node.rows else None
