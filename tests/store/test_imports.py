"""What opening a store loads: SQLite's dialect of SQLAlchemy and no other, and no file format."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SCRIPT = """
import json, sys
from pathlib import Path
from perfdesk.store import Store
with Store.open(Path(sys.argv[1])) as store:
    store.filings(), store.backup(), store.verify()
print(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path_factory.mktemp("data"))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_only_sqlite_s_dialect_is_loaded(modules: list[str]) -> None:
    dialects = {name.split(".")[2] for name in modules if name.startswith("sqlalchemy.dialects.")}
    assert dialects <= {"sqlite", "_typing"}


@pytest.mark.parametrize(
    "library", ["sqlalchemy.orm", "openpyxl", "docx", "reportlab", "lxml", "xlsxwriter", "PySide6"]
)
def test_nothing_heavy_comes_with_it(modules: list[str], library: str) -> None:
    assert not [name for name in modules if name == library or name.startswith(f"{library}.")]
