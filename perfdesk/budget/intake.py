"""Printed tables → rows of a filing: the facts behind them, and every printed cell that these facts do not explain, as it is printed.

What is computed of the rows is exactly what was printed, or the printed text stands beside it: nothing of an imported table is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.printed import Printed, PrintedRow
from perfdesk.budget.shares import shared
from perfdesk.budget.tables import TOTAL, View
from perfdesk.model.filing import Row, empty_filing
from perfdesk.model.finding import Repair
from perfdesk.model.form import Form
from perfdesk.model.ledger import Budget, BudgetTable, Ledger
from perfdesk.values import amount_json, parse_amount, plain_number, show_amount

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Intake:
    """``rows``: of the ledgers (facts) and of the computed tables (deviations). ``leftovers``: printed texts for which the form has no
    place at all."""

    rows: tuple[Row, ...]
    repairs: tuple[Repair, ...] = ()
    leftovers: tuple[str, ...] = ()


def facts_from_printed(form: Form, printed: Printed, unit: str, new_id: Callable[[], str]) -> Intake:
    """Rows for what the tables print; amounts without a unit of their own count in ``unit``."""
    budget = form.budget
    if budget is None:
        return Intake(())
    rows: list[Row] = []
    repairs: list[Repair] = []
    for ledger in budget.ledgers:
        shares = shared(ledger, budget.tables, printed, unit)
        rows += _ledger_rows(ledger, shares.amounts, _names(budget, ledger, printed), new_id)
        repairs += (Repair("facts-proposed", where, _PROPOSED) for where in shares.proposed)
    budgeted = Budgeted.of(budget, empty_filing(form, None, tuple(rows)), unit)
    rest = deviations_from_printed(budgeted, printed, new_id)
    return Intake((*rows, *rest.rows), (*repairs, *rest.repairs), rest.leftovers)


_PROPOSED = "此数的资金来源各表说得不全，已按次序分配，请核对"


def _ledger_rows(
    ledger: Ledger, amounts: Mapping[tuple[str, str], Decimal], names: Names, new_id: Callable[[], str]
) -> Iterator[Row]:
    """A row for every code with facts, and for every code whose name is not the standard one. Amounts have the spelling of JSON, so that
    a document gives the same facts from any kind of file."""
    by_code: dict[str, dict[str, str]] = {}
    for (code, fact), amount in amounts.items():
        if amount:
            by_code.setdefault(code, {})[fact] = amount_json(plain_number(amount), "")
    own = {c: n for c, n in names.items() if not _same_words(n, ledger.names.get(c, ""))}
    for code in sorted({*by_code, *own}):
        cells = {"code": code, "name": own.get(code, "")}
        cells |= {f: by_code[code][f] for f in ledger.facts if f in by_code.get(code, {})}
        yield Row(new_id(), ledger.id, MappingProxyType({c: t for c, t in cells.items() if t}))


def _same_words(one: str, other: str) -> bool:
    """The same but for blanks: what is printed with other brackets is kept as it is printed."""
    return "".join(one.split()) == "".join(other.split())


def _names(budget: Budget, ledger: Ledger, printed: Printed) -> Names:
    """Code → the name that most tables print."""
    found: dict[str, Counter[str]] = {}
    for table in budget.tables:
        if table.ledger == ledger.id and table.kind == "codes":
            for row in printed.get(table.id, ()):
                if row.key != TOTAL and (name := row.cells.get("name", "")):
                    found.setdefault(row.key, Counter())[name] += 1
    return {code: names.most_common(1)[0][0] for code, names in found.items()}


# --- what the facts do not explain ------------------------------------------------------------------------------------


def deviations_from_printed(budgeted: Budgeted, printed: Printed, new_id: Callable[[], str]) -> Intake:
    """Rows for the cells that print something else than is computed. An empty cell says nothing; where a number is computed for it, that
    is told as a repair. 0, a dash and nothing are the same."""
    rows: list[Row] = []
    repairs: list[Repair] = []
    left: list[str] = []
    lone = _lone_digits(printed)
    for view in budgeted.views:
        present = frozenset(view.keys)
        for row in printed.get(view.table.id, ()):
            if not _has(view, row.key):
                left.append(" ".join(row.cells.values()))
                continue
            cells = dict(_different(view, row, budgeted.unit, row.key in present))
            for column in [
                c for c, text in cells.items() if text in lone and _is_doubled(view, row.key, c, text)
            ]:
                where = f"tables/{view.table.id}/{row_path(view.table, row.key)}/{column}"
                repairs.append(
                    Repair("digit-doubled", where, f"“{cells.pop(column)}”多出的末位是换页处重复的字，已略去")
                )
            if cells:
                rows.append(Row(new_id(), view.table.id, MappingProxyType({"row": row.key, **cells})))
        if view.table.id in printed:
            repairs += _filled(view, printed[view.table.id])
    return Intake(tuple(rows), tuple(repairs), tuple(left))


def _lone_digits(printed: Printed) -> frozenset[str]:
    """Numbers that alone in the whole file have so many decimals."""
    texts = [t for rows in printed.values() for r in rows for t in r.cells.values() if "." in t]
    decimals = Counter(len(t) - t.rindex(".") for t in texts)
    return frozenset(t for t in texts if decimals[len(t) - t.rindex(".")] == 1)


def _is_doubled(view: View, key: str, column: str, text: str) -> bool:
    """Without its last digit, which is the digit before it again, it is what the other tables make it."""
    cell = view.row(key).cells.get(column)
    shorter = parse_amount(text[:-1])
    return (
        cell is not None
        and text[-1:] == text[-2:-1]
        and shorter.value == cell.computed
        and not shorter.problem
    )


def _has(view: View, key: str) -> bool:
    """The table can show such a row."""
    if view.table.kind == "lines":
        return view.table.line(key) is not None
    return key != TOTAL or bool(view.table.total)


def _different(view: View, row: PrintedRow, unit: str, known: bool) -> Iterator[tuple[str, str]]:
    if not known:
        yield from ((c, t) for c, t in row.cells.items() if parse_amount(t).problem != "dash-in-amount")
        return
    shown = view.row(row.key)
    for column, text in row.cells.items():
        cell = shown.cells.get(column)
        if cell is None:
            if not _same_words(text, shown.name):
                yield column, text
            continue
        amount = parse_amount(text, unit)
        if amount.problem == "dash-in-amount" and not cell.computed:
            continue
        if amount.problem is not None or amount.value is None or amount.value != (cell.computed or 0):
            yield column, text


def _filled(view: View, rows: Iterable[PrintedRow]) -> Iterator[Repair]:
    """Computed numbers in places that the printed table leaves empty, and rows that it leaves out."""
    known = {r.key: r.cells for r in rows}
    for key in view.keys:
        where = f"tables/{view.table.id}/{row_path(view.table, key)}"
        filled = {
            c: x.computed
            for c, x in view.row(key).cells.items()
            if x.computed and not known.get(key, {}).get(c)
        }
        if filled and key not in known:
            yield Repair("row-filled", where, "表中没有这一行，已按其他各表计算补上")
            continue
        for column, amount in filled.items():
            message = f"表中此处为空，按其他各表计算为 {show_amount(amount)}"
            yield Repair("cell-filled", f"{where}/{column}", message)


def row_path(table: BudgetTable, key: str) -> str:
    """The row in a path for people: its code, ``total``, or the label of its line."""
    line = table.line(key)
    return line.label if line else key
