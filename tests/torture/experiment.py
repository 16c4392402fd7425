"""What an experiment of the torture run is: a promise, tries that must all keep it, and a control that must break it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """``failures`` has one line for each try that broke the promise: what was done, what came of it."""

    tries: int
    failures: tuple[str, ...] = ()


def possible() -> None:
    """Every machine can run it."""
    return None


@dataclass(frozen=True, slots=True)
class Experiment:
    """``run(tries, seed, folder)`` does so many tries in an empty folder; the same seed draws the same tries.

    ``control(seed, folder)`` is the same experiment with its guard switched off: it must come back with failures, or the
    experiment shows nothing. ``short`` tries belong to every test run, ``full`` ones to ``make torture``. ``hindrance``
    says why the experiment cannot be made on this machine, None where it can.
    """

    name: str
    promise: str
    run: Callable[[int, int, Path], Outcome]
    control: Callable[[int, Path], Outcome]
    short: int
    full: int
    hindrance: Callable[[], str | None] = possible


def experiments() -> tuple[Experiment, ...]:
    """All experiments: what the modules of this folder list as ``EXPERIMENTS``, in the order of their names."""
    import tests.torture as here

    names = sorted(module.name for module in pkgutil.iter_modules(here.__path__))
    listed = [
        getattr(importlib.import_module(f"tests.torture.{name}"), "EXPERIMENTS", ())
        for name in names
        if not name.startswith(("test_", "_"))
    ]
    return tuple(experiment for some in listed for experiment in some)
