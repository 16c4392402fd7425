"""Indicators under the wrong heading: one finding a block, and a fix that always leads to the form's own order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.derive import derive
from perfdesk.model.change import MoveRow, SetCell, apply
from perfdesk.model.filing import Filing, depth, leaves
from perfdesk.rules.subject import Subject
from tests.rules import filings as f


def heading(filing: Filing, name: str) -> str:
    return next(r.id for r in filing.rows if name in (r.get("level1"), r.get("level2")))


def misplaced(filing: Filing):
    return [x for x in f.findings(filing) if x.code == "misplaced"]


def test_one_stray_goes_back_to_its_place_among_its_siblings() -> None:
    honest = f.honest()
    row = f.leaf_id(honest, "预算调整率")
    filing = f.change(honest, MoveRow(row, heading(honest, "绩效管理"), None))
    (finding,) = f.findings(filing)
    assert (finding.code, finding.severity, finding.where) == ("misplaced", "error", "indicators/15/level2")
    assert finding.message == (
        "“预算调整率”应放在“投入管理指标 › 预算和财务管理”下，现在放在“投入管理指标 › 绩效管理”下。"
    )
    assert f.mended(filing, finding) == honest


def test_a_heading_under_another_level_1_moves_as_a_whole_with_the_units_own_rows() -> None:
    honest = f.honest()
    group, top = heading(honest, "履职目标和主要任务完成情况"), heading(honest, "效益指标")
    filing = f.change(honest, MoveRow(group, top, None))
    (finding,) = f.findings(filing)
    assert finding.where == "indicators/20/level1"
    assert finding.fixes[0].changes == (MoveRow(group, heading(honest, "产出指标"), None),)
    assert f.mended(filing, finding) == honest


def test_a_missing_level_1_is_made_with_an_id_of_its_own() -> None:
    honest = f.honest()
    group = heading(honest, "绩效管理")
    filing = f.change(honest, MoveRow(group, heading(honest, "产出指标"), None))
    top = heading(filing, "投入管理指标")
    filing = f.change(filing, SetCell(top, "level1", "其他"))
    found = misplaced(filing)
    mended = f.mended(filing, found[-1])
    new = next(r for r in mended.rows if r.get("level1") == "投入管理指标")
    assert filing.row(new.id) is None
    assert mended.row(group).parent == new.id


def test_an_emptied_heading_goes_and_a_level_1_stays() -> None:
    honest = f.honest()
    top = heading(honest, "产出指标")
    filing = f.change(honest, SetCell(f.own_group(honest), "level2", "绩效管理"))
    assert misplaced(filing)
    mended = f.mended(filing, misplaced(filing)[0])
    assert mended.children("indicators", top) == ()
    assert mended.row(top) is not None


def test_a_level_1_spelt_without_its_last_word_is_the_same() -> None:
    honest = f.honest()
    assert misplaced(f.change(honest, SetCell(heading(honest, "投入管理指标"), "level1", "投入管理"))) == []


def test_what_the_form_leaves_open_is_never_a_stray() -> None:
    honest = f.honest()
    filing = f.change(honest, SetCell(f.own_group(honest), "level2", "城市更新任务完成情况"))
    assert f.findings(filing) == ()


@st.composite
def shuffled(draw: st.DrawFn) -> Filing:
    """The honest filing with some of its leaves and level-2 headings moved anywhere."""
    filing = f.honest()
    for _ in range(draw(st.integers(1, 6))):
        row = draw(st.sampled_from([r for r in filing.section("indicators") if depth(r) > 1]))
        above = [r for r in filing.section("indicators") if depth(r) == depth(row) - 1]
        parent = draw(st.sampled_from(above)).id
        siblings = [r.id for r in filing.children("indicators", parent) if r.id != row.id]
        filing = f.change(filing, MoveRow(row.id, parent, draw(st.sampled_from([None, *siblings]))))
    return filing


@given(shuffled(), st.randoms(use_true_random=False))
def test_mending_block_after_block_ends_with_everything_in_place(filing: Filing, random) -> None:
    kept = {x.row.id for x in leaves(filing, "indicators")}
    for _ in range(60):
        found = misplaced(filing)
        if not found:
            break
        step = random.choice(found).fixes[0]
        after, back = apply(filing, step.changes)
        assert apply(after, back)[0] == filing
        assert len(misplaced(after)) < len(found) + len(step.changes)
        filing = after
    assert misplaced(filing) == []
    assert {x.row.id for x in leaves(filing, "indicators")} == kept
    subject = Subject.of(f.form(), filing, derive(f.form(), filing))
    fixed = [x for x in subject.leaves if subject.standard(x)]
    assert [x.path[:2] for x in fixed] == [subject.wants.spot(x) for x in fixed]
