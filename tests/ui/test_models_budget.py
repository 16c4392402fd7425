"""The models of a budget's ledger and tables under the toolkit's own tester, through random edits of the facts."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from perfdesk.catalog import new_filing
from perfdesk.model.change import InsertRow, RemoveRow, SetCell, Step
from perfdesk.model.filing import Filing, blank_row
from tests.making import catalog
from tests.models import Watch, cells_of
from tests.ui.test_models_random import QUICK, opened
from ui.models.budget_table import TableModel
from ui.models.ledger import LedgerModel

if TYPE_CHECKING:
    from perfdesk.model.change import Change
    from perfdesk.model.form import Form, Section
    from ui.workspace import Workspace

AMOUNTS = ("", "0", "12.5", "-3", "1,000", "约12", "/")
DEEDS = st.lists(st.sampled_from(("edit", "edit", "edit", "undo", "redo", "check")), min_size=1, max_size=8)


def budget_form() -> Form:
    return next(f for f in catalog().forms.values() if f.budget)


def edit(draw: Any, form: Form, filing: Filing, new_id: str) -> tuple[Change, ...]:
    """Something with one row of the first ledger: its code, one of its facts, its coming or its going."""
    assert form.budget
    ledger = form.budget.ledgers[0]
    section = form.section(ledger.id)
    codes = [*sorted(ledger.names)[:12], "999", ""]
    rows = filing.section(ledger.id)
    verb = draw(st.sampled_from(("insert", "set", "set", "code", "remove"))) if rows else "insert"
    row = draw(st.sampled_from(rows)) if rows else None
    if row is None or verb == "insert":
        new = blank_row(section, new_id).with_cell("code", draw(st.sampled_from(codes)))
        return (
            InsertRow(
                new.with_cell(ledger.entry[0], draw(st.sampled_from(AMOUNTS))), row.id if row else None
            ),
        )
    if verb == "remove":
        return (RemoveRow(row.id),)
    column = "code" if verb == "code" else draw(st.sampled_from(ledger.facts))
    return (SetCell(row.id, column, draw(st.sampled_from(codes if verb == "code" else AMOUNTS))),)


@given(data=st.data())
@settings(QUICK, max_examples=8)
def test_ledger_and_tables_follow_any_edits(qapp: object, data: st.DataObject) -> None:
    form, numbers = budget_form(), count(1)
    sections = [s for s in form.sections if s.kind in ("ledger", "table")]
    with opened(new_filing(form, 2026, "示例市数据局", lambda: f"r{next(numbers)}")) as space:
        models = [made(s, space) for s in sections]
        fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
        testers = [QAbstractItemModelTester(m, fatal) for m in models]
        watches = [Watch(m) for m in models]
        for number, deed in enumerate(data.draw(DEEDS)):
            match deed:
                case "edit":
                    assert space.filing
                    changes = edit(data.draw, form, space.filing, f"n{number}")
                    space.apply(Step("改", changes))
                case "check":
                    space.check_now()
                    for model in models:
                        model.remark()
                case "undo" if space.travels.coming("undo") == "改":
                    space.undo()
                case "redo":
                    space.redo()
                case _:
                    pass
            for section, model, watch in zip(sections, models, watches, strict=True):
                model.update()
                assert cells_of(model) == cells_of(made(section, space)), section.id
                watch.look()
        del testers


def made(section: Section, space: Workspace) -> LedgerModel | TableModel:
    """The model of the section's page, as it shows the open filing from the beginning."""
    model = (LedgerModel if section.kind == "ledger" else TableModel)(section, space)
    model.load()
    return model
