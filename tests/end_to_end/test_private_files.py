"""What the program keeps for a user is his alone, whatever the system's habit is; what he exports follows that habit."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfdesk import codes, paths
from perfdesk.__main__ import main
from perfdesk.own_codes import OwnCode, add_code
from tests.new_forms.blanks import word
from ui.door import Door, address

ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="只有 POSIX 系统才有这种权限")


@pytest.fixture
def generous() -> Iterator[None]:
    """The habit of most systems: everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path | str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


@ON_POSIX
def test_own_forms_codes_schemes_and_the_store_are_their_owner_s_alone(
    tmp_path: Path, own_data_dir: Path, generous: None
) -> None:
    assert main(["new-form", str(word(tmp_path / "评估.docx")), "--save"]) == 0
    assert main(["score", "--copy", "national-2020", "ours"]) == 0
    add_code(codes.own_folder(own_data_dir), OwnCode("function", "2120198", "老旧管网改造"))
    assert main(["backup"]) == 0
    kept = [p for p in own_data_dir.rglob("*") if p.is_file()]
    assert {p.suffix for p in kept} >= {".toml", ".docx", ".db", ".json"}
    assert {p.name: oct(mode(p)) for p in kept if mode(p) != 0o600} == {}
    assert main(["backup", "--to", str(tmp_path / "copy.db")]) == 0
    assert mode(tmp_path / "copy.db") == 0o600


@ON_POSIX
def test_an_exported_file_follows_the_habit_of_the_system(tmp_path: Path, generous: None) -> None:
    source = tmp_path / "a.json"
    source.write_bytes((paths.resources() / "samples" / "2022.json").read_bytes())
    assert main(["convert", str(source), str(tmp_path / "b.docx")]) == 0
    assert mode(tmp_path / "b.docx") == 0o644


@ON_POSIX
def test_nobody_else_can_knock_at_the_door_of_a_running_window(
    qapp: object, tmp_path: Path, generous: None
) -> None:
    door = Door()
    assert door.open(tmp_path)
    assert mode(address(tmp_path)) & 0o077 == 0
    door.close()
