"""Findings between the forms of a unit's year: the projects, the overall target's tasks and money, the department's budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from perfdesk import own_words
from perfdesk.catalog import label_key
from perfdesk.derive import Values, amount_unit
from perfdesk.model.filing import Filing, Row
from perfdesk.model.finding import Across, Place
from perfdesk.model.form import Form
from perfdesk.projects import KIND, SPENT, One, project_amount, totals
from perfdesk.rules.subject import Kind
from perfdesk.values import MONEY_UNITS, parse_amount, plain_number, show_amount

SUM = Kind("projects-sum", "warning", "项目预算数合计与项目支出不一致")
TWICE = Kind("project-twice", "warning", "项目重复")
AMOUNT = Kind("task-amount", "warning", "任务里的金额与项目不一致")
TASK = Kind("task-without-project", "hint", "任务没有对应的项目")
PROJECT = Kind("project-without-task", "hint", "项目没有列入主要任务")
PURCHASE = Kind("purchase-without-project", "hint", "采购的项目没有绩效目标表")
KINDS = (SUM, TWICE, AMOUNT, TASK, PROJECT, PURCHASE, *own_words.KINDS)

_LEAST = 4
"""A shorter name stands in other names by chance."""
_BASIC = frozenset({"基本支出", "人员经费", "公用经费", "日常公用经费", "基本经费"})
"""What purchases are paid from where it is no project."""
_READ = ("basic", "budget", "tasks", "procurement")
_NONE: Mapping[int | None, Values] = MappingProxyType({})
_MONEY = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(亿元|万元|元)(?!/|／|每)")


@dataclass(frozen=True, slots=True)
class _Project:
    """``key``: its folded name."""

    form: Form
    filing: Filing
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class _Task:
    """``text``: its words; ``name`` and ``content``: their folded forms."""

    number: int
    row: Row
    text: str
    name: str
    content: str


def between(year: Sequence[One], derived: Mapping[int | None, Values] = _NONE) -> tuple[Across, ...]:
    """Everything that the forms of one unit and year say differently; nothing where there are no projects among them.
    ``derived``: what is known already, by the filings' ids."""
    projects = [_project(*one) for one in year if one[0].kind == KIND]
    others = [one for one in year if one[0].kind != KIND]
    if not projects:
        return ()
    found = [*_twice(projects), *own_words.own_words([(p.form, p.filing) for p in projects])]
    for form, filing in others:
        found += _sum(projects, form, filing, derived)
        if form.has("tasks"):
            found += _tasks(projects, filing)
        if form.has("procurement"):
            found += _purchases(projects, filing)
    return tuple(found)


def compared(form: Form, filing: Filing) -> tuple[object, ...]:
    """What ``between`` looks at in this filing: as long as it is the same, and the others are, it says the same."""
    if form.kind == KIND:
        return filing.amount_unit, filing.rows
    ledgers = form.budget.ledgers if form.budget else ()
    names = (*_READ, *(one.id for one in ledgers if one.codes == "function"))
    return filing.amount_unit, *(filing.section(name) for name in names if form.has(name))


def _project(form: Form, filing: Filing) -> _Project:
    name = " ".join(filing.cell("basic/name").split())
    return _Project(form, filing, name, label_key(name))


# --- among the projects -----------------------------------------------------------------------------------------------


def _twice(projects: Sequence[_Project]) -> Iterator[Across]:
    """A project of the same name or the same code as one before it."""
    names: dict[str, _Project] = {}
    codes: dict[str, _Project] = {}
    for project in projects:
        code = label_key(project.filing.cell("basic/code"))
        if project.key and (first := names.setdefault(project.key, project)) is not project:
            yield Across(project.filing, TWICE.at(*_basic("name"), f"另有一个项目也叫“{first.name}”。"))
        elif code and (first := codes.setdefault(code, project)) is not project:
            message = f"项目编码与“{first.name}”的相同。"
            yield Across(project.filing, TWICE.at(*_basic("code"), message, title="项目编码重复"))


def _basic(column: str) -> tuple[str, Place]:
    return f"basic/{column}", Place("basic", column)


# --- against the other forms ------------------------------------------------------------------------------------------


def _sum(
    projects: Sequence[_Project], form: Form, filing: Filing, derived: Mapping[int | None, Values]
) -> Iterator[Across]:
    """The sum of the projects is what the form says they cost; exact, whatever units the forms count in."""
    added = totals([*((p.form, p.filing) for p in projects), (form, filing)], derived)
    if added.unread == added.count:
        return
    for one in (c for c in added.compared if c.difference):
        unread = f"（另有 {added.unread} 个项目的预算数没有填或读不出）" if added.unread else ""
        message = (
            f"{added.count} 个项目的预算数合计 {show_amount(added.total)} {added.unit}{unread}，"
            f"{form.title}的项目支出是 {show_amount(one.amount)} {added.unit}，"
            f"差 {show_amount(abs(one.difference))} {added.unit}。"
        )
        yield Across(filing, SUM.at(*_spent_at(form), message))


def _spent_at(form: Form) -> tuple[str, Place]:
    """Where the form names the project expenditure: its cell, or the ledger that it is added up from."""
    if form.budget is None:
        row, _, column = SPENT.partition("/")
        return SPENT, Place(row, column)
    ledger = next(x for x in form.budget.ledgers if x.codes == "function")
    return ledger.id, Place(None)


def _tasks(projects: Sequence[_Project], filing: Filing) -> Iterator[Across]:
    """Told only where some task is a project: tasks of other units are no projects at all."""
    tasks = [_task(n, r) for n, r in enumerate(filing.section("tasks"), 1)]
    matched = [(t, [p for p in projects if _names(t, p)]) for t in tasks if t.text]
    if not any(own for _, own in matched):
        return
    for task, own in matched:
        if not own:
            message = f"“{task.text[:30]}”没有对应的项目绩效目标表。"
            where, place = f"tasks/{task.number}/name", Place(task.row.id, "name")
            yield Across(filing, TASK.at(where, place, message))
        elif len(own) == 1:
            yield from _amount(task, own[0], filing)
    named = {p.key for _, own in matched for p in own}
    for project in projects:
        if project.key and project.key not in named:
            message = "整体绩效目标的年度主要任务里没有提到这个项目。"
            yield Across(project.filing, PROJECT.at(*_basic("name"), message))


def _task(number: int, row: Row) -> _Task:
    name, content = row.get("name"), row.get("content")
    text = " ".join((name or content).split())
    return _Task(number, row, text, label_key(name), label_key(content))


def _names(task: _Task, project: _Project) -> bool:
    """The task names the project, or is a part of its name."""
    if len(project.key) < _LEAST:
        return bool(project.key) and project.key == task.name
    within = len(task.name) >= _LEAST and task.name in project.key
    return project.key in task.name or project.key in task.content or within


def _amount(task: _Task, project: _Project, filing: Filing) -> Iterator[Across]:
    """The one amount in the task's words is the project's."""
    row = task.row
    written = _MONEY.findall(f"{row.get('name')} {row.get('content')}")
    own = project_amount(project.form, project.filing)
    unit = amount_unit(project.form, project.filing)
    if len(written) != 1 or own is None:
        return
    digits, word = written[0]
    value = parse_amount(digits.replace("，", ",")).value
    if value is not None and value * MONEY_UNITS[word] != own * MONEY_UNITS[unit]:
        message = f"任务写的是 {digits} {word}，项目“{project.name}”的预算数是 {_plain(own)} {unit}。"
        where, place = f"tasks/{task.number}/content", Place(row.id, "content")
        yield Across(filing, AMOUNT.at(where, place, message))


def _plain(value: Decimal) -> str:
    return plain_number(value) if value == value.to_integral_value() else show_amount(value)


def _purchases(projects: Sequence[_Project], filing: Filing) -> Iterator[Across]:
    """Projects that the budget's purchases name and that have no table of goals."""
    keys = {p.key for p in projects}
    told: set[str] = set()
    for number, row in enumerate(filing.section("procurement"), 1):
        key = label_key(row.get("project"))
        if key in _BASIC:
            continue
        if len(key) >= _LEAST and key not in told and not any(key in k or k in key for k in keys if k):
            told.add(key)
            message = f"政府采购里的项目“{row.get('project')}”没有项目绩效目标表。"
            yield Across(
                filing, PURCHASE.at(f"procurement/{number}/project", Place(row.id, "project"), message)
            )
