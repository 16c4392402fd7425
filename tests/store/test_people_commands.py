"""``perfdesk person`` and ``perfdesk audit``, and the other commands with the data on a server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from perfdesk.__main__ import main
from perfdesk.store import Store
from tests.postgres import PASSWORD, Postgres
from tests.store.sample import sample_filing, set_goal

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def once(folder: Path, *words: str) -> tuple[int, str, str]:
        code = main(["--data", str(folder), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return once


@pytest.fixture
def li(server: Postgres, with_tables: str) -> Iterator[str]:
    server.ask(f"CREATE ROLE \"Li 'Si\" LOGIN PASSWORD '{PASSWORD}'")
    yield "Li 'Si"
    server.ask('DROP OWNED BY "Li \'Si"', with_tables)
    server.ask('DROP ROLE "Li \'Si"')


def told(said: tuple[int, str, str]) -> Any:
    assert (said[0], said[2]) == (0, "")
    return json.loads(said[1])


def test_a_person_is_put_down_listed_and_removed(on_server: Path, run: Run, li: str) -> None:
    assert run(on_server, "person") == (0, "postgres  管理员\n", "")
    code, out, _ = run(on_server, "person", "--set", li, "--role", "unit", "--node", "0101", "--name", "李四")
    assert (code, out) == (0, f"{li}  单位填报人  0101  李四\npostgres  管理员\n")
    (first, _) = told(run(on_server, "person", "--json"))["people"]
    assert first == {"login": li, "name": "李四", "role": "unit", "node": "0101"}
    assert run(on_server, "person", "--remove", li) == (0, "postgres  管理员\n", "")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--set", "x"), 2),
        (("--set", "nobody_there", "--role", "reviewer"), 3),
        (("--remove", "nobody_there"), 3),
        (("--remove", "postgres"), 3),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    on_server: Path, run: Run, words: tuple[str, ...], code: int
) -> None:
    done, out, err = run(on_server, "person", *words)
    assert (done, out) == (code, "") and len(err.strip().splitlines()) == 1


def test_what_was_done_is_printed_and_told_as_json(folder: Path, run: Run) -> None:
    with Store.open(folder) as store:
        filing = store.add(sample_filing(), "导入")
        store.apply(filing, set_goal("一"))
    code, out, err = run(folder, "audit")
    lines = [line.split("  ") for line in out.splitlines()]
    assert (code, err) == (0, "") and [line[2:] for line in lines] == [
        ["修改", str(filing), "修改 一"],
        ["新增", str(filing), "导入"],
    ]
    (newest,) = told(run(folder, "audit", "--most", "1", "--json"))["done"]
    assert (newest["verb"], newest["what"], newest["detail"]) == ("step", str(filing), "修改 一")
    assert told(run(folder, "audit", "--since", "2999-01-01", "--json")) == {"done": []}
    assert len(told(run(folder, "audit", "--since", "2000-01-01", "--json"))["done"]) == 2
    assert run(folder, "audit", "--since", "gestern")[0] == 3


def test_in_a_file_there_is_nobody_to_put_down(tmp_path: Path, run: Run) -> None:
    Store.open(tmp_path).close()
    code, out, _ = run(tmp_path, "person")
    assert code == 0 and "不分角色" in out
    assert run(tmp_path, "person", "--set", "x", "--role", "reviewer")[0] == 3


def test_the_environment_names_the_server_before_the_folder(
    server: Postgres, with_tables: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.emptied(with_tables)
    monkeypatch.setenv("PERFDESK_STORE", server.url(with_tables))
    assert run(tmp_path, "person") == (0, "postgres  管理员\n", "")
    assert list(tmp_path.iterdir()) == []


def test_commands_work_on_a_server(on_server: Path, run: Run) -> None:
    with Store.open(on_server) as store:
        filing = store.add(sample_filing(), "导入")
    assert "导入" in run(on_server, "history", str(filing))[1]
    assert run(on_server, "verify")[:2] == (0, "数据完好。\n")
    assert told(run(on_server, "dump", "--json"))["filings"][0]["id"] == filing
    assert not (on_server / "perfdesk.db").exists()


def test_a_file_is_brought_to_a_server_and_back_by_backup_and_restore(
    on_server: Path, run: Run, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with Store.open(tmp_path / "file") as other:
        other.add(sample_filing(), "导入")
        other.backup(copy)
    assert run(on_server, "restore", str(copy))[0] == 0
    assert run(on_server, "backup", "--to", str(tmp_path / "back.db"))[0] == 0
    assert run(tmp_path / "again", "restore", str(tmp_path / "back.db"))[0] == 0
    assert "导入" in run(tmp_path / "again", "history", "1")[1]
    code, _, err = run(on_server, "restore", str(copy))
    assert code == 3 and "已有数据" in err
