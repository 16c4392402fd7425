"""Self-evaluations of a unit's projects: what was promised, what came of it, points that add up to a hundred."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from random import Random
from types import MappingProxyType

from bench.thousand.made import EVALUATION, Key, MadeFiling, written
from bench.thousand.money import Project
from bench.thousand.rows import fields, form_of, made
from perfdesk.evaluation.begin import evaluation_of
from perfdesk.model.filing import Row, depth

_WEIGHTS = {"c1": 15, "c2": 15, "c3": 10, "c4": 10, "c5": 30, "c6": 10}
"""By indicator, in the order that a project of the first form has them: 50, 30 and 10 beside the 10 of the execution."""


def evaluation(name: str, department: str, one: Project, target: MadeFiling, dice: Random) -> MadeFiling:
    """``target``: its form of the year, of the first kind. One result in six misses its target, with a reason."""
    form = form_of(EVALUATION)
    numbers = count(1)
    begun = evaluation_of(form, form_of(target.filing.form), target.filing, lambda: f"e{next(numbers)}")
    missed = f"c{dice.randrange(1, 7)}" if dice.randrange(3) == 0 else ""
    executed = one.fen * dice.randrange(93, 101) // 100
    money = {"initial": one.fen, "adjusted": one.fen, "executed": executed}
    told = {"department": department, "completion": f"{one.name}已按计划完成，{one.subject.served}反映良好。"}
    rows: list[Row] = []
    leaf = 0
    for row in begun.rows:
        if row.id == "money":
            row = fields("money", {k: written(v, False) for k, v in money.items()})
        elif row.id == "basic":
            row = replace(row, cells=MappingProxyType({**row.cells, **told}))
        elif row.section == form.tree.id and depth(row) == 3:
            leaf += 1
            row = _with_result(row, f"c{leaf}", f"c{leaf}" == missed)
        rows.append(row)
    amounts: dict[Key, int] = {("money", "", column): fen for column, fen in money.items()}
    assert begun.year is not None and begun.amount_unit == ""
    return made(EVALUATION, begun.year, rows, amounts)


def _with_result(row: Row, number: str, missed: bool) -> Row:
    cells = {**row.cells, "weight": str(_WEIGHTS[number]), "actual": _actual(row.get("target"), missed)}
    if missed:
        cells["deviation"] = "受天气影响推迟开工，已排定补做的时间。"
    return replace(row, id=number, cells=MappingProxyType(cells))


def _actual(target: str, missed: bool) -> str:
    """What is measured beside ``≥95%``, ``100%`` or ``≤12.00万元``: the number itself, or nine tenths (eleven where less is better)."""
    number = target.lstrip("≥≤")
    if not missed:
        return number
    digits = "".join(c for c in number if c.isdigit() or c == ".")
    unit = number.removeprefix(digits)
    whole = int(digits.partition(".")[0])
    return f"{whole * 11 // 10 + 1 if target.startswith('≤') else whole * 9 // 10}{unit}"
