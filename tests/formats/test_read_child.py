"""The reading child: what it may cost, how it ends, and that one bad file costs only itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from perfdesk.document.source import Source
from perfdesk.errors import InputRefused
from perfdesk.formats.read import child_command, read, read_many
from tests.formats.hostile import c, docx, p, sheet_xml, tbl, tc, tr, xlsx

PRELUDE = "import sys, time, json; paths = json.load(sys.stdin); out = sys.stdout\n"
ANSWER = "print(json.dumps({'source': {'path': paths[0], 'format': 'text', 'leftovers': [], 'items': []}}), flush=True)\n"


def python(script: str) -> list[str]:
    """A child that does what a script says instead of reading."""
    return [sys.executable, "-c", PRELUDE + script]


def only(results: list[Source | InputRefused]) -> InputRefused:
    (result,) = results
    assert isinstance(result, InputRefused) and "\n" not in result.message
    return result


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "好.docx"
    file.write_bytes(docx(p("正文") + tbl(tr(tc("甲"), tc("乙")))))
    return file


def test_a_child_that_makes_no_progress_is_killed() -> None:
    start = time.monotonic()
    told = only(read_many(["a.docx"], command=python("while True: pass"), still_seconds=0.4))
    assert told.code == "no-progress" and "a.docx" in told.message
    assert time.monotonic() - start < 5


def test_a_child_that_makes_progress_may_take_its_time() -> None:
    script = "for _ in range(8):\n    time.sleep(0.15); print('.', flush=True)\n" + ANSWER
    (result,) = read_many(["a.docx"], command=python(script), still_seconds=0.9)
    assert isinstance(result, Source)


def test_what_a_killed_child_has_started_is_killed_too(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    script = (
        "import subprocess; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(mark)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    only(read_many(["a.docx"], command=python(script), still_seconds=1.0))
    pid = int(mark.read_text())
    assert ends(lambda: state(pid) in ("", "Z"))


def state(pid: int) -> str:
    """A process's state as the system names it; empty where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def ends(done: Callable[[], bool]) -> bool:
    limit = time.monotonic() + 5
    while not done() and time.monotonic() < limit:
        os.sched_yield()
    return done()


NONSENSE = (
    "sys.exit(1)",
    "import os; os.abort()",
    "print('not json')",
    "print('[1]')",
    "print('{}')",
    "print('null')",
    "print('[' * 100000)",
    "print('{\"sou', end='')",
    "print(json.dumps({'source': {}}))",
    "print(json.dumps({'source': {'path': 1, 'format': 2, 'leftovers': 3, 'items': [{}]}}))",
)


@pytest.mark.parametrize("script", NONSENSE)
def test_a_child_that_ends_or_talks_nonsense_costs_one_clear_line(script: str) -> None:
    told = only(read_many(["a.docx"], command=python(script)))
    assert (told.code, "a.docx" in told.message) == ("reader-stopped", True)


def test_a_crash_costs_only_the_file_at_which_it_happened() -> None:
    script = f"import os\n{ANSWER}os.abort()"
    results = read_many(["a", "bad", "b"], command=python(script))
    assert [r.path if isinstance(r, Source) else r.code for r in results] == ["a", "reader-stopped", "b"]


def test_refusals_stand_between_results_in_order(good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    results = read_many([good, bad, tmp_path, good])
    assert [r.format if isinstance(r, Source) else r.code for r in results] == [
        "docx",
        "broken",
        "folder",
        "docx",
    ]


def test_no_files_need_no_child() -> None:
    assert read_many([], command=["/nowhere"]) == []


def test_reading_can_be_cancelled() -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    start = time.monotonic()
    told = only(read_many(["a.docx"], cancelled, command=python("time.sleep(60)")))
    assert told.code == "cancelled" and time.monotonic() - start < 5


def test_read_raises_what_read_many_returns(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="找不到文件"):
        read(tmp_path / "没有.docx")


def test_the_child_tells_that_it_is_still_at_work(good: Path) -> None:
    """Every bounded piece of work beats, here without the pause between beats."""
    command = child_command()
    command[-1] = command[-1].replace(
        "from perfdesk", "import perfdesk.formats.child as own; own.BEAT_SECONDS = -1; from perfdesk"
    )
    told = subprocess.run(
        command, input=json.dumps([str(good)]).encode(), capture_output=True, check=True
    ).stdout.splitlines()
    assert set(told[:-1]) == {b"."} and json.loads(told[-1])["source"]["format"] == "docx"


def with_memory(halved: int) -> list[str]:
    """Our own child with its limit of memory halved so many times."""
    *start, script = child_command()
    return [
        *start,
        script.replace(
            "from perfdesk", f"import perfdesk.formats.child as own; own.MEMORY >>= {halved}; from perfdesk"
        ),
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process exist on POSIX only")
def test_the_child_leaves_no_core_and_no_endless_file() -> None:
    """Asked for in the child itself, which is at work by then."""
    *start, script = child_command()
    asking = "; import resource as r, perfdesk.formats.child as own; own.limit_memory(own.MEMORY); " + (
        "print(*[r.getrlimit(k)[0] for k in (r.RLIMIT_AS, r.RLIMIT_CORE, r.RLIMIT_FSIZE)])"
    )
    said = subprocess.run([*start, script.partition("; from")[0] + asking], capture_output=True, check=True)
    assert said.stdout.split() == [b"536870912", b"0", b"268435456"]


def test_memory_beyond_the_limit_is_told(tmp_path: Path, good: Path) -> None:
    """A child whose limit is a quarter of the usual one: the file needs more, the next is read."""
    rows = "".join(f'<row r="{n}">{c(f"A{n}", "税" * 2000)}</row>' for n in range(1, 9000))
    large = tmp_path / "大.xlsx"
    large.write_bytes(xlsx(sheet_xml(rows)))
    results = read_many([large, good], command=with_memory(2))
    assert [r.format if isinstance(r, Source) else r.code for r in results] == ["too-large", "docx"]


def test_memory_does_not_grow_with_the_length_of_a_table(tmp_path: Path) -> None:
    """A quarter of the usual memory is enough for 25 000 cells whose mark-up alone would fill it as a tree."""
    cell = tc("值", "<w:noWrap/>" * 40)
    long = tmp_path / "长.docx"
    long.write_bytes(docx(tbl(*[tr(*[cell] * 5)] * 5000)))
    sheet = "".join(f'<row r="{n}">{"<c><v>1</v></c>" * 20}</row>' for n in range(1, 5001))
    high = tmp_path / "高.xlsx"
    text = f"<si><r><rPr>{'<b/>' * 12}</rPr><t>甲</t></r></si>"
    high.write_bytes(xlsx(sheet_xml(sheet), shared=text * 120_000))
    results = read_many([long, high], command=with_memory(2))
    assert [r.format if isinstance(r, Source) else r.code for r in results] == ["docx", "xlsx"]


def test_the_child_runs_nothing_that_lies_in_the_folder_it_starts_in(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lxml.py", "json.py", "zipfile.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert read(good).format == "docx"
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="names of bytes exist on POSIX only")
def test_a_name_that_is_no_unicode_is_read(tmp_path: Path, good: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.docx")
    Path(odd).write_bytes(good.read_bytes())
    assert read(odd).path == odd
