"""Units that handed in, as tests need them: their filings as papers, and sums by plain whole numbers that no database made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from perfdesk.bureau.facts import paper_of
from perfdesk.model.bureau import Handing, Node, Paper, Sum
from perfdesk.model.filing import Filing, Row, empty_filing
from tests.making import catalog, counter

BUDGET = "handan-2022/department-budget"
YEAR = 2023


def row(row_id: str, section: str, parent: str | None = None, **cells: str) -> Row:
    return Row(row_id, section, MappingProxyType(cells), parent)


def filing_of(form_id: str, *rows: Row, unit: str = "") -> Filing:
    """Of these rows; ``unit``: of amounts."""
    made = empty_filing(catalog().form(form_id), YEAR, rows)
    return Filing(made.form, made.title, made.year, made.rows, made.sections, None, unit)


def budget_of(
    spending: Mapping[str, Mapping[str, str]],
    printed: Sequence[Mapping[str, str]] = (),
    unit: str = "",
) -> Filing:
    """``spending``: code → fact → amount as typed; ``printed``: rows of 支出总表 that the unit printed otherwise."""
    new_id = counter()
    rows = [row(new_id(), "spending", code=code, **facts) for code, facts in spending.items()]
    rows += [row(new_id(), "支出总表", **cells) for cells in printed]
    return filing_of(BUDGET, *rows, unit=unit)


def paper(filing: Filing) -> Paper:
    return paper_of(catalog().form(filing.form), filing, findings=())


def handing(unit: str, *filings: Filing) -> Handing:
    return Handing(unit, YEAR, "x", tuple(paper(f) for f in filings), "d")


def units(*names: str, above: str = "41") -> tuple[Node, ...]:
    top = Node(above, above, "某市", "city", None, False)
    return (top, *(Node(n, n, n, "unit", above, True) for n in names))


def sums_of(filings: Sequence[Filing]) -> tuple[Sum, ...]:
    """Added up cell by cell in Python."""
    found: dict[tuple[str, str, str], Sum] = {}
    for filing in filings:
        for one in paper(filing).amounts:
            at = (one.section, one.line, one.field)
            old = found.get(at, Sum(*at, 0, 0, 0))
            more = (old.value + (one.value or 0), old.papers + (one.value is not None))
            found[at] = Sum(*at, *more, old.unread + bool(one.text))
    return tuple(found.values())
