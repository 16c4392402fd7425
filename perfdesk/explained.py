"""By which key an explanation stays with its finding: as long as the cells that the finding speaks of are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding


def sorted_out(
    filing: Filing, findings: Sequence[Finding], said: Mapping[str, str]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, str], ...]]:
    """The findings that wait, and those that are settled with their explanation; ``said``: key → text. Everything that counts
    findings counts those that wait. Errors are never settled: they stop an official export whatever is said about them."""
    waiting: list[Finding] = []
    settled: list[tuple[Finding, str]] = []
    for finding in findings:
        text = said.get(finding_key(filing, finding)) if said and finding.severity != "error" else None
        if text is None:
            waiting.append(finding)
        else:
            settled.append((finding, text))
    return tuple(waiting), tuple(settled)


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
    import hashlib  # and with it the system's cryptography; only what is explained has a key

    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{finding.code}:{place.row or ''}/{place.column or ''}:{digest}"
