"""What a stored report stands beside, and what is computed of it with that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.catalog import Catalog
from perfdesk.derive import Values, derive
from perfdesk.model.filing import Filing
from perfdesk.report.companions import ALONE, KINDS, Companions, companions

if TYPE_CHECKING:
    from perfdesk.store import Store


def beside_in(store: Store, forms: Catalog, filing: Filing) -> Companions:
    """Nothing for a filing that is no report."""
    return companions_in(store, forms, filing) if forms.form(filing.form).report else ALONE


def companions_in(store: Store, forms: Catalog, filing: Filing) -> Companions:
    """The filings of the store that a report of this filing's unit and year stands beside."""
    known = ((i, forms.forms.get(i.form)) for i in store.filings())
    return companions(
        filing, [(form, store.filing(i.id)) for i, form in known if form and form.kind in KINDS]
    )


def values_in(store: Store, forms: Catalog, filing: Filing) -> Values:
    return derive(forms.form(filing.form), filing, beside_in(store, forms, filing))
