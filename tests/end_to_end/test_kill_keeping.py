"""Killed while a store is made, brought up, backed up or restored: it opens, and everything is there."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from perfdesk.store import Store
from tests.end_to_end.forking import Forking, kill_within
from tests.end_to_end.forking_child import NEXT
from tests.store.sample import sample_filing

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL 与 fork 只有 POSIX 系统才有")

KILLS = 60


@pytest.mark.parametrize(("used", "longest"), [(False, 0.02), (True, 0.05)], ids=["new store", "older store"])
def test_a_store_is_whole_wherever_its_keeping_was_cut_off(
    tmp_path: Path, used: bool, longest: float
) -> None:
    rng = random.Random(11)
    folder = tmp_path / "data"
    with Forking() as forking:
        for _ in range(KILLS):
            if used:
                with Store.open(folder) as store:
                    store.add(sample_filing(), "导入")
            kill_within(forking.start("keep", folder), rng.uniform(0, longest))
            assert list(forking.answers()) == []
            with Store.open(folder, migrations=NEXT) as store:
                assert store.verify() == ()
                assert [f.unit_name for f in store.filings()] == [sample_filing().unit_name] * used
            shutil.rmtree(folder)
