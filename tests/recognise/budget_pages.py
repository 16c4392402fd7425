"""Random department budgets, and their tables drawn on pages as published documents have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from perfdesk.document.grid import Cell, Grid, grid
from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.filing_json import filing_json
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.ledger import BudgetTable
from perfdesk.recognise import Recognised, recognise
from tests.making import catalog, counter

FORM = catalog().form("handan-2022/department-budget")
BUDGET = FORM.budget
assert BUDGET is not None
TABLES: tuple[BudgetTable, ...] = tuple(t for t in BUDGET.tables if t.part is None)
CAPTION = ("907 样本市城建局", "预算年度：2024　单位：万元")
YEAR = 2024
Rows = list[list[str]]


# --- budgets ------------------------------------------------------------------------------------------------------------

CLASSES = ("201", "205", "208", "210", "212", "221")
NAME = st.text(st.sampled_from("甲乙丙丁戊己庚辛壬癸项目费用支出安排管理"), min_size=3, max_size=9)
AMOUNT = st.decimals(min_value="0.01", max_value="900000", places=2).map(lambda d: format(d, "f"))
FUNCTION_CODE = st.tuples(st.sampled_from(CLASSES), st.integers(1, 3), st.integers(1, 4)).map(
    lambda p: f"{p[0]}{p[1]:02}{p[2]:02}"
)
ECONOMIC_CODE = st.tuples(st.sampled_from(("301", "302", "310")), st.integers(1, 30)).map(
    lambda p: f"{p[0]}{p[1]:02}"
)
PLAIN = ("basic.general", "project.general", "basic.fund", "project.fund", "project.capital")
OTHER = ("basic.career", "project.special", "project.other", "business.business", "upward.affiliated")


def spending(draw: st.DrawFn, any_facts: bool) -> Mapping[str, Mapping[str, str]]:
    """Code → fact → amount. Not ``any_facts``: only such as every reader of the tables must find again."""
    ledger = FORM.budget.ledger("spending") if FORM.budget else None
    assert ledger is not None
    if any_facts:
        facts = st.dictionaries(st.sampled_from(ledger.facts), AMOUNT, min_size=1, max_size=4)
    else:
        facts = st.builds(
            lambda plain, other: {**plain, **other},
            st.dictionaries(st.sampled_from(PLAIN), AMOUNT, min_size=1, max_size=3),
            st.dictionaries(st.sampled_from(OTHER), AMOUNT, max_size=1),
        )
    return draw(st.dictionaries(FUNCTION_CODE, facts, min_size=1, max_size=8))


@st.composite
def filings(draw: st.DrawFn, any_facts: bool = False) -> Filing:
    """A budget with names for all its codes; amounts of 三公 lines stand at their own economic codes."""
    new_id = counter("f")
    functions = spending(draw, any_facts)
    economic = draw(
        st.dictionaries(
            ECONOMIC_CODE,
            st.dictionaries(st.sampled_from(("personnel.general", "public.general")), AMOUNT, min_size=1),
            max_size=6,
        )
    )
    rows: list[Row] = []
    for section, codes, lengths in (("spending", functions, (3, 5, 7)), ("economic", economic, (3, 5))):
        for code in sorted({c[:n] for c in codes for n in lengths}):
            cells = {"code": code, "name": draw(NAME), **codes.get(code, {})}
            rows.append(Row(new_id(), section, MappingProxyType(cells)))
    rows.append(Row("basic", "basic", MappingProxyType({"unit_code": "907", "unit_name": "样本市城建局"})))
    return empty_filing(FORM, YEAR, tuple(rows))


def shown(filing: Filing) -> dict[str, Any]:
    """Every computed table as it is shown."""
    sections = filing_json(FORM, filing)["sections"]
    return {t.id: sections[t.id]["rows"] for t in TABLES}


def facts(filing: Filing) -> list[tuple[str, dict[str, str]]]:
    return [
        (r.section, {c: t for c, t in r.cells.items() if c == "code" or "." in c})
        for r in filing.rows
        if r.section in ("spending", "economic") and any("." in c for c in r.cells)
    ]


# --- pages --------------------------------------------------------------------------------------------------------------


def head_rows(table: BudgetTable) -> Rows:
    """The heading as a scan has it: of equal neighbours only the first holds the text."""
    texts = [[t.replace("{year}", str(YEAR)).replace("{unit}", "万元") for t in row] for row in table.heads]
    return [
        [
            "" if (c and row[c - 1] == text) or (r and texts[r - 1][c] == text) else text
            for c, text in enumerate(row)
        ]
        for r, row in enumerate(texts)
    ]


def data_rows(table: BudgetTable, rows: Iterable[Mapping[str, str]]) -> Rows:
    return [[row.get(c.id, "") for c in table.columns] for row in rows]


def drawn(rows: Rows) -> Grid:
    width = max(len(r) for r in rows)
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    return grid([0.0] * width, len(rows), cells)


def page(
    table: BudgetTable, rows: Rows, title: bool = True, caption: bool = True, head: bool = True
) -> list[Any]:
    above = [table.title] * title + list(CAPTION) * caption
    items: list[Any] = [SourceText(t, "段") for t in above]
    body = [*(head_rows(table) if head else []), *rows]
    return [*items, *([SourceTable(drawn(body), f"表“{table.id}”", scanned=True)] if body else [])]


def source(pages: Iterable[Sequence[Any]]) -> Source:
    return Source("made", "text", tuple(item for p in pages for item in p))


def pages_of(filing: Filing) -> dict[str, Rows]:
    rows = shown(filing)
    return {t.id: data_rows(t, rows[t.id]) for t in TABLES}


def read_back(pages: Iterable[Sequence[Any]]) -> Recognised:
    return recognise(source(pages), catalog(), counter())
