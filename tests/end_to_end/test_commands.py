"""The headless commands as scripts use them: exit codes, one JSON value on stdout, one line for a refusal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from perfdesk import paths
from perfdesk.__main__ import COMMANDS, main
from perfdesk.compose import compose
from perfdesk.formats.write import write
from perfdesk.sample import sample_filings
from perfdesk.store import Store
from tests.making import catalog, counter

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def start(tmp_path: Path) -> Run:
    """The program started as a script starts it: slow, so only where that is what is looked at."""

    def command(*args: str | Path, stdin: str = "") -> Said:
        line = [sys.executable, "-m", "perfdesk", "--data", str(tmp_path / "data"), *map(str, args)]
        done = subprocess.run(
            line, input=stdin, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=60
        )
        assert "Traceback" not in done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    return command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same commands in this process, between pipes that know no Chinese until the program says so."""

    def command(*args: str | Path, stdin: str = "") -> Said:
        pipes = [TextIOWrapper(BytesIO(data), "ascii") for data in (stdin.encode(), b"", b"")]
        with monkeypatch.context() as patch:
            for name, pipe in zip(("stdin", "stdout", "stderr"), pipes, strict=True):
                patch.setattr(sys, name, pipe)
            try:
                code = main(["--data", str(tmp_path / "data"), *map(str, args)])
            except SystemExit as ended:
                code = int(ended.code or 0)
        for pipe in pipes[1:]:
            pipe.seek(0)
        said = Said(code, pipes[1].read(), pipes[2].read())
        assert "Traceback" not in said.err
        return said

    return command


@pytest.fixture
def word(tmp_path: Path) -> Path:
    filing = sample_filings(catalog(), counter())[0]
    path = tmp_path / "去年.docx"
    write(compose(catalog().form(filing.form), filing).document, path)
    return path


def sample(year: int) -> Path:
    return paths.resources() / "samples" / f"{year}.json"


def test_read_prints_one_json_value_in_the_agreed_shape(run: Run, word: Path) -> None:
    said = run("read", word, "--json")
    assert (said.code, said.err) == (0, "")
    (file,) = said.json["files"]
    assert (file["path"], file["error"], file["leftovers"]) == (str(word), None, [])
    (filing,) = file["filings"]
    assert {
        "id",
        "form",
        "title",
        "year",
        "unit_name",
        "amount_unit",
        "sections",
        "repairs",
        "findings",
    } <= filing.keys()
    row = next(r for r in filing["sections"]["indicators"] if r["level3"] == "预算执行率")
    assert row["target"] == {"text": "≥95", "op": "≥", "value": "95", "unit": "%"}


def test_check_finds_the_mistakes_of_the_sample_and_exits_1(run: Run) -> None:
    said = run("check", sample(2022), "--json")
    assert said.code == 1
    findings = said.json["files"][0]["filings"][0]["findings"]
    assert {(f["code"], f["where"]) for f in findings if f["severity"] == "error"} == {
        ("balance", "budget/total"),
        ("bare-sign", "indicators/31/target"),
    }
    assert run("check", sample(2021)).code == 0


def test_nothing_recognised_is_1_and_a_refused_file_is_3(start: Run, tmp_path: Path) -> None:
    note, broken = tmp_path / "随笔.txt", tmp_path / "坏.docx"
    note.write_text("今天开会。\n甲\t乙\n", encoding="utf-8")
    broken.write_bytes(b"PK\x03\x04 not a zip")
    assert start("read", note).code == 1
    said = start("read", broken)
    assert (
        said.code == 3
        and said.out == ""
        and len(said.err.strip().splitlines()) == 1
        and "坏.docx" in said.err
    )
    both = start("read", note, broken, sample(2021), "--json")
    assert both.code == 3
    assert [len(f["filings"]) for f in both.json["files"]] == [0, 0, 1]
    assert both.json["files"][1]["error"]


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"],
        ["read"],
        ["export", "--to", "x"],
        ["show", "abc"],
        ["export", "1", "--to", "x", "--format", "doc"],
    ],
)
def test_wrong_usage_is_2(run: Run, args: list[str]) -> None:
    assert run(*args).code == 2


@pytest.mark.parametrize("ending", ["docx", "xlsx", "json"])
def test_converting_and_reading_back_gives_the_same_sections(run: Run, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    assert run("convert", sample(2022), target).code == 0
    before, after = (
        run("read", p, "--json").json["files"][0]["filings"][0]["sections"] for p in (sample(2022), target)
    )
    assert before == after


def test_convert_writes_pdf_and_refuses_an_unknown_ending(run: Run, tmp_path: Path) -> None:
    assert run("convert", sample(2021), tmp_path / "a.pdf").code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    said = run("convert", sample(2021), tmp_path / "a.odt")
    assert said.code == 3 and not (tmp_path / "a.odt").exists()


def test_a_filing_from_import_to_export(run: Run, word: Path, tmp_path: Path) -> None:
    said = run("import", word)
    assert (said.code, said.out) == (0, "1\n")
    (listed,) = run("list", "--json").json["filings"]
    assert (listed["id"], listed["year"], listed["state"], listed["errors"]) == (1, 2021, "clean", 0)
    steps = [
        '{"set": "basic/goal", "to": "新目标"}',
        '{"insert": "tasks", "after": null, "values": {"name": "甲", "content": "乙"}}',
        "{",
        '{"set": "tasks/1/name", "to": "丙"}',
    ]
    answers = run("apply", "1", stdin="\n".join(steps)).out.splitlines()
    assert (
        answers[0] == "OK 1"
        and answers[1] == "OK 2"
        and answers[2].startswith("ERR 3 ")
        and answers[3] == "OK 4"
    )
    shown = run("show", "1", "--json").json["sections"]
    assert shown["basic"]["goal"] == "新目标"
    assert (shown["tasks"][0]["name"], shown["tasks"][0]["content"]) == ("丙", "乙")
    assert run("apply", "1", stdin=json.dumps({"remove": shown["tasks"][0]["id"]})).out == "OK 1\n"
    for _ in range(4):
        assert run("undo", "1").code == 0
    assert run("show", "1", "--json").json["sections"]["basic"]["goal"] != "新目标"
    assert run("redo", "1").code == 0
    assert [e["undone"] for e in run("history", "1", "--json").json] == [False, False, True, True, True]
    exported = run("export", "1", "--to", tmp_path / "出", "--format", "docx,xlsx,pdf", "--json").json[
        "files"
    ]
    assert sorted(Path(p).suffix for p in exported) == [".docx", ".pdf", ".xlsx"] and all(
        Path(p).exists() for p in exported
    )
    assert run("verify").code == 0


def test_export_with_errors_open_refuses_unless_it_is_a_draft(run: Run, tmp_path: Path) -> None:
    run("import", sample(2022))
    said = run("export", "--year", "2022", "--to", tmp_path / "出")
    assert said.code == 3 and "草稿" in said.err and not list((tmp_path / "出").glob("*"))
    assert run("export", "--year", "2022", "--to", tmp_path / "出", "--draft").code == 0
    assert [p.name.endswith("（草稿）.docx") for p in (tmp_path / "出").iterdir()] == [True]


def test_a_year_that_the_file_does_not_tell_must_be_said(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "无年度.json"
    data = json.loads(sample(2021).read_text(encoding="utf-8"))
    text.write_text(json.dumps(data | {"year": None}), encoding="utf-8")
    assert run("import", text).code == 3
    assert run("list", "--json").json["filings"] == []
    assert run("import", text, "--year", "2024", "--unit", "某科室").out == "1\n"
    (listed,) = run("list", "--json").json["filings"]
    assert (listed["year"], listed["unit_name"]) == (2024, "某科室")


def test_backup_and_restore_bring_everything_back(run: Run, tmp_path: Path) -> None:
    run("import", sample(2021))
    before = run("dump", "--json").json
    copy = tmp_path / "copy.db"
    assert run("backup", "--to", copy).code == 0 and copy.exists()
    run("apply", "1", stdin='{"set": "basic/goal", "to": "x"}')
    assert run("restore", copy).code == 0
    after = run("dump", "--json").json
    assert after["filings"] == before["filings"]


def test_an_unknown_filing_and_a_foreign_store_are_one_clear_line(run: Run, tmp_path: Path) -> None:
    said = run("show", "99")
    assert said.code == 3 and len(said.err.strip().splitlines()) == 1
    run("import", sample(2021))
    store = tmp_path / "data" / "perfdesk.db"
    store.write_bytes(b"garbage" * 1000)
    before = store.read_bytes()
    for command in (["list"], ["verify"], ["apply", "1"], ["import", str(sample(2021))]):
        said = run(*command)
        assert said.code == 3 and len(said.err.strip().splitlines()) == 1, said.err
    assert store.read_bytes() == before


def test_the_demo_runs_twice_and_leaves_every_kind_of_file(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert run("demo", tmp_path / "out").code == 0
    names = [p.name for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert {Path(n).suffix for n in names} == {".docx", ".xlsx", ".pdf", ".json", ".txt", ".db"}
    assert "总分" in (tmp_path / "out" / "评分.txt").read_text(encoding="utf-8")
    assert all(
        f"2023年度示例市住房保障中心部门整体绩效自评报告{ending}" in names for ending in (".docx", ".pdf")
    )


def test_the_program_proves_itself_with_its_window(run: Run) -> None:
    said = run("self-test", "--json").json
    assert said["ok"] is True
    assert [t["name"] for t in said["trials"]] == ["表样与审核", "写出与读回", "评分", "数据", "签名", "窗口"]


def test_a_window_that_cannot_open_its_store_fails_the_trial(tmp_path: Path) -> None:
    (tmp_path / "window").write_text("a file where the folder should be")
    done = subprocess.run(
        [sys.executable, "-m", "perfdesk", "--window-trial", str(tmp_path)],
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
    )
    assert done.returncode == 3 and str(tmp_path / "window") in done.stdout.decode("utf-8")


def test_every_command_explains_itself(start: Run) -> None:
    said = start("--help")
    assert said.code == 0 and all(name in said.out for name in COMMANDS)
    assert start("apply", "--help").code == 0


def test_chinese_survives_a_locale_without_it(word: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "perfdesk", "read", str(word)],
        capture_output=True,
        cwd=ROOT,
        env=env,
        timeout=60,
    )
    assert done.returncode == 0 and "绩效" in done.stdout.decode("utf-8")


def test_a_form_that_this_program_does_not_have_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    """A newer program made it; what needs no form goes on working."""
    with Store.open(tmp_path / "data") as store:
        store.add(
            replace(sample_filings(catalog(), counter())[0], form="later-2099/overall-target"), "新程序"
        )
    for command in (("list",), ("show", "1"), ("check", "--year", "2021"), ("export", "1", "--to", "x.docx")):
        said = run(*command)
        assert said.code == 3 and len(said.err.splitlines()) == 1 and "later-2099" in said.err
    assert run("verify").code == run("backup").code == run("dump").code == 0
