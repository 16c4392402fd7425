"""A form of running text as blocks: numbered headings with paragraphs, goals and items below them."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.document.blocks import Block, Heading, Paragraph
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form, Section
from perfdesk.targets.indicator_text import Indicator, show_indicators
from perfdesk.targets.numbering import numbered


def running_blocks(form: Form, filing: Filing, level: int = 1) -> tuple[Block, ...]:
    """The text below the form's title: its headings are of ``level``, the names of goals of the level below it."""
    return tuple(_blocks(form, filing, level))


def _blocks(form: Form, filing: Filing, level: int) -> Iterator[Block]:
    if form.paper.running is None:
        return
    style, item = form.paper.running
    printed = [s for s in form.sections if s.id not in form.paper.unprinted]
    for number, section in enumerate(printed, 1):
        yield Heading(f"{numbered(style, number)}{section.label}", level, "heading1")
        if section.kind == "fields":
            yield from _paragraphs(filing.cell(f"{section.id}/{section.fields[-1].id}"))
        elif section.kind == "goals":
            for n, row in enumerate(filing.children(section.id, None), 1):
                # After a number in digits the name closes with a full stop, as public bodies write it.
                name = f"{numbered(item, n)}{row.get('level1')}{'。' if item == '1、' else ''}"
                first, *more = name.split("\n")
                yield Heading(first, level + 1, "heading2")
                yield from _paragraphs("\n".join(more))
                yield from _goal(section, filing, row.id)
        else:
            for n, row in enumerate(filing.section(section.id), 1):
                yield from _paragraphs(numbered(item, n) + row.get(section.fields[0].id))


def _goal(section: Section, filing: Filing, row_id: str) -> Iterator[Block]:
    labels = {f.id: f.label for f in section.fields}
    row = filing.row(row_id)
    yield from _paragraphs(f"{labels['goal']}：{row.get('goal') if row else ''}")
    indicators = [
        Indicator(r.get("level2"), r.get("description"), r.get("target"))
        for r in filing.children(section.id, row_id)
    ]
    if indicators:
        yield from _paragraphs(f"{labels['level2']}：{show_indicators(indicators, labels['target'])}")


def _paragraphs(text: str) -> Iterator[Block]:
    """One for each line that holds something."""
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line.strip())
