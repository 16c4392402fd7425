"""One made unit, or a department that says it is the sum of its units."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bench.thousand.budgets import budget
from bench.thousand.evaluations import evaluation
from bench.thousand.made import PROJECTS, MadeFiling, MadeUnit, Planted, Size
from bench.thousand.mistakes import planted
from bench.thousand.money import HUNDRED_YUAN, Money, money_of, together
from bench.thousand.targets import overall, project
from bench.thousand.tree import UNITS, department_node, field_of, unit_node

_USUAL = Size()


def evaluations(forms: int) -> int:
    """How many of so many forms of a unit are self-evaluations."""
    return max(1, forms // 8)


def unit(number: int, size: Size = _USUAL) -> MadeUnit:
    """``number`` from 0; every third unit has mistakes."""
    node, department = unit_node(number), number // UNITS
    field, money = field_of(department), _money(number, size)
    above = department_node(department).name
    dice = _dice(number, size, "results")
    targets = [
        project(node.name, above, one, PROJECTS[n % len(PROJECTS)]) for n, one in enumerate(money.projects)
    ]
    results = [
        evaluation(node.name, above, money.projects[n], targets[n], dice)
        for n in range(0, evaluations(size.forms) * len(PROJECTS), len(PROJECTS))
    ]
    first = (_overall(node.name, number, money, size), budget(node.code, node.name, field, money))
    made = MadeUnit(node.code, node.name, (*first, *results, *targets))
    return planted(made, number) if number % 3 == 0 else made


def department(number: int, size: Size = _USUAL) -> MadeUnit:
    """Its own overall target and budget; every fifth has forgotten something of a unit in the target."""
    node, field = department_node(number), field_of(number)
    below = range(number * UNITS, min((number + 1) * UNITS, size.units))
    money = together([_money(n, size) for n in below])
    filings = (
        overall(node.name, field, money, 95),
        budget(node.code, node.name, field, money),
    )
    made = MadeUnit(node.code, node.name, filings)
    return _forgetful(made) if number % 5 == 2 else made


def _overall(name: str, number: int, money: Money, size: Size) -> MadeFiling:
    rate = 88 + _dice(number, size, "rate").randrange(10)
    return overall(name, field_of(number // UNITS), money, rate)


def _money(number: int, size: Size) -> Money:
    projects = size.forms - 2 - evaluations(size.forms)
    return money_of(field_of(number // UNITS), projects, _dice(number, size, "money"))


def _dice(number: int, size: Size, what: str) -> Random:
    return Random(f"{size.seed}/{number}/{what}")


def _forgetful(made: MadeUnit) -> MadeUnit:
    """Its target adds up in itself, and is less than its units'."""
    first, *rest = made.filings
    for column in ("total", "fiscal", "project"):
        first = first.with_amount("budget", column, first.amounts["budget", "", column] - 123 * HUNDRED_YUAN)
    told = Planted(made.code, 0, "department-differs", "budget/total")
    return replace(made, filings=(first, *rest), planted=(told,))
