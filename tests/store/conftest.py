"""A store in a folder of the test's own, under a clock that stands still; every test that does not say otherwise runs twice: with the data
in a file, and with the data on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from perfdesk.store import Store
from tests.store.sample import Clock, counter

FILE_ONLY = {
    "test_another_program": "only a file is backed up by this program",
    "test_backup": "only a file is backed up by this program",
    "test_disk_faults": "the disk is the server's",
    "test_imports": "what is imported does not hang on where the data are",
    "test_live_file": "how a file is copied while it is used",
    "test_local_copy": "how a file is brought to another place",
    "test_migrations": "files of older versions, and backups of them; for a server see test_server",
    "test_odd_folders": "names of folders",
    "test_places": "where a file must not be",
    "test_refusals": "what is wrong with a file; for a server see test_server",
    "test_remembered": "how often a file is asked; a server is asked every time",
}
"""Module → why its tests have nothing to say about a server."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "file_only(reason): the test has nothing to say about a server")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    module = metafunc.module.__name__.rpartition(".")[2]
    alone = module in FILE_ONLY or metafunc.definition.get_closest_marker("file_only")
    told = any(mark.args[0] == "folder" for mark in metafunc.definition.iter_markers("parametrize"))
    if "folder" in metafunc.fixturenames and not alone and not told:
        metafunc.parametrize("folder", ["file", "server"], indirect=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a store is opened; nothing is in it yet but, for a server, its address."""
    if getattr(request, "param", "file") == "server":
        return request.getfixturevalue("on_server")
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(folder, clock=clock, new_id=counter()) as opened:
        yield opened
