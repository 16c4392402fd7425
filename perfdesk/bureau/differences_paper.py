"""差额表 as a document: the department's own number, the sum of its units, what each of them has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from perfdesk.bureau.consolidated import At, SumCell
from perfdesk.bureau.differences import Difference, Differences
from perfdesk.bureau.traced import share_names
from perfdesk.bureau.whole import plain, shown
from perfdesk.document.blocks import Block, Document, Heading, Page, PageBreak, Paragraph
from perfdesk.document.listing import Line, Styled, listing
from perfdesk.model.bureau import Share

HEAD = ("表", "行", "栏", "本级填报", "单位合计", "差额")
WIDTHS = (50.0, 70.0, 40.0, 34.0, 34.0, 34.0)
WIDTHS_BESIDE_UNITS, OF_UNITS = (32.0, 46.0, 26.0, 27.0, 27.0, 24.0), 80.0
MOST_NAMED = 20
"""So many units are named beside a cell; a cell of a thousand would be a book."""

Shares = Mapping[At, Sequence[Share]]


def differences_document(of: str, year: int, found: Sequence[tuple[Differences, Shares]]) -> Document:
    """Each form on a sheet of its own, with the units' shares beside each cell. ``of``: whose own forms they are."""
    title = f"{of}{year}年度差额表"
    page = Page().turned()
    blocks: list[Block] = [Heading(title)]
    for number, (differences, shares) in enumerate(found):
        if number:
            blocks.append(PageBreak())
        blocks += differences_blocks(of, differences, page, shares)
    return Document(page, tuple(blocks), title)


def differences_blocks(
    of: str, found: Differences, page: Page, shares: Shares | None = None
) -> Iterator[Block]:
    """``shares``: of each cell; None: without them."""
    told = f"{of}本级填报与所属单位合计：{found.same} 格相同，{len(found.cells)} 格不同"
    yield Heading(f"{found.form.title}　差额表", 2, "table_title")
    yield Paragraph(f"{told}\t金额单位：{found.unit}", "table_line")
    head = HEAD if shares is None else (*HEAD, "各单位")
    widths = WIDTHS if shares is None else (*WIDTHS_BESIDE_UNITS, OF_UNITS)
    lines = [_line(one, shares) for one in found.cells]
    if lines:
        yield listing(page, head, lines, widths, {*HEAD[:3], "各单位"}, HEAD[3:], "差额表")


def _line(one: Difference, shares: Shares | None) -> Line:
    by = "" if one.by is None else Decimal(plain(one.by, one.own.unit))
    cells: list[str | Styled] = [one.table, one.row, one.column, _amount(one.own), _amount(one.below)]
    told = [] if shares is None else [_of_units(shares.get(one.at, ()), one.own.unit)]
    return [*cells, Styled(by, "amount"), *told]


def _amount(cell: SumCell) -> Styled:
    return Styled("" if cell.value is None else Decimal(cell.plain), "amount")


def _of_units(shares: Sequence[Share], unit: str) -> str:
    told = [
        f"{name} {'' if share.value is None else shown(share.value, unit)}{f'“{share.text}”' if share.text else ''}"
        for name, share in zip(share_names(shares), shares, strict=True)
    ]
    return "；".join(told[:MOST_NAMED]) + (f"；等 {len(told)} 份" if len(told) > MOST_NAMED else "")
