"""Targets: the overall one of a unit, and those of its projects."""

from __future__ import annotations

from collections.abc import Iterator

from bench.thousand.made import OVERALL, PROJECTS, YEAR, MadeFiling, written
from bench.thousand.money import FISCAL, Money, Project
from bench.thousand.rows import Leaf, fields, form_of, listed, made, money_fields, tree
from bench.thousand.words import Field
from perfdesk.catalog import fixed_cells
from perfdesk.model.form import Form

_RATES = {"预算调整率": "≤5%", "结转结余率": "≤5%", "“三公经费”控制率": "≤100%"}


def overall(name: str, field: Field, money: Money, rate: int) -> MadeFiling:
    """``rate``: the percentage that the unit's own rates are promised at."""
    subjects = [s for s in field.subjects if any(p.subject is s for p in money.projects)] or list(
        field.subjects
    )
    goal = f"围绕{'、'.join(s.name for s in subjects)}等职责，按期完成年度任务，让{subjects[0].served}满意。"
    tasks = (
        {"name": f"{s.name}", "content": f"按计划做好{s.name}，{s.quality}不低于 {rate}%，{s.served}满意。"}
        for s in subjects
    )
    fen = {
        "total": money.of(),
        "fiscal": money.of(fundings=FISCAL),
        "special_account": money.of(fundings=frozenset({"special"})),
        "unit_funds": money.of(fundings=frozenset({"other"})),
        "basic": money.of("basic"),
        "project": money.of("project"),
    }
    budget, amounts = money_fields("budget", fen, True)
    own = [*_fixed(form_of(OVERALL)), *_own(field, money, rate)]
    rows = (fields("basic", {"unit_name": name, "goal": goal}), *listed("tasks", tasks), budget, *tree(own))
    return made(OVERALL, YEAR, rows, amounts)


def _fixed(form: Form) -> Iterator[Leaf]:
    """The bureau's own rows: of a quality the usual word, of a rate a percentage."""
    for fixed in form.tree.fixed:
        standard = fixed.standard
        usual = standard.usual if standard.nature == "quality" else _RATES.get(standard.name, "≥95%")
        yield fixed.level1, fixed.level2, {**fixed_cells(form.tree, standard), "target": usual}


def _own(field: Field, money: Money, rate: int) -> Iterator[Leaf]:
    counts = {s: sum(p.count for p in money.projects if p.subject is s) for s in field.subjects}
    for subject in (s for s in field.subjects if counts[s]):
        target = f"≥{counts[subject]}{subject.measure}"
        cells = {"level3": subject.counted, "target": target, "note": "年度实际数"}
        yield "产出指标", "重点工作任务完成", cells
    for subject in field.subjects:
        cells = {"level3": subject.quality, "target": f"≥{rate}%", "note": f"{subject.name}合格数 ÷ 总数"}
        yield "产出指标", "履职目标实现", cells
    for subject in field.subjects[:2]:
        yield (
            "效益指标",
            "履职效益",
            {"level3": subject.benefit, "target": f"≥{rate - 3}%", "note": "抽样调查"},
        )
    for subject in field.subjects[:2]:
        cells = {"level3": f"{subject.served}满意度", "target": f"≥{rate - 5}%", "note": "年度问卷"}
        yield "效益指标", "满意度", cells


def project(name: str, department: str, one: Project, form_id: str) -> MadeFiling:
    """One of the two forms of projects, in 万元."""
    subject = one.subject
    goals = f"在{one.part}完成{subject.name}，{subject.counted}不少于 {one.count}{subject.measure}，{subject.served}满意。"
    basic = {"unit_name": name, "name": one.name, "goals": goals}
    if form_id == PROJECTS[1]:
        basic |= {"department": department, "attribute": "特定目标类", "period": f"{YEAR}年"}
        fiscal = one.fen if one.funding in FISCAL else 0
        money = {"total": one.fen, "fiscal": fiscal, "other": one.fen - fiscal}
        leaves = _leaves(one, ("成本指标", "经济成本指标"))
    else:
        money = {"total": one.fen}
        leaves = (_explained(one, leaf) for leaf in _leaves(one, ("产出指标", "成本指标")))
    budget, amounts = money_fields("budget", money, False)
    return made(form_id, YEAR, (fields("basic", basic), budget, *tree(leaves)), amounts)


def _leaves(one: Project, cost: tuple[str, str]) -> list[Leaf]:
    """In the order of the form: costs come first where they are a level 1 of their own."""
    subject = one.subject
    costs: Leaf = (*cost, {"level3": f"{subject.name}总成本", "target": f"≤{written(one.fen, False)}万元"})
    output: list[Leaf] = [
        ("产出指标", "数量指标", {"level3": subject.counted, "target": f"≥{one.count}{subject.measure}"}),
        ("产出指标", "质量指标", {"level3": subject.quality, "target": "≥95%"}),
        ("产出指标", "时效指标", {"level3": f"{subject.name}按期完成率", "target": "100%"}),
    ]
    effect: list[Leaf] = [
        ("效益指标", "社会效益指标", {"level3": subject.benefit, "target": "≥90%"}),
        ("满意度指标", "服务对象满意度指标", {"level3": f"{subject.served}满意度", "target": "≥90%"}),
    ]
    return [costs, *output, *effect] if cost[0] != "产出指标" else [*output, costs, *effect]


def _explained(one: Project, leaf: Leaf) -> Leaf:
    level1, level2, cells = leaf
    more = {
        "description": f"反映{one.name}的{cells['level3']}",
        "basis": f"《{one.subject.name}三年实施方案》",
    }
    return level1, level2, {**cells, **more}
