"""Self-evaluations made from the targets of the year: what is wanted and with which forms; all of them are one deed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from perfdesk.evaluation.begin import evaluation_of
from perfdesk.evaluation.entered import RESULT
from perfdesk.evaluation.unevaluated import editions, scope_of, unevaluated
from perfdesk.titles import name_of
from ui.dialogs.evaluations import Kept, MakeDialog
from ui.messages import evaluation as words
from ui.models.projects import filings_of

if TYPE_CHECKING:
    from perfdesk.evaluation.unevaluated import One
    from perfdesk.model.filing import Filing
    from perfdesk.model.form import Form
    from perfdesk.model.scheme import Scope
    from ui.look import Look
    from ui.workspace import Workspace

Plan = Mapping["Scope", tuple["Form", str]]
"""For each scope the form, and the id of the scheme."""


def scoped(one: One) -> Scope:
    """What the evaluation of this target is about."""
    scope = scope_of(one[0])
    assert scope is not None
    return scope


class Wanted:
    """The targets of the shown year that have no evaluation yet, and what there is to choose for them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        year = filings_of(workspace, workspace.year)
        every = [one for one in year if scope_of(one[0]) is not None]
        forms = workspace.catalog.forms.values()
        left = unevaluated(year)
        scopes: dict[Scope, None] = dict.fromkeys(scoped(one) for one in left)
        found: dict[Scope, tuple[Form, ...]] = {
            scope: editions(forms, scope, workspace.year) for scope in scopes
        }
        self.offers: dict[Scope, tuple[Form, ...]] = {scope: some for scope, some in found.items() if some}
        self.targets = [one for one in left if scoped(one) in self.offers]
        self.any = bool(every)
        self.formless = bool(left) and not self.targets
        self.kept = len(every) - len(left)

    def is_open(self) -> bool:
        """Whether somebody has to be asked."""
        schemes = [f.evaluation.schemes for some in self.offers.values() for f in some if f.evaluation]
        return any(len(some) > 1 for some in (*self.offers.values(), *schemes))

    def plan(self) -> Plan:
        """The first of each: where nobody has to be asked, the only ones."""
        return {
            s: (some[0], some[0].evaluation.scheme) for s, some in self.offers.items() if some[0].evaluation
        }

    # --- asking ---

    def dialog(self, look: Look, parent: QWidget | None) -> MakeDialog:
        lines: list[tuple[Scope, str]] = [(scoped(one), name_of(*one)) for one in self.targets]
        kept: dict[Scope, Kept] = {scope: self._kept(scope) for scope in self.offers}
        return MakeDialog(lines, self.offers, kept, look, parent)

    def ask(self, look: Look, parent: QWidget | None) -> Plan | None:
        """None: not now. What was not ticked is no longer among the targets."""
        dialog = self.dialog(look, parent)
        plan: dict[Scope, tuple[Form, str]] = {}
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.targets = [self.targets[n] for n in dialog.numbers()]
            plan = {scope: dialog.chosen(scope) for scope in self.offers}
            for scope, (form, scheme) in plan.items():
                self.workspace.set_setting(f"evaluation/{scope}", f"{form.id} {scheme}")
        dialog.deleteLater()
        return plan or None

    def _kept(self, scope: Scope) -> Kept:
        form, _, scheme = (self.workspace.setting(f"evaluation/{scope}") or "").partition(" ")
        return Kept(form, scheme)

    # --- making ---

    def made(self, plan: Plan) -> Sequence[Filing]:
        """New evaluations of the targets, in their order."""
        assert self.workspace.store is not None
        new_id = self.workspace.store.new_id
        return [
            _scored_by(
                plan[scoped(one)][1], plan[scoped(one)][0], evaluation_of(plan[scoped(one)][0], *one, new_id)
            )
            for one in self.targets
        ]


def _scored_by(scheme: str, form: Form, filing: Filing) -> Filing:
    """The form's own scheme needs no word."""
    if form.evaluation is None or scheme == form.evaluation.scheme:
        return filing
    rows = tuple(r.with_cell("scheme", scheme) if r.id == RESULT else r for r in filing.rows)
    return replace(filing, rows=rows)


def sentence(wanted: Wanted) -> str:
    """Why there is nothing to make."""
    if not wanted.any:
        return words.NO_TARGETS
    return words.NO_FORM if wanted.formless else words.ALL_MADE
