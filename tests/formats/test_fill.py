"""The bureau's own blank is filled: published forms without their values come back whole, and nothing but the filled cells is changed."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from perfdesk.errors import InputRefused
from perfdesk.filling.plan import Plan, plan
from perfdesk.model.filing import Filing
from tests.blanks import cells_of, emptied, filings_in, filled_bytes, open_blank, parts
from tests.formats.test_write_office import office_pdfs, page_texts
from tests.making import as_read, catalog, counter

OVERALL = [
    f"{n}.{e}" for n in ("j01", "z01", "z03", "z04", "z05", "z07", "z08") for e in ("c.docx", "d.xlsx")
]


def planned(blank: Path, filing: Filing, over: bool = False) -> Plan:
    return plan(open_blank(blank), catalog().form(filing.form), filing, catalog(), counter(), over)


def fill_in(blank: Path, filing: Filing, target: Path) -> Plan:
    made = planned(blank, filing)
    target.write_bytes(filled_bytes(blank, made.edits))
    return made


@pytest.mark.parametrize("name", OVERALL)
def test_a_published_form_without_its_values_is_filled_again(forms: Path, tmp_path: Path, name: str) -> None:
    source = forms / "office" / name
    (filing,) = filings_in(source)
    blank = emptied(source, tmp_path / name)
    assert as_read(filings_in(blank)[0]) != as_read(filing)
    made = fill_in(blank, filing, tmp_path / f"out-{name}")
    assert made.missing == () and made.added_rows == 0
    assert as_read(filings_in(tmp_path / f"out-{name}")[0]) == as_read(filing)


@pytest.mark.parametrize("name", ["j01.c.docx", "j01.d.xlsx"])
def test_only_the_filled_cells_differ_from_the_blank(forms: Path, tmp_path: Path, name: str) -> None:
    source = forms / "office" / name
    (filing,) = filings_in(source)
    blank = emptied(source, tmp_path / name)
    made = fill_in(blank, filing, tmp_path / f"out-{name}")
    before, after = parts(blank.read_bytes()), parts((tmp_path / f"out-{name}").read_bytes())
    main = "word/document.xml" if name.endswith("docx") else "xl/worksheets/sheet1.xml"
    looks = (
        {"xl/styles.xml"} if name.endswith("xlsx") else set()
    )  # long texts: see the test of cells that wrap
    assert list(before) == list(after)
    assert {n for n in before if before[n] != after[n]} - looks == {main}
    old, new = (
        {place: content for place, _, content in cells_of(p.read_bytes())[main]}
        for p in (blank, tmp_path / f"out-{name}")
    )
    changed = {place for place in new if place != "rest" and old.get(place, b"") != new[place]}
    assert len(changed) == len(made.goes)
    if name.endswith("docx"):
        assert old["rest"] == new["rest"]


@pytest.mark.parametrize("name", ["c.docx", "d.xlsx"])
def test_rows_are_added_where_a_unit_has_more_than_the_blank(forms: Path, tmp_path: Path, name: str) -> None:
    (filing,) = filings_in(forms / "office" / f"z01.{name}")
    blank = emptied(forms / "office" / f"z04.{name}", tmp_path / f"blank.{name}")
    made = fill_in(blank, filing, tmp_path / f"out.{name}")
    assert made.missing == () and made.added_rows == 7
    assert as_read(filings_in(tmp_path / f"out.{name}")[0])["indicators"] == as_read(filing)["indicators"]
    assert as_read(filings_in(tmp_path / f"out.{name}")[0])["tasks"] == as_read(filing)["tasks"]


def test_an_indicator_whose_heading_the_blank_lacks_is_told(forms: Path, tmp_path: Path) -> None:
    (filing,) = filings_in(forms / "office" / "z05.c.docx")
    blank = emptied(forms / "office" / "z03.c.docx", tmp_path / "blank.docx")
    made = planned(blank, filing)
    lost = {s.value for s in made.missing if s.address.endswith("/level3")}
    kept = {g.value for g in made.goes if g.address.endswith("/level3")}
    own = {r.get("level3") for r in filing.rows if r.get("level3")}
    assert lost and not lost & kept and lost | kept <= own


@pytest.mark.parametrize("name", ["h01-h10.d.xlsx", "d01-d23.c.docx"])
def test_project_forms_are_filled_into_a_blank_of_many(forms: Path, tmp_path: Path, name: str) -> None:
    source = forms / "office" / name
    first = filings_in(source)[0]
    blank = emptied(source, tmp_path / name)
    made = fill_in(blank, first, tmp_path / f"out-{name}")
    read = next(f for f in filings_in(tmp_path / f"out-{name}") if f.cell("basic/goals"))
    places = {s.address.rpartition("/")[0] for s in made.missing}
    assert {r.get("level3") for r in first.rows if r.get("level3")} - {
        r.get("level3") for r in read.rows
    } == set()
    assert not any(p.startswith("indicators") for p in places)


def test_what_stands_in_the_blank_gives_way_only_when_asked(forms: Path, tmp_path: Path) -> None:
    source = forms / "office" / "z04.d.xlsx"
    (filing,) = filings_in(source)
    other = filing.row("basic")
    assert other is not None
    rows = tuple(r.with_cell("goal", "另一个目标") if r.id == "basic" else r for r in filing.rows)
    changed = Filing(filing.form, filing.title, filing.year, rows, filing.sections)
    kept, over = planned(source, changed), planned(source, changed, over=True)
    assert [s.address for s in kept.missing] == ["basic/goal"] and kept.missing[0].why == "taken"
    assert not kept.edits
    assert [(g.address, g.before) for g in over.goes] == [("basic/goal", filing.cell("basic/goal"))]


def test_a_file_that_holds_no_such_form_is_refused(forms: Path) -> None:
    (filing,) = filings_in(forms / "office" / "z04.d.xlsx")
    with pytest.raises(InputRefused) as told:
        planned(forms / "office" / "handan-2022-budget.xlsx", filing)
    assert told.value.code == "no-form"


def test_libreoffice_shows_every_value(forms: Path, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("没有安装 LibreOffice（soffice），跳过用办公软件打开的测试")
    names = ["j01.c.docx", "j01.d.xlsx", "z01.c.docx", "z01.d.xlsx"]
    written: dict[Path, Plan] = {}
    for name in names:
        source = forms / "office" / name
        blank = emptied(source, tmp_path / f"blank-{name}")
        target = tmp_path / f"{name.replace('.', '-')}.{name.rpartition('.')[2]}"
        written[target] = fill_in(blank, filings_in(source)[0], target)
    for path, pdf in zip(written, office_pdfs(tmp_path, list(written)), strict=True):
        shown = Counter("".join("".join(page_texts(pdf)).split()))
        wanted = Counter("".join("".join(g.value for g in written[path].goes).split()))
        wanted.pop("-", None)  # at the end of a line it is taken for one that parts a word
        assert wanted - shown == Counter(), path.name
