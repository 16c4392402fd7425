"""A report as its document: chapters with their texts, and in them the target form, the table of scores and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfdesk.bound import show_bound
from perfdesk.document.blocks import Block, Heading, Page, PageBreak, Paragraph, Table
from perfdesk.document.grid import Cell, grid
from perfdesk.evaluation.evaluated import shown_points
from perfdesk.model.chapter import Chapter
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.report import Report
from perfdesk.report.pictures import level_bars, quarter_bars, years_line
from perfdesk.report.quotes import quotable_report
from perfdesk.report.reported import Line, Reported

WIDTHS = (68.0, 34.0, 34.0, 34.0)
"""Of the table of scores in mm."""


def report_blocks(
    form: Form, report: Report, filing: Filing, reported: Reported, target: Sequence[Block]
) -> Iterator[Block]:
    """``target``: the blocks of the year's target form, empty where there is none."""
    yield Heading(f"{filing.unit_name}{filing.title or form.title}", 1, "part")
    if filing.year is not None:
        yield Paragraph(f"（{filing.year}年度）", "year")
    resolve = quotable_report(report, reported).resolve
    for chapter in report.chapters:
        yield Heading(chapter.heading, chapter.level, f"heading{min(chapter.level, 3)}")
        text = show_bound(filing.cell(chapter.text), resolve) if chapter.text else ""
        yield from (Paragraph(line.strip()) for line in text.splitlines() if line.strip())
        yield from _inserted(form, chapter, reported, target)


def _inserted(form: Form, chapter: Chapter, reported: Reported, target: Sequence[Block]) -> Iterator[Block]:
    for insert in chapter.inserts:
        if insert == "target-form":
            yield from _inside(target)
        elif insert == "score-table" and reported.lines:
            yield Paragraph(form.section("scores").label, "table_title")
            yield score_table(form, reported.lines)
        elif insert == "level-bars":
            yield from level_bars(reported)
        elif insert == "years-line":
            yield from years_line(reported)
        elif insert == "quarter-bars":
            yield from quarter_bars(reported)


def _inside(target: Sequence[Block]) -> Iterator[Block]:
    """The target form on pages of its own; its title is no heading of the report."""
    if not target:
        return
    yield PageBreak(Page())
    for block in target:
        yield Paragraph(block.text, "caption") if isinstance(block, Heading) else block
    yield PageBreak(Page())


def score_table(form: Form, lines: Sequence[Line]) -> Table:
    """指标 | 权重分值 | 得分 | 得分率, the last line the sum."""
    section = form.section("scores")
    cells = [Cell(0, n, f.label, style="head") for n, f in enumerate(section.fields)]
    for row, line in enumerate(lines, 1):
        texts = (line.label, *(_shown(v) for v in (line.weight, line.score)), _shown(line.rate, "%"))
        cells += [Cell(row, n, text, style="value" if n else "label") for n, text in enumerate(texts)]
    return Table(grid(WIDTHS, len(lines) + 1, cells, 1), name=section.label)


def _shown(value: Decimal | None, unit: str = "") -> str:
    return "" if value is None else f"{shown_points(value)}{unit}"
