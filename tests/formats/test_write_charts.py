"""Charts: bars as long as their values, nothing of them lost, in a pdf as in Word."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from PIL import Image

from perfdesk.document.blocks import Bar, Chart, Document, Heading, Paragraph
from perfdesk.document.charts import drawings, values_table
from perfdesk.document.drawing import Drawing
from perfdesk.document.measure import approximate_width
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.write import pages, write_bytes
from perfdesk.units import mm_to_pt
from tests.formats.written import CHARTS, paper

SHIPPED = Fonts.shipped()
INCOME = Chart(
    ("2021年", "2022年"),
    (
        Bar("一般公共预算", (Decimal("51200.40"), Decimal("53440.88"))),
        Bar("政府性基金", (None, Decimal(32000))),
        Bar("其他收入", (Decimal(0), Decimal("1550.98"))),
    ),
    "收入构成",
)


def drawn(chart: Chart, height: float = 700.0) -> list[Drawing]:
    return drawings(chart, 480.0, height, approximate_width)


def test_bars_are_as_long_as_their_values_and_a_missing_one_is_none() -> None:
    (whole,) = drawn(INCOME)
    legend, bars = whole.boxes[:2], whole.boxes[2:]
    assert [b.colour for b in legend] == [bars[0].colour, bars[1].colour]
    values = [51200.40, 53440.88, 32000, 0, 1550.98]
    longest = max(b.width for b in bars)
    assert [b.width / longest for b in bars] == pytest.approx(
        [max(v / 53440.88, 0.5 / longest) for v in values]
    )
    assert len({b.x for b in bars}) == 1
    shown = [label.text for label in whole.labels]
    assert shown.count("32,000.00") == 1
    assert {"2021年", "2022年", "一般公共预算", "0.00", "1,550.98"} <= set(shown)


def test_values_below_zero_go_to_the_left_of_it() -> None:
    (whole,) = drawn(Chart(("差额",), (Bar("甲", (Decimal(-20),)), Bar("乙", (Decimal(40),)))))
    low, high = whole.boxes
    assert low.x + low.width == pytest.approx(high.x)
    assert high.width == pytest.approx(2 * low.width)


def test_a_chart_taller_than_a_page_goes_on_with_the_same_scale() -> None:
    chart = Chart(("数",), tuple(Bar(f"{n}类", (Decimal(n),)) for n in range(1, 90)))
    parts = drawn(chart)
    assert len(parts) > 2
    assert all(part.height <= 700 for part in parts)
    widths = [box.width for part in parts for box in part.boxes]
    assert [w / widths[-1] * 89 for w in widths] == pytest.approx(list(range(1, 90)))


TOTALS = Chart(
    ("总分",),
    (Bar("2021年", (Decimal(87),)), Bar("2022年", (None,)), Bar("2023年", (Decimal("91.5"),)), Bar("2024年", (Decimal("88.5"),))),
    "历年总分",
    "line",
)  # fmt: skip


def test_a_line_goes_from_value_to_value_by_their_size_and_breaks_where_one_is_missing() -> None:
    (whole,) = drawn(TOTALS)
    axis, line = whole.strokes
    assert axis.points[0][1] == axis.points[1][1] > max(y for _, y in line.points)
    dots = [(b.x + b.width / 2, b.y + b.height / 2) for b in whole.boxes]
    assert line.points == tuple(dots[1:])
    low, high, last = (y for _, y in dots)
    assert (low - last) / (low - high) == pytest.approx((88.5 - 87) / (91.5 - 87))
    assert {"2022年", "87.00", "91.50", "88.50"} <= {label.text for label in whole.labels}


def test_values_that_hardly_differ_do_not_look_as_if_they_did() -> None:
    values = (Decimal("93.2"), Decimal("93.3"))
    (whole,) = drawn(Chart(("总分",), tuple(Bar(str(v), (v,)) for v in values), "", "line"))
    low, high = whole.boxes
    assert 0 < low.y - high.y < 3


def test_many_points_go_on_in_another_part_on_the_same_scale() -> None:
    points = tuple(Bar(f"{1990 + n}年", (Decimal(n),)) for n in range(40))
    parts = drawn(Chart(("数",), points, "", "line"))
    assert len(parts) > 1
    assert [label.text for part in parts for label in part.labels if "年" in label.text] == [
        b.label for b in points
    ]
    ys = [b.y for part in parts for b in part.boxes]
    assert ys == sorted(ys, reverse=True)
    assert len({round(a - b, 6) for a, b in pairwise(ys)}) == 1


def test_a_line_is_ink_in_the_pdf() -> None:
    file = pypdfium2.PdfDocument(write_bytes(paper(TOTALS), "pdf", SHIPPED))
    picture = file[0].render(scale=2).to_pil().convert("RGB")
    blue = sum(count for count, (r, _, b) in picture.getcolors(1 << 20) or () if b > r + 80)
    squares = sum(box.width * box.height for box in drawn(TOTALS)[0].boxes) * 4
    assert blue > squares * 2


@settings(max_examples=60)
@given(CHARTS)
def test_nothing_leaves_the_drawing(chart: Chart) -> None:
    for part in drawn(chart):
        for box in part.boxes:
            assert box.x >= 0
            assert box.x + box.width <= 480 + 0.1
            assert 0 <= box.y <= box.y + box.height <= part.height + 0.1
        assert all(label.x >= -0.1 and label.y >= -2 for label in part.labels)


def test_the_pdf_says_every_label_and_value_and_the_heading_stays_with_it() -> None:
    filler = [Paragraph("一", "note")] * 46
    document = paper(*filler, Heading("收入构成", 1, "heading1"), INCOME, Paragraph("注", "note"))
    first, second = pages(document, SHIPPED)
    assert not first.charts
    assert [t.title for t in second.texts if t.level] == ["收入构成"]
    (chart,) = second.charts
    note = second.texts[-1]
    assert chart.y + chart.drawing.height <= note.y
    file = pypdfium2.PdfDocument(write_bytes(document, "pdf", SHIPPED))
    shown = "".join(file[1].get_textpage().get_text_range().split())
    for row in values_table(INCOME).grid.texts():
        assert all(text in shown for text in row)


def test_word_has_the_drawing_as_a_picture_and_its_values_as_its_description() -> None:
    data = write_bytes(Document(paper().page, (Heading("图"), INCOME, INCOME)), "docx", SHIPPED)
    found = docx.Document(BytesIO(data))
    assert len(found.inline_shapes) == 2
    shape = found.inline_shapes[0]
    assert shape.width.pt == pytest.approx(mm_to_pt(170), abs=0.1)
    description = str(shape._inline.docPr.get("descr"))
    assert (
        "收入构成；2021年，2022年；一般公共预算，51,200.40，53,440.88；政府性基金，32,000.00" in description
    )
    with zipfile.ZipFile(BytesIO(data)) as file:
        picture = Image.open(BytesIO(file.read("word/media/chart1.png"))).convert("RGB")
    assert picture.width / picture.height == pytest.approx(shape.width / shape.height, rel=0.01)
    colours = {colour for _, colour in picture.getcolors(1 << 20) or ()}
    assert {(0x1C, 0x5B, 0xB8), (0xA9, 0xC1, 0xE8), (255, 255, 255)} <= colours
