"""What a report stands beside in the store: the self-evaluation and the target form of its year, the totals of earlier years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.report.companions import ALONE, KINDS, Companions, companions

if TYPE_CHECKING:
    from perfdesk.derive import Values
    from perfdesk.model.filing import Filing
    from perfdesk.model.form import Form
    from ui.workspace import Workspace


def beside(workspace: Workspace, form: Form | None, filing: Filing | None) -> Companions:
    """Nothing for a filing that is no report."""
    return around(workspace, filing) if form and filing and form.report else ALONE


def around(workspace: Workspace, filing: Filing) -> Companions:
    """What a report of this filing's unit and year stands beside."""
    store, forms = workspace.reading, workspace.catalog.forms
    if store is None:
        return ALONE
    known = ((i.id, forms.get(i.form)) for i in workspace.all_infos())
    return companions(filing, [(form, store.filing(i)) for i, form in known if form and form.kind in KINDS])


def known_beside(values: Values | None) -> Companions:
    """What these values were derived with."""
    return values.reported.companions if values and values.reported else ALONE
