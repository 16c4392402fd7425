"""Lengths in the units that the file formats want: millimetres and points in, whole units out."""

from __future__ import annotations

MM_PER_INCH = 25.4
POINTS_PER_INCH = 72
PIXELS_PER_INCH = 96
TWIPS_PER_POINT = 20
TWIPS_PER_INCH = TWIPS_PER_POINT * POINTS_PER_INCH


def mm_to_pt(mm: float) -> float:
    return mm / MM_PER_INCH * POINTS_PER_INCH


def pt_to_mm(pt: float) -> float:
    return pt / POINTS_PER_INCH * MM_PER_INCH


def mm_to_twips(mm: float) -> int:
    """Word's unit of lengths, 1/20 pt."""
    return round(mm / MM_PER_INCH * TWIPS_PER_INCH)


def pt_to_twips(pt: float) -> int:
    return round(pt * TWIPS_PER_POINT)


def pt_to_half_points(pt: float) -> int:
    """Word's unit of letter sizes."""
    return round(pt * 2)


def mm_to_inches(mm: float) -> float:
    """Excel's unit of margins."""
    return mm / MM_PER_INCH


def mm_to_pixels(mm: float) -> int:
    """Excel's unit of column widths at 96 dots per inch: rounded down, so that a page's columns never exceed the page."""
    return int(mm / MM_PER_INCH * PIXELS_PER_INCH)
