"""Which page shows a section of a self-evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from perfdesk.evaluation.entered import MONEY, RESULT
from perfdesk.model.evaluation import FACTS

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from perfdesk.model.form import Section
    from ui.form.page import Page
    from ui.look import Look
    from ui.workspace import Workspace


def evaluation_page(
    section: Section, space: Workspace, look: Look, actions: Mapping[str, QAction]
) -> Page | None:
    """None: the page that any form has for it. Each kind is imported when there is a first one of it."""
    if section.kind == "tree":
        from ui.evaluation.scores_page import ScoresPage

        return ScoresPage(section, space, look, actions)
    if section.id == MONEY:
        from ui.evaluation.money_page import MoneyPage

        return MoneyPage(section, space, look)
    if section.id == RESULT:
        from ui.evaluation.result_page import ResultPage

        return ResultPage(section, space, look, actions["own-scheme"], actions["make-report"])
    if section.id == FACTS:
        from ui.evaluation.facts_page import FactsPage

        return FactsPage(section, space, look)
    return None
