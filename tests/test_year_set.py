"""The set of a year: what stands where, and that every cell still knows whose it is."""

from __future__ import annotations

from dataclasses import replace

from perfdesk.catalog import new_filing
from perfdesk.compose import compose
from perfdesk.document.blocks import Contents, Document, Heading, Paragraph, Table
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.sample import sample_budgets, sample_filings
from perfdesk.year_set import compose_set
from tests.making import catalog, counter

PROJECT = "hebei-2021/project-target"


def project(number: int, name: str, form_id: str = PROJECT) -> tuple[Form, Filing]:
    form = catalog().form(form_id)
    made = new_filing(form, 2022, "某局", counter(f"p{number}-"))
    rows = tuple(r.with_cell("name", name) if r.id == "basic" else r for r in made.rows)
    return form, replace(made, rows=rows, id=number)


def sample(kind: str, number: int) -> tuple[Form, Filing]:
    filings = (*sample_filings(catalog(), counter()), *sample_budgets(catalog(), counter()))
    filing = next(f for f in filings if f.form.endswith(kind) and f.year == 2022)
    return catalog().form(filing.form), replace(filing, id=number)


def headings(document: Document) -> list[tuple[int, str]]:
    return [(h.level, h.text) for _, h in document.listed(3)]


def test_projects_stand_in_their_order_behind_cover_and_contents() -> None:
    document = compose_set([project(1, "道路"), project(2, "绿化")]).document
    first = document.blocks[:4]
    assert isinstance(first[0], Paragraph) and first[0].text.startswith("2022年")
    assert isinstance(first[1], Paragraph) and first[1].text == "某局"
    assert isinstance(first[3], Contents)
    assert headings(document) == [
        (1, "预算项目绩效目标"),
        (2, "1、道路绩效目标表"),
        (2, "2、绿化绩效目标表"),
    ]


def test_every_project_begins_a_page_and_page_one_is_the_first_of_them() -> None:
    stretches = compose_set([project(n, f"项目{n}") for n in (1, 2, 3)]).document.stretches()
    front, body = stretches[-2:]
    assert not front.page.numbered
    assert body.page.first_number == 1
    texts = [
        b.text if isinstance(b, Heading) else "—" for b in body.blocks if not isinstance(b, Table | Paragraph)
    ]
    assert texts == [
        "预算项目绩效目标",
        "1、项目1绩效目标表",
        "—",
        "2、项目2绩效目标表",
        "—",
        "3、项目3绩效目标表",
    ]


def test_each_cell_leads_back_to_its_own_filing() -> None:
    pairs = [sample("department-budget", 7), project(1, "道路"), project(2, "绿化")]
    made = compose_set(pairs)
    tables = made.document.tables
    names = [
        (number, tables[table].at()[row, column].text)
        for (table, row, column), (number, of, cell) in made.bindings.items()
        if (of, cell) == ("basic", "name")
    ]
    assert names == [(1, "道路"), (2, "绿化")]
    shown = {bound: tables[t].at()[row, column].text for (t, row, column), bound in made.bindings.items()}
    for form, filing in pairs:
        alone = compose(form, filing)
        for (table, row, column), (of, cell) in alone.bindings.items():
            assert shown[filing.id, of, cell] == alone.document.tables[table].at()[row, column].text
    assert {number for number, _, _ in made.bindings.values()} == {1, 2, 7}


def test_the_targets_stand_in_the_budgets_chapter_and_nothing_of_the_budget_is_lost() -> None:
    budget, overall = sample("department-budget", 7), sample("overall-target", 8)
    alone = compose(*budget).document
    document = compose_set([overall, project(1, "道路"), budget]).document
    found = [text for _, text in headings(document)]
    at = next(n for n, text in enumerate(found) if text == "五、预算绩效信息")
    assert found[at + 1] == "第一部分　部门整体绩效目标"
    assert found[at + 3 : at + 6] == [
        "第二部分　预算项目绩效目标",
        "1、道路绩效目标表",
        "六、政府采购预算情况",
    ]
    assert [t for t in found if t in [h for _, h in headings(alone)]] == [h for _, h in headings(alone)]
    assert [t for t in document.tables if t in alone.tables] == list(alone.tables)
    contents = [b for b in document.blocks if isinstance(b, Contents)]
    assert [c.levels for c in contents] == [3]


def test_a_budget_alone_is_the_budgets_document() -> None:
    budget = sample("department-budget", 7)
    assert compose_set([budget]).document == compose(*budget).document


def test_the_department_targets_are_part_one_under_its_heading() -> None:
    form = catalog().form("hebei-2021/department-targets")
    targets = form, replace(new_filing(form, 2022, "某局", counter("t")), id=5)
    found = headings(compose_set([project(1, "道路"), targets]).document)
    assert found[0] == (1, "第一部分　部门整体绩效目标")
    assert {level for level, _ in found[1:-2]} == {2}
    assert found[-2:] == [(1, "第二部分　预算项目绩效目标"), (2, "1、道路绩效目标表")]


def test_a_project_whose_title_does_not_name_it_is_named_in_the_contents() -> None:
    found = headings(compose_set([project(1, "道路", "national-2021/project-target")]).document)
    assert found[-1][1].startswith("1、道路")


def test_pages_are_counted_on_from_part_one_to_part_two() -> None:
    form = catalog().form("hebei-2021/department-targets")
    targets = form, new_filing(form, 2022, "某局", counter("t"))
    stretches = compose_set([targets, project(1, "道路")]).document.stretches()
    assert [s.page.first_number for s in stretches if s.page.numbered] == [1]
