"""Two hundred forms to three formats: PerfDesk on both cores beside the libraries one after the other, and LibreOffice for the PDF."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

from bench import content, outputs, peers
from bench.measured import Row
from perfdesk.compose import compose
from perfdesk.export import Job, write_job
from perfdesk.export_many import export_many

FORMS = 200
TRIED = 40
"""So many forms the peers write; their time is told for all (it is linear, and the run shall end in minutes)."""


def rows() -> list[Row]:
    form, _ = content.one()
    filings = content.many(FORMS)
    given = [compose(form, filing).document for filing in filings]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = {format: _ours(folder / format, format) for format in ("docx", "xlsx", "pdf")}
        everything = _ours(folder / "all", "docx", "xlsx", "pdf")
        outputs.check_docx(given[-1], *_last(folder, "docx"))
        outputs.check_xlsx(given[-1], *_last(folder, "xlsx"))
        outputs.check_pdf(given[-1], *_last(folder, "pdf"))
        template = peers.docxtpl_template(given[0])
        beside = folder / "peers"
        beside.mkdir()
        docxtpl = _each(lambda n: (beside / f"{n}.docx").write_bytes(peers.docxtpl_bytes(template, given[n])))
        openpyxl = _each(lambda n: (beside / f"{n}.xlsx").write_bytes(peers.openpyxl_bytes(given[n])))
        office = _libreoffice(folder)
        alone = _alone(folder / "alone", "docx", "xlsx", "pdf")
    found = [
        Row(f"{FORMS} 张表写成 Word", ours["docx"], "s", 0.3, "docxtpl", docxtpl),
        Row(f"{FORMS} 张表写成 Excel", ours["xlsx"], "s", 0.2, "openpyxl", openpyxl),
        Row(f"{FORMS} 张表写成 Word、Excel、PDF，用满各核", everything, "s", 0.75, "一个进程", alone),
    ]
    if office:
        found.append(Row(f"{FORMS} 张表写成 PDF", ours["pdf"], "s", 0.05, "LibreOffice", office))
    return found + [_memory()]


def _jobs(folder: Path, formats: tuple[str, ...], count: int = FORMS) -> list[Job]:
    form, _ = content.one()
    return [
        Job(form, filing, folder / f"{number}.{format}", True)
        for format in formats
        for number, filing in enumerate(content.many(count))
    ]


def _ours(folder: Path, *formats: str) -> float:
    """With what the window and the command use, starting the other processes included."""
    jobs = _jobs(folder, formats)
    start = perf_counter()
    failed = [error for _, error in export_many(jobs) if error]
    seconds = perf_counter() - start
    assert not failed and len(list(folder.iterdir())) == len(jobs)
    return seconds


def _alone(folder: Path, *formats: str) -> float:
    """The same by one process."""
    jobs = _jobs(folder, formats)
    folder.mkdir()
    start = perf_counter()
    for job in jobs:
        write_job(job, {})
    return perf_counter() - start


def _last(folder: Path, format: str) -> list[bytes]:
    return [(folder / place / f"{FORMS - 1}.{format}").read_bytes() for place in (format, "all")]


def _each(write: object) -> float:
    assert callable(write)
    write(0)
    start = perf_counter()
    for number in range(TRIED):
        write(number)
    return (perf_counter() - start) * FORMS / TRIED


def _libreoffice(folder: Path) -> float:
    """All the Word files in one start of LibreOffice, a profile of its own already made; 0.0 where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return 0.0
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "office")]
    files = sorted((folder / "docx").iterdir())
    subprocess.run([*command, str(files[0])], check=True, capture_output=True)
    start = perf_counter()
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True)
    seconds = perf_counter() - start
    assert len(list((folder / "office").glob("*.pdf"))) == FORMS
    return seconds


def _memory() -> Row:
    """What four times as many forms take more in this process: nothing but their own filings."""
    with tempfile.TemporaryDirectory() as name:
        peaks: list[float] = []
        for count in (FORMS // 4, FORMS):
            for _ in export_many(_jobs(Path(name), ("docx", "pdf"), count)):
                pass
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return Row(f"内存：{FORMS} 张表", peaks[1], "MB", 1.1, f"{FORMS // 4} 张表", peaks[0])
