"""The bureau's summary: every number in it is the sum that must come out, and every sum says what it adds up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bench.thousand import MadeUnit, Size, department, oracle, unit
from bench.thousand.made import OVERALL
from bench.thousand.tree import nodes
from perfdesk import catalog
from perfdesk.bureau.facts import paper_of
from perfdesk.bureau.summary import Summary, heat
from perfdesk.bureau.summary_paper import summary_document
from perfdesk.bureau_gathering import ALL
from perfdesk.bureau_summary import summarised
from perfdesk.document.blocks import Chart, Document, Heading, Table
from perfdesk.document.grid import Cell
from perfdesk.model.bureau import EVERYONE, Handing, Node, NodeKind, Scope
from perfdesk.store import Store

SIZE = Size(12, 5)
KINDS: dict[int, NodeKind] = {2: "province", 3: "city", 4: "county", 6: "department", 9: "unit"}
FORMS = catalog.load()
MADE = [unit(n, SIZE) for n in range(SIZE.units) if n != 3]
DEPARTMENT = department(0, SIZE)
TREE = [
    Node(n.code, n.code, n.name, KINDS[len(n.code)], n.above or None, len(n.code) == 9)
    for n in nodes(SIZE.units)
]


def handing(made: MadeUnit) -> Handing:
    papers = tuple(paper_of(FORMS.form(f.filing.form), f.filing) for f in made.filings)
    return Handing(made.code, 2023, f"{made.code}.zip", papers, made.code, "2023-03-01")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("bureau") / "data") as store:
        store.bureau.put_nodes(TREE)
        store.bureau.take_all([handing(one) for one in [*MADE, DEPARTMENT]])
        yield store


@pytest.fixture(scope="module")
def summary(filled: Store) -> Summary:
    return summarised(filled, FORMS, 2023, EVERYONE)


def table_under(document: Document, heading: str) -> list[list[Cell]]:
    """The rows of the first table below the heading that ends so."""
    blocks = iter(document.blocks)
    next(b for b in blocks if isinstance(b, Heading) and b.text.endswith(heading))
    found = next(b for b in blocks if isinstance(b, Table)).grid
    rows: list[list[Cell]] = [[] for _ in range(found.height)]
    for cell in found.cells:
        rows[cell.row].append(cell)
    return rows


def test_every_sum_on_paper_is_what_the_made_units_add_up_to(summary: Summary) -> None:
    due = oracle.sums(MADE)
    misprinted = {p.where.rpartition("/")[0] for made in MADE for p in made.planted}
    printed = 0
    for one in summary.forms:
        found = one.consolidated
        per_yuan = 1 if found.unit == "元" else 10_000
        rows = {c.at[:2] for t in found.tables for r in t.rows for c in r.cells.values()}
        for (form, table, code, column), value in due.items():
            if form == found.form.id and (table, code) in rows and f"tables/{table}/{code}" not in misprinted:
                printed += 1
                cell = found.cell((table, code, column))
                assert cell.plain == _plain(Decimal(value) / 10_000 / per_yuan), cell.at
    assert printed > 100


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def test_the_first_page_says_who_is_missing_and_who_has_mistakes(summary: Summary) -> None:
    document = summary_document(summary)
    assert document.title == f"{ALL}2023年度绩效汇总"
    rows = table_under(document, "报送情况")
    states = {row[1].text: (row[4].text, row[7].text) for row in rows[1:]}
    assert [code for code, (state, _) in states.items() if state == "未报"] == [unit(3, SIZE).code]
    wrong = {one.code for one in MADE if one.planted}
    assert {code for code, (_, errors) in states.items() if errors not in ("", "0")} <= wrong
    assert len(states) == SIZE.units + 1, "a department that handed in stands there, too"


def test_units_side_by_side_add_up_to_the_total_below_them(summary: Summary) -> None:
    """Also in Excel: the total is a formula over exactly these cells."""
    rows = table_under(summary_document(summary), "本级部门（单位）整体绩效目标表　分单位")
    last = rows[-1]
    assert [c.text for c in last[:2]] == ["", "合计"] and len(rows) == len(MADE) + 2
    for number, total in enumerate(last[2:], 2):
        above = [row[number].value for row in rows[1:-1]]
        assert total.value == sum(v for v in above if isinstance(v, Decimal))
        assert [t.row for t in total.total_of] == list(range(1, len(MADE) + 1))


def test_the_largest_of_a_column_is_the_darkest(summary: Summary) -> None:
    one = next(f for f in summary.forms if f.consolidated.form.id == OVERALL)
    found = heat(summary, one)
    largest = max(found.rows, key=lambda row: row.values[0] or 0)
    assert largest.shades[0] == 5 and all(row.shades[0] > 0 for row in found.rows if row.values[0])
    assert {row.unit for row in found.rows} == {m.code for m in MADE}, "not its own sum beside its parts"


def test_a_departments_own_form_is_set_against_the_sum_of_its_units(filled: Store) -> None:
    found = summarised(filled, FORMS, 2023, Scope(node=DEPARTMENT.code))
    own = [m for m in MADE if m.code.startswith(DEPARTMENT.code)]
    due = oracle.differences(DEPARTMENT, own)
    for one in found.forms:
        if one.consolidated.form.id == OVERALL:
            assert one.differences is not None
            told = {(d.at[0], d.at[2]): d.by for d in one.differences.cells}
            assert told == {(t, c): v for (f, t, _, c), v in due.items() if f == OVERALL}
    rows = table_under(summary_document(found), "本级部门（单位）整体绩效目标表　差额表")
    for row in rows[1:]:
        mine, below, by = (c.value for c in row[3:])
        assert isinstance(mine, Decimal) and isinstance(below, Decimal) and mine - below == by


def test_a_node_without_a_form_of_its_own_has_no_differences(filled: Store) -> None:
    county = DEPARTMENT.code[:4]
    assert all(f.differences is None for f in summarised(filled, FORMS, 2023, Scope(node=county)).forms)


def test_scores_are_ranked_and_indicators_gathered(summary: Summary) -> None:
    document = summary_document(summary)
    places = [row[0].text for row in table_under(document, "项目自评得分排名")[1:]]
    assert places[0] == "1" and len(places) == sum(
        f.filing.form == "national-2020/self-evaluation" for m in MADE for f in m.filings
    )
    methods = {row[3].text for row in table_under(document, "本级部门（单位）整体绩效目标表　指标汇总")[1:]}
    assert {"按金额加权", "相加"} <= methods


def test_bars_show_the_largest_first(summary: Summary) -> None:
    charts = [b for b in summary_document(summary).blocks if isinstance(b, Chart)]
    assert charts
    for chart in charts:
        values = [bar.values[0] or Decimal(0) for bar in chart.bars]
        assert values == sorted(values, reverse=True)


def test_a_year_in_which_nobody_handed_in_is_a_list_of_who_is_missing(filled: Store) -> None:
    empty = summary_document(summarised(filled, FORMS, 2031))
    assert len(empty.tables) == 1 and len(table_under(empty, "报送情况")) == SIZE.units + 1


def test_it_can_be_written_in_every_format(summary: Summary, tmp_path: Path) -> None:
    from perfdesk.formats.write import write

    document = summary_document(summary)
    for name in ("a.xlsx", "a.docx", "a.pdf"):
        write(document, tmp_path / name)
        assert (tmp_path / name).stat().st_size > 10_000
