"""The picture of the README: for each work a bar that says how long PerfDesk takes where its peer takes one."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from bench.measured import Row

LEFT, WIDTH, LINE, TOP = 420, 360, 26, 34
WIDEST = 2.4
"""Ratios beyond this end at the edge."""


def chart(rows: Sequence[Row]) -> str:
    """SVG; a line for every row that has a peer."""
    shown = [row for row in rows if row.ours is not None and row.theirs is not None]
    height = TOP + LINE * len(shown) + 12
    one = LEFT + WIDTH / WIDEST
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 60}" height="{height}" '
        'font-family="Noto Sans CJK SC, Microsoft YaHei, SimSun, sans-serif" font-size="13">',
        f'<rect width="100%" height="{height}" fill="#ffffff"/>',
        f'<text x="{one}" y="20" text-anchor="middle" fill="#5b6470">对照程序 = 1</text>',
    ]
    for number, row in enumerate(shown):
        y = TOP + number * LINE
        length = min(row.reached, WIDEST) / WIDEST * WIDTH
        colour = "#1c5bb8" if row.held else "#b86a1c"
        parts += [
            f'<text x="{LEFT - 10}" y="{y + 13}" text-anchor="end">{escape(row.work)} · {escape(row.peer)}</text>',
            f'<rect x="{LEFT}" y="{y + 2}" width="{length:.1f}" height="15" rx="2" fill="{colour}"/>',
            f'<text x="{LEFT + length + 6:.1f}" y="{y + 14}">{row.reached:.2f}</text>',
        ]
    parts.append(
        f'<line x1="{one}" x2="{one}" y1="26" y2="{height - 8}" stroke="#8a9099" stroke-dasharray="3 3"/>'
    )
    return "\n".join([*parts, "</svg>"]) + "\n"
