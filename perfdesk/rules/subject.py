"""What every rule looks at, and how a finding names its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from perfdesk.derive import Values, amount_unit
from perfdesk.model.change import Change, SetCell, Step
from perfdesk.model.filing import Filing, Leaf, Row
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Field, Fixed, Form, Section, Severity
from perfdesk.model.ledger import BudgetTable
from perfdesk.rules.outline import Outline
from perfdesk.rules.wants import Roll, Standing, Wants
from perfdesk.values import Target


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding: its stable code, how grave it is, its short heading, and the document that asks for it."""

    code: str
    severity: Severity
    title: str
    source: str = ""

    def at(
        self,
        where: str,
        place: Place,
        message: str,
        *fixes: Step,
        title: str = "",
        severity: Severity | None = None,
    ) -> Finding:
        grave = severity or self.severity
        return Finding(self.code, grave, where, place, title or self.title, message, fixes, self.source)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of rules: what it is about, the kinds of findings it may make, and the functions.

    ``each`` looks at one leaf: at its own row, its number and its target, at nothing else, so that it needs to look again
    only where one of these is new. ``find`` looks at the whole filing.
    """

    topic: str
    kinds: tuple[Kind, ...]
    find: Callable[[Subject], Iterator[Finding]] | None = None
    each: Callable[[Subject, Leaf], Iterator[Finding]] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A filing with its form, its values, its tree's outline, what the form says about each leaf, and the roll of their names."""

    form: Form
    filing: Filing
    values: Values
    tree: Section
    outline: Outline
    wants: Wants
    standings: tuple[Standing, ...]
    roll: Roll

    @staticmethod
    def of(form: Form, filing: Filing, values: Values) -> Subject:
        tree, outline, wants = form.tree, Outline.of(filing, form.tree.id), Wants.of(form.tree)
        standings = tuple(Standing.of(wants, leaf) for leaf in outline.leaves)
        return Subject(form, filing, values, tree, outline, wants, standings, Roll.of(standings))

    def after(self, filing: Filing, values: Values) -> Subject:
        """The same form's subject for another state of the filing; what is the same is taken over."""
        outline = self.outline.after(self.filing, filing, self.tree.id)
        known = replace(self, filing=filing, values=values, outline=outline)
        if outline.numbers is self.outline.numbers:
            return self._with_leaves(known, outline.changed(self.filing, filing))
        by_row = {s.leaf.row.id: s for s in self.standings}
        standings = tuple(self._standing(by_row.get(leaf.row.id), leaf) for leaf in outline.leaves)
        return replace(known, standings=standings, roll=Roll.of(standings))

    def _with_leaves(self, known: Subject, numbers: tuple[int, ...]) -> Subject:
        """The leaves of these numbers hold something else; where their names stay, so does the roll of names."""
        standings, same = list(self.standings), True
        for number in numbers:
            old = self.standings[number - 1]
            new = standings[number - 1] = self._standing(old, known.leaves[number - 1])
            same = same and old.named_as(new)
        found = tuple(standings) if numbers else self.standings
        return replace(known, standings=found, roll=self.roll if same else Roll.of(found))

    def _standing(self, old: Standing | None, leaf: Leaf) -> Standing:
        if old is not None and old.same_names(leaf):
            return old if old.leaf is leaf else replace(old, leaf=leaf)
        return Standing.of(self.wants, leaf)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return self.outline.leaves

    @property
    def amount_unit(self) -> str:
        return amount_unit(self.form, self.filing)

    def standard(self, leaf: Leaf) -> Fixed | None:
        """The bureau's fixed row that this leaf is; None for an indicator of the unit's own."""
        return self.standings[leaf.number - 1].fixed

    def target(self, leaf: Leaf) -> Target:
        return self.values.targets[leaf.row.id]

    def at_leaf(self, leaf: Leaf, column: str) -> tuple[str, Place]:
        return f"{self.tree.id}/{leaf.number}/{column}", Place(leaf.row.id, column)

    def at_heading(self, row: Row, column: str) -> tuple[str, Place]:
        """Of a level-1 or level-2 row, named by the first leaf below it."""
        below = self.outline.below.get(row.id)
        where = f"{self.tree.id}/{below[0]}/{column}" if below else self.tree.id
        return where, Place(row.id, column)

    def fields(self) -> Iterator[tuple[str, Section, Field]]:
        """The cells of the ``fields`` sections: address, section, field."""
        for section in self.form.sections:
            if section.kind == "fields":
                for field in section.fields:
                    yield f"{section.id}/{field.id}", section, field


def named(leaf: Leaf) -> str:
    """The leaf as a sentence calls it."""
    name = " ".join(leaf.row.get("level3").split())
    return f"“{name}”" if name else f"第 {leaf.number} 项指标"


def cell_fix(label: str, row: str, column: str, text: str) -> Step:
    """One cell becomes ``text``."""
    changes: tuple[Change, ...] = (SetCell(row, column, text),)
    return Step(label, changes)


def order(subject: Subject) -> Callable[[Finding], tuple[int, int, int]]:
    """A sort key: section, number of the row, column, as printed."""
    ranks = {
        s.id: (n, {f.id: m for m, f in enumerate(s.fields, 1)}) for n, s in enumerate(subject.form.sections)
    }

    coded = {s.id for s in subject.form.sections if s.kind in ("ledger", "table")}
    lines = {f"{t.id}/{x.label}": n for t in _tables(subject.form) for n, x in enumerate(t.lines, 1)}

    def key(finding: Finding) -> tuple[int, int, int]:
        section, *rest = finding.where.removeprefix("tables/").split("/")
        rank, columns = ranks.get(section, (len(ranks), {}))
        number = lines.get(f"{section}/{rest[0]}", 0) if rest else 0
        below = int(rest[1]) if len(rest) > 1 and rest[1].isdecimal() else 0
        if rest and rest[0].isdecimal():
            # Codes stand as text does: a parent before its children.
            number = int(rest[0].ljust(12, "0")) if section in coded else int(rest[0])
        # An indicator below its goal: after all cells of the goal and of the indicators before it.
        return rank, number, below * 100 + (columns.get(rest[-1], 0) if rest else 0)

    return key


def _tables(form: Form) -> tuple[BudgetTable, ...]:
    return form.budget.tables if form.budget else ()
