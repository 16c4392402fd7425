"""The full-size run, small: twenty units hand in six forms each, in a file and on a server; everything comes out as it must."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.bureau import FILE, Run, on_server, run
from bench.thousand import Size
from bench.thousand.packages import Written, write_all

if TYPE_CHECKING:
    from tests.postgres import Postgres

SIZE = Size(units=20, forms=6)


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    folder = tmp_path_factory.mktemp("handed")
    return folder, write_all(folder, SIZE, processes=1)


def test_what_units_hand_in_is_added_up_in_a_file(handed: tuple[Path, Written], tmp_path: Path) -> None:
    folder, written = handed
    all_is_right(run(SIZE, FILE, written, folder, tmp_path / "data"))


def test_what_units_hand_in_is_added_up_on_a_server(
    handed: tuple[Path, Written], tmp_path: Path, server: Postgres
) -> None:
    folder, written = handed
    all_is_right(on_server(SIZE, written, folder, tmp_path / "data", server.url(server.database())))


def all_is_right(done: Run) -> None:
    """Every sum to the 分, every planted mistake, every unit's part of a sum, every difference of a department from its units."""
    assert done.right, done.proof
    assert done.proof.sums[1] > 300
    assert done.proof.planted[1] > 15
    assert done.proof.shares[1] > 100
