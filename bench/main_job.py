"""The whole main job – open last year's file, change twelve values, three exports – beside the same by hand-written scripts.

Each side is one process from its start to its end. PerfDesk reads, stores, keeps every change on disk and checks; the scripts only write:
python-docx the Word file, openpyxl the Excel file, LibreOffice makes the PDF of the Word file.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench import content
from bench.measured import Row
from perfdesk.formats.write import write_bytes

ROOT = Path(__file__).resolve().parent.parent
VALUES = 12

OURS = """
import io, json, sys
from contextlib import redirect_stdout
from pathlib import Path
from perfdesk.__main__ import main

folder, count = Path(sys.argv[1]), int(sys.argv[2])
data = ["--data", str(folder / "data")]
said = io.StringIO()
with redirect_stdout(said):
    assert main(["import", str(folder / "last.docx"), "--json", *data]) == 0
number = str(json.loads(said.getvalue())["filings"][0]["id"])
steps = [json.dumps({"set": f"indicators/{n + 1}/target", "to": f"≥{80 + n}%"}) for n in range(count)]
sys.stdin = io.StringIO("\\n".join(steps) + "\\n")
answers = io.StringIO()
with redirect_stdout(answers):
    assert main(["apply", number, *data]) == 0
assert answers.getvalue().count("OK") == count, answers.getvalue()
assert main(["export", number, "--to", str(folder / "ours"), "--format", "docx,xlsx,pdf", "--draft", *data]) == 0
"""

THEIRS = """
import subprocess, sys
from pathlib import Path
from docx import Document
from openpyxl import load_workbook

folder, count = Path(sys.argv[1]), int(sys.argv[2])
made = Document(str(folder / "last.docx"))
rows = [row for table in made.tables for row in table.rows][-count:]
for n, row in enumerate(rows):
    row.cells[3].paragraphs[0].text = f"≥{80 + n}%"
made.save(str(folder / "theirs.docx"))
book = load_workbook(folder / "last.xlsx")
sheet = book.worksheets[0]
cells = [c for row in sheet.iter_rows() for c in row if str(c.value or "").startswith(("≥", "≤", "="))]
for n, cell in enumerate(cells[:count]):
    cell.value = f"≥{80 + n}%"
book.save(folder / "theirs.xlsx")
profile = f"-env:UserInstallation=file://{folder}/profile"
command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "theirs.docx")]
subprocess.run(command, check=True, capture_output=True)
"""


def rows(rounds: int = 3) -> list[Row]:
    ours = statistics.median([_run(OURS) for _ in range(rounds + 1)][1:])
    work = f"主要的事：读入去年的表，改 {VALUES} 个值，写成三种格式"
    if shutil.which("soffice") is None:
        return [Row(work, ours, "s", 10.0, note="没有 LibreOffice，不比较")]
    theirs = statistics.median([_run(THEIRS) for _ in range(rounds + 1)][1:])
    return [Row(work, ours, "s", 1.0, "python-docx + openpyxl + LibreOffice", theirs)]


def _run(script: str) -> float:
    document = content.document()
    with tempfile.TemporaryDirectory() as name:
        for format in ("docx", "xlsx"):
            (Path(name) / f"last.{format}").write_bytes(write_bytes(document, format))
        command = [sys.executable, "-c", script, name, str(VALUES)]
        start = perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        seconds = perf_counter() - start
        if done.returncode:
            raise RuntimeError(done.stderr)
        files = [*Path(name).glob("ours/*"), *Path(name).glob("theirs.*")]
        assert len(files) == 3, files
    return seconds
