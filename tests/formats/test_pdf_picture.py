"""Pictures of pages show what the file holds, in the size that was asked for, whole or in bands, from several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest

from perfdesk.document.blocks import Document, Heading, Page, PageBreak, Paragraph
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.pdf_picture import Picture, page_sizes, picture, picture_height
from perfdesk.formats.write import pages, write_bytes

WHITE = b"\xff\xff\xff"
DOCUMENT = Document(Page(), (Heading("整体绩效目标申报表"), PageBreak(), Paragraph("第二页的一段话")))


@cache
def pdf(landscape: bool = False) -> bytes:
    page = Page(width=297.0, height=210.0) if landscape else Page()
    return write_bytes(Document(page, DOCUMENT.blocks), "pdf", Fonts.shipped())


def rows(shown: Picture) -> list[bytes]:
    step = shown.width * 4
    return [shown.pixels[n * step : (n + 1) * step] for n in range(shown.height)]


def inked(row: bytes) -> bool:
    return any(row[n : n + 3] != WHITE for n in range(0, len(row), 4))


@pytest.mark.parametrize("width", [1, 300, 1241])
def test_a_picture_has_the_width_that_was_asked_for_and_the_pages_shape(width: int) -> None:
    shown = picture(pdf(), 0, width)
    assert (shown.width, shown.height) == (width, max(1, round(width * 297 / 210)))
    assert len(shown.pixels) == shown.width * shown.height * 4
    assert shown.height == picture_height(page_sizes(pdf())[0], width)


def test_every_page_has_its_size_and_a_page_on_its_side_is_wide() -> None:
    upright, lying = page_sizes(pdf()), page_sizes(pdf(landscape=True))
    assert [tuple(round(v) for v in size) for size in upright] == [(595, 842), (595, 842)]
    assert [tuple(round(v) for v in size) for size in lying] == [(842, 595), (842, 595)]


def test_the_ink_lies_where_the_layout_says() -> None:
    width = 1190
    shown = picture(pdf(), 0, width)
    heading = pages(DOCUMENT, Fonts.shipped())[0].texts[0]
    scale = width / page_sizes(pdf())[0][0]
    inked_rows = [n for n, row in enumerate(rows(shown)) if inked(row)]
    middle_of_page = [n for n in inked_rows if n < shown.height * 0.9]
    assert heading.y * scale <= middle_of_page[0]
    assert middle_of_page[-1] <= (heading.y + heading.height) * scale
    assert inked_rows[-1] > shown.height * 0.9, "the page number stands at the foot"


def test_bands_put_together_are_the_page() -> None:
    whole = picture(pdf(), 1, 700)
    bands = [
        picture(pdf(), 1, 700, (top, min(256, whole.height - top))) for top in range(0, whole.height, 256)
    ]
    assert b"".join(b.pixels for b in bands) == whole.pixels
    assert [b.height for b in bands[:-1]] == [256] * (len(bands) - 1)


def test_a_page_that_is_not_there_is_a_mistake_of_the_caller() -> None:
    for number in (-1, 2):
        with pytest.raises(IndexError):
            picture(pdf(), number, 100)


def test_threads_get_the_same_pictures_as_one_thread_alone() -> None:
    wanted = [(n % 2, 200 + n) for n in range(24)]
    alone = [picture(pdf(), page, width) for page, width in wanted]
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda what: picture(pdf(), *what), wanted))
    assert together == alone
