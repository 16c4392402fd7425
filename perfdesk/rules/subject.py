"""What every rule looks at, and how a finding names its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from perfdesk.catalog import label_key
from perfdesk.derive import Values, amount_unit
from perfdesk.model.change import Change, SetCell, Step
from perfdesk.model.filing import Filing, Leaf, Row, leaves
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Field, Fixed, Form, Section, Severity
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
    """One row of the table of rules: what it is about, the function, the kinds of findings it may make."""

    topic: str
    find: Callable[[Subject], Iterator[Finding]]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A filing with its form, its values and its leaves. ``fixed``: folded name or alias → the form's fixed row."""

    form: Form
    filing: Filing
    values: Values
    tree: Section
    leaves: tuple[Leaf, ...]
    fixed: Mapping[str, Fixed]

    @staticmethod
    def of(form: Form, filing: Filing, values: Values) -> Subject:
        tree = form.tree
        fixed = {label_key(n): f for f in tree.fixed for n in (f.standard.name, *f.standard.aliases)}
        return Subject(form, filing, values, tree, tuple(leaves(filing, tree.id)), MappingProxyType(fixed))

    @property
    def amount_unit(self) -> str:
        return amount_unit(self.form, self.filing)

    def standard(self, leaf: Leaf) -> Fixed | None:
        """The bureau's fixed row that this leaf is; None for an indicator of the unit's own."""
        return self.fixed.get(label_key(leaf.row.get("level3")))

    def target(self, leaf: Leaf) -> Target:
        return self.values.targets[leaf.row.id]

    def at_leaf(self, leaf: Leaf, column: str) -> tuple[str, Place]:
        return f"{self.tree.id}/{leaf.number}/{column}", Place(leaf.row.id, column)

    def at_heading(self, row: Row, column: str) -> tuple[str, Place]:
        """Of a level-1 or level-2 row, named by the first leaf below it."""
        first = next((x.number for x in self.leaves if row.id in (x.level1.id, x.level2.id)), None)
        where = f"{self.tree.id}/{first}/{column}" if first else self.tree.id
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

    def key(finding: Finding) -> tuple[int, int, int]:
        section, *rest = finding.where.split("/")
        rank, columns = ranks.get(section, (len(ranks), {}))
        number = int(rest[0]) if rest and rest[0].isdecimal() else 0
        return rank, number, columns.get(rest[-1], 0) if rest else 0

    return key
