"""What a bureau sent back, beside the unit's own filings: which of them it means, which of their rows, and whether it is about the newest
package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from perfdesk.model.filing import Filing
from perfdesk.model.sent_back import Meant, Remark, SentBack
from perfdesk.submission.sent_back import digest_of

Age = Literal["newest", "older", "unknown"]


@dataclass(frozen=True, slots=True)
class Own:
    """A filing of the unit for the year (``filing.id`` is known). ``packages``: check codes of the packages that it went with, the first
    first."""

    filing: Filing
    packages: tuple[str, ...] = ()


def matched(sent: SentBack, own: Sequence[Own]) -> tuple[Own | None, ...]:
    """For each filing that the return means the unit's own; None where it is not here. Each is meant once: the very content that was
    handed in goes before the same name, that before the same rows, that before the same package."""
    ranked = sorted(
        (
            (_likeness(meant, one, sent.answers), -number, -place)
            for number, meant in enumerate(sent.filings)
            for place, one in enumerate(own)
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for likeness, number, place in ranked:
        if any(likeness[:3]) and -number not in found and -place not in found.values():
            found[-number] = -place
    return tuple(own[found[n]] if n in found else None for n in range(len(sent.filings)))


def _likeness(meant: Meant, own: Own, answers: str) -> tuple[bool, bool, int, bool]:
    filing = own.filing
    if filing.form != meant.form:
        return False, False, 0, False
    name = " ".join(filing.cell("basic/name").split())
    theirs = set(meant.rows)
    rows = sum(row.id in theirs and row.id != row.section for row in filing.rows)
    return digest_of(filing) == meant.digest, name == meant.name, rows, answers in own.packages


def beside_own(sent: SentBack, own: Sequence[Own | None]) -> SentBack:
    """The same with the rows of the unit's own filings (``own`` as ``matched`` says): where plain files were read, the bureau's rows have
    other ids, and the one row that says what stood there is meant."""
    return replace(sent, remarks=tuple(_here(r, own) for r in sent.remarks))


def _here(remark: Remark, own: Sequence[Own | None]) -> Remark:
    one = own[remark.filing] if remark.filing is not None else None
    if one is None or not remark.row or "!" in remark.row or one.filing.row(remark.row) is not None:
        return remark
    section = remark.place.partition("/")[0]
    alike = [
        row.id
        for row in one.filing.section(section)
        if remark.column and remark.stood and row.get(remark.column) == remark.stood
    ]
    return replace(remark, row=alike[0] if len(alike) == 1 else "")


def age(sent: SentBack, own: Sequence[Own]) -> Age:
    """``newest`` where it is about the last package of these filings, ``older`` where another one went out since, ``unknown`` where no
    package of theirs has its check code."""
    packages = [p for one in own for p in one.packages]
    if not sent.answers or sent.answers not in packages:
        return "unknown"
    newest = {one.packages[-1] for one in own if one.packages}
    return "newest" if sent.answers in newest else "older"
