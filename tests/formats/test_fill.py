"""The bureau's own blank is filled: published forms without their values come back whole, and nothing but the filled cells is changed."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Side

from perfdesk.errors import InputRefused
from perfdesk.filling.blank import Edits
from perfdesk.filling.plan import Plan, plan
from perfdesk.model.filing import Filing
from tests.blanks import X, cells_of, emptied, filings_in, filled_bytes, open_blank, parts
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
    made = planned(blank, filing)
    filled = filled_bytes(blank, replace(made.edits, wrap=False))
    before, after = parts(blank.read_bytes()), parts(filled)
    main = "word/document.xml" if name.endswith("docx") else "xl/worksheets/sheet1.xml"
    assert list(before) == list(after)
    assert {n for n in before if before[n] != after[n]} == {main}
    old, new = (
        {place: (look, content) for place, look, content in cells_of(data)[main]}
        for data in (blank.read_bytes(), filled)
    )
    changed = {place for place in new if old.get(place, (b"", b"")) != new[place]}
    assert len(changed) == len(made.goes) and "rest" not in changed


def test_where_a_text_would_be_cut_off_one_look_is_added_behind_all_others(
    forms: Path, tmp_path: Path
) -> None:
    """The blank's columns are narrow and none of its looks wraps: what is not filled keeps its look, and its look stays what it is."""
    source = forms / "office" / "j01.d.xlsx"
    blank, target = emptied(source, tmp_path / "blank.xlsx"), tmp_path / "out.xlsx"
    made = fill_in(blank, filings_in(source)[0], target)
    before, after = parts(blank.read_bytes()), parts(target.read_bytes())
    assert {n for n in before if before[n] != after[n]} == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
    old, new = (load_workbook(p) for p in (blank, target))
    filled = {g.where.rpartition(" ")[2] for g in made.goes}
    looks: list[dict[str, int]] = []
    for book in (old, new):
        sheet = book.active
        assert sheet is not None
        looks.append({c.coordinate: c.style_id for row in sheet.iter_rows() for c in row})
    assert {place for place, look in looks[1].items() if looks[0].get(place, 0) != look} < filled
    assert looks_of(after)[:-1] == looks_of(before)


def looks_of(data: dict[str, bytes]) -> list[bytes]:
    formats = etree.fromstring(data["xl/styles.xml"]).find(f"{X}cellXfs")
    assert formats is not None
    return [etree.tostring(one, method="c14n") for one in formats]


def narrow(path: Path, wraps_elsewhere: bool) -> Path:
    """A ruled project form whose cells do not wrap; the bureau's own note below may."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ("项目支出绩效目标表",), ("项目名称", None, "主管部门", None), ("实施单位", None, None, None),
        ("一级指标", "二级指标", "三级指标", "指标值"), ("产出指标", "数量指标", None, None),
    ):  # fmt: skip
        sheet.append(line)
    thin = Side(style="thin")
    for row in sheet["A2:D5"]:
        for cell in row:
            cell.border = Border(thin, thin, thin, thin)
    if wraps_elsewhere:
        sheet["A7"].border = Border(thin, thin, thin, thin)
        sheet["A7"].alignment = Alignment(wrap_text=True)
    book.save(path)
    return path


@pytest.mark.parametrize(("wraps_elsewhere", "also"), [(True, set[str]()), (False, {"xl/styles.xml"})])
def test_a_look_of_the_blank_that_wraps_is_taken_before_one_is_added(
    tmp_path: Path, wraps_elsewhere: bool, also: set[str]
) -> None:
    blank = narrow(tmp_path / "blank.xlsx", wraps_elsewhere)
    name = next(i for i in open_blank(blank).items if i.where.endswith(" B2"))
    data = filled_bytes(blank, Edits({name.id: "全县农村饮水安全工程维修养护补助"}))
    (tmp_path / "out.xlsx").write_bytes(data)
    before = parts(blank.read_bytes())
    assert {n for n, content in parts(data).items() if content != before[n]} - also == {
        "xl/worksheets/sheet1.xml"
    }
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None and sheet["B2"].alignment.wrap_text and sheet["B2"].border.left.style == "thin"


@pytest.mark.parametrize("ruled", [True, False])
def test_a_text_at_the_end_of_a_row_runs_over_the_room_beside_it_but_over_no_line(
    tmp_path: Path, ruled: bool
) -> None:
    blank = narrow(tmp_path / "blank.xlsx", ruled)
    if not ruled:
        book = load_workbook(blank)
        for row in book.active["A2:D5"]:  # type: ignore[index, union-attr]
            for cell in row:
                cell.border = Border()
        book.save(blank)
    place = {i.where.rpartition(" ")[2]: i.id for i in open_blank(blank).items}["D2"]
    data = filled_bytes(blank, Edits({place: "某某县水利局农村水利科"}))
    (tmp_path / "out.xlsx").write_bytes(data)
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None and sheet["D2"].value == "某某县水利局农村水利科"
    assert bool(sheet["D2"].alignment.wrap_text) == ruled
    assert (sheet.row_dimensions[2].height is not None) == ruled


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
