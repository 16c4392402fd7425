"""Any filing is carried into any edition of its kind: it stands as it must, nothing of it is lost, and it compares as it was."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.carry.plan import Route, plan, settled
from perfdesk.check import check
from perfdesk.compare.filings import Side, compare
from perfdesk.editions.convert import convert
from perfdesk.mapping_files import load
from perfdesk.model.filing import Filing
from perfdesk.model.forest import flaws
from perfdesk.values import parse_amount
from tests.laws.strategies import filings
from tests.making import catalog, counter

MAPPINGS = load(catalog())
MONEY_TIMES = 10_000


@st.composite
def routes(draw: st.DrawFn) -> Route:
    last = replace(draw(filings()), year=2021)
    source = catalog().form(last.form)
    target = draw(st.sampled_from([f for f in catalog().forms.values() if f.kind == source.kind]))
    return Route(last, source, target, MAPPINGS.get((source.id, target.id)), 2022)


@given(routes(), st.data())
def test_whatever_is_accepted_the_new_filing_stands_and_can_be_checked(
    route: Route, data: st.DataObject
) -> None:
    one = plan(route, counter("new"))
    numbers = range(len(one.proposals))
    accepted = data.draw(st.sets(st.sampled_from(numbers)) if numbers else st.just(set[int]()))
    chosen = {
        n: data.draw(st.sampled_from(one.proposals[n].options)) for n in numbers if one.proposals[n].options
    }
    new = settled(one, accepted, counter("later"), chosen)
    assert flaws(new) == ()
    assert (new.form, new.year) == (route.target.id, 2022)
    check(route.target, new)
    for n, option in chosen.items():
        if one.proposals[n].kind == "group":
            leaf = new.row(one.proposals[n].row)
            above = new.row(leaf.parent or "") if leaf else None
            assert above is not None
            assert above.get("level2") == option.partition("/")[2]


@given(routes())
def test_no_text_is_lost_between_editions(route: Route) -> None:
    found = convert(route.last, route.source, route.target, route.ways, counter("new"))
    there = [t for r in found.filing.rows for t in r.cells.values()] + [x.text for x in found.leftovers]
    folded = {f.source.partition("/")[2] for f in route.ways.folds} if route.ways else set[str]()
    for row in route.last.rows:
        for column, text in row.cells.items():
            field = route.source.section(row.section).field(column)
            if not text.strip() or column in ("level1", "level2"):
                continue  # headings of the same meaning are the form's own
            if field is not None and field.kind == "money":
                assert is_there(route, text, there)
            elif column not in folded and column != "target":
                assert text in there, (column, text)


def is_there(route: Route, text: str, there: list[str]) -> bool:
    """The same money, in whichever unit; or the words."""
    amount = parse_amount(text, route.source.amount_unit).value
    if amount is None or text in there:
        return text in there
    values = [parse_amount(t, route.target.amount_unit).value for t in there]
    return any(v is not None and amount in (v, v * MONEY_TIMES, v / MONEY_TIMES) for v in values)


@given(filings())
def test_a_filing_compares_equal_with_itself(filing: Filing) -> None:
    side = Side(catalog().form(filing.form), filing, "")
    assert compare(side, side, MAPPINGS, counter("new")).differences == ()
