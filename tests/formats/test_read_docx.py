"""Word files in all the ways in which word processors write the same page: no text vanishes, every cell stands in its column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfdesk.document.grid import Grid
from perfdesk.document.source import Source, SourceText
from perfdesk.formats.child import read_file
from tests.formats.hostile import STRICT, docx, docx_parts, p, tbl, tc, tr, word_part, zipped

Given = Callable[..., Source]


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """Reads a document of this body (and parts beside it)."""

    def read(body: str, *beside: tuple[str, str, str]) -> Source:
        file = tmp_path / "文档.docx"
        file.write_bytes(docx(body, *beside))
        return read_file(file)

    return read


def spans(table: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.col, c.rowspan, c.colspan, c.text) for c in table.cells]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def alternates(new: str, old: str) -> str:
    choice = f"<mc:Choice Requires='wps'>{new}</mc:Choice>"
    return f"<mc:AlternateContent>{choice}<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"


def one_text(source: Source) -> str:
    (item,) = source.items
    assert isinstance(item, SourceText)
    return item.text


SHOWN = '<w:vanish w:val="0"/>'


# --- texts ---


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>财政</w:t><w:tab/><w:t>性</w:t><w:br/><w:t>资金</w:t></w:r>", "财政\t性\n资金"),
        ("<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5</w:t><w:softHyphen/><w:cr/><w:t>月</w:t></w:r>", "3-5\n月"),
        (f"<w:ins w:id='1'>{run('新增')}</w:ins><w:del w:id='2'><w:r><w:delText>删</w:delText></w:r></w:del>", "新增"),
        (f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo>", "新处"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件里')}</w:sdtContent></w:sdt>{run('外')}", "控件里外"),
        (f"<w:hyperlink r:id='x'>{run('链接')}</w:hyperlink><w:smartTag>{run('标记')}</w:smartTag>", "链接标记"),
        (f"<w:fldSimple w:instr='DATE'>{run('2021年')}</w:fldSimple>", "2021年"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>SUM(A)</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('12.50')}<w:r><w:fldChar w:fldCharType='end'/></w:r>{run('万')}",
            "12.50万",
        ),
        ("<m:oMath><m:r><m:t>≥</m:t></m:r><m:r><m:t>95</m:t></m:r></m:oMath><w:r><w:t>%</w:t></w:r>", "≥95%"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>", "1/3"),
        ("<m:oMath><m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>", "m²"),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t>90</w:t></w:r>", "≥90"),
        ("<w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\uf0b390％£</w:t></w:r>", "≥90％£"),
        ("<w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>\uf0fe是</w:t></w:r>", "☑是"),
        ("<w:r><w:sym w:font='Wingdings 2' w:char='F052'/><w:t>是</w:t></w:r>", "☑是"),
        (alternates(run("新"), run("旧")), "新"),
        (alternates("", run("只有旧")), "只有旧"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>jì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>绩</w:t></w:r></w:rubyBase></w:ruby></w:r>", "绩"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='优'/>"
            "<w:listEntry w:val='良'/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "良",
        ),
        ("<w:r><w:t>  前后  </w:t></w:r>", "前后"),
        ("<w:r><w:t xml:space='preserve'>  前后  </w:t></w:r>", "  前后  "),
        ("<w:unknown>" + run("没见过的标记里") + "</w:unknown>", "没见过的标记里"),
        ("<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>" + run("自动编号的条目"), "自动编号的条目"),
        ("<w:r><w:t>前</w:t></w:r><!-- 注 --><?go on?><w:r><w:t>后</w:t></w:r>", "前后"),
    ],
)  # fmt: skip
def test_the_text_a_reader_sees_is_read(given: Given, inner: str, text: str) -> None:
    source = given(f"<w:p>{inner}</w:p>")
    assert (one_text(source), source.leftovers) == (text, ())


@pytest.mark.parametrize("where", ["paragraph", "cell"])
def test_hidden_text_and_text_boxes_are_leftovers_and_come_once(given: Given, where: str) -> None:
    box = f"<w:txbxContent>{p('框里')}</w:txbxContent>"
    inner = (
        f"{run('藏', '<w:vanish/>')}{run('显', SHOWN)}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}"
        f"</mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph = f"<w:p>{inner}</w:p>"
    source = given(paragraph if where == "paragraph" else tbl(f"<w:tr><w:tc>{paragraph}</w:tc></w:tr>"))
    texts = [i.text if isinstance(i, SourceText) else i.grid.cells[0].text for i in source.items]
    assert texts == ["显"]
    assert sorted(source.leftovers) == ["文本框：框里", "隐藏文字：藏"]


def test_a_field_whose_code_never_ends_swallows_nothing(given: Given) -> None:
    source = given(f"<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>{run('码')}</w:p>{p('后文')}")
    assert (one_text(source), source.leftovers) == ("后文", ("域代码：码",))


def test_headers_footers_notes_and_comments_are_leftovers_but_no_page_numbers(given: Given) -> None:
    def part(kind: str, root: str, text: str) -> tuple[str, str, str]:
        return kind, f"{kind}.xml", word_part(root, text)

    source = given(
        p("正文"),
        part("header", "hdr", p("某局文件")),
        part("footer", "ftr", p("— 1 —") + p("第 3 页 共 5 页")),
        part("footnotes", "footnotes", f"<w:footnote>{p('数据截至年底')}</w:footnote>"),
        part("comments", "comments", f"<w:comment>{p('请核对')}</w:comment>"),
    )
    assert source.leftovers == ("页眉：某局文件", "脚注：数据截至年底", "批注：请核对")


def test_paragraphs_and_tables_come_in_the_order_of_the_page_with_their_places(given: Given) -> None:
    source = given(p("一") + "<w:p/>" + p("  ") + tbl(tr(tc("甲"))) + f"<w:sdt><w:sdtContent>{p('二')}</w:sdtContent></w:sdt>"
                   + tbl(tr(tc("乙"))) + "<w:sectPr/>")  # fmt: skip
    assert [i.where for i in source.items] == ["第 1 段", "表 1", "第 2 段", "表 2"]


def test_both_branches_of_an_alternate_at_the_level_of_paragraphs_come_once(given: Given) -> None:
    source = given(alternates(p("甲"), p("甲")))
    assert one_text(source) == "甲"


def test_paragraphs_of_a_cell_are_lines_and_a_deleted_end_joins_them(given: Given) -> None:
    joined = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{run('前半')}</w:p>{p('后半')}"
    source = given(tbl(f"<w:tr><w:tc>{p('一')}<w:p/>{p('三')}</w:tc><w:tc>{joined}</w:tc></w:tr>"))
    assert [c.text for c in source.tables[0].cells] == ["一\n\n三", "前半后半"]


def test_a_table_within_a_cell_is_text_of_the_cell(given: Given) -> None:
    inner = tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2")))
    source = given(
        tbl(f"<w:tr><w:tc>{p('其中：')}{inner}<w:p/></w:tc>{tc('旁')}</w:tr>", tr(tc("下"), tc("右")))
    )
    assert [c.text for c in source.tables[0].cells] == ["其中：\n甲\t1\n乙\t2", "旁", "下", "右"]


def test_a_table_that_only_frames_others_is_read_as_if_it_were_not_there(given: Given) -> None:
    form = tbl(tr(tc("甲"), tc("乙", DOWN)), tr(tc("丙"), tc("压住", ON)))
    frame = tbl(
        f"<w:tr><w:tc>{p('标题')}</w:tc></w:tr><w:tr><w:tc>{tbl(f'<w:tr><w:tc>{form}<w:p/></w:tc></w:tr>')}{p('注')}</w:tc></w:tr>"
    )
    source = given(p("前") + frame + tbl(tr(tc("后"))))
    told = [i.text if isinstance(i, SourceText) else i.grid.texts() for i in source.items]
    assert told == ["前", "标题", [["甲", "乙"], ["丙", ""]], "注", [["后"]]]
    assert source.leftovers == ("表 1 合并单元格内的隐藏文字：压住",)


def test_a_table_of_single_cells_without_tables_stays_a_table(given: Given) -> None:
    (table,) = given(tbl(tr(tc("一")), tr(tc("二")))).tables
    assert table.texts() == [["一"], ["二"]]


def test_rows_and_cells_inside_content_controls_count(given: Given) -> None:
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt>"
    source = given(
        tbl(f"<w:sdt><w:sdtContent>{tr(tc('甲'), wrapped)}</w:sdtContent></w:sdt>", tr(tc("丙"), tc("丁")))
    )
    assert source.tables[0].texts() == [["甲", "乙"], ["丙", "丁"]]


def test_strict_files_of_the_newer_standard_read_the_same(tmp_path: Path) -> None:
    parts = docx_parts(
        p("题") + tbl(tr(tc("甲", '<w:gridSpan w:val="2"/>')), tr(tc("乙"), tc("丙")), columns=2)
    )
    file = tmp_path / "a.docx"
    file.write_bytes(zipped(parts))
    usual = read_file(file)
    for name, content in parts.items():
        text = str(content)
        for transitional, strict in STRICT.items():
            text = text.replace(transitional, strict)
        parts[name] = text
    file.write_bytes(zipped(parts))
    assert read_file(file) == usual and usual.tables[0].texts() == [["甲", ""], ["乙", "丙"]]


# --- places ---


SPAN2, SPAN3 = '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_spans_and_skipped_columns_give_true_columns(given: Given) -> None:
    rows = (
        tr(tc("甲", SPAN2 + DOWN), tc("乙"), tc("丙")),
        tr(tc("", SPAN2 + ON), tc("丁", SPAN2)),
        tr(tc("戊", SPAN3), properties='<w:gridBefore w:val="1"/>'),
    )
    (table,) = given(tbl(*rows, columns=4)).tables
    assert spans(table) == [
        (0, 0, 2, 2, "甲"),
        (0, 2, 1, 1, "乙"),
        (0, 3, 1, 1, "丙"),
        (1, 2, 1, 2, "丁"),
        (2, 0, 1, 1, ""),
        (2, 1, 1, 3, "戊"),
    ]


@pytest.mark.parametrize("before", ["-3", "x", ""])
def test_a_senseless_number_of_skipped_columns_skips_none(given: Given, before: str) -> None:
    (table,) = given(tbl(tr(tc("甲"), tc("乙"), properties=f'<w:gridBefore w:val="{before}"/>'))).tables
    assert table.texts() == [["甲", "乙"]]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "99999999999999999999999999"])
def test_a_senseless_span_loses_no_text_and_makes_no_giant_grid(given: Given, span: str) -> None:
    rows = (tr(tc("甲", f'<w:gridSpan w:val="{span}"/>'), tc("乙")), tr(tc("丙"), tc("丁")))
    for columns in (0, 2):
        (table,) = given(tbl(*rows, columns=columns)).tables
        assert {c.text for c in table.cells} >= {"甲", "乙", "丙", "丁"}
        assert table.width <= 4


def test_a_last_cell_that_claims_a_million_columns_reaches_to_the_edge(given: Given) -> None:
    giant = '<w:gridSpan w:val="1000000"/>'
    for columns in (0, 3):
        (table,) = given(
            tbl(tr(tc("名"), tc("值", giant)), tr(tc("甲"), tc("乙"), tc("丙")), columns=columns)
        ).tables
        assert spans(table)[:2] == [(0, 0, 1, 1, "名"), (0, 1, 1, 2, "值")]


def test_rows_with_more_cells_than_the_grid_says_keep_them(given: Given) -> None:
    (table,) = given(tbl(tr(tc("甲"), tc("乙"), tc("丙")), tr(tc("丁")), columns=1)).tables
    assert table.texts() == [["甲", "乙", "丙"], ["丁", "", ""]]


def test_a_cell_that_continues_nothing_keeps_its_text(given: Given) -> None:
    (table,) = given(
        tbl(tr(tc("甲", ON), tc("一")), tr(tc("乙", ON), tc("二")), tr(tc("", ON), tc("三")))
    ).tables
    assert [s for s in spans(table) if s[1] == 0] == [(0, 0, 1, 1, "甲"), (1, 0, 2, 1, "乙")]


def test_a_continuing_cell_of_another_width_is_a_cell_of_its_own(given: Given) -> None:
    rows = (
        tr(tc("甲", DOWN), tc("一"), tc("二")),
        tr(tc("乙", SPAN2 + ON), tc("三")),
        tr(tc("", ON), tc("四"), tc("五")),
    )
    (table,) = given(tbl(*rows, columns=3)).tables
    assert table.texts() == [["甲", "一", "二"], ["乙", "", "三"], ["", "四", "五"]]


def test_text_hidden_under_a_merge_is_a_leftover_unless_it_is_the_same(given: Given) -> None:
    source = given(tbl(tr(tc("甲", DOWN)), tr(tc("甲", ON)), tr(tc("压住的", ON))))
    assert spans(source.tables[0]) == [(0, 0, 3, 1, "甲")]
    assert source.leftovers == ("表 1 合并单元格内的隐藏文字：压住的",)


def test_old_merges_across_join_cells(given: Given) -> None:
    across, further = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    (table,) = given(
        tbl(tr(tc("甲", across), tc("", further), tc("乙")), tr(tc("一"), tc("二"), tc("三")))
    ).tables
    assert table.texts() == [["甲", "", "乙"], ["一", "二", "三"]] and table.cells[0].colspan == 2


def test_edges_that_do_not_quite_meet_make_no_column(given: Given) -> None:
    rows = (tr(tc("甲"), tc("乙", SPAN2)), tr(tc("丙", SPAN2), tc("丁")))
    (table,) = given(tbl(*rows, widths=(3000, 20, 3000))).tables
    assert table.texts() == [["甲", "乙"], ["丙", "丁"]]


def test_a_narrow_column_with_a_cell_of_its_own_does_not_keep_the_others(given: Given) -> None:
    rows = (
        tr(tc("甲"), tc("乙"), tc("丙", SPAN2), tc("丁")),
        tr(tc("戊"), tc("己"), tc("庚"), tc("辛", SPAN2)),
    )
    (table,) = given(tbl(*rows, widths=(3000, 20, 3000, 20, 3000))).tables
    assert table.texts() == [["甲", "乙", "丙", "丁"], ["戊", "己", "庚", "辛"]]


def test_widths_that_are_all_nothing_say_nothing(given: Given) -> None:
    rows = (tr(tc("甲", SPAN2), tc("乙")), tr(tc("丙"), tc("丁", SPAN2)))
    (table,) = given(tbl(*rows, widths=(0, 0, 0))).tables
    assert table.texts() == [["甲", "", "乙"], ["丙", "丁", ""]]


def test_a_narrow_column_with_a_cell_of_its_own_stays(given: Given) -> None:
    (table,) = given(tbl(tr(tc("甲"), tc("乙"), tc("丙")), widths=(3000, 20, 3000))).tables
    assert table.texts() == [["甲", "乙", "丙"]]


def test_leading_rows_marked_as_header_are_header_rows(given: Given) -> None:
    head = "<w:tblHeader/>"
    (table,) = given(
        tbl(
            tr(tc("一"), properties=head),
            tr(tc("二"), properties=head),
            tr(tc("三")),
            tr(tc("四"), properties=head),
        )
    ).tables
    assert table.header_rows == 2


def test_a_row_deleted_under_revision_is_gone(given: Given) -> None:
    (table,) = given(tbl(tr(tc("留")), tr(tc("删"), properties='<w:del w:id="1"/>'))).tables
    assert table.texts() == [["留"]]


def test_a_main_part_of_any_name_is_found_by_its_relation(tmp_path: Path) -> None:
    parts = docx_parts(p("正文"))
    parts["Word\\Haupt.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("word/document.xml", "/word/haupt.xml")
    parts["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace(
        "/word/document.xml", "/WORD/haupt.xml"
    )
    file = tmp_path / "a.docx"
    file.write_bytes(zipped(parts))
    assert one_text(read_file(file)) == "正文"


# --- contents ---


def entry(text: str, page: str) -> str:
    """A line of contents as Word writes it."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = '<w:r><w:instrText xml:space="preserve"> PAGEREF _Toc1 \\h </w:instrText></w:r>'
    return f"<w:p>{run(text)}<w:r><w:tab/></w:r>{marks[0]}{code}{marks[1]}{run(page)}{marks[2]}</w:p>"


def test_contents_that_say_headings_again_are_no_texts_of_their_own(given: Given) -> None:
    source = given(
        entry("一、 收入情况", "3") + entry("附件3", "12") + p("一、收入情况") + p("附件3") + p("合计\t100")
    )
    assert [i.text for i in source.items if isinstance(i, SourceText)] == [
        "一、收入情况",
        "附件3",
        "合计\t100",
    ]
    assert source.leftovers == ()


def test_what_refers_to_a_page_and_stands_nowhere_else_stays(given: Given) -> None:
    source = given(entry("没有的标题", "3") + entry("没有的标题", "3") + p("一、收入情况"))
    texts = [i.text for i in source.items if isinstance(i, SourceText)]
    assert texts == ["没有的标题\t3", "没有的标题\t3", "一、收入情况"]
