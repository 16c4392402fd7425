"""A finished picture as a drawing: as wide as it is asked to be, and never larger than the page."""

from __future__ import annotations

import struct

from perfdesk.document.blocks import Picture
from perfdesk.document.drawing import Drawing, Image
from perfdesk.units import mm_to_pt

ROOM = 6.0
"""Below a picture, in pt."""
TALLEST = 0.6
"""Of the page's height: text should find room beside it."""


def picture_drawing(picture: Picture, width: float, height: float) -> Drawing:
    """In the middle of ``width`` pt, on a page of ``height`` pt."""
    pixels = png_size(picture.png)
    wide = min(mm_to_pt(picture.width), width, height * TALLEST * pixels[0] / pixels[1])
    tall = wide * pixels[1] / pixels[0]
    image = Image((width - wide) / 2, 0.0, wide, tall, picture.png)
    return Drawing(width, tall + ROOM, (), (), (), (image,))


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels. ValueError for what is no PNG."""
    if png[:8] != b"\x89PNG\r\n\x1a\n" or len(png) < 24:
        raise ValueError("no PNG")
    wide, tall = struct.unpack(">II", png[16:24])
    return wide, tall
