"""The indicator library at work: suggestions while a name is typed, and the dialogue that adds rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from perfdesk.catalog import label_key
from perfdesk.model.filing import leaves
from ui.form.completion import Suggestions
from ui.form.library_rows import add
from ui.models.library import LibrarySource, source_of

if TYPE_CHECKING:
    from perfdesk.model.filing import Row
    from tests.ui.driver import Driver
    from ui.dialogs.library import LibraryDialog
    from ui.form.completion import Completion

KEY = Qt.Key


def learn(driver: Driver) -> LibrarySource:
    source = source_of(driver.space)
    source.want()
    driver.qtbot.waitUntil(lambda: source.index is not None and not source.is_learning(), timeout=20000)
    return source


def new_row(driver: Driver) -> Row:
    """A new row below the last leaf, its name being typed, the library known."""
    learn(driver)
    driver.at(driver.leaf(-1), 0)
    driver.ctrl(KEY.Key_Return)
    return driver.here()


def completion(driver: Driver) -> Completion:
    return driver.page.completion


def shown(driver: Driver) -> list[str]:
    popup = completion(driver).popup
    if popup is None or not popup.isVisible():
        return []
    return [popup.list.item(n).text() for n in range(popup.list.count())]


def dialog(driver: Driver) -> LibraryDialog:
    learn(driver)
    driver.ctrl(KEY.Key_L)
    found = driver.window.library._library
    assert found is not None and found.isVisible()
    return found


def listed(box: LibraryDialog) -> list[str]:
    return [e.name for e in box.model.entries]


def choose(box: LibraryDialog, *names: str) -> None:
    flags = QItemSelectionModel.SelectionFlag
    box.table.clearSelection()
    for name in names:
        box.table.selectionModel().select(
            box.model.index(listed(box).index(name), 0), flags.Select | flags.Rows
        )


# --- suggestions ---


def test_typing_a_name_offers_up_to_eight_indicators(driver: Driver) -> None:
    new_row(driver)
    driver.compose("培训")
    assert 1 < len(shown(driver)) <= 8
    assert all("培训" in name for name in shown(driver))


def test_what_the_filing_has_already_is_not_offered(driver: Driver) -> None:
    have = {label_key(leaf.path[2]) for leaf in leaves(driver.filing, "indicators")}
    new_row(driver)
    driver.compose("率")
    assert shown(driver)
    assert have.isdisjoint(label_key(n) for n in shown(driver))


def test_down_and_enter_take_the_name_the_unit_and_the_sign_in_one_step(driver: Driver) -> None:
    row = new_row(driver)
    driver.compose("培训考核")
    driver.key(KEY.Key_Down)
    driver.key(KEY.Key_Return)
    taken = driver.on_disk().row(row.id)
    assert (taken.get("level3"), taken.get("unit"), taken.get("target")) == ("培训考核合格率", "%", "≥")
    driver.key(KEY.Key_Escape)
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.row(row.id).get("level3") == ""
    assert driver.filing.row(row.id).get("unit") == ""


def test_after_taking_the_value_is_typed_and_the_usual_one_is_only_proposed(driver: Driver) -> None:
    row = new_row(driver)
    driver.compose("培训考核")
    driver.key(KEY.Key_Down)
    driver.key(KEY.Key_Tab)
    assert driver.grid.currentIndex().column() == driver.column("value")
    assert "95" in driver.cell_editor().placeholderText()
    assert driver.cell_editor().toPlainText() == ""
    driver.type("97")
    driver.key(KEY.Key_Return)
    assert driver.on_disk().row(row.id).get("target") == "≥97"


def test_initials_choose_the_first_at_once(driver: Driver) -> None:
    row = new_row(driver)
    driver.type("pxkhhg")
    driver.key(KEY.Key_Return)
    assert driver.filing.row(row.id).get("level3") == "培训考核合格率"


def test_enter_keeps_the_typed_name_where_nothing_was_chosen(driver: Driver) -> None:
    row = new_row(driver)
    driver.compose("培训考核")
    assert shown(driver)
    driver.key(KEY.Key_Return)
    assert driver.on_disk().row(row.id).get("level3") == "培训考核"
    assert shown(driver) == []


def test_escape_closes_the_suggestions_first_and_keeps_the_typing(driver: Driver) -> None:
    new_row(driver)
    driver.compose("培训")
    driver.key(KEY.Key_Escape)
    assert shown(driver) == []
    assert driver.cell_editor().toPlainText() == "培训"


def test_the_suggestions_are_away_while_an_input_method_composes(driver: Driver) -> None:
    row = new_row(driver)
    driver.compose("培训")
    assert shown(driver)
    driver.preedit("ren'ci")
    assert shown(driver) == []
    assert driver.cell_editor().preedit == "ren'ci"
    driver.compose("人次")
    assert "培训人次" in shown(driver)
    driver.key(KEY.Key_Return)
    assert driver.filing.row(row.id).get("level3") == "培训人次"


def test_what_is_filled_in_already_stays(driver: Driver) -> None:
    row = driver.leaf(-1)
    learn(driver)
    before = driver.filing.row(row.id)
    assert before.get("target") and before.get("unit")
    driver.at(row, 0)
    driver.compose("细颗粒物")
    driver.key(KEY.Key_Down)
    driver.key(KEY.Key_Return)
    after = driver.filing.row(row.id)
    assert after.get("level3") == "细颗粒物年均浓度"
    assert (after.get("target"), after.get("unit")) == (before.get("target"), before.get("unit"))


def test_a_click_takes_a_suggestion(driver: Driver) -> None:
    row = new_row(driver)
    driver.compose("培训人")
    popup = completion(driver).popup
    assert isinstance(popup, Suggestions)
    item = popup.list.item(shown(driver).index("培训人次"))
    driver.qtbot.mouseClick(
        popup.list.viewport(), Qt.MouseButton.LeftButton, pos=popup.list.visualItemRect(item).center()
    )
    assert driver.filing.row(row.id).get("level3") == "培训人次"


def test_values_and_headings_get_no_suggestions(driver: Driver) -> None:
    learn(driver)
    driver.at(driver.leaf(-1), driver.column("value"))
    driver.compose("培训")
    assert shown(driver) == []


def test_the_users_own_indicators_of_other_years_come_first(driver: Driver) -> None:
    """The name of another year's filing, taken out of this one, is offered before the common ones."""
    source = learn(driver)
    assert source.index is not None
    own = [e for e in source.index.entries if e.origin == "own"]
    assert own and all(e.uses >= 1 and e.year != driver.filing.year for e in own)
    here = {label_key(leaf.path[2]): leaf.row for leaf in leaves(driver.filing, "indicators")}
    mine = next(e for e in own if label_key(e.name) in here)
    driver.at(here[label_key(mine.name)], 0)
    driver.compose(mine.name[:3])
    assert shown(driver)[0] == mine.name or mine.name in shown(driver)
    firsts = [source.index.named(n) for n in shown(driver)]
    origins = [e.origin == "own" for e in firsts if e]
    assert origins == sorted(origins, reverse=True)


# --- the dialogue ---


def test_words_level_and_theme_narrow_the_list(driver: Driver) -> None:
    box = dialog(driver)
    everything = len(listed(box))
    box.theme.setCurrentText("教育")
    education = listed(box)
    assert 0 < len(education) < everything
    box.level.setCurrentText("满意度指标")
    assert listed(box) == ["师生满意度"]
    box.level.setCurrentIndex(0)
    box.theme.setCurrentIndex(0)
    driver.qtbot.keyClicks(box.words, "yszxl")
    assert "预算执行率" in listed(box)


def test_several_indicators_come_under_their_headings_in_one_step(driver: Driver) -> None:
    before = driver.filing
    box = dialog(driver)
    choose(box, "培训人次", "师生满意度", "空气质量优良天数")
    driver.qtbot.mouseClick(box.take, Qt.MouseButton.LeftButton)
    added = [leaf for leaf in leaves(driver.on_disk(), "indicators") if before.row(leaf.row.id) is None]
    assert {leaf.path[2]: leaf.path[0] for leaf in added} == {
        "培训人次": "产出指标",
        "师生满意度": "效益指标",
        "空气质量优良天数": "效益指标",
    }
    assert "满意" in next(leaf.path[1] for leaf in added if leaf.path[2] == "师生满意度")
    assert {leaf.path[2]: leaf.row.get("unit") for leaf in added}["培训人次"] == "人次"
    box.close()
    driver.ctrl(KEY.Key_Z)
    assert driver.filing.rows == before.rows


def test_what_has_no_heading_to_stand_below_is_said_and_not_added(driver: Driver) -> None:
    """A standard indicator of another edition belongs under a heading that this form closes."""
    form = driver.space.form
    assert form is not None
    fixed = {f.standard.name for f in form.tree.fixed}
    source = learn(driver)
    assert source.index is not None
    other = next(e for e in source.index.entries if e.origin == "standard" and e.name not in fixed)
    before = driver.filing
    box = dialog(driver)
    choose(box, other.name)
    box.put()
    assert driver.filing is before
    assert "没有可以增加的位置" in box.said.text()


def test_one_indicator_chosen_twice_comes_once(driver: Driver) -> None:
    source, space = learn(driver), driver.space
    assert source.index is not None and source.built_in is not None
    one = source.index.named("培训人次")
    assert one is not None
    taken = add(space.form, space.filing, [one, one], source.built_in.kinds, None, space.store.new_id)
    assert (len(taken.rows), taken.known) == (1, 1)


def test_new_rows_come_after_the_current_one_where_it_stands_under_their_heading(driver: Driver) -> None:
    group = driver.leaf(-1).parent
    first = next(r for r in driver.rows("indicators") if r.parent == group)
    driver.at(first, driver.column("value"))
    box = dialog(driver)
    choose(box, "师生满意度", "患者满意度")
    box.put()
    names = [r.get("level3") for r in driver.rows("indicators") if r.parent == group]
    assert set(names[1:3]) == {"师生满意度", "患者满意度"}


def test_what_the_filing_has_is_marked_and_not_added_twice(driver: Driver) -> None:
    box = dialog(driver)
    box.words.setText("预算执行率")
    assert box.model.is_here(box.model.entries[0])
    assert not box.take.isEnabled()
    before = driver.filing
    driver.qtbot.keyClick(box.words, KEY.Key_Return)
    assert driver.filing is before


def test_the_keyboard_alone_finds_chooses_and_adds(driver: Driver) -> None:
    box = dialog(driver)
    driver.qtbot.keyClicks(box.words, "ckhg")
    box.words.clear()
    driver.qtbot.keyClicks(box.words, "pxrc")
    driver.qtbot.keyClick(box.words, KEY.Key_Down)
    driver.qtbot.keyClick(box.table, KEY.Key_Return)
    assert "培训人次" in {leaf.path[2] for leaf in leaves(driver.filing, "indicators")}
    driver.qtbot.keyClick(box, KEY.Key_Escape)
    assert not box.isVisible()


def test_the_dialogue_says_what_it_did_and_marks_what_is_there_now(driver: Driver) -> None:
    box = dialog(driver)
    choose(box, "培训人次", "培训班次")
    box.put()
    assert "2" in box.said.text()
    assert all(box.model.is_here(e) for e in box.model.entries if e.name in ("培训人次", "培训班次"))


def test_without_a_filing_the_library_can_be_looked_through_but_nothing_added(nobody: Driver) -> None:
    box = dialog(nobody)
    choose(box, "培训人次")
    assert not box.take.isEnabled()


def test_another_filing_changes_what_is_learned(driver: Driver) -> None:
    source = learn(driver)
    assert source.index is not None
    years = {e.year for e in source.index.entries if e.origin == "own"}
    other = next(i for i in driver.space.infos() if i.year in years)
    driver.window.open_filing(other.id)
    source.want()
    driver.qtbot.waitUntil(lambda: not source.is_learning(), timeout=20000)
    assert other.year not in {e.year for e in source.index.entries if e.origin == "own"}


@pytest.mark.parametrize("dark", [False, True])
def test_the_table_model_keeps_the_rules_of_models(driver: Driver, qtmodeltester: object, dark: bool) -> None:
    driver.desk.look.wear(dark=dark)
    qtmodeltester.check(dialog(driver).model)  # type: ignore[attr-defined]
