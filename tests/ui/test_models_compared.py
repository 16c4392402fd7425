"""The comparison's table under the toolkit's own tester: any comparison, with and without what is the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from perfdesk.compare.lines import Comparison, Line
from ui.look import Look
from ui.models.comparing import KIND, LEFT, RIGHT, WHERE, ComparedModel

texts = st.text("甲乙1.5", max_size=4)
lines = st.builds(
    Line, texts, texts, texts, texts, st.sampled_from(["same", "changed", "left", "right"]),
    more=st.none() | st.decimals(-100, 100, places=2),
)  # fmt: skip
comparisons = st.lists(lines, max_size=8).map(lambda found: Comparison("左", "右", "元", tuple(found)))


@given(shown=st.lists(st.tuples(st.none() | comparisons, st.booleans()), min_size=1, max_size=5))
def test_it_shows_what_the_comparison_says(qapp: object, shown: list[tuple[Comparison | None, bool]]) -> None:
    model = ComparedModel(Look())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for found, only in shown:
        model.show(found, only)
        wanted = [] if found is None else [x for x in found.lines if x.kind != "same" or not only]
        assert model.rowCount() == len(wanted)
        for row, line in enumerate(wanted):
            cells = [model.index(row, column).data() or "" for column in (WHERE, LEFT, RIGHT)]
            assert cells[1:] == [line.left, line.right]
            assert line.where in cells[0]
            assert model.index(row, KIND).data()
    del tester
