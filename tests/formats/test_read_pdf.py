"""PDF tables as pages show them: cells, lines that go on, rows and merged cells that a page cut – and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.errors import InputRefused
from perfdesk.formats.child import read_file
from tests.formats.pdf_made import HEIGHT, LINE, WIDTH, Draw, box, pdf, table, text

WIDTHS = (60.0, 105.0, 70.0)
HEAD = ("一级指标", "三级指标", "指标值")


def read_pages(folder: Path, *pages: Draw) -> Source:
    file = folder / "表.pdf"
    file.write_bytes(pdf(*pages))
    return read_file(file)


def drawn(rows: list[tuple[str | None, ...]], top: float = 700.0) -> Draw:
    return lambda canvas: void(table(canvas, top, WIDTHS, rows))


def void(_: object) -> None:
    """A drawing hands nothing back."""


def only(source: Source) -> SourceTable:
    (found,) = [i for i in source.items if isinstance(i, SourceTable)]
    return found


def cells(source: Source) -> list[tuple[int, int, int, str]]:
    """Row, column, how many rows, text."""
    return [(c.row, c.col, c.rowspan, c.text) for c in only(source).grid.cells]


def test_cells_lines_and_spans_are_read_as_drawn(tmp_path: Path) -> None:
    rows: list[tuple[str | None, ...]] = [HEAD, ("产出指标", "完成率", "≥95%"), (None, "及时率", "100%")]
    source = read_pages(tmp_path, drawn(rows, 100))
    assert (source.format, source.leftovers) == ("pdf", ())
    assert cells(source) == [(0, 0, 1, "一级指标"), (0, 1, 1, "三级指标"), (0, 2, 1, "指标值"), (1, 0, 2, "产出指标"),
                             (1, 1, 1, "完成率"), (1, 2, 1, "≥95%"), (2, 1, 1, "及时率"), (2, 2, 1, "100%")]  # fmt: skip


def test_a_line_that_fills_its_cell_goes_on_and_one_that_does_not_is_the_authors(tmp_path: Path) -> None:
    rows: list[tuple[str | None, ...]] = [
        ("甲", "按照年度工作部署完成|各项指标任务", ""),
        ("乙", "第一行|第二行", ""),
        ("丙", "完成专项资金支付使用|（含上年结转资金）", ""),
        ("丁", "投诉处理及时办结率为|100%", ""),
    ]
    source = read_pages(tmp_path, drawn(rows, 100))
    assert [t for _, c, _, t in cells(source) if c == 1] == [
        "按照年度工作部署完成各项指标任务",
        "第一行\n第二行",
        "完成专项资金支付使用（含上年结转资金）",
        "投诉处理及时办结率为100%",
    ]
    assert only(source).doubts == ()


def test_a_dash_at_the_end_of_a_line_is_read(tmp_path: Path) -> None:
    rows: list[tuple[str | None, ...]] = [("abc-", "项目实施周期为2021-|2023年", "≥5-")]
    assert [t for *_, t in cells(read_pages(tmp_path, drawn(rows, 100)))] == [
        "abc-",
        "项目实施周期为2021-2023年",
        "≥5-",
    ]


def test_a_list_whose_lines_are_full_is_doubtful(tmp_path: Path) -> None:
    rows: list[tuple[str | None, ...]] = [("甲", "一、完成年度部署；|二、做好各项保障", "")]
    source = read_pages(tmp_path, drawn(rows, 100))
    assert cells(source)[1][3] == "一、完成年度部署；\n二、做好各项保障"
    assert only(source).doubts == ((0, 1),)


def test_a_row_that_a_page_cut_is_one_row(tmp_path: Path) -> None:
    first: list[tuple[str | None, ...]] = [HEAD, ("产出指标", "按照年度工作部署完成", "≥95%")]
    second: list[tuple[str | None, ...]] = [("", "各项指标任务", ""), ("效益指标", "满意度", "≥90%")]
    source = read_pages(tmp_path, drawn(first), drawn(second, 40))
    assert cells(source)[3:] == [(1, 0, 1, "产出指标"), (1, 1, 1, "按照年度工作部署完成各项指标任务"), (1, 2, 1, "≥95%"),
                                 (2, 0, 1, "效益指标"), (2, 1, 1, "满意度"), (2, 2, 1, "≥90%")]  # fmt: skip


def test_a_row_that_a_page_cut_is_one_though_its_short_cells_are_said_again(tmp_path: Path) -> None:
    first: list[tuple[str | None, ...]] = [HEAD, ("产出指标", "按照年度工作部署完成", "≥95%")]
    second: list[tuple[str | None, ...]] = [
        ("产出指标", "各项指标任务", "≥95%"),
        ("产出指标", "满意度", "≥95%"),
    ]
    source = read_pages(tmp_path, drawn(first, 800), drawn(second, 40))
    assert [(r, t) for r, c, _, t in cells(source) if c < 2][2:] == [
        (1, "产出指标"), (1, "按照年度工作部署完成各项指标任务"), (2, "产出指标"), (2, "满意度")]  # fmt: skip


def test_two_rows_of_two_pages_stay_two(tmp_path: Path) -> None:
    first: list[tuple[str | None, ...]] = [HEAD, ("产出指标", "按照年度工作部署完成", "≥95%")]
    second: list[tuple[str | None, ...]] = [("效益指标", "满意度", ""), ("", "受益人数", "≥90人")]
    source = read_pages(tmp_path, drawn(first), drawn(second, 40))
    assert [(r, t) for r, c, _, t in cells(source) if c == 1] == [
        (0, "三级指标"),
        (1, "按照年度工作部署完成"),
        (2, "满意度"),
        (3, "受益人数"),
    ]


def test_a_merged_cell_that_a_page_cut_is_one_and_the_head_that_repeats_is_read_once(tmp_path: Path) -> None:
    first: list[tuple[str | None, ...]] = [HEAD, ("产出指标", "完成率", "≥95%"), (None, "及时率", "≥90%")]
    second: list[tuple[str | None, ...]] = [HEAD, ("", "合格率", "≥80%"), (None, "覆盖率", "≥70%")]
    source = read_pages(tmp_path, drawn(first), drawn(second, 40))
    assert [(r, n, t) for r, c, n, t in cells(source) if c == 0] == [(0, 1, "一级指标"), (1, 4, "产出指标")]
    assert only(source).grid.header_rows == 1
    assert [b.page for b in only(source).boxes if (b.row, b.col) == (1, 0)] == [0, 1]


def test_titles_page_numbers_and_running_heads_do_not_part_a_table(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            text(canvas, 200, 30, "绩效目标表")
            table(canvas, 60, WIDTHS, [HEAD, ("产出指标", f"第{'一二三'[number]}项完成率", "≥95%")])
            text(canvas, 280, HEIGHT - 40, f"第 {number + 1} 页")

        return draw

    source = read_pages(tmp_path, page(0), page(1), page(2))
    assert [i.text for i in source.items if isinstance(i, SourceText)] == ["绩效目标表"]
    assert only(source).grid.height == 4 and source.leftovers == ()


def test_a_paragraph_below_a_table_whose_last_cells_are_empty_stays_whole(tmp_path: Path) -> None:
    line = "以上各项由本单位按照年度工作部署如实填报并对真实性负责"

    def page(canvas: Canvas) -> None:
        end = table(canvas, 60, WIDTHS, [HEAD, ("合计", "", "")])
        text(canvas, 60, end + 20, line)

    assert [i.text for i in read_pages(tmp_path, page).items if isinstance(i, SourceText)] == [line]


def test_tables_of_other_columns_on_the_next_page_are_tables_of_their_own(tmp_path: Path) -> None:
    def other(canvas: Canvas) -> None:
        table(canvas, 60, (200.0, 200.0), [("甲", "乙"), ("丙", "丁")])

    source = read_pages(tmp_path, drawn([HEAD, ("甲", "乙", "丙")]), other)
    assert [t.width for t in source.tables] == [3, 2]


def test_borders_of_thin_bars_and_an_open_side_make_cells_too(tmp_path: Path) -> None:
    def bars(canvas: Canvas) -> None:
        for y in (100, 130, 160):
            canvas.rect(60, HEIGHT - y, 200, 0.5, stroke=0, fill=1)
        canvas.rect(160, HEIGHT - 160, 0.5, 60, stroke=0, fill=1)
        for n, word in enumerate(("甲", "乙", "丙", "丁")):
            text(canvas, 70 + 100 * (n % 2), 108 + 30 * (n // 2), word)

    assert [t for *_, t in cells(read_pages(tmp_path, bars))] == ["甲", "乙", "丙", "丁"]


def test_a_page_that_is_turned_reads_like_one_that_is_not(tmp_path: Path) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        canvas.translate(0, WIDTH - HEIGHT)
        table(canvas, 100, WIDTHS, [HEAD, ("产出指标", "完成率", "≥95%")])

    rows: list[tuple[str | None, ...]] = [HEAD, ("产出指标", "完成率", "≥95%")]
    straight = cells(read_pages(tmp_path, drawn(rows, 100)))

    source = read_pages(tmp_path, turned)
    assert cells(source) == straight


def test_a_frame_around_the_page_is_no_table(tmp_path: Path) -> None:
    def framed(canvas: Canvas) -> None:
        box(canvas, 20, 20, 575, 820)
        text(canvas, 200, 60, "关于绩效目标的说明")
        table(canvas, 100, WIDTHS, [HEAD])

    source = read_pages(tmp_path, framed)
    assert [i.text for i in source.items if isinstance(i, SourceText)] == ["关于绩效目标的说明"]
    assert [t for *_, t in cells(source)] == list(HEAD)


def test_lines_of_a_paragraph_are_put_together(tmp_path: Path) -> None:
    def letter(canvas: Canvas) -> None:
        for n, line in enumerate(
            ("　　" + "按照年度工作部署" * 5 + "完成各", "项指标任务。", "　　另起一段。")
        ):
            text(canvas, 60, 100 + n * LINE, line)

    source = read_pages(tmp_path, letter)
    texts = [i.text.strip("　") for i in source.items if isinstance(i, SourceText)]
    assert texts == ["按照年度工作部署" * 5 + "完成各项指标任务。", "另起一段。"]


def refusal(folder: Path, content: bytes) -> InputRefused:
    file = folder / "表.pdf"
    file.write_bytes(content)
    with pytest.raises(InputRefused) as caught:
        read_file(file)
    assert "表.pdf" in caught.value.message and "\n" not in caught.value.message
    return caught.value


def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path: Path) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 60), "white")), 0, 0, 595, 842)

    told = refusal(tmp_path, pdf(scan))
    assert told.code == "no-text" and "扫描件" in told.message and "OCR" in told.message
    assert refusal(tmp_path, pdf(lambda canvas: None)).code == "no-text"
    locked = pdf(lambda canvas: text(canvas, 60, 60, "甲"), encrypt=StandardEncryption("密", canPrint=0))
    assert refusal(tmp_path, locked).code == "encrypted"
    one = pdf(lambda canvas: text(canvas, 60, 60, "甲"))
    assert refusal(tmp_path, one[:200]).code == "broken"
    assert refusal(tmp_path, one.replace(b"/Count 1", b"/Count 2")).code == "broken"


def test_a_scanned_page_among_others_is_told(tmp_path: Path) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (40, 60), "white")), 0, 0, 595, 842)

    source = read_pages(tmp_path, drawn([HEAD, ("产出指标", "完成率", "≥95%")], 100), scan)
    assert source.leftovers == ("第 2 页是图片（扫描件），里面的文字没有读取",)


def test_too_many_lines_on_a_page_are_refused(tmp_path: Path) -> None:
    def hatched(canvas: Canvas) -> None:
        text(canvas, 10, 10, "甲")
        for n in range(4_200):
            canvas.line(0, n * 2.0, 500, n * 2.0)

    assert refusal(tmp_path, pdf(hatched)).code == "too-large"
