"""The pages of a year's set: every project begins a page, no row is cut, contents and bookmarks name the pages where things stand – in
our PDF and in what an office program prints of our Word file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pypdfium2
import pytest
from lxml import etree

from perfdesk.catalog import new_filing
from perfdesk.document.blocks import Document, Table
from perfdesk.export import export_set
from perfdesk.model.filing import Filing, Row, in_order
from perfdesk.model.form import Form
from perfdesk.year_set import compose_set
from tests.making import catalog, counter
from tests.office import office_pdfs, page_texts

EDITIONS = ("hebei-2021", "hebei-2022", "national-2015", "national-2021")
PROJECTS = 24
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FILLER = "按照年度工作计划逐项落实并做好记录" * 2


@cache
def rare() -> str:
    """Characters that stand in none of the forms and texts; Latin marks would be set apart from Chinese by some programs."""
    used = set(FILLER).union(*(text for one in (blank(n) for n in range(4)) for text in texts(*one)))
    used |= set().union(*texts(*department()))
    return "".join(chr(c) for c in range(0x4E00, 0x9F00) if chr(c) not in used)


def texts(form: Form, filing: Filing) -> Iterator[str]:
    for block in compose_set([(form, filing)]).document.blocks:
        yield from (
            (c.text for c in block.grid.cells) if isinstance(block, Table) else [getattr(block, "text", "")]
        )


def marks(project: int, row: int, column: int) -> tuple[str, str]:
    """The first and the last character of a cell, which stand nowhere else."""
    at = ((project * 100 + row) * 4 + column) * 2
    return rare()[at], rare()[at + 1]


def blank(number: int) -> tuple[Form, Filing]:
    form = catalog().form(f"{EDITIONS[number % 4]}/project-target")
    made = new_filing(form, 2022, "示例市某局", counter(f"p{number}-"))
    named = [r.with_cell("name", f"改造工程之{number:02d}") if r.id == "basic" else r for r in made.rows]
    return form, replace(made, rows=tuple(named), id=number)


def own_columns(form: Form) -> list[str]:
    return [f.id for f in form.tree.fields if f.id not in ("level1", "level2")]


@cache
def project(number: int) -> tuple[Form, Filing]:
    """Of one to three pages; every cell of an indicator begins and ends with a mark."""
    form, made = blank(number)
    rows: list[Row] = []
    count = 0
    for row in made.rows:
        if row.section != "indicators" or "level3" not in row.cells:
            rows.append(row)
        if row.section != "indicators" or "level2" not in row.cells:
            continue
        for _ in range(1 + number % 4):
            filler = FILLER[: (number * 7 + count * 5) % len(FILLER)]
            own = {c: filler.join(marks(number, count, n)) for n, c in enumerate(own_columns(form))}
            rows.append(Row(f"x{number}-{count}", "indicators", MappingProxyType(own), row.id))
            count += 1
    return form, replace(made, rows=in_order(form, tuple(rows)))


def department() -> tuple[Form, Filing]:
    form = catalog().form("hebei-2022/department-targets")
    made = new_filing(form, 2022, "示例市某局", counter("d"))
    rows: list[Row] = []
    for n in range(12):
        text = "围绕年度中心工作，做好各项任务。" * 6
        rows.append(Row(f"g{n}", "goals", MappingProxyType({"level1": f"事项之{n}", "goal": text})))
        indicator = {"level2": "按期完成情况", "description": "完成的占计划的比例", "target": "≥百分之九十"}
        rows.append(Row(f"g{n}i", "goals", MappingProxyType(indicator), f"g{n}"))
    return form, replace(made, rows=in_order(form, (*made.rows, *rows)), id=99)


def year() -> list[tuple[Form, Filing]]:
    return [department(), *(project(n) for n in range(1, PROJECTS + 1))]


@dataclass(frozen=True)
class Printed:
    """``texts`` of the pages, without blanks; ``outline``: title → page, from 0."""

    texts: list[str]
    outline: list[tuple[str, int]]

    def numbered(self) -> dict[int, str]:
        """By the number that is printed on the page."""
        return {int(m[1]): text for text in self.texts if (m := re.search(r"—(\d+)—", text))}


def printed(pdf: Path) -> Printed:
    outline = [(i.get_title(), i.get_dest().get_index()) for i in pypdfium2.PdfDocument(pdf).get_toc()]
    lines = [["".join(line.split()) for line in text.splitlines()] for text in page_texts(pdf)]
    return Printed(["\n".join(page) for page in lines], outline)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("set")
    for format in ("docx", "pdf"):
        export_set(year(), folder / f"set.{format}", draft=True)
    return folder


@pytest.fixture(scope="module", params=["pdf", "office"])
def pages(request: pytest.FixtureRequest, folder: Path) -> Printed:
    if request.param == "pdf":
        return printed(folder / "set.pdf")
    return printed(office_pdfs(folder, [folder / "set.docx"])[0])


def headings() -> list[str]:
    document: Document = compose_set(year(), True).document
    return ["".join(heading.text.split()) for _, heading in document.listed(2)]


def marked_rows() -> Iterator[tuple[int, list[str]]]:
    """The marks of every row of indicators, with the project's number."""
    for number in range(1, PROJECTS + 1):
        form, filing = project(number)
        for row in range(sum("level3" in r.cells for r in filing.section("indicators"))):
            columns = range(len(own_columns(form)))
            yield number, [mark for column in columns for mark in marks(number, row, column)]


def test_no_row_is_cut_by_a_page_and_every_project_has_pages_of_its_own(pages: Printed) -> None:
    projects: dict[int, set[int]] = {}
    for number, row in marked_rows():
        stands = {n for n, text in enumerate(pages.texts) if any(mark in text for mark in row)}
        assert len(stands) == 1, row
        assert set(row) <= set(pages.texts[min(stands)])
        projects.setdefault(number, set()).update(stands)
    assert set(projects) == set(range(1, PROJECTS + 1))
    assert sum(len(own) for own in projects.values()) == len(set().union(*projects.values()))
    assert sum(len(own) > 1 for own in projects.values()) > PROJECTS // 4, "where a row could have been cut"


def test_the_contents_name_the_pages_where_headings_stand(pages: Printed) -> None:
    numbered = pages.numbered()
    front = "\n".join(t for t in pages.texts if not re.search(r"—\d+—", t))
    for title in headings():
        (entry,) = re.findall(rf"^{re.escape(title)}[.…·]+(\d+)$", front, re.M)
        (stands,) = [n for n, text in numbered.items() if re.search(rf"^{re.escape(title)}$", text, re.M)]
        assert (title, int(entry)) == (title, stands)


def test_the_bookmarks_are_the_headings_and_lead_to_their_pages(pages: Printed) -> None:
    titles = ["".join(title.split()) for title, _ in pages.outline]
    assert [t for t in titles if t in headings()] == headings()
    for title, page in zip(titles, (p for _, p in pages.outline), strict=True):
        assert title in pages.texts[page]


def test_no_row_of_the_word_file_may_be_cut(folder: Path) -> None:
    with zipfile.ZipFile(folder / "set.docx") as package:
        root = etree.fromstring(package.read("word/document.xml"))
    rows = list(root.iter(f"{WORD}tr"))
    assert len(rows) > 10 * PROJECTS
    assert [r for r in rows if r.find(f"{WORD}trPr/{WORD}cantSplit") is None] == []
