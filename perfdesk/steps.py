"""Steps: what the user meant, as the small changes of the model. The window and ``perfdesk apply`` make them here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from perfdesk.budget.edits import row_before
from perfdesk.errors import ChangeRefused
from perfdesk.model.change import InsertRow, MoveRow, RemoveRow, SetCell, Step
from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.form import LEVELS, Form, Section
from perfdesk.values import clean_text, one_line

NewId = Callable[[], str]


def set_cell(form: Form, filing: Filing, row_id: str, column: str, text: str) -> Step:
    """One cell gets ``text`` (cleaned of characters that cannot be kept)."""
    row = known_row(filing, row_id)
    return Step(
        f"修改“{_column(form.section(row.section), row, column)}”",
        (SetCell(row_id, column, clean_text(text)),),
    )


def insert_row(
    form: Form, filing: Filing, section_id: str, after: str | None, cells: Mapping[str, str], row_id: str
) -> Step:
    """A row of a list or a ledger after the row ``after`` (None: first; in a ledger: at its code's place)."""
    section = section_of(form, section_id)
    if section.kind not in ("list", "ledger"):
        raise ChangeRefused("not-a-list", f"“{section.label}”不能这样加行。")
    row = Row(row_id, section_id, _cells(section, cells))
    if form.budget and section.kind == "ledger" and after is None:
        after = row_before(filing, form.budget.ledger(section_id), one_line(row.get("code")))
    return Step(f"增加一行“{section.label}”", (InsertRow(row, after),))


def insert_indicator(
    section: Section,
    parent: str | None,
    after: str | None,
    level: int,
    cells: Mapping[str, str],
    row_id: str,
) -> Step:
    """A row of ``level`` 1 … 3 of a tree, 1 … 2 of goals, below ``parent`` (None: level 1), after its sibling ``after`` (None: first)."""
    own = _cells(section, {LEVELS[level - 1]: "", **cells})
    named = section.field(LEVELS[level - 1])
    name = named.name if named else section.label
    if own.keys() - {f.id for f in section.at_level(level)}:
        raise ChangeRefused("wrong-level", f"{name}只能有自己的名称和栏。")
    return Step(f"增加{name}", (InsertRow(Row(row_id, section.id, own, parent), after),))


def remove_rows(form: Form, filing: Filing, row_ids: tuple[str, ...]) -> Step:
    """The rows and everything below them. A row that goes with a parent in the same step is not named twice."""
    rows = [known_row(filing, r) for r in row_ids]
    chosen = {r.id for r in rows}
    top = [r for r in rows if not (_above(filing, r) & chosen)]
    name = _row_name(top[0]) if len(top) == 1 else f"{len(top)} 行"
    return Step(f"删除{_quoted(name)}", tuple(RemoveRow(r.id) for r in top))


def move_row(form: Form, filing: Filing, row_id: str, parent: str | None, after: str | None) -> Step:
    """The row with everything below it comes under ``parent`` after ``after``."""
    return Step(f"移动{_quoted(_row_name(known_row(filing, row_id)))}", (MoveRow(row_id, parent, after),))


def _quoted(name: str) -> str:
    return f"“{name}”" if name and not name.endswith(" 行") else name or "一行"


def _row_name(row: Row) -> str:
    text = next((row.get(c) for c in (*LEVELS, "name") if row.get(c)), "")
    return text if len(text) <= 20 else text[:19] + "…"


def _above(filing: Filing, row: Row) -> set[str]:
    found: set[str] = set()
    while row.parent is not None and (above := filing.row(row.parent)) is not None:
        found.add(above.id)
        row = above
    return found


def known_row(filing: Filing, row_id: str) -> Row:
    """The row of that id; ChangeRefused where there is none."""
    row = filing.row(row_id)
    if row is None:
        raise ChangeRefused("unknown-row", f"没有编号为“{row_id}”的行。")
    return row


def section_of(form: Form, section_id: str) -> Section:
    """The section of that id; ChangeRefused where the form has none."""
    if not form.has(section_id):
        raise ChangeRefused("unknown-section", f"本表没有“{section_id}”这一部分。")
    return form.section(section_id)


def _column(section: Section, row: Row, column: str) -> str:
    """The column's name; ChangeRefused where a row of this kind has no such column."""
    found = section.field(column)
    if found is None:
        raise ChangeRefused("unknown-column", f"“{section.label}”没有“{column}”这一栏。")
    if found not in section.at_level(depth(row)):
        raise ChangeRefused("wrong-level", f"这一行没有“{found.name}”。")
    return found.name


def _cells(section: Section, cells: Mapping[str, str]) -> Mapping[str, str]:
    for column in cells:
        if section.field(column) is None:
            raise ChangeRefused("unknown-column", f"“{section.label}”没有“{column}”这一栏。")
    return MappingProxyType({column: clean_text(text) for column, text in cells.items()})
