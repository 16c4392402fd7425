"""By which key an explanation stays with its finding: as long as the cells that the finding speaks of are the same."""

from __future__ import annotations

import hashlib

from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding


def finding_key(filing: Filing, finding: Finding) -> str:
    """``code:row/column:digest``. The digest is of the sentence (the numbers of other cells stand in it) and of the cell's
    own text, or of the whole row where the finding names no column; taking an edit back gives the old key again."""
    place = finding.place
    row = filing.row(place.row) if place.row is not None else None
    cells = (
        {}
        if row is None
        else dict(row.cells)
        if place.column is None
        else {place.column: row.get(place.column)}
    )
    said = "\n".join([finding.message, *(f"{name}={cells[name]}" for name in sorted(cells) if cells[name])])
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{finding.code}:{place.row or ''}/{place.column or ''}:{digest}"
