"""What a bureau sends back to a unit about what it handed in: a decision, and remarks that each know where they belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from perfdesk.model.submission import Receipt

Decision = Literal["accepted", "returned"]
RemarkKind = Literal["note", "error", "warning"]
"""What somebody of the bureau wrote, or a finding of the bureau's own check."""
KINDS: tuple[RemarkKind, ...] = ("note", "error", "warning")


@dataclass(frozen=True, slots=True)
class Meant:
    """A filing of the handing. ``name``: of the project it is about, else empty; ``digest``: SHA-256 of the filing as it was handed in;
    ``rows``: the ids of its rows, by which the unit's program knows its own filing again."""

    form: str
    title: str
    name: str
    digest: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """``filing``: its place among the filings of the return, from 0; None: about everything that was handed in. ``place``: as in findings
    (``indicators/12/target``), empty: about the whole form; ``where``: the same in the words of the form. ``row``, ``column``: what the
    place means, empty where it means none. ``stood``: the text of that cell as it was handed in. ``title``: of a finding."""

    filing: int | None
    kind: RemarkKind
    text: str
    title: str = ""
    place: str = ""
    where: str = ""
    row: str = ""
    column: str = ""
    stood: str = ""


@dataclass(frozen=True, slots=True)
class KeptRemark:
    """A remark in the unit's store. ``returned``: the number of the return there, ``number``: of the remark in it, from 1; ``check_code``
    of that return; ``filing``: its id in the store, None where it is about everything or the filing is not here, and ``about`` says which
    the bureau means (empty: everything). ``done``: the unit has seen to it; ``answer``: what it says about it."""

    returned: int
    number: int
    check_code: str
    bureau: str
    made: str
    filing: int | None
    about: str
    remark: Remark
    done: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SentBack:
    """``bureau``: as it calls itself; ``made``: the day; ``answers``: the check code of the package that is meant, empty where plain files
    were handed in; ``handed_in``: the day that package was made. ``check_code``: of this return itself, empty as long as it is no file;
    ``receipt``: who signed it, None: nobody."""

    unit_name: str
    unit_code: str
    year: int
    decision: Decision
    bureau: str
    made: str
    program: str
    answers: str
    handed_in: str
    filings: tuple[Meant, ...]
    remarks: tuple[Remark, ...]
    check_code: str = ""
    receipt: Receipt | None = None
