"""The mistakes that reviewers know, planted one by one: each changes a filing and says which rule must find it, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bench.thousand.made import BUDGET, EVALUATION, OVERALL, PROJECTS, YEAR, MadeFiling, MadeUnit, Planted
from bench.thousand.money import HUNDRED_YUAN
from bench.thousand.tree import unit_node
from perfdesk.model.filing import Row

Deed = Callable[[MadeFiling, MadeUnit], MadeFiling]


@dataclass(frozen=True, slots=True)
class Mistake:
    """``code`` and ``where`` of what finds it; ``on``: the form of the filing it is made in; ``told``: that of the filing where it is
    found, if that is another."""

    code: str
    where: str
    on: str
    deed: Deed
    told: str = ""


def planted(unit: MadeUnit, number: int) -> MadeUnit:
    """Up to three mistakes, each in a filing of its own; ``number`` says where in the table they begin, so that all have their turn."""
    filings, told, taken = list(unit.filings), list[Planted](), set[int]()
    first = number // 3 * 3
    for offset in range(3):
        mistake = MISTAKES[(first + offset) % len(MISTAKES)]
        same = [n for n, one in enumerate(filings) if one.filing.form == mistake.on]
        # The first project stays as it is: others copy from it.
        fit = [n for n in same[mistake.on == _FIRST :] if n not in taken]
        if not fit:
            continue
        place = fit[-1]
        taken.add(place)
        filings[place] = mistake.deed(filings[place], unit)
        at = next((n for n, one in enumerate(filings) if one.filing.form == mistake.told), place)
        told.append(Planted(unit.code, at, mistake.code, mistake.where))
    return replace(unit, filings=tuple(filings), planted=tuple(told))


def _cell(row: str, column: str, text: str) -> Deed:
    return lambda made, _unit: made.with_cell(row, column, text)


def _more(table: str, column: str, fen: int) -> Deed:
    return lambda made, _unit: made.with_amount(table, column, made.amounts.get((table, "", column), 0) + fen)


def _parent_code(made: MadeFiling, _unit: MadeUnit) -> MadeFiling:
    """The printed 类 of the paid pensions is not the sum of its 款."""
    cells = {"row": "208", "basic": "0.01", "total": "0.01"}
    printed = {("支出总表", "208", column): HUNDRED_YUAN for column in ("basic", "total")}
    amounts = MappingProxyType({**made.amounts, **printed})
    return replace(made.with_rows(Row("printed-1", "支出总表", MappingProxyType(cells))), amounts=amounts)


def _another_goal(made: MadeFiling, unit: MadeUnit) -> MadeFiling:
    first = next(x for x in unit.filings if x.filing.form == PROJECTS[0])
    return made.with_cell("basic", "goals", first.filing.cell("basic/goals"))


def _another_name(made: MadeFiling, unit: MadeUnit) -> MadeFiling:
    first = next(x for x in unit.filings if x.filing.form == PROJECTS[0])
    return made.with_cell("basic", "name", first.filing.cell("basic/name"))


def _another_unit(made: MadeFiling, unit: MadeUnit) -> MadeFiling:
    other = next(name for n in (0, 1) if (name := unit_node(n).name) != unit.name)
    return made.with_cell("basic", "goals", f"{made.filing.cell('basic/goals')}由{other}验收。")


def _last_year(made: MadeFiling, _unit: MadeUnit) -> MadeFiling:
    goals = made.filing.cell("basic/goals").rstrip("。")
    return made.with_cell("basic", "goals", f"{YEAR - 1}年{goals}。")


def _unfinished(made: MadeFiling, _unit: MadeUnit) -> MadeFiling:
    return made.with_cell("basic", "goals", made.filing.cell("basic/goals") + "惠及群众XX人。")


def _without_satisfaction(made: MadeFiling, _unit: MadeUnit) -> MadeFiling:
    leaves = [r.id for r in made.filing.rows if "满意" in r.get("level3") + r.get("level2")]
    for row in leaves:
        made = made.without(row)
    return made


def _twice(made: MadeFiling, _unit: MadeUnit) -> MadeFiling:
    """The first indicator stands once more below itself; the second is gone."""
    first = made.filing.row("c1")
    assert first is not None
    rows = [r for r in made.filing.rows if r.id != "c2"]
    rows.insert(rows.index(first) + 1, replace(first, id="c2"))
    return replace(made, filing=replace(made.filing, rows=tuple(rows)))


def _without_standard(made: MadeFiling, _unit: MadeUnit) -> MadeFiling:
    row = next(r.id for r in made.filing.rows if r.get("level3") == "预算调整率")
    return made.without(row)


def _elsewhere(made: MadeFiling, _unit: MadeUnit) -> MadeFiling:
    """One of the bureau's own rows stands among the unit's."""
    row = next(r for r in made.filing.rows if r.get("level3") == "预算调整率")
    rows = list(made.without(row.id).filing.rows)
    heading = next(n for n, r in enumerate(rows) if r.get("level2") == "重点工作任务完成")
    rows.insert(heading + 1, replace(row, parent=rows[heading].id))
    return replace(made, filing=replace(made.filing, rows=tuple(rows)))


def _unknown_code(made: MadeFiling, _unit: MadeUnit) -> MadeFiling:
    row = made.filing.row("economic-1")
    assert row is not None
    old, new = row.get("code"), "30198"
    amounts = {
        (t, new if (t, c) == ("economic", old) else c, f): fen for (t, c, f), fen in made.amounts.items()
    }
    return replace(made.with_cell(row.id, "code", new), amounts=MappingProxyType(amounts))


def _cells(**cells: Mapping[str, str]) -> Deed:
    def deed(made: MadeFiling, _unit: MadeUnit) -> MadeFiling:
        for row, texts in cells.items():
            for column, text in texts.items():
                made = made.with_cell(row, column, text)
        return made

    return deed


_FIRST, _SECOND = PROJECTS
MISTAKES = (
    Mistake("balance", "budget/total", OVERALL, _more("budget", "total", HUNDRED_YUAN)),
    Mistake("budget-children", "tables/支出总表/208/total", BUDGET, _parent_code),
    Mistake("weights-sum", "indicators/1/weight", EVALUATION, _cell("c1", "weight", "20")),
    Mistake("balance", "budget/total", _SECOND, _more("budget", "fiscal", 1)),
    Mistake("stale-year", "basic/goals", _FIRST, _last_year),
    Mistake("satisfaction-missing", "indicators", OVERALL, _without_satisfaction),
    Mistake("goals-pasted", "basic/goals", _FIRST, _another_goal),
    Mistake("rate-unit", "indicators/3/target", _SECOND, _cell("c3", "target", "≥95件")),
    Mistake("total-mismatch", "result/total", EVALUATION, _cell("result", "total", "61")),
    Mistake("unit-missing", "indicators/2/target", _FIRST, _cell("c2", "target", "≥95")),
    Mistake("unit-in-amount", "assets/planned", BUDGET, _cell("assets", "planned", "5.40万元")),
    Mistake("bare-sign", "indicators/1/target", _SECOND, _cell("c1", "target", "≥")),
    Mistake("projects-sum", "budget/project", _FIRST, _more("budget", "total", 5 * HUNDRED_YUAN), OVERALL),
    Mistake(
        "deviation-missing",
        "indicators/2/deviation",
        EVALUATION,
        _cells(c2={"actual": "61%", "deviation": ""}),
    ),
    Mistake("target-missing", "indicators/3/target", _SECOND, _cell("c3", "target", "")),
    Mistake("required", "basic/goals", _FIRST, _cell("basic", "goals", "")),
    Mistake("standard-missing", "indicators", OVERALL, _without_standard),
    Mistake("leftover", "basic/goals", _SECOND, _unfinished),
    Mistake(
        "target-changed", "indicators/2/target", EVALUATION, _cells(c2={"target": "≥80%", "actual": "96%"})
    ),
    Mistake("above-100", "indicators/2/target", _FIRST, _cell("c2", "target", "≥120%")),
    Mistake("always-met", "indicators/6/target", _SECOND, _cell("c6", "target", "≤100%")),
    Mistake("project-twice", "basic/name", _FIRST, _another_name),
    Mistake("executed-over-budget", "money/executed", EVALUATION, _more("money", "executed", 10**9)),
    Mistake("duplicate", "indicators/2/level3", _SECOND, _twice),
    Mistake("grade-mismatch", "result/grade", EVALUATION, _cell("result", "grade", "差")),
    Mistake(
        "cost-at-least",
        "indicators/4/target",
        _FIRST,
        _cells(c4={"level3": "人均补助标准", "target": "≥1.25万元"}),
    ),
    Mistake("misplaced", "indicators/20/level1", OVERALL, _elsewhere),
    Mistake("initial-changed", "money/initial", EVALUATION, _more("money", "initial", HUNDRED_YUAN)),
    Mistake("budget-code-unknown", "economic/30198", BUDGET, _unknown_code),
    Mistake("name-of-another-unit", "basic/goals", _FIRST, _another_unit),
    Mistake("against-direction", "indicators/6/target", _SECOND, _cell("c6", "target", "≤90%")),
)
