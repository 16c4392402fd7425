"""Filings for the tests of rules: an honest one that has no finding, and ways to change it."""

from __future__ import annotations

from types import MappingProxyType

from perfdesk.catalog import new_filing
from perfdesk.check import check
from perfdesk.model.change import Change, InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.model.finding import Finding
from perfdesk.model.form import Form
from tests.making import catalog, counter

CITY, DISTRICT, CITY_2023 = (
    f"{scheme}/overall-target" for scheme in ("zhengzhou-2021", "jinshui-2021", "zhengzhou-2023")
)


def form(form_id: str = CITY) -> Form:
    return catalog().form(form_id)


def honest(form_id: str = CITY) -> Filing:
    """A filled-in filing without a single finding, of a unit that does not exist."""
    edition = form(form_id)
    new_id = counter()
    filing = new_filing(edition, 2022, "示例市公园管理中心", new_id)
    filing = change(filing, SetCell("basic", "goal", "管好公园，让市民满意。"))
    task = {"name": "公园养护", "content": "养护公园 12 处，全年开放。"}
    filing = change(filing, InsertRow(Row(new_id(), "tasks", MappingProxyType(task)), None))
    for column, amount in {"total": "100.5", "fiscal": "100.5", "basic": "60.25", "project": "40.25"}.items():
        filing = change(filing, SetCell("budget", column, amount))
    for leaf in leaves(filing, "indicators"):
        usual = catalog().standards[leaf.row.get("level3")].usual
        filing = change(filing, SetCell(leaf.row.id, "target", usual))
    for level2, name, target, unit in (
        ("", "养护公园数量", "≥12", "处"),
        ("满意度", "游客满意度", "≥90%", "%"),
    ):
        above = next(
            r for r in filing.rows if level2 in r.get("level2") and "level2" in r.cells and r.parent != "r1"
        )
        filing = add_leaf(filing, above.id, name, target, unit, new_id())
    return filing


def change(filing: Filing, *changes: Change) -> Filing:
    return apply(filing, changes)[0]


def add_leaf(
    filing: Filing, parent: str, name: str, target: str, unit: str = "", row_id: str = "new"
) -> Filing:
    """A leaf as the last child of ``parent``; ``unit`` is left out where the form has no such column."""
    cells = {"level3": name, "target": target}
    if unit and form(filing.form).tree.field("unit"):
        cells["unit"] = unit
    elif unit and not target.endswith(unit):
        cells["target"] = target + unit
    siblings = filing.children("indicators", parent)
    after = siblings[-1].id if siblings else None
    return change(filing, InsertRow(Row(row_id, "indicators", MappingProxyType(cells), parent), after))


def own_group(filing: Filing) -> str:
    """The id of the first level-2 row below 产出指标."""
    top = next(r for r in filing.rows if r.get("level1") == "产出指标")
    return filing.children("indicators", top.id)[0].id


def with_own(name: str, target: str, unit: str = "", form_id: str = CITY) -> Filing:
    """The honest filing with one indicator of the unit's own more."""
    filing = honest(form_id)
    return add_leaf(filing, own_group(filing), name, target, unit)


def leaf_id(filing: Filing, name: str) -> str:
    return next(x.row.id for x in leaves(filing, "indicators") if x.row.get("level3") == name)


def findings(filing: Filing) -> tuple[Finding, ...]:
    return check(form(filing.form), filing)


def codes(filing: Filing) -> list[tuple[str, str]]:
    """What is found: (code, where) of each finding."""
    return [(f.code, f.where) for f in findings(filing)]


def mended(filing: Filing, finding: Finding, number: int = 0) -> Filing:
    return change(filing, *finding.fixes[number].changes)
