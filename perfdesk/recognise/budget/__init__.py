"""Department budgets in a stream of lines: tables by title and heading, their rows mended, the explanation, and one filing a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.intake import facts_from_printed
from perfdesk.budget.printed import Printed
from perfdesk.budget.quotes import quotable_budget
from perfdesk.catalog import label_key
from perfdesk.model.change import apply
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.finding import Repair
from perfdesk.model.form import Form
from perfdesk.quotable import bind_texts
from perfdesk.recognise.budget.chapters import (
    Explanation,
    contents,
    headings,
    is_furniture,
    is_note,
    read_explanation,
)
from perfdesk.recognise.budget.code_rows import read_code_rows, restore_codes
from perfdesk.recognise.budget.drawn_rows import DrawnRead, read_drawn_rows
from perfdesk.recognise.budget.heads import Heads, heads_of
from perfdesk.recognise.budget.line_rows import read_line_rows
from perfdesk.recognise.budget.money_units import count_in
from perfdesk.recognise.budget.read_rows import TableRead
from perfdesk.recognise.budget.sheets import Sheet, sheets
from perfdesk.recognise.claim import Claim, RecognisedFiling
from perfdesk.recognise.labels import YEAR
from perfdesk.recognise.lines import DOUBTFUL, Line
from perfdesk.values import one_line

NewId = Callable[[], str]


def budgets(lines: Sequence[Line], forms: Sequence[Form], new_id: NewId) -> Claim:
    """Every department budget that the lines hold: of the editions the one of whose tables most are found."""
    own = [(form, heads_of(form)) for form in forms if form.budget]
    found = [(form, heads, sheets(lines, heads, headings(form))) for form, heads in own]
    found = [one for one in found if any(s.heads.table.part is None for s in one[2])]
    if not found:
        return Claim((), tuple(lines))
    form, heads, tables = max(found, key=lambda one: len({s.heads.table.id for s in one[2]}))
    foreign = _labels(f for f in forms if f.budget is None)
    filings: list[RecognisedFiling] = []
    left: list[str] = []
    rest: list[Line] = []
    for unit, stretch in _units(tables, lines):
        reading = _Reading(form, heads, unit, foreign, new_id)
        filings.append(reading.filing(stretch))
        left += reading.leftovers
        rest += reading.rest
    return Claim(tuple(filings), tuple(rest), tuple(left))


def _bound(form: Form, filing: Filing, unit: str) -> Filing:
    """Numbers of the explanation that are the tables' own follow the tables from now on."""
    if form.budget is None:
        return filing
    return apply(
        filing, bind_texts(filing, quotable_budget(form, filing, Budgeted.of(form.budget, filing, unit)))
    )[0]


def _labels(forms: Iterable[Form]) -> frozenset[str]:
    """The words that other kinds of form print."""
    found: set[str] = set()
    for form in forms:
        found.update(label_key(t) for t in (form.title, *form.titles))
        for section in form.sections:
            found.update(label_key(t) for t in (section.label, *section.aliases))
            found.update(label_key(t) for f in section.fields for t in (f.label, *f.aliases))
    return frozenset(found)


def _units(tables: Sequence[Sheet], lines: Sequence[Line]) -> list[tuple[list[Sheet], list[Line]]]:
    """The tables of each unit with its stretch of the file. A table without a unit's name is the last one's."""
    groups: list[list[Sheet]] = []
    for sheet in tables:
        same = next((g for g in groups if _same_unit(g, sheet)), None)
        if same is not None:
            same.append(sheet)
        elif not groups or sheet.caption.unit:
            groups.append([sheet])
        else:
            groups[-1].append(sheet)
    place = {id(line): n for n, line in enumerate(lines)}
    starts = [min(place[id(line)] for s in group for line in s.claimed) for group in groups]
    ends = [*starts[1:], len(lines)]
    taken = {id(line): n for n, group in enumerate(groups) for s in group for line in s.claimed}
    found: list[tuple[list[Sheet], list[Line]]] = []
    for n, group in enumerate(groups):
        own = [
            line
            for line in lines
            if taken.get(id(line), n) == n
            and (id(line) in taken or (starts[n] if n else 0) <= place[id(line)] < ends[n])
        ]
        found.append((group, own))
    return found


def _same_unit(group: Sequence[Sheet], sheet: Sheet) -> bool:
    one, other = group[0].caption, sheet.caption
    if one.code and other.code:
        return one.code == other.code
    return bool(one.unit) and one_line(one.name) == one_line(other.name)


class _Reading:
    """One unit's budget. ``leftovers``: texts that found no place; ``rest``: lines of the stretch that are none of a budget's."""

    def __init__(
        self, form: Form, heads: Sequence[Heads], tables: list[Sheet], foreign: frozenset[str], new_id: NewId
    ) -> None:
        self.form = form
        self.heads = heads
        self.tables = tables
        self.foreign = foreign
        self.new_id = new_id
        captions = [s.caption for s in tables]
        self.code = next((c.code for c in captions if c.code), "")
        self.name = next((c.name for c in captions if c.name), "")
        self.money = Counter(c.money for c in captions if c.money).most_common(1)
        self.repairs: list[Repair] = []
        self.leftovers: list[str] = []
        self.rest: list[Line] = []

    def filing(self, lines: Sequence[Line]) -> RecognisedFiling:
        form = self.form
        unit = self.money[0][0] if self.money and self.money[0][0] in ("元", "万元") else form.amount_unit
        pages = self._pages()
        drawn = [self._drawn(p, unit) for p in pages if p[0].heads.table.part is not None]
        intake = facts_from_printed(form, self._printed(pages, unit), unit, self.new_id)
        explanation = self._rest(lines)
        year = self._year(lines)
        rows = (*self._fields(drawn, explanation), *self._lists(drawn), *intake.rows)
        self.repairs += intake.repairs
        self.leftovers += intake.leftovers
        filing = empty_filing(form, year, rows)
        filing = _bound(form, replace(filing, amount_unit=unit if unit != form.amount_unit else ""), unit)
        return RecognisedFiling(filing, tuple(dict.fromkeys(self.repairs)), self.tables[0].where)

    def _pages(self) -> list[list[Sheet]]:
        """The sheets of each table together, in the form's order; what is odd about them is told."""
        found = [[s for s in self.tables if s.heads is heads] for heads in self.heads]
        for pages in found:
            for sheet in pages:
                where = f"tables/{sheet.heads.table.id}"
                if sheet.repeats:
                    message = f"换页处重复的标题和表头已略去（{sheet.repeats} 处）"
                    self.repairs.append(Repair("header-repeated", where, message))
                for text in (s.own for line in sheet.claimed for s in line.spots if DOUBTFUL in s.mended):
                    self.repairs.append(Repair(DOUBTFUL, where, f"“{text}”可能接错了，请对照原文"))
                if sheet.guessed and sheet is pages[0]:
                    self.repairs.append(Repair("title-missing", where, "表没有标题，已按表头认出"))
            if len(pages) > 1:
                where = f"tables/{pages[0].heads.table.id}"
                self.repairs.append(Repair("pages-out-of-order", where, "本表分在几处，已接在一起"))
        return [pages for pages in found if pages]

    def _drawn(self, pages: list[Sheet], unit: str) -> DrawnRead:
        read = read_drawn_rows(self.form, pages, unit)
        money = [f.id for f in read.section.fields if f.kind == "money"]
        self._tell(count_in(unit, pages, [read.cells, *read.rows], money))
        return read

    def _tell(self, repair: Repair | None) -> None:
        self.repairs += (repair,) if repair else ()

    def _printed(self, pages: Iterable[list[Sheet]], unit: str) -> Printed:
        """The computed tables as printed, mended."""
        budget = self.form.budget
        reads: dict[str, TableRead] = {}
        kinds: dict[str, list[TableRead]] = {}
        for own in pages:
            table = own[0].heads.table
            if budget is None or table.part is not None:
                continue
            ledger = budget.ledger(table.ledger)
            if table.kind == "codes":
                reads[table.id] = read_code_rows(own, ledger.codes)
                kinds.setdefault(ledger.id, []).append(reads[table.id])
            else:
                reads[table.id] = read_line_rows(own)
            self._tell(
                count_in(unit, own, [d.cells for d in reads[table.id].drafts], [c.id for c in table.money])
            )
        for ledger_id, of_ledger in kinds.items():
            if budget is not None:
                restore_codes(of_ledger, budget.ledger(ledger_id).names)
        for read in reads.values():
            read.settle()
            self.repairs += read.repairs
            self.leftovers += read.leftovers
        return {name: read.rows for name, read in reads.items()}

    def _rest(self, lines: Sequence[Line]) -> Explanation:
        """The explanation; what is neither it nor a table nor the cover is left to others."""
        taken = {id(line) for s in self.tables for line in s.claimed}
        free = [line for line in lines if id(line) not in taken]

        def own(line: Line) -> bool:
            return is_furniture(self.heads, self.form, self.name, line) or is_note(self.heads, line)

        explanation = read_explanation(self.form, free, own, self.foreign)
        body = next((n for n, line in enumerate(lines) if id(line) in taken), 0)
        gone = explanation.claimed | contents(lines, body)
        self.rest = [line for line in free if id(line) not in gone and not own(line)]
        message = "去掉了转换软件留下的标记（**）"
        self.repairs += (Repair("markup-dropped", cell, message) for cell in explanation.marked)
        return explanation

    def _year(self, lines: Sequence[Line]) -> int | None:
        """The year that most tables say; tables that say another are told. Else the year of a title or of the cover."""
        years = Counter(s.caption.year for s in self.tables if s.caption.year)
        if not years:
            titles = (one_line(line.text) for line in lines[:40] if len(line.text) <= 80)
            return next((int(m[1]) for t in titles if (m := YEAR.search(t))), None)
        year = years.most_common(1)[0][0]
        for sheet in self.tables:
            if sheet.caption.year not in (None, year):
                where = f"tables/{sheet.heads.table.id}"
                self.repairs.append(Repair("year-differs", where, f"本表印的年度是 {sheet.caption.year}"))
        return year

    def _fields(self, drawn: Iterable[DrawnRead], explanation: Explanation) -> list[Row]:
        cells: dict[str, dict[str, str]] = {"basic": {"unit_code": self.code, "unit_name": self.name}}
        date = next((s.caption.date for s in self.tables if s.caption.date), "")
        for section in self.form.sections if date else ():
            for field in section.fields if section.kind == "fields" else ():
                if any("截止" in t for t in (field.label, *field.aliases)):
                    cells.setdefault(section.id, {})[field.id] = date
        for read in drawn:
            if read.section.kind == "fields":
                cells.setdefault(read.section.id, {}).update(read.cells)
        for cell, text in explanation.texts.items():
            section, _, column = cell.partition("/")
            cells.setdefault(section, {})[column] = text
        return [
            Row(name, name, MappingProxyType({k: v for k, v in own.items() if v}))
            for name, own in cells.items()
            if self.form.has(name)
        ]

    def _lists(self, drawn: Iterable[DrawnRead]) -> list[Row]:
        rows: list[Row] = []
        for read in drawn:
            self.repairs += read.repairs
            self.leftovers += read.leftovers
            rows += (Row(self.new_id(), read.section.id, MappingProxyType(row)) for row in read.rows)
        return rows
