"""The report part of a form file (``[report]``, ``[[chapters]]``) → Report and its section of facts."""

from __future__ import annotations

from perfdesk.chapter_files import read_chapter, read_phrases
from perfdesk.evaluation_files import Methods, rates_section
from perfdesk.model.form import Section
from perfdesk.model.report import Report, ReportWords
from perfdesk.toml_table import Table


def read_report(table: Table, sections: tuple[Section, ...], methods: Methods) -> Report | None:
    """None where the form has no such table."""
    own = table.optional_table("report")
    if own is None:
        return None
    rates, scheme = methods.rates.get(own.text("rates")), methods.schemes.get(own.text("scheme"))
    shared = read_phrases(own)
    words = _words(own.table("words"), own.texts("parts"))
    chapters = tuple(read_chapter(t, sections, shared=shared) for t in table.tables("chapters"))
    for key, found, what in (("rates", rates, "比率集"), ("scheme", scheme, "评分方案")):
        if found is None:
            own.problem(key, f"没有这个{what}")
    own.done()
    return Report(chapters, rates, scheme, words) if rates and scheme else None


def _words(table: Table, parts: tuple[str, ...]) -> ReportWords:
    words = ReportWords(
        offices=table.texts("offices"),
        own_work=table.texts("own_work"),
        done=table.texts("done"),
        this_year=table.texts("this_year"),
        empty=table.texts("empty"),
        parts=parts,
    )
    table.done()
    return words


def report_sections(report: Report | None, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The facts sheet of a report."""
    return rates_section(report.rates, sections) if report else ()
