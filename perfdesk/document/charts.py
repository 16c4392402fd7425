"""A chart's numbers: as a table for formats without pictures, and the lengths of its bars."""

from __future__ import annotations

from perfdesk.document.blocks import Chart, Table
from perfdesk.document.grid import Cell, grid

LABELS, VALUES = 50.0, 30.0
"""Widths of the table's columns in mm."""


def values_table(chart: Chart) -> Table:
    """One row for each bar, one column for each series."""
    cells = [Cell(0, 0, style="head")] + [Cell(0, n, s, style="head") for n, s in enumerate(chart.series, 1)]
    for row, bar in enumerate(chart.bars, 1):
        cells.append(Cell(row, 0, bar.label))
        for col, value in enumerate(bar.values, 1):
            cells.append(Cell(row, col, "" if value is None else value, format="amount", style="amount"))
    widths = (LABELS, *(VALUES for _ in chart.series))
    return Table(grid(widths, len(chart.bars) + 1, cells, 1), name=chart.name)
