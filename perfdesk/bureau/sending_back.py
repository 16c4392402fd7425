"""What one unit is told about what it handed in: the bureau's notes and the errors and warnings of its check, each with its place and the
text that stood there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perfdesk import VERSION
from perfdesk.bureau.places import place_at
from perfdesk.catalog import Catalog
from perfdesk.findings_paper import place_words
from perfdesk.model.bureau import HandingInfo, Node, Note, Told
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Form
from perfdesk.model.sent_back import Decision, Meant, Remark, SentBack
from perfdesk.submission.sent_back import digest_of
from perfdesk.titles import title_of


@dataclass(frozen=True, slots=True)
class Known:
    """A paper of the handing as it lies in the store: ``number`` as in ``PaperInfo``."""

    number: int
    filing: Filing
    findings: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the bureau decided, who it calls itself, and the day."""

    decision: Decision
    bureau: str
    day: date


def sent_back(
    node: Node,
    handing: HandingInfo,
    papers: Sequence[Known],
    notes: Sequence[Note],
    verdict: Verdict,
    forms: Catalog,
) -> SentBack:
    """Notes that are about another handing are left out, explained warnings and hints too; notes that went out before go once more, so that
    the newest return says everything."""
    remarks: list[Remark] = []
    mine = [n for n in notes if n.handing == handing.number]
    remarks += [Remark(None, "note", n.text) for n in mine if n.paper == 0]
    for number, paper in enumerate(papers):
        form = forms.form(paper.filing.form)
        for note in (n for n in mine if n.paper == paper.number):
            remarks.append(_remark(number, form, paper.filing, note.place, Remark(number, "note", note.text)))
        for told in paper.findings:
            if told.severity != "hint" and (told.severity == "error" or not told.explanation):
                said = Remark(number, told.severity, told.message, told.title)
                remarks.append(_remark(number, form, paper.filing, told.place, said))
    return SentBack(
        node.name,
        node.code,
        handing.year,
        verdict.decision,
        verdict.bureau,
        verdict.day.isoformat(),
        VERSION,
        handing.check_code,
        handing.made,
        tuple(_meant(p.filing, forms) for p in papers),
        tuple(remarks),
    )


def _meant(filing: Filing, forms: Catalog) -> Meant:
    title = title_of(forms.form(filing.form), filing)
    name = " ".join(filing.cell("basic/name").split())
    return Meant(filing.form, title, name, digest_of(filing), tuple(r.id for r in filing.rows))


def _remark(number: int, form: Form, filing: Filing, where: str, said: Remark) -> Remark:
    if not where:
        return said
    place = place_at(form, filing, where)
    row = filing.row(place.row) if place.row else None
    return Remark(
        number,
        said.kind,
        said.text,
        said.title,
        where,
        place_words(form, filing, Finding("", "hint", where, Place(place.row, place.column), "", "")),
        place.row or "",
        place.column or "",
        row.get(place.column) if row and place.column else "",
    )
