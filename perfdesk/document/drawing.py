"""What a picture is made of: boxes, lines and texts, before any format draws them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """In pt from the drawing's top left corner; ``colour`` as RRGGBB."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Label:
    """One line whose letters begin at ``x`` and whose line begins at ``y``."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from point to point, ``width`` in pt."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Image:
    """A finished picture (PNG) in its place."""

    x: float
    y: float
    width: float
    height: float
    png: bytes


@dataclass(frozen=True, slots=True)
class Drawing:
    """Pictures, bars, lines below them, and texts (in the style ``chart``); sizes in pt."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    strokes: tuple[Stroke, ...] = ()
    images: tuple[Image, ...] = ()
