"""What lies in a submission package: the manifest and the files but for their digests, the same for the same filings on the same day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from perfdesk.catalog import Catalog
from perfdesk.explained import finding_key
from perfdesk.findings_paper import Reviewed
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding
from perfdesk.model.form import Form
from perfdesk.model.sent_back import KeptRemark
from perfdesk.report.companions import ALONE, Companions
from perfdesk.submission.whole import whole_json
from perfdesk.titles import name_of

FILINGS, PAPERS, FINDINGS = "filings/", "papers/", "findings.json"
RECEIPT = "signature.json"
"""What the bureau adds when it accepts the package."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Who hands in what: ``made`` is the day (``2026-11-21``), ``program`` the version."""

    unit_name: str
    unit_code: str
    year: int
    made: str
    program: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """One filing with what waits and what is settled. ``beside``: of a report, what it quotes; ``papers``: file name → exported file."""

    reviewed: Reviewed
    beside: Companions = ALONE
    papers: Mapping[str, bytes] = field(default_factory=dict[str, bytes])

    @property
    def form(self) -> Form:
        return self.reviewed.form

    @property
    def filing(self) -> Filing:
        return self.reviewed.filing


def manifest_of(whose: Whose, handed: Sequence[Handed], catalog: Catalog) -> dict[str, Any]:
    """Without ``format``, ``version`` and ``files``."""
    forms = {one.form.id: one.form for one in handed}
    return {
        "program": whose.program,
        "made": whose.made,
        "draft": whose.draft,
        "unit": {"name": whose.unit_name, "code": whose.unit_code},
        "year": whose.year,
        "forms": [
            {"id": f.id, "title": f.title, "scheme": f.scheme_name, "sha256": catalog.digest(f.id)}
            for _, f in sorted(forms.items())
        ],
        "filings": [
            {
                "file": _file(number),
                "form": one.form.id,
                "title": name_of(one.form, one.filing),
                "papers": [PAPERS + name for name in one.papers],
            }
            for number, one in enumerate(handed)
        ],
    }


def parts_of(handed: Sequence[Handed], remarks: Sequence[KeptRemark] = ()) -> dict[str, bytes]:
    """Name → content of every file but the manifest. ``remarks``: of the bureau, those that are answered go along."""
    parts = {_file(number): _json(whole_json(one.filing)) for number, one in enumerate(handed)}
    told: dict[str, Any] = {"filings": [_findings(number, one) for number, one in enumerate(handed)]}
    if answers := [_answer(one, handed) for one in remarks if one.done or one.answer]:
        told["answers"] = answers
    parts[FINDINGS] = _json(told)
    for one in handed:
        parts |= {PAPERS + name: data for name, data in one.papers.items()}
    return parts


def check_code(manifest: bytes) -> str:
    """Sixteen signs by which two people tell each other that they have the same package: all that is in it hangs on the manifest."""
    digits = hashlib.sha256(manifest).hexdigest()[:16].upper()
    return " ".join(digits[n : n + 4] for n in range(0, 16, 4))


def _file(number: int) -> str:
    return f"{FILINGS}{number + 1:03}.json"


def _findings(number: int, one: Handed) -> dict[str, Any]:
    told = [_finding(one.filing, finding, said) for finding, said in one.reviewed.all]
    return {"file": _file(number), "findings": told}


def _finding(filing: Filing, finding: Finding, said: str) -> dict[str, str]:
    return {
        "key": finding_key(filing, finding),
        "code": finding.code,
        "severity": finding.severity,
        "where": finding.where,
        "title": finding.title,
        "message": finding.message,
        "explanation": said,
    }


def _answer(kept: KeptRemark, handed: Sequence[Handed]) -> dict[str, Any]:
    ids = [one.filing.id for one in handed]
    where = " ".join(t for t in (kept.about, kept.remark.where) if t)
    said = {
        "place": kept.remark.place,
        "where": where,
        "text": kept.remark.text,
        "done": kept.done,
        "answer": kept.answer,
    }
    here = ids.index(kept.filing) if kept.filing is not None and kept.filing in ids else None
    return {"return": kept.check_code, "number": kept.number, "filing": here, **said}


def _json(value: Any) -> bytes:
    """Fit to be looked at, and the same for the same data."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
