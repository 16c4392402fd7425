"""The budget part of a form file (``[[ledgers]]``, ``[[tables]]``, ``[[agreements]]``, ``[[chapters]]``) → Budget and its sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import cast, get_args

from perfdesk.chapter_files import read_chapter
from perfdesk.codes import CodeList
from perfdesk.model.form import Field, Part, Section
from perfdesk.model.ledger import (
    Agreement,
    Axis,
    Budget,
    BudgetTable,
    CodeKind,
    Column,
    ColumnKind,
    Ledger,
    Line,
    TableKind,
)
from perfdesk.toml_table import Table

ReadPart = Callable[[Table, tuple[Section, ...], int], Part]


def read_budget(
    table: Table, sections: tuple[Section, ...], read_part: ReadPart, lists: Mapping[str, CodeList]
) -> Budget | None:
    """The budget of the file, None where it has none. ``sections`` are the file's own, which texts and drawn tables name; ``lists`` the
    lists of codes that ledgers name."""
    ledgers = tuple(_ledger(t, lists) for t in table.tables("ledgers"))
    if not ledgers:
        return None
    sets = {ledger.id: ledger for ledger in ledgers}
    tables = tuple(_table(t, sets, sections, read_part) for t in table.tables("tables"))
    budget = Budget(
        ledgers=ledgers,
        tables=tables,
        agreements=tuple(_agreement(t, tables) for t in table.tables("agreements")),
        chapters=tuple(read_chapter(t, sections, {x.id for x in tables}) for t in table.tables("chapters")),
    )
    _once(table, "ledgers", (x.id for x in ledgers))
    _once(table, "tables", (x.id for x in tables))
    return budget


def budget_sections(budget: Budget) -> tuple[Section, ...]:
    """The sections of rows that a budget adds to its form: one a ledger, one a computed table (its deviations)."""
    return (
        *(Section(x.id, x.label, "ledger", _ledger_fields(x)) for x in budget.ledgers),
        *(Section(t.id, t.title, "table", _table_fields(t)) for t in budget.tables if t.part is None),
    )


def _ledger_fields(ledger: Ledger) -> tuple[Field, ...]:
    facts = (Field(fact, ledger.label_of(fact), "money") for fact in ledger.facts)
    return (Field("code", "科目编码", "code"), Field("name", "科目名称", "name"), *facts)


def _table_fields(table: BudgetTable) -> tuple[Field, ...]:
    return (Field("row", "行", "code"), *(Field(c.id, c.label) for c in table.columns))


def _once(table: Table, key: str, ids: Iterable[str]) -> None:
    known = list(ids)
    for twice in sorted({i for i in known if known.count(i) > 1}):
        table.problem(key, f"“{twice}”出现两次")


# --- ledgers ----------------------------------------------------------------------------------------------------------


def _ledger(table: Table, lists: Mapping[str, CodeList]) -> Ledger:
    sets = {t.text("id"): (t.texts("facts"), t.done())[0] for t in table.tables("sets")}
    ledger = Ledger(
        id=table.text("id"),
        label=table.text("label"),
        codes=cast(CodeKind, table.choice("codes", get_args(CodeKind))),
        code_list=table.text("code_list"),
        kinds=tuple(_axis(t) for t in table.tables("kinds")),
        fundings=tuple(_axis(t) for t in table.tables("fundings")),
        entry=table.texts("entry"),
        sets=tuple(sets.items()),
    )
    known = {f"{k.id}.{f.id}" for k in ledger.kinds for f in ledger.fundings}
    for fact in ledger.entry:
        if fact not in known:
            table.problem("entry", f"没有“{fact}”")
    table.done()
    return _named(table, ledger, lists)


def _named(table: Table, ledger: Ledger, lists: Mapping[str, CodeList]) -> Ledger:
    """The ledger with the names of its list, and what is usual there as far as the ledger has such kinds."""
    found = lists.get(ledger.code_list)
    if found is None or found.kind != ledger.codes:
        table.problem("code_list", f"没有这一类的科目目录“{ledger.code_list}”")
        return ledger
    kinds = {k.id for k in ledger.kinds}
    return replace(
        ledger, names=found.names, usual={b: kind for b, kind in found.usual.items() if kind in kinds}
    )


def _axis(table: Table) -> Axis:
    axis = Axis(table.text("id"), table.text("label"), table.text("short", ""))
    table.done()
    return axis


def _facts(table: Table, ledger: Ledger | None, default: tuple[str, ...]) -> tuple[str, ...]:
    """Patterns with the ledger's named sets (``@spent``) put in; every one must mean something."""
    patterns = table.texts("facts") or default
    if ledger is None:
        return patterns
    named = dict(ledger.sets)
    found: list[str] = []
    for pattern in patterns:
        if pattern.startswith("@") and pattern[1:] not in named:
            table.problem("facts", f"没有“{pattern}”")
        found += named.get(pattern[1:], ()) if pattern.startswith("@") else (pattern,)
    for pattern in found:
        if not ledger.matching((pattern,)):
            table.problem("facts", f"“{pattern}”不对应任何数据")
    return tuple(found)


# --- tables -----------------------------------------------------------------------------------------------------------


def _table(
    table: Table, ledgers: dict[str, Ledger], sections: tuple[Section, ...], read_part: ReadPart
) -> BudgetTable:
    kind = cast(TableKind, table.choice("kind", get_args(TableKind)))
    computed = kind in ("codes", "lines")
    name = table.text("ledger", None if computed else "")
    ledger = ledgers.get(name)
    if computed and ledger is None:
        table.problem("ledger", f"没有“{name}”")
    columns = tuple(_column(t, ledger) for t in table.tables("columns"))
    widths = table.numbers("widths")
    made = BudgetTable(
        id=table.text("id"),
        title=table.text("title"),
        kind=kind,
        ledger=name,
        columns=columns,
        heads=tuple(tuple(x.strip() for x in line.split("|")) for line in table.texts("heads")),
        widths=widths,
        lines=tuple(_line(t, ledger) for t in table.tables("lines")),
        total=table.text("total", ""),
        titles=table.texts("titles"),
        note=table.text("note", ""),
        below=table.text("below", ""),
        landscape=table.flag("landscape"),
        part=None if computed else read_part(table.table("part"), sections, len(widths)),
        date=table.text("date", ""),
    )
    made = replace(made, lines=_spread(table, made))
    _check_table(table, made)
    table.done()
    return made


def _column(table: Table, ledger: Ledger | None) -> Column:
    kind = cast(ColumnKind, table.choice("kind", get_args(ColumnKind), "money"))
    wanted = table.texts("sum")
    facts = _facts(table, ledger, ()) if kind == "money" and not wanted else ()
    column = Column(table.text("id"), table.text("label"), kind, facts, wanted)
    if kind == "money" and ledger and not facts and not wanted:
        table.problem("facts", "金额栏应有 facts 或 sum")
    table.done()
    return column


def _line(table: Table, ledger: Ledger | None) -> Line:
    wanted = table.texts("sum")
    line = Line(
        id=table.text("id"),
        column=table.text("column"),
        row=table.integer("row"),
        label=table.text("label"),
        codes=table.texts("codes"),
        facts=() if wanted else _facts(table, ledger, ("*.*",)),
        sum=wanted,
        aliases=table.texts("aliases"),
    )
    table.done()
    return line


def _spread(table: Table, made: BudgetTable) -> tuple[Line, ...]:
    """``sum = ["e1..e30"]`` written out: every line of the same column from the one to the other."""
    ids = [x.id for x in made.lines]

    def written_out(line: Line) -> tuple[str, ...]:
        found: list[str] = []
        for wanted in line.sum:
            first, dots, last = wanted.partition("..")
            if not dots:
                found.append(wanted)
            elif first in ids and last in ids:
                between = made.lines[ids.index(first) : ids.index(last) + 1]
                found += [x.id for x in between if x.column == line.column]
            else:
                table.problem("lines", f"“{wanted}”：没有这样的行")
        return tuple(found)

    return tuple(replace(line, sum=written_out(line)) for line in made.lines)


def _check_table(table: Table, made: BudgetTable) -> None:
    _once(table, "columns", (c.id for c in made.columns))
    _once(table, "lines", (x.id for x in made.lines))
    width = len(made.widths)
    if made.part is None and len(made.columns) != width:
        table.problem("widths", f"有 {len(made.columns)} 栏，{width} 个列宽")
    for n, head in enumerate(made.heads, 1):
        if len(head) != width:
            table.problem("heads", f"第 {n} 行画了 {len(head)} 格，应为 {width} 格")
    money = {c.id for c in made.money}
    for column in made.columns:
        if unknown := set(column.sum) - money:
            table.problem("columns", f"“{column.id}”：没有 {'、'.join(sorted(unknown))}")
    places = {c.id for c in made.columns if c.kind == "line"}
    ids = {x.id for x in made.lines}
    for line in made.lines:
        if line.column not in places:
            table.problem("lines", f"“{line.id}”：没有栏“{line.column}”")
        if unknown := set(line.sum) - ids:
            table.problem("lines", f"“{line.id}”：没有 {'、'.join(sorted(unknown))}")
    if (made.kind == "lines") != bool(made.lines):
        table.problem("lines", "只有 lines 表才有固定的行，而且必须有")


def _agreement(table: Table, tables: tuple[BudgetTable, ...]) -> Agreement:
    agreement = Agreement(table.text("id"), table.text("one"), table.text("other"), table.text("why", ""))
    for key, address in (("one", agreement.one), ("other", agreement.other)):
        if not _is_cell(address, tables):
            table.problem(key, f"没有单元格“{address}”")
    table.done()
    return agreement


def _is_cell(address: str, tables: tuple[BudgetTable, ...]) -> bool:
    """Whether it names a money cell that is always there: of a line, or of the row 合计."""
    name, _, rest = address.partition("/")
    row, _, column = rest.partition("/")
    table = next((t for t in tables if t.id == name), None)
    if table is None:
        return False
    if (line := table.line(row)) is not None:
        return any(c.id == column for c in table.money_of(line.column))
    return row == "total" and bool(table.total) and any(c.id == column for c in table.money)
