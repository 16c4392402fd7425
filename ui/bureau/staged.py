"""A small bureau for the pictures of the manual: made-up units, some of which have handed in the sample's forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from perfdesk.bureau.facts import paper_of
from perfdesk.model.bureau import Handing, Node, Paper
from perfdesk.sample import sample_budgets, sample_filings
from ui.messages import pictures as words
from ui.pictures import rest, wait_for

if TYPE_CHECKING:
    from ui.app import Desk
    from ui.bureau.commands import BureauCommands

YEAR = 2022
DAY = f"{YEAR}-03-02"


def bureau(desk: Desk) -> BureauCommands:
    """Filled when it is asked for first, then as it is; its place in sight, everything read."""
    store = desk.workspace.store
    assert store is not None
    office = desk.window.office
    if not store.bureau.nodes():
        store.bureau.put_nodes(words.TREE)
        store.bureau.take_all([_handing(desk, node, number) for number, node in enumerate(_giving())])
        store.bureau.decide(YEAR, words.TREE[3].key, "accepted")
        store.bureau.decide(YEAR, words.TREE[4].key, "returned")
        store.set_setting("bureau/here", "1")
    office.show_bureau()
    wait_for(office.bureau.year.is_idle)
    return office.bureau


def _giving() -> Iterator[Node]:
    """All but every fifth."""
    units = (node for node in words.TREE if node.expected)
    return (node for number, node in enumerate(units) if number % 5 != 4)


def _handing(desk: Desk, node: Node, number: int) -> Handing:
    known, store = desk.workspace.catalog, desk.workspace.store
    assert store is not None
    targets = [f for f in sample_filings(known, store.new_id) if f.year in (YEAR, YEAR - 1)]
    budgets = [f for f in sample_budgets(known, store.new_id) if f.year in (YEAR, YEAR - 1)]
    papers: list[Paper] = []
    for filing in (targets[number % len(targets)], budgets[number % len(budgets)]):
        rows = tuple(
            r.with_cell("unit_name", node.name) if "unit_name" in r.cells else r for r in filing.rows
        )
        one = replace(filing, year=YEAR, rows=rows)
        papers.append(paper_of(known.form(one.form), one))
    source = words.PACKAGE.format(name=node.name, year=YEAR)
    return Handing(node.key, YEAR, source, tuple(papers), node.key, DAY, "1F3A 90C2 77B1 04DE")


def unit(desk: Desk) -> None:
    """One with findings, its first paper laid out."""
    page = bureau(desk).page
    page.open_unit(page.units.tree.shown_units()[1])
    for _ in range(2):  # laid out, then drawn
        wait_for(page.unit.pane.pages.is_idle)
        rest(desk.window)


def sums(desk: Desk) -> None:
    """A total with the units behind it."""
    page = bureau(desk).page
    page.tabs.chosen.emit(1)
    shown = page.sums
    wait_for(shown.is_idle)
    assert shown.seen is not None and shown.seen.sums is not None
    shown.bar.part.setCurrentIndex(next(n for n, t in enumerate(shown.seen.sums.tables) if t.coded))
    shown.bar.parted.emit()
    shown.table.setCurrentIndex(shown.table.grid_model.index(1, 2))
    wait_for(shown.is_idle)


SHOWN: dict[str, Callable[[Desk], object]] = {"units": bureau, "unit": unit, "sums": sums}
