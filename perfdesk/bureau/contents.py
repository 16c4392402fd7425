"""What one file that was handed in holds, of whom and of which year; and all of it as papers, checked by the bureau itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from perfdesk.across import across
from perfdesk.bureau.facts import UNSAID, paper_of
from perfdesk.catalog import Catalog
from perfdesk.check import checked, with_others
from perfdesk.derive import Values, derive
from perfdesk.model.bureau import Paper
from perfdesk.model.collected import PaperSeen, Seen
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding
from perfdesk.model.submission import HandedIn
from perfdesk.recognise import Recognised
from perfdesk.report.companions import ALONE, companions
from perfdesk.switched_off import NONE_OFF, Off, still_on
from perfdesk.values import one_line


@dataclass(frozen=True, slots=True)
class Given:
    """A filing with what its unit says about its findings: finding's key → text. ``digest``: see ``PaperSeen``; ``repairs``: how many."""

    filing: Filing
    said: Mapping[str, str]
    digest: str
    repairs: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What the bureau's check goes by: checks that it switched off, and the names of all units that it knows."""

    off: Mapping[str, Off] = field(default_factory=lambda: NONE_OFF)
    units: Sequence[str] = ()


def given_in(found: Recognised) -> tuple[Given, ...]:
    """All filings of a file in their order."""
    told = found.handed_in
    some = ((one, told.explained(n) if told else UNSAID) for n, one in enumerate(found.filings))
    return tuple(Given(one.filing, said, _digest(one.filing, said), len(one.repairs)) for one, said in some)


def seen_in(
    found: Recognised, given: Sequence[Given], forms: Catalog, path: str, changed: float
) -> tuple[Seen, ...]:
    """One of a package; of other files one for each unit and year that its forms name."""
    if found.handed_in is not None:
        return (_package(found.handed_in, given, forms, path, changed),)
    parts: dict[tuple[str, int | None], list[Given]] = {}
    for one in given:
        parts.setdefault((one_line(one.filing.unit_name), one.filing.year), []).append(one)
    left = len(found.leftovers)
    return tuple(
        replace(
            Seen(path, " ".join(some[0].filing.unit_name.split()), year, *_papers(some, forms), changed),
            repairs=sum(one.repairs for one in some),
            leftovers=left,
        )
        for (_, year), some in parts.items()
    )


def _package(told: HandedIn, given: Sequence[Given], forms: Catalog, path: str, changed: float) -> Seen:
    papers, digest = _papers(given, forms)
    if told.answers:  # the same forms with another answer are not the same
        digest = digest_of((digest, *(str(one) for one in told.answers)))
    name, code = " ".join(told.unit_name.split()), one_line(told.unit_code)
    signed = told.receipt
    seen = Seen(path, name, told.year, papers, digest, changed, package=True, unit_code=code)
    seen = replace(seen, made=told.made, program=told.program, check_code=told.check_code, draft=told.draft)
    return replace(seen, signer=signed.signer, fingerprint=signed.fingerprint) if signed else seen


def _papers(given: Sequence[Given], forms: Catalog) -> tuple[tuple[PaperSeen, ...], str]:
    papers = tuple(
        PaperSeen(
            f.form, f.title or forms.form(f.form).title, " ".join(f.cell("basic/name").split()), one.digest
        )
        for one in given
        for f in (one.filing,)
    )
    return papers, digest_of(p.digest for p in papers)


def digest_of(papers: Iterable[str]) -> str:
    """Of several papers, in whatever order and files they came."""
    return hashlib.sha256("\n".join(sorted(papers)).encode()).hexdigest()


def _digest(filing: Filing, said: Mapping[str, str]) -> str:
    """Of everything that the filing says, and what is said about it; rows are known by their places, so that a form which was read twice
    is the same."""
    places = {row.id: n for n, row in enumerate(filing.rows)}
    rows = [
        [
            r.section,
            None if r.parent is None else places[r.parent],
            {c: t for c, t in sorted(r.cells.items()) if t},
        ]
        for r in filing.rows
    ]
    # Keys of findings hold ids of rows: what counts is what is said.
    told = [filing.form, filing.title, filing.year, filing.amount_unit, rows, sorted(said.values())]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# --- checked ----------------------------------------------------------------------------------------------------------


def papers_of(
    given: Sequence[Given], forms: Catalog, rules: Rules, alive: Callable[[], None]
) -> tuple[Paper, ...]:
    """The filings of one unit and year, checked each and beside each other. ``alive`` is called now and then."""
    year = [(forms.form(g.filing.form), replace(g.filing, id=n)) for n, g in enumerate(given)]
    values: dict[int | None, Values] = {}
    for number, (form, filing) in enumerate(year):
        beside = companions(filing, year) if form.report else ALONE
        values[number] = derive(form, filing, beside)
        alive()
    others: dict[int | None, list[Finding]] = {}
    for one in across(year, derived=values, units=rules.units):
        others.setdefault(one.filing.id, []).append(one.finding)
    alive()
    papers: list[Paper] = []
    for number, (form, filing) in enumerate(year):
        own = checked(form, filing, values[number])
        findings = still_on(with_others(own, others.get(number, ())), rules.off)
        papers.append(paper_of(form, filing, values[number], findings, given[number].said))
        alive()
    return tuple(papers)


def known_year(given: Iterable[Given], year: int) -> tuple[Given, ...]:
    """Filings that name no year are of this one."""
    return tuple(
        one if one.filing.year is not None else replace(one, filing=replace(one.filing, year=year))
        for one in given
    )
