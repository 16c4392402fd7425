"""A filing that comes again: whether one that is there already says the same."""

from __future__ import annotations

from collections.abc import Iterable

from perfdesk.model.filing import Filing, depth
from perfdesk.model.reminder import SECTION


def content(filing: Filing) -> object:
    """What somebody wrote and where it stands, whatever the rows' ids and the blanks at line ends."""
    rows = (
        (
            row.section,
            depth(row),
            tuple(sorted((c, " ".join(t.split())) for c, t in row.cells.items() if t.strip())),
        )
        for row in filing.rows
        if row.section != SECTION
    )
    return filing.form, filing.year, filing.amount_unit, tuple(row for row in rows if row[2])


def same_as(filing: Filing, there: Iterable[Filing]) -> Filing | None:
    """The first of these that says exactly the same; None where each says something else."""
    wanted = content(filing)
    return next((one for one in there if content(one) == wanted), None)
