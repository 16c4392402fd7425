"""The filings of one unit and year as one document: cover, contents, the department's targets, every project on pages of its own; with a
budget among them the budget's document, in whose chapter on performance the targets stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from perfdesk.compose import Address, Composed, compose
from perfdesk.document.blocks import Block, Contents, Document, Heading, Page, PageBreak, Paragraph, Table
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.titles import name_of, title_of

One = tuple[Form, Filing]
Bound = tuple[int | None, str, str]

COVER = "部门预算绩效目标"
PARTS = ("部门整体绩效目标", "预算项目绩效目标")
NUMBERED = ("第一部分　", "第二部分　")
PROJECT, DEPARTMENT = "project-target", "department-targets"


@dataclass(frozen=True, slots=True)
class ComposedSet:
    """``bindings``: cell of a table → (filing id, row id, column) that it shows."""

    document: Document
    bindings: Mapping[Address, Bound]


def compose_set(filings: Sequence[One], draft: bool = False) -> ComposedSet:
    """Projects in the order they are given. At least one filing; unit and year are those of the first."""
    filings = [one for one in filings if not one[0].report] or filings  # a report is a document of its own
    budget = next((one for one in filings if one[0].budget), None)
    if budget is None:
        return _alone(filings, draft)
    others = [one for one in filings if one is not budget]
    whole = compose(*budget)
    blocks = list(whole.document.blocks)
    at = len(blocks) if whole.targets_at is None else whole.targets_at
    made = _Set()
    if others:
        blocks = [replace(b, levels=3) if isinstance(b, Contents) else b for b in blocks]
    made.add(blocks[:at], whole, budget[1])
    before = made.count
    _add_parts(made, others, 2)
    rest = [PageBreak(Page()), *blocks[at:]] if others and blocks[at:] else blocks[at:]
    made.add(rest, whole, budget[1], before)
    return made.done(whole.document.page, whole.document.title, draft)


@dataclass(slots=True)
class _Set:
    """The blocks so far; ``count`` of the tables among them."""

    blocks: list[Block] = field(default_factory=list[Block])
    bindings: dict[Address, Bound] = field(default_factory=dict[Address, Bound])
    count: int = 0

    def add(self, blocks: Iterable[Block], piece: Composed, filing: Filing, first: int = 0) -> None:
        """Blocks of ``piece``; ``first``: the number in it of the first table among them."""
        new = list(blocks)
        tables = sum(isinstance(b, Table) for b in new)
        for (table, row, column), bound in piece.bindings.items():
            if first <= table < first + tables:
                self.bindings[self.count + table - first, row, column] = (filing.id, *bound)
        self.count += tables
        self.blocks += new

    def done(self, page: Page, title: str, draft: bool) -> ComposedSet:
        return ComposedSet(Document(page, tuple(self.blocks), title, draft), MappingProxyType(self.bindings))


def _alone(filings: Sequence[One], draft: bool) -> ComposedSet:
    filing = filings[0][1]
    year = f"{filing.year}年" if filing.year is not None else ""
    made = _Set()
    made.blocks += [
        Paragraph(f"{year}{COVER}", "cover_title"),
        Paragraph(filing.unit_name, "cover_unit"),
        PageBreak(Page(numbered=False)),
        Contents(),
    ]
    _add_parts(made, filings, 1)
    return made.done(Page(numbered=False), f"{filing.unit_name}{year}{COVER}", draft)


def _add_parts(made: _Set, filings: Sequence[One], level: int) -> None:
    """Both parts, their headings at ``level``; a part without filings is left out, and the other one not numbered. A document that has
    no page numbers yet begins to count here."""
    parts = [[one for one in filings if (one[0].kind == PROJECT) == wanted] for wanted in (False, True)]
    first = level == 1
    for part, here in enumerate(parts):
        title = f"{NUMBERED[part] if all(parts) else ''}{PARTS[part]}"
        for number, (form, filing) in enumerate(here, 1):
            piece = compose(form, filing)
            page = piece.document.page
            made.blocks.append(PageBreak(replace(page, first_number=1) if first else page))
            first = False
            if number == 1:
                made.blocks.append(Heading(title, level, "part" if level == 1 else "caption"))
            prefix = f"{number}、" if part else ""
            name = name_of(form, filing)
            unnamed = bool(part) and name not in title_of(form, filing)
            heading = f"{prefix}{name if unnamed else ''}"
            made.add(_inside(piece, form.kind, level, heading, f"{prefix}{name}"), piece, filing)


def _inside(piece: Composed, kind: str, level: int, prefix: str, name: str) -> Iterable[Block]:
    """The blocks of one form below a part's heading: its title one level lower; the part's heading is the title of the department's
    targets. ``prefix`` of its title; ``name`` of its tables, for people."""
    title = True
    for block in piece.document.blocks:
        if isinstance(block, Heading):
            lower = level if kind == DEPARTMENT else level + 1
            if not (title and kind == DEPARTMENT):
                text = f"{prefix if title else ''}{block.text}"
                style = "caption" if title else block.style
                yield Heading(text, min(block.level - 1 + lower, 3), style)
            title = False
        elif isinstance(block, Table):
            yield replace(block, name=name)
        else:
            yield block
