"""A bureau's summary as a document: in Excel a sheet for each of its tables, in Word and PDF pages lying on their side."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfdesk.bureau.consolidated import SumCell, SumTable
from perfdesk.bureau.differences_paper import differences_blocks
from perfdesk.bureau.indicators_paper import indicator_blocks
from perfdesk.bureau.standings_paper import standings_blocks
from perfdesk.bureau.summary import MOST_COLUMNS, FormSummary, Heat, Summary, heat
from perfdesk.bureau.whole import plain
from perfdesk.document.blocks import Bar, Block, Chart, Document, Heading, Page, PageBreak, Paragraph, Table
from perfdesk.document.listing import Line, Styled, listing
from perfdesk.model.bureau import NodeKind
from perfdesk.model.collected import Status, UnitState, UnitStatus

PAGE = Page().turned()
KIND_NAMES: dict[NodeKind, str] = {
    "province": "省",
    "city": "市",
    "county": "县区",
    "department": "部门",
    "unit": "单位",
}
STATE_NAMES: dict[UnitState, str] = {
    "missing": "未报",
    "taken": "已报",
    "accepted": "已受理",
    "returned": "已退回",
}
MOST_BARS = 20


def summary_document(summary: Summary) -> Document:
    """``of`` and year in the title; forms of which nobody handed in anything are left out."""
    title = f"{summary.of}{summary.year}年度绩效汇总"
    blocks: list[Block] = [Heading(title), *_received(summary.status)]
    for form in summary.forms:
        blocks += _form(summary, form)
    for standings in summary.standings:
        blocks += [PageBreak(), *standings_blocks(standings, PAGE)]
    return Document(PAGE, tuple(blocks), title)


# --- who handed in ----------------------------------------------------------------------------------------------------


def _received(status: Status) -> list[Block]:
    received = len(status.units) - len(status.missing)
    wrong = sum(bool(u.handing and u.handing.errors) for u in status.units)
    told = f"应报 {len(status.units)} 家，已报 {received} 家，未报 {len(status.missing)} 家，有错误待改的 {wrong} 家。"
    head = ["序号", "单位编码", "单位名称", "级次", "状态", "报送文件日期", "表数", "错误", "提醒", "意见"]
    widths = [12.0, 26.0, 60.0, 16.0, 18.0, 28.0, 16.0, 16.0, 16.0, 16.0]
    lines = [_unit_line(number, unit) for number, unit in enumerate(status.units, 1)]
    table = listing(PAGE, head, lines, widths, ("单位名称",), name="报送情况")
    return [Heading("报送情况", 2, "table_title"), Paragraph(told, "table_line"), table]


def _unit_line(number: int, unit: UnitStatus) -> Line:
    node, handing = unit.node, unit.handing
    state = STATE_NAMES[unit.state] + ("（草稿）" if handing and handing.draft else "")
    head = [Decimal(number), node.code, node.name, KIND_NAMES[node.kind], state]
    if handing is None:
        return [*head, "", "", "", "", ""]
    counts = (handing.papers, handing.errors, handing.warnings, handing.notes)
    return [*head, handing.made or handing.at.date().isoformat(), *map(Decimal, counts)]


# --- one form ---------------------------------------------------------------------------------------------------------


def _form(summary: Summary, form: FormSummary) -> Iterator[Block]:
    found = form.consolidated
    unit = f"　　金额单位：{found.unit}"
    for table in found.tables:
        title = f"{found.form.title}　{table.title}汇总"
        yield PageBreak()
        yield Heading(title, 2, "table_title")
        yield Paragraph(f"{summary.of}　{summary.year}年度\t{unit.strip('　')}", "table_line")
        yield _sums(table)
        if told := _unread(table):
            yield Paragraph(told, "note")
    side_by_side = heat(summary, form)
    if side_by_side.rows:
        yield PageBreak()
        yield Heading(f"{found.form.title}　分单位", 2, "table_title")
        yield Paragraph(f"颜色越深，在这一栏里排得越靠前\t{unit.strip('　')}", "table_line")
        yield _heat(side_by_side, found.unit)
        yield from _bars(side_by_side, found.unit)
    if form.indicators:
        of = f"{summary.of}　{summary.year}年度"
        yield from indicator_blocks(found.form.title, of, PAGE, form.indicators, form.of_units)
    if form.differences is not None:
        yield PageBreak()
        yield from differences_blocks(summary.of, form.differences, PAGE)


def _sums(table: SumTable) -> Table:
    coded = ["科目编码"] if table.coded else []
    head = [*coded, "名称", *(label for _, label in table.columns)]
    lines: list[Line] = []
    for row in table.rows:
        if all(cell.value is None and not cell.unread for cell in row.cells.values()):
            continue
        style = f"name{min(max(row.level, 1), 3)}"
        cells = [_amount(row.cells.get(column)) for column, _ in table.columns]
        lines.append([*([Styled(row.code, "code")] if coded else []), Styled(row.name, style), *cells])
    widths = [*([26.0] if coded else []), 70.0, *(34.0 for _ in table.columns)]
    amounts = head[len(coded) + 1 :]
    small = len(amounts) > MOST_COLUMNS
    return listing(PAGE, head, lines, widths, ("名称",), amounts, table.title, small)


def _amount(cell: SumCell | None) -> Styled:
    return Styled(Decimal(cell.plain) if cell and cell.value is not None else "", "amount")


def _unread(table: SumTable) -> str:
    """Which cells somebody filled with words."""
    cells = [(row, cell) for row in table.rows for cell in row.cells.values() if cell.unread]
    if not cells:
        return ""
    papers = sum(cell.unread for _, cell in cells)
    first = "、".join(dict.fromkeys(row.name or row.code for row, _ in cells[:5]))
    more = "等" if len(cells) > 5 else ""
    return f"另有 {papers} 处填的不是数，没有加进来（{first}{more}）；可以在汇总里点开这一格，看是哪些单位。"


# --- units side by side -----------------------------------------------------------------------------------------------


def _heat(found: Heat, unit: str) -> Table:
    head = ["序号", "单位", *(label for _, label in found.columns)]
    lines: list[Line] = []
    for number, row in enumerate(found.rows, 1):
        cells = [
            Styled("" if v is None else Decimal(plain(v, unit)), f"heat{shade}")
            for v, shade in zip(row.values, row.shades, strict=True)
        ]
        lines.append([Decimal(number), row.name, *cells])
    below = tuple(range(len(lines)))
    totals = [Styled("" if v is None else Decimal(plain(v, unit)), "amount", below) for v in found.totals]
    lines.append(["", Styled("合计", "label"), *totals])
    widths = [12.0, 60.0, *(32.0 for _ in found.columns)]
    return listing(PAGE, head, lines, widths, ("单位",), head[2:], "分单位")


def _bars(found: Heat, unit: str) -> Iterator[Block]:
    """The largest, by the first column."""
    with_value = [(row.values[0], row.name) for row in found.rows if row.values[0]]
    largest = sorted(with_value, key=lambda pair: -(pair[0] or 0))[:MOST_BARS]
    if len(largest) < 2:
        return
    label = found.columns[0][1]
    told = f"{label}最多的 {len(largest)} 家" if len(with_value) > MOST_BARS else f"{label}，从多到少"
    bars = tuple(Bar(name, (Decimal(plain(value or 0, unit)),)) for value, name in largest)
    yield PageBreak()
    yield Heading(f"{told}（{unit}）", 2, "table_title")
    yield Chart((label,), bars, label)
