"""Rows that only the year's own filing has: found, and kept where they stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from perfdesk.import_rows import apart, with_kept
from perfdesk.model.change import RemoveRow, SetCell, apply
from perfdesk.model.filing import Filing, leaves
from tests.making import catalog, counter, published


def fresh(filing: Filing, without: tuple[str, ...] = ()) -> Filing:
    """As a file would be read: other ids."""
    filing = apply(filing, [RemoveRow(i) for i in without])[0]
    ids = {r.id: r.id if r.parent is None and r.id == r.section else f"x{r.id}" for r in filing.rows}
    rows = tuple(replace(r, id=ids[r.id], parent=ids[r.parent] if r.parent else None) for r in filing.rows)
    return replace(filing, rows=rows)


def said(filing: Filing, section: str) -> list[dict[str, str]]:
    return [dict(r.cells) for r in filing.section(section)]


def test_all_of_them_kept_are_the_years_own_again(forms: Path) -> None:
    there = published(forms, "z04")
    form = catalog().form(there.form)
    tasks = there.section("tasks")
    heading = next(iter(leaves(there, "indicators"))).level2
    gone = [row.row.id for row in leaves(there, "indicators")]
    without = (tasks[0].id, tasks[-1].id, heading.id, *(g for g in gone[8:20:3]))
    coming = fresh(there, without)
    found = apart(form, there, coming, counter("n"))
    lost = {r.id for r in there.rows} - {r.id.removeprefix("x") for r in coming.rows}
    named = {r.id for r in there.rows if r.section == "tasks" or "level3" in r.cells}
    assert [r.id for r in found.rows] == [r.id for r in there.rows if r.id in lost & named]
    made = with_kept(coming, found, {r.id for r in found.rows})
    assert said(made, "tasks") == said(there, "tasks")
    assert said(made, "indicators") == said(there, "indicators")


def test_one_kept_brings_nothing_but_itself_and_its_headings(forms: Path) -> None:
    there = published(forms, "z04")
    all_leaves = list(leaves(there, "indicators"))
    group = all_leaves[-1].level2.id
    coming = fresh(there, (group,))
    found = apart(catalog().form(there.form), there, coming, counter("n"))
    one = found.rows[-1]
    made = with_kept(coming, found, {one.id})
    assert {r.id for r in made.rows} - {r.id for r in coming.rows} == {group, one.id}
    assert next(x for x in leaves(made, "indicators") if x.row.id == one.id).path == all_leaves[-1].path
    assert with_kept(coming, found, set()) == coming


def test_a_row_that_was_changed_stands_in_both(forms: Path) -> None:
    there = published(forms, "z04")
    leaf = list(leaves(there, "indicators"))[3].row
    coming = apply(fresh(there), [SetCell(f"x{leaf.id}", "target", "≥1%")])[0]
    assert apart(catalog().form(there.form), there, coming, counter("n")).rows == ()


def test_amounts_come_in_the_unit_of_the_file() -> None:
    form = next(f for f in catalog().forms.values() for s in f.sections if s.kind == "list" if _money(s))
    section = next(s for s in form.sections if s.kind == "list" and _money(s))
    money = _money(section)
    from perfdesk.catalog import new_filing
    from perfdesk.model.filing import Row, in_order

    empty = new_filing(form, 2023, "", counter())
    words = {f.id: "甲" for f in section.fields if f.kind not in ("money", "number")}
    row = Row("own", section.id, MappingProxyType({**words, money: "20000"}))
    there = replace(empty, rows=in_order(form, (*empty.rows, row)), amount_unit="元")
    coming = replace(empty, amount_unit="万元")
    found = apart(form, there, coming, counter("n"))
    assert [float(r.get(money)) for r in found.rows] == [2.0]


def _money(section: object) -> str:
    return next((f.id for f in section.fields if f.kind == "money"), "")  # type: ignore[attr-defined]
