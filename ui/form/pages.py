"""Which page shows a section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from perfdesk.model.form import Section
    from ui.form.page import Page
    from ui.look import Look
    from ui.workspace import Workspace


def page_of(section: Section, space: Workspace, look: Look, actions: Mapping[str, QAction]) -> Page:
    """By its kind; a self-evaluation has pages of its own for some. Each kind is imported when there is a first one of it."""
    if space.form is not None and space.form.evaluation is not None:
        from ui.evaluation.pages import evaluation_page

        if page := evaluation_page(section, space, look, actions):
            return page
    match section.kind:
        case "tree":
            from ui.form.tree_page import TreePage

            return TreePage(section, space, look, actions)
        case "goals":
            from ui.form.goals_page import GoalsPage

            return GoalsPage(section, space, look, actions)
        case "list":
            from ui.form.list_page import ListPage

            return ListPage(section, space, look, actions)
        case "ledger":
            from ui.ledger.ledger_page import LedgerPage

            return LedgerPage(section, space, look, actions)
        case "table":
            from ui.ledger.table_page import TablePage

            return TablePage(section, space, look, actions)
        case _:
            return _fields(section, space, look)


def _fields(section: Section, space: Workspace, look: Look) -> Page:
    if space.form is not None and space.form.chapters:
        from ui.form.explanation_page import ExplanationPage, chapters_of

        if chapters_of(space.form, section):
            return ExplanationPage(section, space, look)
    kinds = {f.kind for f in section.fields}
    if "money" in kinds and "text" not in kinds:
        from ui.form.budget_page import BudgetPage

        return BudgetPage(section, space, look)
    from ui.form.fields_page import FieldsPage

    return FieldsPage(section, space, look)
