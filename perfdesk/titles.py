"""What a form's title and lines say of one filing: ``{name}绩效目标表`` with the project's name in it."""

from __future__ import annotations

import re

from perfdesk.model.filing import Filing
from perfdesk.model.form import Form


def title_of(form: Form, filing: Filing) -> str:
    """The title as printed: the filing's own where it has one, else the form's pattern; the form's plain title while what the pattern
    names is empty."""
    if filing.title and filing.title != form.title:
        return filing.title
    names = re.findall(r"\{(\w+)\}", form.paper.title)
    if names and all(filing.cell(f"basic/{n}").strip() for n in names):
        return filled(form.paper.title, form, filing)
    return filing.title or form.title


def name_of(form: Form, filing: Filing) -> str:
    """What lists call it: the name of the project that it is about, else its title."""
    return " ".join(filing.cell("basic/name").split()) or title_of(form, filing)


def own_title(form: Form, filing: Filing, printed: str) -> str:
    """What a filing keeps of a title that was read: the form's own title where the pattern makes the printed one, or does so behind the
    name of the project, as the set of a year prints it."""
    pattern = filled(form.paper.title, form, filing)
    known = {"".join(text.split()) for text in (pattern, f"{filing.cell('basic/name')}{pattern}")}
    return form.title if "".join(printed.split()) in known else printed


def filled(pattern: str, form: Form, filing: Filing) -> str:
    """The pattern with cells of the section ``basic``, the unit of amounts (``{amount_unit}``) and the year (``{year}``) put in."""
    own = {"amount_unit": filing.amount_unit or form.amount_unit, "year": str(filing.year or "")}

    def cell(match: re.Match[str]) -> str:
        name = match[1]
        return own[name] if name in own else " ".join(filing.cell(f"basic/{name}").split())

    return re.sub(r"\{(\w+)\}", cell, pattern).strip()
