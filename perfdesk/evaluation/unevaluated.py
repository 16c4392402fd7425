"""Which targets of a unit's year have no self-evaluation yet, and with which forms they can be evaluated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.scheme import Scope
from perfdesk.naming import label_key

SCOPES: dict[str, Scope] = {"overall-target": "department", "project-target": "project"}
"""Kinds of forms that set targets, and what a self-evaluation of them is about."""
One = tuple[Form, Filing]


def scope_of(form: Form) -> Scope | None:
    """What a target form's evaluation is about; None of any other form."""
    return SCOPES.get(form.kind)


def editions(forms: Iterable[Form], scope: Scope, year: int | None) -> tuple[Form, ...]:
    """The forms of self-evaluations of that scope: those meant for the year first, then the newer ones."""
    fit = [f for f in forms if f.evaluation is not None and f.evaluation.scope == scope]
    newest = sorted(fit, key=lambda f: f.years[0] or 0, reverse=True)
    return tuple(sorted(newest, key=lambda f: not _meant_for(f, year)))


def _meant_for(form: Form, year: int | None) -> bool:
    first, last = form.years
    return year is None or ((first is None or first <= year) and (last is None or year <= last))


def unevaluated(year: Sequence[One]) -> tuple[One, ...]:
    """Of all filings of a unit's year the targets without an evaluation: an overall target where there is none of the department, a
    project where there is none of its name (of two projects of one name and one evaluation the second)."""
    made = Counter(
        _key(form.evaluation.scope, filing) for form, filing in year if form.evaluation is not None
    )
    left: list[One] = []
    for form, filing in year:
        if (scope := scope_of(form)) is None:
            continue
        key = _key(scope, filing)
        if made[key]:
            made[key] -= scope == "project"
        else:
            left.append((form, filing))
            made[key] += scope == "department"
    return tuple(left)


def _key(scope: Scope, filing: Filing) -> tuple[Scope, str]:
    return scope, label_key(filing.cell("basic/name")) if scope == "project" else ""
