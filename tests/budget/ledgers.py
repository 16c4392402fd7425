"""A small ledger, tables over it, and random filings of them, for tests that need no form file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from perfdesk.model.filing import Filing, Row
from perfdesk.model.ledger import Axis, BudgetTable, Column, Ledger, Line

LEDGER = Ledger(
    id="spending",
    label="支出明细",
    codes="function",
    code_list="",
    kinds=(Axis("basic", "基本支出"), Axis("project", "项目支出")),
    fundings=(
        Axis("general", "一般公共预算拨款", "一般公共预算"),
        Axis("fund", "政府性基金"),
        Axis("other", "其他收入"),
    ),
    entry=("basic.general", "project.general", "project.other"),
)

SPENDING = BudgetTable(
    id="支出总表",
    title="部门预算支出总表",
    kind="codes",
    ledger="spending",
    total="合计",
    columns=(
        Column("code", "科目编码", "code"),
        Column("name", "科目名称", "name"),
        Column("total", "合计", "money", sum=("basic", "project")),
        Column("basic", "基本支出", "money", facts=("basic.*",)),
        Column("project", "项目支出", "money", facts=("project.*",)),
    ),
    heads=(("科目编码", "科目名称", "合计", "基本支出", "项目支出"),),
    widths=(20.0, 60.0, 25.0, 25.0, 25.0),
)

SUMMARY = BudgetTable(
    id="收支总表",
    title="部门预算收支总表",
    kind="lines",
    ledger="spending",
    columns=(
        Column("income", "项目", "line"),
        Column("income_amount", "预算数", "money", facts=("*.*",)),
        Column("expenditure", "项目", "line"),
        Column("expenditure_amount", "预算数", "money", facts=("*.*",)),
    ),
    heads=(("项目", "预算数", "项目", "预算数"),),
    widths=(60.0, 25.0, 60.0, 25.0),
    lines=(
        Line("i1", "income", 1, "一、一般公共预算拨款收入", facts=("*.general",)),
        Line("i2", "income", 2, "二、其他收入", facts=("*.fund", "*.other")),
        Line("income", "income", 3, "收入总计", sum=("i1", "i2")),
        Line("e1", "expenditure", 1, "一、社会保障和就业支出", codes=("208",)),
        Line("e2", "expenditure", 2, "二、城乡社区支出", codes=("212",)),
        Line("expenditure", "expenditure", 3, "支出总计", sum=("e1", "e2")),
    ),
)


def row(row_id: str, section: str = "spending", **cells: str) -> Row:
    """``basic_general="1"`` is the cell ``basic.general``; ``row_`` stands for the column ``row``."""
    named = {
        k.replace("_", ".") if k.split("_")[0] in ("basic", "project") else k.rstrip("_"): v
        for k, v in cells.items()
    }
    return Row(row_id, section, MappingProxyType(named))


def filing(rows: Iterable[Row], sections: tuple[str, ...] = ("spending", "支出总表", "收支总表")) -> Filing:
    return Filing("test/department-budget", "部门预算", 2022, tuple(rows), sections)


def fen(cells: Mapping[str, str]) -> dict[str, int]:
    """The amounts of a row as integers of 分 of a 万元 form with up to six decimals (1 = 10⁻⁶ 万元): an oracle without Decimals."""
    found: dict[str, int] = {}
    for column, text in cells.items():
        if "." in column and text:
            whole, _, part = text.lstrip("-").partition(".")
            found[column] = (-1 if text.startswith("-") else 1) * int(whole + part.ljust(6, "0"))
    return found
