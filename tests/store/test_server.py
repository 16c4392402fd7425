"""A store on a server: how it is named and refused, what two people do to one filing, and a cable that is cut in the middle."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection

from perfdesk.errors import ChangeRefused, StoreRefused, UserError
from perfdesk.model.bureau import Amount, Handing, Node, Paper
from perfdesk.model.change import SetCell, Step
from perfdesk.store import Store, ddl, tables
from perfdesk.store.migrations import MIGRATIONS, Migration
from perfdesk.store.rights import Person
from perfdesk.store.where import server_of
from tests.counting import statements
from tests.postgres import CERTIFICATE, PASSWORD, Postgres
from tests.store.cable import Cable
from tests.store.sample import insert_task, row, sample_filing, set_goal


def goal(store: Store, filing: int) -> str:
    return store.filing(filing).cell("basic/goal")


def refused(attempt: Callable[[], object]) -> str:
    """Its code. The sentence is one line of Chinese, without the password."""
    with pytest.raises(StoreRefused) as error:
        attempt()
    message = error.value.message
    assert "\n" not in message and PASSWORD not in message + error.value.detail
    assert any("一" <= letter <= "鿿" for letter in message)
    return error.value.code


@pytest.fixture
def two(on_server: Path) -> Iterator[tuple[Store, Store]]:
    """The same data, opened by two people."""
    with Store.open(on_server) as one, Store.open(on_server) as other:
        yield one, other


@pytest.fixture
def cable(server: Postgres) -> Iterator[Cable]:
    made = Cable(server.port)
    yield made
    made.close()


@pytest.fixture
def behind_cable(server: Postgres, with_tables: str, cable: Cable, tmp_path: Path) -> Iterator[Store]:
    server.emptied(with_tables)
    address = f"postgresql://postgres@127.0.0.1:{cable.port}/{with_tables}"
    with Store.open(tmp_path, server=address) as store:
        store.add(sample_filing(), "导入")
        yield store


# --- two people ---


def test_what_one_writes_the_other_sees_at_once(two: tuple[Store, Store]) -> None:
    one, other = two
    filing = one.add(sample_filing(), "导入")
    assert [f.id for f in other.filings()] == [filing]
    one.apply(filing, set_goal("甲写的"))
    assert goal(other, filing) == "甲写的"
    assert other.filings()[0].steps == 2


def test_of_two_changes_of_what_both_looked_at_one_is_refused_and_then_made_anew(
    two: tuple[Store, Store],
) -> None:
    one, other = two
    filing = one.add(sample_filing(), "导入")
    assert goal(one, filing) == goal(other, filing)
    one.apply(filing, set_goal("甲写的"))
    assert refused(lambda: other.apply(filing, insert_task("t9"))) == "overtaken"
    assert [s.label for s in one.history(filing)] == ["导入", "修改 甲写的"]
    other.apply(filing, insert_task("t9"))
    assert goal(other, filing) == "甲写的"
    assert [s.label for s in one.history(filing)] == ["导入", "修改 甲写的", "新增 t9"]
    assert one.verify() == ()


@pytest.mark.parametrize(
    "close",
    [
        lambda store, filing: store.office.seal([filing], "校验码"),
        lambda store, filing: store.office.delete_filings([filing]),
        lambda store, filing: store.office.archive_year(store.units()[0].id, 2026),
    ],
    ids=["sealed", "deleted", "archived"],
)
def test_nothing_is_written_into_what_somebody_else_has_closed(
    two: tuple[Store, Store], close: Callable[[Store, int], None]
) -> None:
    one, other = two
    filing = one.add(sample_filing(), "导入")
    goal(other, filing)
    close(one, filing)
    assert refused(lambda: other.apply(filing, set_goal("太晚"))) == "overtaken"
    with pytest.raises(ChangeRefused):
        other.apply(filing, set_goal("还是太晚"))
    assert goal(one, filing) == "办好年度工作"


def test_two_who_name_the_same_unit_name_one(two: tuple[Store, Store]) -> None:
    one, other = two
    filings = [
        store.add(sample_filing("云溪县示例服务中心", year), "导入")
        for store, year in zip(two, (2025, 2026), strict=True)
    ]
    assert len(one.units()) == 1
    assert len(set(filings)) == 2
    for store, filing in zip(two, filings, strict=True):
        store.apply(filing, _renamed("同一个新名字"))
    assert [u.name for u in other.units()] == ["同一个新名字"]
    assert other.verify() == ()


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each of them came to, all begun at the same moment; a refusal by its code."""

    def run(deed: Callable[[], object]) -> object:
        ready.wait()
        try:
            return deed()
        except UserError as refused:
            return refused.code

    ready = Barrier(len(deeds))
    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.fixture
def six(on_server: Path) -> Iterator[list[Store]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Store.open(on_server)) for _ in range(6)]


def test_of_six_who_make_the_same_unit_at_once_one_makes_it(six: list[Store]) -> None:
    made = at_once(*(partial(store.office.create_unit, "同名单位") for store in six))
    assert sorted(map(str, made))[1:] == ["unit-exists"] * 5
    assert [u.name for u in six[0].units()] == ["同名单位"]
    assert [d.detail for d in six[0].people.done() if d.verb == "deed"] == ["新建单位“同名单位”"]


def test_six_who_bring_filings_of_a_new_unit_at_once_bring_them_into_one(six: list[Store]) -> None:
    brought = at_once(
        *(partial(store.add, sample_filing("新来的单位", 2020 + n), "导入") for n, store in enumerate(six))
    )
    assert len(set(brought)) == 6 == len(six[0].filings())
    assert [u.name for u in six[0].units()] == ["新来的单位"]
    # Each goes to a unit of its own and leaves the one that all had, all at once.
    gone = [
        partial(store.apply, filing, _renamed(f"单位{n}"))
        for n, (store, filing) in enumerate(zip(six, brought, strict=True))
    ]
    at_once(*gone)
    assert [u.name for u in six[0].units()] == [f"单位{n}" for n in range(6)]
    assert six[0].verify() == ()


def test_six_deeds_at_once_have_six_places_in_the_journal(six: list[Store]) -> None:
    filings = [six[0].add(sample_filing(f"单位{n}"), "导入") for n in range(6)]
    at_once(*(partial(store.office.delete_filings, [f]) for store, f in zip(six, filings, strict=True)))
    assert six[0].filings() == ()
    assert len({d.what for d in six[0].people.done() if d.verb == "deed"}) == 6
    assert at_once(*(store.office.undo for store in six)) == ["删除“整体绩效目标申报表”"] * 6
    assert len(six[0].filings()) == 6


def test_four_who_open_an_empty_database_at_once_make_its_tables_once(
    server: Postgres, tmp_path: Path
) -> None:
    address = server.url(server.database())
    opened = at_once(*[partial(Store.open, tmp_path, server=address)] * 4)
    stores = [store for store in opened if isinstance(store, Store)]
    assert len(stores) == 4
    assert sorted(store.migrate()[0] for store in stores)[0] == 0
    stores[0].add(sample_filing(), "导入")
    assert stores[3].verify() == ()
    for store in stores:
        store.close()


def _renamed(name: str) -> Step:
    return Step("改名", (SetCell("basic", "unit_name", name),))


def test_an_edit_asks_the_server_at_most_twelve_times(on_server: Path) -> None:
    with Store.open(on_server) as store:
        filing = store.add(sample_filing(), "导入")
        store.filing(filing)
        with statements() as asked:
            store.apply(filing, set_goal("一"))
    assert len(asked) <= 12, asked


# --- a cable that is cut ---


def test_a_change_whose_answer_got_lost_is_there_once(behind_cable: Store, cable: Cable) -> None:
    cable.cut("after")
    assert behind_cable.apply(1, set_goal("收不到回音")).cell("basic/goal") == "收不到回音"
    assert [s.label for s in behind_cable.history(1)] == ["导入", "修改 收不到回音"]


def test_a_change_the_server_never_heard_of_is_told_as_not_saved(behind_cable: Store, cable: Cable) -> None:
    cable.cut("before")
    assert refused(lambda: behind_cable.apply(1, set_goal("没送到"))) == "no-server"
    assert goal(behind_cable, 1) == "办好年度工作"
    behind_cable.apply(1, set_goal("再来一次"))
    assert [s.label for s in behind_cable.history(1)] == ["导入", "修改 再来一次"]


@pytest.mark.parametrize(("when", "there"), [("after", True), ("before", False)])
def test_while_nobody_can_say_whether_it_is_there_nothing_is_said_and_later_the_truth(
    behind_cable: Store, cable: Cable, when, there: bool
) -> None:
    cable.cut(when, pulled=True)
    assert refused(lambda: behind_cable.apply(1, set_goal("不知道"))) == "no-server"
    assert refused(lambda: behind_cable.apply(1, set_goal("不知道"))) == "no-server"
    cable.pulled = False
    if there:
        assert refused(lambda: behind_cable.apply(1, set_goal("不知道"))) == "unconfirmed"
        assert goal(behind_cable, 1) == "不知道"
    behind_cable.apply(1, set_goal("以后"))
    told = [s.label for s in behind_cable.history(1)]
    assert told == ["导入", *(["修改 不知道"] if there else []), "修改 以后"]


def test_a_server_that_was_started_anew_is_found_again(server: Postgres, on_server: Path) -> None:
    with Store.open(on_server) as store:
        filing = store.add(sample_filing(), "导入")
        server.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'perfdesk'"
        )
        store.apply(filing, set_goal("又连上"))
        assert goal(store, filing) == "又连上"


# --- texts ---


def test_texts_that_a_server_has_no_letters_for_are_refused(on_server: Path) -> None:
    with Store.open(on_server) as store:
        filing = store.add(sample_filing(), "导入")
        for text in ("\ud800", "名\x00字"):
            with pytest.raises(ChangeRefused) as error:
                store.apply(filing, _renamed(text))
            assert error.value.code == "bad-text"
        assert store.filing(filing).unit_name == "云溪县示例服务中心"
        assert store.verify() == ()


def test_rows_that_come_in_one_stream_are_the_rows_that_were_sent(on_server: Path) -> None:
    texts = ["\\N", "\\", "a\tb", "一\n二\r三", "\\.", "'; DROP TABLE row", '"', "", "😀", "\x01\x7f"]
    filing = sample_filing()
    more = [row(f"x{n}", "tasks", name=text, content="=") for n, text in enumerate(texts)]
    rows = [*filing.rows[:3], *more, *filing.rows[3:]]
    with Store.open(on_server) as store:
        here = store.add(replace(filing, rows=tuple(rows)), "导入")
        assert [store.filing(here).cell(f"x{n}/name") for n in range(len(texts))] == texts
        assert store.verify() == ()
        store.bureau.put_nodes((Node("甲局", "", "甲局", "unit", None, True),))
        amounts = [
            Amount("budget", f"{n}", "total", n if n % 2 else None, text) for n, text in enumerate(texts)
        ]
        paper = Paper(sample_filing(), "overall", "", tuple(amounts), (), ())
        store.bureau.take(Handing("甲局", 2026, "x", (paper,), "d"))
        for n, text in enumerate(texts):
            (share,) = store.bureau.shares(2026, [filing.form], ("budget", f"{n}", "total"))
            assert (share.text, share.value) == (text, n if n % 2 else None)


def test_a_stream_with_what_a_server_has_no_letters_for_is_refused_whole(on_server: Path) -> None:
    tree = (Node("甲局", "", "甲局", "unit", None, True),)
    with Store.open(on_server) as store:
        store.bureau.put_nodes(tree)
        for text in ("\x00", "\ud800"):
            amounts = [Amount("budget", f"{n}", "total", n, text) for n in range(9)]
            paper = Paper(sample_filing(), "overall", "", tuple(amounts), (), ())
            with pytest.raises(ChangeRefused) as error:
                store.bureau.take(Handing("甲局", 2026, "x", (paper,), "d"))
            assert error.value.code == "bad-text"
        assert store.bureau.handings(2026) == ()


# --- years apart ---


def test_a_year_that_comes_gets_a_part_of_its_own_and_one_that_may_not_is_kept_all_the_same(
    server: Postgres, tmp_path: Path
) -> None:
    name = server.database()
    server.ask(f"CREATE ROLE clerk LOGIN PASSWORD '{PASSWORD}'")
    tree = (Node("甲局", "", "甲局", "unit", None, True), Node("乙局", "", "乙局", "unit", None, True))

    def taken(store: Store, year: int, unit: str) -> None:
        paper = Paper(sample_filing(), "overall", "", (Amount("budget", "", "total", 7, ""),), (), ())
        store.bureau.take(Handing(unit, year, "x", (paper,), "d"))

    with Store.open(tmp_path, server=server.url(name)) as store:
        store.bureau.put_nodes(tree)
        store.people.put(Person("clerk", "reviewer"))
        with Store.open(tmp_path, server=server.url(name, "clerk", PASSWORD)) as clerk:
            taken(clerk, 2025, "甲局")
        for year in (2025, 2026):
            taken(store, year, "乙局")
        with Store.open(tmp_path, server=server.url(name, "clerk", PASSWORD)) as clerk:
            taken(clerk, 2026, "甲局")
        form = [sample_filing().form]
        assert [store.bureau.sums(year, form)[0].value for year in (2025, 2026)] == [14, 14]
    parts = server.ask("SELECT tableoid::regclass::text, count(*) FROM amount GROUP BY 1 ORDER BY 1", name)
    assert parts == [["amount_2026", 2], ["amount_others", 2]]
    server.ask("DROP OWNED BY clerk", name)
    server.ask("DROP ROLE clerk")


def test_a_sum_over_one_year_reads_no_other_year(server: Postgres, tmp_path: Path) -> None:
    name = server.database()
    with Store.open(tmp_path, server=server.url(name)) as store:
        store.bureau.put_nodes((Node("甲局", "", "甲局", "unit", None, True),))
        for year in (2024, 2025, 2026):
            paper = Paper(sample_filing(), "overall", "", (Amount("budget", "", "total", 7, ""),), (), ())
            store.bureau.take(Handing("甲局", year, "x", (paper,), "d"))
    plan = "\n".join(
        line for (line,) in server.ask("EXPLAIN SELECT sum(value) FROM amount WHERE year = 2025", name)
    )
    assert "amount_2025" in plan and "amount_2024" not in plan and "amount_others" not in plan


# --- named and refused ---


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://a@127.0.0.1/b", "bad-server"),
        ("sqlite:///perfdesk.db", "bad-server"),
        ("postgresql://127.0.0.1/b", "bad-server"),
        ("postgresql://a@127.0.0.1", "bad-server"),
        ("postgresql://a@127.0.0.1/b?sslmode=maybe", "bad-server"),
        ("postgresql://a@127.0.0.1/b?options=x", "bad-server"),
        ("postgresql://a@127.0.0.1:port/b", "bad-server"),
        ("not an address", "bad-server"),
        ("postgresql://a@127.0.0.1:1/b", "no-server"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(tmp_path: Path, url: str, code: str) -> None:
    (tmp_path / "store.toml").write_text(f'url = "{url}"', encoding="utf-8")
    assert refused(lambda: Store.open(tmp_path)) == code
    assert [path.name for path in tmp_path.iterdir()] == ["store.toml"]


@pytest.mark.parametrize("text", ["url = ", "url = 3", 'password = "x"', "\udcff"])
def test_settings_that_are_none_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "store.toml").write_text(text, encoding="utf-8", errors="surrogateescape")
    assert refused(lambda: Store.open(tmp_path)) == "bad-server"


def test_an_address_with_a_password_that_others_can_read_is_refused(tmp_path: Path) -> None:
    settings = tmp_path / "store.toml"
    settings.write_text(f'url = "postgresql://a:{PASSWORD}@127.0.0.1:1/b"', encoding="utf-8")
    settings.chmod(0o644)
    assert refused(lambda: Store.open(tmp_path)) == "bad-server"
    settings.chmod(0o600)
    assert refused(lambda: Store.open(tmp_path)) == "no-server"


@pytest.fixture
def zhang(server: Postgres, with_tables: str) -> Iterator[str]:
    """A person the server knows, who has a password."""
    server.ask(f"CREATE ROLE zhang LOGIN PASSWORD '{PASSWORD}'")
    yield "zhang"
    server.ask("DROP OWNED BY zhang", with_tables)
    server.ask("DROP ROLE zhang")


def test_a_wrong_password_a_missing_database_and_a_person_nobody_put_down_are_refused(
    server: Postgres, with_tables: str, zhang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.emptied(with_tables)
    wrong, right = (server.url(with_tables, zhang, p) for p in ("falsch", PASSWORD))
    assert refused(lambda: Store.open(tmp_path, server=wrong)) == "no-login"
    assert refused(lambda: Store.open(tmp_path, server=server.url(with_tables, zhang))) == "no-login"
    assert refused(lambda: Store.open(tmp_path, server=server.url("nirgends"))) == "no-database"
    assert refused(lambda: Store.open(tmp_path, server=right)) == "no-permission"
    server.ask("GRANT ALL ON ALL TABLES IN SCHEMA public TO zhang", with_tables)
    assert refused(lambda: Store.open(tmp_path, server=right)) == "no-person"
    server.ask("INSERT INTO person VALUES ('zhang', '张', 'administrator', '')", with_tables)
    Store.open(tmp_path, server=right).close()
    Store.open(tmp_path, server=f"{right}?sslmode=require").close()
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    Store.open(tmp_path, server=server.url(with_tables, zhang)).close()
    monkeypatch.delenv("PGPASSWORD")
    passwords = tmp_path / "passwords"
    passwords.write_text(f"# comment\nelse:*:*:*:x\n127.0.0.1:*:*:zhang:{PASSWORD}\n", encoding="utf-8")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    Store.open(tmp_path, server=server.url(with_tables, zhang)).close()


def test_a_server_elsewhere_is_spoken_to_in_private_and_proves_its_name(
    server: Postgres, with_tables: str, tmp_path: Path
) -> None:
    server.emptied(with_tables)
    address = server.url(with_tables)
    known = server.home / "data" / CERTIFICATE

    def is_private(query: str) -> bool:
        with Store.open(tmp_path, server=address + query) as store, store.vault.database.read() as conn:
            asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            return conn.exec_driver_sql(asked).scalar_one()

    assert not is_private("")  # on this computer
    assert is_private("?sslmode=require")
    assert is_private(f"?sslmode=verify-full&sslrootcert={known}")
    assert refused(lambda: is_private("?sslmode=verify-full")) == "no-server"
    (tmp_path / "none.pem").write_text("no certificate")
    for wrong in ("none.pem", "missing.pem"):
        asked = f"?sslmode=verify-full&sslrootcert={tmp_path / wrong}"
        assert refused(lambda asked=asked: is_private(asked)) == "bad-server"


@pytest.mark.parametrize(
    ("host", "mode"),
    [
        ("127.0.0.1", "disable"),
        ("localhost", "disable"),
        ("[::1]", "disable"),
        ("10.1.2.3", "verify-full"),
        ("db.某局", "verify-full"),
    ],
)
def test_only_a_server_on_this_computer_is_spoken_to_openly(tmp_path: Path, host: str, mode: str) -> None:
    where = server_of(tmp_path / "store.toml", f"postgresql://a@{host}/b", {})
    assert where is not None and where.sslmode == mode


def test_another_programs_database_is_left_alone(server: Postgres, tmp_path: Path) -> None:
    name = server.database()
    server.ask("CREATE TABLE theirs (id int)", name)
    assert refused(lambda: Store.open(tmp_path, server=server.url(name))) == "foreign"
    assert server.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name) == [["theirs"]]


def test_older_tables_are_brought_up_and_newer_ones_refused(server: Postgres, tmp_path: Path) -> None:
    def add_column(conn: Connection) -> None:
        ddl.run(conn, ["ALTER TABLE unit ADD COLUMN phone TEXT NOT NULL DEFAULT ''"])

    address, version = server.url(server.database()), MIGRATIONS[-1].version
    later = (*MIGRATIONS, Migration(version + 1, add_column))
    assert refused(lambda: Store.open(tmp_path, server=address, read_only=True)) == "older"
    with Store.open(tmp_path, server=address) as store:
        assert store.migrate() == (0, version)
        filing = store.add(sample_filing(), "导入")
    with Store.open(tmp_path, server=address, migrations=later) as store:
        assert store.migrate() == (version, version + 1)
        store.apply(filing, set_goal("升级以后"))
        assert store.verify() == ()
    assert refused(lambda: Store.open(tmp_path, server=address)) == "newer"


def test_a_table_that_is_gone_is_damage(server: Postgres, on_server: Path, tmp_path: Path) -> None:
    address = server.url(name := server.database())
    Store.open(tmp_path, server=address).close()
    server.ask("ALTER TABLE step DROP COLUMN visit", name)
    assert refused(lambda: Store.open(tmp_path, server=address)) == "damaged"


def test_a_reader_changes_nothing(on_server: Path) -> None:
    with Store.open(on_server) as store, Store.open(on_server, read_only=True) as reader:
        filing = store.add(sample_filing(), "导入")
        for attempt in (
            lambda: reader.apply(filing, set_goal("x")),
            lambda: reader.undo(filing),
            lambda: reader.add(sample_filing(), "导入"),
            lambda: reader.set_setting("a", "b"),
        ):
            assert refused(attempt) == "read-only"
        assert reader.dump() == store.dump()
        assert refused(reader.backup) == "read-only"


def test_the_tables_of_a_server_are_those_of_a_file(
    server: Postgres, with_tables: str, tmp_path: Path
) -> None:
    with Store.open(tmp_path) as store, store.vault.database.read() as conn:
        found = conn.exec_driver_sql(
            "SELECT t.name, c.name, c.type, c.\"notnull\" FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
        )
        ours = {(table, column, kind, bool(needed)) for table, column, kind, needed in found}
    kinds = {"bigint": "INTEGER", "text": "TEXT"}
    columns = "table_name, column_name, data_type, is_nullable, collation_name"
    sql = f"SELECT {columns} FROM information_schema.columns WHERE table_schema = 'public'"
    asked = server.ask(sql, with_tables)
    assert {row[4] for row in asked if row[2] == "text"} == {"C"}
    theirs = {
        (table, column, kinds[kind], nullable == "NO")
        for table, column, kind, nullable, _ in asked
        if not re.search(r"_(others|\d+)$", table)
    }
    keys = {
        (table.name, column.name) for table in tables.metadata.tables.values() for column in table.primary_key
    }
    assert {one for one in theirs if one[:2] not in keys} == {one for one in ours if one[:2] not in keys}
    assert {one[:3] for one in theirs} == {one[:3] for one in ours}


def test_a_store_in_a_file_loads_no_driver(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from perfdesk.store import Store\n"
        "with Store.open(Path(sys.argv[1])) as store: store.filings()\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('pg8000', 'scramp') or m.endswith(('.postgresql', '.server'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
