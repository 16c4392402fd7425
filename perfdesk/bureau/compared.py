"""Two things that the same unit handed in, paper by paper: what differs, what only one of them has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from perfdesk.catalog import Catalog
from perfdesk.compare.filings import Side, compare
from perfdesk.compare.lines import Comparison
from perfdesk.findings_paper import called
from perfdesk.model.filing import Filing

Key = tuple[str, str, int]
"""Form, project, and which of several that are called so."""


@dataclass(frozen=True, slots=True)
class PaperChange:
    """``found``: what differs in the paper of that title; None where only one side has it: ``gone`` the first one, else the second."""

    title: str
    found: Comparison | None
    gone: bool = False


def paper_changes(
    before: Sequence[Filing],
    after: Sequence[Filing],
    labels: tuple[str, str],
    forms: Catalog,
    new_id: Callable[[], str],
) -> tuple[PaperChange, ...]:
    """Papers that are alike are left out. ``labels``: what the two sides are called."""
    old, new = _by_key(before, forms), _by_key(after, forms)
    changes: list[PaperChange] = []
    for key, filing in new.items():
        form = forms.form(filing.form)
        title = called(form, filing)
        if (there := old.get(key)) is None:
            changes.append(PaperChange(title, None))
            continue
        found = compare(Side(form, there, labels[0]), Side(form, filing, labels[1]), {}, new_id)
        if found.differences:
            changes.append(PaperChange(title, found))
    gone = (filing for key, filing in old.items() if key not in new)
    changes += [PaperChange(called(forms.form(f.form), f), None, gone=True) for f in gone]
    return tuple(changes)


def _by_key(filings: Sequence[Filing], forms: Catalog) -> dict[Key, Filing]:
    found: dict[Key, Filing] = {}
    for filing in filings:
        if filing.form not in forms.forms:
            continue
        key = filing.form, " ".join(filing.cell("basic/name").split())
        number = sum(1 for one in found if one[:2] == key)
        found[(*key, number)] = filing
    return found
