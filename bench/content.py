"""What is written and read in every measurement: forms of the sample unit, none of anybody else's."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from perfdesk.catalog import Catalog, load, new_filing
from perfdesk.compose import compose
from perfdesk.document.blocks import Document
from perfdesk.model.filing import Filing, Row, depth, in_order, leaves
from perfdesk.model.form import LEVELS, Form
from perfdesk.sample import sample_filings

LONG_FORM = "zhengzhou-2021/overall-target"


@cache
def catalog() -> Catalog:
    return load()


@cache
def one() -> tuple[Form, Filing]:
    """The sample's newest overall target, which is without mistakes."""
    ids = (f"s{n}" for n in itertools.count())
    filing = max(sample_filings(catalog(), lambda: next(ids)), key=lambda f: f.year or 0)
    return catalog().form(filing.form), filing


def document(filing: Filing | None = None) -> Document:
    form, sample = one()
    return compose(form, filing or sample).document


def many(count: int) -> list[Filing]:
    """So many units' forms of the same layout, each with texts and amounts of its own."""
    form, sample = one()
    return [_of_unit(form, sample, number) for number in range(count)]


def _of_unit(form: Form, sample: Filing, number: int) -> Filing:
    tree = form.tree.id
    told = {leaf.row.id for leaf in leaves(sample, tree)}
    rows = tuple(
        replace(row, cells=_with(row.cells, "level3", f"{row.get('level3')}（{number}）"))
        if row.id in told
        else row
        for row in sample.rows
    )
    named = f"示例市第{number}事务中心"
    rows = tuple(
        replace(row, cells=_with(row.cells, "unit_name", named)) if row.id == "basic" else row for row in rows
    )
    return replace(sample, rows=rows)


def _with(cells: Mapping[str, str], name: str, text: str) -> Mapping[str, str]:
    return MappingProxyType({**cells, name: text})


def long(count: int) -> Filing:
    """A filing of ``count`` leaves: groups of forty below the form's open level-2 headings; one leaf in fifty has a finding."""
    form = catalog().form(LONG_FORM)
    ids = itertools.count(1)
    filing = new_filing(form, 2026, "示例市数据局", lambda: f"r{next(ids)}")
    tree = form.tree
    tops = [r for r in filing.section(tree.id) if LEVELS[depth(r) - 1] == "level1"]
    output = next((r for r in tops if "产出" in r.get("level1")), tops[-1])
    have = len([r for r in filing.section(tree.id) if depth(r) == 3])
    more: list[Row] = []
    group = ""
    for number in range(count - have):
        if number % 40 == 0:
            group = f"g{number}"
            heading = {"level2": f"业务类别{number // 40 + 1}"}
            more.append(Row(group, tree.id, MappingProxyType(heading), output.id))
        target = "≥" if number % 50 == 0 else f"≥{number}"
        unit = {"unit": "个"} if tree.field("unit") else {}
        cells = {"level3": f"办理第{number}类业务的数量", "target": target if unit else f"{target}个", **unit}
        more.append(Row(f"x{number}", tree.id, MappingProxyType(cells), group))
    rows = list(filing.rows)
    at = max(n for n, r in enumerate(rows) if r.id == output.id or r.parent == output.id)
    while at + 1 < len(rows) and depth(rows[at + 1]) == 3:
        at += 1
    rows[at + 1 : at + 1] = more
    return replace(filing, rows=in_order(form, tuple(rows)))
