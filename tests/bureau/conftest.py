"""A bureau with a tree of a few units."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk import collect_crew
from tests.bureau.handed import Bureau


@pytest.fixture
def bureau(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """One reading process at a time: a few files are not worth starting two."""
    monkeypatch.setattr(collect_crew, "MOST", 1)
    return Bureau(tmp_path / "data", capsys)
