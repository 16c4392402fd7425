"""SECURITY.md promises what ``make torture`` tries, as often as it tries it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from tests.torture.experiment import experiments

PAGE = Path(__file__).resolve().parents[2] / "SECURITY.md"
EVERY = 1_000_000
"""So many tries of an experiment that goes through calls are all of them."""


def test_every_experiment_stands_on_the_page_with_its_tries() -> None:
    written = dict(
        re.findall(r"^\| `([^`]+)` \| ([^|]+?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    )
    tried = {
        one.name: "每一次" if one.full >= EVERY and "every call" in one.name else str(one.full)
        for one in experiments()
    }
    assert written == tried
