"""The findings of one or several forms as a document for the file: form, place, finding, explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfdesk.document.blocks import Block, Document, Heading, Page, Paragraph, Table
from perfdesk.document.grid import Cell, grid
from perfdesk.model.filing import Filing, Row, numbered_rows
from perfdesk.model.finding import Finding
from perfdesk.model.form import LEVELS, Form
from perfdesk.titles import name_of

SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}
HEAD = ("序号", "轻重", "位置", "问题", "说明")
WIDTHS = (13.0, 14.0, 42.0, 70.0, 31.0)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A filing with what waits and what was settled with an explanation."""

    form: Form
    filing: Filing
    waiting: tuple[Finding, ...]
    settled: tuple[tuple[Finding, str], ...] = ()

    @property
    def all(self) -> tuple[tuple[Finding, str], ...]:
        return (*((f, "") for f in self.waiting), *self.settled)


def compose_findings(reviewed: Sequence[Reviewed]) -> Document:
    """One table a form, in the order given; forms without findings are named at the end. At least one form."""
    first = reviewed[0].filing
    year = f"{first.year}年度" if first.year is not None else ""
    blocks: list[Block] = [Heading("绩效填报审核结果", 1, "title")]
    blocks.append(Paragraph(f"{first.unit_name}　　{year}".strip("　"), "year"))
    blocks.append(Paragraph(_counted(reviewed)))
    clean: list[str] = []
    for one in reviewed:
        name = called(one.form, one.filing)
        if one.all:
            blocks += [Heading(name, 2, "heading2"), _table(one, name)]
        else:
            clean.append(name)
    if clean:
        blocks.append(Paragraph(f"没有发现问题：{'、'.join(clean)}。"))
    return Document(Page(), tuple(blocks), f"{first.unit_name}{year}审核结果")


def called(form: Form, filing: Filing) -> str:
    """``项目绩效目标表 河岸照明``; a form that a unit has once by its title alone."""
    own = name_of(form, filing) if filing.cell("basic/name") else ""
    return f"{form.title}　{own}" if own and own not in form.title else form.title


def _counted(reviewed: Sequence[Reviewed]) -> str:
    counts = {s: sum(f.severity == s for one in reviewed for f in one.waiting) for s in SEVERITIES}
    settled = sum(len(one.settled) for one in reviewed)
    told = "，".join(f"{name} {counts[s]} 处" for s, name in SEVERITIES.items())
    return f"共 {len(reviewed)} 张表：{told}；已写明说明 {settled} 处。"


def _table(one: Reviewed, name: str) -> Table:
    cells = [Cell(0, n, text, style="head") for n, text in enumerate(HEAD)]
    for row, (finding, explanation) in enumerate(one.all, 1):
        texts = (str(row), SEVERITIES[finding.severity], place_words(one.form, one.filing, finding))
        source = f"（{finding.source}）" if finding.source else ""
        texts = (*texts, f"{finding.title}：{finding.message}{source}", explanation)
        cells += [Cell(row, n, t, style="value" if n < 2 else "body") for n, t in enumerate(texts)]
    return Table(grid(WIDTHS, len(one.all) + 1, cells, 1), name=name)


def place_words(form: Form, filing: Filing, finding: Finding) -> str:
    """Where a finding is, in the words of the form: ``绩效指标 第 3 项“完成率” 指标值``; where there is no such cell the section's name."""
    section_id = finding.where.removeprefix("tables/").partition("/")[0]
    section = next((s for s in form.sections if s.id == section_id), None)
    if section is None:
        return finding.where
    row = filing.row(finding.place.row) if finding.place.row else None
    field = section.field(finding.place.column or "")
    parts = [section.label, _row_words(filing, section_id, row), field.name if field else ""]
    return " ".join(dict.fromkeys(p for p in parts if p))


def _row_words(filing: Filing, section: str, row: Row | None) -> str:
    if row is None or row.id == section:
        return ""
    name = next((t for c in (*reversed(LEVELS), "name", "code") if (t := " ".join(row.get(c).split()))), "")
    number = next((n for n, (_, r) in enumerate(numbered_rows(filing, section), 1) if r is row), None)
    if name:
        return f"“{name}”"
    return f"第 {number} 行" if number else ""
