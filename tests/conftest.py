"""What all tests share: no screen, the shipped fonts, the published forms, hypothesis without a clock."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from perfdesk import paths

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tests.postgres import Postgres

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent
FACES = ("biaosong", "song", "fang", "kai", "hei")

# Stores flush every change, which says nothing to a test: whoever tries disks mounts some of his own.
MEMORY, ROOM = "/dev/shm", 2 << 30
if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"], tempfile.tempdir = MEMORY, None

# A busy machine makes slow examples, never wrong ones; the same examples on every machine under CI.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_finish() -> None:
    """What stands when the tests begin stays, and windows leave little rubbish: it is not looked for ten times a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None]:
    """A test's windows are gone with it: those still there would be dressed again together with the next one."""
    try:
        return (yield)
    finally:
        if "PySide6.QtWidgets" in sys.modules:
            from PySide6.QtCore import QEvent
            from PySide6.QtWidgets import QApplication

            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def own_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a folder of data of its own, so that none can touch the user's."""
    folder = tmp_path / "perfdesk-data"
    monkeypatch.setenv(paths.DATA_VARIABLE, str(folder))
    monkeypatch.delenv(paths.STORE_VARIABLE, raising=False)
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL of this process's own; tests of it are skipped where it cannot be."""
    from tests import postgres

    try:
        started = postgres.start()
    except postgres.NotThere as why:
        pytest.skip(str(why))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def with_tables(server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database on it whose tables are made."""
    from perfdesk.store import Store

    name = server.database()
    Store.open(tmp_path_factory.mktemp("made"), server=server.url(name)).close()
    return name


@pytest.fixture
def on_server(server: Postgres, with_tables: str, tmp_path: Path) -> Path:
    """A folder of data whose store is an empty one on the server."""
    server.emptied(with_tables)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "store.toml").write_text(f'url = "{server.url(with_tables)}"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def forms() -> Path:
    """The folder of published forms beside the repository; tests of them are skipped where it is not there."""
    folder = ROOT.parent / "shared" / "forms"
    if not folder.is_dir():
        pytest.skip("没有 ../shared/forms，跳过公开表样的测试")
    return folder


@pytest.fixture(scope="session")
def font_files() -> dict[str, Path]:
    """The shipped faces by name (``song``, ``hei`` …)."""
    return {face: paths.resources() / "fonts" / f"{face}.ttf" for face in FACES}


@pytest.fixture
def shipped_fonts(qapp: object, font_files: dict[str, Path]) -> Iterator[dict[str, str]]:
    """The shipped faces loaded into Qt: name → family. A bare machine has no Chinese font at all."""
    from PySide6.QtGui import QFontDatabase

    ids = {face: QFontDatabase.addApplicationFont(str(file)) for face, file in font_files.items()}
    yield {face: QFontDatabase.applicationFontFamilies(number)[0] for face, number in ids.items()}
    for number in ids.values():
        QFontDatabase.removeApplicationFont(number)
