"""Form definitions (表样): sections, fields, fixed rows, rules that are data, and the paper they are printed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from perfdesk.model.chapter import Chapter
    from perfdesk.model.evaluation import Evaluation
    from perfdesk.model.ledger import Budget
    from perfdesk.model.report import Report

FieldKind = Literal["text", "money", "number", "target", "name", "unit", "note", "code"]
"""``number``: a quantity or a unit price; lists do not add it up."""
SectionKind = Literal["fields", "list", "tree", "goals", "ledger", "table"]
Severity = Literal["error", "warning", "hint"]
Numbering = Literal["一、", "（一）", "1、"]

LEVELS = ("level1", "level2", "level3")
GOAL_COLUMNS = ("level1", "goal", "level2", "description", "target")
"""Of goals: the goal's name and text, and of each of its indicators name, description and target."""


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a ``fields`` section or one column of a ``list`` or ``tree``.

    ``label`` is what the paper prints, ``aliases`` are other spellings met in files, ``limit`` is the most characters the
    bureau takes (None: no limit), ``short`` the name on the screen where the label is too long for a column. ``computed``: an empty
    cell shows what is computed for it; what is typed stands instead (see ``perfdesk.evaluation``).
    """

    id: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    limit: int | None = None
    aliases: tuple[str, ...] = ()
    help: str = ""
    short: str = ""
    computed: bool = False

    @property
    def name(self) -> str:
        """What a person calls it in a sentence."""
        return self.short or self.label


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard indicator: its usual unit and direction, and its explanation in our own words (``formula`` may be empty)."""

    name: str
    nature: Literal["rate", "quantity", "quality"]
    unit: str
    direction: Literal["≥", "≤", "=", ""]
    usual: str
    explain: str
    formula: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """A row that the bureau fixed: its place in the tree and the standard indicator that stands there."""

    level1: str
    level2: str
    standard: Standard


@dataclass(frozen=True, slots=True)
class Group:
    """A level-2 heading of the form. ``open``: the unit adds indicators of its own below it. A level 1 of which all headings are
    ``optional`` may stay without any. ``rows``: names of indicators that a new filing begins with; unlike fixed ones they may go."""

    level1: str
    level2: str
    open: bool = False
    aliases: tuple[str, ...] = ()
    optional: bool = False
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """``fields``: one row whose id is the section's id; ``list``: rows; ``tree``: three levels of rows (level 1, 2, 3);
    ``ledger``: rows of amounts by code; ``table``: the deviations of an imported budget table (see ``model.ledger``).

    In a tree a level-1 row has the one cell ``level1``, a level-2 row ``level2``, a leaf ``level3`` and all other columns.
    ``goals`` are two levels of rows: goals with ``level1`` and the columns before ``level2``, their indicators with the others.
    """

    id: str
    label: str
    kind: SectionKind
    fields: tuple[Field, ...]
    aliases: tuple[str, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    groups: tuple[Group, ...] = ()
    required: bool = False

    def field(self, column: str) -> Field | None:
        return next((f for f in self.fields if f.id == column), None)

    def at_level(self, level: int) -> tuple[Field, ...]:
        """The columns of the rows of that level: from its level column to the next one; all where the section has no levels."""
        ids = [f.id for f in self.fields]
        if LEVELS[level - 1] not in ids:
            return self.fields
        below = LEVELS[level] if level < len(LEVELS) else ""
        end = ids.index(below) if below in ids else len(ids)
        return self.fields[ids.index(LEVELS[level - 1]) : end]


NO_TREE = Section("", "", "tree", ())


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of the printed table, drawn: each row is a tuple of areas, one per table column; a repeated area is a span.

    ``name`` → the value of that field; ``@name`` → the label of that field; ``#name`` → the label of that section. A field of another
    ``fields`` section is ``section.name``.
    ``head`` rows come once (and again on every page where ``repeat_head``); ``rows`` come once for a ``fields`` section and
    once per row for a ``list`` or ``tree``. ``min_rows``: so many are printed even when there are fewer.
    """

    section: str
    rows: tuple[tuple[str, ...], ...]
    head: tuple[tuple[str, ...], ...] = ()
    min_rows: int = 1
    repeat_head: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """How the form is printed. ``widths`` of the table's columns in mm; ``year_line`` holds ``{year}`` (empty: no such line);
    ``unit_line`` is the line above the table at the right (empty: the unit of amounts stands in the labels).

    ``unprinted``: sections that are kept with the form and stand nowhere on its paper.

    ``running``: how the headings and the items below them are numbered in a form that is running text: each section below its label, of
    ``basic`` the last cell, which is the text; the others stand in ``unit_line``.

    ``title`` and ``unit_line`` may hold columns of the section ``basic`` (``{name}绩效目标表``): see ``perfdesk.titles``.
    """

    annex: str
    title: str
    year_line: str
    widths: tuple[float, ...]
    parts: tuple[Part, ...]
    unit_line: str = ""
    landscape: bool = False
    notes: tuple[str, ...] = ()
    unprinted: tuple[str, ...] = ()
    running: tuple[Numbering, Numbering] | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """``total`` equals the sum of each of the ``groups`` (cell addresses such as ``budget/total``); compared exactly."""

    id: str
    total: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    severity: Severity = "error"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of a form. ``id`` = ``<scheme>/<kind>``. ``years``: first and last budget year it is meant for (None: open).

    ``evaluation``: how a self-evaluation is scored, ``report``: what a report is made of (None: the form is none)."""

    id: str
    scheme: str
    scheme_name: str
    kind: str
    title: str
    amount_unit: str
    sections: tuple[Section, ...]
    paper: Paper
    titles: tuple[str, ...] = ()
    balances: tuple[Balance, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    source: str = ""
    budget: Budget | None = None
    evaluation: Evaluation | None = None
    report: Report | None = None

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Of a budget's explanation or of a report."""
        document = self.budget or self.report
        return document.chapters if document else ()

    def section(self, section_id: str) -> Section:
        """The section with that id; KeyError where the form has none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def has(self, section_id: str) -> bool:
        return any(s.id == section_id for s in self.sections)

    @property
    def tree(self) -> Section:
        """The indicator tree; an empty one where the form has none."""
        return next((s for s in self.sections if s.kind == "tree"), NO_TREE)

    @property
    def goals(self) -> Section | None:
        """The goals with their indicators."""
        return next((s for s in self.sections if s.kind == "goals"), None)
