"""The bureau's side: the units under it, and what they handed in, as values that can be added up.

Amounts are whole numbers of 10⁻⁴ 元 (``SCALE`` of them are one 元), whatever unit the form counts in; quantities of indicators are whole
numbers of 10⁻⁴ of their unit. What is finer, or is no number, has the value None and its text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from perfdesk.model.filing import Filing
from perfdesk.model.form import Severity
from perfdesk.model.submission import Answered

SCALE = 10_000

RATES = ("%", "‰")
"""Measures of rates: over several units they are averaged, everything else is added up."""

NodeKind = Literal["province", "city", "county", "department", "unit"]
KINDS: tuple[NodeKind, ...] = ("province", "city", "county", "department", "unit")
HandingState = Literal["taken", "accepted", "returned", "replaced"]


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the unit tree. ``key``: the code, or (no code) the name; ``parent``: a key, None at the top; ``expected``: a filing is
    expected from it."""

    key: str
    code: str
    name: str
    kind: NodeKind
    parent: str | None
    expected: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of a paper. ``section``: the form's section or budget table; ``line``: the code, the line's id or ``total`` of a table,
    empty for a field and for the sum of a list's column; ``field``: the column. ``value``: see the module; None: not to be added, and
    ``text`` is what stands there. The sum of a list's column may have both: what can be added, and the texts of what cannot. A field that
    counts something (vehicles) counts in 10⁻⁴ of it. A cell that is empty is no amount."""

    section: str
    line: str
    field: str
    value: int | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One leaf of a paper's tree, or one indicator of a goal, numbered from 1 in printed order. ``target`` and ``actual`` as written;
    ``op``, ``measure`` (canonical unit, ``%`` for rates, 元 for all money), ``value`` and ``actual_value`` as read. ``weight`` and
    ``score`` as plain numbers, empty where there is none."""

    number: int
    level1: str
    level2: str
    level3: str
    target: str
    op: str = ""
    value: int | None = None
    measure: str = ""
    actual: str = ""
    actual_value: int | None = None
    weight: str = ""
    score: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of a paper: the bureau's own check, with what the unit says about it (``perfdesk.explained``)."""

    code: str
    severity: Severity
    place: str
    title: str
    message: str
    explanation: str = ""

    @property
    def waits(self) -> bool:
        """An error whatever is said of it, a warning until the unit has explained it."""
        return self.severity == "error" or (self.severity == "warning" and not self.explanation)


@dataclass(frozen=True, slots=True)
class Paper:
    """One filing that was handed in, with what is added up of it. ``kind``: the form's kind; ``name``: of the project it is about, else
    empty; ``total``, ``grade``: of a self-evaluation as computed, ``printed``: as written; empty where there is none."""

    filing: Filing
    kind: str
    name: str
    amounts: tuple[Amount, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    findings: tuple[Told, ...] = ()
    total: str = ""
    grade: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Handing:
    """What one unit handed in for one year, not yet in the store. ``source``: the file's name; ``made``: the day, ``check_code`` and
    ``program`` of a package, empty of plain files; ``digest``: SHA-256 over the filings, the same for the same content; ``answers``: what
    it says about notes on what it handed in before."""

    unit: str
    year: int
    source: str
    papers: tuple[Paper, ...]
    digest: str
    made: str = ""
    check_code: str = ""
    program: str = ""
    draft: bool = False
    signer: str = ""
    answers: tuple[Answered, ...] = ()


@dataclass(frozen=True, slots=True)
class HandingInfo:
    """A handing in the store, without its papers. ``number``: from 1, of the unit's year; ``errors``, ``warnings``: how many findings
    wait (explained warnings do not); ``notes``: how many of the bureau's notes are open."""

    unit: str
    year: int
    number: int
    at: datetime
    who: str
    source: str
    made: str
    check_code: str
    program: str
    draft: bool
    signer: str
    digest: str
    state: HandingState
    papers: int
    errors: int
    warnings: int
    notes: int


@dataclass(frozen=True, slots=True)
class PaperInfo:
    """A paper in the store. ``number``: from 1, within its handing."""

    unit: str
    year: int
    handing: int
    number: int
    form: str
    kind: str
    title: str
    name: str
    total: str
    grade: str
    printed: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the bureau says to a unit. ``paper`` 0: about the whole handing; ``place``: as in findings, empty: about the whole paper.
    ``sent``: the day it went out with a return package, empty: not yet. ``done``, ``answer``: the unit has
    seen to it and says this about it, in what it handed in since."""

    number: int
    handing: int
    paper: int
    place: str
    text: str
    at: datetime
    who: str
    sent: str = ""
    done: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which units are meant: all below (and with) ``node``, None: all; cut down to ``units`` where there are any. What is added up over all
    or below a node leaves out forms of those below whom somebody handed in that form, too: they are that sum already. Units that are
    named count as they are."""

    node: str | None = None
    units: tuple[str, ...] = ()


EVERYONE = Scope()


@dataclass(frozen=True, slots=True)
class Sum:
    """Of one cell over the units of a scope: the sum, how many papers have an amount there, and how many have something there that is no
    number to add (of a list, perhaps beside an amount)."""

    section: str
    line: str
    field: str
    value: int
    papers: int
    unread: int


@dataclass(frozen=True, slots=True)
class Result:
    """Of a gathered indicator what was aimed at, or what came of it. ``papers``: how many have a number there; ``value``: their sum.
    ``weighted`` ÷ ``weight``: the average by money (10⁻⁴ 元) of those ``weighed`` papers whose unit has some."""

    papers: int
    value: int
    weighed: int
    weighted: int
    weight: int


@dataclass(frozen=True, slots=True)
class IndicatorSum:
    """Indicators of the same names, measure and direction, exactly as they are written. ``papers``: how many there are; ``place``: the
    first number that one of them has on its paper."""

    level1: str
    level2: str
    level3: str
    measure: str
    op: str
    papers: int
    place: int
    target: Result
    actual: Result


@dataclass(frozen=True, slots=True)
class UnitIndicator:
    """One unit's indicator. ``weight``: the money of its unit (10⁻⁴ 元), None where it has none."""

    unit: str
    unit_name: str
    paper: int
    indicator: Indicator
    weight: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one paper adds to a sum (None: nothing), and ``text``: what stands there that is no number to add. ``title``: the paper's, or
    the name of the project that it is about."""

    unit: str
    unit_name: str
    paper: int
    title: str
    value: int | None
    text: str
