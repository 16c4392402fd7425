"""A chart's numbers as lines from point to point: how something went from year to year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfdesk.document.blocks import Bar, Chart
from perfdesk.document.drawing import Box, Drawing, Label, Stroke
from perfdesk.document.lines import Measure
from perfdesk.document.theme import CHART_AXIS, Style, chart_colour, style
from perfdesk.values import show_amount

HEIGHT = 110.0
"""Of the field of the lines, in pt, without the texts above and below."""
DOT, LINE, APART, GAP = 5.0, 1.6, 12.0, 4.0
"""In pt: side of a point, width of a line, least room between two labels, between point and text."""


def line_drawings(chart: Chart, width: float, measure: Measure) -> list[Drawing]:
    """Side by side in ``width`` pt, in as many parts as are needed for no two labels to meet; all on one scale."""
    field = _Field(chart, width, measure)
    room = max(int((width + APART) // (field.widest + APART)), 1)
    points = chart.bars
    return [field.drawing(points[n : n + room]) for n in range(0, len(points), room)]


class _Field:
    """Where a value lies: the lowest at the bottom, the highest at the top, unless they are close together."""

    def __init__(self, chart: Chart, width: float, measure: Measure) -> None:
        self.chart, self.width, self.measure = chart, width, measure
        self.looks: Style = style("chart")
        self.line = self.looks.size * self.looks.leading
        values = [v for b in chart.bars for v in b.values if v is not None]
        low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
        # Values that hardly differ must not look as if they did: the field holds a tenth of the largest at least.
        spare = max(max(abs(low), abs(high)) / 10 - (high - low), Decimal(0))
        self.low = low - spare / 2
        self.per_unit = HEIGHT / float(high - low + spare) if high or low else 0.0
        texts = [b.label for b in chart.bars] + [show_amount(v) for v in values]
        self.widest = min(max((self._wide(t) for t in texts), default=0.0), width)
        self.legend_height = self.line + GAP if len(chart.series) > 1 else 0.0
        self.top = self.legend_height + self.line + GAP

    def _wide(self, text: str) -> float:
        return self.measure(text) * self.looks.size

    def _y(self, value: Decimal) -> float:
        up = float(value - self.low) * self.per_unit if self.per_unit else HEIGHT / 2
        return self.top + HEIGHT - up

    def drawing(self, points: Sequence[Bar]) -> Drawing:
        boxes, labels = self._legend()
        strokes: list[Stroke] = []
        foot = self.top + HEIGHT + GAP + DOT
        strokes.append(Stroke(((0.0, foot), (self.width, foot)), CHART_AXIS, 0.6))
        step = self.width / len(points)
        middles = [step * (n + 0.5) for n in range(len(points))]
        for x, point in zip(middles, points, strict=True):
            name = " ".join(point.label.split())
            labels.append(Label(self._left(x, name), foot + GAP, name))
        for number in range(len(self.chart.series)):
            colour = chart_colour(len(self.chart.series), number)
            values = [p.values[number] for p in points]
            strokes += self._lines(middles, values, colour)
            for x, value in zip(middles, values, strict=True):
                if value is not None:
                    y = self._y(value)
                    boxes.append(Box(x - DOT / 2, y - DOT / 2, DOT, DOT, colour))
                    text = show_amount(value)
                    labels.append(Label(self._left(x, text), y - GAP - self.line, text))
        return Drawing(
            self.width, foot + GAP + self.line + APART, tuple(boxes), tuple(labels), tuple(strokes)
        )

    def _left(self, middle: float, text: str) -> float:
        """Where a text around ``middle`` begins, within the drawing."""
        wide = self._wide(text)
        return max(0.0, min(middle - wide / 2, self.width - wide))

    def _lines(self, middles: Sequence[float], values: Sequence[Decimal | None], colour: str) -> list[Stroke]:
        """One from each run of values; where a value is missing the line is broken."""
        runs: list[list[tuple[float, float]]] = [[]]
        for x, value in zip(middles, values, strict=True):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((x, self._y(value)))
        return [Stroke(tuple(run), colour, LINE) for run in runs if len(run) > 1]

    def _legend(self) -> tuple[list[Box], list[Label]]:
        boxes: list[Box] = []
        labels: list[Label] = []
        x = 0.0
        for number, name in enumerate(self.chart.series if self.legend_height else ()):
            text = " ".join(name.split())
            boxes.append(
                Box(x, (self.line - DOT) / 2, DOT, DOT, chart_colour(len(self.chart.series), number))
            )
            labels.append(Label(x + DOT + GAP, 0.0, text))
            x += DOT + self._wide(text) + 4 * GAP
        return boxes, labels
