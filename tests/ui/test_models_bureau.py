"""The models of the bureau's place under the toolkit's own tester: any tree, any list, anything that came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from perfdesk.bureau.received import status_of
from perfdesk.model.bureau import HandingInfo, HandingState, Node
from perfdesk.model.collected import Choice, Collection, Refused, Seen, Standing, Status, Unplaced, Version
from tests.models import Watch, cells_of
from ui.bureau.grid import Grid, GridModel, Row
from ui.bureau.review_model import ReviewModel
from ui.bureau.unit_model import UnitModel
from ui.look import Look

QUICK = settings(max_examples=40)
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
STATES: list[HandingState] = ["taken", "accepted", "returned"]
STANDINGS: list[Standing] = ["first", "newer", "same", "older", "undecided", "draft"]
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Node, ...]:
    """Every node hangs under one before it, or under none."""
    nodes: list[Node] = []
    for number in range(draw(st.integers(0, 12))):
        above = draw(st.sampled_from([None, *(n.key for n in nodes)]))
        nodes.append(Node(f"k{number}", "", f"单位{number}", "unit", above, draw(st.booleans())))
    return tuple(nodes)


@st.composite
def statuses(draw: st.DrawFn) -> Status:
    nodes = draw(trees())
    given_in = [n.key for n in nodes if draw(st.booleans())]
    return status_of(2026, nodes, [_handing(key, draw(st.sampled_from(STATES))) for key in given_in])


def _handing(unit: str, state: HandingState) -> HandingInfo:
    head = HandingInfo(unit, 2026, 1, NOW, "", "包.zip", "", "", "", False, "", "d", "taken", 1, 2, 3, 4)
    return replace(head, state=state)


@QUICK
@given(shown=st.lists(st.tuples(statuses(), st.booleans()), min_size=1, max_size=3), data=st.data())
def test_the_tree_of_units_holds_every_node_under_its_own(
    qapp: object, shown: list[tuple[Status, bool]], data: st.DataObject
) -> None:
    model = UnitModel(Look())
    tester = QAbstractItemModelTester(model, FATAL)
    watch = Watch(model)
    for status, some in shown:
        only = {n.key for n in status.nodes if data.draw(st.booleans())} if some else None
        model.show(status, only)
        watch.look()
        parents = {n.key: n.parent for n in status.nodes}
        wanted = set(parents) if only is None else {key for k in only for key in _up(k, parents)}
        seen = {n.key: n for n in status.nodes if model.index_of(n.key).isValid()}
        assert seen.keys() == wanted
        for key, node in seen.items():
            index = model.index_of(key)
            assert model.node(index) == node
            above = model.node(index.parent())
            assert (above.key if above else None) == node.parent
            assert index.data() == node.name
    del tester


def _up(key: str, parents: dict[str, str | None]) -> list[str]:
    found: list[str] = []
    here: str | None = key
    while here is not None:
        found.append(here)
        here = parents[here]
    return found


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 5))
    text = st.text("甲乙1,. ", max_size=6)
    rows = draw(st.lists(st.tuples(st.tuples(*[text] * width), st.integers(0, 3), st.booleans()), max_size=6))
    made = [Row(texts, to=texts, level=level, bold=bold) for texts, level, bold in rows]
    return Grid([f"栏{n}" for n in range(width)], made, frozenset({width - 1}), 0)


@QUICK
@given(shown=st.lists(grids(), min_size=1, max_size=3))
def test_a_list_shows_every_text_and_leads_where_its_row_leads(qapp: object, shown: list[Grid]) -> None:
    model = GridModel(Look())
    tester = QAbstractItemModelTester(model, FATAL)
    watch = Watch(model)
    for one in shown:
        model.show(one)
        watch.look()
        for number, row in enumerate(one.rows):
            for column, text in enumerate(row.texts):
                index = model.index(number, column)
                assert index.data().endswith(text) and model.leads_to(index) == row.to
    del tester


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    nodes = [Node(f"k{n}", "", f"单位{n}", "unit", None, True) for n in range(draw(st.integers(0, 4)))]
    choices = []
    for node in nodes:
        versions = tuple(
            Version((_seen(f"/u/{node.key}{n}.zip", node.name, f"{node.key}{n}"),), f"{node.key}{n}")
            for n in range(draw(st.integers(1, 3)))
        )
        proposed = draw(st.sampled_from([None, *range(len(versions))]))
        choices.append(Choice(node, 2026, versions, proposed, draw(st.sampled_from(STANDINGS))))
    strange = tuple(Unplaced(_seen(f"/u/x{n}.zip", "谁", f"x{n}")) for n in range(draw(st.integers(0, 2))))
    broken = tuple(Refused(f"/u/y{n}.zip", "broken", "坏了。") for n in range(draw(st.integers(0, 2))))
    return Collection(tuple(choices), strange, broken, tuple(draw(st.sampled_from([(), ("/u/z.mp4",)]))))


def _seen(path: str, name: str, digest: str) -> Seen:
    return Seen(path, name, 2026, (), digest, 0.0)


@QUICK
@given(found=collections(), data=st.data())
def test_what_came_is_taken_as_it_is_ticked_and_stays_so_when_shown_again(
    qapp: object, found: Collection, data: st.DataObject
) -> None:
    model = ReviewModel(Look())
    tester = QAbstractItemModelTester(model, FATAL)
    watch = Watch(model)
    model.show(found)
    watch.look()
    wanted = {c.node.key: c.proposed for c in found.choices}
    for row in range(model.rowCount()):
        line = model.lines[row]
        if line.choice is not None and data.draw(st.booleans()):
            version = data.draw(st.sampled_from([None, *range(len(line.choice.versions))]))
            model.propose(row, version)
            wanted[line.choice.node.key] = version
            watch.look()
        ticked = model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole)
        assert (ticked == Qt.CheckState.Checked) is model.lines[row].ticked
    taken = {key: version for key, version in wanted.items() if version is not None}
    assert {c.node.key: c.proposed for c in model.chosen()} == taken
    before = cells_of(model)
    model.show_again(found)
    watch.look()
    assert cells_of(model) == before and {c.node.key: c.proposed for c in model.chosen()} == taken
    assert model.rowCount(QModelIndex()) == sum(
        map(len, (found.choices, found.unplaced, found.refused, found.unopened))
    )
    del tester
