"""Measuring side by side: the same work by PerfDesk and by its peers, round after round in turn, medians and their ratios."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter

Deed = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: ``ours`` and ``theirs`` in ``unit``; ``bar`` is what their ratio (or ``ours`` itself, where there is no
    peer) may be at most. ``ours`` None: not measured. ``note``: what is to be known of the figure; ``reason``: why the bar is missed,
    told only where it is."""

    work: str
    ours: float | None
    unit: str
    bar: float
    peer: str = ""
    theirs: float | None = None
    note: str = ""
    reason: str = ""

    @property
    def reached(self) -> float:
        """What is compared with the bar; 0 where nothing was measured."""
        ours = self.ours or 0.0
        return ours / self.theirs if self.theirs else ours

    @property
    def held(self) -> bool:
        return self.reached <= self.bar

    @property
    def said(self) -> str:
        """Beside the figure."""
        return "；".join(x for x in (self.note, "" if self.held else self.reason) if x)


def medians(rounds: int, deeds: Mapping[str, Deed]) -> dict[str, float]:
    """Seconds of each deed: the median of ``rounds`` rounds in which all take their turn; the first round, which warms up, does not
    count."""
    times: dict[str, list[float]] = {name: [] for name in deeds}
    names = list(deeds)
    for number in range(rounds + 1):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            gc.collect()
            start = perf_counter()
            deeds[name]()
            if number:
                times[name].append(perf_counter() - start)
    return {name: statistics.median(found) for name, found in times.items()}


def percentile(times: list[float], part: float) -> float:
    """The value that ``part`` of the times do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
