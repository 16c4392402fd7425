"""Pages of a foreign PDF as pictures, drawn in the reading child process: this one never opens the file."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from perfdesk.formats.budget import Budget
from perfdesk.formats.pdf_picture import Picture, page_sizes, picture, picture_height

LARGEST = 3_000
"""Pixels of a side."""


class PagePicture(NamedTuple):
    """``scale``: pixels a pt."""

    picture: Picture
    scale: float


def page_picture(
    path: str, page: int, width: int, cancelled: Callable[[], bool] | None = None
) -> PagePicture:
    """Page ``page`` (from 0) of a PDF, ``width`` pixels wide. InputRefused as ``read``, code ``cancelled`` too."""
    from perfdesk.formats.read import ask

    told = ask({"page": page, "width": min(width, LARGEST), "path": path}, Path(path).name, cancelled)
    pixels = zlib.decompress(base64.b64decode(told["pixels"]))
    return PagePicture(Picture(told["width"], told["height"], pixels), told["scale"])


def draw(job: Mapping[str, Any], progress: Callable[[], None]) -> dict[str, object]:
    """``{"page": n, "width": pixels, "path": …}`` → the picture as plain data; for the child."""
    from perfdesk.formats.child import work_on

    def drawn(_: str, file: BinaryIO, budget: Budget) -> PagePicture:
        budget.file(file.seek(0, 2), budget.limits.part)
        file.seek(0)
        data = file.read()
        page, width = int(job["page"]), int(job["width"])
        size = page_sizes(data)[page]
        high = min(picture_height(size, width), LARGEST)
        return PagePicture(picture(data, page, width, (0, high)), width / size[0])

    made, scale = work_on(job["path"], drawn, progress)
    pixels = base64.b64encode(zlib.compress(made.pixels, 1)).decode()
    return {"width": made.width, "height": made.height, "pixels": pixels, "scale": scale}
