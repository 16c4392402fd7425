"""Many files by several processes: the same bytes, the same refusals, and nothing missing when a process dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from perfdesk import export_crew
from perfdesk.export import Job, export_filing
from perfdesk.export_crew import hands, write_together
from perfdesk.model.filing import Filing
from perfdesk.sample import sample_filings
from tests.making import catalog, counter

NOT_CANCELLED = lambda: False  # noqa: E731


def filings(count: int) -> list[Filing]:
    """The sample's newest declaration as that of so many units."""
    sample = max(sample_filings(catalog(), counter()), key=lambda f: f.year or 0)

    def of_unit(number: int) -> Filing:
        named = f"示例市第{number}事务中心"
        rows = tuple(
            replace(r, cells=MappingProxyType({**r.cells, "unit_name": named})) if r.id == "basic" else r
            for r in sample.rows
        )
        return replace(sample, rows=rows)

    return [of_unit(number) for number in range(count)]


def jobs(folder: Path, count: int, draft: bool = False) -> list[Job]:
    return [
        Job(catalog().form(f.form), f, folder / f"{n}.{('docx', 'xlsx', 'pdf')[n % 3]}", draft)
        for n, f in enumerate(filings(count))
    ]


def test_files_written_together_are_those_written_one_by_one(tmp_path: Path) -> None:
    planned = jobs(tmp_path / "many", 9)
    begun: list[int] = []
    outcome = dict(write_together(planned, {}, 2, lambda n, _file: begun.append(n), NOT_CANCELLED))
    assert outcome == dict.fromkeys(range(9))
    assert sorted(begun) == list(range(1, 10))
    for job in planned:
        alone = tmp_path / "alone" / job.target.name
        export_filing(job.form, job.filing, alone)
        assert job.target.read_bytes() == alone.read_bytes()


def test_what_is_refused_is_told_and_the_others_are_written(tmp_path: Path) -> None:
    planned = jobs(tmp_path, 6)
    wrong = planned[2].filing
    broken = replace(wrong, rows=tuple(r for r in wrong.rows if r.section != "indicators"))
    planned[2] = replace(planned[2], filing=broken)
    outcome = dict(write_together(planned, {}, 2, lambda *_: None, NOT_CANCELLED))
    told = outcome.pop(2)
    assert told is not None and told.code == "errors-open" and "错误" in told.message
    assert set(outcome.values()) == {None}
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        j.target.name for n, j in enumerate(planned) if n != 2
    )


def test_once_cancelled_nothing_more_is_begun(tmp_path: Path) -> None:
    begun: list[int] = []
    outcome = list(
        write_together(jobs(tmp_path, 12), {}, 2, lambda n, _: begun.append(n), lambda: len(begun) > 3)
    )
    assert len(begun) == len(outcome) == len(list(tmp_path.iterdir())) < 12


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL 只有 POSIX 系统才有")
def test_a_process_that_dies_costs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = export_crew._started
    children = []
    monkeypatch.setattr(export_crew, "_started", lambda: children.append(started()) or children[-1])
    planned = jobs(tmp_path, 9)

    def kill(number: int, _file: Path) -> None:
        if number in (4, 5):
            os.kill(children[number - 4].pid, signal.SIGKILL)

    outcome = dict(write_together(planned, {}, 2, kill, NOT_CANCELLED))
    assert outcome == dict.fromkeys(range(9))
    assert all(job.target.stat().st_size for job in planned)


def test_a_few_files_are_not_worth_other_processes() -> None:
    assert hands(3) == 0


def test_what_lies_in_the_folder_of_the_start_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zipfile.py").write_text("open('was-run', 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    outcome = dict(write_together(jobs(tmp_path / "out", 2), {}, 1, lambda *_: None, NOT_CANCELLED))
    assert outcome == {0: None, 1: None}
    assert not (tmp_path / "was-run").exists()


def test_a_writing_process_begins_without_what_most_forms_do_not_need() -> None:
    """Rules, budgets, scores and reports are a hundred modules, and a batch waits for them."""
    script = "import sys, perfdesk.export_crew; print(*(m for m in sys.modules if m.startswith('perfdesk')))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded = set(told.split())
    rooms = ("rules", "budget", "evaluation", "recognise", "catalog", "check", "derive", "score")
    assert not {f"perfdesk.{room}" for room in rooms} & loaded
    assert len(loaded) <= 40, sorted(loaded)
