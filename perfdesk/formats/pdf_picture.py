"""Pages of a finished PDF as pictures, by the engine that Chrome prints with: what is seen is what is in the file.

The engine is not made for threads; every call opens, draws and closes under one lock, so that nothing of it outlives the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any

from perfdesk.errors import UserError

_ENGINE = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """``pixels``: rows from the top, four bytes a pixel in the order blue, green, red, unused; no padding between rows."""

    width: int
    height: int
    pixels: bytes


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in pt."""
    with _ENGINE, _opened(pdf) as file:
        return tuple(file.get_page_size(number) for number in range(len(file)))


def picture(pdf: bytes, page: int, width: int, band: tuple[int, int] | None = None) -> Picture:
    """Page ``page`` (from 0) ``width`` pixels wide; ``band`` (top and height in pixels): only this part of it.

    UserError ``no-picture`` where memory does not suffice for it. IndexError for a page that is not there.
    """
    with _ENGINE, _opened(pdf) as file:
        if not 0 <= page < len(file):
            raise IndexError(f"page {page} of {len(file)}")
        shown = file[page]
        try:
            return _drawn(shown, width, band)
        finally:
            shown.close()


def picture_height(size: tuple[float, float], width: int) -> int:
    """In pixels: how high a page of this size is when it is ``width`` wide."""
    return max(1, round(size[1] * width / size[0]))


def _opened(pdf: bytes) -> Any:
    return _library().PdfDocument(pdf)


def _library() -> Any:
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    return pypdfium2


def _drawn(page: Any, width: int, band: tuple[int, int] | None) -> Picture:
    engine = _library().raw
    whole = picture_height(page.get_size(), width)
    top, height = band or (0, whole)
    try:
        bitmap = _library().PdfBitmap.new_native(width, height, engine.FPDFBitmap_BGRx)
        try:
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
            engine.FPDF_RenderPageBitmap(bitmap, page, 0, -top, width, whole, 0, engine.FPDF_ANNOT)
            return Picture(width, height, bytes(bitmap.buffer))
        finally:
            bitmap.close()
    except MemoryError as error:
        raise UserError("no-picture", "内存不足，不能画出这一页。请缩小显示比例，或关闭其他程序。") from error
