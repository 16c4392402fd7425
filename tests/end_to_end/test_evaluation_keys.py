"""A project's self-evaluation with keys only: from its target to a Word file that reads back with the same scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from perfdesk.evaluation.evaluated import evaluate
from perfdesk.model.filing import depth, leaves
from tests.end_to_end.test_whole_job import FORMATS, Person, export_by_keys, recognised, tab_to
from tests.ui.test_evaluations import project
from ui.dialogs.evaluations import MakeDialog
from ui.dialogs.export import ExportDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

KEY, HELD = Qt.Key, Qt.KeyboardModifier
UNIT = "示例市公园管理中心"
DONE = {"养护公园数量": "12 个", "验收合格率": "93%", "受益居民人数": "1000 人", "游客满意度": "92%"}
LACK, WHY = "验收合格率", "两处围栏返工，已重新验收。"
MONEY = {"initial": "100", "adjusted": "120", "executed": "114"}


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    person = Person(qtbot, tmp_path / "unit")
    person.window.office.tour.end()
    yield person
    person.close()


def turn_to(person: Person, section: str) -> None:
    while person.page.section.id != section:
        person.ctrl(KEY.Key_PageDown)


def fill_texts(person: Person) -> None:
    """What the target does not say."""
    for box in person.page.fields:
        tab_to(person, box.editor)
        if not box.binding.text():
            person.key_in({"unit_name": UNIT}.get(box.field.id, "全部按计划完成。"))


def fill_money(person: Person) -> None:
    for box in person.page.boxes:
        if box.field.id in MONEY:
            tab_to(person, box.editor)
            person.ctrl(KEY.Key_A)
            person.key_in(MONEY[box.field.id])
    person.key(KEY.Key_Return)


def fill_results(person: Person) -> None:
    """Down the column of results; a result that falls short, then three to the right for its reason."""
    person.ctrl(KEY.Key_Home)
    while person.grid.currentIndex().column() < person.page.model.column_of("actual"):
        person.key(KEY.Key_Right)
    for _ in range(60):
        row = person.here()
        if depth(row) < 3 or row.get("actual"):
            before = person.grid.currentIndex()
            person.key(KEY.Key_Down)
            if person.grid.currentIndex() == before:
                return
            continue
        person.key_in(DONE[row.get("level3")])
        if row.get("level3") == LACK:
            person.key(KEY.Key_Tab)
            for _ in range(2):
                person.key(KEY.Key_Right)
            person.key_in(WHY)
            person.key(KEY.Key_Return)
            for _ in range(3):
                person.key(KEY.Key_Left)
        else:
            person.key(KEY.Key_Return)


def test_a_projects_evaluation_is_filled_and_exported_with_keys_only(person: Person, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    person.space.store.add(project("道路养护"), "导入", UNIT)
    person.space.refresh()
    person.key(KEY.Key_E, HELD.AltModifier)
    person.expect(MakeDialog, lambda _dialog: person.key(KEY.Key_Return))
    person.key(KEY.Key_Space)
    person.wait()
    person.key(KEY.Key_Return)
    assert person.filing.form.endswith("/self-evaluation")
    for section, fill in (("basic", fill_texts), ("money", fill_money), ("indicators", fill_results)):
        turn_to(person, section)
        fill(person)
    assert person.errors() == []
    found = person.space.values.evaluated
    # 预算执行 10 × 114 ÷ 120; 产出 25 + 25 × 93 ÷ 95; 效益 30; 满意度 10.
    assert [str(level.score) for level in found.scored.levels] == ["9.50", "49.47", "30.00", "10.00"]
    assert (str(found.scored.total), found.scored.grade) == ("98.97", "优")

    person.expect(ExportDialog, export_by_keys(person, out))
    person.ctrl(KEY.Key_E)
    person.wait()
    assert person.on_disk() == person.filing
    assert sorted(f.name for f in out.iterdir()) == sorted(f"done.{f}" for f in FORMATS)
    for format in ("docx", "xlsx"):
        again = recognised(person, out / f"done.{format}")
        assert results(again) == results(person.filing), format
        read: Any = evaluate(person.space.form, again)
        assert (read.scored.total, read.scored.grade) == (found.scored.total, "优"), format
        assert again.cell("result/total") == "", "printed as computed"


def results(filing: Any) -> list[tuple[str, str, str]]:
    return [
        (leaf.row.get("level3"), leaf.row.get("actual"), leaf.row.get("deviation"))
        for leaf in leaves(filing, "indicators")
    ]
