"""A blank of a kind that the program has never seen: what is proposed, what the user corrects, and that all the program works on it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from perfdesk.catalog import Catalog, load, new_filing, own_forms
from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.errors import InputRefused, UserError
from perfdesk.filling.plan import plan
from perfdesk.formats.child import read_file
from perfdesk.formats.write import write
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Form
from perfdesk.new_forms.draft import Column, FormDraft, as_kind, with_column, with_section, without_column
from perfdesk.new_forms.propose import propose, sheets_of
from perfdesk.own_forms import blank_of, form_of_draft, save_form
from perfdesk.recognise import recognise
from perfdesk.values import parse_amount
from tests.blanks import emptied, filled_bytes, open_blank
from tests.laws import strategies
from tests.making import as_source, catalog, counter
from tests.new_forms.blanks import TITLE, excel, word


def proposed(path: Path) -> FormDraft:
    return propose(read_file(path), catalog().forms.values(), path.name)


def knowing(form: Form) -> Catalog:
    return replace(catalog(), forms=MappingProxyType({**catalog().forms, form.id: form}))


@pytest.fixture
def draft(tmp_path: Path) -> FormDraft:
    return proposed(word(tmp_path / "评估.docx"))


@pytest.fixture
def tracking(tmp_path: Path) -> FormDraft:
    return proposed(excel(tmp_path / "跟踪.xlsx"))


def labels(draft: FormDraft) -> dict[str, tuple[str, list[str]]]:
    return {s.label: (s.kind, [c.label for c in s.columns]) for s in draft.sections}


def test_sections_and_columns_are_those_of_the_blank(draft: FormDraft) -> None:
    assert labels(draft) == {
        "基本信息": ("fields", ["单位名称", "项目名称", "项目负责人", "立项依据"]),
        "资金来源（万元）": ("fields", ["合计", "财政拨款", "上级补助", "自筹资金"]),
        "支出明细": ("list", ["支出内容", "数量", "单价（元）", "金额（万元）", "备注"]),
        "进度安排": (
            "fields",
            [*(f"计划（%）·{n}" for n in ("一季度", "二季度", "三季度", "四季度", "合计")), "评估结论"],
        ),
    }
    kinds = {c.label: c.kind for s in draft.sections for c in s.columns}
    assert kinds["合计"] == kinds["金额（万元）"] == "money"
    assert (kinds["数量"], kinds["备注"], kinds["立项依据"], kinds["计划（%）·合计"]) == (
        "number",
        "note",
        "text",
        "name",
    )


def test_title_lines_and_notes_are_those_of_the_blank(draft: FormDraft) -> None:
    assert (draft.title, draft.annex, draft.year_line, draft.amount_unit) == (
        TITLE,
        "附件2：",
        "（{year}年度）",
        "万元",
    )
    assert "{unit_name}" in draft.unit_line and draft.notes == ("注：本表一式两份。",)


def test_an_indicator_table_keeps_its_own_columns_and_headings(tracking: FormDraft) -> None:
    tree = tracking.section("indicators")
    assert tree.kind == "tree"
    assert [c.label for c in tree.columns] == [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "上半年完成值",
        "偏差说明",
    ]
    assert tree.groups == (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))
    assert labels(tracking)["跟踪意见"] == ("fields", ["跟踪意见"])


def test_a_file_with_the_same_form_many_times_is_taken_in_once(tmp_path: Path, draft: FormDraft) -> None:
    from docx import Document

    document = Document(str(word(tmp_path / "两份.docx")))
    table = document.tables[0]._tbl
    table.addnext(deepcopy(table))
    table.addnext(document.add_paragraph(TITLE)._p)
    document.save(str(tmp_path / "两份.docx"))
    assert proposed(tmp_path / "两份.docx").sections == draft.sections


def test_a_project_form_is_taken_in_with_its_indicators(forms: Path, tmp_path: Path) -> None:
    blank = emptied(forms / "office" / "h01-h10.c.docx", tmp_path / "项目.docx")
    form = form_of_draft(proposed(blank))
    assert [f.label for f in form.tree.fields][:3] == ["一级指标", "二级指标", "三级指标"]


def test_indicators_that_the_blank_prints_stand_in_a_new_filing(forms: Path, tmp_path: Path) -> None:
    source = forms / "office" / "z04.d.xlsx"
    form = form_of_draft(proposed(emptied(source, tmp_path / "整体.xlsx")))
    begun = new_filing(form, 2025, "某局", counter())
    names = {r.get("level3") for r in begun.rows if r.get("level3")}
    printed = {f.standard.name for f in catalog().form("zhengzhou-2021/overall-target").tree.fixed}
    assert len(names & printed) > 12 and names <= {
        i.text.strip() for i in open_blank(tmp_path / "整体.xlsx").items
    }


def test_an_indicator_that_is_printed_whole_is_one_of_the_tree(tmp_path: Path) -> None:
    book = load_workbook(excel(tmp_path / "跟踪.xlsx"))
    for column, text in enumerate(("竣工项目", "≥3个", "无", "无"), 3):
        book["绩效跟踪"].cell(6, column).value = text
    book.save(tmp_path / "跟踪.xlsx")
    tree = proposed(tmp_path / "跟踪.xlsx").section("indicators")
    assert tree.groups[0] == ("产出指标", "数量指标") and tree.rows == (("竣工项目",), (), ())


def test_one_sheet_of_a_workbook_is_taken_in(tmp_path: Path) -> None:
    source = read_file(excel(tmp_path / "跟踪.xlsx"))
    assert len(sheets_of(source)) == 2
    with pytest.raises(InputRefused) as told:
        propose(source, catalog().forms.values(), "跟踪.xlsx", sheet=1)
    assert told.value.code == "no-table"


# --- corrections --------------------------------------------------------------------------------------------------------------


def test_a_corrected_label_stands_on_paper_and_its_kind_counts(draft: FormDraft) -> None:
    money = next(s for s in draft.sections if s.label == "资金来源（万元）")
    column = replace(money.columns[2], label="上级补助资金", kind="money", required=True)
    form = form_of_draft(with_column(draft, money.id, column))
    field = form.section(money.id).field(column.id)
    assert field and (field.kind, field.required) == ("money", True)
    filing = new_filing(form, 2024, "某局", counter())
    printed = [c.text for t in as_source(compose(form, filing).document).tables for c in t.cells]
    assert "上级补助资金" in printed and "上级补助" not in printed
    assert any(f.place.column == column.id for f in check(form, filing))


def test_a_cell_that_is_not_to_be_filled_is_no_column_and_its_label_stays(draft: FormDraft) -> None:
    changed = without_column(draft, "basic", draft.section("basic").columns[2].id)
    assert [c.label for c in changed.section("basic").columns] == ["单位名称", "项目名称", "立项依据"]
    form = form_of_draft(changed)
    printed = [
        c.text
        for t in as_source(compose(form, new_filing(form, 2024, "", counter())).document).tables
        for c in t.cells
    ]
    assert "项目负责人" in printed


def test_a_list_becomes_cells_and_a_list_again(draft: FormDraft) -> None:
    name = next(s.id for s in draft.sections if s.kind == "list")
    cells = as_kind(draft, name, "fields")
    assert form_of_draft(cells).section(name).kind == "fields"
    assert [p.rows for p in as_kind(cells, name, "list").parts] == [p.rows for p in draft.parts]
    assert as_kind(draft, name, "tree") == draft


def test_a_section_gets_another_name(draft: FormDraft) -> None:
    assert with_section(draft, "basic", "项目概况").section("basic").label == "项目概况"


def test_a_draft_that_is_not_whole_is_refused_with_the_reason(draft: FormDraft, tmp_path: Path) -> None:
    column = Column(draft.section("basic").columns[1].id, "")
    with pytest.raises(UserError) as told:
        save_form(tmp_path, catalog(), with_column(draft, "basic", column))
    assert told.value.code == "form-refused" and "不能为空" in told.value.message
    assert not own_forms(tmp_path).exists()


# --- kept -----------------------------------------------------------------------------------------------------------------------


def test_a_kept_form_is_known_at_the_next_start_with_its_blank_beside_it(
    draft: FormDraft, tmp_path: Path
) -> None:
    blank = tmp_path / "评估.docx"
    form = save_form(tmp_path / "data", catalog(), draft, blank)
    found = load(own=tmp_path / "data")
    assert found.forms[form.id] == form and found.faults == ()
    kept = blank_of(tmp_path / "data", form)
    assert kept and kept.read_bytes() == blank.read_bytes()
    second = save_form(tmp_path / "data", found, draft)
    assert second.id != form.id


def test_a_faulty_form_of_the_users_is_told_and_takes_away_no_other(draft: FormDraft, tmp_path: Path) -> None:
    form = save_form(tmp_path, catalog(), draft)
    wrong = own_forms(tmp_path) / "own-9" / "form-9.toml"
    wrong.parent.mkdir()
    wrong.write_text("format = 1\nunknown = 2\n", encoding="utf-8")
    found = load(own=tmp_path)
    assert form.id in found.forms and len(found.faults) == 1 and "own-9" in found.faults[0].message


# --- everything works on it -----------------------------------------------------------------------------------------------------


def example(form: Form) -> Filing:
    cells = {
        s.id: {
            f.id: f"{n}{m}" if f.kind in ("money", "number") else f"内容{n}{m}"
            for m, f in enumerate(s.fields, 1)
        }
        for n, s in enumerate(form.sections, 1)
        if s.kind == "fields"
    }
    rows = [Row(s, s, MappingProxyType(c)) for s, c in cells.items()]
    for section in form.sections:
        if section.kind == "list":
            rows += [
                Row(
                    f"{section.id}-{n}",
                    section.id,
                    MappingProxyType({f.id: f"{n}{m}" for m, f in enumerate(section.fields)}),
                )
                for n in range(1, 6)
            ]
    return empty_filing(form, 2024, tuple(rows))


def plain(form: Form, filing: Filing) -> list[tuple[str, dict[str, object]]]:
    """Rows section by section; amounts by their value (``100`` is ``100.00``), empty cells not at all."""

    def cell(section: str, column: str, text: str) -> object:
        field = form.section(section).field(column)
        value = parse_amount(text).value if field and field.kind == "money" else None
        return text if value is None else value

    rows = (r for s in form.sections for r in filing.section(s.id))
    found = ((r.section, {c: cell(r.section, c, t) for c, t in r.cells.items() if t}) for r in rows)
    return [(section, cells) for section, cells in found if cells]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_what_is_exported_is_read_again(draft: FormDraft, tmp_path: Path, kind: str) -> None:
    form = form_of_draft(draft)
    filing = example(form)
    path = tmp_path / f"导出.{kind}"
    write(compose(form, filing).document, path)
    (one,) = recognise(read_file(path), knowing(form), counter()).filings
    assert (one.filing.form, one.filing.year, one.filing.unit_name) == (form.id, 2024, filing.unit_name)
    assert plain(form, one.filing) == plain(form, filing)


def test_an_entry_that_says_what_a_label_says_stays_an_entry(draft: FormDraft) -> None:
    form = form_of_draft(draft)
    filing = example(form)
    named = Row("x", "part2", MappingProxyType({"c1": "评估结论", "quantity": "3"}))
    filing = empty_filing(form, 2024, (*filing.rows, named))
    (one,) = recognise(as_source(compose(form, filing).document), knowing(form), counter()).filings
    assert plain(form, one.filing) == plain(form, filing)


def test_the_blank_itself_is_filled(draft: FormDraft, tmp_path: Path) -> None:
    form = form_of_draft(draft)
    filing, blank, target = example(form), tmp_path / "评估.docx", tmp_path / "填好.docx"
    made = plan(open_blank(blank), form, filing, knowing(form), counter())
    assert made.missing == () and made.added_rows == 2
    target.write_bytes(filled_bytes(blank, made.edits))
    (one,) = recognise(read_file(target), knowing(form), counter()).filings
    assert plain(form, one.filing) == plain(form, filing) and one.filing.year == 2024


def test_other_files_are_read_as_before(draft: FormDraft, forms: Path) -> None:
    path = forms / "office" / "z04.c.docx"
    own = recognise(read_file(path), knowing(form_of_draft(draft)), counter())
    assert own == recognise(read_file(path), catalog(), counter())


with TemporaryDirectory() as _folder:
    _FORMS = (
        form_of_draft(proposed(word(Path(_folder) / "a.docx")), "own-1", "form-1"),
        form_of_draft(proposed(excel(Path(_folder) / "b.xlsx")), "own-2", "form-2"),
    )


@settings(max_examples=60)
@given(data=st.data())
def test_law_2_holds_for_forms_that_were_taken_in(data: st.DataObject) -> None:
    """recognise(tables(compose(filing))) == filing, for any entries that are not the form's own words."""
    form = data.draw(st.sampled_from(_FORMS))
    filing = data.draw(strategies._of(form))
    found = recognise(as_source(compose(form, filing).document), knowing(form), counter()).filings
    assert len(found) == 1
    assert plain(form, found[0].filing) == plain(form, filing)
