"""The published forms as office files: every text that a careful person reads off the page comes back, in true columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from perfdesk.document.grid import Grid
from perfdesk.document.source import SourceText
from perfdesk.formats.child import read_file
from perfdesk.formats.read import read
from perfdesk.values import one_line

FORMS = Path(__file__).resolve().parents[3] / "shared" / "forms"
OVERALL = ("z01", "z03", "z04", "z05", "z07", "z08", "j01")
ENDINGS = ("a.docx", "c.docx", "d.xlsx")


def same(text: str) -> str:
    """A text for comparing: without blanks; a number as its value (a sheet keeps 15897000 of 15,897,000.0)."""
    plain = one_line(text)
    try:
        return format(Decimal(plain.replace(",", "")).normalize(), "f")
    except InvalidOperation:
        return plain


def texts(value: Any) -> Iterator[str]:
    """All texts in a piece of JSON."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)
        case _:
            pass


def expected_texts(forms: Path, name: str) -> set[str]:
    data = json.loads((forms / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return {same(t) for t in texts(data["sections"]) if t.strip()}


def cell_texts(table: Grid) -> set[str]:
    return {same(cell.text) for cell in table.cells}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", OVERALL)
def test_every_expected_text_stands_in_a_cell_of_five_columns(forms: Path, name: str, ending: str) -> None:
    source = read_file(forms / "office" / f"{name}.{ending}")
    (table,) = source.tables
    assert table.width == 5
    assert {t for t in expected_texts(forms, name) if t not in cell_texts(table)} == set()
    assert source.leftovers == ()


@pytest.mark.parametrize(("first", "last", "ending"), [("d01", "d23", "a.docx"), ("d01", "d23", "c.docx"), ("h01", "h10", "a.docx"),
                                                       ("h01", "h10", "c.docx"), ("h01", "h10", "d.xlsx")])  # fmt: skip
def test_every_text_of_a_file_of_many_forms_stands_in_a_cell(
    forms: Path, first: str, last: str, ending: str
) -> None:
    source = read_file(forms / "office" / f"{first}-{last}.{ending}")
    found = set().union(*(cell_texts(t) for t in source.tables))
    found |= {same(i.text) for i in source.items if isinstance(i, SourceText)}
    everything = "\n".join(found)
    names = [f.stem for f in sorted((forms / "expected").glob(f"{first[0]}*.json"))]
    missing = {t for n in names for t in expected_texts(forms, n) if t not in found and t not in everything}
    assert len(names) == int(last[1:]) and missing == set()


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_the_nine_budget_tables_say_the_same_in_word_and_excel(forms: Path, ending: str) -> None:
    source = read_file(forms / "office" / f"handan-2022-budget.{ending}")
    assert len(source.tables) == 9
    assert all(any("合计" in one_line(c.text) for c in table.cells) for table in source.tables[:6])


def test_word_and_excel_of_the_same_budget_give_the_same_cells(forms: Path) -> None:
    word = read_file(forms / "office" / "handan-2022-budget.docx").tables
    excel = read_file(forms / "office" / "handan-2022-budget.xlsx").tables
    for ours, theirs in zip(word, excel, strict=True):
        titles = theirs.height - ours.height
        below = {
            (c.row - titles, c.col, c.rowspan, c.colspan, same(c.text))
            for c in theirs.cells
            if c.row >= titles
        }
        assert {(c.row, c.col, c.rowspan, c.colspan, same(c.text)) for c in ours.cells} == below


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", OVERALL)
def test_the_label_of_the_tasks_spans_all_their_rows(forms: Path, name: str, ending: str) -> None:
    (table,) = read_file(forms / "office" / f"{name}.{ending}").tables
    tasks = json.loads((forms / "expected" / f"{name}.json").read_text(encoding="utf-8"))["sections"]["tasks"]
    label = next(c for c in table.cells if one_line(c.text) == "年度主要任务")
    names = [one_line(table.at()[row, 1].text) for row in range(label.row + 1, label.row + label.rowspan)]
    assert [n for n in names if n] == [one_line(t["name"]) for t in tasks if t["name"]]


@pytest.mark.parametrize("name", OVERALL)
def test_the_three_files_of_a_form_have_the_same_cells(forms: Path, name: str) -> None:
    def cells(ending: str) -> list[tuple[int, int, int, int, str]]:
        (table,) = read_file(forms / "office" / f"{name}.{ending}").tables
        start = next(c.row for c in table.cells if one_line(c.text).endswith("名称"))
        found = (
            (c.row - start, c.col, c.rowspan, c.colspan, same(c.text)) for c in table.cells if c.row >= start
        )
        return sorted(found)

    assert cells("a.docx") == cells("c.docx") == cells("d.xlsx")


def test_a_sum_with_a_binary_tail_is_read_as_written(forms: Path) -> None:
    (table,) = read_file(forms / "office" / "z04.d.xlsx").tables
    assert [c.text for c in table.cells if c.text.startswith("988")] == ["988.68", "988.68"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_child_reads_the_same_and_leaves_the_file_alone(forms: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"表.{ending}"
    content = (forms / "office" / f"z04.{ending}").read_bytes()
    file.write_bytes(content)
    file.chmod(0o400)
    before = file.stat()
    assert read(file) == read_file(file)
    after = file.stat()
    assert (file.read_bytes(), before.st_mtime_ns, before.st_size) == (
        content,
        after.st_mtime_ns,
        after.st_size,
    )
