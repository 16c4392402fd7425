"""How long 200 projects of one file take to be read: ``.venv/bin/python -m bench.projects_200`` (aim: 10 s for Word)."""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from perfdesk.catalog import load, new_filing
from perfdesk.commands.files import together
from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.intake import take_in
from perfdesk.model.change import SetCell, apply


def main(projects: int = 200) -> None:
    catalog, ids = load(), count(1)
    form = next(f for f in catalog.forms.values() if f.kind == "project-target")
    filings = [
        apply(
            new_filing(form, 2026, "示例市财政局", lambda: f"r{next(ids)}"),
            (SetCell("basic", "name", f"第{n}个项目"),),
        )[0]
        for n in range(projects)
    ]
    for ending in ("docx", "xlsx"):
        file = Path(tempfile.mkdtemp()) / f"many.{ending}"
        write(together(filings, catalog), file)
        start = time.perf_counter()
        found = take_in(read(file), catalog, lambda: f"n{next(ids)}").filings
        print(f"{ending}: {len(found)} projects in {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:2]))
