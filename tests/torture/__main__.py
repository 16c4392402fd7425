"""``make torture``: every experiment with all its tries, each followed by its control; a table, and 1 where one failed.

``python -m tests.torture [--seed N] [--scale X] [NAME…]``: X times as many tries, only the named experiments.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.experiment import Experiment, Outcome, experiments

SHOWN = 5
"""So many failures of one experiment are printed; the rest is counted."""


def main(words: list[str]) -> int:
    known = {one.name: one for one in experiments()}
    parser = argparse.ArgumentParser(prog="make torture")
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(known))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    asked = parser.parse_args(words)
    if unknown := [name for name in asked.names if name not in known]:
        parser.error(f"no such experiment: {' '.join(unknown)}")
    print(
        f"seed {asked.seed}; {'experiment':<28}{'tries':>9}{'broken':>8}{'control':>9}{'seconds':>9}",
        flush=True,
    )
    sound = [_told(known[name], asked.seed, asked.scale) for name in asked.names or known]
    return 0 if all(sound) else 1


def _told(experiment: Experiment, seed: int, scale: float) -> bool:
    """Runs one experiment and its control, prints its line; False where the promise or the control did not hold."""
    if reason := experiment.hindrance():
        print(f"{experiment.name:<36}not possible here: {reason}", flush=True)
        return True
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="perfdesk-torture-") as name:
        run, control = Path(name) / "run", Path(name) / "control"
        run.mkdir()
        control.mkdir()
        outcome = experiment.run(max(1, round(experiment.full * scale)), seed, run)
        caught = len(experiment.control(seed, control).failures)
    seconds = time.monotonic() - start
    print(
        f"{experiment.name:<36}{outcome.tries:>9}{len(outcome.failures):>8}{caught:>9}{seconds:>9.1f}",
        flush=True,
    )
    _complain(experiment, outcome, caught)
    return not outcome.failures and caught > 0


def _complain(experiment: Experiment, outcome: Outcome, caught: int) -> None:
    if outcome.failures:
        print(f"    broken: {experiment.promise}")
    for failure in outcome.failures[:SHOWN]:
        print(f"    - {failure}")
    if len(outcome.failures) > SHOWN:
        print(f"    … and {len(outcome.failures) - SHOWN} more")
    if not caught:
        print("    the control, with its guard switched off, broke nothing: this experiment shows nothing")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
