"""One overall target to each format: PerfDesk beside the libraries that people script such forms with."""

from __future__ import annotations

from bench import content, outputs, peers
from bench.measured import Row, medians
from perfdesk.formats.write import write_bytes


def rows(rounds: int = 21) -> list[Row]:
    """docxtpl fills a form from values, so composing it counts for PerfDesk; XlsxWriter and reportlab are given the same cells that
    PerfDesk's writers are given."""
    _, filing = content.one()
    given = content.document()
    template = peers.docxtpl_template(given)
    outputs.check_docx(given, write_bytes(given, "docx"), peers.docxtpl_bytes(template, given))
    outputs.check_xlsx(
        given, write_bytes(given, "xlsx"), peers.xlsxwriter_bytes(given), peers.openpyxl_bytes(given)
    )
    outputs.check_pdf(given, write_bytes(given, "pdf"), peers.reportlab_bytes(given))
    time = medians(
        rounds,
        {
            "docx": lambda: write_bytes(content.document(filing), "docx"),
            "docxtpl": lambda: peers.docxtpl_bytes(template, given),
            "xlsx": lambda: write_bytes(given, "xlsx"),
            "XlsxWriter": lambda: peers.xlsxwriter_bytes(given),
            "openpyxl": lambda: peers.openpyxl_bytes(given),
            "pdf": lambda: write_bytes(given, "pdf"),
            "reportlab": lambda: peers.reportlab_bytes(given),
        },
    )
    ms = {name: seconds * 1000 for name, seconds in time.items()}
    return [
        Row("一张整体绩效目标表写成 Word", ms["docx"], "ms", 0.4, "docxtpl", ms["docxtpl"]),
        Row("一张整体绩效目标表写成 Excel", ms["xlsx"], "ms", 1.3, "XlsxWriter", ms["XlsxWriter"]),
        Row("一张整体绩效目标表写成 Excel", ms["xlsx"], "ms", 1.3, "openpyxl", ms["openpyxl"]),
        Row("一张整体绩效目标表写成 PDF", ms["pdf"], "ms", 1.2, "reportlab", ms["reportlab"]),
    ]
