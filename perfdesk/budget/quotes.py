"""What a text of the explanation can quote: the names of bound values, what they mean in words, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.bound import bound_in
from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.tables import TOTAL
from perfdesk.budget.words import CHANGE, amount_of, resolver
from perfdesk.model.chapter import Chapter
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Place
from perfdesk.model.form import Form
from perfdesk.model.ledger import BudgetTable
from perfdesk.quotable import Held, Quotable, Quote

FIXED = ("年度", "上年", "单位", "金额单位")


def quotable_budget(form: Form, filing: Filing, budgeted: Budgeted) -> Quotable:
    """What the explanation of a budget can be bound to."""

    def held(name: str) -> Held | None:
        amount = amount_of(form, filing, budgeted, name)
        return None if amount is None else Held(amount, budgeted.unit)

    return Quotable(
        budgeted.budget.chapters,
        resolver(form, filing, budgeted),
        held,
        lambda name: words_of(form, budgeted, name),
        lambda name: place_of(form, budgeted, name),
        lambda chapter: quotes(form, budgeted, chapter),
    )


def quotes(form: Form, budgeted: Budgeted, chapter: Chapter | None = None) -> tuple[Quote, ...]:
    """What can be put into a text: first the chapter's own phrases, then totals, lines and outermost codes of the tables, fields with
    amounts, and what the form's texts quote besides. Each value once."""
    found: dict[str, Quote] = {}
    for words, name in chapter.phrases if chapter else ():
        where = words_of(form, budgeted, name)
        found.setdefault(where, Quote(words, where, name))
    for name in [*_of_tables(form, budgeted), *_of_fields(form), *_of_starters(budgeted), *FIXED]:
        where = words_of(form, budgeted, name)
        found.setdefault(where, Quote(where, where, name))
    return tuple(found.values())


def _of_tables(form: Form, budgeted: Budgeted) -> Iterator[str]:
    for table in budgeted.budget.tables:
        if table.part is not None:
            if table.kind == "list" and table.total:
                yield from (f"{table.id}/{TOTAL}/{c}" for c in _money(form, table.part.section))
        elif table.kind == "lines":
            for line in table.lines:
                _, *others = table.money_of(line.column)
                yield f"{table.id}/{line.label}"
                cells = budgeted.view(table.id).row(line.id).cells
                yield from (f"{table.id}/{line.label}/{c.id}" for c in others if cells[c.id].text)
        else:
            view = budgeted.view(table.id)
            outermost = [k for k in view.keys if k != TOTAL and view.row(k).level == 1 and k.isdecimal()]
            for key in (TOTAL, *outermost):
                yield from (f"{table.id}/{key}/{c.id}" for c in table.money)


def _money(form: Form, section: str) -> Iterator[str]:
    yield from (f.id for f in form.section(section).fields if f.kind == "money")


def _of_fields(form: Form) -> Iterator[str]:
    for section in form.sections:
        if section.kind == "fields":
            yield from (f"{section.id}/{f}" for f in _money(form, section.id))


def _of_starters(budgeted: Budgeted) -> Iterator[str]:
    for chapter in budgeted.budget.chapters:
        yield from (b.name for b in bound_in(chapter.starter))


# --- what a name means ------------------------------------------------------------------------------------------------


def words_of(form: Form, budgeted: Budgeted, name: str) -> str:
    """A bound value by table, row and column in the words that are printed: ``收支总表 收入总计``; unknown parts stay as they are
    written."""
    if name.startswith(f"{CHANGE} "):
        return f"{CHANGE}：{'　比　'.join(words_of(form, budgeted, n) for n in name.split()[1:])}"
    first, *rest = name.split("/")
    table = next((t for t in budgeted.budget.tables if t.id == first), None)
    if table is not None:
        return " ".join([first, *(w for w in _cell_words(form, budgeted, table, rest) if w)])
    section = next((s for s in form.sections if s.id == first), None)
    if section is None:
        return name
    field = section.field(rest[0]) if rest else None
    return f"{section.label} {field.name if field else ' '.join(rest)}"


def _cell_words(form: Form, budgeted: Budgeted, table: BudgetTable, rest: list[str]) -> Iterator[str]:
    if not rest:
        return
    key, *columns = rest
    line = next((x for x in table.lines if key in (x.id, x.label)), None)
    known = line is not None or table.part is not None
    yield line.label if line else "合计" if key == TOTAL else key
    if not known and key != TOTAL and budgeted.view(table.id).has(key):
        yield budgeted.view(table.id).row(key).name
    for column in columns:
        own = table.column(column)
        field = form.section(table.part.section).field(column) if table.part else None
        yield own.label if own else field.name if field else column


def place_of(form: Form, budgeted: Budgeted, name: str) -> Place | None:
    """The cell that a bound value is read from, of a change the first of its two; None where there is none to go to.

    A cell of a computed table has no row of its own: its place is ``<table>!<row key>`` and the column."""
    if name.startswith(f"{CHANGE} "):
        name = name.split()[1]
    first, *rest = name.split("/")
    table = next((t for t in budgeted.budget.tables if t.id == first), None)
    if table is None:
        known = any(s.id == first for s in form.sections) and bool(rest)
        return Place(first, rest[0]) if known else None
    if table.part is not None:
        return Place(table.part.section)
    line = next((x for x in table.lines if rest and rest[0] in (x.id, x.label)), None)
    columns = table.money_of(line.column) if line else table.money
    wanted = rest[1] if len(rest) > 1 else ""
    column = next((c for c in columns if not wanted or wanted in (c.id, c.label)), None)
    key = line.id if line else rest[0] if rest else TOTAL
    return Place(f"{table.id}!{key}", column.id if column else None)
