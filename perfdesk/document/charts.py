"""A chart's numbers: drawn as bars or lines, or as a table for formats without pictures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfdesk.document.blocks import Bar, Chart, Table
from perfdesk.document.drawing import Box, Drawing, Label
from perfdesk.document.grid import Cell, grid
from perfdesk.document.line_chart import line_drawings
from perfdesk.document.lines import Measure, break_lines
from perfdesk.document.theme import Style, chart_colour, style
from perfdesk.values import show_amount

LABELS, VALUES = 50.0, 30.0
"""Widths of the table's columns in mm."""
BAR, BETWEEN, APART, GAP = 11.0, 2.0, 8.0, 4.0
"""In pt: height of a bar, between the bars of one label, between labels, between bar and text."""
MOST_LABEL = 0.35
"""The part of the width that labels may take; longer ones break."""


def values_table(chart: Chart) -> Table:
    """One row for each bar, one column for each series."""
    cells = [Cell(0, 0, style="head")] + [Cell(0, n, s, style="head") for n, s in enumerate(chart.series, 1)]
    for row, bar in enumerate(chart.bars, 1):
        cells.append(Cell(row, 0, bar.label))
        for col, value in enumerate(bar.values, 1):
            cells.append(Cell(row, col, "" if value is None else value, format="amount", style="amount"))
    widths = (LABELS, *(VALUES for _ in chart.series))
    return Table(grid(widths, len(chart.bars) + 1, cells, 1), name=chart.name)


def drawings(chart: Chart, width: float, height: float, measure: Measure) -> list[Drawing]:
    """The chart in ``width`` pt, in as many parts as are needed for none to be taller than ``height``; all on one scale. ``measure``
    gives em in the face of the style ``chart``."""
    if chart.kind == "line":
        return line_drawings(chart, width, measure)
    scale = _Scale(chart, width, measure)
    parts: list[list[Bar]] = [[]]
    used = scale.legend_height
    for bar in chart.bars:
        needed = scale.bar_height(bar) + APART
        if parts[-1] and used + needed > height:
            parts.append([])
            used = scale.legend_height
        parts[-1].append(bar)
        used += needed
    return [scale.drawing(part) for part in parts if part]


class _Scale:
    """Where labels end, where zero lies, and how long a bar of a value is."""

    def __init__(self, chart: Chart, width: float, measure: Measure) -> None:
        self.chart, self.width, self.measure = chart, width, measure
        self.looks: Style = style("chart")
        self.line = self.looks.size * self.looks.leading
        widest = max((self._wide(b.label) for b in chart.bars), default=0.0)
        self.labels = min(widest + 1.0, width * MOST_LABEL)
        values = [v for b in chart.bars for v in b.values if v is not None]
        self.low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
        self.low, high = min(self.low, Decimal(0)), max(high, Decimal(0))
        self.left = self.labels + GAP
        text = max((self._wide(show_amount(v)) for v in values), default=0.0)
        room = max(width - self.left - text - GAP, width * 0.1)
        self.per_unit = room / float(high - self.low) if high > self.low else 0.0
        self.legend_height = self.line + APART if len(chart.series) > 1 else 0.0

    def _wide(self, text: str) -> float:
        return self.measure(text) * self.looks.size

    def _broken(self, label: str) -> Sequence[str]:
        return break_lines(label, self.labels / self.looks.size, self.measure)

    def bar_height(self, bar: Bar) -> float:
        """Of its bars, or of its label where that is taller."""
        bars = len(self.chart.series) * (BAR + BETWEEN) - BETWEEN
        return max(bars, len(self._broken(bar.label)) * self.line)

    def drawing(self, bars: Sequence[Bar]) -> Drawing:
        boxes, labels = self._legend()
        y = self.legend_height
        for bar in bars:
            height = self.bar_height(bar)
            lines = self._broken(bar.label)
            first = y + (height - len(lines) * self.line) / 2
            for number, text in enumerate(lines):
                labels.append(Label(self.labels - self._wide(text), first + number * self.line, text))
            self._bars(bar, y, boxes, labels)
            y += height + APART
        return Drawing(self.width, y, tuple(boxes), tuple(labels))

    def _bars(self, bar: Bar, top: float, boxes: list[Box], labels: list[Label]) -> None:
        zero = self.left + float(-self.low) * self.per_unit
        for number, value in enumerate(bar.values):
            if value is None:
                continue
            y, length = top + number * (BAR + BETWEEN), float(value) * self.per_unit
            boxes.append(
                Box(
                    min(zero, zero + length),
                    y,
                    max(abs(length), 0.5),
                    BAR,
                    chart_colour(len(self.chart.series), number),
                )
            )
            labels.append(
                Label(max(zero, zero + length) + GAP, y + (BAR - self.line) / 2, show_amount(value))
            )

    def _legend(self) -> tuple[list[Box], list[Label]]:
        boxes: list[Box] = []
        labels: list[Label] = []
        x = self.left
        names = [" ".join(name.split()) for name in self.chart.series if self.legend_height]
        for number, name in enumerate(names):
            boxes.append(
                Box(x, (self.line - BAR) / 2, BAR, BAR, chart_colour(len(self.chart.series), number))
            )
            labels.append(Label(x + BAR + GAP, 0.0, name))
            x += BAR + self._wide(name) + 4 * GAP
        return boxes, labels
