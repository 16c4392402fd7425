"""The short form of ``make torture``: every promise holds, and each experiment can tell when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.experiment import Experiment, experiments

SEED = 20_261_121
ALL = experiments()


def possible(experiment: Experiment) -> Experiment:
    if reason := experiment.hindrance():
        pytest.skip(reason)
    return experiment


@pytest.mark.parametrize("experiment", ALL, ids=lambda one: one.name)
def test_the_promise_holds(experiment: Experiment, tmp_path: Path) -> None:
    outcome = possible(experiment).run(experiment.short, SEED, tmp_path)
    assert outcome.tries > 0
    assert outcome.failures == ()


@pytest.mark.parametrize("experiment", ALL, ids=lambda one: one.name)
def test_without_its_guard_the_promise_breaks(experiment: Experiment, tmp_path: Path) -> None:
    assert possible(experiment).control(SEED, tmp_path).failures != ()
