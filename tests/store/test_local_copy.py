"""Data that lie where they must not: a copy on this computer, with everything that belongs to them."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from perfdesk.errors import StoreRefused
from perfdesk.store import Store, copy_folder
from perfdesk.store.local_copy import copied_from, place_for
from tests.store.sample import sample_filing, set_goal, sha

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The platform's place for data on this computer."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return tmp_path / "share" / "PerfDesk"


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    """Data in a sync folder, as an earlier computer left them: a store, a backup, a form of the user's own."""
    with Store.open(tmp_path / "made") as store:
        filing = store.add(sample_filing(), "导入")
        store.backup()
        store.apply(filing, set_goal("备份后"))
    own = tmp_path / "made" / "templates" / "forms" / "own-1"
    own.mkdir(parents=True)
    (own / "kind.toml").write_text("x")
    folder = tmp_path / "坚果云" / "绩效 数据"
    folder.parent.mkdir()
    (tmp_path / "made").rename(folder)
    return folder


def all_of(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): sha(p) for p in folder.rglob("*") if p.is_file()}


def test_the_copy_holds_everything_and_the_original_is_untouched(here: Path, synced: Path) -> None:
    before = all_of(synced)
    assert place_for(synced) == here
    copy_folder(synced, here)
    assert all_of(synced) == before
    with Store.open(here) as store:
        assert store.filing(1).cell("basic/goal") == "备份后"
        assert store.verify() == () and len(store.backups()) == 1
    assert (here / "templates" / "forms" / "own-1" / "kind.toml").read_text() == "x"
    modes = {stat.S_IMODE(p.stat().st_mode) for p in here.rglob("*") if p.is_file()}
    assert modes == {0o600}
    assert {stat.S_IMODE(p.stat().st_mode) for p in (here, *here.rglob("*")) if p.is_dir()} == {0o700}


def test_the_copy_is_found_again_and_other_data_get_another_place(
    here: Path, synced: Path, tmp_path: Path
) -> None:
    copy_folder(synced, here)
    assert place_for(synced) == here and copied_from(here) == str(synced)
    other = place_for(tmp_path / "OneDrive")
    assert other != here and other.parent == here.parent
    assert place_for(tmp_path / "OneDrive") == other != place_for(tmp_path / "Dropbox")


def test_data_that_are_there_already_are_not_overwritten(here: Path, synced: Path) -> None:
    with Store.open(here) as store:
        store.add(sample_filing(), "另一份")
    before = all_of(here)
    with pytest.raises(StoreRefused) as refused:
        copy_folder(synced, here)
    assert refused.value.code == "exists" and all_of(here) == before


def test_what_a_crash_left_half_written_is_rolled_back_in_the_copy(
    here: Path, synced: Path, tmp_path: Path
) -> None:
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size = 1'); c.execute('PRAGMA cache_spill = 1'); c.execute('BEGIN IMMEDIATE');"
        "c.execute(\"UPDATE row SET cells = replace(cells, '备份后', '断电时')\"); c.execute('CREATE TABLE half (a)');"
        "c.executemany('INSERT INTO half VALUES (?)', [('x' * 4000,)] * 200); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(synced / "perfdesk.db")], check=True)
    assert (synced / "perfdesk.db-journal").stat().st_size > 0
    copy_folder(synced, here)
    with Store.open(here) as store:
        assert store.verify() == () and store.filing(1).cell("basic/goal") == "备份后"


def test_damaged_data_are_not_copied(here: Path, synced: Path) -> None:
    file = synced / "perfdesk.db"
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(StoreRefused) as refused:
        copy_folder(synced, here)
    assert refused.value.code == "damaged"
    assert not (here / "perfdesk.db").exists() and not (here / "copying").exists()


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "perfdesk", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_line_offers_the_copy_makes_it_and_then_names_it(here: Path, synced: Path) -> None:
    said = run("--data", synced, "import", "none.docx")
    assert said.returncode == 3
    assert f'perfdesk --data "{here}" restore "{synced}"' in said.stderr
    assert run("--data", here, "restore", synced).returncode == 0
    assert run("--data", here, "verify").stdout == "数据完好。\n"
    again = run("--data", synced, "apply", 1)
    assert f'本机已有它的副本，请用：perfdesk --data "{here}"' in again.stderr


def test_where_nothing_is_yet_the_command_line_names_the_place_here(here: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "Dropbox", ignore_errors=True)
    said = run("--data", tmp_path / "Dropbox", "backup")
    assert (
        said.returncode == 3 and f'perfdesk --data "{here}"' in said.stderr and "restore" not in said.stderr
    )
    assert not (tmp_path / "Dropbox").exists()
