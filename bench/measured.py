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
    peer) may be at most. ``note`` is the reason where the bar is missed, or what was checked."""

    work: str
    ours: float
    unit: str
    bar: float
    peer: str = ""
    theirs: float | None = None
    note: str = ""

    @property
    def reached(self) -> float:
        """What is compared with the bar."""
        return self.ours / self.theirs if self.theirs else self.ours

    @property
    def held(self) -> bool:
        return self.reached <= self.bar


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
