"""A form over the small ledger, so that rules can be run without a form file."""

from __future__ import annotations

from perfdesk.ledger_files import budget_sections
from perfdesk.model.form import Field, Form, Paper, Section
from perfdesk.model.ledger import Agreement, Budget
from tests.budget.ledgers import LEDGER, SPENDING, SUMMARY

BUDGET = Budget(
    ledgers=(LEDGER,),
    tables=(SUMMARY, SPENDING),
    agreements=(
        Agreement(
            "totals", "支出总表/total/total", "收支总表/expenditure/expenditure_amount", "支出合计应一致"
        ),
    ),
)

FORM = Form(
    id="test/department-budget",
    scheme="test",
    scheme_name="测试",
    kind="department-budget",
    title="部门预算",
    amount_unit="万元",
    sections=(
        Section("basic", "基本情况", "fields", (Field("unit_name", "单位名称"),)),
        *budget_sections(BUDGET),
    ),
    paper=Paper("", "部门预算", "{year}", (), ()),
    budget=BUDGET,
)
