"""Which page shows a section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.evaluation.pages import evaluation_page
from ui.form.budget_page import BudgetPage
from ui.form.explanation_page import ExplanationPage, chapters_of
from ui.form.fields_page import FieldsPage
from ui.form.goals_page import GoalsPage
from ui.form.list_page import ListPage
from ui.form.tree_page import TreePage
from ui.ledger.ledger_page import LedgerPage
from ui.ledger.table_page import TablePage

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from perfdesk.model.form import Section
    from ui.form.page import Page
    from ui.look import Look
    from ui.workspace import Workspace


def page_of(section: Section, space: Workspace, look: Look, actions: Mapping[str, QAction]) -> Page:
    """By its kind; a self-evaluation has pages of its own for some."""
    if page := evaluation_page(section, space, look, actions):
        return page
    if section.kind == "tree":
        return TreePage(section, space, look, actions)
    if section.kind == "goals":
        return GoalsPage(section, space, look, actions)
    if section.kind == "list":
        return ListPage(section, space, look, actions)
    if section.kind == "ledger":
        return LedgerPage(section, space, look, actions)
    if section.kind == "table":
        return TablePage(section, space, look, actions)
    if chapters_of(space.form, section):
        return ExplanationPage(section, space, look)
    kinds = {f.kind for f in section.fields}
    amounts = "money" in kinds and "text" not in kinds
    return (BudgetPage if amounts else FieldsPage)(section, space, look)
