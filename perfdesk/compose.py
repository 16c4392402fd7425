"""Filing × form → document: the form as it is drawn in its TOML, filled with what was entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from perfdesk.column_widths import fitted_widths
from perfdesk.document.blocks import Block, Document, Heading, Page, Paragraph, Table
from perfdesk.document.grid import Grid
from perfdesk.drawing import draw_part, merge
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form, Part
from perfdesk.model.ledger import Budget
from perfdesk.model.report import Report
from perfdesk.report.companions import ALONE, Companions
from perfdesk.titles import filled, title_of

Address = tuple[int, int, int]
"""Number of the table in the document, row and column of a cell."""


@dataclass(frozen=True, slots=True)
class Composed:
    """``bindings``: cell of a table → (row id, column) of the filing that it shows. ``targets_at``: the number of the block before which
    the year's targets stand when all is one document (None: it is no place for them)."""

    document: Document
    bindings: Mapping[Address, tuple[str, str]]
    targets_at: int | None = None


def compose(form: Form, filing: Filing, draft: bool = False, beside: Companions = ALONE) -> Composed:
    """The printed form. Amounts that parse cleanly are numbers, all else is the text as written; a self-evaluation with what is
    computed for its empty cells. ``beside``: of a report, the filings that it quotes and shows.

    What only one kind of form needs is imported when such a form comes: the processes that write many files begin sooner.
    """
    if form.budget:
        return _budget(form, form.budget, filing, draft)
    if form.report:
        return _report(form, form.report, filing, draft, beside)
    if form.evaluation:
        from perfdesk.evaluation.evaluated import shown

        filing = shown(form, filing)
    if form.paper.running:
        from perfdesk.targets.running import running_blocks

        text = (*_heading(form, filing), *running_blocks(form, filing, 2))
        named = f"{filing.unit_name}{title_of(form, filing)}"
        return Composed(Document(Page(), text, named, draft), MappingProxyType({}))
    tables: list[Grid] = []
    bindings: dict[Address, tuple[str, str]] = {}
    widths = fitted_widths(form, filing)
    for parts in _tables(form.paper.parts):
        head = len(parts[0].head) if parts[0].repeat_head else 0
        squares = [line for part in parts for line in draw_part(form, filing, part)]
        made, bound = merge(widths, squares, head)
        bindings |= {(len(tables), *place): cell for place, cell in bound.items()}
        tables.append(made)
    blocks: list[Block] = [*_heading(form, filing)]
    blocks += [Table(t, attached=n > 0, name=form.sections[0].label) for n, t in enumerate(tables)]
    blocks += [Paragraph(note, "note") for note in form.paper.notes]
    page = Page(width=297.0, height=210.0) if form.paper.landscape else Page()
    title = f"{filing.unit_name}{title_of(form, filing)}"
    return Composed(Document(page, tuple(blocks), title, draft), MappingProxyType(bindings))


def _budget(form: Form, budget: Budget, filing: Filing, draft: bool) -> Composed:
    from perfdesk.budget.budgeted import Budgeted
    from perfdesk.budget.paper import compose_budget
    from perfdesk.derive import amount_unit

    paper = compose_budget(form, filing, Budgeted.of(budget, filing, amount_unit(form, filing)))
    title = f"{filing.unit_name}{filing.title or form.title}"
    document = Document(Page(numbered=False), tuple(paper.blocks), title, draft)
    return Composed(document, MappingProxyType(paper.bindings), paper.targets_at)


def _report(form: Form, report: Report, filing: Filing, draft: bool, beside: Companions) -> Composed:
    from perfdesk.report.paper import report_blocks
    from perfdesk.report.reported import Reported

    target = compose(*beside.target).document.blocks if beside.target else ()
    reported = Reported.of(form, report, filing, beside)
    blocks = tuple(report_blocks(form, report, filing, reported, target))
    title = f"{filing.unit_name}{filing.title or form.title}"
    return Composed(Document(Page(), blocks, title, draft), MappingProxyType({}))


def _heading(form: Form, filing: Filing) -> Iterable[Block]:
    if form.paper.annex:
        yield Paragraph(form.paper.annex, "annex")
    yield Heading(title_of(form, filing), 1, "title")
    if filing.year is not None and form.paper.year_line:
        yield Paragraph(form.paper.year_line.format(year=filing.year), "year")
    if form.paper.unit_line:
        yield Paragraph(filled(form.paper.unit_line, form, filing), "unit_line")


def _tables(parts: tuple[Part, ...]) -> list[list[Part]]:
    """Parts that print as one table; a part whose head repeats on every page begins a table of its own."""
    groups: list[list[Part]] = []
    for part in parts:
        if not groups or part.repeat_head:
            groups.append([])
        groups[-1].append(part)
    return groups
